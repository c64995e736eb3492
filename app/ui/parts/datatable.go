package parts

import (
	"iter"
	"slices"

	"fyne.io/fyne/v2"
)

// Align is the side of a column's texts.
type Align int

// The sides.
const (
	Left Align = iota
	Right
)

// Column is a column of a table of rows R.
type Column[R any] struct {
	ID, Title       string
	Min, Start, Max float32 // widths at the standard text size; a Max of 0 is none
	Align           Align
	Grow            bool // takes the width that the others leave; one column
	Sortable        bool
	Descending      bool // the first click on the head sorts so
	Off             bool // not shown until chosen
	Cell            func(R) Cell
	// Tapped makes links of the cells that have a text.
	Tapped func(row int)
}

// Rows are what a table shows.
type Rows[R any] interface {
	Count() int
	// At returns a row, or false while it is not read.
	At(i int) (R, bool)
}

// SortKey is a column that a table is sorted by.
type SortKey struct {
	ID         string `json:"id"`
	Descending bool   `json:"descending,omitempty"`
}

// TableLayout is what a table remembers of how it was arranged.
type TableLayout struct {
	Columns []ColumnLayout `json:"columns"`
	Sort    []SortKey      `json:"sort,omitempty"`
}

// ColumnLayout is the place of one column in TableLayout, in the order shown.
type ColumnLayout struct {
	ID    string  `json:"id"`
	Width float32 `json:"width"`
	Off   bool    `json:"off,omitempty"`
}

// DataTable is a table of a million rows: a head that sorts, columns that are
// chosen, moved and widened, rows that are selected, opened and copied.
type DataTable[R any] struct {
	*grid

	cells map[string]func(R) Cell // by column
}

// NewDataTable returns a table of rows; it reads of them what is in view.
func NewDataTable[R any](words Words, timer Timer, columns []Column[R], rows Rows[R]) *DataTable[R] {
	t := &DataTable[R]{cells: map[string]func(R) Cell{}}
	g := newGrid(words, timer)
	for _, c := range columns {
		g.columns = append(g.columns, &column{
			id: c.ID, title: c.Title, least: c.Min, start: c.Start, most: c.Max, width: c.Start,
			right: c.Align == Right, grow: c.Grow, sortable: c.Sortable, descending: c.Descending, off: c.Off, offAtStart: c.Off, tapped: c.Tapped,
		})
	}
	g.order = slices.Clone(g.columns)
	g.count = rows.Count
	for _, c := range columns {
		t.cells[c.ID] = c.Cell
	}
	g.cells = func(i int, shown []*column, to []Cell) bool {
		r, ok := rows.At(i)
		if !ok {
			return false
		}
		t.fill(r, shown, to)
		return true
	}
	t.grid = g
	g.self = t
	g.ExtendBaseWidget(t)
	return t
}

func (t *DataTable[R]) fill(r R, shown []*column, to []Cell) {
	for n, c := range shown {
		to[n] = t.cells[c.id](r)
	}
}

// Plain takes the checks away, and the button that arranges the columns: for a
// table whose rows are read and not worked on.
func (t *DataTable[R]) Plain() *DataTable[R] {
	t.plain = true
	return t
}

// Text returns rows as Copy puts them into the clipboard: as they are shown,
// with the head, parted by tabs.
func (t *DataTable[R]) Text(rows iter.Seq[R]) string {
	text := newCopied(t.visible())
	for r := range rows {
		t.fill(r, text.columns, text.cells)
		text.add()
	}
	return text.String()
}

var _ fyne.Focusable = (*DataTable[int])(nil)
