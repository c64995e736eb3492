package list

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/app/crm"
)

var shanghai = time.FixedZone("CST", 8*3600)

func each(rows [][]Value) iter.Seq2[[]Value, error] {
	return func(yield func([]Value, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func write(t testing.TB, f Format, columns []Column, rows [][]Value, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := Write(context.Background(), &b, f, columns, each(rows), o)
	if err != nil {
		t.Fatal(err)
	}
	if f != VCF && n != len(rows) {
		t.Fatalf("wrote %d of %d rows", n, len(rows))
	}
	return b.Bytes()
}

func open(t testing.TB, workbook []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

var everyKind = []Column{
	{Key: "name", Title: "称呼", Kind: Text},
	{Key: "phone", Title: "电话 <b>", Kind: Phone},
	{Key: "note", Title: "备注", Kind: Prose},
	{Key: "net", Title: "净消费 ¥", Kind: Money, Currency: "CNY"},
	{Key: "purchases", Title: "购买", Kind: Integer},
	{Key: "first", Title: "首购", Kind: Day},
	{Key: "last", Title: "最近", Kind: Time},
}

func TestWorkbookReadsBackCellByCell(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aZ 9_x0D\n\t\r<>&\"'=+-@茶壶𠮷\x00\x1b\ufffe\u200b,;")
	word := func() string {
		s := make([]rune, random.IntN(12))
		for i := range s {
			s[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(s)
	}
	var rows [][]Value
	for range 500 {
		at := crm.Moment(random.Int64N(4e12)+1) / 1000 * 1000
		rows = append(rows, []Value{
			TextValue(word()), TextValue("+86 13" + word()), TextValue(word()),
			MoneyValue(crm.Money(random.Int64N(2e9) - 1e9)), IntegerValue(random.Int64N(1e6)),
			DayValue(at.Day(shanghai)), TimeValue(at),
		})
	}
	f := open(t, write(t, XLSX, everyKind, rows, Options{Zone: shanghai, Sheet: "老客 & 'friends' [1]"}))
	sheet := f.GetSheetList()[0]
	if sheet != "老客 & 'friends' _1_" {
		t.Errorf("sheet is called %q", sheet)
	}
	got, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range everyKind {
		if got[0][i] != c.Title {
			t.Errorf("title %d is %q", i, got[0][i])
		}
	}
	for i, row := range rows {
		for j, v := range row {
			cell := ""
			if j < len(got[i+1]) {
				cell = got[i+1][j]
			}
			if want := raw(v); cell != want {
				t.Fatalf("row %d column %s: got %q, want %q", i+1, everyKind[j].Key, cell, want)
			}
		}
	}
}

// raw is what stands in the cell of v.
func raw(v Value) string {
	switch v.kind {
	case Money:
		return crm.Money(v.number).String()
	case Integer:
		return fmt.Sprint(v.number)
	case Day:
		return fmt.Sprint(v.number + 25_569)
	case Time:
		s, _ := timeSerial(crm.Moment(v.number).In(shanghai))
		return s
	default:
		return v.text
	}
}

func TestWorkbookShowsDatesAndAmounts(t *testing.T) {
	at := crm.At(time.Date(2026, 11, 11, 23, 59, 59, 0, shanghai))
	rows := [][]Value{{
		TextValue("林青"), TextValue("13800"),
		{},
		MoneyValue(12_345_000), IntegerValue(1234),
		DayValue(at.Day(shanghai)), TimeValue(at),
	}}
	f := open(t, write(t, XLSX, everyKind, rows, Options{Zone: shanghai}))
	got, err := f.GetRows("Kebu")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"林青", "13800", "", "1,234.50", "1,234", "2026-11-11", "2026-11-11 23:59:59"}
	if !slices.Equal(got[1], want) {
		t.Errorf("got %q", got[1])
	}
	serial, err := f.GetCellValue("Kebu", "G2", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var days float64
	if _, err := fmt.Sscan(serial, &days); err != nil {
		t.Fatal(err)
	}
	if back, err := excelize.ExcelDateToTime(days, false); err != nil || back.Round(time.Second).Format(time.DateTime) != "2026-11-11 23:59:59" {
		t.Errorf("serial %s is %v, %v", serial, back, err)
	}
	for cell, kind := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeInlineString, "D2": excelize.CellTypeUnset, "G2": excelize.CellTypeUnset} {
		if k, err := f.GetCellType("Kebu", cell); err != nil || k != kind {
			t.Errorf("%s has type %v, %v", cell, k, err)
		}
	}
}

func TestWorkbookHeader(t *testing.T) {
	f := open(t, write(t, XLSX, everyKind, nil, Options{}))
	panes, err := f.GetPanes("Kebu")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes: %+v, %v", panes, err)
	}
	id, err := f.GetCellStyle("Kebu", "A1")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("header style: %+v, %v", style, err)
	}
	if width, err := f.GetColWidth("Kebu", "C"); err != nil || width != 40 {
		t.Errorf("notes are %v wide, %v", width, err)
	}
	if names := f.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'Kebu'!$A$1:$G$1" {
		t.Errorf("filter: %+v", names)
	}
}

func TestWorkbookContinuesOnAnotherSheet(t *testing.T) {
	var b bytes.Buffer
	w, err := newWorkbook(&b, everyKind[:1], Options{Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	w.limit = 4
	for i := range 7 {
		if _, err := w.row([]Value{TextValue(fmt.Sprint(i))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	var got []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			got = append(got, r[0])
		}
	}
	if s := strings.Join(got, " "); s != "称呼 0 1 2 称呼 3 4 5 称呼 6" || !slices.Equal(f.GetSheetList(), []string{"Kebu", "Kebu 2", "Kebu 3"}) {
		t.Errorf("got %s on %q", s, f.GetSheetList())
	}
}

func TestNumbersBeyondASheetAreText(t *testing.T) {
	columns := []Column{{Key: "m", Title: "M", Kind: Money}, {Key: "n", Title: "N", Kind: Integer}, {Key: "d", Title: "D", Kind: Day}, {Key: "t", Title: "T", Kind: Time}}
	rows := [][]Value{
		{MoneyValue(1234567890123456789), IntegerValue(1234567890123456), DayValue(-30_000), TimeValue(-3e12)},
		{MoneyValue(9_999_999_999_999_9), IntegerValue(-123456789012345), DayValue(-25_508), TimeValue(1000)},
	}
	f := open(t, write(t, XLSX, columns, rows, Options{}))
	got, err := f.GetRows("Kebu", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"123456789012345.6789", "1234567890123456", "1887-11-12", "1874-12-07 18:40:00"},
		{"9999999999.9999", "-123456789012345", "61", "25569.000011574"},
	}
	for i := range want {
		if !slices.Equal(got[i+1], want[i]) {
			t.Errorf("row %d: got %q", i+1, got[i+1])
		}
	}
}

func TestTooLongTextNamesItsPlace(t *testing.T) {
	rows := [][]Value{{TextValue(strings.Repeat("茶", maxText))}, {TextValue(strings.Repeat("𠮷", maxText/2+1))}}
	_, err := Write(context.Background(), &bytes.Buffer{}, XLSX, everyKind[:1], each(rows), Options{})
	var where *ValueError
	if !errors.Is(err, ErrTooLong) || !errors.As(err, &where) || where.Row != 2 || where.Column != "name" {
		t.Errorf("got %v", err)
	}
	write(t, CSV, everyKind[:1], rows, Options{})
}

func TestSameRowsMakeTheSameBytes(t *testing.T) {
	rows := [][]Value{{TextValue("a")}, {TextValue("b")}}
	if !bytes.Equal(write(t, XLSX, everyKind[:1], rows, Options{}), write(t, XLSX, everyKind[:1], rows, Options{})) {
		t.Error("two workbooks differ")
	}
}
