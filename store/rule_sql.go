package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
)

// ruleSQL translates a rule into a condition over profiles p. Every comparison
// is 0 or 1, never NULL, and every value is a parameter.
func (t *Tx) ruleSQL(ctx context.Context, rule *crm.Rule, env crm.RuleEnv) (string, []any, error) {
	if rule.Root == nil {
		return "1", nil, nil
	}
	w := ruleWriter{tx: t, env: env}
	if err := w.condition(ctx, rule.Resolve(env.Today).Root); err != nil {
		return "", nil, err
	}
	return w.sql.String(), w.args, nil
}

// ruleWriter writes a condition and collects its parameters.
type ruleWriter struct {
	tx   *Tx
	env  crm.RuleEnv
	sql  strings.Builder
	args []any
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
		return w.amount(ctx, c)
	case crm.KindDay:
		w.day(c)
	case crm.KindText:
		w.text("p."+string(c.Field), c)
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
		case crm.FieldSKU:
			return w.bought(ctx, "sku_folded", c)
		case crm.FieldProduct:
			return w.bought(ctx, "name_folded", c)
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

func (w *ruleWriter) amount(ctx context.Context, c crm.Compare) error {
	of := func(v crm.Value) int64 { return int64(v.Amount) }
	if c.Currency == "" || c.Currency == w.env.Currency {
		w.numbers("p."+string(c.Field), c, of)
		return nil
	}
	column := "m." + string(c.Field)
	if c.Field == crm.FieldNet {
		column = "m.gross - m.refunded"
	}
	// Who has none of a currency has 0: looked for is who compares otherwise.
	var some, none ruleWriter
	some.numbers(column, c, of)
	none.numbers("0", c, of)
	var list string
	if err := w.tx.tx.QueryRowContext(ctx, `SELECT coalesce(group_concat(m.customer), '') FROM profile_money AS m
		WHERE m.currency = ? AND (`+some.sql.String()+`) <> (`+none.sql.String()+`)`, slices.Concat([]any{c.Currency}, some.args, none.args)...).
		Scan(&list); err != nil {
		return fmt.Errorf("find sums: %w", err)
	}
	var who customerSet
	if err := eachNum(list, who.add); err != nil {
		return err
	}
	w.write("(("+none.sql.String()+") <> ", none.args...)
	w.among(who)
	w.write(")")
	return nil
}

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

// text compares a folded text that is NULL where it is not known.
func (w *ruleWriter) text(column string, c crm.Compare) {
	w.write("(" + column + " IS NOT NULL AND ")
	w.textTest(column, c)
	w.write(")")
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

// bought looks for a product that the customer has bought: the products are
// found first, and then all who bought one.
func (w *ruleWriter) bought(ctx context.Context, column string, c crm.Compare) error {
	test := ruleWriter{}
	test.textTest("d."+column, c)
	products, err := listOf[int64](ctx, w.tx, "find products", "SELECT d.id FROM products AS d WHERE "+test.sql.String(), test.args...)
	if err != nil {
		return err
	}
	who, err := w.tx.whoBought(ctx, products)
	if err != nil {
		return err
	}
	w.among(who)
	return nil
}

// customerSet has byte n set to 1 for customer n: to look up a byte of it is a
// tenth of the work of looking up a row.
type customerSet []byte

// add takes in a customer. It is quickest in their order.
func (s *customerSet) add(n int64) {
	if more := int(n) + 1 - len(*s); more > 0 {
		*s = append(*s, make([]byte, more)...)
	}
	(*s)[n] = 1
}

// among looks for the customer in a set.
func (w *ruleWriter) among(who customerSet) {
	if len(who) == 0 { // it would be bound as NULL
		w.write("0")
		return
	}
	w.write("(substr(?, p.customer + 1, 1) = x'01')", []byte(who))
}
