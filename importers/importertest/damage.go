package importertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"kebu/importers"
)

// cutShort reads the file cut at many places: an error or the whole orders
// before the cut, and never a panic.
func (s *suite) cutShort(t *testing.T) {
	step := max(len(s.data)/places(40), 1)
	for n := 0; n < len(s.data); n += step {
		r, _, err := read(t.Context(), s.data[:n], s.formats)
		if err == nil && entries(r) == 0 && len(r.Rejected) == 0 && r.Rows > 0 {
			t.Errorf("cut at %d: %d rows without an order or a refusal", n, r.Rows)
		}
	}
}

// places is at how many places something is tried: at a fifth with the race
// detector, which every marketplace's files lead through the same code.
func places(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

// byByte gives one byte at each reading.
type byByte struct{ data []byte }

// ReadAt gives the byte at off.
func (r byByte) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(r.data)) {
		return 0, io.EOF
	}
	return copy(p[:min(len(p), 1)], r.data[off:]), nil
}

func (s *suite) oneByteAtATime(t *testing.T) {
	r, matches, err := readFrom(t.Context(), byByte{s.data}, int64(len(s.data)), s.formats, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, picturedOrders(t, r, matches), ordersOf(t, s.want))
}

// countdown is a context that is cancelled at its nth look.
type countdown struct {
	context.Context //nolint:containedctx // it is one
	cancel          func()
	left            atomic.Int64
}

// Err counts the looks.
func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// cancelled cancels at each of the looks that a reading takes: there is an
// error or the whole file.
func (s *suite) cancelled(t *testing.T) {
	const most = 10_000 // looks, which no fixture takes
	for n := int64(0); n < most; n += int64(most / places(most)) {
		inner, cancel := context.WithCancel(t.Context())
		ctx := &countdown{Context: inner, cancel: cancel}
		ctx.left.Store(n)
		r, matches, err := read(ctx, s.data, s.formats)
		cancel()
		if err == nil {
			compare(t, picturedOrders(t, r, matches), ordersOf(t, s.want))
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled at look %d: got error %v, want %v", n, err, context.Canceled)
		}
	}
	t.Errorf("not read with %d looks", most)
}

// longNumbers reads 10,000 orders whose numbers no float tells apart.
func (s *suite) longNumbers(t *testing.T) {
	const orders, first, firstLine = 10_000, 9007199254740993000, 8007199254740993000
	numbers, number, line := s.numbers(), s.place(importers.OrderNo), s.place(importers.LineNo)
	var rows [][]string // of the first order
	for i, n := range numbers {
		if n == s.read.Orders[0].Number {
			rows = append(rows, s.grid[i])
		}
	}
	if len(rows) == 0 {
		t.Fatal("the first order is in no row")
	}
	grid, lines := [][]string{s.grid[0]}, map[string]int{}
	for i := range orders {
		for _, row := range rows {
			row = slices.Clone(row)
			row[number] = strconv.Itoa(first + i)
			if line >= 0 { // the parts of a line have its number
				j, known := lines[row[line]]
				if !known {
					j = len(lines)
					lines[row[line]] = j
				}
				row[line] = strconv.Itoa(firstLine + i*len(rows) + j)
			}
			grid = append(grid, row)
		}
	}
	r := s.mustRead(t, s.file(grid))
	if len(r.Orders) != orders || len(r.Rejected) > 0 {
		t.Fatalf("%d orders, %d rows rejected; want %d and none", len(r.Orders), len(r.Rejected), orders)
	}
	for i, o := range r.Orders {
		if o.Number != strconv.Itoa(first+i) {
			t.Fatalf("order %d has number %s, want %d", i, o.Number, first+i)
		}
		if len(o.Lines) != len(s.read.Orders[0].Lines) {
			t.Fatalf("order %d has %d lines, want %d", i, len(o.Lines), len(s.read.Orders[0].Lines))
		}
	}
}

// roundedNumbers puts what a spreadsheet makes of long numbers into each column
// that tells orders, lines or buyers apart.
func (s *suite) roundedNumbers(t *testing.T) {
	row := 1 // that of the first payment
	if len(s.read.Orders) > 0 {
		row = slices.Index(s.numbers(), s.read.Orders[0].Number)
	}
	for field, reason := range map[importers.Field]importers.Reason{
		importers.OrderNo: importers.OrderNumberRounded, importers.LineNo: importers.LineNumberRounded,
		importers.BuyerID: importers.BuyerIDRounded, importers.BuyerNick: importers.BuyerIDRounded,
		importers.PaymentNo: importers.PaymentNumberRounded, importers.ParentNo: importers.PaymentNumberRounded,
	} {
		at := s.place(field)
		if at < 0 {
			continue
		}
		for _, damaged := range []string{"2.60517E+17", "2.6051712345678E+17", "260517123456789000.0"} {
			grid := copyOf(s.grid)
			grid[row][at] = damaged
			r := s.mustRead(t, s.file(grid))
			if !slices.ContainsFunc(r.Rejected, func(e importers.RowError) bool { return e.Row == row+s.matches[0].HeaderRow && e.Reason == reason }) {
				t.Errorf("%s in %v: row %d is not refused: %+v", damaged, field, row+s.matches[0].HeaderRow, r.Rejected)
			}
		}
	}
}

// noPersonInReports looks for the people of the file in all that is reported.
func (s *suite) noPersonInReports(t *testing.T) {
	_, _, unknown := read(t.Context(), s.data, []*importers.Format{{ID: "none", Columns: []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"no such header"}},
	}}})
	if !errors.Is(unknown, importers.ErrNotExport) {
		t.Errorf("got error %v, want %v", unknown, importers.ErrNotExport)
	}
	reported := reports(s.read, s.matches, unknown)
	var people []string
	for _, o := range s.read.Orders {
		people = append(people, peopleOf(o)...)
	}
	for _, p := range s.read.Payments {
		people = append(people, textsOf(p.Payer.Name, p.Payer.Email)...)
	}
	for _, person := range people {
		if strings.Contains(reported, person) {
			t.Error("a report holds a personal value")
		}
	}
}

// noCellInReports plants texts into one kept column after the other, and into
// all others, and looks for them in all that is reported. Words of the
// vocabularies alone are shown.
func (s *suite) noCellInReports(t *testing.T) {
	const planted = "Zq7"
	var lists [][]int // of columns
	var dropped []int
	for c, h := range s.grid[0] {
		switch s.fieldOf(h) {
		case importers.Status, importers.AfterSale, importers.PaymentKind:
		case 0:
			dropped = append(dropped, c)
		default:
			lists = append(lists, []int{c})
		}
	}
	for _, list := range append(lists, dropped) {
		grid := copyOf(s.grid)
		for i := 1; i < len(grid); i++ {
			for _, c := range list {
				grid[i][c] = fmt.Sprintf("%s-%d\" \n%s", planted, i, planted)
			}
		}
		r, matches, err := read(t.Context(), s.file(grid), s.formats)
		if strings.Contains(fmt.Sprint(err), planted) || err == nil && strings.Contains(reports(r, matches, nil), planted) {
			t.Errorf("a cell of the columns %v is in a report", list)
		}
	}
	// Rows without their headers are no export, which is said without them.
	_, _, err := read(t.Context(), csvOf(s.grid[1:], ','), s.formats)
	if err == nil {
		return
	}
	for _, row := range s.grid[1:] {
		for _, cell := range row {
			if len(cell) > len("2026") && strings.Contains(err.Error(), cell) {
				t.Error("an error holds a cell")
			}
		}
	}
}

// checked reads damaged bytes and checks what holds of every reading.
func checked(ctx context.Context, data []byte, formats []*importers.Format) error {
	r, _, err := readFrom(ctx, bytes.NewReader(data), int64(len(data)), formats, importers.Options{})
	if err != nil {
		return nil //nolint:nilerr // a damaged file may be refused
	}
	lines := 0
	for _, o := range r.Orders {
		if o.Number == "" || o.Platform == "" {
			return errors.New("an order without number or platform")
		}
		lines += len(o.Lines)
	}
	if lines != r.Lines || r.Rows > 0 && entries(r)+len(r.Rejected) == 0 || len(r.Rejected) > r.Rows {
		return fmt.Errorf("%d rows, %d orders, %d lines of %d, %d refused", r.Rows, len(r.Orders), lines, r.Lines, len(r.Rejected))
	}
	return nil
}
