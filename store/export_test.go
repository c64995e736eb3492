package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kebu/crypto/field"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
)

// Dump renders every table but those of the journal itself, so that two states
// of a book can be compared.
func (b *Book) Dump(ctx context.Context) (string, error) {
	return dump(ctx, b, `'steps', 'writing', 'imports'`, "seen") // seen only spares work
}

// Content renders what a book says, without what it remembers of how it came
// to: no images, and no steps.
func (b *Book) Content(ctx context.Context) (string, error) {
	images, err := names(ctx, b, `SELECT name FROM sqlite_schema WHERE name LIKE '%_was' AND type = 'table'`)
	if err != nil {
		return "", err
	}
	return dump(ctx, b, `'steps', 'writing', 'imports', 'disclosures', '`+strings.Join(images, "', '")+`'`, "seen", "step")
}

func dump(ctx context.Context, b *Book, without string, columns ...string) (string, error) {
	var out strings.Builder
	tables, err := names(ctx, b, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
		AND name NOT LIKE '%_undone' AND name NOT IN (`+without+`) ORDER BY name`)
	if err != nil {
		return "", err
	}
	for _, table := range tables {
		lines, err := dumpTable(ctx, b, table, columns)
		if err != nil {
			return "", err
		}
		slices.Sort(lines)
		fmt.Fprintf(&out, "%s\n%s\n", table, strings.Join(lines, "\n"))
	}
	return out.String(), nil
}

func dumpTable(ctx context.Context, b *Book, table string, without []string) ([]string, error) {
	rows, err := b.read.QueryContext(ctx, "SELECT * FROM "+table) //nolint:gosec // a name out of the schema
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var lines []string
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		line := ""
		for i, v := range values {
			if !slices.Contains(without, columns[i]) {
				line += fmt.Sprintf(" %s=%v", columns[i], v)
			}
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}

func names(ctx context.Context, b *Book, query string) ([]string, error) {
	rows, err := b.read.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// plainRing seals the values of all plain databases.
var plainRing = sync.OnceValues(func() (*keyring.Ring, error) {
	ring, _, err := keyring.New(keyring.Options{Owner: "owner", Passphrase: []byte("viaduct-mellow-thistle-27-orbit")})
	return ring, err
})

// OpenPlain opens a plain database with the tables of a book, for comparison.
// Do not close it but with ClosePlain.
func OpenPlain(ctx context.Context, path string) (*Book, error) { return openPlain(ctx, path, "full") }

// OpenLight is OpenPlain for many small changes: it never waits for the disk.
func OpenLight(ctx context.Context, path string) (*Book, error) { return openPlain(ctx, path, "off") }

func openPlain(ctx context.Context, path, synchronous string) (*Book, error) {
	ring, err := plainRing()
	if err != nil {
		return nil, err
	}
	b := &Book{}
	b.ring.Store(ring)
	return start(ctx, b, Opening{}, func(kib int64) string {
		return "file:" + path + "?_pragma=journal_mode(wal)&_pragma=synchronous(" + synchronous + ")&_pragma=temp_store(memory)&_pragma=secure_delete(on)" +
			fmt.Sprintf("&_pragma=foreign_keys(on)&_pragma=wal_autocheckpoint(8000)&_pragma=cache_size(-%d)&_pragma=busy_timeout(10000)", kib)
	})
}

// CheckTables is Check without the file's pages.
func (b *Book) CheckTables(ctx context.Context) ([]string, error) {
	var r CheckReport
	err := b.View(ctx, func(t *Tx) error { return t.checkTables(ctx, &r) })
	return r.Problems, err
}

// DropImages ends the journal of a plain database: no change leaves an image.
func (b *Book) DropImages(ctx context.Context) error {
	triggers, err := names(ctx, b, `SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		return err
	}
	for _, name := range triggers {
		if _, err := b.write.ExecContext(ctx, "DROP TRIGGER "+name); err != nil {
			return err
		}
	}
	return nil
}

// ClosePlain closes a plain database and keeps the keys.
func (b *Book) ClosePlain() error { return b.closeDB() }

// SetBlockSize makes the blocks of firstpage.go smaller and returns what they were.
func SetBlockSize(n int64) (was int64) {
	was, blockSize = blockSize, n
	return was
}

// Ring returns the keys of who opened the book.
func (b *Book) Ring() *keyring.Ring { return b.ring.Load() }

// SealedValue is a sealed value where it stands.
type SealedValue struct {
	Class field.Class
	At    field.Place
	Value []byte
}

// SealedValues returns every sealed value of the book, as any user can read it.
func (b *Book) SealedValues(ctx context.Context) ([]SealedValue, error) {
	var list []SealedValue
	return list, b.View(ctx, func(t *Tx) error {
		for _, s := range sealedColumns {
			for _, table := range s.tables() {
				if err := t.each(ctx, "list sealed values", func(r *sql.Rows) error {
					var id, value []byte
					if err := r.Scan(&id, &value); err != nil {
						return err
					}
					list = append(list, SealedValue{s.class, place(s.table, s.column, [16]byte(id)), value})
					return nil
				}, `SELECT `+s.row()+`, `+s.column+` FROM `+table+` WHERE `+s.column+` IS NOT NULL`); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// AddUser lets a person open the book who may do all that the owner reads.
func (b *Book) AddUser(name string, pass []byte) error {
	ctx := context.Background()
	return b.Keep(ctx, func(t *Tx) error {
		return t.ChangeTeam(ctx, func(r *keyring.Ring) error {
			if err := r.DefineRole(keyring.Role{Name: "manager", Classes: field.Classes()}); err != nil {
				return err
			}
			_, err := r.AddUser(name, "manager", pass, passphrase.Params{})
			return err
		})
	})
}

// ResealUnlogged is Reseal without an entry of the log.
func (b *Book) ResealUnlogged(ctx context.Context, progress func(done, total int)) error {
	return b.Reseal(ctx, progress, func(*Tx) error { return nil })
}

// Purposes returns what people gave as reasons for looks and lists.
func (b *Book) Purposes(ctx context.Context) (list []string, err error) {
	return list, b.View(ctx, func(t *Tx) error {
		list, err = listOf[string](ctx, t, "list purposes", `SELECT purpose FROM disclosures ORDER BY step`)
		return err
	})
}

// Tamper changes a book by SQL, as who has its keys can.
func (b *Book) Tamper(ctx context.Context, query string) error {
	return b.Keep(ctx, func(t *Tx) error { return t.exec(ctx, "tamper", query) })
}

// CheckKeys returns an error if the transaction's keys are not those of the tables and the
// header.
func (t *Tx) CheckKeys(ctx context.Context) error {
	var epoch uint32
	if err := t.rowOften(ctx, []any{&epoch}, `SELECT index_epoch FROM sealing`); err != nil {
		return err
	}
	contact := keyring.ClassKey(field.Contact)
	if have, want := t.keys.Classes[field.Contact].Epoch(), t.book.ring.Load().Current(contact); epoch != t.keys.IndexEpoch || have != want {
		return fmt.Errorf("tags of epoch %d, tables of %d; contacts under %d, newest %d", t.keys.IndexEpoch, epoch, have, want)
	}
	return nil
}
