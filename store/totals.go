package store

import (
	"context"
	"fmt"
	"slices"

	"kebu/app/crm"
)

// Totals are what customers add up to, the amounts in the book's currency.
type Totals struct {
	Customers int
	Purchases int
	Gross     crm.Money
	Refunded  crm.Money
	Net       crm.Money
	Others    bool // there are amounts in other currencies beside
	Few       bool // sums are left out: they are of fewer than the role may know them of
}

// TotalCustomers adds up a selection, its limit apart.
func (t *Tx) TotalCustomers(ctx context.Context, s Selection, env crm.RuleEnv) (Totals, error) {
	where, err := t.condition(ctx, s, env)
	if err != nil {
		return Totals{}, err
	}
	var sum Totals
	if err := t.tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(p.purchases), 0), coalesce(sum(p.gross), 0), coalesce(sum(p.refunded), 0),
			EXISTS (SELECT 1 FROM profile_money AS m JOIN profiles AS p ON p.customer = m.customer WHERE m.currency <> ? AND `+where.sql+`)
		FROM profiles AS p WHERE `+where.sql, slices.Concat([]any{env.Currency}, where.whole(), where.whole())...).
		Scan(&sum.Customers, &sum.Purchases, &sum.Gross, &sum.Refunded, &sum.Others); err != nil {
		return Totals{}, fmt.Errorf("add customers up: %w", err)
	}
	sum.Net = sum.Gross - sum.Refunded
	return sum, nil
}
