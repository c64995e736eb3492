package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm"
)

// Shop is one seller account on one platform.
type Shop struct {
	ID       int64
	Platform string
	Name     string
}

// Shops returns the shops of a platform in the order of their making.
func (t *Tx) Shops(ctx context.Context, platform string) ([]Shop, error) {
	var shops []Shop
	return shops, t.each(ctx, "list shops", func(r *sql.Rows) error {
		var s Shop
		if err := r.Scan(&s.ID, &s.Platform, &s.Name); err != nil {
			return err
		}
		shops = append(shops, s)
		return nil
	}, `SELECT id, platform, name FROM shops WHERE platform = ? ORDER BY id`, platform)
}

// AddShop makes a shop.
func (t *Tx) AddShop(ctx context.Context, platform, name string) (Shop, error) {
	r, err := t.tx.ExecContext(ctx, `INSERT INTO shops (step, platform, name) VALUES (?, ?, ?)`, t.step, platform, name)
	if err != nil {
		return Shop{}, fmt.Errorf("add shop: %w", err)
	}
	id, err := r.LastInsertId()
	if err != nil {
		return Shop{}, fmt.Errorf("add shop: %w", err)
	}
	return Shop{id, platform, name}, nil
}

// Import is one file that was read into the book.
type Import struct {
	Step     int64
	At       crm.Moment
	User     string
	File     string
	SHA256   []byte
	Platform string
	Shop     string
	Format   string
	Report   string // JSON, of the use-case's making
	UndoneBy int64  // 0: stands
}

// RecordImport records the transaction's step as the import of a file.
func (t *Tx) RecordImport(ctx context.Context, i Import, shop int64) error {
	return t.exec(ctx, "record import", `INSERT INTO imports (step, file, sha256, shop, format, report) VALUES (?, ?, ?, ?, ?, ?)`,
		t.step, i.File, i.SHA256, shop, i.Format, i.Report)
}

// Imports returns all imports, newest first.
func (t *Tx) Imports(ctx context.Context) ([]Import, error) {
	return t.imports(ctx, "")
}

// Import returns the import that a step was, or crm.ErrNotFound.
func (t *Tx) Import(ctx context.Context, step int64) (Import, error) {
	list, err := t.imports(ctx, "WHERE i.step = ?", step)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("import: %w", crm.ErrNotFound)
	}
	if err != nil {
		return Import{}, err
	}
	return list[0], nil
}

func (t *Tx) imports(ctx context.Context, where string, args ...any) ([]Import, error) {
	var list []Import
	return list, t.each(ctx, "list imports", func(r *sql.Rows) error {
		var i Import
		var undone sql.NullInt64
		if err := r.Scan(&i.Step, &i.At, &i.User, &i.File, &i.SHA256, &i.Platform, &i.Shop, &i.Format, &i.Report, &undone); err != nil {
			return err
		}
		i.UndoneBy = undone.Int64
		list = append(list, i)
		return nil
	}, `SELECT i.step, s.at, s.user, i.file, i.sha256, coalesce(h.platform, ''), coalesce(h.name, ''), i.format, i.report, s.undone_by
		FROM imports AS i JOIN steps AS s ON s.id = i.step LEFT JOIN shops AS h ON h.id = i.shop `+where+` ORDER BY i.step DESC`, args...)
}

// ImportedElsewhere returns the shop under which a standing import took the
// same file, if that is another one than shop.
func (t *Tx) ImportedElsewhere(ctx context.Context, sha256 []byte, shop int64) (string, error) {
	var name string
	err := t.tx.QueryRowContext(ctx, `SELECT h.name FROM imports AS i JOIN steps AS s ON s.id = i.step JOIN shops AS h ON h.id = i.shop
		WHERE i.sha256 = ? AND i.shop <> ? AND s.undone_by IS NULL LIMIT 1`, sha256, shop).Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find earlier import: %w", err)
	}
	return name, nil
}

// LastShop names the shop of the platform's last import, of the same format if
// there is one; "" if there is none.
func (t *Tx) LastShop(ctx context.Context, platform, format string) (string, error) {
	var name string
	err := t.tx.QueryRowContext(ctx, `SELECT h.name FROM imports AS i JOIN shops AS h ON h.id = i.shop
		WHERE h.platform = ? ORDER BY i.format = ? DESC, i.step DESC LIMIT 1`, platform, format).Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find last shop: %w", err)
	}
	return name, nil
}

// SaveMapping keeps a column mapping under its name.
func (t *Tx) SaveMapping(ctx context.Context, name, body string) error {
	return t.exec(ctx, "save mapping", `INSERT INTO mappings (name, step, body) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET step = excluded.step, body = excluded.body WHERE body <> excluded.body`, name, t.step, body)
}

// DeleteMapping removes a column mapping, or fails with crm.ErrNotFound.
func (t *Tx) DeleteMapping(ctx context.Context, name string) error {
	n, err := t.count(ctx, "delete mapping", `DELETE FROM mappings WHERE name = ?`, name)
	if err == nil && n == 0 {
		err = fmt.Errorf("mapping: %w", crm.ErrNotFound)
	}
	return err
}

// Mappings returns the column mappings, newest first.
func (t *Tx) Mappings(ctx context.Context) ([]string, error) {
	return listOf[string](ctx, t, "list mappings", `SELECT body FROM mappings ORDER BY step DESC, name`)
}

// Stats are the shop in numbers.
type Stats struct {
	Customers              int
	CustomersWithPurchases int
	Orders                 int
	OrdersWithoutCustomer  int
	Lines                  int
	Purchases              int        // of known customers
	Money                  []crm.Sums // of known customers, by currency
}

// Stats counts the book.
func (t *Tx) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	if err := t.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM profiles), (SELECT count(*) FROM profiles WHERE purchases > 0),
		(SELECT count(*) FROM orders), (SELECT count(*) FROM orders) - (SELECT coalesce(sum(orders), 0) FROM profiles),
		(SELECT count(*) FROM lines), (SELECT coalesce(sum(purchases), 0) FROM profiles)`).
		Scan(&s.Customers, &s.CustomersWithPurchases, &s.Orders, &s.OrdersWithoutCustomer, &s.Lines, &s.Purchases); err != nil {
		return s, fmt.Errorf("count the book: %w", err)
	}
	return s, t.each(ctx, "sum money", func(r *sql.Rows) error {
		var m crm.Sums
		if err := r.Scan(&m.Currency, &m.Gross, &m.Refunded); err != nil {
			return err
		}
		s.Money = append(s.Money, m)
		return nil
	}, `SELECT currency, sum(gross), sum(refunded) FROM profile_money GROUP BY currency ORDER BY currency`)
}
