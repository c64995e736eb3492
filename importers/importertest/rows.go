package importertest

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/importers"
)

// place returns where the best column of a field stands, -1 for none.
func (s *suite) place(f importers.Field) int {
	for _, k := range s.matches[0].Kept {
		if k.Field == f {
			return slices.Index(s.grid[0], k.Header)
		}
	}
	return -1
}

// numbers lists the order numbers of the rows, "" where there is none; where
// cells are merged, or the row is a line of a bundle, the number is that of the
// row above.
func (s *suite) numbers() []string {
	f := s.matches[0].Format
	read := func(number string) bool {
		return slices.ContainsFunc(s.read.Orders, func(o *crm.Order) bool { return o.Number == number })
	}
	at, list := s.place(importers.OrderNo), make([]string, len(s.grid))
	for i, row := range s.grid[1:] {
		list[i+1] = row[at]
		if row[at] == "" && f.Rows == importers.LinePerRowMerged || len(f.Bundles) > 0 && !read(row[at]) {
			list[i+1] = list[i]
		}
	}
	return list
}

// ofOrder lists the columns that tell of the order as a whole.
func (s *suite) ofOrder() []int {
	numbered := s.place(importers.LineNo) >= 0
	var list []int
	for i, h := range s.grid[0] {
		switch f := s.fieldOf(h); f {
		case importers.OrderNo, importers.LineNo, importers.SKU, importers.Product, importers.Variant, importers.Quantity,
			importers.UnitPrice, importers.LineAmount, importers.LineRefund, importers.LinePart:
		case importers.Status, importers.AfterSale:
			if !numbered {
				list = append(list, i)
			}
		default:
			if f != 0 {
				list = append(list, i)
			}
		}
	}
	return list
}

// rowModels writes the rows as the other models do that say the same.
func (s *suite) rowModels(t *testing.T) {
	numbers, order := s.numbers(), s.place(importers.OrderNo)
	switch model := s.matches[0].Format.Rows; model {
	case importers.OrderPerRow, importers.ProductPerOrder:
		t.Run("exported twice", func(t *testing.T) { s.sameGrid(t, append(copyOf(s.grid), s.grid[1:]...)) })
	case importers.LinePerRow, importers.LinePerRowMerged:
		repeated, once := copyOf(s.grid), copyOf(s.grid)
		before := map[string][]string{} // the last row of an order, filled
		for i := 1; i < len(s.grid); i++ {
			above := before[numbers[i]]
			if numbers[i] != "" {
				repeated[i][order] = numbers[i]
			}
			if above != nil {
				for _, c := range s.ofOrder() {
					if repeated[i][c] == "" {
						repeated[i][c] = above[c]
					}
					if once[i][c] == above[c] {
						once[i][c] = ""
					}
				}
			}
			before[numbers[i]] = repeated[i]
		}
		delete(before, "")
		t.Run("order cells repeated", func(t *testing.T) { s.sameGrid(t, repeated) })
		t.Run("order cells once", func(t *testing.T) { s.sameGrid(t, once) })
		if len(s.matches[0].Format.Bundles) == 0 { // whose lines follow them
			t.Run("rows apart", func(t *testing.T) { s.sameGrid(t, apart(repeated, numbers)) })
		}
		if s.place(importers.LineNo) >= 0 {
			t.Run("exported twice", func(t *testing.T) { s.sameGrid(t, append(copyOf(repeated), repeated[1:]...)) })
		}
	default:
		t.Fatalf("row model %d is new to the suite", model)
	}
}

// apart puts the first rows of all orders before the second ones, and so on.
func apart(grid [][]string, numbers []string) [][]string {
	list, count := [][]string{grid[0]}, map[string]int{}
	turns := make([][][]string, len(grid))
	for i, row := range grid[1:] {
		n := numbers[i+1]
		turns[count[n]] = append(turns[count[n]], row)
		count[n]++
	}
	for _, rows := range turns {
		list = append(list, rows...)
	}
	return list
}

// cutAtEachRow reads the file up to each of its rows: orders of which all rows
// are there are what they are in the whole file.
func (s *suite) cutAtEachRow(t *testing.T) {
	numbers := s.numbers()
	whole := picturesOf(t, s.read.Orders)
	for n := 1; n <= len(s.grid); n++ {
		data := s.file(s.grid[:n])
		r, _, err := readFrom(t.Context(), bytes.NewReader(data), int64(len(data)), s.formats, importers.Options{DateOrder: s.read.DateOrder})
		if err != nil {
			t.Fatalf("%d rows: %v", n, err)
		}
		for number, got := range picturesOf(t, r.Orders) {
			if !slices.Contains(numbers[n:], number) && whole[number] != "" && got != whole[number] {
				t.Errorf("%d rows: an order of which all rows are there differs", n)
			}
		}
		for number := range whole {
			known := slices.Contains(numbers[:n], number) && !slices.Contains(numbers[n:], number)
			if known && !slices.ContainsFunc(r.Orders, func(o *crm.Order) bool { return o.Number == number }) {
				t.Errorf("%d rows: an order of which all rows are there is missing", n)
			}
		}
	}
}

func picturesOf(t *testing.T, orders []*crm.Order) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, o := range orders {
		text, err := json.Marshal(orderPictureOf(o))
		if err != nil {
			t.Fatal(err)
		}
		m[o.Number] = string(text)
	}
	return m
}
