package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kebu/app/crm/identity"
	"kebu/app/crm/pii"
)

// A decision is kept by what names its customers: the evidence that is theirs,
// and for buyers without an account the print as well, since a phone or a nick
// may come to be a placeholder.

// Join decides that customers are one person, makes them one, and returns its
// number and how many there were; 0 where they are one already. What people
// wrote on them goes to the one that stays. One of whom no evidence is left
// gives what was written on it, and is forgotten.
func (t *Tx) Join(ctx context.Context, customers []int64) (kept int64, joined int, err error) {
	customers = slices.Compact(slices.Sorted(slices.Values(customers)))
	if len(customers) < 2 {
		return 0, 0, nil
	}
	sides, err := t.names(ctx, customers)
	if err != nil {
		return 0, 0, err
	}
	if err := t.tell(ctx, customers, "same", "", pii.Text{}, pii.Text{}); err != nil {
		return 0, 0, err
	}
	if err := t.decide(ctx, true, sides); err != nil {
		return 0, 0, err
	}
	if err := t.resolve(ctx, nil, customers); err != nil {
		return 0, 0, err
	}
	if kept, err = t.keeper(ctx, customers, sides); err != nil {
		return 0, 0, err
	}
	var bare [][2]int64
	for i, c := range customers {
		if len(sides[i]) == 0 && c != kept {
			bare = append(bare, [2]int64{c, kept})
			t.dirty[c], t.dirty[kept] = true, true
		}
	}
	if err := t.handOn(ctx, bare); err != nil {
		return 0, 0, err
	}
	return kept, len(customers), t.removeEmptied(ctx, customers)
}

// keeper returns the customer that holds the names of the first side that has
// any, else the oldest customer.
func (t *Tx) keeper(ctx context.Context, customers []int64, sides [][]identity.Name) (int64, error) {
	i := slices.IndexFunc(sides, func(names []identity.Name) bool { return len(names) > 0 })
	if i < 0 {
		return customers[0], nil
	}
	n := sides[i][0]
	var kept int64
	err := t.tx.QueryRowContext(ctx, `SELECT b.customer FROM buyers AS b WHERE b.customer IS NOT NULL AND (
			b.num IN (SELECT e.buyer FROM evidence AS e WHERE e.kind = ?1 AND e.token = ?2) OR ?1 = 0 AND b.print = ?2) ORDER BY b.num LIMIT 1`,
		int64(n.Kind), n.Token[:]).Scan(&kept)
	if err != nil {
		return 0, fmt.Errorf("find joined customer: %w", err)
	}
	return kept, nil
}

// Separate decides that two customers are different persons, whatever evidence
// comes to join them, and returns how many it tells apart: 0 where this is
// decided already, or where nothing is known by which they could be joined.
func (t *Tx) Separate(ctx context.Context, a, b int64) (int, error) {
	sides, err := t.names(ctx, []int64{a, b})
	if err != nil {
		return 0, err
	}
	shared := func(n identity.Name) bool { return slices.Contains(sides[0], n) && slices.Contains(sides[1], n) }
	both := make([][]identity.Name, len(sides))
	for i, names := range sides {
		// A telling is what one order said, and says nothing of the next.
		both[i] = slices.DeleteFunc(slices.Clone(names), func(n identity.Name) bool { return n.Kind == identity.Telling || shared(n) })
		if len(both[i]) == 0 {
			return 0, nil
		}
	}
	if err := t.reach(ctx, nil, []int64{a, b}); err != nil {
		return 0, err
	}
	decided, err := t.decisions(ctx)
	if err != nil {
		return 0, err
	}
	for _, d := range decided {
		if !d.Same && (equalSides(d.Sides, both[0], both[1]) || equalSides(d.Sides, both[1], both[0])) {
			return 0, nil
		}
	}
	if err := t.tell(ctx, []int64{a, b}, "different", "", pii.Text{}, pii.Text{}); err != nil {
		return 0, err
	}
	if err := t.decide(ctx, false, both); err != nil {
		return 0, err
	}
	return 2, t.resolve(ctx, nil, []int64{a, b})
}

func equalSides(sides [][]identity.Name, a, b []identity.Name) bool {
	return len(sides) == 2 && slices.Equal(sides[0], a) && slices.Equal(sides[1], b)
}

// names returns what each customer is known by, in order: what is nobody
// else's, and what is shared only if there is nothing else.
func (t *Tx) names(ctx context.Context, customers []int64) ([][]identity.Name, error) {
	list, err := jsonList(customers)
	if err != nil {
		return nil, err
	}
	own, shared := make(map[int64][]identity.Name), make(map[int64][]identity.Name)
	if err := t.each(ctx, "name customers", func(r *sql.Rows) error {
		var customer int64
		var n identity.Name
		var token []byte
		var others bool
		if err := r.Scan(&customer, &n.Kind, &token, &others); err != nil {
			return err
		}
		n.Token = identity.Token(token)
		if others {
			shared[customer] = append(shared[customer], n)
		} else {
			own[customer] = append(own[customer], n)
		}
		return nil
	}, `SELECT DISTINCT b.customer, e.kind, e.token, EXISTS (SELECT 1 FROM evidence AS f JOIN buyers AS o ON o.num = f.buyer
			WHERE f.kind = e.kind AND f.token = e.token AND o.customer <> b.customer)
		FROM buyers AS b CROSS JOIN evidence AS e INDEXED BY evidence_buyer ON e.buyer = b.num
		WHERE b.customer IN (SELECT value FROM json_each(?1)) AND e.kind <> 5
		UNION SELECT b.customer, 0, b.print, 0 FROM buyers AS b WHERE b.customer IN (SELECT value FROM json_each(?1))
			AND NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.buyer = b.num AND e.kind = 1)
		ORDER BY 1, 2, 3`, list); err != nil {
		return nil, err
	}
	sides := make([][]identity.Name, len(customers))
	for i, c := range customers {
		sides[i] = own[c]
		if !slices.ContainsFunc(own[c], func(n identity.Name) bool { return n.Kind != identity.Telling }) {
			sides[i] = append(sides[i], shared[c]...)
		}
		slices.SortFunc(sides[i], identity.Name.Compare)
	}
	return sides, nil
}

// decide keeps a decision of at least two sides that are known by something.
func (t *Tx) decide(ctx context.Context, same bool, sides [][]identity.Name) error {
	sides = slices.DeleteFunc(slices.Clone(sides), func(names []identity.Name) bool { return len(names) == 0 })
	if len(sides) < 2 {
		return nil
	}
	rows := t.newBulk(`decisions (decision, side, kind, token, step, same)`)
	defer rows.close()
	for i, names := range sides {
		for _, n := range names {
			if err := rows.add(ctx, t.step, i, int64(n.Kind), bytes.Clone(n.Token[:]), t.step, same); err != nil {
				return err
			}
		}
	}
	return rows.flush(ctx)
}

// decisions returns those on the buyers that reach found, the newest first.
func (t *Tx) decisions(ctx context.Context) ([]identity.Decision, error) {
	if decided, err := t.anyDecision(ctx); err != nil || !decided {
		return nil, err
	}
	var list []identity.Decision
	var last int64
	return list, t.each(ctx, "load decisions", func(r *sql.Rows) error {
		var decision int64
		var side int
		var n identity.Name
		var token []byte
		var same bool
		if err := r.Scan(&decision, &side, &n.Kind, &token, &same); err != nil {
			return err
		}
		n.Token = identity.Token(token)
		if decision != last {
			list = append(list, identity.Decision{Same: same})
			last = decision
		}
		d := &list[len(list)-1]
		for len(d.Sides) <= side {
			d.Sides = append(d.Sides, nil)
		}
		d.Sides[side] = append(d.Sides[side], n)
		return nil
	}, `SELECT decision, side, kind, token, same FROM decisions WHERE decision IN (
			SELECT d.decision FROM temp.followed AS f CROSS JOIN decisions AS d ON d.kind = f.kind AND d.token = f.token)
		ORDER BY decision DESC, side, kind, token`)
}

// followDecisions adds to what reach follows: the tellings of the buyers found
// in a round that decisions name, and what decisions say is the same as a name
// followed in it. It returns how much that was.
func (t *Tx) followDecisions(ctx context.Context, round int) (int64, error) {
	tellings, err := t.count(ctx, "follow tellings", `INSERT OR IGNORE INTO temp.followed (kind, token, round)
		SELECT d.kind, d.token, ?1 FROM temp.reached AS r CROSS JOIN buyers AS b ON b.num = r.num
		CROSS JOIN decisions AS d ON d.kind = ?2 AND d.token = b.print WHERE r.round = ?1`, round, int64(identity.Telling))
	if err != nil {
		return 0, err
	}
	names, err := t.count(ctx, "follow decisions", `INSERT OR IGNORE INTO temp.followed (kind, token, round)
		SELECT o.kind, o.token, ?1 + 1 FROM temp.followed AS f CROSS JOIN decisions AS d ON d.kind = f.kind AND d.token = f.token
		CROSS JOIN decisions AS o ON o.decision = d.decision WHERE f.round = ?1 AND d.same`, round)
	if err != nil {
		return 0, err
	}
	buyers, err := t.count(ctx, "reach buyers", `INSERT OR IGNORE INTO temp.reached (num, round)
		SELECT b.num, ?1 + 1 FROM temp.followed AS f CROSS JOIN buyers AS b ON b.print = f.token WHERE f.round = ?1 AND f.kind = ?2`,
		round, int64(identity.Telling))
	return tellings + names + buyers, err
}

// byFirstOrder returns the buyers that reach found in the order of their first
// orders, which are the same whatever was imported first.
func (t *Tx) byFirstOrder(ctx context.Context) ([]int64, error) {
	var buyers []int64
	seen := make(map[int64]bool)
	return buyers, t.each(ctx, "order buyers", func(r *sql.Rows) error {
		var b int64
		if err := r.Scan(&b); err != nil {
			return err
		}
		if !seen[b] {
			seen[b] = true
			buyers = append(buyers, b)
		}
		return nil
	}, `SELECT o.buyer FROM temp.reached AS r CROSS JOIN orders AS o ON o.buyer = r.num JOIN shops AS s ON s.id = o.shop
		ORDER BY o.placed, o.number, s.platform, s.name`)
}

// anyDecision reports whether people decided anything in this book.
func (t *Tx) anyDecision(ctx context.Context) (bool, error) {
	var found bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM decisions)`).Scan(&found); err != nil {
		return false, fmt.Errorf("look for decisions: %w", err)
	}
	return found, nil
}
