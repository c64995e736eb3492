package usecase

import (
	"context"

	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/store"
)

// Totals adds up the customers of a selection, its limit apart.
func (s *Session) Totals(ctx context.Context, sel Selection) (Totals, error) {
	return s.total(ctx, sel, func(ctx context.Context, tx *store.Tx, index *find.Index) (store.Selection, error) {
		q, _, err := s.selection(ctx, tx, sel, index)
		return q, err
	})
}

// TotalsOf adds up given customers.
func (s *Session) TotalsOf(ctx context.Context, of Targets) (Totals, error) {
	return s.total(ctx, Selection{Search: of.Search}, func(ctx context.Context, tx *store.Tx, index *find.Index) (store.Selection, error) {
		nums, err := s.targets(ctx, tx, of, index)
		if nums == nil {
			nums = []int64{} // nobody, not everybody
		}
		return store.Selection{Nums: nums}, err
	})
}

func (s *Session) total(ctx context.Context, sel Selection, which func(context.Context, *store.Tx, *find.Index) (store.Selection, error)) (Totals, error) {
	index, err := s.indexFor(ctx, sel)
	if err != nil {
		return Totals{}, err
	}
	var sum Totals
	return sum, s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
		q, err := which(ctx, tx, index)
		if err != nil {
			return err
		}
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		if sum, err = tx.TotalCustomers(ctx, q, env); !s.asks("net") {
			sum.Gross, sum.Refunded, sum.Net, sum.Others = 0, 0, 0, false
		}
		s.ofMany(&sum)
		return err
	})
}

// few reports whether n are too few for the user to know the sum of what is named.
func (s *Session) few(name string, n int) bool {
	return n > 0 && n < access.Few && s.sees(name) <= access.Aggregates
}

// monthsOfMany leaves out the amounts of months in which few people bought, where the role
// sees sums only. If they are few of one kind, all are one sum, that of the larger kind.
// The days of a month so far are left out if those after them are of few: the month less
// these days is theirs.
func (s *Session) monthsOfMany(o *Overview) {
	if n := len(o.Months); n > 1 {
		o.Earlier.Few = s.few("net", o.Months[n-2].Total.Purchases-o.Earlier.Total.Purchases)
	}
	for i := range o.Months {
		s.monthOfMany(&o.Months[i])
	}
	s.monthOfMany(&o.Earlier)
}

func (s *Session) monthOfMany(m *OverviewMonth) {
	switch {
	case m.Few, s.few("net", m.Total.Customers+m.Nobody.Purchases):
		m.Few = true
		m.unprice()
	case s.few("net", m.New.Customers), s.few("net", m.Returning.Customers), s.few("net", m.Nobody.Purchases):
		total := m.Total
		m.Mixed = true
		m.unprice()
		larger := &m.Returning
		if m.New.Customers > m.Returning.Customers {
			larger = &m.New
		}
		m.Total = total
		larger.Gross, larger.Refunded = total.Gross, total.Refunded
	}
}

// ofMany leaves out the sums of few customers where the role sees sums only.
func (s *Session) ofMany(sum *Totals) {
	if s.few("purchases", sum.Customers) {
		sum.Purchases, sum.Few = 0, true
	}
	if s.few("net", sum.Customers) {
		sum.Gross, sum.Refunded, sum.Net, sum.Others, sum.Few = 0, 0, 0, false, true
	}
}
