package table

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

// checkRows reads all rows and checks what Row promises.
func checkRows(t *testing.T, w *Workbook) {
	t.Helper()
	for i := range w.Sheets() {
		for row, err := range w.Rows(t.Context(), i) {
			if err != nil {
				if !tabletest.IsDocumented(err) {
					t.Fatalf("error %v", err)
				}
				break
			}
			tabletest.CheckRow(t, row)
		}
	}
}

func FuzzOpenAnyFile(f *testing.F) {
	book := tabletest.Workbook(oneRow+`<row><c t="s"><v>0</v></c></row>`, `<si><t>a</t></si>`).Zip(f)
	other := dated()
	other[sheetPart] = `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE worksheet>` + other[sheetPart]
	tabletest.AddSeeds(f, 10, []string{
		string(book), string(other.Zip(f)), string(book[:len(book)/2]), string(ole("Workbook")), "<table>", "%PDF-",
		"a,b\n1,2\n", stream.BOM + "a;b\n\"1;\"\";2\n", "sep=|\na|b", "\xFF\xFEa\x00,\x00b\x00\n\x00",
		"\xB6\xA9\xB5\xA5,a\n\x81\x30\x81\x30,\xFF", "PK\x05\x06" + strings.Repeat("\x00", 18),
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Limits: tabletest.Small})
		if err == nil {
			checkRows(t, w)
		} else if !tabletest.IsDocumented(err) {
			t.Fatalf("error %v", err)
		}
	})
}

// FuzzTextReadsBack writes the cells as encoding/csv does and reads them.
func FuzzTextReadsBack(f *testing.F) {
	tabletest.AddSeeds(f, 6, []string{"a|b/c|d", "\"|,/\n|;", "'1|\t2\t/=\"3\"|4", "甲|乙/|丙", "\r|\n/\r\n|x", "\"\"|\"x/y\"|z"})
	f.Fuzz(func(t *testing.T, data []byte) {
		text := strings.ToValidUTF8(string(data), "")
		text = strings.NewReplacer("\x00", "", "\uFFFD", "", "\r", "").Replace(text)
		var b bytes.Buffer
		b.WriteString("sep=,\n")
		w := csv.NewWriter(&b)
		var want [][]string
		for record := range strings.SplitSeq(text, "/") {
			cells := strings.Split(record, "|")
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
			for i, c := range cells {
				cells[i] = grid.Unguard(c)
			}
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			if len(cells) > 0 {
				want = append(want, cells)
			}
		}
		w.Flush()
		if sniff(b.Bytes()[:min(b.Len(), headBytes)]) != KindText {
			return
		}
		book := open(t, b.Bytes(), Options{Encoding: "utf-8"})
		n := 0
		for row, err := range book.Rows(t.Context(), 0) {
			if isLimit(err) {
				return
			}
			if err != nil || n >= len(want) || row.Flaws != 0 {
				t.Fatalf("row %d of %d, flaws %d: %v", n, len(want), row.Flaws, err)
			}
			if got := texts(row.Cells); !slices.Equal(got, want[n]) {
				t.Fatalf("row %d: got %q, want %q", n, got, want[n])
			}
			n++
		}
		if n != len(want) {
			t.Fatalf("%d rows of %d", n, len(want))
		}
	})
}

func texts(cells []Cell) []string {
	var all []string
	for _, c := range cells {
		all = append(all, c.Text)
	}
	return all
}
