package importers

import (
	"cmp"
	"context"
	"strings"

	"kebu/app/crm"
	"kebu/importers/table"
)

// ledger gathers the payments of a file.
type ledger struct {
	list  []*crm.Payment
	parts []string // what else tells each from others that have no number
	index map[string]*crm.Payment
}

// add takes in the next payment; one that has come before is the same, told again.
func (l *ledger) add(p *crm.Payment, part string) {
	if p.Number != "" {
		if known := l.index[p.Number]; known != nil {
			*known, _ = known.Merge(p)
			return
		}
		if l.index == nil {
			l.index = map[string]*crm.Payment{}
		}
		l.index[p.Number] = p
	}
	l.list, l.parts = append(l.list, p), append(l.parts, part)
}

// close gives every payment its number.
func (l *ledger) close() []*crm.Payment {
	crm.KeyPayments(l.list, l.parts)
	return l.list
}

// payment reads a row that is a movement of money.
func (s *sheetReader) payment(ctx context.Context, row table.Row) error {
	if err := s.settleDates(ctx); err != nil {
		return err
	}
	p := &crm.Payment{Platform: s.match.Format.Platform}
	p.Number = strings.Clone(s.key(PaymentNo, PaymentNumberRounded))
	p.Parent = strings.Clone(s.key(ParentNo, PaymentNumberRounded))
	p.OrderNo = strings.Clone(s.key(OrderNo, OrderNumberRounded))
	s.paymentTime(p)
	s.paymentWords(p)
	s.paymentMoney(p)
	if p.Amount.Value > 0 { // of money that leaves, the names are the seller's own
		s.own(&p.Payer.Name, BuyerName)
		s.own(&p.Payer.Email, BuyerEmail)
	}
	if s.finish(row) {
		s.ledger.add(p, strings.Clone(s.text(SKU)))
	}
	return nil
}

func (s *sheetReader) paymentTime(p *crm.Payment) {
	m, err := s.time(PaidAt)
	if err != nil {
		s.badTime(PaidAt, err)
	}
	p.At = m
}

func (s *sheetReader) paymentWords(p *crm.Payment) {
	kind, status := s.paymentKind.read(s.text(PaymentKind)), s.status.read(s.text(Status))
	p.Kind, p.Status = kind.meaning, status.meaning
	switch {
	case s.match.keeps(PaymentKind):
	case s.match.Format.Refunds:
		p.Kind = crm.PaymentRefund
	default:
		p.Kind = crm.PaymentReceived
	}
	words := []string{kind.text}
	if status.text != "" {
		words = append(words, status.text)
	}
	p.RawStatus = s.intern(strings.TrimPrefix(strings.Join(words, afterMark), afterMark))
}

func (s *sheetReader) paymentMoney(p *crm.Payment) {
	p.Currency = cmp.Or(s.currency(), s.match.Format.Currency)
	p.Amount, p.Fee, p.Refund = s.amount(Paid), s.amount(Fee), s.amount(Refund)
	if !p.Amount.Known && !p.Fee.Known {
		s.refuse(Paid, MissingAmount)
	}
	if s.has(FeeCurrency) && !strings.EqualFold(s.text(FeeCurrency), p.Currency) {
		p.Fee = crm.Amount{}
	}
	if s.match.Format.FeesTaken {
		p.Fee.Value = -p.Fee.Value
	}
	if p.Kind == crm.PaymentRefund && p.Amount.Value > 0 {
		p.Amount.Value = -p.Amount.Value
	}
	if p.Refund.Value < 0 {
		p.Refund.Value = -p.Refund.Value
	}
}
