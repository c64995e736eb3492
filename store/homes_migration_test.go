package store

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
)

// TestWhatWasWrittenBeforeHomesStaysWithItsCustomer brings a book up to date in
// which a customer refused and then took in another whose buyer came first.
func TestWhatWasWrittenBeforeHomesStaysWithItsCustomer(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{write: db}
	defer func() { _ = b.closeDB() }()
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	const before = 10
	for n, name := range files {
		if n == before {
			if _, err := db.ExecContext(t.Context(), `
				INSERT INTO customers (num, id, step) VALUES (2, randomblob(16), 1);
				INSERT INTO buyers (num, id, print, step, customer, platform, account, nick, name_mask, phone_mask, email_mask) VALUES
					(1, randomblob(16), x'01', 3, 2, 'taobao', 'x', '', '', '', ''), (2, randomblob(16), x'02', 1, 2, 'taobao', 'y', '', '', '', '');
				INSERT INTO buyers_was (by_step, num, step, customer) VALUES (3, 1, 1, 1);
				INSERT INTO refusals (customer, step) VALUES (2, 2);
				INSERT INTO tags (customer, folded, step, tag) VALUES (2, 'vip', 2, 'VIP');
				INSERT INTO notes (id, step, customer, at, user, body) VALUES (randomblob(16), 2, 2, 0, 'owner', x'00');
				INSERT INTO fields (id, step, customer, name, body) VALUES (randomblob(16), 2, 2, 'size', x'00')`); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.apply(t.Context(), name, n+1); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range written {
		var home int64
		if err := db.QueryRowContext(t.Context(), `SELECT home FROM `+w.name).Scan(&home); err != nil {
			t.Fatal(err)
		}
		if home != 2 {
			t.Errorf("%s: the home is buyer %d, want 2", w.name, home)
		}
	}
}
