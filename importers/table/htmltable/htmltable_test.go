package htmltable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers/table/grid"
	"kebu/importers/table/tabletest"
)

func open(t testing.TB, data []byte) *Page {
	t.Helper()
	p, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), "", grid.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dump(ctx context.Context, p *Page, sheet int) (rows []string, err error) {
	for row, err := range p.Rows(ctx, sheet) {
		if err != nil {
			return rows, err
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		rows = append(rows, fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|")))
	}
	return rows, nil
}

func TestTablesOfAllForms(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       [][]string // by table
	}{
		{"plain", `<table><tr><th>No</th><th>Name</th></tr><tr><td>1</td><td>某甲</td></tr></table>`, [][]string{{"1: No|Name", "2: 1|某甲"}}},
		{"a whole page", `<!DOCTYPE html><html><head><title>t</title><style>td{}</style></head><body><p>Orders</p><TABLE border=1><TBODY><TR><TD>a</TD></TR></TBODY></TABLE><table><tr><td> </td></tr></table></body></html>`, [][]string{{"1: a"}}},
		{"tags left out", `<table><tr><td>a<td>b<tr><td>c</table>`, [][]string{{"1: a|b", "2: c"}}},
		{"no rows", `<table><td>a<td>b</table>`, [][]string{{"1: a|b"}}},
		{"no end", `<table><tr><td>a<td>b`, [][]string{{"1: a|b"}}},
		{"entities", `<table><tr><td>&lt;a&gt; &amp; b&#44;&#x4E2D;&nbsp;c&copy;</td></tr></table>`, [][]string{{"1: <a> & b,中 c©"}}},
		{"white space", "<table><tr><td>\n  a \t b\n</td><td>x<br>y<br/><br>z</td><td><p>p</p><p>q</p></td></tr></table>", [][]string{{"1: a b|x\ny\nz|p\nq"}}},
		{"markup in a cell", `<table><tr><td><b>a</b><span>b</span> <!-- c --><script>if (a<b) document.write("<td>")</script></td><td><style>x</style>d</td></tr></table>`, [][]string{{"1: ab|d"}}},
		{"guards", "<table><tr><td>=\"0123\"</td><td>'456</td><td style=\"mso-number-format:'\\@'\">260517123456789012</td></tr></table>", [][]string{{"1: 0123|456|260517123456789012"}}},
		{"columns", `<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td colspan="x">c</td><td colspan="0">d</td></tr></table>`, [][]string{{"1: a||b", "2: c|d"}}},
		{"rows", `<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>`, [][]string{{"1: a|b", "2: |c", "3: d"}}},
		{"blocks", `<table><tr><td>h<td rowspan=3 colspan=2>a<td>i<tr><td>j<td>k<tr><td>l<td rowspan=2>m<tr><td>n<td>o</table>`, [][]string{{"1: h|a||i", "2: j|||k", "3: l|||m", "4: n|o"}}},
		{"empty rows count", `<table><tr></tr><tr><td></td></tr><tr><td>a</td><td></td></tr></table>`, [][]string{{"3: a"}}},
		{"several", `<table><tr><td>a</table>text<table></table><table><tr><td>b</table>`, [][]string{{"1: a"}, {"1: b"}}},
		{"nested", `<table><tr><td>head<table><tr><td>a</td></tr><tr><td>b</td></tr></table>foot</td><td>c</td></tr></table>`, [][]string{{"1: headfoot|c"}, {"1: a", "2: b"}}},
		{"only for layout", `<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>`, [][]string{{"1: a"}}},
		{"crossing", `<table><tr><td>a</tr></td><td>b</table></tr>`, [][]string{{"1: a", "2: b"}}},
		{"of a spreadsheet program", `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><!--[if gte mso 9]><xml><x:Name>T</x:Name></xml><![endif]--></head><body><table x:str><tr><td x:num="1">1</td></tr></table>`, [][]string{{"1: 1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, []byte(c.page))
			if len(p.Sheets()) != len(c.want) {
				t.Fatalf("%d tables, want %d", len(p.Sheets()), len(c.want))
			}
			for i, want := range c.want {
				if rows, err := dump(t.Context(), p, i); err != nil || !slices.Equal(rows, want) {
					t.Errorf("table %d: %v\ngot  %q\nwant %q", i, err, rows, want)
				}
			}
		})
	}
}

func TestSeveralTablesAreCalledByTheirNumber(t *testing.T) {
	if s := open(t, []byte(`<table><td>a</table>`)).Sheets(); !slices.Equal(s, []grid.Sheet{{}}) {
		t.Errorf("one: %v", s)
	}
	if s := open(t, []byte(`<table><td>a</table><table><td>b</table>`)).Sheets(); !slices.Equal(s, []grid.Sheet{{Name: "1"}, {Name: "2"}}) {
		t.Errorf("two: %v", s)
	}
}

func TestEncodings(t *testing.T) {
	page := func(head string) string {
		return "<html>" + head + "<table><tr><td>訂單某甲</td></tr></table></html>"
	}
	encode := func(e encoding.Encoding, s string) []byte {
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"utf-8":                 {[]byte(page("")), "utf-8"},
		"mark":                  {[]byte("\xEF\xBB\xBF" + page("")), "utf-8-bom"},
		"gbk, said":             {encode(simplifiedchinese.GBK, page(`<meta charset=gbk>`)), "gb18030"},
		"gb2312, said":          {encode(simplifiedchinese.GBK, page(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`)), "gb18030"},
		"gbk, not said":         {encode(simplifiedchinese.GBK, page("")), "gb18030"},
		"gbk, said to be utf-8": {encode(simplifiedchinese.GBK, page(`<meta charset="utf-8">`)), "gb18030"},
		"gbk, nonsense":         {encode(simplifiedchinese.GBK, page(`<meta charset="klingon">`)), "gb18030"},
		"utf-8, said to be gbk": {[]byte(page(`<meta charset=gbk>`)), "utf-8"},
		"big5":                  {encode(traditionalchinese.Big5, page(`<META content="text/html; charset=BIG5">`)), "big5"},
		"utf-16":                {encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page("")), "utf-16le"},
	} {
		p := open(t, c.data)
		rows, err := dump(t.Context(), p, 0)
		if err != nil || !slices.Equal(rows, []string{"1: 訂單某甲"}) || p.Encoding() != c.want {
			t.Errorf("%s: %q in %s, %v", name, rows, p.Encoding(), err)
		}
		if done, total := p.Progress(); done == 0 || done > total {
			t.Errorf("%s: progress %d of %d", name, done, total)
		}
	}
}

func TestHostilePagesAreRefused(t *testing.T) {
	for name, page := range map[string]string{
		"tables in one another": strings.Repeat("<table><tr><td>a", 100_000),
		"tables":                strings.Repeat("<table><tr><td>a</table>", 100_000),
		"columns":               "<table><tr>" + strings.Repeat("<td>a", 100_000),
		"wide cells":            "<table><tr>" + strings.Repeat("<td colspan=1000>", 100_000),
		"rows":                  "<table>" + strings.Repeat("<tr>", 3<<20),
		"a long cell":           "<table><tr><td>" + strings.Repeat("a<b>", 2<<20),
		"a long row":            "<table><tr>" + strings.Repeat("<td>"+strings.Repeat("a", 1<<19), 40),
		"a long tag":            "<table><tr><td " + strings.Repeat("a", 4<<20) + ">x",
		"many attributes":       "<table><tr><td " + strings.Repeat("a ", 4<<20) + ">x",
		"a text without end":    "<table><tr><td>" + strings.Repeat("a", 4<<20),
	} {
		_, err := Open(t.Context(), strings.NewReader(page), int64(len(page)), "", grid.DefaultLimits())
		if !errors.As(err, new(*grid.LimitError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, page := range map[string]string{
		"no table": "<html><p>Please sign in", "empty table": "<table><tr><td> </table>", "a hidden one": "<table><tr><td><script><td>a</script></table>",
	} {
		_, err := Open(t.Context(), strings.NewReader(page), int64(len(page)), "", grid.DefaultLimits())
		var kind *grid.UnsupportedError
		if !errors.As(err, &kind) || kind.Kind != grid.KindHTML {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCancelStops(t *testing.T) {
	p := open(t, []byte("<table><tr><td>a</table>"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dump(ctx, p, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func FuzzPage(f *testing.F) {
	tabletest.AddSeeds(f, 6, []string{
		`<table><tr><td>a<td>b</table>`, `<table><tr><td rowspan=2 colspan=3>a</td></tr><tr><th>b`, `<meta charset=gbk><table><td>` + "\xb6\xa9",
		`<table><tr><td>a<table><td>b</table>c</table>`, `<table><td><script></td></script>&amp;&#0;`, "\xFF\xFE<\x00t\x00a\x00b\x00l\x00e\x00>\x00",
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), "", tabletest.Small)
		for i := 0; err == nil && i < len(p.Sheets()); i++ {
			n := 0
			for row, rowErr := range p.Rows(t.Context(), i) {
				if err = rowErr; err != nil {
					break
				}
				tabletest.CheckRow(t, row)
				n++
			}
			if err == nil && n == 0 {
				t.Fatalf("table %d is empty", i)
			}
		}
		if err != nil && !tabletest.IsDocumented(err) {
			t.Fatal(err)
		}
	})
}

// BenchmarkPage reads a page of 20,000 rows.
func BenchmarkPage(b *testing.B) {
	data := []byte("<html><table>" + strings.Repeat("<tr><td class=x>260517123456789012</td><td>某甲</td><td style='mso-number-format:\"0.00\"'>12.50</td><td>a &amp; b</td></tr>\r\n", 20_000) + "</table>")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for _, err := range open(b, data).Rows(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
