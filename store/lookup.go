package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"slices"

	"kebu/app/crm"
)

// Some comparisons, of products and of amounts in another than the book's
// currency, are looked up for all customers in a pass of their own: what those of a
// pass come to together is worked out on the bits of a number, and is one set of
// customers.

// lookup is a condition that is looked up.
type lookup struct {
	crm.Condition // none: it only says that a lookup is one
	of            *pass
	test          test
	usual         bool        // its answer to who is not in the pass
	who           customerSet // to whom it answers otherwise
}

// count returns how many of all customers meet the condition.
func (l *lookup) count(all int) int {
	n := bytes.Count(l.who, []byte{1})
	if l.usual {
		return all - n
	}
	return n
}

// pass is what is looked up at once.
type pass struct {
	compares []crm.Compare // each a bit, from the lowest
	none     uint64        // the bits of a customer whom the pass does not meet
	lookups  []*lookup
}

// atOnce is how many comparisons a pass has at most.
const atOnce = 63

// ask adds a lookup.
func (p *pass) ask(l *lookup) {
	l.usual = l.test.of(p.none)
	p.lookups = append(p.lookups, l)
}

// answer adds a customer to the sets of the lookups by the customer's bits.
func (p *pass) answer(customer int64, marks uint64) {
	for _, l := range p.lookups {
		if l.test.of(marks) != l.usual {
			l.who.add(customer)
		}
	}
}

// lookups are the passes of a rule.
type lookups struct {
	env      crm.RuleEnv
	products []*pass
	sums     []*pass
}

// take returns the condition with lookups for such comparisons, as few as can be.
func (l *lookups) take(c crm.Condition) crm.Condition {
	switch c := c.(type) {
	case crm.And:
		return crm.All(l.join(c.Terms, false)...)
	case crm.Or:
		return crm.Any(l.join(c.Terms, true)...)
	case crm.Not:
		term := l.take(c.Term)
		if found, ok := term.(*lookup); ok {
			found.test = found.test.not()
			return found
		}
		return crm.Not{Term: term}
	case crm.Compare:
		return l.compare(c)
	default:
		return c
	}
}

func (l *lookups) compare(c crm.Compare) crm.Condition {
	switch {
	case c.Field == crm.FieldSKU || c.Field == crm.FieldProduct:
		p, other := last(&l.products), c.Op == crm.OpNotEqual
		if other { // != is not =
			c.Op = crm.OpEqual
		}
		bit := p.add(c, false)
		if other {
			bit = bit.not()
		}
		return &lookup{of: p, test: bit}
	case c.Field.Kind() == crm.KindAmount && c.Currency != "" && c.Currency != l.env.Currency:
		p := last(&l.sums)
		return &lookup{of: p, test: p.add(c, compares(0, c))} // who has none has 0
	default:
		return c
	}
}

// last returns the last of the passes, which has room.
func last(list *[]*pass) *pass {
	if n := len(*list); n == 0 || len((*list)[n-1].compares) == atOnce {
		*list = append(*list, new(pass))
	}
	return (*list)[len(*list)-1]
}

// add takes in a comparison and returns its test.
func (p *pass) add(c crm.Compare, none bool) test {
	bit := uint64(1) << len(p.compares)
	p.compares = append(p.compares, c)
	if none {
		p.none |= bit
	}
	return test{bits: bit}
}

// join takes terms and makes one lookup of those of a pass.
func (l *lookups) join(terms []crm.Condition, or bool) []crm.Condition {
	var joined []crm.Condition
	found := make(map[*pass]*lookup)
	for _, t := range terms {
		t = l.take(t)
		if t, ok := t.(*lookup); ok {
			if before := found[t.of]; before != nil {
				before.test = before.test.join(t.test, or)
				continue
			}
			found[t.of] = t
		}
		joined = append(joined, t)
	}
	return joined
}

// test is a test of a number: of bits and of further tests, that any of them or
// all are met.
type test struct {
	any     bool
	bits    uint64 // that are looked at
	flipped uint64 // those of them that are to be 0
	more    []test
}

func (t *test) of(marks uint64) bool {
	met := (marks ^ t.flipped) & t.bits
	if t.any {
		return met != 0 || t.more != nil && t.ofMore(marks)
	}
	return met == t.bits && (t.more == nil || t.ofMore(marks))
}

func (t *test) ofMore(marks uint64) bool {
	for i := range t.more {
		if t.more[i].of(marks) == t.any {
			return t.any
		}
	}
	return !t.any
}

// not returns the opposite.
func (t test) not() test {
	more := make([]test, len(t.more))
	for i, m := range t.more {
		more[i] = m.not()
	}
	return test{!t.any, t.bits, t.flipped ^ t.bits, more}
}

// join returns the test that any of two is met, or both. They have no bit in
// common.
func (t test) join(o test, or bool) test {
	joined := test{any: or}
	for _, one := range []test{t, o} {
		if one.any != or && (len(one.more) > 0 || bits.OnesCount64(one.bits) > 1) {
			joined.more = append(joined.more, one)
			continue
		}
		joined.bits |= one.bits
		joined.flipped |= one.flipped
		joined.more = append(joined.more, one.more...)
	}
	return joined
}

// find looks all of them up.
func (l *lookups) find(ctx context.Context, t *Tx) error {
	for _, p := range l.products {
		if err := p.findBuyers(ctx, t); err != nil {
			return err
		}
	}
	for _, p := range l.sums {
		if err := p.findSums(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// findBuyers finds who has bought what comparisons are of: first which products
// each is true of, and then all who bought one.
func (p *pass) findBuyers(ctx context.Context, t *Tx) error {
	var marks ruleWriter
	marks.write("0")
	for i, c := range p.compares {
		column := "name_folded"
		if c.Field == crm.FieldSKU {
			column = "sku_folded"
		}
		var one ruleWriter
		one.textTest(column, c)
		marks.write(fmt.Sprintf(" | ((%s) << %d)", one.sql.String(), i), one.args...)
	}
	var products productMarks
	// With a limit the marks are worked out once for a row.
	if err := t.each(ctx, "find products", func(r *sql.Rows) error {
		var id int64
		var marks uint64
		if err := r.Scan(&id, &marks); err != nil {
			return err
		}
		products.set(id, marks)
		return nil
	}, `SELECT id, marks FROM (SELECT id, `+marks.sql.String()+` AS marks FROM products LIMIT -1 OFFSET 0) WHERE marks <> 0`, marks.args...); err != nil {
		return err
	}
	return t.whoBought(ctx, products, p.answer)
}

// findSums finds who has sums in other currencies that compare so.
func (p *pass) findSums(ctx context.Context, t *Tx) error {
	return t.eachForeign(ctx, func(customer int64, list foreignSums) error {
		marks := p.none
		if err := list.each(func(currency []byte, s sums) {
			for i, c := range p.compares {
				if string(currency) != c.Currency {
					continue
				}
				sum := s.gross - s.refunded
				switch c.Field {
				case crm.FieldGross:
					sum = s.gross
				case crm.FieldRefunded:
					sum = s.refunded
				default: // net
				}
				if compares(sum, c) != (p.none>>i&1 == 1) {
					marks ^= 1 << i
				}
			}
		}); err != nil {
			return err
		}
		p.answer(customer, marks)
		return nil
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
