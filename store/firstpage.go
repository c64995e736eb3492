package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// The first page of a long list is found without sorting the list: customers
// are counted in blocks, with the best sort key of each block, and only blocks
// that may hold a row of the page are sorted. Of a million customers that is a
// third of the work.

// blockSize is how many customers' numbers a block spans; tests make it smaller.
var blockSize int64 = 16_384

// longestPage is up to which row a page is found that way.
const longestPage = 10_000

// numericSorts are the sorts whose keys are numbers, or none.
var numericSorts = []string{"last_purchase", "first_purchase", "purchases", "gross", "refunded", "net", "interval", "late_by"}

// block is a run of customers, those with numbers from from on.
type block struct {
	from  int64
	count int // of the selection
	best  key // the first of their first sort keys
}

// key is a sort key: a whole number, else a fraction, else none.
type key struct {
	whole    int64
	fraction float64
	kind     keyKind
}

type keyKind uint8

const (
	noKey keyKind = iota
	wholeKey
	fractionKey
)

// Scan reads a key from the database.
func (k *key) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*k = key{}
	case int64:
		*k = key{whole: v, kind: wholeKey}
	case float64:
		*k = key{fraction: v, kind: fractionKey}
	default:
		return fmt.Errorf("%T is no sort key", value)
	}
	return nil
}

// number is the key as SQLite compares it with a fraction.
func (k key) number() float64 {
	if k.kind == wholeKey {
		return float64(k.whole)
	}
	return k.fraction
}

func (k key) compare(o key) int {
	if k.kind == wholeKey && o.kind == wholeKey {
		return cmp.Compare(k.whole, o.whole)
	}
	return cmp.Compare(k.number(), o.number())
}

// byBlocks reports whether the first rows of a selection are found by blocks:
// their sort keys are numbers, and no list of customers would be made anew for
// each block.
func (s *Selection) byBlocks(where string) bool {
	return s.Limit > 0 && s.From+s.Limit <= longestPage && len(s.Sort) > 0 && slices.Contains(numericSorts, s.Sort[0].By) &&
		!strings.Contains(where, " IN (SELECT ")
}

// firstPage is a selection of which the first rows are wanted.
type firstPage struct {
	where          string
	args           []any  // of where
	columns, order string // by sortKeys
	descending     bool   // the first sort key
	more           bool   // there are other sort keys
	today          int64
	need           int // rows
}

// find returns the numbers of the first rows in their order, and how many rows
// there are.
func (p *firstPage) find(ctx context.Context, t *Tx) (nums []int64, total int, err error) {
	blocks, err := p.blocks(ctx, t)
	if err != nil {
		return nil, 0, err
	}
	for _, b := range blocks {
		total += b.count
	}
	slices.SortFunc(blocks, func(a, b block) int { return cmp.Or(p.compare(a.best, b.best), cmp.Compare(a.from, b.from)) })
	for n := 4; ; n *= 4 {
		n = min(n, len(blocks))
		nums, last, err := p.sort(ctx, t, blocks[:n])
		if err != nil || n == len(blocks) {
			return nums, total, err
		}
		if len(nums) < p.need {
			continue
		}
		// Rows with equal keys stand by number: what follows in other blocks comes after.
		next := blocks[n]
		if c := p.compare(last, next.best); c < 0 || c == 0 && !p.more && nums[len(nums)-1] < next.from {
			return nums, total, nil
		}
	}
}

// blocks counts the selection in blocks, leaving out those that have none of it.
func (p *firstPage) blocks(ctx context.Context, t *Tx) ([]block, error) {
	var first, last sql.NullInt64
	if err := t.tx.QueryRowContext(ctx, `SELECT (SELECT min(customer) FROM profiles), (SELECT max(customer) FROM profiles)`).Scan(&first, &last); err != nil {
		return nil, fmt.Errorf("count customers: %w", err)
	}
	best := "min"
	if p.descending {
		best = "max"
	}
	//nolint:gosec // of sortKeys and ruleSQL, which bind every value
	query := `WITH today AS (SELECT ? AS day) SELECT count(*), ` + best + `(k0) FROM (
		SELECT p.customer` + p.columns + ` FROM profiles AS p WHERE p.customer BETWEEN ? AND ? AND ` + p.where + `)`
	stmt, err := t.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("count customers: %w", err)
	}
	defer func() { _ = stmt.Close() }()
	var blocks []block
	for from := first.Int64; first.Valid && from <= last.Int64; from += blockSize {
		b := block{from: from}
		args := slices.Concat([]any{p.today, from, from + blockSize - 1}, p.args)
		if err := stmt.QueryRowContext(ctx, args...).Scan(&b.count, &b.best); err != nil {
			return nil, fmt.Errorf("count customers: %w", err)
		}
		if b.count > 0 {
			blocks = append(blocks, b)
		}
	}
	return blocks, nil
}

// sort returns the first rows of some blocks, and the first sort key of the last.
func (p *firstPage) sort(ctx context.Context, t *Tx, blocks []block) (nums []int64, last key, err error) {
	starts := make([]int64, len(blocks))
	for i, b := range blocks {
		starts[i] = b.from
	}
	list, err := jsonList(starts)
	if err != nil {
		return nil, key{}, err
	}
	args := slices.Concat([]any{p.today, list, blockSize}, p.args, []any{p.need})
	err = t.each(ctx, "find customers", func(r *sql.Rows) error {
		var n int64
		if err := r.Scan(&n, &last); err != nil {
			return err
		}
		nums = append(nums, n)
		return nil
	}, `WITH today AS (SELECT ? AS day) SELECT num, k0 FROM (
		SELECT p.customer AS num`+p.columns+` FROM json_each(?) AS b CROSS JOIN profiles AS p
		ON p.customer >= b.value AND p.customer < b.value + ? WHERE `+p.where+`) ORDER BY `+p.order+` LIMIT ?`, args...)
	return nums, last, err
}

// compare orders first sort keys, none last.
func (p *firstPage) compare(a, b key) int {
	switch {
	case a.kind == noKey || b.kind == noKey:
		return cmp.Compare(min(b.kind, wholeKey), min(a.kind, wholeKey))
	case p.descending:
		return b.compare(a)
	default:
		return a.compare(b)
	}
}
