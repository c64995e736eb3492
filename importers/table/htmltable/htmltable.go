// Package htmltable reads the tables of web pages, which some marketplaces and shop
// programs serve under the name of a workbook.
//
// Each table that holds a cell is a sheet, in the order in which they begin; what a
// cell holds of another table belongs to that one. A cell that spans several columns
// or rows stands in the first of them. Cells are texts, white space in them as a
// browser shows it.
package htmltable

import (
	"context"
	"errors"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"sync/atomic"

	"kebu/importers/table/charset"
	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// Bounds of what no export needs.
const (
	mostTables = 32
	mostDepth  = 16 // of tables in one another
	mostBytes  = 128 << 20
	// mostWork is of the size times the tables: each is looked for from the start.
	mostWork = 512 << 20
)

// Page is an opened page. Its methods may be used from several goroutines.
type Page struct {
	src      io.ReaderAt
	size     int64
	limits   grid.Limits
	encoding string
	tables   []int // numbers of those that hold a cell, from the first in the page
	done     atomic.Int64
}

// Open finds the encoding of the size bytes of r, unless it is forced by its WHATWG
// name, and the tables. A page that has none gives a [*grid.UnsupportedError].
func Open(ctx context.Context, r io.ReaderAt, size int64, forced string, limits grid.Limits) (*Page, error) {
	if size > mostBytes {
		return nil, &grid.LimitError{What: "bytes in the page", Limit: mostBytes}
	}
	p := &Page{src: r, size: size, limits: limits}
	var err error
	if p.encoding, err = charset.Find(ctx, r, size, forced, declared); err != nil {
		return nil, err
	}
	err = p.scan(ctx, 0, new(atomic.Int64), func(row tableRow) error {
		if i, seen := slices.BinarySearch(p.tables, row.table); !seen { // a table inside another ends first
			p.tables = slices.Insert(p.tables, i, row.table)
		}
		return nil
	})
	if err != nil {
		return nil, p.failed(0, err)
	}
	if len(p.tables) == 0 {
		return nil, &grid.UnsupportedError{Kind: grid.KindHTML}
	}
	if size*int64(len(p.tables)) > mostWork {
		return nil, &grid.LimitError{What: "bytes in a page of several tables", Limit: mostWork / int64(len(p.tables))}
	}
	return p, nil
}

// declared finds what a page says of its encoding (HTML 4.2.5).
var declared = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:-]{1,40})`)

// Encoding names how the page is encoded.
func (p *Page) Encoding() string { return p.encoding }

// Sheets lists the tables; several are called by their number.
func (p *Page) Sheets() []grid.Sheet {
	sheets := make([]grid.Sheet, len(p.tables))
	for i := range sheets {
		if len(sheets) > 1 {
			sheets[i].Name = strconv.Itoa(i + 1)
		}
	}
	return sheets
}

// Progress tells how many of the page's bytes were read for the last Rows.
func (p *Page) Progress() (done, total int64) { return p.done.Load(), p.size }

var errStopped = errors.New("stopped")

// Rows yields the rows of a table that have a cell that is not empty. An error is
// yielded once, as the last pair.
func (p *Page) Rows(ctx context.Context, sheet int) iter.Seq2[grid.Row, error] {
	return func(yield func(grid.Row, error) bool) {
		last := 0
		err := p.scan(ctx, p.tables[sheet], &p.done, func(row tableRow) error {
			if row.table != p.tables[sheet] {
				return nil
			}
			last = row.number
			if !yield(grid.Row{Number: row.number, Cells: row.cells, Flaws: row.flaws}, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(grid.Row{}, p.failed(last, err))
		}
	}
}

func (p *Page) failed(row int, err error) error { return grid.Damaged("", row, err) }

// scan hands the rows of all tables to do, in the order in which they end, up to the
// end of the last table asked for, 0 being the whole page.
func (p *Page) scan(ctx context.Context, last int, done *atomic.Int64, do func(tableRow) error) error {
	raw := stream.Metered(stream.Source(ctx, io.NewSectionReader(p.src, 0, p.size)), 0, done)
	text, err := charset.Decoder(raw, p.encoding)
	if err != nil {
		return err
	}
	s := scanner{limits: p.limits, last: last, do: do}
	if err := s.scan(text); !errors.Is(err, errDone) {
		return err
	}
	return nil
}
