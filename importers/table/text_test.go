package table

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers/table/stream"
)

func open(t testing.TB, data []byte, o Options) *Workbook {
	t.Helper()
	w, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// dump writes one row per line as "number: a|b|c flaws".
func dump(t testing.TB, w *Workbook) []string {
	t.Helper()
	var all []string
	for row, err := range w.Rows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		s := fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|"))
		if row.Flaws != 0 {
			s += fmt.Sprintf(" !%d", row.Flaws)
		}
		all = append(all, s)
	}
	return all
}

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		delimiter  byte
		want       []string
	}{
		{"plain", "a,b\n1,2\n", ',', []string{"1: a|b", "2: 1|2"}},
		{"no end", "a,b\n1,2", ',', []string{"1: a|b", "2: 1|2"}},
		{"carriage returns", "a,b\r1,2\r3,4", ',', []string{"1: a|b", "2: 1|2", "3: 3|4"}},
		{"both", "a,b\r\n1,2\r\n", ',', []string{"1: a|b", "2: 1|2"}},
		{"blank rows count", "a,b\n\n,\n1,2\n", ',', []string{"1: a|b", "4: 1|2"}},
		{"empty cells", "a,,c\n,2,\n", ',', []string{"1: a||c", "2: |2"}},
		{"quotes", "a,\"b,\"\"c\"\"\nd\"\n1,2\n", ',', []string{"1: a|b,\"c\"\nd", "2: 1|2"}},
		{"quoted empty", "a,b\n\"\",\"x\"\n", ',', []string{"1: a|b", "2: |x"}},
		{"quote inside", "a,b\n5\" pipe,2\n", ',', []string{"1: a|b", "2: 5\" pipe|2"}},
		{"lazy quote", "a,b\n\"5\" pipe\",2\n", ',', []string{"1: a|b", "2: 5\" pipe|2"}},
		{"stray quote", "a,b\n\"x,1\ny,2\nz,3\n", ',', []string{"1: a|b", "2: \"x|1 !1", "3: y|2", "4: z|3"}},
		{"stray quote before quoted", "a,b\n\"x,1\n\"y\",2\n", ',', []string{"1: a|b", "2: \"x|1 !1", "3: y|2"}},
		{"tab", "a\tb c\n1\t2,5\n", '\t', []string{"1: a|b c", "2: 1|2,5"}},
		{"quotes between tabs", "a\tb\n\"Big\" bag\tblue \"L\"\n\"x\t19\" wide\n\"y\t1\n\"1\n2\"\t\"a\"\"b\"\n", '\t', []string{
			"1: a|b", "2: \"Big\" bag|blue \"L\"", "3: \"x|19\" wide", "4: \"y|1", "5: 1\n2|a\"b",
		}},
		{"semicolon with decimal commas", "a;b;c\n1,5;2,5;3,5\n2,5;3,5;4,5\n", ';', []string{"1: a|b|c", "2: 1,5|2,5|3,5", "3: 2,5|3,5|4,5"}},
		{"pipe", "a|b\n1|2\n", '|', []string{"1: a|b", "2: 1|2"}},
		{"guard tabs are no delimiters", "no,who\n123\t,ann\n456\t,bob\n", ',', []string{"1: no|who", "2: 123|ann", "3: 456|bob"}},
		{"guard tabs in and out of quotes", "no,who\n\"\t123\",ann\n\"456\"\t,bob\n", ',', []string{"1: no|who", "2: 123|ann", "3: 456|bob"}},
		{"addresses with commas", "no\twhere\tsum\n1\ta, b, c, d\t5\n2\ta, b, c, d\t6\n3\ta, b, c, d\t6\n", '\t', []string{"1: no|where|sum", "2: 1|a, b, c, d|5", "3: 2|a, b, c, d|6", "4: 3|a, b, c, d|6"}},
		{"prose on top", "Report, made for you\nNote\nno;who;sum\n1;a;5\n2;b;6\n", ';', []string{"1: Report, made for you", "2: Note", "3: no|who|sum", "4: 1|a|5", "5: 2|b|6"}},
		{
			"prose and dates with commas", "Note, once\nNote, twice\na;b;c;d;e;f;g;h\nOct 1, 2026;b;c;d;e;f;g;h\nOct 2, 2026;b;c;d;e;f;g;h\n", ';',
			[]string{"1: Note, once", "2: Note, twice", "3: a|b|c|d|e|f|g|h", "4: Oct 1, 2026|b|c|d|e|f|g|h", "5: Oct 2, 2026|b|c|d|e|f|g|h"},
		},
		{"delimiter told to Excel", "sep=;\r\na;b,c\r\n", ';', []string{"1: a|b,c"}},
		{"delimiter told in quotes", "\"sep=|\"\na|b,c\n", '|', []string{"1: a|b,c"}},
		{"one column", "name\nann\n", ',', []string{"1: name", "2: ann"}},
		{"formula guard", "no,b\n=\"0123\",2\n\"=\"\"0123\"\"\",2\n", ',', []string{"1: no|b", "2: 0123|2", "3: 0123|2"}},
		{"nul", "a,b\n1\x00,2\n", ',', []string{"1: a|b", "2: 1|2 !4"}},
		{"mark", stream.BOM + "a,b\n", ',', []string{"1: a|b"}},
		{"mark and quotes", stream.BOM + "\"a\",b\n", ',', []string{"1: a|b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, []byte(c.text), Options{})
			if w.Delimiter() != c.delimiter {
				t.Errorf("delimiter %q, want %q", w.Delimiter(), c.delimiter)
			}
			if got := dump(t, w); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	const text = "订单编号,买家\n1,某甲\n2,某乙𠮷\n"
	want := []string{"1: 订单编号|买家", "2: 1|某甲", "3: 2|某乙𠮷"}
	late := strings.Repeat("1,abc\n", 200_000) + "2,某甲\n"
	for _, c := range []struct {
		name, forced, encoding string
		data                   []byte
		want                   []string
	}{
		{"utf-8", "", "utf-8", []byte(text), want},
		{"utf-8 with mark", "", "utf-8-bom", []byte(stream.BOM + text), want},
		{"gb18030", "", "gb18030", encode(t, simplifiedchinese.GB18030, text), want},
		{"utf-16le", "", stream.UTF16LE, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), want},
		{"utf-16be", "", stream.UTF16BE, encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text), want},
		{"big5 on request", "Big5", "big5", encode(t, traditionalchinese.Big5, "訂單,買家\n1,某甲\n"), []string{"1: 訂單|買家", "2: 1|某甲"}},
		{"ascii", "", "utf-8", []byte("a,b\n"), []string{"1: a|b"}},
		{"one broken character", "", "utf-8", []byte(strings.Repeat("一二三四五六七八九十", 20) + ",b\n1,\xE4\xB8\n"), nil},
		{"cut in a character", "", "utf-8", []byte("订单,买家\n1,某\xE7\x94"), []string{"1: 订单|买家", "2: 1|某\uFFFD !2"}},
		{"late utf-8", "", "utf-8", []byte(late), nil},
		{"late gb18030", "", "gb18030", encode(t, simplifiedchinese.GB18030, late), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, c.data, Options{Encoding: c.forced})
			if w.Encoding() != c.encoding {
				t.Errorf("encoding %s, want %s", w.Encoding(), c.encoding)
			}
			got := dump(t, w)
			if c.want != nil && !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if c.want == nil && strings.HasPrefix(c.name, "late") && got[len(got)-1] != "200001: 2|某甲" {
				t.Errorf("last row %q", got[len(got)-1])
			}
			if done, total := w.Progress(); done != total || total != int64(len(c.data)) {
				t.Errorf("progress %d of %d, want %d", done, total, len(c.data))
			}
		})
	}
	if _, err := Open(t.Context(), strings.NewReader("a"), 1, Options{Encoding: "klingon"}); !errors.Is(err, ErrEncoding) {
		t.Errorf("unknown encoding: %v", err)
	}
}
