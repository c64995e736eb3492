package xmlsheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers/table/grid"
	"kebu/importers/table/tabletest"
)

const (
	head = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"` +
		` xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">`
	tail = `</Workbook>`
)

// sheetOf is a document of one sheet with the given rows.
func sheetOf(rows string) string {
	return head + `<Worksheet ss:Name="a"><Table>` + rows + `</Table></Worksheet>` + tail
}

// dump writes one row per line as "number: a|b|c flaws", kinds of cells that are no
// texts behind them.
func dump(t *testing.T, b *Book, sheet int) []string {
	t.Helper()
	var all []string
	for row, err := range b.Rows(t.Context(), sheet) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			text := c.Text
			if c.Kind > grid.CellText {
				text += "/" + c.Kind.String()
			}
			cells = append(cells, text)
		}
		s := fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|"))
		if row.Flaws != 0 {
			s += fmt.Sprintf(" !%d", row.Flaws)
		}
		all = append(all, s)
	}
	return all
}

func open(ctx context.Context, data []byte) (*Book, error) {
	return Open(ctx, bytes.NewReader(data), int64(len(data)), "", grid.DefaultLimits())
}

func mustOpen(t *testing.T, text string) *Book {
	t.Helper()
	b, err := open(t.Context(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCells(t *testing.T) {
	data := func(kind, text string) string {
		return `<Row><Cell><Data ss:Type="` + kind + `">` + text + `</Data></Cell></Row>`
	}
	for name, c := range map[string]struct {
		rows string
		want []string
	}{
		"types": {
			`<Row><Cell><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="Number">-2.50</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>` +
				`<Cell><Data ss:Type="Boolean">0</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="DateTime">2026-11-02T09:14:33.000</Data></Cell></Row>`,
			[]string{"1: a|-2.50/number|TRUE/bool|FALSE/bool|#N/A/error|2026-11-02T09:14:33.000"},
		},
		"a number that is none":        {data("Number", "12 pieces"), []string{"1: 12 pieces"}},
		"white space around a number":  {data("Number", "\n 7 "), []string{"1: 7/number"}},
		"white space in a text stays":  {data("String", " a  b "), []string{"1:  a  b "}},
		"no type":                      {`<Row><Cell><Data>7</Data></Cell></Row>`, []string{"1: 7"}},
		"entities and sections":        {data("String", `a&amp;b&#10;&lt;<![CDATA[&lt;]]>&#x4e2d;`), []string{"1: a&b\n<&lt;中"}},
		"guards":                       {data("String", "&quot;") + data("String", `=&quot;0012&quot;`), []string{`1: "`, "2: 0012"}},
		"several looks in one text":    {`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">a<B>b<I>c</I></B>d</ss:Data></Cell></Row>`, []string{"1: abcd"}},
		"remarks are no cells":         {`<Row><Cell><Data ss:Type="String">a</Data><Comment ss:Author="x"><ss:Data>no</ss:Data></Comment></Cell></Row>`, []string{"1: a"}},
		"empty cells and rows":         {`<Row/><Row><Cell/><Cell><Data ss:Type="String"/></Cell><Cell><Data ss:Type="String">c</Data></Cell><Cell/></Row><Row><Cell/></Row>`, []string{"2: ||c"}},
		"places of cells":              {`<Row><Cell ss:Index="3"><Data>c</Data></Cell><Cell><Data>d</Data></Cell></Row>`, []string{"1: ||c|d"}},
		"merged cells":                 {`<Row><Cell ss:MergeAcross="2"><Data>a</Data></Cell><Cell><Data>d</Data></Cell></Row>`, []string{"1: a|||d"}},
		"places of rows":               {`<Row ss:Index="4"><Cell><Data>a</Data></Cell></Row><Row><Cell><Data>b</Data></Cell></Row>`, []string{"4: a", "5: b"}},
		"rows that stand for several":  {`<Row ss:Span="2"/><Row><Cell><Data>b</Data></Cell></Row>`, []string{"4: b"}},
		"columns and their looks":      {`<Column ss:Index="2" ss:Width="60"/><Row><Cell ss:StyleID="s1" ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell></Row>`, []string{"1: 2/number"}},
		"long numbers stay as written": {data("Number", "4085123456789012345"), []string{"1: 4085123456789012345/number"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := dump(t, mustOpen(t, sheetOf(c.rows)), 0); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestNamespacesMayHaveAnyPrefix(t *testing.T) {
	for _, text := range []string{
		sheetOf(`<Row><Cell ss:Index="2"><Data ss:Type="Number">1</Data></Cell></Row>`),
		`<s:Workbook xmlns:s="urn:schemas-microsoft-com:office:spreadsheet"><s:Worksheet s:Name="a"><s:Table><s:Row>` +
			`<s:Cell s:Index="2"><s:Data s:Type="Number">1</s:Data></s:Cell></s:Row></s:Table></s:Worksheet></s:Workbook>`,
		`<?mso-application progid="Excel.Sheet"?><Workbook><Worksheet Name="a"><Table><Row><Cell Index="2"><Data Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`,
	} {
		b := mustOpen(t, text)
		if got := dump(t, b, 0); !slices.Equal(got, []string{"1: |1/number"}) || b.Sheets()[0].Name != "a" {
			t.Errorf("%q of %v in %s", got, b.Sheets(), text)
		}
	}
}

func TestSheets(t *testing.T) {
	row := func(text string) string { return `<Table><Row><Cell><Data>` + text + `</Data></Cell></Row></Table>` }
	b := mustOpen(t, head+`<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><Worksheet ss:Name="A &amp; B">`+row("1")+`</Worksheet>`+
		`<Worksheet ss:Name="h">`+row("2")+`<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>`+
		`<Worksheet ss:Name="c">`+row("3")+`</Worksheet>`+tail)
	want := []grid.Sheet{{Name: "A & B"}, {Name: "h", Hidden: true}, {Name: "c"}}
	if got := b.Sheets(); !slices.Equal(got, want) || !b.Date1904() {
		t.Errorf("got %v, 1904: %v", got, b.Date1904())
	}
	for i, want := range []string{"1: 1", "1: 2", "1: 3"} {
		if got := dump(t, b, i); !slices.Equal(got, []string{want}) {
			t.Errorf("sheet %d: %q", i, got)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := strings.Replace(sheetOf(`<Row><Cell><Data ss:Type="String">订单编号</Data></Cell></Row>`), `"1.0"?>`, `"1.0" encoding="GBK"?>`, 1)
	for name, encode := range map[string]func(string) ([]byte, error){
		"utf-8":   func(s string) ([]byte, error) { return []byte(s), nil },
		"gb18030": func(s string) ([]byte, error) { return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s)) },
		"utf-16le": func(s string) ([]byte, error) {
			return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
		},
	} {
		data, err := encode(text)
		if err != nil {
			t.Fatal(err)
		}
		b, err := open(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(t, b, 0); !slices.Equal(got, []string{"1: 订单编号"}) || b.Encoding() != name {
			t.Errorf("%s: %q as %s", name, got, b.Encoding())
		}
	}
}

func TestADocumentThatIsCutOffIsRefused(t *testing.T) {
	text := strings.TrimSpace(sheetOf(`<Row><Cell ss:Index="2"><Data ss:Type="String">a&amp;b</Data></Cell></Row>`))
	for n := range text {
		if b, err := open(t.Context(), []byte(text[:n])); err == nil {
			t.Fatalf("%d of %d bytes: %d sheets", n, len(text), len(b.Sheets()))
		}
	}
}

func TestAWorkbookWithoutSheetsIsNone(t *testing.T) {
	var kind *grid.UnsupportedError
	if _, err := open(t.Context(), []byte(head+tail)); !errors.As(err, &kind) || kind.Kind != grid.KindXML {
		t.Errorf("error %v", err)
	}
}

func FuzzXMLSheet(f *testing.F) {
	tabletest.AddSeeds(f, 6, []string{
		sheetOf(`<Row><Cell><Data ss:Type="String">a</Data></Cell><Cell ss:Index="4" ss:MergeAcross="2"><Data ss:Type="Number">1e5</Data></Cell></Row>`),
		sheetOf(`<Row ss:Index="3" ss:Span="2"><Cell><Data ss:Type="Boolean">1</Data></Cell></Row><Row><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>`),
		sheetOf(`<Row><Cell><ss:Data xmlns="h">a<b>c</b></ss:Data><Comment><Data>x</Data></Comment></Cell></Row>`),
		`<ss:Workbook xmlns:ss="urn"><ss:Worksheet ss:Name="&lt;"><ss:Table><ss:Row/></ss:Table></ss:Worksheet><ss:Worksheet/></ss:Workbook>`,
		`<Workbook><Worksheet><Table><Row Index="9999999999999999999"/></Table></Worksheet></Workbook>`,
		`<!DOCTYPE a [<!ENTITY x "y">]><Workbook><Worksheet><Table><Row><Cell><Data>&x;</Data></Cell></Row></Table></Worksheet></Workbook>`,
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), "", tabletest.Small)
		if err != nil {
			if !tabletest.IsDocumented(err) {
				t.Fatalf("error %v", err)
			}
			return
		}
		for i := range b.Sheets() {
			last := 0
			for row, err := range b.Rows(t.Context(), i) {
				if err != nil {
					if !tabletest.IsDocumented(err) {
						t.Fatalf("error %v", err)
					}
					break
				}
				if tabletest.CheckRow(t, row); row.Number <= last {
					t.Fatalf("row %d behind row %d", row.Number, last)
				}
				last = row.Number
			}
		}
	})
}
