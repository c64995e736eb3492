package importers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/importers"
)

// sale is a format of rows that sum up their order among rows of its lines.
func sale() *importers.Format {
	f := made(
		importers.Column{Field: importers.OrderedAt, Headers: []string{"Date"}},
		importers.Column{Field: importers.Status, Headers: []string{"Status"}},
		importers.Column{Field: importers.BuyerNick, Headers: []string{"User"}},
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Quantity, Headers: []string{"Units"}},
		importers.Column{Field: importers.UnitPrice, Headers: []string{"Price"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total"}},
	)
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusDelivered: {"Entregado"}, crm.StatusShipped: {"En camino…"}, crm.StatusCancelled: {"En camino de vuelta…"},
	})
	return f
}

func TestARowWithoutALineSumsUpItsOrder(t *testing.T) {
	f := sale()
	f.LineBy = importers.Product
	r, o := readMade(t, f, "No,Date,Status,User,Item,Units,Price,Total\n"+
		"7,2026-01-02,Entregado,anna,,3,30,31\n7,2026-01-02,,,Mug,1,10,\n7,2026-01-02,,,Cup,2,10,\n")
	if len(r.Orders) != 1 || len(o.Lines) != 2 || o.Amount.Value.String() != "31" || o.Status != crm.StatusDelivered {
		t.Errorf("got %d orders, %+v", len(r.Orders), o)
	}
}

func TestLinesOfABundleHaveNumbersOfTheirOwn(t *testing.T) {
	f := sale()
	f.Bundles = []string{"Paquete de"}
	r, o := readMade(t, f, "No,Date,Status,User,Item,Units,Price,Total\n"+
		"70,2026-01-02,Paquete de 2 piezas,anna,,,,31\n71,2026-01-02,Entregado,,Mug,1,10,\n72,2026-01-02,Entregado,,Cup,2,10,\n"+
		"80,2026-01-03,En camino: llega mañana,eva,Mug,1,10,10\n"+
		"8.1E+18,2026-01-02,Paquete de 1 pieza,anna,,,,31\n82,2026-01-02,Entregado,,Mug,1,10,\n")
	if len(r.Orders) != 2 || o.Number != "70" || len(o.Lines) != 2 || o.Amount.Value.String() != "31" ||
		o.Status != crm.StatusDelivered || o.RawStatus != "Entregado" {
		t.Errorf("got %d orders, %+v", len(r.Orders), o)
	}
	if o := r.Orders[1]; o.Number != "80" || o.Status != crm.StatusShipped || o.RawStatus != "En camino: llega mañana" {
		t.Errorf("got %+v", o)
	}
	if got := fmt.Sprint(refusals(r.Rejected)); got != "[6 No order_number_rounded 7 order_incomplete]" || r.Rejected[1].CauseRow != 6 {
		t.Errorf("got refusals %s", got)
	}
}

func TestTheLongestBeginningOfASentenceCounts(t *testing.T) {
	r, _ := readMade(t, sale(), "No,Date,Status,Item,Units,Price\n1,2026-01-02,En camino de vuelta a ti,Mug,1,1\n2,2026-01-02,Camino,Mug,1,1\n")
	if got := r.Orders[0].Status; got != crm.StatusCancelled {
		t.Errorf("got %q", got)
	}
	if r.Orders[1].Status != crm.StatusUnknown || len(r.Unknown) != 1 || r.Unknown[0].Text != "Camino" {
		t.Errorf("got %q, unknown %v", r.Orders[1].Status, r.Unknown)
	}
}

func TestTimesTellWhereNoWordDoes(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.LineNo, Headers: []string{"Line"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total"}},
		importers.Column{Field: importers.PaidAt, Headers: []string{"Paid on"}},
		importers.Column{Field: importers.ShippedAt, Headers: []string{"Shipped on"}},
	)
	f.TimesTell, f.LineBy = true, importers.Product
	r, _ := readMade(t, f, "No,Item,Line,Total,Paid on,Shipped on\n"+
		"1,Mug,11,1,,\n2,Mug,21,1,2026-01-02,\n3,Mug,31,1,2026-01-02,2026-01-03\n"+
		"4,,,2,2026-01-02,\n4,Mug,41,,2026-01-02,2026-01-03\n4,Cup,42,,2026-01-02,\n"+
		"5,,,2,2026-01-02,2026-01-03\n5,Mug,51,,,\n5,Cup,52,,,\n")
	want := []crm.Status{crm.StatusPending, crm.StatusPaid, crm.StatusShipped, crm.StatusShipped, crm.StatusShipped}
	for i, o := range r.Orders {
		if o.Status != want[i] {
			t.Errorf("order %s: got %q, want %q", o.Number, o.Status, want[i])
		}
	}
	r, _ = readMade(t, f, "No,Item,Line,Total\n1,Mug,11,1\n")
	if got := r.Orders[0].Status; got != crm.StatusUnknown {
		t.Errorf("without any time: got %q", got)
	}
}

func TestWordsInPlaceOfANumberAreNoOrder(t *testing.T) {
	f := importers.Format{ID: "made", Platform: "made", Columns: []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"No"}}, {Field: importers.RecipientName, Headers: []string{"Name"}},
	}}
	r, _ := readMade(t, &f, "No,Name\n订单编号：由系统生成,收货人的姓名\n7,茶小红\n导出完成,\n")
	if len(r.Orders) != 1 || len(r.Rejected) != 0 || r.Skipped != 2 {
		t.Errorf("got %d orders, %d skipped, rejected %q", len(r.Orders), r.Skipped, refusals(r.Rejected))
	}
}

func TestWordsBelowTheDataAreNoOrder(t *testing.T) {
	r, _ := readMade(t, sale(), "Count,No,User,Date,Status,Item,Units,Price,Total\n,7,anna,2026-01-02,Entregado,Mug,1,1,1\n"+
		",,,,,,,,\n45,record(s) downloaded,from Jan 1 to Jan 31,,,,,,\nSeller ID : sample,,,,,,,,\n")
	if len(r.Orders) != 1 || len(r.Rejected) != 0 || r.Skipped < 2 {
		t.Errorf("got %d orders, %d skipped, rejected %q", len(r.Orders), r.Skipped, refusals(r.Rejected))
	}
}

func TestTheCountryTellsZoneAndCurrency(t *testing.T) {
	f := sale()
	f.Columns = append(f.Columns, importers.Column{Field: importers.Country, Headers: []string{"Country"}})
	f.ByCountry, f.CurrencyInAmounts, f.Zone, f.Currency = true, true, "", ""
	for _, c := range []struct{ country, price, currency, zone string }{
		{"Philippines", "10", "PHP", "Asia/Manila"},
		{"Thailand", "THB 10", "THB", "Asia/Bangkok"},
		{"Nowhere", "AU $10.00", "AUD", ""},
		{"Nowhere", "$10.00", "", ""},
	} {
		_, o := readMade(t, f, "No,Date,Item,Units,Price,Country\n1,2026-01-02 12:00,Mug,1,"+c.price+","+c.country+"\n")
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		want := crm.At(time.Date(2026, 1, 2, 12, 0, 0, 0, zone))
		if o.Currency != c.currency || o.Zone != c.zone || o.Placed != want {
			t.Errorf("%s: got %s %s %v, want %v", c.country, o.Currency, o.Zone, o.Placed, want)
		}
	}
	f.Currency = "USD"
	r, o := readMade(t, f, "No,Date,Item,Units,Price,Country\n1,2026-01-02,Mug,1,$10,Nowhere\n2,2026-01-02,Mug,1,EUR 5,Nowhere\n2,2026-01-02,Mug,1,£5,Nowhere\n")
	if o.Currency != "USD" || len(r.Orders) != 1 || len(r.Rejected) != 2 || r.Rejected[1].Reason != importers.CurrencyDiffers {
		t.Errorf("got %s, rejected %q", o.Currency, refusals(r.Rejected))
	}
}

func TestRelayPhonesNeverTellWhoBought(t *testing.T) {
	f := sale()
	f.Columns = append(f.Columns[:4], importers.Column{Field: importers.RecipientPhone, Headers: []string{"Phone"}})
	text := "No,Date,Status,Phone\n1,2026-01-02,Entregado,555-0100\n"
	if _, o := readMade(t, f, text); !o.RecipientIsBuyer {
		t.Error("a phone beside no buyer's key tells who bought")
	}
	f.RelayPhones = true
	if _, o := readMade(t, f, text); o.RecipientIsBuyer {
		t.Error("a relay phone was taken for the buyer's")
	}
}

func TestTheRecipientStandsInForABuyerWithoutKeys(t *testing.T) {
	f := sale()
	f.RecipientStandsIn = true
	f.Columns = append(f.Columns[:4:4],
		importers.Column{Field: importers.RecipientPhone, Headers: []string{"Phone"}},
		importers.Column{Field: importers.NotBuyers, Headers: []string{"Gift"}},
		importers.Column{Field: importers.BuyerEmail, Headers: []string{"Mail"}},
		importers.Column{Field: importers.BuyerNick, Headers: []string{"User"}},
	)
	for row, want := range map[string]bool{
		",,":                         true,
		",,t**8":                     true,
		",,anna":                     false,
		",anna@example.test,":        false,
		",x@marketplace.amazon.com,": true,
		"G1,,":                       false,
	} {
		_, o := readMade(t, f, "No,Date,Status,Phone,Gift,Mail,User\n1,2026-01-02,Entregado,13000000001,"+row+"\n")
		if o.RecipientIsBuyer != want {
			t.Errorf("%q: got %t", row, o.RecipientIsBuyer)
		}
	}
}

func TestPartsOfALineAreSummedOnce(t *testing.T) {
	f := made(
		importers.Column{Field: importers.LineNo, Headers: []string{"Line"}},
		importers.Column{Field: importers.LinePart, Headers: []string{"Shipment"}},
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Quantity, Headers: []string{"Units"}},
		importers.Column{Field: importers.LineAmount, Headers: []string{"Price"}},
	)
	_, o := readMade(t, f, "No,Line,Shipment,Item,Units,Price\n1,11,A,Mug,1,10\n1,11,B,Mug,2,20\n1,11,B,Mug,2,20\n1,12,A,Cup,1,5\n")
	if len(o.Lines) != 2 || o.Lines[0].Amount.String() != "30" || o.Lines[0].Quantity.String() != "3" || o.Lines[0].Price.String() != "10" {
		t.Errorf("got lines %+v", o.Lines)
	}
}

func TestOneCellMayHoldSeveralLines(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Items"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total"}},
	)
	f.Rows = importers.OrderPerRow
	f.SplitLines = func(s string) []crm.Line {
		var list []crm.Line
		for _, name := range strings.Split(s, "|") {
			list = append(list, crm.Line{Product: name, Quantity: crm.One})
		}
		return list
	}
	r, o := readMade(t, f, "No,Items,Total\n1,Mug|Cup|Mug,30\n2,Mug,10\n")
	if len(o.Lines) != 3 || o.Lines[0].Key == o.Lines[2].Key || o.Amount.Value.String() != "30" || o.Lines[1].Product != "Cup" {
		t.Errorf("got %+v", o)
	}
	if got := r.Orders[1].Lines[0].Amount.String(); got != "10" {
		t.Errorf("the only line costs %s, want all of the order", got)
	}
}

func TestThePriceOfALineLessItsDiscount(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Quantity, Headers: []string{"Units"}},
		importers.Column{Field: importers.UnitPrice, Headers: []string{"Price"}},
		importers.Column{Field: importers.LineAmount, Less: []string{"Discount"}},
	)
	f.EscapedProducts = true
	_, o := readMade(t, f, "No,Item,Units,Price,Discount\n1,6&quot; Mug,3,10,4\n")
	if o.Lines[0].Amount.String() != "26" || o.Lines[0].Price.String() != "10" || o.Lines[0].Product != `6" Mug` {
		t.Errorf("got lines %+v", o.Lines)
	}
}

func TestTheSecondColumnOfAHeader(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Status, Headers: []string{"Estado"}},
		importers.Column{Field: importers.Province, Headers: []string{importers.Second("Estado")}},
	)
	_, o := readMade(t, f, "No,Estado,Ciudad,Estado\n1,Entregado,Rosario,Santa Fe\n")
	if o.RawStatus != "Entregado" || o.Recipient.Province != "Santa Fe" {
		t.Errorf("got status %q in %q", o.RawStatus, o.Recipient.Province)
	}
}
