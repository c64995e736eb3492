package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// The first page of a long list is found while the list is counted, without
// sorting it: customers are looked at in blocks, and of each block only those
// are kept that stand before the last row of the page so far. The blocks come
// in a scattered order, so that a list whose order is nearly that of the
// customers' numbers, or its reverse, is no worse than another.

// blockSize is how many customers' numbers a block spans; tests make it smaller.
var blockSize int64 = 4096

// longestPage is up to which row a page is found that way.
const longestPage = 10_000

// firstPage is a selection of which the first rows are wanted.
type firstPage struct {
	where condition
	by    *sorter
	need  int // rows

	rows   []int64 // that may be on the page
	keys   []any   // of the last row of the page when it was sorted last, nil before
	last   int64   // that row
	sorted int     // how many rows were sorted then
}

// find returns the numbers of the first rows in their order, and how many rows
// there are.
func (p *firstPage) find(ctx context.Context, t *Tx) (nums []int64, total int, err error) {
	if nums, total, err := p.walk(ctx, t); nums != nil || err != nil {
		return nums, total, err
	}
	var first, last sql.NullInt64
	if err := t.tx.QueryRowContext(ctx, `SELECT (SELECT min(customer) FROM profiles), (SELECT max(customer) FROM profiles)`).Scan(&first, &last); err != nil {
		return nil, 0, fmt.Errorf("count customers: %w", err)
	}
	if !first.Valid {
		return nil, 0, nil
	}
	var stmt *sql.Stmt
	defer func() {
		if stmt != nil {
			_ = stmt.Close()
		}
	}()
	query := ""
	for _, b := range blocks(first.Int64, last.Int64) {
		text, args := p.block(b)
		if text != query {
			if stmt != nil {
				_ = stmt.Close()
			}
			if stmt, err = t.tx.PrepareContext(ctx, text); err != nil {
				return nil, 0, fmt.Errorf("count customers: %w", err)
			}
			query = text
		}
		var count int
		var list string
		if err := stmt.QueryRowContext(ctx, args...).Scan(&count, &list); err != nil {
			return nil, 0, fmt.Errorf("count customers: %w", err)
		}
		total += count
		if err := eachNum(list, func(n int64) { p.rows = append(p.rows, n) }); err != nil {
			return nil, 0, err
		}
		// Sorting takes longer than keeping some rows too many.
		if len(p.rows) > 2*p.sorted+p.need {
			if err := p.sort(ctx, t); err != nil {
				return nil, 0, err
			}
		}
	}
	if err := p.sort(ctx, t); err != nil {
		return nil, 0, err
	}
	if p.where.counted != nil {
		total = p.where.counted(total)
	}
	return p.rows, total, nil
}

// block counts the customers of a block and lists those who may be on the page.
// Where the condition need not be looked at to count, that of few is.
func (p *firstPage) block(b block) (query string, args []any) {
	args = slices.Clone(p.by.given)
	before, edge := "1", []any(nil)
	if p.keys != nil {
		before, edge = p.by.before(p.keys, p.last)
	}
	args = append(args, edge...)
	where, span := p.where.between(b.from, b.to), []any{b.from, b.to}
	column, end := "1", " AND "+p.where.sql
	if p.where.counted != nil {
		column, end = p.where.sql, ""
		args = slices.Concat(args, where, span)
	} else {
		args = slices.Concat(args, span, where)
	}
	return `WITH ` + given + ` SELECT count(*), coalesce(group_concat(num) FILTER (WHERE (` + before + `) AND chosen), '') FROM (
		SELECT p.customer AS num` + p.by.columns + `, ` + column + ` AS chosen FROM profiles AS p WHERE p.customer BETWEEN ? AND ?` + end + `)`, args
}

// sort sorts the rows and leaves those of the page.
func (p *firstPage) sort(ctx context.Context, t *Tx) error {
	list, err := jsonList(p.rows)
	if err != nil {
		return err
	}
	p.rows = p.rows[:0]
	keys := make([]any, len(p.by.keys))
	into := make([]any, len(keys)+1)
	for i := range keys {
		into[i+1] = &keys[i]
	}
	if err := t.each(ctx, "find customers", func(r *sql.Rows) error {
		into[0] = &p.last
		if err := r.Scan(into...); err != nil {
			return err
		}
		p.rows = append(p.rows, p.last)
		return nil
	}, `WITH `+given+` SELECT * FROM (SELECT p.customer AS num`+p.by.columns+` FROM json_each(?) AS list CROSS JOIN profiles AS p
		ON p.customer = list.value) ORDER BY `+p.by.order+` LIMIT ?`, slices.Concat(p.by.given, []any{list, p.need})...); err != nil {
		return err
	}
	p.sorted = len(p.rows)
	if p.sorted == p.need {
		p.keys = keys
	}
	return nil
}

// walk looks for a page by id among the first customers by id, where it is
// unless the rule finds few; nil if it is not.
func (p *firstPage) walk(ctx context.Context, t *Tx) (nums []int64, total int, err error) {
	if p.by.first != "id" {
		return nil, 0, nil
	}
	order := "c.id"
	if p.by.keys[0].descending {
		order += " DESC"
	}
	nums, err = listOf[int64](ctx, t, "find customers", `SELECT p.customer FROM (SELECT c.num, c.id FROM customers AS c ORDER BY `+order+` LIMIT ?) AS c
		CROSS JOIN profiles AS p ON p.customer = c.num WHERE `+p.where.sql+` ORDER BY `+order+` LIMIT ?`, slices.Concat([]any{longestPage}, p.where.whole(), []any{p.need})...)
	if err != nil || len(nums) < p.need {
		return nil, 0, err
	}
	total, err = t.countWhere(ctx, p.where)
	return nums, total, err
}

// block is the customers from a number to another.
type block struct{ from, to int64 }

// blocks returns the blocks in their order. The first comes in parts: all are
// sorted who are found before a page is full.
func blocks(first, last int64) []block {
	n := (last-first)/blockSize + 1
	list := make([]block, 0, n+16)
	for i := range n {
		from := first + scattered(i, n)*blockSize
		end, size := min(from+blockSize-1, last), blockSize
		if i == 0 {
			size = max(blockSize/16, 1)
		}
		for ; from <= end; from += size {
			list = append(list, block{from, min(from+size-1, end)})
		}
	}
	return list
}

// scattered returns number i of the numbers below n in an order in which those
// that follow each other lie apart.
func scattered(i, n int64) int64 {
	step := n*618/1000 | 1 // the golden section
	for gcd(step, n) != 1 {
		step += 2
	}
	return i * step % n
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
