package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store/vault"
)

// The header stands before the pages that transactions write, in two copies. A change
// of it goes with one: the transaction keeps the digest of the new header, one copy is
// written before it commits and the other after. Cut off between, the copies say
// different things, and the digest in the pages says which of them holds.

func headerAt(path string) (*keyring.Header, error) {
	data, err := vault.ReadHeader(path)
	if err != nil {
		return nil, fmt.Errorf("read header: %w", explain(err))
	}
	return parse(data)
}

func readHeader(file *vault.File) (*keyring.Header, error) {
	data, err := file.Header()
	if err != nil {
		return nil, fmt.Errorf("read header: %w", explain(err))
	}
	return parse(data)
}

func parse(data []byte) (*keyring.Header, error) {
	h, err := keyring.Parse(data[:keyring.CopySize], data[keyring.CopySize:])
	if err != nil {
		return nil, fmt.Errorf("read header: %w", explain(err))
	}
	return h, nil
}

// refuseEmpty fails with ErrDamaged for a book cut down to its header, in which
// the migrations would silently begin a new one. What is no book at all is left
// to unlock.
func refuseEmpty(file *vault.File) error {
	empty, err := file.Empty()
	if err != nil {
		return fmt.Errorf("open book: %w", err)
	}
	if empty {
		return fmt.Errorf("open book: no pages: %w", ErrDamaged)
	}
	return nil
}

// unlocked opens a book, whose header unlock opens. If it fails, the file is closed.
func unlocked(ctx context.Context, file *vault.File, how Opening, unlock func(*keyring.Header) (*keyring.Ring, error)) (*Book, error) {
	ring, err := held(ctx, file, unlock)
	if err != nil {
		return nil, errors.Join(explain(err), file.Close())
	}
	b, err := open(ctx, file, ring, how)
	if err != nil {
		ring.Wipe()
		return nil, errors.Join(explain(err), file.Close())
	}
	if ring.Uneven() { // if it cannot be written now, the next time
		torn := ring.Torn()
		b.mended = ring.Save(file.WriteHeaderCopy) == nil && torn
	}
	return b, nil
}

// held opens the header of a file that holds: where the copies say different things, the
// one that the tables know, which either copy's keys may open, or else the newer.
func held(ctx context.Context, file *vault.File, unlock func(*keyring.Header) (*keyring.Ring, error)) (*keyring.Ring, error) {
	if err := refuseEmpty(file); err != nil {
		return nil, err
	}
	newer, err := readHeader(file)
	if err != nil {
		return nil, err
	}
	older := newer.Other()
	if older == nil {
		return unlock(newer)
	}
	at := newer
	ring, digest, err := knownHeader(ctx, file, newer, unlock)
	if err != nil {
		var e error
		if ring, digest, e = knownHeader(ctx, file, older, unlock); e != nil {
			return nil, err
		}
		at = older
	}
	holds := newer
	if of := older.Digest(); bytes.Equal(digest, of[:]) {
		holds = older
	}
	if holds == at {
		return ring, nil
	}
	ring.Wipe()
	return unlock(holds)
}

// knownHeader opens a header, and by its keys what the tables say the header is: the
// digest, nil if they say nothing.
func knownHeader(ctx context.Context, file *vault.File, h *keyring.Header, unlock func(*keyring.Header) (*keyring.Ring, error)) (*keyring.Ring, []byte, error) {
	ring, err := unlock(h)
	if err != nil {
		return nil, nil, err
	}
	digest, err := knownTo(ctx, file, ring)
	if err != nil {
		ring.Wipe()
		return nil, nil, fmt.Errorf("find known header: %w", err)
	}
	return ring, digest, nil
}

// knownTo reads the digest with the keys of ring. Nothing in the file changes.
func knownTo(ctx context.Context, file *vault.File, ring *keyring.Ring) (digest []byte, failed error) {
	keys, err := pageKeys(ring)
	if err != nil {
		return nil, err
	}
	if err := file.Attach(keys); err != nil {
		return nil, err
	}
	return digest, file.Frozen(func() error {
		db, err := sql.Open("sqlite", file.DSN())
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }() // which cannot put the log into the book
		var has bool
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info('sealing') WHERE name = 'header'`).Scan(&has); err != nil || !has {
			return err
		}
		return db.QueryRowContext(ctx, selectHeader).Scan(&digest)
	})
}

// knows reports whether the tables say that the header is h.
func (b *Book) knows(ctx context.Context, h *keyring.Header) bool {
	var digest []byte
	of := h.Digest()
	return b.write.QueryRowContext(ctx, selectHeader).Scan(&digest) == nil && bytes.Equal(digest, of[:])
}

// ChangeTeam lets edit change who may open the book and what they hold, when the
// transaction commits. Values that come after are sealed under new keys; what is older
// stays under the former ones until [Book.Reseal]. What edit returns is returned, and
// nothing changes then.
func (t *Tx) ChangeTeam(ctx context.Context, edit func(*keyring.Ring) error) error {
	ring := t.ring
	if ring == nil {
		ring = t.book.ring.Load()
	}
	t.book.rings.Lock() // Close wipes the keys
	ring = ring.Clone()
	t.book.rings.Unlock()
	if err := edit(ring); err != nil {
		return err
	}
	t.ring = ring
	return t.knowHeader(ctx, ring)
}

// ChangePassphrase puts the user's slot under a new passphrase, or fails with
// keyring.ErrPassphrase if old is not the user's. Nothing is sealed anew: an older
// copy of the file opens with the old one still.
func (t *Tx) ChangePassphrase(ctx context.Context, old, pass []byte, cost passphrase.Params) error {
	return t.ChangeTeam(ctx, func(r *keyring.Ring) error { return r.ChangePassphrase(old, pass, cost) })
}

// commit commits the transaction, and with it the header that it made.
func (t *Tx) commit() error {
	if t.ring == nil {
		return t.tx.Commit()
	}
	b := t.book
	b.rings.Lock()
	defer b.rings.Unlock()
	if err := t.ring.Begin(b.file.WriteHeaderCopy); err != nil {
		return err
	}
	if err := t.tx.Commit(); err != nil {
		return err
	}
	_ = t.ring.Save(b.file.WriteHeaderCopy) // else Close does, or who opens the book next
	return b.useRing(t.ring)
}

// knowHeader says that the log knows of the header.
func (t *Tx) knowHeader(ctx context.Context, ring *keyring.Ring) error {
	digest := ring.Digest()
	return t.exec(ctx, "know header", `UPDATE sealing SET header = ?`, digest[:])
}

const selectHeader = `SELECT header FROM sealing`

// LogFound adds that the header was found, at a time, to be another than the log knows
// of, and who can open the book now, and reports whether it was: somebody put a header
// of another day there.
func (t *Tx) LogFound(ctx context.Context, at crm.Moment) (found bool, err error) {
	var known []byte
	if err := t.rowOften(ctx, []any{&known}, selectHeader); err != nil {
		return false, fmt.Errorf("find known header: %w", err)
	}
	ring := t.book.ring.Load()
	digest := ring.Digest()
	if bytes.Equal(known, digest[:]) {
		return false, nil
	}
	if found = known != nil; found {
		m := &Matter{}
		for _, u := range ring.Users() {
			if !u.Disabled {
				m.changes = append(m.changes, LoggedChange{What: "user", Name: u.Name, After: pii.New(u.Role)})
			}
		}
		if err := t.logEntry(ctx, at, &evidence.Entry{Act: evidence.Found}, m); err != nil {
			return false, err
		}
	}
	return found, t.knowHeader(ctx, ring)
}

// FoundSince reports whether the log has from others, since the user last opened the book,
// that they found another header.
func (t *Tx) FoundSince(ctx context.Context) (bool, error) {
	found, self := false, false
	err := t.each(ctx, "read log", func(r *sql.Rows) error {
		var text string
		if err := r.Scan(&text); err != nil {
			return err
		}
		e, err := evidence.ParseEntry([]byte(text))
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if self = e.Who == t.book.ref() && (e.Act == evidence.Login || e.Act == evidence.Found); self {
			return errEnough
		}
		found = found || e.Act == evidence.Found
		return nil
	}, `SELECT entry FROM log ORDER BY n DESC`)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found && self, err
}

// LogMended adds, at a time, that one of the two copies of the header was found damaged
// when the book was opened, and written anew; else nothing.
func (t *Tx) LogMended(ctx context.Context, at crm.Moment) error {
	if !t.book.mended {
		return nil
	}
	return t.logEntry(ctx, at, &evidence.Entry{Act: evidence.Mended}, nil)
}

// useRing takes the keys of ring, whose tags belong to the index epoch of before.
func (b *Book) useRing(ring *keyring.Ring) error {
	sealer, err := pageKeys(ring)
	if err != nil {
		return err
	}
	if err := b.file.Attach(sealer); err != nil {
		return fmt.Errorf("attach keys: %w", err)
	}
	var epoch uint32
	if was := b.keys.Load(); was != nil {
		epoch = was.IndexEpoch
	}
	keys, err := valueKeys(ring, epoch)
	if err != nil {
		return err
	}
	b.ring.Store(ring)
	b.keys.Store(keys)
	return nil
}

// takeKeys makes the keys of values, once the tables say to which index epoch the
// tags belong.
func (b *Book) takeKeys(ctx context.Context) error {
	var epoch uint32
	if err := b.write.QueryRowContext(ctx, `SELECT index_epoch FROM sealing`).Scan(&epoch); err != nil {
		return fmt.Errorf("find epoch of tags: %w", err)
	}
	return b.useIndex(epoch)
}

// useIndex takes the keys of values; tags are of that epoch.
func (b *Book) useIndex(epoch uint32) error {
	keys, err := valueKeys(b.ring.Load(), epoch)
	if err != nil {
		return err
	}
	b.keys.Store(keys)
	return nil
}
