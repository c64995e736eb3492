package xlsx

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"kebu/importers/table/grid"
	"kebu/importers/table/tabletest"
	"kebu/importers/table/xmlscan"
)

// FuzzBothWaysOfReadingCells reads rows once as they are and once under a repeated
// declaration of the namespace, which fastCell leaves to the general way.
func FuzzBothWaysOfReadingCells(f *testing.F) {
	tabletest.AddSeeds(f, 8, []string{
		`<row r="1"><c r="A1"><v>1</v></c></row>`, `<row><c r="A1" s="1"><v>5</v></c><c s="01"><v>5</v></c><c s="2"><v>5</v></c></row>`, `<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1"><v>-1.5E+3</v></c></row>`,
		`<row><c/><c r="B1"/><c t="s"><v>1</v></c><c t="n"><v>1</v></c></row>`, `<row><c r="A1"><v> 1</v></c></row>`,
		`<row><c r="A1" t="str"><v>a</v></c><c r="B1" t="b"><v>1</v></c></row>`, `<row><c r="A1"><f>1</f><v>1</v></c></row>`,
		`<row><c r="ZZ9"><v>1</v></c><c r="A1"><v>.</v></c></row>`, `<row><c r="A1" t="s"><v>-0</v></c><c r="A1" t="s"><v>+1</v></c></row>`,
		`<row><c r="A1" t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t xml:space="preserve"> 某_x0041_</t></is></c></row>`,
		`<row><c t="e"><v>#N/A</v></c><c t="str"><v>a&amp;b</v></c><c t="S"><v>1</v></c></row>`,
		`<row><c r="A1" t="s"><v>01</v></c><c s="x"><v>1</v></c></row>`,
	})
	f.Fuzz(func(t *testing.T, rows []byte) {
		shared := &grid.Texts{}
		for _, s := range []string{"zero", ""} {
			if err := shared.Add([]byte(s), tabletest.Small); err != nil {
				t.Fatal(err)
			}
		}
		shared.Seal()
		all := func(declared string) (rowsRead [][]grid.Cell, failed bool) {
			src := `<worksheet xmlns="u"><sheetData` + declared + `>` + string(rows) + `</sheetData></worksheet>`
			s, err := newSheetScanner(strings.NewReader(src), shared, []bool{false, true}, tabletest.Small)
			if err == nil {
				err = s.rows(t.Context(), func(r grid.Row) bool {
					rowsRead = append(rowsRead, slices.Clone(r.Cells))
					return true
				})
			}
			return rowsRead, err != nil
		}
		fast, fastFailed := all("")
		slow, slowFailed := all(` xmlns="u"`)
		if fastFailed != slowFailed || !slices.EqualFunc(fast, slow, slices.Equal) {
			t.Fatalf("fast %v (failed: %t)\nslow %v (failed: %t)", fast, fastFailed, slow, slowFailed)
		}
	})
}

// FuzzBothWaysOfReadingSharedTexts reads a table once as it is and once under a root
// with a prefix, where fastShared is not used.
func FuzzBothWaysOfReadingSharedTexts(f *testing.F) {
	tabletest.AddSeeds(f, 5, []string{
		"<si><t>a</t></si>", `<si><t xml:space="preserve"> 某</t></si><si><t/></si>`, "<si><t>='1</t></si><si><t>\t2</t></si>",
		"<si><t>a&amp;b_x0041_</t></si>", "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>", "<si><t>a\rb\n</t></si><x/>", "<si><t>\xFF</t></si>",
	})
	f.Fuzz(func(t *testing.T, entries []byte) {
		all := func(open, end string) (texts []string, failed bool) {
			x, err := xmlscan.New(strings.NewReader(open+string(entries)+end), tabletest.Small)
			if err != nil {
				return nil, true
			}
			s, err := readShared(x, tabletest.Small)
			for i := 0; err == nil; i++ {
				text, ok := s.Get(i)
				if !ok {
					break
				}
				texts = append(texts, text)
			}
			return texts, err != nil
		}
		fast, fastFailed := all(`<sst xmlns="u">`, "</sst>")
		slow, slowFailed := all(`<x:sst xmlns="u" xmlns:x="u">`, "</x:sst>")
		if bytes.Contains(entries, []byte("sst")) {
			return
		}
		if fastFailed != slowFailed || !slices.Equal(fast, slow) {
			t.Fatalf("fast %q (failed: %t)\nslow %q (failed: %t)", fast, fastFailed, slow, slowFailed)
		}
	})
}

func FuzzEscapes(f *testing.F) {
	tabletest.AddSeeds(f, 3, []string{"_x0041_", "a_b", "_x_x000D_"})
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := unescape([]byte(strings.ReplaceAll(string(data), "_", "_x005F_"))); string(got) != string(data) {
			t.Fatalf("escaped %q reads %q", data, got)
		}
	})
}
