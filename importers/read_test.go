package importers_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// columns is the mapping of most tests; the rest of the members follow.
const columns = `"name":"own","currency":"CNY","time_zone":"Asia/Shanghai","columns":{
	"order_no":"No","ordered_at":"Date","buyer_id":"Buyer","sku":"SKU","quantity":"Pieces","unit_price":"Price"}`

const header = "No,Date,Buyer,SKU,Pieces,Price\n"

func open(t *testing.T, data []byte) *table.Workbook {
	t.Helper()
	w, err := table.Open(t.Context(), bytes.NewReader(data), int64(len(data)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func read(t *testing.T, mapping, text string) *importers.Result {
	t.Helper()
	return readWorkbook(t, mapping, open(t, []byte(text)))
}

func readWorkbook(t *testing.T, mapping string, w *table.Workbook) *importers.Result {
	t.Helper()
	matches, err := importers.Detect(t.Context(), w, []*importers.Format{formatOf(t, mapping)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func formatOf(t *testing.T, mapping string) *importers.Format {
	t.Helper()
	m, err := custom.Parse([]byte("{" + mapping + "}"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := m.Format()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// refusals lists refused rows as "row column reason".
func refusals(rows []importers.RowError) []string {
	var list []string
	for _, e := range rows {
		list = append(list, strings.Join(strings.Fields(fmt.Sprintf("%d %s %s", e.Row, e.Column, e.Reason)), " "))
	}
	return list
}

func TestRowsOfAnOrderMayStandApart(t *testing.T) {
	r := read(t, columns, header+
		"1,2026-01-02 10:00:00,7,A,1,2.00\n"+
		"2,2026-01-02 10:00:00,8,A,1,2.00\n"+
		"1,2026-01-01 10:00:00,7,A,1,2.00\n"+
		"1,2026-01-03 10:00:00,7,B,-2,2.50\n")
	if len(r.Orders) != 2 || r.Lines != 4 || r.Rows != 4 {
		t.Fatalf("got %d orders, %d lines, %d rows", len(r.Orders), r.Lines, r.Rows)
	}
	o := r.Orders[0]
	if want := crm.At(time.Date(2026, 1, 1, 2, 0, 0, 0, time.UTC)); o.Placed != want {
		t.Errorf("placed at %v, want the earliest row's %v", o.Placed, want)
	}
	if len(o.Lines) != 3 || o.Lines[0].Key == o.Lines[1].Key || o.Lines[2].Amount.String() != "-5" {
		t.Errorf("got lines %+v", o.Lines)
	}
}

func TestARefusedRowTakesItsOrderAlong(t *testing.T) {
	r := read(t, columns, header+
		"1,2026-01-02,7,A,1,2.00\n"+
		"2,2026-01-02,7,A,1,2.00\n"+
		"1,2026-01-02,7,B,1,two\n"+
		",2026-01-02,7,B,1,2.00\n"+
		"3,soon,7,B,1,2.00\n"+
		"4,2026-01-02,7,B,1,0.00001\n"+
		"5,2026-01-02,7,B,,1.00\n"+
		"6,2026-01-02,7,B,1,\n"+
		"4.0E+18,2026-01-02,7,B,1,1\n"+
		"7,2026-01-02,1.2E+18,B,1,1\n"+
		"8,2026-01-02,7,B,1 or 2,1\n"+
		"9,2026-01-02,7,B,900000000000,900000000000\n")
	want := []string{
		"2 order_incomplete", "4 Price bad_amount", "5 No missing_order_number", "6 Date bad_date", "7 Price amount_too_fine",
		"8 Pieces missing_quantity", "9 Price missing_amount", "10 No order_number_rounded", "11 Buyer buyer_id_rounded",
		"12 Pieces bad_quantity", "13 Price amount_too_large",
	}
	if got := refusals(r.Rejected); !slices.Equal(got, want) {
		t.Errorf("got refusals %q, want %q", got, want)
	}
	if len(r.Orders) != 1 || r.Orders[0].Number != "2" || r.Rows != 12 || r.Lines != 1 {
		t.Errorf("got %d orders, %d rows, %d lines", len(r.Orders), r.Rows, r.Lines)
	}
	if r.Rejected[0].CauseRow != 4 {
		t.Errorf("cause is row %d, want 4", r.Rejected[0].CauseRow)
	}
}

func TestSumsExplanationsAndRepeatedHeadersAreNoData(t *testing.T) {
	r := read(t, columns, header+
		"the order,when it came,who,what,how many,each\n"+
		"1,2026-01-02,7,A,1,2.00\n"+
		header+
		"Total,,,,1,2.00\n"+
		"合计：,,,,1,2.00\n"+
		",,,,Total:,2.00\n")
	if len(r.Orders) != 1 || r.Rows != 1 || r.Skipped != 5 || len(r.Rejected) != 0 {
		t.Errorf("got %d orders, %d rows, %d skipped, %q", len(r.Orders), r.Rows, r.Skipped, refusals(r.Rejected))
	}
}

func TestTheFileDecidesItsDateOrder(t *testing.T) {
	date := func(day, month int) crm.Moment {
		return crm.At(time.Date(2026, time.Month(month), day, 0, 0, 0, 0, time.FixedZone("", 8*3600)))
	}
	for _, c := range []struct {
		name, mapping, other string
		want                 crm.Moment // of 03/04/2026; 0 is refused
	}{
		{"a day above 12", columns, "25/12/2026", date(3, 4)},
		{"a month above 12", columns, "12/25/2026", date(4, 3)},
		{"no proof", columns, "01/02/2026", 0},
		{"no proof, asked for", columns + `,"date_order":"mdy"`, "01/02/2026", date(4, 3)},
		{"proof against what was asked for", columns + `,"date_order":"mdy"`, "25/12/2026", date(3, 4)},
		{"proof of both", columns, "25/12/2026,7,A,1,1\n3,12/25/2026", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.mapping, header+"1,03/04/2026,7,A,1,2.00\n2,"+c.other+",7,A,1,2.00\n")
			if c.want == 0 {
				if len(r.Rejected) == 0 || r.Rejected[0].Reason != importers.AmbiguousDate {
					t.Errorf("got refusals %q", refusals(r.Rejected))
				}
				if r.DateDoubt != "03/04/2026" || r.DateOrder != "" {
					t.Errorf("in doubt about %q, read as %q", r.DateDoubt, r.DateOrder)
				}
				return
			}
			if r.DateDoubt != "" {
				t.Errorf("in doubt about %q", r.DateDoubt)
			}
			if len(r.Orders) == 0 || r.Orders[0].Placed != c.want {
				t.Errorf("got %+v, want %v", r.Orders, c.want)
			}
		})
	}
}

func TestNumbersOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{
		{"No", "Date", "Buyer", "SKU", "Pieces", "Price"},
		{536365, 40513.351388888892, 17850, 71053, 6, 2.5499999999999998},
		{"536365", time.Date(2010, 12, 1, 8, 26, 0, 0, time.UTC), "17850.0", "71053", 1, 3.3000000000000003},
		{4e18, 40513.5, 17850, 1, 1, 1},
		{536366, 40513.5, 4100000000000000512.0, 1, 1, 1},
		{536367, 1e9, 17850, 1, 1, 1},
		{1.5, 40513.5, 17850, 1, 1, 1},
		{536368, 20261111, 17850, 1, 1, 1},
		{"4100000000000000001", 40513.5, 17850, 1, 1, true},
	} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	r := readWorkbook(t, columns, open(t, b.Bytes()))
	want := []string{
		"4 No order_number_rounded", "5 Buyer buyer_id_rounded", "6 Date bad_date", "7 No bad_order_number", "9 Price bad_amount",
	}
	if got := refusals(r.Rejected); !slices.Equal(got, want) {
		t.Errorf("got refusals %q, want %q", got, want)
	}
	if len(r.Orders) != 2 {
		t.Fatalf("got %d orders, want 2", len(r.Orders))
	}
	o := r.Orders[0]
	if o.Buyer.ID != "17850" || o.Lines[0].Amount.String() != "15.3" || o.Lines[1].Amount.String() != "3.3" || o.Lines[0].SKU != "71053" {
		t.Errorf("got %+v", *o)
	}
	if want := crm.At(time.Date(2010, 12, 1, 0, 26, 0, 0, time.UTC)); o.Placed != want {
		t.Errorf("placed at %v, want %v", o.Placed, want)
	}
}

func TestStatusWordsOfUnknownMeaningAreCounted(t *testing.T) {
	mapping := strings.Replace(columns, `"sku"`, `"status":"State","sku"`, 1) + `,"status":{"Sent":"shipped","Off":"cancelled"}`
	r := read(t, mapping, strings.Replace(header, "SKU", "SKU,State", 1)+
		"1,2026-01-02,7,A,sent,1,2.00\n2,2026-01-02,7,A,Lost,1,2.00\n3,2026-01-02,7,A,Lost,1,2.00\n3,2026-01-02,7,B,OFF,1,2.00\n")
	if len(r.Unknown) != 1 || r.Unknown[0] != (importers.Word{Field: importers.Status, Text: "Lost", Count: 2}) {
		t.Errorf("got unknown words %+v", r.Unknown)
	}
	for i, want := range []crm.Status{crm.StatusShipped, crm.StatusUnknown, crm.StatusCancelled} {
		if got := r.Orders[i].Status; got != want {
			t.Errorf("order %d is %q, want %q", i+1, got, want)
		}
	}
	if got := r.Orders[2].RawStatus; got != "Lost; OFF" {
		t.Errorf("raw status %q", got)
	}
}

func TestTheRecipientIsTheBuyerWhereNothingElseTells(t *testing.T) {
	mapping := `"name":"own","currency":"CNY","time_zone":"Asia/Shanghai","columns":{"order_no":"No","recipient_phone":"Phone"%s}%s`
	for _, c := range []struct {
		more, flag string
		want       bool
	}{
		{"", "", true},
		{`,"buyer_id":"Buyer"`, "", false},
		{`,"buyer_name":"Buyer"`, "", true},
		{`,"buyer_id":"Buyer"`, `,"recipient_is_buyer":true`, true},
	} {
		r := read(t, fmt.Sprintf(mapping, c.more, c.flag), "No,Phone,Buyer\n1,13000000001,x\n")
		if got := r.Orders[0].RecipientIsBuyer; got != c.want {
			t.Errorf("with %q %q: got %t, want %t", c.more, c.flag, got, c.want)
		}
	}
}

func TestAnUnknownFileTellsItsHeaders(t *testing.T) {
	w := open(t, []byte("A report\n\nFirst,Second,Third\n1,2,3\n"))
	var not *importers.NotExportError
	_, err := importers.Detect(t.Context(), w, all.Formats())
	if !errors.Is(err, importers.ErrNotExport) || !errors.As(err, &not) {
		t.Fatalf("got error %v", err)
	}
	if got := not.Sheets[0]; got.Row != 3 || !slices.Equal(got.Headers, []string{"First", "Second", "Third"}) {
		t.Errorf("got %+v", got)
	}
	_, err = importers.Detect(t.Context(), open(t, []byte("No,Date,Buyer,Article\n1,2,3,4\n")), []*importers.Format{formatOf(t, columns)})
	if !errors.As(err, &not) || !slices.Equal(not.Missing, []string{"SKU", "Pieces", "Price"}) {
		t.Errorf("got error %+v", err)
	}
}

func TestAKeptMappingIsRecognisedAgain(t *testing.T) {
	w := open(t, []byte(header+"1,2026-01-02,7,A,1,2.00\n"))
	matches, err := importers.Detect(t.Context(), w, append(all.Formats(), formatOf(t, columns)))
	if err != nil {
		t.Fatal(err)
	}
	if got := matches[0].Format.ID; got != "custom.own" {
		t.Errorf("got format %s", got)
	}
}

func TestReadStopsWithinAStride(t *testing.T) {
	var text strings.Builder
	text.WriteString(header)
	for i := range 20_000 {
		fmt.Fprintf(&text, "%d,2026-01-02,7,A,1,2.00\n", i)
	}
	w := open(t, []byte(text.String()))
	matches, err := importers.Detect(t.Context(), w, []*importers.Format{formatOf(t, columns)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	_, err = importers.Read(ctx, w, matches, importers.Options{Progress: func(done, total int64) {
		if calls++; calls == 2 {
			cancel()
		}
		if done < 0 || done > total {
			t.Errorf("progress %d of %d", done, total)
		}
	}})
	if !errors.Is(err, context.Canceled) || calls > 3 {
		t.Errorf("got error %v after %d calls", err, calls)
	}
}

// TestInterleavedOrders guards against work that grows with the square of the
// lines of an order, and against lines that end up in another order.
func TestInterleavedOrders(t *testing.T) {
	const orders, lines = 3, 20_000
	var text strings.Builder
	text.WriteString(header)
	for i := range orders * lines {
		fmt.Fprintf(&text, "%d,2026-01-02,7,A%d,1,%d\n", i%orders, i%orders, i%orders)
	}
	r := read(t, columns, text.String())
	for i, o := range r.Orders {
		if len(o.Lines) != lines {
			t.Errorf("order %d has %d lines, want %d", i, len(o.Lines), lines)
		}
		for _, l := range o.Lines {
			if l.SKU != "A"+o.Number {
				t.Fatalf("order %d has a line of another", i)
			}
		}
	}
}
