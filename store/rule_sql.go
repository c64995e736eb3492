package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/region"
)

// condition is a WHERE clause over profiles p. It is 0 or 1, never NULL, and
// every value in it is a parameter.
type condition struct {
	sql     string
	args    []any
	counted func(all int) int // of so many customers; nil where each must be looked at
}

// cutAt is a parameter: the number before that of the first customer in the set
// before it.
type cutAt struct{}

// whole returns the parameters for a query over all customers.
func (c condition) whole() []any { return c.between(0, math.MaxInt64-1) }

// between returns the parameters for a query over the customers from and to,
// and those between: of a set only that part is handed over.
func (c condition) between(from, to int64) []any {
	args := slices.Clone(c.args)
	for i, a := range args {
		switch a := a.(type) {
		case *customerSet:
			size := int64(len(*a))
			part := (*a)[min(from, size):min(to+1, size)]
			if len(part) == 0 {
				part = customerSet{0} // an empty one would be bound as NULL
			}
			args[i] = []byte(part)
		case cutAt:
			args[i] = from - 1
		}
	}
	return args
}

// ruleWriter writes a condition and collects its parameters.
type ruleWriter struct {
	tx      *Tx
	env     crm.RuleEnv
	sql     strings.Builder
	args    []any
	counted func(all int) int // of the condition
}

// rule writes a rule, nil for the one that chooses everyone.
func (w *ruleWriter) rule(ctx context.Context, rule *crm.Rule) error {
	if rule == nil || rule.Root == nil {
		w.write("1")
		return nil
	}
	l := lookups{env: w.env}
	root := l.take(rule.Resolve(w.env.Today).Root)
	if err := w.join(ctx, []crm.Condition{root}, ""); err != nil {
		return err
	}
	if root, ok := root.(*lookup); ok {
		w.counted = root.count
	}
	return l.find(ctx, w.tx)
}

func (w *ruleWriter) condition(ctx context.Context, c crm.Condition) error {
	switch c := c.(type) {
	case crm.And:
		return w.join(ctx, c.Terms, " AND ")
	case crm.Or:
		return w.join(ctx, c.Terms, " OR ")
	case crm.Not:
		w.write("NOT ")
		return w.join(ctx, []crm.Condition{c.Term}, "")
	case *lookup:
		c.of.ask(c)
		if c.usual {
			w.write("NOT ")
		}
		w.among(&c.who) // found when the rule is written
		return nil
	case crm.Compare:
		return w.compare(ctx, c)
	default:
		return fmt.Errorf("unknown condition %T", c)
	}
}

// join writes terms in balanced parentheses: SQLite refuses expressions deeper
// than 1,000, and a chain of terms is as deep as it is long.
func (w *ruleWriter) join(ctx context.Context, terms []crm.Condition, word string) error {
	if len(terms) == 1 {
		w.write("(")
		err := w.condition(ctx, terms[0])
		w.write(")")
		return err
	}
	half := len(terms) / 2
	w.write("(")
	if err := w.join(ctx, terms[:half], word); err != nil {
		return err
	}
	w.write(word)
	if err := w.join(ctx, terms[half:], word); err != nil {
		return err
	}
	w.write(")")
	return nil
}

func (w *ruleWriter) write(sql string, args ...any) {
	w.sql.WriteString(sql)
	w.args = append(w.args, args...)
}

func (w *ruleWriter) compare(ctx context.Context, c crm.Compare) error {
	if c.Op == crm.OpIn && len(c.Values) > 1 && oneByOne(c.Field) {
		terms := make([]crm.Condition, len(c.Values))
		for i, v := range c.Values {
			one := c
			one.Values = []crm.Value{v}
			terms[i] = one
		}
		return w.join(ctx, terms, " OR ")
	}
	switch c.Field.Kind() {
	case crm.KindCount:
		return w.count(c)
	case crm.KindAmount:
		w.numbers("p."+string(c.Field), c, amountOf)
	case crm.KindDay:
		w.day(c)
	case crm.KindText:
		return w.place(ctx, "p."+string(c.Field), c)
	case crm.KindSet:
		if c.Op == crm.OpNotEqual { // != is not =
			w.write("NOT ")
			c.Op = crm.OpEqual
		}
		switch c.Field {
		case crm.FieldPlatform:
			w.set("p.platforms", c)
		case crm.FieldMonth:
			w.set("p.months", c)
		case crm.FieldTag:
			w.set("p.tags", c)
		default:
			return fmt.Errorf("unknown set %s", c.Field)
		}
	default:
		return fmt.Errorf("unknown field %s", c.Field)
	}
	return nil
}

// oneByOne reports whether the values of a list are compared each for itself: a
// table of them would be read for each customer.
func oneByOne(f crm.Field) bool {
	switch f {
	case crm.FieldPlatform, crm.FieldMonth, crm.FieldTag:
		return true
	default:
		return f.Kind() == crm.KindDay
	}
}

// count compares a whole number, which may be NULL.
func (w *ruleWriter) count(c crm.Compare) error {
	of := func(v crm.Value) int64 { return v.Count }
	w.write("coalesce(")
	switch c.Field {
	case crm.FieldPurchases:
		w.numbers("p.purchases", c, of)
	case crm.FieldInterval:
		w.numbers(interval, c, of)
	case crm.FieldLateBy:
		w.args = append(w.args, int64(w.env.Today))
		w.numbers(lateBy("?"), c, of)
	case crm.FieldOverdue:
		w.args = append(w.args, int64(w.env.Today))
		w.numbers(lateBy("?")+" * 100 / ("+interval+")", c, of)
	default:
		return fmt.Errorf("unknown count %s", c.Field)
	}
	w.write(", 0)")
	return nil
}

// numbers compares an expression with whole numbers.
func (w *ruleWriter) numbers(expression string, c crm.Compare, of func(crm.Value) int64) {
	if c.Op == crm.OpIn {
		w.write(expression + " IN (?" + strings.Repeat(",?", len(c.Values)-1) + ")")
		for _, v := range c.Values {
			w.args = append(w.args, of(v))
		}
		return
	}
	w.write(expression+" "+string(c.Op)+" ?", of(c.Values[0]))
}

func amountOf(v crm.Value) int64 { return int64(v.Amount) }

// day compares a time by the days of the book's zone: a day is the times from
// its start to the start of the next.
func (w *ruleWriter) day(c crm.Compare) {
	column := map[crm.Field]string{crm.FieldFirstPurchase: "p.first", crm.FieldLastPurchase: "p.last", crm.FieldPreviousPurchase: "p.previous"}[c.Field]
	day := c.Values[0].Day.Day
	start, end := int64(day.Start(w.env.Zone)), int64((day + 1).Start(w.env.Zone))
	w.write("(" + column + " IS NOT NULL AND ")
	switch c.Op {
	case crm.OpLess:
		w.write(column+" < ?", start)
	case crm.OpAtMost:
		w.write(column+" < ?", end)
	case crm.OpMore:
		w.write(column+" >= ?", end)
	case crm.OpAtLeast:
		w.write(column+" >= ?", start)
	case crm.OpNotEqual:
		w.write("("+column+" < ? OR "+column+" >= ?)", start, end)
	default:
		w.write(column+" >= ? AND "+column+" < ?", start, end)
	}
	w.write(")")
}

// place compares a place, which is NULL where it is not known: the places are
// compared first, and are few.
func (w *ruleWriter) place(ctx context.Context, column string, c crm.Compare) error {
	test := ruleWriter{}
	if level, ok := c.Field.Level(); ok {
		test.placeTest("text", level, c)
	} else {
		test.textTest("text", c)
	}
	places, err := listOf[int64](ctx, w.tx, "find places", "SELECT id FROM places WHERE "+test.sql.String(), test.args...)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		w.write("0")
		return nil
	}
	w.write("("+column+" IS NOT NULL AND substr(?, "+column+" + 1, 1) = x'01')", []byte(setOf(places)))
	return nil
}

// placeTest compares the key of a place with those of all that is meant.
func (w *ruleWriter) placeTest(column string, level region.Level, c crm.Compare) {
	if c.Op == crm.OpContains {
		w.write("instr("+column+", ?) > 0", region.Key(c.Values[0].Text))
		return
	}
	var keys []string
	for _, v := range c.Values {
		keys = append(keys, region.Keys(level, v.Text)...)
	}
	if c.Op == crm.OpNotEqual {
		column += " NOT"
	}
	w.write(column + " IN (?" + strings.Repeat(",?", len(keys)-1) + ")")
	for _, k := range keys {
		w.args = append(w.args, k)
	}
}

func (w *ruleWriter) textTest(column string, c crm.Compare) {
	switch c.Op {
	case crm.OpContains:
		w.write("instr("+column+", ?) > 0", crm.Fold(c.Values[0].Text))
	case crm.OpNotEqual:
		w.write(column+" <> ?", crm.Fold(c.Values[0].Text))
	default:
		w.write(column + " IN (?" + strings.Repeat(",?", len(c.Values)-1) + ")")
		for _, v := range c.Values {
			w.args = append(w.args, crm.Fold(v.Text))
		}
	}
}

// set looks for a member of a column in which each is closed and opened by
// U+001F.
func (w *ruleWriter) set(column string, c crm.Compare) {
	text := crm.Fold(c.Values[0].Text)
	if c.Op != crm.OpContains {
		text = unit + text + unit
	}
	w.write("instr("+column+", ?) > 0", text)
}

// among looks for the customer in a set.
func (w *ruleWriter) among(who *customerSet) {
	w.write("(substr(?, p.customer - ?, 1) = x'01')", who, cutAt{})
}
