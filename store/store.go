// Package store keeps a book: SQL and the sealing of values, by groups of
// tables. Use-cases reach it through app/gate, in transactions.
//
// A book is one SQLite file under store/vault. Personal values stand in it
// sealed by class (crypto/field) beside their masks; of buyer accounts and
// nicks only those stand plain that are no phone and no e-mail. What changes
// leaves before-images, by which every step can be taken back.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kebu/crypto/field"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store/vault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// readers is how many connections read beside the one that writes.
const readers = 4

// What keeps a book from being opened, beside the errors of store/vault.
var (
	// ErrNewer means that a newer program made or changed the book.
	ErrNewer = errors.New("book of a newer version")
	// ErrNotBook means that the file is no book.
	ErrNotBook = errors.New("not a book")
	// ErrDamaged means that the book's bytes are not what was written.
	ErrDamaged = errors.New("the book is damaged")
)

// Book is an open book and the keys of the user who opened it.
type Book struct {
	file      *vault.File
	rings     sync.Mutex // held while the ring is changed, copied from or wiped
	resealing sync.Mutex // held while all is sealed anew
	ring      atomic.Pointer[keyring.Ring]
	keys      atomic.Pointer[Keys]
	end       atomic.Pointer[logEnd]
	mended    bool    // the header, when the book was opened
	write     *sql.DB // one connection
	steady    map[string]*sql.Stmt
	read      *sql.DB

	refOnce sync.Once
	refText string
}

// Create makes a new book, under the shop's name of the settings, and returns
// the code of its recovery sheet. It never writes over a file.
func Create(ctx context.Context, name string, o keyring.Options, settings Settings) (keyring.RecoveryCode, error) {
	ring, code, err := keyring.New(o)
	if err != nil {
		return code, fmt.Errorf("make keys: %w", err)
	}
	defer ring.Wipe()
	header, err := ring.Image()
	if err != nil {
		return code, fmt.Errorf("make header: %w", err)
	}
	file, err := vault.Create(name, header)
	if err != nil {
		return code, fmt.Errorf("create book: %w", err)
	}
	book, err := open(ctx, file, ring, Opening{})
	if err != nil {
		return code, errors.Join(err, file.Close(), vault.Remove(name))
	}
	if err := book.Keep(ctx, func(t *Tx) error { return errors.Join(t.firstSettings(ctx, settings), t.knowHeader(ctx, ring)) }); err != nil {
		return code, errors.Join(err, book.Close(), vault.Remove(name))
	}
	return code, book.Close()
}

// Opening is how a book is opened; the zero value will do.
type Opening struct {
	// Migrating, if not nil, is called before the tables of an older version are
	// changed, with a book that can do nothing but Backup. If it fails, nothing is.
	Migrating func(context.Context, *Book) error
	// Migrated, if not nil, is called after that, before anything else is done with the
	// book.
	Migrated func(context.Context, *Book)
}

// Open opens a book as the user of that name, the owner for "".
func Open(ctx context.Context, name, user string, pass []byte) (*Book, error) {
	return OpenWith(ctx, name, user, pass, Opening{})
}

// OpenWith is Open in a certain way.
func OpenWith(ctx context.Context, name, user string, pass []byte, how Opening) (*Book, error) {
	file, err := vault.OpenFile(name)
	if err != nil {
		return nil, fmt.Errorf("open book: %w", explain(err))
	}
	return unlocked(ctx, file, how, func(h *keyring.Header) (*keyring.Ring, error) { return h.Unlock(user, pass) })
}

// Users returns whom the header of a file names, for a person to choose from. It is
// only read, open or not, and not yet known to be whole: that only a passphrase proves.
func Users(path string) ([]keyring.User, error) {
	h, err := headerAt(path)
	if err != nil {
		return nil, err
	}
	return h.Users(), nil
}

// Recover gives the owner of a book a new passphrase by the code of the recovery
// sheet, in the transaction in which record tells of it. The sheet stays good.
func Recover(ctx context.Context, name string, code keyring.RecoveryCode, pass []byte, cost passphrase.Params, how Opening, record func(*Tx) error) (failed error) {
	file, err := vault.OpenFile(name)
	if err != nil {
		return fmt.Errorf("open book: %w", explain(err))
	}
	book, err := unlocked(ctx, file, how, func(h *keyring.Header) (*keyring.Ring, error) { return h.Recover(code) })
	if err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, book.Close()) }()
	return book.Keep(ctx, func(t *Tx) error {
		if err := record(t); err != nil {
			return err
		}
		return t.ChangeTeam(ctx, func(r *keyring.Ring) error { return r.SetPassphrase(pass, cost) })
	})
}

// open attaches the keys of ring to file and brings the tables up to date.
func open(ctx context.Context, file *vault.File, ring *keyring.Ring, how Opening) (*Book, error) {
	pages, err := pageKeys(ring)
	if err != nil {
		return nil, err
	}
	if err := file.Attach(pages); err != nil {
		return nil, fmt.Errorf("attach keys: %w", err)
	}
	if err := file.CheckLog(); err != nil {
		return nil, fmt.Errorf("check log: %w", err)
	}
	b := &Book{file: file}
	b.ring.Store(ring)
	if b, err = start(ctx, b, how, func(kib int64) string { return file.DSN(fmt.Sprintf("cache_size(-%d)", kib)) }); err != nil {
		return nil, err
	}
	return b, nil
}

// cacheKiB is the page cache of a connection: enough for the profiles of 200,000
// customers, and little enough for an import of half a million lines to stay below
// 300 MB. One that reads has as much as the profiles take, up to maxCacheKiB: a rule
// over a million customers then takes half as long.
const (
	cacheKiB     = 32 << 10
	maxCacheKiB  = 256 << 10
	profileBytes = 160 // of one, about
)

// start opens the connections of a book; dsn names it with a page cache.
func start(ctx context.Context, b *Book, how Opening, dsn func(kib int64) string) (*Book, error) {
	var err error
	var migrated bool
	if b.write, err = sql.Open("sqlite", dsn(cacheKiB)+"&_txlock=immediate"); err != nil {
		return nil, fmt.Errorf("open tables: %w", err)
	}
	b.write.SetMaxOpenConns(1)
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) (err error) { migrated, err = b.migrate(ctx, how); return err },
		b.keepSteady,
		b.takeKeys,
		b.remakeProfiles,
		func(ctx context.Context) error { return b.startReaders(ctx, dsn) },
		b.removeUnfinished,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(b.explain(err), b.closeDB())
		}
	}
	if migrated && how.Migrated != nil {
		how.Migrated(ctx, b)
	}
	return b, nil
}

func (b *Book) startReaders(ctx context.Context, dsn func(kib int64) string) (err error) {
	var customers int64
	// If this page is damaged, who needs it says so.
	_ = b.write.QueryRowContext(ctx, `SELECT coalesce(max(customer), 0) FROM profiles`).Scan(&customers)
	if b.read, err = sql.Open("sqlite", dsn(min(max(cacheKiB, customers*profileBytes>>10), maxCacheKiB))); err != nil {
		return fmt.Errorf("open tables: %w", err)
	}
	b.read.SetMaxOpenConns(readers)
	b.read.SetMaxIdleConns(readers)
	b.read.SetConnMaxIdleTime(time.Minute) // and with it goes its cache
	return nil
}

// valueKeys takes from ring what its user may open, and the index as of an epoch.
func valueKeys(ring *keyring.Ring, indexEpoch uint32) (*Keys, error) {
	k := &Keys{Classes: make(map[field.Class]*field.Keys), IndexEpoch: indexEpoch, inboxes: make(map[field.Class]*field.Inbox)}
	for _, c := range field.Classes() {
		var err error
		if k.inboxes[c], err = ring.Inbox(c); err != nil {
			return nil, fmt.Errorf("take public key of %s: %w", c, err)
		}
		keys, err := ring.Class(c)
		if errors.Is(err, keyring.ErrNoKey) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("take keys of %s: %w", c, err)
		}
		k.Classes[c] = keys
	}
	index, err := ring.Index(indexEpoch)
	if err != nil && !errors.Is(err, keyring.ErrNoKey) {
		return nil, fmt.Errorf("take index key: %w", err)
	}
	k.Index = index
	return k, nil
}

// Checkpoint moves what was written into the book itself, so that the file
// alone holds it.
func (b *Book) Checkpoint(ctx context.Context) error {
	var busy, log, moved int
	if err := b.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &moved); err != nil {
		return fmt.Errorf("checkpoint: %w", b.explain(err))
	}
	return nil
}

// Close closes the book; what it holds is in its one file then.
func (b *Book) Close() error {
	err := b.closeDB()
	b.rings.Lock()
	if ring := b.ring.Load(); ring.Uneven() {
		_ = ring.Save(b.file.WriteHeaderCopy) // else who opens the book next does
	}
	b.ring.Load().Wipe()
	b.rings.Unlock()
	return errors.Join(err, b.file.Close())
}

func (b *Book) closeDB() error {
	if b.read == nil {
		return b.write.Close()
	}
	return errors.Join(b.read.Close(), b.write.Close())
}

// migrate brings the tables to the newest version, each step in one
// transaction with its number. It reports whether they were of an older one.
func (b *Book) migrate(ctx context.Context, how Opening) (older bool, _ error) {
	files, err := migrationFiles()
	if err != nil {
		return false, err
	}
	var version int
	if err := b.write.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return false, fmt.Errorf("read version: %w", err)
	}
	if version > len(files) {
		return false, ErrNewer
	}
	older = version > 0 && version < len(files)
	if older && how.Migrating != nil {
		if err := how.Migrating(ctx, b); err != nil {
			return older, fmt.Errorf("before migrating: %w", err)
		}
	}
	for n, name := range files[version:] {
		if err := b.apply(ctx, name, version+n+1); err != nil {
			return older, fmt.Errorf("migrate to %s: %w", path.Base(name), err)
		}
	}
	return older, nil
}

// migrationFiles returns the steps from an empty file to the newest version.
func migrationFiles() ([]string, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	slices.Sort(files)
	return files, nil
}

func (b *Book) apply(ctx context.Context, name string, version int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	tx, err := b.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version)); err != nil {
		return err
	}
	return tx.Commit()
}

// explain adds to an error what it means for a book.
func (b *Book) explain(err error) error { return explain(err) }

func explain(err error) error {
	err = vault.Explain(err)
	for _, k := range []struct {
		is    []error
		means error
	}{
		{[]error{vault.ErrNotBook, keyring.ErrNotBook}, ErrNotBook},
		{[]error{keyring.ErrNewerFormat}, ErrNewer},
		{[]error{vault.ErrDamaged, vault.ErrKeys, keyring.ErrDamaged, field.ErrSealed}, ErrDamaged},
	} {
		for _, is := range k.is {
			if errors.Is(err, is) && !errors.Is(err, k.means) {
				return fmt.Errorf("%w: %w", k.means, err)
			}
		}
	}
	return err
}
