package importers_test

import (
	"fmt"
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
	if got := fmt.Sprint(refusals(r.Rejected)); got != "[6 No order_number_rounded 7 No missing_order_number]" {
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
	want := []crm.Status{crm.StatusPending, crm.StatusPaid, crm.StatusShipped, crm.StatusPartlyShipped, crm.StatusShipped}
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
