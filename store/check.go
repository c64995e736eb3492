package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kebu/crypto/field"
)

// CheckReport is what a look at the whole book found.
type CheckReport struct {
	Pages    int      // of the file, free ones too
	Problems []string // in English, for the record; none if the book is sound
}

// mostProblems bounds the problems named of one kind.
const mostProblems = 100

// Check authenticates every physical page, has SQLite check its structures,
// opens every sealed value and compares what is derived with what it follows
// from. It is to be run while nobody writes.
func (b *Book) Check(ctx context.Context, progress func(done, total int)) (CheckReport, error) {
	var report CheckReport
	// Damage may keep the log from being moved; the pages are looked at all the same.
	if err := b.Checkpoint(ctx); err != nil {
		report.add("checkpoint: %v", err)
	}
	pages, bad, err := b.file.CheckPages(ctx, progress)
	if err != nil {
		return report, fmt.Errorf("check pages: %w", b.explain(err))
	}
	report.Pages = pages
	for _, p := range bad[:min(len(bad), mostProblems)] {
		report.add("page %d does not open", p)
	}
	if more := len(bad) - mostProblems; more > 0 {
		report.add("%d more pages do not open", more)
	}
	if len(bad) > 0 {
		return report, nil // what stands on them cannot be compared
	}
	err = b.View(ctx, func(t *Tx) error { return t.checkTables(ctx, &report) })
	if ctx.Err() != nil {
		return report, ctx.Err()
	}
	if err != nil {
		report.add("reading: %v", err)
	}
	return report, nil
}

// checkTables looks at all that is no page of the file.
func (t *Tx) checkTables(ctx context.Context, r *CheckReport) error {
	for _, look := range []func(context.Context, *CheckReport) error{t.checkStructure, t.checkContradictions, t.checkFigures, t.checkSealed, t.checkErasures, t.checkLog} {
		if err := look(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (r *CheckReport) add(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// checkCopy looks at what can be wrong with a copy of which every page opens, in
// the time that there is whenever one is made. A book of an older version has other
// tables, of which SQLite's own check is all.
func (t *Tx) checkCopy(ctx context.Context, r *CheckReport) error {
	if err := t.structure(ctx, r, "quick_check"); err != nil {
		return err
	}
	var version int
	if err := t.tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return fmt.Errorf("read version: %w", err)
	}
	if files, err := migrationFiles(); err != nil || version < len(files) {
		return err
	}
	return t.countContradictions(ctx, r, contradictions)
}

// checkStructure runs SQLite's own checks.
func (t *Tx) checkStructure(ctx context.Context, r *CheckReport) error {
	if err := t.structure(ctx, r, "integrity_check"); err != nil {
		return err
	}
	return t.each(ctx, "check references", func(rows *sql.Rows) error {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		r.add("%s row %d refers to nothing in %s", table, row.Int64, parent)
		return nil
	}, `PRAGMA foreign_key_check`)
}

func (t *Tx) structure(ctx context.Context, r *CheckReport, pragma string) error {
	list, err := listOf[string](ctx, t, "check structure", fmt.Sprintf(`PRAGMA %s(%d)`, pragma, mostProblems))
	if err != nil {
		return err
	}
	for _, text := range list {
		if text != "ok" {
			r.add("structure: %s", text)
		}
	}
	return nil
}

// checkContradictions looks for all rows that cannot be.
func (t *Tx) checkContradictions(ctx context.Context, r *CheckReport) error {
	return t.countContradictions(ctx, r, slices.Concat(enforced, contradictions))
}

// Rows that cannot be: enforced are many to look at, and SQLite itself refuses them.
var enforced, contradictions = []contradiction{
	{"lines without order", `SELECT count(*) FROM lines AS l WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.id = l.order_id)`},
	{"lines without product", `SELECT count(*) FROM lines AS l WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.id = l.product)`},
}, []contradiction{
	{"customers without profile", `SELECT count(*) FROM customers WHERE NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.customer = customers.num) AND NOT (` + emptied + `)`},
	{"profiles without customer", `SELECT count(*) FROM profiles AS p WHERE NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.num = p.customer)`},
	{"orders whose buyer is erased and still there", `SELECT count(*) FROM erased_orders AS e JOIN orders AS o ON o.id = e.id WHERE o.buyer IS NOT NULL OR o.recipient IS NOT NULL`},
	{"buyers with an account but no customer", `SELECT count(*) FROM buyers AS b WHERE b.customer IS NULL
		AND EXISTS (SELECT 1 FROM evidence AS e WHERE e.buyer = b.num AND e.kind = 1) AND EXISTS (SELECT 1 FROM orders AS o WHERE o.buyer = b.num)`},
	{"profiles whose tags differ", `SELECT count(*) FROM profiles AS p WHERE p.tags <> coalesce((
		SELECT char(31) || group_concat(g.folded, char(31) ORDER BY g.folded) || char(31)
		FROM (SELECT DISTINCT folded FROM tags WHERE customer = p.customer) AS g), '')`},
	{"profiles whose purchases differ", `SELECT count(*) FROM profiles AS p LEFT JOIN (
		SELECT b.customer, count(*) AS orders, sum(o.purchase) AS purchases FROM buyers AS b JOIN orders AS o ON o.buyer = b.num
		WHERE b.customer IS NOT NULL GROUP BY b.customer) AS s ON s.customer = p.customer
		WHERE p.orders <> coalesce(s.orders, 0) OR p.purchases <> coalesce(s.purchases, 0)`},
	{"sums that differ", `SELECT count(*) FROM (
		SELECT b.customer, o.currency, sum(o.gross) AS gross, sum(o.refunded) AS refunded FROM buyers AS b JOIN orders AS o ON o.buyer = b.num
		WHERE b.customer IS NOT NULL GROUP BY b.customer, o.currency HAVING sum(o.gross) <> 0 OR sum(o.refunded) <> 0) AS s
		FULL JOIN profile_money AS m ON m.customer = s.customer AND m.currency = s.currency
		WHERE s.customer IS NULL OR m.customer IS NULL OR s.gross <> m.gross OR s.refunded <> m.refunded`},
}

type contradiction struct{ what, query string }

// countContradictions counts rows that cannot be.
func (t *Tx) countContradictions(ctx context.Context, r *CheckReport, list []contradiction) error {
	for _, c := range list {
		var n int
		if err := t.tx.QueryRowContext(ctx, c.query).Scan(&n); err != nil {
			return fmt.Errorf("look for %s: %w", c.what, err)
		}
		if n > 0 {
			r.add("%d %s", n, c.what)
		}
	}
	return nil
}

// checkFigures works the sums of every order out anew.
func (t *Tx) checkFigures(ctx context.Context, r *CheckReport) error {
	var after int64
	for {
		ids, err := listOf[int64](ctx, t, "list orders", `SELECT id FROM orders WHERE id > ? ORDER BY id LIMIT ?`, after, orderBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		orders, err := t.loadOrders(ctx, ids)
		if err != nil {
			return err
		}
		list, err := jsonList(ids)
		if err != nil {
			return err
		}
		if err := t.each(ctx, "compare sums", func(rows *sql.Rows) error {
			var id, gross, refunded int64
			var purchase bool
			if err := rows.Scan(&id, &purchase, &gross, &refunded); err != nil {
				return err
			}
			f, err := orders[id].Figures()
			if err != nil || f.Purchase != purchase || int64(f.Gross) != gross || int64(f.Refunded) != refunded {
				r.add("order row %d: sums differ from its lines", id)
			}
			return nil
		}, `SELECT id, purchase, gross, refunded FROM orders WHERE id IN (SELECT value FROM json_each(?))`, list); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// sealedColumn is a column of sealed values, in images and for redo too.
type sealedColumn struct {
	table, column string
	class         field.Class
	images        bool
	undone        bool
	numbered      bool // rows have a number in place of an id
}

// sealedColumns lists them all.
var sealedColumns = []sealedColumn{
	{"buyers", "contact", field.Contact, true, true, false},
	{"recipients", "contact", field.Contact, false, true, false},
	{"recipients", "address", field.Address, false, true, false},
	{"messages", "body", field.Text, true, true, false},
	{"payments", "contact", field.Contact, true, true, false},
	{"notes", "body", field.Text, true, true, false},
	{"fields", "body", field.Text, true, true, false},
	{"drafts", "body", field.Text, false, false, false},
	{"openings", "sealed", openingClass, false, false, true},
}

// checkSealed opens every sealed value that the user's keys should open.
func (t *Tx) checkSealed(ctx context.Context, r *CheckReport) error {
	for _, s := range sealedColumns {
		keys := t.keys.Classes[s.class]
		if keys == nil {
			continue
		}
		for _, table := range s.tables() {
			bad := 0
			var plain []byte
			if err := t.each(ctx, "open sealed values of "+table, func(rows *sql.Rows) error {
				var id, sealed []byte
				if err := rows.Scan(&id, &sealed); err != nil {
					return err
				}
				var err error
				if plain, err = keys.Open(plain[:0], sealed, place(s.table, s.column, [16]byte(id))); err != nil {
					bad++
					plain = plain[:0]
				}
				return nil
			}, `SELECT `+s.row()+`, `+s.column+` FROM `+table+` WHERE `+s.column+` IS NOT NULL`); err != nil {
				return err
			}
			if bad > 0 {
				r.add("%d values of %s in %s do not open", bad, s.column, table)
			}
		}
	}
	return nil
}
