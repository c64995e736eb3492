package importers

import (
	"errors"
	"slices"
	"strings"

	"kebu/app/crm"
)

// line reads the row's status words and its line, if it has one.
func (s *sheetReader) line(e *entry) {
	var status crm.Status
	if !s.opens { // the number of lines is no status
		status = s.standing(e)
	}
	unpriced := e.unpriced
	l, is := s.position(e)
	if s.refused != nil {
		return
	}
	if !s.numbered {
		e.statuses.add(status)
	}
	if !is {
		return
	}
	if split := s.match.Format.SplitLines; split != nil && s.has(Product) {
		lines := split(strings.Clone(s.text(Product)))
		for _, l := range lines {
			s.slab.add(&e.order, l)
			unpriced = unpriced || l.Amount == 0
		}
		if len(lines) > 0 { // these, and not the cell as a whole
			e.unpriced = unpriced
			return
		}
	}
	if !s.numbered {
		s.slab.add(&e.order, l)
		return
	}
	l.Status = status
	id := lineID{e, l.Key}
	at, known := s.numbers[id]
	if part := s.key(LinePart, LineNumberRounded); part != "" && l.Key != "" {
		if s.parts[partID{id, part}] {
			return // the same part, exported again
		}
		s.parts[partID{id, strings.Clone(part)}] = true
		if known {
			e.order.Lines[at] = sumOf(e.order.Lines[at], l)
			return
		}
	}
	if known && l.Key != "" {
		// The same line, exported again: what has gone further is later.
		if progress(status) >= progress(e.order.Lines[at].Status) {
			e.order.Lines[at] = l
		}
		return
	}
	s.numbers[id] = len(e.order.Lines)
	s.slab.add(&e.order, l)
}

// sumOf returns a line with what another part of it adds.
func sumOf(l, part crm.Line) crm.Line {
	l.Quantity += part.Quantity
	l.Amount += part.Amount
	if part.Refund.Known {
		l.Refund = crm.Known(l.Refund.Value + part.Refund.Value)
	}
	if l.Price != part.Price {
		l.Price = priceOf(l.Amount, l.Quantity)
	}
	l.Status = crm.CombineStatus([]crm.Status{l.Status, part.Status})
	return l
}

// standing reads the status words of the row.
func (s *sheetReader) standing(e *entry) crm.Status {
	status, after := s.status.read(s.text(Status)), s.afterSale.read(s.text(AfterSale))
	if status.tells && status.text != e.lastWord {
		e.lastWord = status.text
		e.words = addWord(e.words, status.text)
	}
	if after.tells && after.text != e.lastAfter {
		e.lastAfter = after.text
		e.afters = addWord(e.afters, after.text)
	}
	if s.has(CancelledAt) {
		if m, err := s.time(CancelledAt); err == nil && m.Known() {
			return crm.StatusCancelled
		}
	}
	return standing(status, after)
}

// addWord adds a word to a list of few.
func addWord(list []string, w string) []string {
	if len(list) >= mostWords || slices.Contains(list, w) {
		return list
	}
	return append(list, w)
}

// position reads the line of the row; is reports whether the row has one.
func (s *sheetReader) position(e *entry) (l crm.Line, is bool) {
	if !s.hasLine || s.sumsUp || !s.has(SKU) && !s.has(Product) && !s.has(Variant) && !s.has(UnitPrice) && !s.has(LineAmount) &&
		!s.has(LineNo) {
		return crm.Line{}, false
	}
	f := s.match.Format
	l.SKU, l.Variant = s.code(SKU), s.title(Variant)
	l.Product = s.title(Product)
	if f.SplitProduct != nil && l.Variant == "" && l.Product != "" {
		l.Product, l.Variant = f.SplitProduct(l.Product)
	}
	l.Key = s.intern(s.key(LineNo, LineNumberRounded))
	l.Refund = s.amount(LineRefund)
	price, charged := s.amount(UnitPrice), s.amount(LineAmount)
	quantity, known := s.quantity(Quantity)
	l.Price, l.Quantity = price.Value, quantity

	if f.Rows == OrderPerRow || f.Rows == ProductPerOrder {
		// One line, whatever columns a later export has: its key is the order's.
		l.Summary = f.Rows == OrderPerRow
		l.Key = e.order.Number
	}
	if !known && !s.counted && !l.Summary {
		l.Quantity, known = crm.One, true
	}
	switch {
	case charged.Known:
		l.Amount = charged.Value
	case price.Known && !known:
		s.refuse(Quantity, MissingQuantity)
	case price.Known:
		amount, err := price.Value.Times(l.Quantity)
		extra, _ := s.extra(LineAmount)
		amount += extra
		if errors.Is(err, crm.ErrTooLarge) || amount > mostMoney || amount < -mostMoney {
			s.refuse(UnitPrice, AmountTooLarge)
		}
		l.Amount = amount
	case s.priced:
		s.refuse(UnitPrice, MissingAmount)
	default:
		e.unpriced = true
	}
	if !price.Known && !l.Summary {
		extra, _ := s.extra(LineAmount)
		l.Price = priceOf(l.Amount-extra, l.Quantity)
	}
	return l, true
}

// priceOf returns the price of one piece, 0 where the amount does not divide.
func priceOf(amount crm.Money, quantity crm.Quantity) crm.Money {
	if quantity < crm.One || quantity%crm.One != 0 {
		return 0
	}
	pieces := crm.Money(quantity / crm.One)
	if amount%pieces != 0 {
		return 0
	}
	return amount / pieces
}
