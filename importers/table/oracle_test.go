package table

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/importers/table/grid"
)

// excelizeRows reads a sheet with excelize, numbers and all as stored.
func excelizeRows(t testing.TB, data []byte, sheet int, f func(number int, cells []string)) {
	t.Helper()
	raw := excelize.Options{RawCellValue: true}
	book, err := excelize.OpenReader(bytes.NewReader(data), raw)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.Rows(book.GetSheetName(sheet))
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns(raw)
		if err != nil {
			t.Fatal(err)
		}
		f(n, cells)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}

// sameAsExcelize states the law of our reader: where excelize reads a workbook, as it is
// or in another form, ours reads the same cells. Types, which excelize does not tell,
// are the same in all forms.
func sameAsExcelize(t *testing.T, name string, data []byte) {
	t.Helper()
	sameCells(t, name, data)
	want := everything(t, data)
	for _, f := range forms {
		changed := f.all(t, partsOf(t, data)).Zip(t)
		sameCells(t, name+", "+f.name, changed)
		if got := everything(t, changed); !slices.Equal(got, want) {
			t.Errorf("%s, %s:\ngot  %q\nwant %q", name, f.name, got, want)
		}
	}
}

// sameCells compares every cell of every sheet.
func sameCells(t *testing.T, name string, data []byte) {
	t.Helper()
	w := open(t, data, Options{})
	for sheet := range w.Sheets() {
		want := map[int][]string{}
		excelizeRows(t, data, sheet, func(n int, cells []string) {
			cells = slices.Clone(cells)
			for i, c := range cells {
				cells[i] = grid.Unguard(c)
			}
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			if len(cells) > 0 {
				want[n] = cells
			}
		})
		for row, err := range w.Rows(t.Context(), sheet) {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range row.Cells {
				if c.Kind == CellBool {
					c.Text = map[string]string{"TRUE": "1", "FALSE": "0"}[c.Text]
				}
				got = append(got, c.Text)
			}
			if !slices.Equal(got, want[row.Number]) {
				t.Errorf("%s, sheet %d, row %d:\ngot  %q\nwant %q", name, sheet, row.Number, got, want[row.Number])
			}
			delete(want, row.Number)
		}
		if len(want) > 0 {
			t.Errorf("%s, sheet %d: %d rows not read", name, sheet, len(want))
		}
	}
}

// TestFixturesReadAsExcelizeReadsThem compares the workbooks among the fixtures.
func TestFixturesReadAsExcelizeReadsThem(t *testing.T) {
	found := 0
	exports := os.DirFS("../../testdata/exports")
	err := fs.WalkDir(exports, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		found++
		data, err := fs.ReadFile(exports, path)
		if err == nil && bytes.HasPrefix(data, []byte("PK")) { // not locked
			sameAsExcelize(t, path, data)
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("%d fixtures, %v", found, err)
	}
}

// TestLooksOfASheetChangeNoCells compares a sheet with merged cells, hidden rows and
// columns, dates, formulas, rich texts, and several hundred thousand empty rows.
func TestLooksOfASheetChangeNoCells(t *testing.T) {
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("second")
	check(err)
	for row := 1; row <= 30; row++ {
		check(f.SetSheetRow("Sheet1", "B"+itoa(row), &[]any{row, "item " + itoa(row), time.Date(2026, 11, row, 8, 30, 0, 0, time.UTC), float64(row) / 3, row%2 == 0}))
	}
	check(f.SetCellRichText("Sheet1", "H2", []excelize.RichTextRun{{Text: "甲 ", Font: &excelize.Font{Bold: true}}, {Text: "乙"}}))
	check(f.SetCellFormula("Sheet1", "I3", "SUM(B1:B3)"))
	check(f.MergeCell("Sheet1", "B5", "C8"))
	check(f.MergeCell("Sheet1", "D10", "F10"))
	check(f.SetRowVisible("Sheet1", 12, false))
	check(f.SetColVisible("Sheet1", "C", false))
	check(f.SetRowHeight("Sheet1", 300_000, 20))
	check(f.SetCellInt("second", "XFD1048576", 7))
	check(f.SetSheetDimension("Sheet1", "A1"))
	data, err := f.WriteToBuffer()
	check(err)
	sameAsExcelize(t, "looks", data.Bytes())
}

// TestWorkbooksReadAsExcelizeReadsThem writes random workbooks with excelize, cell by
// cell and by its stream (inline texts), and compares every cell.
func TestWorkbooksReadAsExcelizeReadsThem(t *testing.T) {
	texts := []string{"a", "两", "x<y&\"z'", " lead", "line\nbreak", "_x0041_", "tab\tin", "𠮷", "C:\\x_y", "12ab", strings.Repeat("长", 500)}
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		f := excelize.NewFile()
		var stream *excelize.StreamWriter
		if seed%2 == 0 {
			var err error
			if stream, err = f.NewStreamWriter("Sheet1"); err != nil {
				t.Fatal(err)
			}
		}
		for row := 1; row <= 40; row += 1 + rng.IntN(3) {
			values := make([]any, rng.IntN(12))
			for i := range values {
				switch rng.IntN(6) {
				case 0:
					values[i] = texts[rng.IntN(len(texts))]
				case 1:
					values[i] = rng.IntN(1e9) - 5e8
				case 2:
					values[i] = rng.NormFloat64() * 1e5
				case 3:
					values[i] = rng.IntN(2) == 0
				case 4:
					values[i] = excelize.Cell{Formula: "1+1", Value: 2}
				}
			}
			at := "A" + itoa(row)
			var err error
			if seed%2 == 0 {
				err = stream.SetRow(at, values)
			} else {
				for i, v := range values {
					if c, ok := v.(excelize.Cell); ok {
						values[i] = c.Value
					}
				}
				err = f.SetSheetRow("Sheet1", at, &values)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if seed%2 == 0 {
			if err := stream.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		data, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		sameAsExcelize(t, fmt.Sprintf("seed %d", seed), data.Bytes())
	}
}
