package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// kinds writes rows as "number: kind text|…".
func kinds(t testing.TB, w *Workbook, sheet int) []string {
	t.Helper()
	var all []string
	for row, err := range w.Rows(t.Context(), sheet) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, strings.TrimSpace(c.Kind.String()[:1]+" "+c.Text))
		}
		all = append(all, fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|")))
	}
	return all
}

func TestCellsOfAllForms(t *testing.T) {
	const shared = `<si><t>zero</t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/></si><si><t/></si><si><t>a_x000D_b_x005F_x000D_ &amp;&#x4E2D;<![CDATA[<&]]></t></si><si><t>&apos;0123	</t></si>`
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"shared", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>`, []string{"1: t zero|t rich|e|t a\rb_x000D_ &中<&|t 0123"}},
		{"inline", `<row r="1"><c r="A1" t="inlineStr"><is><t>one</t></is></c><c r="B1" t="inlineStr"><is><r><t>t</t></r><r><t>wo</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>`, []string{"1: t one|t two"}},
		{"formula", `<row r="1"><c r="A1" t="str"><f>B1&amp;"&lt;"</f><v>x&lt;</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1</f></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><v>1</v></c></row>`, []string{"1: t x<|n 2|e|e|n 1"}},
		{"bool and error", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`, []string{"1: b TRUE|b FALSE|e #N/A"}},
		{"iso date", `<row r="1"><c r="A1" t="d"><v>2026-11-11T00:00:00</v></c></row>`, []string{"1: t 2026-11-11T00:00:00"}},
		{"no references", `<row><c><v>1</v></c><c t="s"><v>0</v></c></row><row><c/><c><v>2</v></c></row>`, []string{"1: n 1|t zero", "2: e|n 2"}},
		{"some references", `<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row><c r="B4"/><c><v>3</v></c></row>`, []string{"3: e|e|n 1|n 2", "4: e|e|n 3"}},
		{"row before", `<row r="2"><c r="AA2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>`, []string{"2: " + strings.Repeat("e|", 26) + "n 1", "3: n 2"}},
		{"empty rows", `<row r="1"/><row r="2"><c r="A2" s="1"/></row><row r="3"></row><row r="9"><c r="A9"><v>1</v></c><c r="B9" s="1"/></row>`, []string{"9: n 1"}},
		{"line breaks and spaces", "\n<row r='1' >\r\n\t<c r='A1'\tt='s' ><v> 0 </v>\n</c >\n<c r=\"B1\" ><v>\n1.50 </v></c>\n</row >\n", []string{"1: t zero|n 1.50"}},
		{"numbers", `<row r="1"><c r="A1"><v>40513.351388888892</v></c><c r="B1"><v>-1E-3</v></c><c r="C1" t="n"><v>2.60517123456789E+17</v></c><c r="D1"><v>.5</v></c></row>`, []string{"1: n 40513.351388888892|n -1E-3|n 2.60517123456789E+17|n .5"}},
		{"repeated numbers", `<row r="1"><c r="A1"><v>17</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="A2"><v>17</v></c><c r="B2"><v>55</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>55</v></c></row>`, []string{"1: n 17|n 5", "2: n 17|n 55", "3: n 1|n 55"}},
		{"text under the type of numbers", `<row r="1"><c r="A1"><v>abc</v></c><c r="B1"><v>1-2</v></c></row>`, []string{"1: t abc|t 1-2"}},
		{"comments between", `<!-- <row> --><row r="1"><!-- a --><c r="A1"><v>1<!-- b -->2</v></c><?pi x?></row>`, []string{"1: n 12"}},
		{"unknown attributes and elements", `<row r="1" ht="1"><c r="A1" cm="1" vm="2"><v>1</v><extLst><ext><v>9</v></ext></extLst></c><x><c><v>8</v></c></x></row>`, []string{"1: n 1"}},
		{"declared namespace inside", `<row r="1"><c r="A1"><v>1</v></c><z:c xmlns:z="urn:z"><z:v>7</z:v></z:c><c xmlns="urn:z"><v>8</v></c><q:c xmlns:q="` + tabletest.MainSpace + `" r="B1"><q:v>2</q:v></q:c></row>`, []string{"1: n 1|n 2"}},
		{"quotes in attributes", `<row r="1" x="a>b" y='"'><c r="A1" z='>"'><v>1</v></c></row>`, []string{"1: n 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := tabletest.Workbook(c.rows, shared)
			if got := kinds(t, open(t, p.Zip(t), Options{}), 0); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			for _, f := range forms {
				if got := kinds(t, open(t, f.all(t, p).Zip(t), Options{}), 0); !slices.Equal(got, c.want) {
					t.Errorf("%s:\ngot  %q\nwant %q", f.name, got, c.want)
				}
			}
		})
	}
}

// prefixed writes XML without prefixes and CDATA with the prefix x on each element.
func prefixed(xml string) string {
	xml = strings.ReplaceAll(xml, "</", "\x01")
	xml = strings.ReplaceAll(xml, "<", "<x:")
	xml = strings.ReplaceAll(xml, "\x01", "</x:")
	return strings.Replace(xml, "xmlns=", "xmlns:x=", 1)
}

func TestPackagesOfAllForms(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2.5</v></c></row>`
	plain := tabletest.Workbook(rows, `<si><t>某</t></si>`)
	want := []string{"1: t 某|n 2.5"}
	utf16 := func(p tabletest.Parts) tabletest.Parts {
		for name, xml := range p {
			b := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="UTF-16"?>`+xml)
			p[name] = string(b)
		}
		return p
	}
	everyPrefixed := tabletest.Parts{}
	strict := tabletest.Parts{}
	for name, xml := range plain {
		everyPrefixed[name] = prefixed(xml)
		strict[name] = strings.NewReplacer(tabletest.MainSpace, tabletest.StrictSpace, tabletest.DocSpace, "http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(xml)
	}
	moved := plain.With("_rels/.rels", strings.ReplaceAll(plain["_rels/.rels"], "xl/workbook.xml", "/other/deep/book.xml")).
		With("other/deep/book.xml", plain["xl/workbook.xml"]).
		With("other/deep/_rels/book.xml.rels", strings.NewReplacer("worksheets/sheet1.xml", "../../xl/worksheets/sheet1.xml", "sharedStrings.xml", "/xl/sharedStrings.xml").Replace(plain["xl/_rels/workbook.xml.rels"]))
	delete(moved, "xl/workbook.xml")
	for name, p := range map[string]tabletest.Parts{
		"plain":           plain,
		"prefixes":        everyPrefixed,
		"strict":          strict,
		"moved":           moved,
		"utf-16":          utf16(tabletest.Workbook(rows, `<si><t>某</t></si>`)),
		"no namespaces":   plain.With("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+rows+`</sheetData></worksheet>`),
		"mark":            plain.With("xl/sharedStrings.xml", stream.BOM+`<?xml version="1.0" encoding='utf-8'?>`+plain["xl/sharedStrings.xml"]),
		"wrong dimension": plain.With("xl/worksheets/sheet1.xml", `<worksheet xmlns="`+tabletest.MainSpace+`"><dimension ref="A1"/><sheetData>`+rows+`</sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells></worksheet>`),
		"backslashes":     plain.With("xl/_rels/workbook.xml.rels", strings.ReplaceAll(plain["xl/_rels/workbook.xml.rels"], "worksheets/", `worksheets\`)),
		"other case":      plain.With("xl/_rels/workbook.xml.rels", strings.ReplaceAll(plain["xl/_rels/workbook.xml.rels"], "sharedStrings.xml", "SharedStrings.xml")),
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, p.Zip(t), Options{})
			if got := kinds(t, w, 0); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			if done, total := w.Progress(); done != total || total == 0 {
				t.Errorf("progress %d of %d", done, total)
			}
			if name != "utf-16" { // which excelize does not read
				sameAsExcelize(t, name, p.Zip(t))
			}
		})
	}
}

func TestSheetsAreListedAndRead(t *testing.T) {
	f := excelize.NewFile()
	for i, name := range []string{"订单", "Hidden", "<&>"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellInt(name, "B2", int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetSheetVisible("Hidden", false); err != nil {
		t.Fatal(err)
	}
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, data.Bytes(), Options{})
	want := []Sheet{{Name: "Sheet1"}, {Name: "订单"}, {Name: "Hidden", Hidden: true}, {Name: "<&>"}}
	if !slices.Equal(w.Sheets(), want) || !w.Date1904() || w.Encoding() != "xlsx" || w.Kind() != KindXLSX {
		t.Errorf("sheets %v, 1904 %t, encoding %s", w.Sheets(), w.Date1904(), w.Encoding())
	}
	if got := kinds(t, w, 3); !slices.Equal(got, []string{"2: e|n 2"}) {
		t.Errorf("last sheet: %q", got)
	}
}

func TestDatesAreToldByTheirFormat(t *testing.T) {
	f := excelize.NewFile()
	own, none := "yyyy\"年\"m\"月\"d\"日\"", "0.00"
	for i, style := range []excelize.Style{{NumFmt: 14}, {NumFmt: 4}, {CustomNumFmt: &own}, {CustomNumFmt: &none}, {}} {
		id, err := f.NewStyle(&style)
		if err != nil {
			t.Fatal(err)
		}
		cell := string(rune('A'+i)) + "1"
		if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellFloat("Sheet1", cell, 46000.5, -1, 64); err != nil {
			t.Fatal(err)
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range open(t, data.Bytes(), Options{}).Rows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []bool{true, false, true, false, false} {
			if c := row.Cells[i]; c.Date != want || c.Text != "46000.5" || c.Kind != CellNumber {
				t.Errorf("cell %d: %v %s, date %t", i, c.Kind, c.Text, c.Date)
			}
		}
	}
}
