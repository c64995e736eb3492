package importers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kebu/app/crm"
	"kebu/app/crm/region"
	"kebu/importers/table"
)

// entry is an order while its rows are gathered.
type entry struct {
	order         crm.Order
	statuses      statusSet
	words, afters []string // raw status words, without repeats
	lastWord      string   // the last of each that was seen, which is mostly the next
	lastAfter     string
	filled        bool // a row has been read into it
	unpriced      bool // a line of it has neither price nor amount
	settled       bool // its status and lines are final
	broken        bool // a row of it was refused
	notBuyers     bool // a row of it says that the recipient is not the buyer
	causeSheet    string
	causeRow      int
	into          *entry // the same order of an earlier sheet, which took it up
}

// lineID is a line by the number of its own.
type lineID struct {
	entry *entry
	key   string
}

// partID is a part of such a line by its number.
type partID struct {
	line lineID
	part string
}

// sheetReader gathers the orders of one sheet.
type sheetReader struct {
	*fileReader
	cells
	match             *Match
	status, afterSale *vocabulary[crm.Status]
	paymentKind       *vocabulary[crm.PaymentKind]

	orders   []*entry // in order of appearance
	index    map[string]*entry
	numbers  map[lineID]int // place of a line in its order
	parts    map[partID]bool
	places   map[region.Place]region.Place // as written, and settled
	current  *entry                        // of the row before
	lost     int                           // row of the order that the rows below belong to, where that was refused
	slab     slab
	hasLine  bool // the sheet has a column of lines
	priced   bool // the sheet has a price of the line and no amount of the order
	counted  bool // the sheet has a column of quantities
	numbered bool // the sheet has a column of line numbers
	started  bool // past the rows that may explain the headers
	market   *market
	zoneName string // IANA name of zone
	// homeCurrency is that of orders of which no row tells any; see settleHome.
	homeCurrency string
	bundle       bundle // the order whose lines stand in the next rows
	opens        bool   // the row announces lines
	sumsUp       bool   // the row is no line, it sums up its order

	runs     []run // of all orders, in the order of the rows
	rejected []RowError
}

// run is rows of an order that stand together.
type run struct {
	entry       *entry
	first, last int
}

func newSheetReader(f *fileReader, m *Match) (*sheetReader, error) {
	zone := f.options.Zone
	if m.Format.Zone != "" {
		z, err := time.LoadLocation(m.Format.Zone)
		if err != nil {
			return nil, fmt.Errorf("time zone of format %s: %w", m.Format.ID, err)
		}
		zone = z
	}
	if zone == nil {
		zone = time.UTC
	}
	s := &sheetReader{
		fileReader: f, match: m, zoneName: m.Format.Zone,
		cells:       cells{format: m.Format, zone: zone, date1904: f.book.Date1904(), texts: f.texts},
		status:      newVocabulary(Status, m.Format.Statuses),
		afterSale:   newVocabulary(AfterSale, m.Format.AfterSales),
		paymentKind: newVocabulary(PaymentKind, m.Format.Payments),
		index:       map[string]*entry{},
		numbers:     map[lineID]int{},
		parts:       map[partID]bool{},
		places:      map[region.Place]region.Place{},
	}
	if f.settled {
		s.cells.order = f.order
	}
	for _, c := range m.Format.Columns {
		s.difference[c.Field] = (c.Field == Refund || c.Field == LineRefund) && len(c.Less) > 0
	}
	for _, k := range m.Kept {
		s.hasLine = s.hasLine || k.Field.ofLine()
	}
	s.counted, s.numbered = m.keeps(Quantity), m.keeps(LineNo)
	s.priced = m.keeps(UnitPrice) && !m.keeps(LineAmount) && !m.keeps(Paid)
	return s, nil
}

// read goes through the rows of the sheet.
func (s *sheetReader) read(ctx context.Context) error {
	readRow := s.row
	if s.match.Format.Rows == PaymentPerRow {
		readRow = s.payment
	}
	for row, err := range s.book.Rows(ctx, s.match.Sheet) {
		if err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		if row.Number <= s.match.HeaderRow {
			continue
		}
		if err := s.tick(ctx); err != nil {
			return err
		}
		s.take(row.Cells, s.match.Kept)
		if s.aside(row.Cells) {
			s.result.Skipped++
			continue
		}
		s.started = true
		s.result.Rows++
		if err := readRow(ctx, row); err != nil {
			return err
		}
	}
	s.status.unknown(s.result)
	s.afterSale.unknown(s.result)
	s.paymentKind.unknown(s.result)
	return nil
}

// bundle is an order of which some lines are still to come.
type bundle struct {
	entry *entry
	left  int
}

// row reads one row of data.
func (s *sheetReader) row(ctx context.Context, row table.Row) error {
	s.setMarket()
	e := s.bundled()
	if e == nil && s.refused == nil {
		if e = s.entry(); e != nil {
			s.lost = 0
		} else if s.has(OrderNo) {
			s.lost = row.Number
		}
	}
	lines := s.announced()
	if s.opens = lines > 0; s.opens {
		s.bundle = bundle{e, lines}
	}
	by := s.match.Format.LineBy
	s.sumsUp = s.opens || by != 0 && s.match.keeps(by) && !s.has(by)
	if e != nil {
		if err := s.settleDates(ctx); err != nil {
			return err
		}
		s.fill(e)
	}
	if e != nil {
		s.note(e, row.Number)
	}
	if !s.finish(row) && e != nil && !e.broken {
		e.broken, e.causeSheet, e.causeRow = true, s.match.SheetName, row.Number
	}
	return nil
}

// finish reports what is to be said of a row; taken is false if it is refused.
func (s *sheetReader) finish(row table.Row) (taken bool) {
	s.result.Masked += s.masked
	s.masked = 0
	if r := s.refused; r != nil {
		s.reject(r, row.Number)
		return false
	}
	for i := range s.unread {
		s.result.Warnings = append(s.result.Warnings, s.rowError(&s.unread[i], row.Number))
	}
	s.warnFlaws(row)
	return true
}

// announced returns how many lines the row says will follow it, see Bundles.
func (s *sheetReader) announced() int {
	for _, w := range s.match.Format.Bundles {
		rest, ok := strings.CutPrefix(table.Normal(s.text(Status)), table.Normal(w)+" ")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, " ")
		if n, err := strconv.Atoi(number); err == nil {
			return n
		}
	}
	return 0
}

// bundled returns the order that the row is a line of because a row before
// announced it, nil if none did.
func (s *sheetReader) bundled() *entry {
	if s.bundle.left == 0 || s.announced() > 0 {
		return nil
	}
	s.bundle.left--
	if s.bundle.entry == nil { // the row before was refused, and so are its lines
		s.refuse(0, OrderIncomplete)
	}
	return s.bundle.entry
}

// note keeps which order a row belongs to.
func (s *sheetReader) note(e *entry, row int) {
	if n := len(s.runs); n > 0 && s.runs[n-1].entry == e && s.runs[n-1].last == row-1 {
		s.runs[n-1].last = row
		return
	}
	s.runs = append(s.runs, run{e, row, row})
}

func (s *sheetReader) reject(r *refusal, row int) {
	e := s.rowError(r, row)
	if r.reason == OrderIncomplete {
		e.CauseSheet, e.CauseRow = s.match.SheetName, s.lost
	}
	s.rejected = append(s.rejected, e)
}

func (s *sheetReader) rowError(r *refusal, row int) RowError {
	e := RowError{Sheet: s.match.SheetName, Row: row, Field: r.field, Reason: r.reason}
	for _, k := range s.match.Kept {
		if k.Field == r.field {
			e.Column = k.Header
			break
		}
	}
	return e
}

func (s *sheetReader) warnFlaws(row table.Row) {
	for _, f := range []struct {
		flaw   table.Flaws
		reason Reason
	}{{table.FlawQuote, StrayQuote}, {table.FlawEncoding, BadEncoding}, {table.FlawNUL, ZeroBytes}} {
		if row.Flaws&f.flaw != 0 {
			s.result.Warnings = append(s.result.Warnings, s.rowError(&refusal{reason: f.reason}, row.Number))
		}
	}
}

// sums are the words, as table.Normal gives them, of a row of sums.
var sums = []string{"合计", "总计", "小计", "共计", "汇总", "合計", "總計", "total", "totals", "grand total", "sum", "subtotal"}

func saysSum(text string) bool {
	return slices.Contains(sums, strings.TrimRight(table.Normal(text), ":： "))
}

// labelsSum reports whether one of the first cells of a row, or the first that is
// not blank, says that sums follow.
func labelsSum(row []table.Cell) bool {
	for i := range row {
		text := strings.TrimSpace(row[i].Text)
		if saysSum(text) {
			return true
		}
		if i >= 2 && text != "" {
			return false
		}
	}
	return false
}

// aside reports whether a row is no data: it is blank in all kept columns,
// holds sums, repeats the headers, or explains them.
func (s *sheetReader) aside(row []table.Cell) bool {
	number := cmp.Or(s.text(OrderNo), s.text(PaymentNo))
	if strings.ContainsFunc(number, unicode.IsDigit) {
		return false
	}
	if saysSum(number) || number == "" && labelsSum(row) {
		return true
	}
	if s.list == [fieldCount]table.Cell{} {
		return true
	}
	for _, k := range s.match.Kept {
		if k.Field == OrderNo && number != "" && table.Normal(number) == table.Normal(k.Header) {
			return true
		}
	}
	return !s.started && s.explains() || s.remarks(number)
}

// remarks reports whether words stand where the order's number belongs, and
// nothing of an order beside them: some exports end so, or explain their headers.
func (s *sheetReader) remarks(number string) bool {
	if !strings.ContainsAny(strings.TrimSpace(number), " (") && !strings.ContainsFunc(number, isHan) {
		return false
	}
	for f := OrderedAt; f < fieldCount; f++ {
		if s.has(f) && (f.IsTime() || f.ofLine() || f == Status || f == Paid) {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// explains reports whether a row before all data holds prose where numbers and
// times belong.
func (s *sheetReader) explains() bool {
	prose := 0
	for _, f := range []Field{OrderedAt, PaidAt, Quantity, UnitPrice, LineAmount, Paid} {
		if !s.has(f) {
			continue
		}
		if f == OrderedAt || f == PaidAt {
			if _, err := s.time(f); !errors.Is(err, errNotDate) {
				return false
			}
		} else if _, err := s.number(f, s.list[f]); err == nil {
			return false
		}
		prose++
	}
	return prose > 0
}

// entry returns the order that the row belongs to; nil and a refusal if the
// row does not tell.
func (s *sheetReader) entry() *entry {
	number := s.key(OrderNo, OrderNumberRounded)
	if s.refused != nil {
		s.current = nil // the rows below, if they have no number, are of the order that is refused
		return nil
	}
	if number == "" {
		if s.match.Format.Rows == LinePerRowMerged && !s.has(OrderNo) {
			switch {
			case s.current != nil:
				return s.current
			case s.lost != 0:
				s.refuse(0, OrderIncomplete)
				return nil
			}
		}
		s.refuse(OrderNo, MissingOrderNumber)
		s.current = nil
		return nil
	}
	if s.current != nil && s.current.order.Number == number {
		return s.current
	}
	kind := s.list[OrderNo].Kind
	if kind == table.CellBool || kind == table.CellError || kind == table.CellNumber && !isDigits(number) {
		s.refuse(OrderNo, BadOrderNumber)
		s.current = nil
		return nil
	}
	e := s.index[number]
	if e == nil {
		e = s.newEntry(strings.Clone(number))
		s.index[e.order.Number] = e
		s.orders = append(s.orders, e)
	}
	s.current = e
	return e
}

func (s *sheetReader) newEntry(number string) *entry {
	return &entry{order: crm.Order{
		Platform: s.match.Format.Platform, Number: number, Zone: s.zoneName,
		RecipientIsBuyer: s.recipientIsBuyer,
	}}
}

// fill adds the row to its order.
func (s *sheetReader) fill(e *entry) {
	switch s.match.Format.Rows {
	case OrderPerRow, ProductPerOrder:
		s.whole(e)
	case LinePerRow, LinePerRowMerged:
		s.facts(e)
		s.line(e)
	case PaymentPerRow: // has no orders
	}
}

// whole reads a row that is all of an order. If the order has come before, it
// is the same order exported again.
func (s *sheetReader) whole(e *entry) {
	if !e.filled {
		e.filled = true
		s.facts(e)
		s.line(e)
		return
	}
	again := s.newEntry(e.order.Number)
	s.facts(again)
	s.line(again)
	if s.refused == nil {
		s.settle(e)
		s.settle(again)
		e.order, _ = e.order.Merge(&again.order)
	}
}
