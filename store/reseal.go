package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"

	"kebu/crypto/blindindex"
	"kebu/crypto/field"
	"kebu/crypto/keyring"
)

// A user who lost a key may have kept it. Reseal puts what the book holds under
// the keys that came after: tags, values, then pages. Each part is one transaction
// and does nothing when done again, so that a crash leaves the rest for later; the
// old keys go last, when nothing needs them.

// Stale reports whether something in the book is under a key that has a newer one.
func (b *Book) Stale() bool {
	ring := b.ring.Load()
	if keys := b.keys.Load(); keys.Index != nil && keys.IndexEpoch < ring.Current(keyring.IndexKey) {
		return true
	}
	return slices.ContainsFunc(resealed(), func(k keyring.Key) bool { return len(ring.Epochs(k)) > 1 })
}

// resealed lists the keys whose old epochs go.
func resealed() []keyring.Key {
	keys := []keyring.Key{keyring.BookKey}
	for _, c := range field.Classes() {
		keys = append(keys, keyring.ClassKey(c))
	}
	return keys
}

// ErrBusy means that a reader kept old pages in use.
var ErrBusy = errors.New("the book is in use")

// Reseal seals all under the newest keys and forgets the others, in a transaction in
// which record tells of it. Only the owner can. Progress, if not nil, is told the parts done and in all. Other verbs go on
// meanwhile, those that change wait for one part at a time; a key that changes then
// leaves the book stale, to be sealed once more.
func (b *Book) Reseal(ctx context.Context, progress func(done, total int), record func(*Tx) error) error {
	b.resealing.Lock()
	defer b.resealing.Unlock()
	if !b.Stale() {
		return nil
	}
	ring := b.ring.Load() // under its keys, or newer ones, all will be
	parts, err := b.resealParts(ctx)
	if err != nil {
		return b.explain(err)
	}
	for i, part := range parts {
		if progress != nil {
			progress(i, len(parts)+1)
		}
		if err := part(ctx); err != nil {
			return b.explain(err)
		}
	}
	if err := b.resealPages(ctx); err != nil {
		return b.explain(err)
	}
	return b.Keep(ctx, func(t *Tx) error {
		if err := record(t); err != nil {
			return err
		}
		return t.ChangeTeam(ctx, func(r *keyring.Ring) error {
			for _, k := range resealed() {
				if err := r.Retire(k, ring.Current(k)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (b *Book) resealParts(ctx context.Context) ([]func(context.Context) error, error) {
	var tables []string
	if err := b.View(ctx, func(t *Tx) (err error) {
		tables, err = listOf[string](ctx, t, "list tables", `SELECT name FROM sqlite_schema WHERE type = 'table'`)
		return err
	}); err != nil {
		return nil, err
	}
	parts := []func(context.Context) error{func(ctx context.Context) error { return b.advanceTags(ctx, tables) }}
	for _, s := range sealedColumns {
		for _, table := range s.tables() {
			parts = append(parts, func(ctx context.Context) error { return b.resealColumn(ctx, s, table) })
		}
	}
	return parts, nil
}

// tagColumns hold tags, one behind the other, in whichever table they stand.
var tagColumns = []string{"print", "token", "seen"}

// advanceTags moves all tags to the newest epoch of the index key, in one
// transaction: a tag does not say to which it belongs.
func (b *Book) advanceTags(ctx context.Context, tables []string) error {
	ring := b.ring.Load()
	newest, was := ring.Current(keyring.IndexKey), b.keys.Load().IndexEpoch
	if was >= newest {
		return nil
	}
	index, err := ring.Index(0)
	if err != nil {
		return fmt.Errorf("advance tags: %w", err)
	}
	done := slices.Index(ring.Epochs(keyring.IndexKey), was) + 1
	f, release := lend(func(tags []byte, _ []byte) ([]byte, error) { return advance(index, tags, done) })
	defer release()
	return b.inPlace(ctx, func(t *Tx) error {
		for _, table := range tables {
			columns, err := listOf[string](ctx, t, "list columns", `SELECT name FROM pragma_table_info(?)`, table)
			if err != nil {
				return err
			}
			for _, c := range columns {
				if !slices.Contains(tagColumns, c) {
					continue
				}
				if err := t.exec(ctx, "advance tags of "+table, `UPDATE `+table+` SET `+c+` = `+lent+`(?, `+c+`, NULL) WHERE `+c+` IS NOT NULL`, f); err != nil {
					return err
				}
			}
		}
		t.index = newest
		return t.exec(ctx, "advance tags", `UPDATE sealing SET index_epoch = ?`, newest)
	})
}

// advance moves tags that stand one behind the other.
func advance(index *blindindex.Index, tags []byte, done int) ([]byte, error) {
	if len(tags)%blindindex.TagSize != 0 {
		return nil, fmt.Errorf("tags of %d bytes: %w", len(tags), ErrDamaged)
	}
	moved := make([]byte, 0, len(tags))
	for t := range slices.Chunk(tags, blindindex.TagSize) {
		next := index.Advance(blindindex.Tag(t), done)
		moved = append(moved, next[:]...)
	}
	return moved, nil
}

// resealColumn seals the values of a column of a table under the newest key of
// their class.
func (b *Book) resealColumn(ctx context.Context, s sealedColumn, table string) error {
	var keys *field.Keys // those of the transaction
	var plain []byte
	f, release := lend(func(sealed, id []byte) ([]byte, error) {
		h, err := field.Inspect(sealed)
		if err != nil || h.Epoch == keys.Epoch() && !h.Inbox {
			return sealed, err
		}
		at := place(s.table, s.column, [16]byte(id))
		if plain, err = keys.Open(plain[:0], sealed, at); err != nil {
			return nil, err
		}
		defer clear(plain)
		return keys.Seal(nil, plain, at), nil
	})
	defer release()
	return b.inPlace(ctx, func(t *Tx) error {
		if keys = t.keys.Classes[s.class]; keys == nil {
			return fmt.Errorf("reseal %s: %w", s.class, keyring.ErrNoKey)
		}
		return t.exec(ctx, "reseal "+table, `UPDATE `+table+` SET `+s.column+` = `+lent+`(?, `+s.column+`, `+s.row()+`) WHERE `+s.column+` IS NOT NULL`, f)
	})
}

// inPlace changes rows in place: nobody takes that back, and the log says the same.
func (b *Book) inPlace(ctx context.Context, fn func(*Tx) error) error {
	return b.Keep(ctx, func(t *Tx) error {
		return t.withoutImages(ctx, func() error {
			if err := t.exec(ctx, "seal anew", `UPDATE sealing SET anew = 1`); err != nil {
				return err
			}
			if err := fn(t); err != nil {
				return err
			}
			return t.exec(ctx, "seal anew", `UPDATE sealing SET anew = 0`)
		})
	})
}

// pageBatch is how many pages are written at once.
const pageBatch = 2000

// resealPages writes every page that is under an older book key again, as SQLite
// writes any page, so that a crash spoils none.
func (b *Book) resealPages(ctx context.Context) error {
	newest := b.ring.Load().Current(keyring.BookKey)
	for range 3 { // what was in use when first looked at
		if err := b.Checkpoint(ctx); err != nil {
			return err
		}
		behind, err := b.file.Behind(ctx, newest)
		if err != nil || len(behind) == 0 {
			return err
		}
		if err := b.rewrite(ctx, behind); err != nil {
			return err
		}
	}
	return ErrBusy
}

// rewrite writes pages as they are, while nobody else writes.
func (b *Book) rewrite(ctx context.Context, pages []uint32) (failed error) {
	only, err := b.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reseal pages: %w", err)
	}
	defer func() { failed = errors.Join(failed, only.Close()) }()
	db, err := sql.Open("sqlite", b.file.PagesDSN())
	if err != nil {
		return fmt.Errorf("reseal pages: %w", err)
	}
	defer func() { failed = errors.Join(failed, db.Close()) }()
	for batch := range slices.Chunk(pages, pageBatch) {
		list, err := json.Marshal(batch)
		if err != nil {
			return fmt.Errorf("reseal pages: %w", err)
		}
		if _, err := db.ExecContext(ctx, `UPDATE sqlite_dbpage SET data = data WHERE pgno IN (SELECT value FROM json_each(?))`, string(list)); err != nil {
			return fmt.Errorf("reseal pages: %w", err)
		}
	}
	return nil
}

// lent is the SQL function that calls what lend was given, with two blobs.
const lent = "kebu_lent"

var (
	loans    sync.Map // int64 -> func(value, id []byte) ([]byte, error)
	lastLoan atomic.Int64
)

// lend lets SQL call f by a number until it is released.
func lend(f func(value, id []byte) ([]byte, error)) (number int64, release func()) {
	number = lastLoan.Add(1)
	loans.Store(number, f)
	return number, func() { loans.Delete(number) }
}

func init() {
	sqlite.MustRegisterScalarFunction(lent, 3, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		number, _ := args[0].(int64)
		f, ok := loans.Load(number)
		if !ok {
			return nil, errors.New("function is not lent")
		}
		value, _ := args[1].([]byte)
		id, _ := args[2].([]byte)
		return f.(func(value, id []byte) ([]byte, error))(value, id) //nolint:errcheck,forcetypeassert // loans holds nothing else
	})
}

// row is the id under which a value is sealed.
func (s sealedColumn) row() string {
	if s.numbered {
		return `unhex(printf('%032x', n))`
	}
	return "id"
}

// tables lists where values of the column stand: of rows, their images, and those
// kept for redo.
func (s sealedColumn) tables() []string {
	list := []string{s.table}
	if s.undone {
		list = append(list, s.table+"_undone")
	}
	if s.images {
		list = append(list, s.table+"_was")
	}
	return list
}
