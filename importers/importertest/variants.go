package importertest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers"
	"kebu/importers/table"
)

// takeGrid takes the text file apart into cells, with the guards of long numbers
// taken off: what stands above the headers, and the rows from the headers on.
func (s *suite) takeGrid(t *testing.T) {
	t.Helper()
	w, err := table.Open(t.Context(), bytes.NewReader(s.data), int64(len(s.data)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	head := s.matches[0].HeaderRow
	s.above = make([][]string, head-1)
	width := 0
	for row, err := range w.Rows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		width = max(width, len(cells))
		if row.Number < head {
			s.above[row.Number-1] = cells
		} else {
			s.grid = append(s.grid, cells)
		}
	}
	for i, row := range s.above {
		s.above[i] = append(row, "")
	}
	for i := range s.grid { // empty cells at the end of a row are not told
		s.grid[i] = append(s.grid[i], make([]string, width-len(s.grid[i]))...)
	}
}

// file writes rows as UTF-8 text, below what stands above the headers.
func (s *suite) file(grid [][]string) []byte { return csvOf(slices.Concat(s.above, grid), ',') }

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

// copyOf copies cells, so that they may be changed.
func copyOf(grid [][]string) [][]string {
	list := make([][]string, len(grid))
	for i, row := range grid {
		list[i] = slices.Clone(row)
	}
	return list
}

func (s *suite) otherEncodings(t *testing.T) {
	plain := s.file(s.grid)
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
		s.same(t, csvOf(slices.Concat(s.above, s.grid), d))
	}
}

// workbook writes the same cells as a workbook of texts.
func (s *suite) workbook(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range slices.Concat(s.above, s.grid) {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	s.same(t, data.Bytes())
}

// columns gives each row the cells of the places listed, in their order.
func columns(grid [][]string, places []int) [][]string {
	list := make([][]string, len(grid))
	for i, row := range grid {
		for _, p := range places {
			cell := ""
			if p < len(row) {
				cell = row[p]
			}
			list[i] = append(list[i], cell)
		}
	}
	return list
}

// shuffledColumns turns the columns around and moves them on. Of columns with
// the same header, the first stays the first.
func (s *suite) shuffledColumns(t *testing.T) {
	width := len(s.grid[0])
	for _, shift := range []int{0, 1, width / 3, width / 2} {
		places := make([]int, width)
		for i := range places {
			places[i] = (2*width - 1 - i + shift) % width
		}
		same := map[string][]int{} // where columns of one header went
		for i, p := range places {
			h := table.Normal(s.grid[0][p])
			same[h] = append(same[h], i)
		}
		for _, list := range same {
			var from []int
			for _, i := range list {
				from = append(from, places[i])
			}
			slices.Sort(from)
			for n, i := range list {
				places[i] = from[n]
			}
		}
		s.sameGrid(t, columns(s.grid, places))
	}
}

// without lists the places of all columns but one.
func (s *suite) without(column int) []int {
	var places []int
	for i := range s.grid[0] {
		if i != column {
			places = append(places, i)
		}
	}
	return places
}

// fewerColumns leaves out one kept column after the other.
func (s *suite) fewerColumns(t *testing.T) {
	for _, k := range s.matches[0].Kept {
		if k.Field == s.matches[0].Format.Key() {
			continue
		}
		fewer := columns(s.grid, s.without(slices.Index(s.grid[0], k.Header)))
		r, _, err := read(t.Context(), s.file(fewer), s.formats)
		var not *importers.NotExportError
		if errors.As(err, &not) && slices.ContainsFunc(s.matches[0].Format.Required, func(h string) bool {
			return table.Normal(h) == table.Normal(k.Header)
		}) {
			continue
		}
		if err != nil {
			t.Fatalf("without %q: %v", k.Header, err)
		}
		if r.Rows < s.read.Rows {
			t.Errorf("without %q: %d rows, want %d at least", k.Header, r.Rows, s.read.Rows)
		}
		if entries(r) < entries(s.read) && k.Field != importers.LineNo {
			t.Errorf("without %q: %d orders, want %d", k.Header, entries(r), entries(s.read))
		}
	}
}

// tickedColumns chooses columns as a seller may: the file is recognised, or it
// is asked whether it is of this marketplace, and it is never taken for one of
// another. Where nobody can choose the columns, it may also be unknown.
func (s *suite) tickedColumns(t *testing.T) {
	format := s.matches[0].Format
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same columns each time
	var key, rest []int
	for i, h := range s.grid[0] {
		switch s.fieldOf(h) {
		case format.Key():
			key = append(key, i)
		case 0:
		default:
			rest = append(rest, i)
		}
	}
	for range 60 {
		random.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		places := slices.Concat(key, rest[:2+random.IntN(len(rest)-1)])
		random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		ticked := columns(s.grid, places)
		_, matches, err := read(t.Context(), s.file(ticked), s.formats)
		var doubt *importers.AmbiguousError
		switch {
		case errors.As(err, &doubt):
			if !slices.ContainsFunc(doubt.Candidates, func(c importers.Candidate) bool { return c.Format.Platform == format.Platform }) {
				t.Fatalf("%q: %v", ticked[0], err)
			}
		case errors.Is(err, importers.ErrNotExport) && !format.AnyColumns:
		case err != nil:
			t.Fatalf("%q: %v", ticked[0], err)
		case matches[0].Format.Platform != format.Platform:
			t.Fatalf("%q is taken for %s", ticked[0], matches[0].Format.ID)
		}
	}
}

// fieldOf returns the field that a column fills, 0 for none.
func (s *suite) fieldOf(header string) importers.Field {
	for _, k := range s.matches[0].Kept {
		if k.Header == header {
			return k.Field
		}
	}
	return 0
}

// dirtyHeaders writes the headers as hands and programs do.
func (s *suite) dirtyHeaders(t *testing.T) {
	for name, dirt := range map[string]func(string) string{
		"zero width":          func(h string) string { return "\u200b" + h + "\ufeff" },
		"spaces":              func(h string) string { return " \u3000" + h + "\u00a0\t" },
		"a line break":        func(h string) string { return h + "\n" },
		"spaces within":       spaced,
		"full-width signs":    strings.NewReplacer("(", "（", ")", "）", ":", "：", ",", "，", "/", "／").Replace,
		"half-width signs":    strings.NewReplacer("（", "(", "）", ")", "：", ":", "，", ",").Replace,
		"another accounts":    strings.NewReplacer("帐", "账", "账", "帐").Replace,
		"full-width letters":  wide,
		"an Apple's new line": func(h string) string { return "\r" + h },
	} {
		t.Run(name, func(t *testing.T) {
			grid := copyOf(s.grid)
			for i, h := range grid[0] {
				grid[0][i] = dirt(h)
			}
			s.sameGrid(t, grid)
		})
	}
}

// spaced puts a space, or a line break, between neighbouring Chinese characters.
func spaced(h string) string {
	var b strings.Builder
	before := false
	for i, r := range h {
		han := r >= '\u4e00' && r <= '\u9fff'
		if before && han {
			b.WriteString([]string{" ", "\n"}[i%2])
		}
		b.WriteRune(r)
		before = han
	}
	return b.String()
}

// wide writes letters and digits in full width.
func wide(h string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r - '!' + '！'
		}
		return r
	}, h)
}

// lowerHeader puts titles above the headers, dirt into them, and the headers
// in again below.
func (s *suite) lowerHeader(t *testing.T) {
	if s.matches[0].Format.HeaderRow != 0 {
		return // known by its row
	}
	header := make([]string, len(s.grid[0]))
	for i, h := range s.grid[0] {
		header[i] = "\u200b " + strings.ReplaceAll(h, "(", "（") + "\n"
	}
	grid := [][]string{{"示例导出"}, {""}, {"导出时间", "2026-11-11"}, header}
	grid = append(grid, s.grid[1:]...)
	s.same(t, csvOf(append(grid, header), ','))
}

// sumsAndExplanations puts a row that explains the headers below them, and a
// row of sums at the end.
func (s *suite) sumsAndExplanations(t *testing.T) {
	sums, prose := make([]string, len(s.grid[0])), make([]string, len(s.grid[0]))
	typed := false
	for i, h := range s.grid[0] {
		prose[i] = "此列的说明"
		switch s.fieldOf(h) {
		case importers.OrderedAt, importers.PaidAt, importers.Quantity, importers.UnitPrice, importers.LineAmount, importers.Paid:
			typed, sums[i] = true, "388.00"
		default:
		}
	}
	sums[0] = "合计："
	s.sameGrid(t, append(copyOf(s.grid), sums))
	if typed { // without numbers and times nothing tells prose from data
		s.sameGrid(t, slices.Insert(copyOf(s.grid), 1, prose))
	}
}
