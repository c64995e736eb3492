package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"kebu/app/crm/identity"
)

// The joins of this file are written in the order in which they are to run:
// SQLite, which has no statistics of a book, would begin with all the evidence.

// settle resolves who bought the orders of an import and counts.
func (s *saver) settle(ctx context.Context) error {
	before, err := s.nextNum(ctx, "customers")
	if err != nil {
		return err
	}
	// A buyer whom only images knew may have orders again.
	again, err := listOf[int64](ctx, s.Tx, "find buyers without customer", `SELECT DISTINCT b.num FROM orders AS o JOIN buyers AS b ON b.num = o.buyer
		WHERE o.step = ? AND b.customer IS NULL AND EXISTS (SELECT 1 FROM evidence AS e WHERE e.buyer = b.num AND e.kind < 5)`, s.step)
	if err != nil {
		return err
	}
	if err := s.resolve(ctx, append(again, s.buyers.fresh...), s.left); err != nil {
		return err
	}
	list, err := jsonList(s.ids)
	if err != nil {
		return err
	}
	const ofFile = `SELECT DISTINCT b.customer AS num FROM orders AS o JOIN buyers AS b ON b.num = o.buyer
		WHERE o.id IN (SELECT value FROM json_each(?1)) AND b.customer IS NOT NULL`
	if err := s.tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE num >= ?2), count(*) FILTER (WHERE num < ?2) FROM (`+ofFile+`)`, list, before).
		Scan(&s.saved.NewCustomers, &s.saved.Matched); err != nil {
		return fmt.Errorf("count customers of file: %w", err)
	}
	if err := s.tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+ofFile+`) AS c WHERE EXISTS (
		SELECT 1 FROM buyers AS b CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = b.num AND e.kind = ?2
		CROSS JOIN evidence AS f ON f.kind = e.kind AND f.token = e.token CROSS JOIN buyers AS a ON a.num = f.buyer
		WHERE b.customer = c.num AND a.customer <> c.num AND NOT EXISTS (`+toldApart+`))`, list, int64(identity.Hint)).Scan(&s.saved.Review); err != nil {
		return fmt.Errorf("count doubtful customers: %w", err)
	}
	touched, err := listOf[int64](ctx, s.Tx, "list customers to remake", `SELECT DISTINCT b.customer FROM orders AS o JOIN buyers AS b ON b.num = o.buyer
		WHERE o.step = ? AND b.customer IS NOT NULL`, s.step)
	for _, n := range touched {
		s.dirty[n] = true
	}
	return err
}

// toldApart finds decisions that customers c.num and a.customer are different.
const toldApart = `SELECT 1 FROM buyers AS x CROSS JOIN evidence AS p INDEXED BY evidence_buyer ON p.buyer = x.num
	CROSS JOIN decisions AS d ON d.kind = p.kind AND d.token = p.token
	CROSS JOIN decisions AS o ON o.decision = d.decision AND o.side <> d.side
	CROSS JOIN evidence AS q ON q.kind = o.kind AND q.token = o.token CROSS JOIN buyers AS y ON y.num = q.buyer
	WHERE x.customer = c.num AND y.customer = a.customer AND NOT d.same`

// resolve gives every buyer that evidence or a decision ties to the given buyers, or to
// those of the given customers, its customer. A customer keeps its id with the
// person who holds its first buyer; of several customers that turn out to be
// one person, the one on whom people wrote stays, else the oldest.
func (t *Tx) resolve(ctx context.Context, buyers, customers []int64) error {
	if err := t.reach(ctx, buyers, customers); err != nil {
		return err
	}
	people, customerOf, err := t.people(ctx)
	if err != nil {
		return err
	}
	typed, err := t.typed(ctx, customerOf)
	if err != nil {
		return err
	}
	moves := newMoves(people, customerOf, typed)
	rows := t.newBulk(`customers (num, id, step)`)
	defer rows.close()
	next, err := t.nextNum(ctx, "customers")
	if err != nil {
		return err
	}
	for i := range moves.keeper {
		if moves.keeper[i] == 0 {
			moves.keeper[i] = next
			next++
			id := newID()
			if err := rows.add(ctx, moves.keeper[i], id[:], t.step); err != nil {
				return err
			}
		}
	}
	if err := rows.flush(ctx); err != nil {
		return err
	}
	return t.move(ctx, people, customerOf, moves)
}

// reach collects the buyers within reach of evidence and of decisions in
// temp.reached, each piece of evidence followed once.
func (t *Tx) reach(ctx context.Context, buyers, customers []int64) error {
	for _, q := range []string{
		`CREATE TEMP TABLE IF NOT EXISTS reached (num INTEGER PRIMARY KEY, round INTEGER NOT NULL)`,
		`CREATE TEMP TABLE IF NOT EXISTS followed (kind INTEGER, token BLOB, round INTEGER NOT NULL, PRIMARY KEY (kind, token)) WITHOUT ROWID`,
		`DELETE FROM temp.reached`, `DELETE FROM temp.followed`,
	} {
		if err := t.exec(ctx, "reach buyers", q); err != nil {
			return err
		}
	}
	buyerList, err := jsonList(buyers)
	if err != nil {
		return err
	}
	customerList, err := jsonList(customers)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, "reach buyers", `INSERT OR IGNORE INTO temp.reached (num, round)
		SELECT b.num, 0 FROM buyers AS b WHERE b.num IN (SELECT value FROM json_each(?))
		UNION SELECT b.num, 0 FROM buyers AS b WHERE b.customer IN (SELECT value FROM json_each(?))`, buyerList, customerList); err != nil {
		return err
	}
	decided, err := t.anyDecision(ctx)
	if err != nil {
		return err
	}
	for round := 0; ; round++ {
		if err := t.exec(ctx, "follow evidence", `INSERT OR IGNORE INTO temp.followed (kind, token, round)
			SELECT e.kind, e.token, ?1 FROM temp.reached AS r CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = r.num
			WHERE r.round = ?1 AND e.kind <> ?2`, round, int64(identity.Hint)); err != nil {
			return err
		}
		a, err := t.count(ctx, "reach buyers", `INSERT OR IGNORE INTO temp.reached (num, round)
			SELECT e.buyer, ?1 + 1 FROM temp.followed AS f CROSS JOIN evidence AS e ON e.kind = f.kind AND e.token = f.token WHERE f.round = ?1`, round)
		if err != nil {
			return err
		}
		b, err := t.count(ctx, "reach buyers", `INSERT OR IGNORE INTO temp.reached (num, round)
			SELECT o.num, ?1 + 1 FROM temp.reached AS r CROSS JOIN buyers AS b ON b.num = r.num CROSS JOIN buyers AS o ON o.customer = b.customer
			WHERE r.round = ?1`, round)
		if err != nil {
			return err
		}
		if decided {
			c, err := t.followDecisions(ctx, round)
			if err != nil {
				return err
			}
			a += c
		}
		if a+b == 0 {
			return nil
		}
	}
}

// people groups the reached buyers that orders refer to, and returns the
// customer that each reached buyer has so far, 0 for none.
func (t *Tx) people(ctx context.Context) ([][]int64, map[int64]int64, error) {
	var marks []identity.Mark
	err := t.each(ctx, "load evidence", func(r *sql.Rows) error {
		var m identity.Mark
		var token []byte
		if err := r.Scan(&m.Buyer, &m.Kind, &token); err != nil {
			return err
		}
		m.Token = identity.Token(token)
		marks = append(marks, m)
		return nil
	}, `SELECT e.buyer, e.kind, e.token FROM temp.reached AS r CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = r.num
		WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = r.num)
		UNION ALL SELECT b.num, f.kind, b.print FROM temp.followed AS f CROSS JOIN buyers AS b ON b.print = f.token
		WHERE f.kind = ?1 AND EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = b.num)`, int64(identity.Telling))
	if err != nil {
		return nil, nil, err
	}
	customerOf := make(map[int64]int64)
	err = t.each(ctx, "load buyers", func(r *sql.Rows) error {
		var b int64
		var c sql.NullInt64
		if err := r.Scan(&b, &c); err != nil {
			return err
		}
		customerOf[b] = c.Int64
		return nil
	}, `SELECT b.num, b.customer FROM temp.reached AS r JOIN buyers AS b ON b.num = r.num`)
	if err != nil {
		return nil, nil, err
	}
	decisions, err := t.decisions(ctx)
	if err != nil {
		return nil, nil, err
	}
	var order []int64
	if slices.ContainsFunc(decisions, func(d identity.Decision) bool { return !d.Same }) {
		if order, err = t.byFirstOrder(ctx); err != nil {
			return nil, nil, err
		}
	}
	return identity.Group(marks, decisions, order), customerOf, nil
}

// typed returns which customers of the given buyers hold something typed.
func (t *Tx) typed(ctx context.Context, customerOf map[int64]int64) (map[int64]bool, error) {
	list, err := jsonList(slices.Collect(maps.Values(customerOf)))
	if err != nil {
		return nil, err
	}
	nums, err := listOf[int64](ctx, t, "find what people wrote", `
		SELECT customer FROM notes WHERE customer IN (SELECT value FROM json_each(?1))
		UNION SELECT customer FROM tags WHERE customer IN (SELECT value FROM json_each(?1))
		UNION SELECT customer FROM fields WHERE customer IN (SELECT value FROM json_each(?1))
		UNION SELECT customer FROM refusals WHERE customer IN (SELECT value FROM json_each(?1))`, list)
	typed := make(map[int64]bool, len(nums))
	for _, n := range nums {
		typed[n] = true
	}
	return typed, err
}

// moves says which customer each person is, and who succeeds customers that
// turned out to be another.
type moves struct {
	keeper    []int64       // by person; 0: a new customer
	successor map[int64]int // customer that goes -> person
}

func newMoves(people [][]int64, customerOf map[int64]int64, typed map[int64]bool) moves {
	claim := make(map[int64]int)   // customer -> person with its first buyer
	first := make(map[int64]int64) // customer -> that buyer
	for i, members := range people {
		for _, b := range members {
			c := customerOf[b]
			if f, ok := first[c]; c != 0 && (!ok || b < f) {
				first[c], claim[c] = b, i
			}
		}
	}
	m := moves{keeper: make([]int64, len(people)), successor: map[int64]int{}}
	customers := slices.SortedFunc(maps.Keys(claim), func(a, b int64) int {
		if typed[a] != typed[b] {
			if typed[a] {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	})
	for _, c := range customers {
		if i := claim[c]; m.keeper[i] == 0 {
			m.keeper[i] = c
		} else {
			m.successor[c] = i
		}
	}
	return m
}

// move writes the customers of buyers, hands what people wrote to successors
// and removes customers that are empty. Buyers to whom no order refers any
// more, but an image may, belong to nobody.
func (t *Tx) move(ctx context.Context, people [][]int64, customerOf map[int64]int64, m moves) error {
	var changed [][2]int64
	put := func(buyer, customer int64) {
		if old := customerOf[buyer]; old != customer {
			changed = append(changed, [2]int64{buyer, customer})
			t.dirty[old], t.dirty[customer] = true, true
		}
	}
	placed := make(map[int64]bool, len(customerOf))
	for i, members := range people {
		for _, b := range members {
			placed[b] = true
			put(b, m.keeper[i])
		}
	}
	for b := range customerOf {
		if !placed[b] {
			put(b, 0)
		}
	}
	delete(t.dirty, 0)
	if err := t.movePairs(ctx, "give buyers their customers", `UPDATE buyers SET customer = nullif(m.new, 0), step = ?2 FROM (%s) AS m WHERE num = m.old`, changed); err != nil {
		return err
	}
	var gone [][2]int64
	for c, i := range m.successor {
		gone = append(gone, [2]int64{c, m.keeper[i]})
	}
	slices.SortFunc(gone, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
	if err := t.handOn(ctx, gone); err != nil {
		return err
	}
	if err := t.goHome(ctx); err != nil {
		return err
	}
	return t.removeEmptied(ctx, slices.Collect(maps.Values(customerOf)))
}

// handOn gives what people wrote on customers to others, by pairs. Taking a
// step back leaves no images, so that what it moves stays that of its own step.
func (t *Tx) handOn(ctx context.Context, pairs [][2]int64) error {
	const imaged = `(SELECT images FROM writing)`
	for _, s := range []struct{ doing, query string }{
		{"hand notes on", `UPDATE notes SET customer = m.new, step = iif(` + imaged + `, ?2, step) FROM (%s) AS m WHERE customer = m.old`},
		{"hand tags on", `INSERT INTO tags (customer, folded, step, tag, home) SELECT m.new, g.folded, iif(` + imaged + `, ?2, g.step), g.tag, g.home FROM (%s) AS m
			JOIN tags AS g ON g.customer = m.old WHERE true ON CONFLICT DO NOTHING`},
		{"drop handed tags", `DELETE FROM tags WHERE customer IN (SELECT m.old FROM (%s) AS m WHERE ?2)`},
		{"hand refusals on", `INSERT INTO refusals (customer, step, home) SELECT m.new, iif(` + imaged + `, ?2, f.step), f.home FROM (%s) AS m
			JOIN refusals AS f ON f.customer = m.old WHERE true ON CONFLICT DO NOTHING`},
		{"drop handed refusals", `DELETE FROM refusals WHERE customer IN (SELECT m.old FROM (%s) AS m WHERE ?2)`},
		{"hand drafts on", `UPDATE OR IGNORE drafts SET customer = m.new FROM (%s) AS m WHERE customer = m.old AND ?2`},
		{"hand fields on", `UPDATE OR IGNORE fields SET customer = m.new, step = iif(` + imaged + `, ?2, step) FROM (%s) AS m WHERE customer = m.old`},
		{"hand second aliases on", `UPDATE OR IGNORE fields SET customer = m.new, name = '` + secondAlias + `', step = iif(` + imaged + `, ?2, step) FROM (%s) AS m
			WHERE customer = m.old AND name = '` + aliasField + `'`},
	} {
		if err := t.movePairs(ctx, s.doing, s.query, pairs); err != nil {
			return err
		}
	}
	return nil
}

// removeEmptied removes those of the given customers who have no buyer left
// and on whom nobody wrote. While a step is taken back, those that an image may
// need stay.
func (t *Tx) removeEmptied(ctx context.Context, customers []int64) error {
	list, err := jsonList(customers)
	if err != nil {
		return err
	}
	return t.exec(ctx, "remove emptied customers", `DELETE FROM customers WHERE num IN (SELECT value FROM json_each(?)) AND `+emptied+
		` AND ((SELECT images FROM writing) OR `+unremembered+`)`, list)
}

// emptied holds for customers without buyers on whom nobody wrote. Those that an
// image may need stay, without a profile, so that nobody sees them.
const emptied = `NOT EXISTS (SELECT 1 FROM buyers AS b WHERE b.customer = customers.num)
	AND NOT EXISTS (SELECT 1 FROM notes AS n WHERE n.customer = customers.num)
	AND NOT EXISTS (SELECT 1 FROM tags AS g WHERE g.customer = customers.num)
	AND NOT EXISTS (SELECT 1 FROM fields AS f WHERE f.customer = customers.num)
	AND NOT EXISTS (SELECT 1 FROM refusals AS r WHERE r.customer = customers.num)`

// unremembered holds for customers to whom no image refers.
const unremembered = `num NOT IN (
	SELECT customer FROM buyers_was WHERE customer IS NOT NULL
	UNION SELECT customer FROM notes_was UNION SELECT customer FROM tags_was
	UNION SELECT customer FROM fields_was UNION SELECT customer FROM refusals_was)`

// movePairs runs a query over pairs of old and new numbers: %s stands for
// them, ?2 for the step.
func (t *Tx) movePairs(ctx context.Context, doing, query string, pairs [][2]int64) error {
	if len(pairs) == 0 {
		return nil
	}
	list, err := json.Marshal(pairs)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	const from = `SELECT value ->> 0 AS old, value ->> 1 AS new FROM json_each(?1)`
	return t.exec(ctx, doing, fmt.Sprintf(query, from), string(list), t.step)
}
