package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm"
	"kebu/crypto/keyring"
	"kebu/crypto/page"
	"kebu/store/vault"
)

// A backup is a book of its own: the same book id, users, passphrases and recovery
// sheet under another file id. It is written under a name that ends in
// UnfinishedSuffix and gets its own once every page was opened again and SQLite and
// we found nothing wrong; what a crash or a full disk leaves never has that name.

// UnfinishedSuffix ends the name of a copy that was not verified yet.
const UnfinishedSuffix = vault.UnfinishedSuffix

// ErrOtherBook means that a file is a book, but another one.
var ErrOtherBook = keyring.ErrOtherBook

// Facts are what tells a book from an earlier or a later state of it.
type Facts struct {
	Customers int
	Orders    int
	Step      int64      // the last one, 0 for none
	At        crm.Moment // when that was
}

// Facts returns those of the book.
func (t *Tx) Facts(ctx context.Context) (Facts, error) {
	var f Facts
	if err := t.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders),
		coalesce((SELECT max(id) FROM steps), 0), coalesce((SELECT at FROM steps ORDER BY id DESC LIMIT 1), 0)`).
		Scan(&f.Customers, &f.Orders, &f.Step, &f.At); err != nil {
		return f, fmt.Errorf("read facts: %w", err)
	}
	return f, nil
}

// LastStep returns the number of the last step, 0 for none.
func (t *Tx) LastStep(ctx context.Context) (int64, error) {
	var step int64
	if err := t.tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM steps`).Scan(&step); err != nil {
		return 0, fmt.Errorf("find last step: %w", err)
	}
	return step, nil
}

// Worked returns when steps after that one were made, oldest first.
func (t *Tx) Worked(ctx context.Context, after int64) ([]crm.Moment, error) {
	return listOf[crm.Moment](ctx, t, "read times of work", `SELECT at FROM steps WHERE id > ? ORDER BY id`, after)
}

// Mark is a step as a trail has it.
type Mark struct {
	Step int64
	Verb string
	At   crm.Moment
	User string
}

// Trail returns every step of the book, oldest first.
func (t *Tx) Trail(ctx context.Context) ([]Mark, error) {
	var list []Mark
	return list, t.each(ctx, "read trail", func(r *sql.Rows) error {
		var m Mark
		if err := r.Scan(&m.Step, &m.Verb, &m.At, &m.User); err != nil {
			return err
		}
		list = append(list, m)
		return nil
	}, `SELECT id, verb, at, user FROM steps ORDER BY id`)
}

// ID returns the id that the book keeps through backups and restores.
func (b *Book) ID() [16]byte { return b.ring.Load().BookID() }

// Path returns where the book is, without symbolic links.
func (b *Book) Path() string { return b.file.Path() }

// IDOf returns the id of the book that a file says it is of, open or not, with no
// key: who can write the file can make it say so. It fails with ErrNotBook,
// ErrNewer or ErrDamaged.
func IDOf(path string) ([16]byte, error) {
	h, err := headerAt(path)
	if err != nil {
		return [16]byte{}, err
	}
	return h.BookID(), nil
}

// RemoveCopy removes a backup, or what is left of one, that nobody has open.
func RemoveCopy(path string) error { return explain(vault.Remove(path)) }

// LooksWhole reports whether the file at path is of this book, opens with the keys
// at hand and was not cut. That is a look, which takes a millisecond: Rehearse
// reads all of it. It fails with ErrOtherBook, ErrNotBook, ErrNewer or ErrDamaged.
func (b *Book) LooksWhole(path string) (bool, error) {
	_, keys, err := b.like(path)
	if err != nil {
		return false, err
	}
	return vault.Whole(path, keys)
}

// like opens the header of another file of the book.
func (b *Book) like(path string) (*keyring.Ring, *page.Keys, error) {
	h, err := headerAt(path)
	if err != nil {
		return nil, nil, err
	}
	b.rings.Lock() // Close wipes the keys
	ring, err := h.OpenLike(b.ring.Load())
	b.rings.Unlock()
	if err != nil {
		return nil, nil, explain(err)
	}
	keys, err := pageKeys(ring)
	return ring, keys, err
}

func pageKeys(ring *keyring.Ring) (*page.Keys, error) {
	pages, err := ring.Secrets(keyring.BookKey)
	if err != nil {
		return nil, fmt.Errorf("take page keys: %w", err)
	}
	keys, err := page.NewKeys(ring.FileID(), pages)
	if err != nil {
		return nil, fmt.Errorf("make page keys: %w", err)
	}
	return keys, nil
}

// Backup copies the book as it now stands to a file of that name, which nothing
// has yet, verified and so that it lasts. Others read and write meanwhile. It fails
// with ErrDamaged if the book or the copy has a fault, with fs.ErrExist, or with the
// errors of store/vault; then there is no such file. Progress is told pages, those
// that are written and those that are checked.
func (b *Book) Backup(ctx context.Context, path string, progress func(done, total int)) (Facts, error) {
	s, err := b.snapshot(ctx)
	if err != nil {
		return Facts{}, explain(err)
	}
	defer s.end()
	c := copying{ring: s.ring, progress: halves(progress)}
	return c.to(ctx, path, s.pages)
}

// Rehearse restores a backup of the book into a file of that name, checks it whole
// and removes it. It returns what the backup holds.
func (b *Book) Rehearse(ctx context.Context, backup, scratch string, progress func(done, total int)) (Facts, error) {
	ring, keys, err := b.like(backup)
	if err != nil {
		return Facts{}, err
	}
	copied, err := restored(ctx, ring, keys, backup, scratch, progress)
	if err != nil {
		return Facts{}, err
	}
	defer func() { _ = vault.Remove(scratch) }()
	facts, err := copied.facts(ctx)
	return facts, errors.Join(err, copied.Close())
}

// create makes a file under the ring of a copy and fills it.
func create(path string, ring *keyring.Ring, fill func(*vault.Filler) error) (*vault.File, error) {
	header, err := ring.Image()
	if err != nil {
		return nil, fmt.Errorf("make header: %w", err)
	}
	keys, err := pageKeys(ring)
	if err != nil {
		return nil, err
	}
	file, err := vault.Create(path, header)
	if err != nil {
		return nil, explain(err)
	}
	filler := file.Fill(keys)
	if err = fill(filler); err == nil {
		err = filler.Finish()
	}
	if err == nil {
		err = file.Attach(keys)
	}
	if err != nil {
		return nil, errors.Join(explain(err), file.Close(), vault.Remove(path))
	}
	return file, nil
}

// copying makes a backup.
type copying struct {
	ring     *keyring.Ring
	progress func(done, total int)
}

// to writes the copy, verifies it and gives it its name.
func (c copying) to(ctx context.Context, path string, pages func(context.Context, func(done, total int), func(uint32, []byte) error) error) (Facts, error) {
	unfinished := path + UnfinishedSuffix
	fork := c.ring.Fork()
	defer fork.Wipe()
	file, err := create(unfinished, fork, func(fill *vault.Filler) error { return pages(ctx, c.progress, fill.Add) })
	if err != nil {
		return Facts{}, err
	}
	facts, err := c.verify(ctx, file)
	if err = errors.Join(err, file.Close()); err == nil {
		err = vault.Rename(unfinished, path)
	}
	if err != nil {
		return Facts{}, errors.Join(explain(err), vault.Remove(unfinished))
	}
	return facts, nil
}

// copyCacheKiB is the page cache of a connection that reads or checks a copy.
const copyCacheKiB = 8 << 10

// snapshot is the book as one transaction sees it, by a connection of its own: it reads
// every page once, and those that others need stay in their caches.
type snapshot struct {
	ring  *keyring.Ring
	db    *sql.DB
	tx    *sql.Tx
	total int // pages
}

func (b *Book) snapshot(ctx context.Context) (*snapshot, error) {
	b.rings.Lock() // a ring goes with its pages
	defer b.rings.Unlock()
	s := &snapshot{ring: b.ring.Load()}
	var err error
	if s.db, err = sql.Open("sqlite", b.file.DSN(fmt.Sprintf("cache_size(-%d)", copyCacheKiB))); err != nil {
		return nil, fmt.Errorf("open tables: %w", err)
	}
	if s.tx, err = s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, errors.Join(fmt.Errorf("begin reading: %w", err), s.db.Close())
	}
	if err := s.tx.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&s.total); err != nil { // from here on nothing changes
		s.end()
		return nil, fmt.Errorf("count pages: %w", err)
	}
	return s, nil
}

func (s *snapshot) end() {
	_ = s.tx.Rollback()
	_ = s.db.Close()
}

// pages gives each page.
func (s *snapshot) pages(ctx context.Context, progress func(done, total int), each func(uint32, []byte) error) error {
	rows, err := s.tx.QueryContext(ctx, `SELECT pgno, data FROM sqlite_dbpage ORDER BY pgno`)
	if err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var number uint32
	var plain sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&number, &plain); err != nil {
			return fmt.Errorf("read pages: %w", err)
		}
		if err := each(number, plain); err != nil {
			return err
		}
		if number%pagesTold == 0 {
			progress(int(number), s.total)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	return nil
}

// pagesTold is after how many pages progress is told.
const pagesTold = 64

// verify opens the header of a copy, authenticates every page, has SQLite check its
// structures and looks for rows that cannot be. That the pages are those of the book
// needs no proof: each was sealed as it was read.
func (c copying) verify(ctx context.Context, file *vault.File) (Facts, error) {
	header, err := readHeader(file)
	if err != nil {
		return Facts{}, err
	}
	if _, err := header.OpenLike(c.ring); err != nil {
		return Facts{}, fmt.Errorf("verify copy: %w", err)
	}
	_, bad, err := file.CheckPages(ctx, again(c.progress))
	if err != nil {
		return Facts{}, fmt.Errorf("verify copy: %w", err)
	}
	if len(bad) > 0 {
		return Facts{}, fmt.Errorf("verify copy: %d pages do not open: %w", len(bad), ErrDamaged)
	}
	db, err := sql.Open("sqlite", file.DSN(fmt.Sprintf("cache_size(-%d)", copyCacheKiB)))
	if err != nil {
		return Facts{}, fmt.Errorf("verify copy: %w", err)
	}
	copied := &Book{file: file, read: db}
	copied.keys.Store(&Keys{})
	var facts Facts
	err = copied.View(ctx, func(t *Tx) error {
		report := CheckReport{}
		if err := t.checkCopy(ctx, &report); err != nil {
			return err
		}
		if len(report.Problems) > 0 {
			return fmt.Errorf("%s: %w", report.Problems[0], ErrDamaged)
		}
		facts, err = t.Facts(ctx)
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return Facts{}, fmt.Errorf("verify copy: %w", err)
	}
	return facts, nil
}

func (b *Book) facts(ctx context.Context) (Facts, error) {
	var f Facts
	return f, b.View(ctx, func(t *Tx) error {
		var err error
		f, err = t.Facts(ctx)
		return err
	})
}

// halves makes the progress of two passes over the same pages one: the first is its
// first half, and again makes of it the second. A nil one is told nothing.
func halves(progress func(done, total int)) func(done, total int) {
	if progress == nil {
		return func(int, int) {}
	}
	return func(done, total int) { progress(done, 2*total) }
}

func again(half func(done, total int)) func(done, total int) {
	return func(done, total int) { half(total+done, total) }
}
