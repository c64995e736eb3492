package store

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"

	"kebu/app/crm"
)

// Some comparisons, of products and of amounts in another than the book's
// currency, are looked up for all customers before the rule is evaluated: all of
// a rule at once, and what they come to together is one set of customers.

// lookup is a condition that was looked up.
type lookup struct {
	crm.Condition // none: it only says that a lookup is one
	who           customerSet
	not           bool // true for those who are not in who
}

// lookups are the comparisons of a rule that are to be looked up.
type lookups struct {
	env      crm.RuleEnv
	products []*asked
	sums     []*asked
}

// asked is a comparison and what is found.
type asked struct {
	crm.Compare
	found *lookup
}

// take returns the condition with a lookup for each such comparison.
func (l *lookups) take(c crm.Condition) crm.Condition {
	switch c := c.(type) {
	case crm.And:
		return crm.And{Terms: l.takeAll(c.Terms)}
	case crm.Or:
		return crm.Or{Terms: l.takeAll(c.Terms)}
	case crm.Not:
		return crm.Not{Term: l.take(c.Term)}
	case crm.Compare:
		a := &asked{c, &lookup{}}
		switch {
		case c.Field == crm.FieldSKU || c.Field == crm.FieldProduct:
			if c.Op == crm.OpNotEqual { // != is not =
				a.Op, a.found.not = crm.OpEqual, true
			}
			l.products = append(l.products, a)
		case c.Field.Kind() == crm.KindAmount && c.Currency != "" && c.Currency != l.env.Currency:
			l.sums = append(l.sums, a)
		default:
			return c
		}
		return a.found
	default:
		return c
	}
}

func (l *lookups) takeAll(terms []crm.Condition) []crm.Condition {
	taken := make([]crm.Condition, len(terms))
	for i, t := range terms {
		taken[i] = l.take(t)
	}
	return taken
}

// find looks all of them up.
func (l *lookups) find(ctx context.Context, t *Tx) error {
	for some := range slices.Chunk(l.products, marksAtOnce) {
		if err := findBuyersOf(ctx, t, some); err != nil {
			return err
		}
	}
	if len(l.sums) == 0 {
		return nil
	}
	return findSums(ctx, t, l.sums)
}

// findBuyersOf finds who has bought what comparisons are of: first which
// products each is true of, and then all who bought one.
func findBuyersOf(ctx context.Context, t *Tx, list []*asked) error {
	tests := make([]ruleWriter, len(list))
	for i, a := range list {
		column := "d.name_folded"
		if a.Field == crm.FieldSKU {
			column = "d.sku_folded"
		}
		tests[i].textTest(column, a.Compare)
	}
	var all ruleWriter
	all.marks(tests)
	var products productMarks
	if err := t.eachMarked(ctx, "find products", "d.id", "products AS d", &all, products.set); err != nil {
		return err
	}
	return t.whoBought(ctx, products, func(customer int64, marks uint32) { answer(list, customer, marks) })
}

// findSums finds who has sums in other currencies that compare so. Who has none
// has 0: looked for is who compares otherwise than 0.
func findSums(ctx context.Context, t *Tx, list []*asked) error {
	for _, a := range list {
		a.found.not = compares(0, a.Compare)
	}
	return t.eachForeign(ctx, func(customer int64, currency []byte, s sums) {
		for _, a := range list {
			if string(currency) != a.Currency {
				continue
			}
			sum := s.gross - s.refunded
			switch a.Field {
			case crm.FieldGross:
				sum = s.gross
			case crm.FieldRefunded:
				sum = s.refunded
			default: // net
			}
			if compares(sum, a.Compare) != a.found.not {
				a.found.who.add(customer)
			}
		}
	})
}

// compares reports whether an amount compares so.
func compares(m crm.Money, c crm.Compare) bool {
	with := c.Values[0].Amount
	switch c.Op {
	case crm.OpLess:
		return m < with
	case crm.OpAtMost:
		return m <= with
	case crm.OpMore:
		return m > with
	case crm.OpAtLeast:
		return m >= with
	case crm.OpNotEqual:
		return m != with
	default:
		return slices.ContainsFunc(c.Values, func(v crm.Value) bool { return v.Amount == m })
	}
}

// marksAtOnce is how many comparisons are looked up in one pass: each is a bit
// behind the number of a row.
const marksAtOnce = 20

// marks writes conditions as the bits of a number, those that are blank as 0.
func (w *ruleWriter) marks(conditions []ruleWriter) {
	w.write("(0")
	for i := range conditions {
		if c := &conditions[i]; c.sql.Len() > 0 {
			w.write(fmt.Sprintf(" | ((%s) << %d)", c.sql.String(), i), c.args...)
		}
	}
	w.write(")")
}

// eachMarked calls fn for the rows with marks.
func (t *Tx) eachMarked(ctx context.Context, doing, num, from string, marks *ruleWriter, fn func(num int64, marks uint32)) error {
	// With a limit the marks are worked out once for a row.
	query := `SELECT coalesce(group_concat((num << ` + strconv.Itoa(marksAtOnce) + `) | marks), '') FROM (SELECT ` +
		num + ` AS num, ` + marks.sql.String() + ` AS marks FROM ` + from + ` LIMIT -1 OFFSET 0) WHERE marks <> 0`
	var list string
	if err := t.tx.QueryRowContext(ctx, query, marks.args...).Scan(&list); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return eachNum(list, func(n int64) { fn(n>>marksAtOnce, uint32(n&(1<<marksAtOnce-1))) })
}

// answer adds a customer to what is found of the comparisons marked.
func answer(list []*asked, customer int64, marks uint32) {
	for ; marks != 0; marks &= marks - 1 {
		list[bits.TrailingZeros32(marks)].found.who.add(customer)
	}
}

// combine makes one lookup of those that a condition joins.
func combine(c crm.Condition) crm.Condition {
	switch c := c.(type) {
	case crm.And:
		return crm.All(combineAll(c.Terms, false)...)
	case crm.Or:
		return crm.Any(combineAll(c.Terms, true)...)
	case crm.Not:
		term := combine(c.Term)
		if l, ok := term.(*lookup); ok {
			l.not = !l.not
			return l
		}
		return crm.Not{Term: term}
	default:
		return c
	}
}

// combineAll combines the terms of an And, or of an Or: it is true unless the
// opposites of all its terms are.
func combineAll(terms []crm.Condition, or bool) []crm.Condition {
	var rest []crm.Condition
	var all *lookup
	for _, t := range terms {
		t = combine(t)
		l, ok := t.(*lookup)
		if !ok {
			rest = append(rest, t)
			continue
		}
		if or {
			l.not = !l.not
		}
		if all == nil {
			all = l
		} else {
			all.and(l)
		}
	}
	if all == nil {
		return rest
	}
	if or {
		all.not = !all.not
	}
	return append(rest, all)
}

// and leaves in l whom both are true of. It takes o apart.
func (l *lookup) and(o *lookup) {
	switch {
	case l.not && o.not:
		l.who = l.who.union(o.who)
	case l.not:
		l.who, l.not = o.who.without(l.who), false
	case o.not:
		l.who = l.who.without(o.who)
	default:
		l.who = l.who.within(o.who)
	}
}

// customerSet has byte n set to 1 for customer n: to look up a byte of it is a
// tenth of the work of looking up a row.
type customerSet []byte

func setOf(nums []int64) customerSet {
	var s customerSet
	for _, n := range nums {
		s.add(n)
	}
	return s
}

// add takes in a customer. It is quickest in their order.
func (s *customerSet) add(n int64) {
	if more := int(n) + 1 - len(*s); more > 0 {
		*s = append(*s, make([]byte, more)...)
	}
	(*s)[n] = 1
}

// union returns those of s and of o, in one of them.
func (s customerSet) union(o customerSet) customerSet {
	if len(s) < len(o) {
		s, o = o, s
	}
	for i, b := range o {
		s[i] |= b
	}
	return s
}

// without removes those of o from s.
func (s customerSet) without(o customerSet) customerSet {
	for i, b := range o[:min(len(s), len(o))] {
		s[i] &^= b
	}
	return s
}

// within leaves in s those of o.
func (s customerSet) within(o customerSet) customerSet {
	s = s[:min(len(s), len(o))]
	for i := range s {
		s[i] &= o[i]
	}
	return s
}
