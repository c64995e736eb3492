package importertest

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers"
	"kebu/importers/table"
)

// gridOf takes the text file apart into cells, with the guards of long numbers
// taken off, and tells which row is the header.
func (s *suite) gridOf(t *testing.T) (grid [][]string, head int) {
	t.Helper()
	w, err := table.Open(t.Context(), bytes.NewReader(s.data), int64(len(s.data)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	matches, err := importers.Detect(t.Context(), w, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	width := 0
	for row, err := range w.Rows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Number == matches[0].HeaderRow {
			head = len(grid)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		width = max(width, len(cells))
		grid = append(grid, cells)
	}
	for i := range grid { // empty cells at the end of a row are not told
		grid[i] = append(grid[i], make([]string, width-len(grid[i]))...)
	}
	return grid, head
}

// csvOf writes cells as UTF-8 text.
func csvOf(grid [][]string, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	if err := w.WriteAll(grid); err != nil {
		panic("importertest: " + err.Error()) // a buffer takes all
	}
	return b.Bytes()
}

func (s *suite) otherEncodings(t *testing.T) {
	plain := csvOf(s.grid, ',')
	for _, e := range []struct {
		name string
		encoding.Encoding
	}{
		{"utf-8", unicode.UTF8},
		{"utf-8-bom", unicode.UTF8BOM},
		{"gb18030", simplifiedchinese.GB18030},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	} {
		t.Run(e.name, func(t *testing.T) {
			data, err := e.NewEncoder().Bytes(plain)
			if err != nil {
				t.Fatal(err)
			}
			s.same(t, data)
		})
	}
}

func (s *suite) otherDelimiters(t *testing.T) {
	for _, d := range []rune{';', '\t', '|'} {
		s.same(t, csvOf(s.grid, d))
	}
}

// shuffledColumns turns the columns around and moves them on.
func (s *suite) shuffledColumns(t *testing.T) {
	width := len(s.grid[0])
	for _, shift := range []int{0, 1, width / 3, width / 2} {
		shuffled := make([][]string, len(s.grid))
		for i, row := range s.grid {
			shuffled[i] = make([]string, width)
			for j, cell := range row {
				shuffled[i][(width-1-j+shift)%width] = cell
			}
		}
		s.same(t, csvOf(shuffled, ','))
	}
}

// lowerHeader puts titles above the headers, dirt into them, and the headers
// in again below.
func (s *suite) lowerHeader(t *testing.T) {
	header := make([]string, len(s.grid[s.head]))
	for i, h := range s.grid[s.head] {
		header[i] = "\u200b " + strings.ReplaceAll(h, "(", "（") + "\n"
	}
	grid := [][]string{{"示例导出"}, {""}, {"导出时间", "2026-11-11"}, header}
	grid = append(grid, s.grid[s.head+1:]...)
	grid = append(grid, header)
	s.same(t, csvOf(grid, ','))
}
