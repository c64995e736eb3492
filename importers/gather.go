package importers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/identity"
)

// settle makes the status, the currency and the line keys of an order final,
// when all its rows of the sheet are read.
func (s *sheetReader) settle(e *entry) {
	if e.settled {
		return
	}
	e.settled = true
	o := &e.order
	if o.Currency == "" {
		o.Currency = cmp.Or(s.homeCurrency, s.match.Format.Currency)
	}
	unknown := false // the status of a line
	if s.numbered {  // lines have statuses of their own
		for i := range o.Lines {
			e.statuses.add(o.Lines[i].Status)
			unknown = unknown || !o.Lines[i].Status.Known()
		}
	}
	o.Status = e.statuses.combine()
	if unknown {
		o.Status = besideUnknown(o.Status)
	}
	if s.match.Format.TimesTell && o.Status == crm.StatusUnknown && len(e.words) == 0 {
		o.Status = s.timesTell(o)
	}
	o.RawStatus = rawStatus(e.words, e.afters)
	if s.match.Format.RecipientStandsIn && !e.notBuyers && !o.Recipient.Phone.Empty() && len(identity.Of(o)) == 0 {
		o.RecipientIsBuyer = true
	}
	if e.unpriced && len(o.Lines) == 1 {
		o.Lines[0].Amount = o.Amount.Value // the only line is all of the order
	}
	o.KeyLines()
}

// besideUnknown returns the status of an order of which some lines have this
// one and others a word that is not known: they may be business as well.
func besideUnknown(s crm.Status) crm.Status {
	switch s {
	case crm.StatusRefunded:
		return crm.StatusPartiallyRefunded
	case crm.StatusCancelled, crm.StatusPending:
		return crm.StatusUnknown
	default:
		return s
	}
}

// timesTell returns how far an order is by its times.
func (s *sheetReader) timesTell(o *crm.Order) crm.Status {
	switch {
	case o.Shipped.Known():
		return crm.StatusShipped
	case o.Paid.Known():
		return crm.StatusPaid
	case s.match.keeps(PaidAt):
		return crm.StatusPending
	default:
		return crm.StatusUnknown
	}
}

// rawStatus writes the marketplace's words as crm.Order has them.
func rawStatus(words, afters []string) string {
	if len(words) == 1 && len(afters) == 0 {
		return words[0]
	}
	raw := strings.Join(words, "; ")
	if len(afters) > 0 {
		raw += afterMark + strings.Join(afters, "; ")
	}
	return raw
}

// afterMark stands before after-sale words.
const afterMark = " / "

// gathering joins the orders of the sheets of a file.
type gathering struct {
	sheets  []*sheetReader
	entries []*entry
	index   map[string]*entry
}

// join adds the orders of one more sheet.
func (g *gathering) join(ctx context.Context, s *sheetReader) error {
	for i, e := range s.orders {
		if i%settleStride == 0 {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("gather orders: %w", err)
			}
		}
		s.settle(e)
	}
	g.sheets = append(g.sheets, s)
	if len(g.sheets) == 1 {
		g.entries, g.index = s.orders, s.index
		return nil
	}
	for _, e := range s.orders {
		known := g.index[e.order.Number]
		if known == nil {
			g.index[e.order.Number] = e
			g.entries = append(g.entries, e)
			continue
		}
		known.absorb(e)
	}
	return nil
}

// settleStride is the number of orders between looks at the context.
const settleStride = 256

// absorb adds what another sheet tells of the order.
func (e *entry) absorb(next *entry) {
	next.into = e
	if next.broken && !e.broken {
		e.broken, e.causeSheet, e.causeRow = true, next.causeSheet, next.causeRow
	}
	e.order, _ = e.order.Merge(&next.order)
	o := &e.order
	// A refund of a line is news to the order, whichever sheet is the later.
	var lines statusSet
	for i := range o.Lines {
		lines.add(o.Lines[i].Status)
	}
	if refund := lines.combine(); progress(refund) > progress(crm.StatusCancelled) {
		o.Status = further(o.Status, refund)
	}
	if after := rawStatus(nil, next.afters); after != "" && !strings.Contains(o.RawStatus, afterMark) {
		o.RawStatus += after
	}
}

// report puts the whole orders into the result and refuses the rows of those
// that lack one.
func (g *gathering) report(r *Result) {
	r.Orders = make([]*crm.Order, 0, len(g.entries))
	for _, e := range g.entries {
		if !e.broken {
			r.Orders = append(r.Orders, &e.order)
			r.Lines += len(e.order.Lines)
		}
	}
	for _, s := range g.sheets {
		r.Rejected = append(r.Rejected, s.refusals()...)
	}
}

// refusals lists the refused rows of the sheet: those that could not be read,
// and those of orders that lack one of them.
func (s *sheetReader) refusals() []RowError {
	refused := make(map[int]bool, len(s.rejected))
	for _, r := range s.rejected {
		refused[r.Row] = true
	}
	list := s.rejected
	for _, r := range s.runs {
		e := r.entry
		if e.into != nil {
			e = e.into
		}
		if !e.broken {
			continue
		}
		for row := r.first; row <= r.last; row++ {
			if !refused[row] {
				list = append(list, RowError{
					Sheet: s.match.SheetName, Row: row, Reason: OrderIncomplete,
					CauseSheet: e.causeSheet, CauseRow: e.causeRow,
				})
			}
		}
	}
	slices.SortFunc(list, func(a, b RowError) int { return cmp.Compare(a.Row, b.Row) })
	return list
}
