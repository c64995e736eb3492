package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/bits"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// Segment is a rule with a name.
type Segment struct{ Name, Rule string }

// SaveSegment keeps a rule under a name, in place of one of the same name.
func (t *Tx) SaveSegment(ctx context.Context, s Segment) error {
	was, err := t.SegmentRule(ctx, s.Name)
	if err != nil && !errors.Is(err, crm.ErrNotFound) {
		return err
	}
	t.tellShop("segment", s.Name, pii.New(was), pii.New(s.Rule))
	return t.exec(ctx, "save segment", `INSERT INTO segments (folded, step, name, rule) VALUES (?, ?, ?, ?)
		ON CONFLICT (folded) DO UPDATE SET step = excluded.step, name = excluded.name, rule = excluded.rule`, crm.Fold(s.Name), t.step, s.Name, s.Rule)
}

// RenameSegment gives a segment another name. It fails with crm.ErrNotFound
// when there is none of the old name, with crm.ErrConflict when there is
// another of the new one.
func (t *Tx) RenameSegment(ctx context.Context, name, to string) error {
	var taken bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM segments WHERE folded = ?1 AND folded <> ?2)`,
		crm.Fold(to), crm.Fold(name)).Scan(&taken); err != nil {
		return fmt.Errorf("find segment: %w", err)
	}
	if taken {
		return fmt.Errorf("segment: %w", crm.ErrConflict)
	}
	t.tellShop("segment name", "", pii.New(name), pii.New(to))
	n, err := t.count(ctx, "rename segment", `UPDATE segments SET folded = ?, step = ?, name = ? WHERE folded = ?`,
		crm.Fold(to), t.step, to, crm.Fold(name))
	if err == nil && n == 0 {
		err = fmt.Errorf("segment: %w", crm.ErrNotFound)
	}
	return err
}

// DeleteSegment removes a segment, or fails with crm.ErrNotFound.
func (t *Tx) DeleteSegment(ctx context.Context, name string) error {
	t.tellShop("segment name", "", pii.New(name), pii.Text{})
	n, err := t.count(ctx, "delete segment", `DELETE FROM segments WHERE folded = ?`, crm.Fold(name))
	if err == nil && n == 0 {
		err = fmt.Errorf("segment: %w", crm.ErrNotFound)
	}
	return err
}

// Segments returns all segments by name.
func (t *Tx) Segments(ctx context.Context) ([]Segment, error) {
	var list []Segment
	return list, t.each(ctx, "list segments", func(r *sql.Rows) error {
		var s Segment
		if err := r.Scan(&s.Name, &s.Rule); err != nil {
			return err
		}
		list = append(list, s)
		return nil
	}, `SELECT name, rule FROM segments ORDER BY folded`)
}

// SegmentRule returns the rule of a segment, or crm.ErrNotFound.
func (t *Tx) SegmentRule(ctx context.Context, name string) (string, error) {
	var rule string
	err := t.tx.QueryRowContext(ctx, `SELECT rule FROM segments WHERE folded = ?`, crm.Fold(name)).Scan(&rule)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("segment: %w", crm.ErrNotFound)
	}
	if err != nil {
		return "", fmt.Errorf("find segment: %w", err)
	}
	return rule, nil
}

// Members is a set of customers: bit n is the customer with number n.
type Members []byte

func (m *Members) add(n int64) {
	if need := int(n/8) + 1; need > len(*m) {
		*m = append(*m, make([]byte, need-len(*m))...)
	}
	(*m)[n/8] |= 1 << (n % 8)
}

// Len returns how many there are.
func (m Members) Len() int {
	n := 0
	for _, b := range m {
		n += bits.OnesCount8(b)
	}
	return n
}

// Without returns those of m that are not in o, in ascending order.
func (m Members) Without(o Members) []int64 {
	var nums []int64
	for i, b := range m {
		if i < len(o) {
			b &^= o[i]
		}
		for ; b != 0; b &= b - 1 {
			nums = append(nums, int64(i)*8+int64(bits.TrailingZeros8(b)))
		}
	}
	return nums
}

// MembersOf returns whom a selection finds, and their net in the book's
// currency.
func (t *Tx) MembersOf(ctx context.Context, s Selection, env crm.RuleEnv) (Members, crm.Money, error) {
	where, err := t.condition(ctx, s, env)
	if err != nil {
		return nil, 0, err
	}
	var list string
	var net crm.Money
	if err := t.tx.QueryRowContext(ctx, `SELECT coalesce(group_concat(p.customer), ''), coalesce(sum(p.net), 0) FROM profiles AS p WHERE `+where.sql, where.whole()...).
		Scan(&list, &net); err != nil {
		return nil, 0, fmt.Errorf("find members: %w", err)
	}
	members := Members{}
	err = eachNum(list, members.add)
	return members, net, err
}

// Snapshot is whom a rule found on a day.
type Snapshot struct {
	Day     crm.Day
	Members Members
}

// snapshotDays is over how many days before today movements are told.
const snapshotDays = 7

// Snapshots returns for each rule the oldest snapshot of the last 7 days before
// today, and which rules have one of today.
func (t *Tx) Snapshots(ctx context.Context, today crm.Day) (before map[string]Snapshot, taken map[string]bool, err error) {
	before, taken = make(map[string]Snapshot), make(map[string]bool)
	rules, err := listOf[string](ctx, t, "find snapshots of today", `SELECT rule FROM memberships WHERE day = ?`, int64(today))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rules {
		taken[r] = true
	}
	return before, taken, t.each(ctx, "load snapshots", func(r *sql.Rows) error {
		var rule string
		var s Snapshot
		if err := r.Scan(&rule, &s.Day, &s.Members); err != nil {
			return err
		}
		before[rule] = s
		return nil
	}, `SELECT m.rule, m.day, m.members FROM memberships AS m
		WHERE m.day = (SELECT min(o.day) FROM memberships AS o WHERE o.rule = m.rule AND o.day >= ?1 AND o.day < ?2)`, int64(today-snapshotDays), int64(today))
}

// SaveSnapshots keeps whom rules find today, and forgets what is too old to
// compare with. It is for Book.Keep.
func (t *Tx) SaveSnapshots(ctx context.Context, today crm.Day, members map[string]Members) error {
	if err := t.exec(ctx, "forget snapshots", `DELETE FROM memberships WHERE day < ? OR day > ?`, int64(today-snapshotDays), int64(today)); err != nil {
		return err
	}
	rows := t.newBulk(`memberships (rule, day, members)`)
	defer rows.close()
	for rule, m := range members {
		if err := rows.add(ctx, rule, int64(today), []byte(m)); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

// CustomerIDs returns the ids of those of the given customers that there are,
// by number.
func (t *Tx) CustomerIDs(ctx context.Context, nums []int64) ([]string, error) {
	list, err := jsonList(nums)
	if err != nil {
		return nil, err
	}
	return listOf[string](ctx, t, "list ids", `SELECT lower(hex(c.id)) FROM customers AS c JOIN profiles AS p ON p.customer = c.num
		WHERE c.num IN (SELECT value FROM json_each(?)) ORDER BY c.num`, list)
}

// LastExports returns when lists of each rule, as it was typed, were last
// exported.
func (t *Tx) LastExports(ctx context.Context) (map[string]crm.Moment, error) {
	last := make(map[string]crm.Moment)
	return last, t.each(ctx, "find last exports", func(r *sql.Rows) error {
		var rule string
		var at crm.Moment
		if err := r.Scan(&rule, &at); err != nil {
			return err
		}
		last[rule] = at
		return nil
	}, `SELECT d.rule, max(s.at) FROM disclosures AS d JOIN steps AS s ON s.id = d.step WHERE d.kind = 'export' GROUP BY d.rule`)
}
