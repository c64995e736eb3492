package xls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"kebu/importers/table/compound"
	"kebu/importers/table/grid"
	"kebu/importers/table/tabletest"
)

func open(t testing.TB, stream []byte) *Book {
	t.Helper()
	b, err := Open(t.Context(), bytes.NewReader(stream), int64(len(stream)), grid.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// dump writes rows as "number: kind text|…".
func dump(ctx context.Context, b *Book, sheet int) (rows []string, err error) {
	for row, err := range b.Rows(ctx, sheet) {
		if err != nil {
			return rows, err
		}
		var cells []string
		for _, c := range row.Cells {
			kind := c.Kind.String()[:1]
			if c.Date {
				kind = "d"
			}
			cells = append(cells, strings.TrimSpace(kind+" "+c.Text))
		}
		rows = append(rows, fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|")))
	}
	return rows, nil
}

func isDamage(err error) bool { return errors.As(err, new(*grid.DamageError)) }
func isLimit(err error) bool  { return errors.As(err, new(*grid.LimitError)) }

// TestFilesOfAnotherProgram reads workbooks that another program has written, with
// shared texts and without, and a table of texts that goes over many records.
func TestFilesOfAnotherProgram(t *testing.T) {
	read := func(name string) *Book {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		c, err := compound.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		s := c.Stream("Workbook")
		b, err := Open(t.Context(), s, s.Size(), grid.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := []string{
		"1: t 订单编号|t 买家|t 金额|t ok|t when",
		"2: t 260517123456789012|t 某甲|n 12.5|b TRUE|d 40513.35138888889|t text of a formula|n 42",
		"3: t 0123|t Müller|n -3|b FALSE",
		"4: t " + strings.Repeat("a", 250) + "|t " + strings.Repeat("长", 200) + "|n 1234567890|e #N/A|n 0.0000001",
	}
	for name, y1904 := range map[string]bool{"biff8.xls": false, "biff8-sst.xls": true} {
		b := read(name)
		if !slices.Equal(b.Sheets(), []grid.Sheet{{Name: "订单"}, {Name: "Hidden", Hidden: true}}) || b.Date1904() != y1904 {
			t.Errorf("%s: sheets %v, 1904 %t", name, b.Sheets(), b.Date1904())
		}
		if rows, err := dump(t.Context(), b, 0); err != nil || !slices.Equal(rows, want) {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, rows, want)
		}
		if rows, err := dump(t.Context(), b, 1); err != nil || !slices.Equal(rows, []string{"1: t h", "3: n 7"}) {
			t.Errorf("%s: hidden sheet %q, %v", name, rows, err)
		}
	}
	rows, err := dump(t.Context(), read("long.xls"), 0)
	if err != nil || len(rows) != 400 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows {
		letter := "中"
		if i%3 > 0 {
			letter = "ü"
		}
		if want := fmt.Sprintf("%d: t row %d%s|n %v", i+1, i, strings.Repeat(letter, i%97), float64(i)*1.5); row != want {
			t.Errorf("got  %q\nwant %q", row, want)
		}
	}
}

// at is the place and the format of a cell.
func at(row, column, format int) []byte {
	return tabletest.Bytes(uint16(row), uint16(column), uint16(format))
}

func record(kind uint16, parts ...[]byte) tabletest.Record {
	return tabletest.Record{Kind: kind, Data: bytes.Join(parts, nil)}
}

func label(row, column int, text string) tabletest.Record {
	return record(recordLabel, at(row, column, 0), tabletest.Text8(text))
}

func sheet(records ...tabletest.Record) tabletest.BIFFSheet {
	return tabletest.BIFFSheet{Name: "S", Records: records}
}

func TestRecordsOfAllKinds(t *testing.T) {
	number := func(f float64) []byte { return tabletest.Bytes(math.Float64bits(f)) }
	rich := slices.Concat(tabletest.Bytes(uint16(2), byte(flagWide|flagRich|flagPhonetic), uint16(1), uint32(3)), []byte{'a', 0, 0x2D, 0x4E}, make([]byte, 4+3))
	globals := []tabletest.Record{
		record(recordFormat, tabletest.Bytes(uint16(164)), tabletest.Text8("yyyy-mm-dd")),
		record(recordXF, make([]byte, 2), tabletest.Bytes(uint16(0)), make([]byte, 16)),
		record(recordXF, make([]byte, 2), tabletest.Bytes(uint16(164)), make([]byte, 16)),
		record(recordXF, make([]byte, 2), tabletest.Bytes(uint16(22)), make([]byte, 16)),
	}
	for _, c := range []struct {
		name    string
		records []tabletest.Record
		want    []string
	}{
		{"numbers", []tabletest.Record{
			record(recordNumber, at(0, 0, 0), number(-2.5)), record(recordNumber, at(0, 1, 1), number(45000)),
			record(recordNumber, at(0, 2, 0), number(math.NaN())), record(recordNumber, at(0, 3, 0), number(2.60517123456789e22)),
		}, []string{"1: n -2.5|d 45000|e #NUM!|n 2.60517123456789E+22"}},
		{"short numbers", []tabletest.Record{
			record(recordRK, at(0, 0, 0), tabletest.Bytes(uint32(5<<2|2))), record(recordRK, at(0, 1, 0), tabletest.Bytes(int32(-5<<2|3))),
			record(recordRK, at(0, 2, 2), tabletest.Bytes(uint32(math.Float64bits(1.5)>>32))),
			record(recordMulRK, tabletest.Bytes(uint16(1), uint16(2), uint16(0), uint32(7<<2|2), uint16(1), uint32(129<<2|3), uint16(3))),
		}, []string{"1: n 5|n -0.05|d 1.5", "2: e|e|n 7|d 1.29"}},
		{"texts", []tabletest.Record{
			label(0, 0, "甲"), record(recordLabel, at(0, 1, 0), []byte{2, 0, 0, 'a', 0xFC}), record(recordRString, at(0, 2, 0), rich, make([]byte, 6)),
			label(0, 3, "='1"), label(0, 4, "a\x00b"), record(recordLabel, at(0, 5, 0), tabletest.Bytes(uint16(1), byte(1), uint16(0xD800))),
		}, []string{"1: t 甲|t aü|t a中|t ='1|t ab|t \uFFFD"}},
		{"formulas", []tabletest.Record{
			record(recordFormula, at(0, 0, 0), number(4), make([]byte, 8)),
			record(recordFormula, at(0, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)), record(0x04BC, make([]byte, 10)),
			record(recordString, tabletest.Text8("said")),
			record(recordFormula, at(0, 2, 0), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}), record(recordFormula, at(0, 3, 0), []byte{2, 0, 7, 0, 0, 0, 0xFF, 0xFF}),
			record(recordFormula, at(0, 4, 0), []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}), record(recordFormula, at(0, 5, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}),
			label(0, 6, "after"),
		}, []string{"1: n 4|t said|b TRUE|e #DIV/0!|e|e|t after"}},
		{"truth and errors", []tabletest.Record{
			record(recordBoolErr, at(0, 0, 0), []byte{1, 0}), record(recordBoolErr, at(0, 1, 0), []byte{0, 0}), record(recordBoolErr, at(0, 2, 0), []byte{0x17, 1}), record(recordBoolErr, at(0, 3, 0), []byte{0x99, 1}),
		}, []string{"1: b TRUE|b FALSE|e #REF!|e #N/A"}},
		{"rows out of order", []tabletest.Record{label(2, 0, "c"), label(0, 1, "a"), label(2, 1, "d"), label(0, 0, "A"), label(0, 0, "z")}, []string{"1: t z|t a", "3: t c|t d"}},
		{"a chart inside", []tabletest.Record{label(0, 0, "a"), record(recordBOF, make([]byte, 16)), label(0, 1, "chart"), {Kind: recordEOF}, label(0, 2, "b")}, []string{"1: t a|e|t b"}},
		{"empty cells", []tabletest.Record{record(0x0201, at(0, 0, 0)), label(1, 0, ""), label(2, 3, "x"), label(2, 5, "")}, []string{"3: e|e|e|t x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := dump(t.Context(), open(t, tabletest.BIFF8(globals, sheet(c.records...))), 0)
			if err != nil || !slices.Equal(rows, c.want) {
				t.Errorf("%v\ngot  %q\nwant %q", err, rows, c.want)
			}
		})
	}
}

// TestSharedTextsGoOnAnywhere cuts the table of texts at each byte where a program may
// cut it.
func TestSharedTextsGoOnAnywhere(t *testing.T) {
	wide := tabletest.Text8("甲乙𠮷丙")
	narrow := []byte{3, 0, 0, 'a', 'b', 'c'}
	table := slices.Concat(tabletest.Bytes(uint32(3), uint32(3)), wide, narrow, tabletest.Text8("end"))
	cells := sheet(record(recordLabelSST, at(0, 0, 0), tabletest.Bytes(uint32(0))), record(recordLabelSST, at(0, 1, 0), tabletest.Bytes(uint32(1))), record(recordLabelSST, at(0, 2, 0), tabletest.Bytes(uint32(2))))
	for cut := 8; cut < len(table); cut++ {
		behind := table[cut:]
		switch in := cut - 8; {
		case in > 3 && in < len(wide) && in%2 == 1: // between two characters
			behind = append([]byte{1}, behind...)
		case in > len(wide)+3 && in < len(wide)+len(narrow):
			behind = append([]byte{0}, behind...)
		case in != 0 && in != len(wide) && in != len(wide)+len(narrow):
			continue
		}
		rows, err := dump(t.Context(), open(t, tabletest.BIFF8([]tabletest.Record{record(recordSST, table[:cut]), record(recordContinue, behind)}, cells)), 0)
		if err != nil || !slices.Equal(rows, []string{"1: t 甲乙𠮷丙|t abc|t end"}) {
			t.Errorf("cut at %d: %q, %v", cut, rows, err)
		}
	}
	// The second half of a text may be narrow.
	mixed := []tabletest.Record{record(recordSST, tabletest.Bytes(uint32(1), uint32(1), uint16(4), byte(1)), []byte{0x2D, 0x4E}), record(recordContinue, []byte{0, 'x', 'y', 'z'})}
	rows, err := dump(t.Context(), open(t, tabletest.BIFF8(mixed, sheet(record(recordLabelSST, at(0, 0, 0), tabletest.Bytes(uint32(0)))))), 0)
	if err != nil || !slices.Equal(rows, []string{"1: t 中xyz"}) {
		t.Errorf("mixed: %q, %v", rows, err)
	}
}

func TestOlderWorkbooksAreReadInTheirCodePage(t *testing.T) {
	gbk := func(s string) string {
		b, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	text := gbk("某甲")
	globals := []tabletest.Record{record(recordCodePage, tabletest.Bytes(uint16(936))), record(recordDate1904, []byte{1, 0})}
	b := open(t, tabletest.BIFF5(globals, tabletest.BIFFSheet{Name: gbk("订单"), State: 2, Records: []tabletest.Record{
		record(recordLabel, at(0, 0, 0), tabletest.Bytes(uint16(len(text))), []byte(text)),
	}}))
	rows, err := dump(t.Context(), b, 0)
	if err != nil || !slices.Equal(rows, []string{"1: t 某甲"}) || !slices.Equal(b.Sheets(), []grid.Sheet{{Name: "订单", Hidden: true}}) || !b.Date1904() {
		t.Errorf("%q in %v, %v", rows, b.Sheets(), err)
	}
}

func TestHostileWorkbooksAreRefused(t *testing.T) {
	good := tabletest.BIFF8(nil, sheet(label(0, 0, "a")), tabletest.BIFFSheet{Name: "T", Records: []tabletest.Record{label(0, 0, "b")}})
	onSheet := func(r ...tabletest.Record) []byte { return tabletest.BIFF8(nil, sheet(r...)) }
	same := bytes.Clone(good)
	first := bytes.Index(same, tabletest.Bytes(uint16(recordBoundSheet)))
	second := first + 1 + bytes.Index(same[first+1:], tabletest.Bytes(uint16(recordBoundSheet)))
	copy(same[second+4:second+8], same[first+4:first+8])
	far := bytes.Clone(good)
	copy(far[first+4:], []byte{0xFF, 0xFF, 0xFF, 0x7F})
	for name, c := range map[string]struct {
		data []byte
		is   func(error) bool
	}{
		"empty":                  {nil, isDamage},
		"older version":          {append(tabletest.Bytes(uint16(recordBOF), uint16(4)), 0, 4, 0x10, 0), isDamage},
		"cut in the globals":     {good[:30], isDamage},
		"cut in the sheet":       {good[:len(good)-40], isDamage},
		"two sheets in one":      {same, isDamage},
		"sheet behind the end":   {far, isDamage},
		"shared text -1":         {onSheet(record(recordLabelSST, at(0, 0, 0), tabletest.Bytes(int32(-1)))), isDamage},
		"shared text 0 of none":  {onSheet(record(recordLabelSST, at(0, 0, 0), tabletest.Bytes(uint32(0)))), isDamage},
		"short cell":             {onSheet(record(recordNumber, at(0, 0, 0), []byte{1})), isDamage},
		"text longer than it is": {onSheet(record(recordLabel, at(0, 0, 0), []byte{0xFF, 0xFF, 0, 'a'})), isDamage},
		"phonetics of 4 GB":      {onSheet(record(recordLabel, at(0, 0, 0), []byte{1, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF, 'a'})), isDamage},
		"half a character":       {onSheet(record(recordLabel, at(0, 0, 0), []byte{2, 0, 1, 'a', 0, 'b'})), isDamage},
		"column 65535":           {onSheet(label(0, 65535, "a")), isLimit},
		"many columns":           {onSheet(record(recordMulRK, tabletest.Bytes(uint16(0), uint16(16380)), bytes.Repeat([]byte{0, 0, 2, 0, 0, 0}, 60), []byte{0, 0})), isLimit},
		"locked":                 {tabletest.BIFF8([]tabletest.Record{record(recordFilePass, make([]byte, 6))}, sheet()), func(err error) bool { return errors.As(err, new(*grid.UnsupportedError)) }},
		"many formats":           {tabletest.BIFF8(slices.Repeat([]tabletest.Record{record(recordXF, make([]byte, 20))}, 20_000), sheet()), isLimit},
		"a nest without end":     {onSheet(slices.Repeat([]tabletest.Record{record(recordBOF, make([]byte, 16))}, 1000)...), isDamage},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := Open(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), grid.DefaultLimits())
			for i := 0; err == nil && i < len(b.Sheets()); i++ {
				_, err = dump(t.Context(), b, i)
			}
			if !c.is(err) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestCancelStops(t *testing.T) {
	b := open(t, tabletest.BIFF8(nil, sheet(slices.Repeat([]tabletest.Record{label(0, 0, strings.Repeat("a", 4000))}, 1000)...)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dump(ctx, b, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func FuzzWorkbook(f *testing.F) {
	shared := record(recordSST, tabletest.Bytes(uint32(1), uint32(1)), tabletest.Text8("a中"))
	tabletest.AddSeeds(f, 6, []string{
		string(tabletest.BIFF8(nil, sheet(label(0, 0, "a")))),
		string(tabletest.BIFF8([]tabletest.Record{shared}, sheet(record(recordLabelSST, at(0, 0, 0), tabletest.Bytes(uint32(0)))))),
		string(tabletest.BIFF8(nil, sheet(label(3, 0, "b"), label(1, 0, "a")))),
		string(tabletest.BIFF5([]tabletest.Record{record(recordCodePage, tabletest.Bytes(uint16(936)))}, sheet(record(recordLabel, at(0, 0, 0), []byte{1, 0, 'a'})))),
		string(tabletest.BIFF8(nil, sheet(record(recordFormula, at(0, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)), record(recordString, tabletest.Text8("said"))))),
		string(tabletest.BIFF8(nil, sheet(record(recordMulRK, tabletest.Bytes(uint16(1), uint16(2), uint16(0), uint32(7<<2|2), uint16(1)))))),
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), tabletest.Small)
		for i := 0; err == nil && i < len(b.Sheets()); i++ {
			for row, rowErr := range b.Rows(t.Context(), i) {
				if err = rowErr; err != nil {
					break
				}
				tabletest.CheckRow(t, row)
			}
		}
		if err != nil && !tabletest.IsDocumented(err) {
			t.Fatal(err)
		}
	})
}
