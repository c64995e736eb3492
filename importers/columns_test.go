package importers_test

import (
	"testing"

	"kebu/app/crm"
	"kebu/importers"
)

// made is a format of few columns that a test adds to.
func made(columns ...importers.Column) *importers.Format {
	return &importers.Format{
		ID: "made.orders", Platform: "made", Locale: "en", Zone: "UTC", Currency: "EUR", Rows: importers.LinePerRow,
		Columns: append([]importers.Column{{Field: importers.OrderNo, Headers: []string{"No"}}}, columns...),
	}
}

// readMade reads a file of a made format; the first order is given too.
func readMade(t *testing.T, f *importers.Format, text string) (*importers.Result, *crm.Order) {
	t.Helper()
	w := open(t, []byte(text))
	matches, err := importers.Detect(t.Context(), w, []*importers.Format{f})
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Orders) == 0 {
		t.Fatalf("no orders; rejected %q", refusals(r.Rejected))
	}
	return r, r.Orders[0]
}

func TestCellsThatAreJoined(t *testing.T) {
	f := made(
		importers.Column{Field: importers.LineNo, Headers: []string{"PO", "Line"}, Join: "-"},
		importers.Column{Field: importers.Street, Headers: []string{"Address 1", "Address 2"}, Join: ", "},
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
	)
	_, o := readMade(t, f, "No,PO,Line,Address 1,Address 2,Item\n1,77,1,12 Sample St,Unit 3,Mug\n1,78,1,,,Cup\n")
	if got := o.Recipient.Street.Reveal(); got != "12 Sample St, Unit 3" {
		t.Errorf("got street %q", got)
	}
	if len(o.Lines) != 2 || o.Lines[0].Key != "77-1" || o.Lines[1].Key != "78-1" {
		t.Errorf("got lines %+v", o.Lines)
	}
	r, _ := readMade(t, f, "No,PO,Line,Item\n1,7.7E+17,1,Mug\n2,78,1,Cup\n")
	if got := refusals(r.Rejected); len(got) != 1 || got[0] != "2 PO line_number_rounded" {
		t.Errorf("got refusals %q", got)
	}
}

func TestAmountsOfSeveralColumns(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{
			Field: importers.LineAmount, Headers: []string{"Price"}, Add: []string{"Shipping"}, Less: []string{"Promotion"},
		},
		importers.Column{Field: importers.Paid, Headers: []string{"Total"}},
		importers.Column{Field: importers.Refund, Headers: []string{"Total"}, Less: []string{"Adjusted Total"}},
	)
	r, _ := readMade(t, f, "No,Item,Price,Shipping,Promotion,Total,Adjusted Total\n"+
		"1,Mug,10.00,2.50,-1.50,11.00,8.00\n2,Mug,10.00,,1.50,8.50,8.50\n3,Mug,,2.00,,,\n4,Mug,10.00,,,10.00,\n5,Mug,1.00,,,1.00,0.00\n")
	for i, want := range []struct{ amount, refund string }{
		{"11", "3"}, {"8.5", ""}, {"0", ""}, {"10", ""}, {"1", "1"},
	} {
		o := r.Orders[i]
		refund := ""
		if o.Refund.Known {
			refund = o.Refund.Value.String()
		}
		if got := o.Lines[0].Amount.String(); got != want.amount || refund != want.refund {
			t.Errorf("order %s: got amount %s, refund %q; want %s, %q", o.Number, got, refund, want.amount, want.refund)
		}
	}
	r, _ = readMade(t, f, "No,Item,Price,Total\n1,Mug,10.00,10.00\n")
	if r.Orders[0].Refund.Known {
		t.Error("a total alone tells of a refund")
	}
}

func TestRefundsAreWrittenWithAMinusOrWithout(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total"}},
		importers.Column{Field: importers.Refund, Headers: []string{"Refunds"}},
	)
	r, _ := readMade(t, f, "No,Item,Total,Refunds\n1,Mug,10.00,-4.00\n2,Mug,10.00,4.00\n")
	for _, o := range r.Orders {
		if got := o.Refund.Value.String(); got != "4" {
			t.Errorf("order %s: got refund %s, want 4", o.Number, got)
		}
	}
}

func TestHeadersThatDifferInCaseAlone(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Paid by buyer"}},
		importers.Column{Field: importers.LineAmount, Headers: []string{"Paid by Buyer"}},
	)
	_, o := readMade(t, f, "No,Item,\u200bPaid by Buyer ,Paid by buyer\n1,Mug,4,9\n1,Cup,5,9\n")
	if o.Amount.Value.String() != "9" || o.Lines[1].Amount.String() != "5" {
		t.Errorf("got amount %v, lines %+v", o.Amount.Value, o.Lines)
	}
	_, o = readMade(t, f, "No,Item,Paid by Buyer\n1,Mug,4\n1,Cup,5\n")
	if o.Amount.Known || o.Lines[1].Amount.String() != "5" {
		t.Errorf("the line's amount was taken for the order's: %v", o.Amount.Value)
	}
	_, o = readMade(t, f, "no,ITEM,PAID BY BUYER\n1,Mug,4\n")
	if o.Amount.Value.String() != "4" {
		t.Errorf("got amount %v", o.Amount.Value)
	}
}

func TestHeadersWithACurrencyAndWithALineBreak(t *testing.T) {
	f := made(
		importers.Column{Field: importers.Product, Headers: []string{"Item"}},
		importers.Column{Field: importers.Paid, Headers: []string{"Total (¤)"}},
	)
	f.Currency = ""
	for _, text := range []string{
		"No,Item,Total (BRL)\n1,Mug,4\n",
		"No,\"Item\n(double-click for all)\",Total（BRL）\n1,Mug,4\n",
	} {
		_, o := readMade(t, f, text)
		if o.Currency != "BRL" || o.Amount.Value.String() != "4" || o.Lines[0].Product != "Mug" {
			t.Errorf("%q: got %s %v, lines %+v", text, o.Currency, o.Amount.Value, o.Lines)
		}
	}
}
