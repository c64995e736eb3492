package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"kebu/app/crm"
	"kebu/crypto/evidence"
	"kebu/crypto/field"
)

// The log of what was done: crypto/evidence says what it is, migration 0012 where
// it stands. Entries are written in the transaction of what they tell of.

const selectStep = `SELECT s.verb, s.at, coalesce(d.rows, s.rows) FROM steps AS s LEFT JOIN disclosures AS d ON d.step = s.id WHERE s.id = ?`

// LogSteps adds an entry for every step that the transaction made.
func (t *Tx) LogSteps(ctx context.Context) error {
	for _, step := range t.steps {
		e := evidence.Entry{Step: step}
		var at crm.Moment
		if err := t.rowOften(ctx, []any{&e.Act, &at, &e.Rows}, selectStep, step); err != nil {
			return fmt.Errorf("find step: %w", err)
		}
		m, err := t.matter(ctx, step)
		if err != nil {
			return err
		}
		m.changes, m.More = t.told[step].changes, t.told[step].more
		if err := t.logEntry(ctx, at, &e, m); err != nil {
			return err
		}
		if c, ok := t.members[step]; ok && c.Key != nil {
			if err := t.logUser(ctx, e.N, c.Key, c.Name, c.has()); err != nil {
				return err
			}
		}
	}
	return nil
}

// LogLogin adds that the user opened the book at a time, after so many wrong passphrases.
func (t *Tx) LogLogin(ctx context.Context, at crm.Moment, wrong int) error {
	u := t.book.ring.Load().User()
	e := evidence.Entry{Act: evidence.Login, Role: u.Role, Rows: int64(wrong)}
	if err := t.logEntry(ctx, at, &e, nil); err != nil {
		return err
	}
	return t.logUser(ctx, e.N, u.Sign[:], u.Name, u.Role)
}

// logUser keeps that a key has a role from entry n on, if it had another. Of others it
// is kept once the log knows who says so.
func (t *Tx) logUser(ctx context.Context, n int64, key []byte, name, role string) error {
	return t.exec(ctx, "log user", `INSERT INTO log_users (n, key, name, role) SELECT ?1, ?2, ?3, ?4
		WHERE ?4 IS NOT (SELECT role FROM log_users WHERE key = ?2 ORDER BY n DESC LIMIT 1)
		AND (?2 = ?5 OR EXISTS (SELECT 1 FROM log_users WHERE key = ?5))`, n, key, name, role, []byte(t.book.ring.Load().PublicKey()))
}

// LogDenied adds that the user tried at a time what the role may not do.
func (t *Tx) LogDenied(ctx context.Context, at crm.Moment, verb string) error {
	return t.logEntry(ctx, at, &evidence.Entry{Act: evidence.Denied, Of: verb}, nil)
}

// LogEvent adds what is no step of the journal; m may be nil.
func (t *Tx) LogEvent(ctx context.Context, at crm.Moment, verb string, rows int64, m *Matter) error {
	return t.logEntry(ctx, at, &evidence.Entry{Act: verb, Rows: rows}, m)
}

const insertEntry = `INSERT INTO log (n, entry, hashes) VALUES (?, ?, ?)`

// logEntry completes an entry of the user and adds it.
func (t *Tx) logEntry(ctx context.Context, at crm.Moment, e *evidence.Entry, m *Matter) error {
	end, err := t.logEnd(ctx)
	if err != nil {
		return err
	}
	e.N, e.Who = end.edge.Size(), t.book.ref()
	e.At, e.Back = evidence.Following(int64(at)/1000, end.last.At)
	var o opening
	if m != nil && !m.empty() {
		if o, err = newOpening(m); err != nil {
			return err
		}
		e.What = o.key.Commit(e.N, e.Act, o.payload)
	}
	text, err := e.Text()
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	end.text, end.last = string(text), *e
	if err := t.execOften(ctx, "log", insertEntry, e.N, end.text, end.edge.Add(text)); err != nil {
		return err
	}
	if o.payload == nil {
		return nil
	}
	return t.keepOpening(ctx, e.N, &o)
}

// hashes reads the hashes of the tree from beside the entries.
func (t *Tx) hashes(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		rows := make([]int64, len(indexes))
		for i, at := range indexes {
			rows[i], _ = evidence.KeptWith(at)
		}
		list, err := jsonList(rows)
		if err != nil {
			return nil, err
		}
		kept := make(map[int64][]byte, len(rows))
		if err := t.each(ctx, "read hashes of log", func(r *sql.Rows) error {
			var n int64
			var hashes []byte
			if err := r.Scan(&n, &hashes); err != nil {
				return err
			}
			kept[n] = hashes
			return nil
		}, `SELECT n, hashes FROM log WHERE n IN (SELECT value FROM json_each(?))`, list); err != nil {
			return nil, err
		}
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			n, level := evidence.KeptWith(at)
			from := level * tlog.HashSize
			if len(kept[n]) < from+tlog.HashSize {
				return nil, fmt.Errorf("hash %d of log: %w", at, ErrDamaged)
			}
			copy(out[i][:], kept[n][from:])
		}
		return out, nil
	})
}

// LogSize returns how many entries the log has.
func (t *Tx) LogSize(ctx context.Context) (int64, error) {
	text, last, err := t.lastEntry(ctx)
	if text == "" {
		return 0, err
	}
	return last.N + 1, err
}

// LogRoot returns the root of the log's first n entries.
func (t *Tx) LogRoot(ctx context.Context, n int64) (tlog.Hash, error) {
	root, err := tlog.TreeHash(n, t.hashes(ctx))
	if err != nil {
		return root, fmt.Errorf("work out root of log: %w", err)
	}
	return root, nil
}

// SignLog signs the log as it is, at a time, as the user, and keeps the text.
func (t *Tx) SignLog(ctx context.Context, at crm.Moment) (evidence.Checkpoint, string, error) {
	c := evidence.Checkpoint{Origin: t.book.Origin(), At: int64(at) / 1000}
	var err error
	if c.Size, err = t.LogSize(ctx); err != nil {
		return c, "", err
	}
	if c.Root, err = t.LogRoot(ctx, c.Size); err != nil {
		return c, "", err
	}
	signer, err := t.book.ring.Load().NoteSigner()
	if err != nil {
		return c, "", err
	}
	text, err := c.Sign(signer)
	if err != nil {
		return c, "", fmt.Errorf("sign log: %w", err)
	}
	return c, text, t.exec(ctx, "keep checkpoint", `INSERT INTO checkpoints (size, text) VALUES (?, ?)`, c.Size, text)
}

// ref is how the log names the user.
func (b *Book) ref() string {
	b.refOnce.Do(func() { b.refText = evidence.Ref(b.ring.Load().PublicKey()) })
	return b.refText
}

// Origin names the book's log.
func (b *Book) Origin() string { return evidence.Origin(b.ring.Load().BookID()) }

// LogKey returns the user's public key, by which others check what the user signs.
func (b *Book) LogKey() (string, error) {
	return evidence.VerifierKey(b.Origin(), b.ring.Load().PublicKey())
}

// Pack returns the log for an outsider.
func (t *Tx) Pack(ctx context.Context) (*evidence.Pack, error) {
	p := &evidence.Pack{Origin: t.book.Origin()}
	if err := t.each(ctx, "read log", func(r *sql.Rows) error {
		var text []byte
		if err := r.Scan(&text); err != nil {
			return err
		}
		p.Entries = append(p.Entries, text)
		return nil
	}, `SELECT entry FROM log ORDER BY n`); err != nil {
		return nil, err
	}
	if err := t.packCheckpoints(ctx, p); err != nil {
		return nil, err
	}
	users, err := t.logUsers(ctx)
	if err != nil {
		return nil, err
	}
	p.Users = usersOf(users)
	return p, nil
}

func (t *Tx) packCheckpoints(ctx context.Context, p *evidence.Pack) error {
	p.Stamps = make(map[int][]byte)
	return t.each(ctx, "read checkpoints", func(r *sql.Rows) error {
		var text string
		var answer []byte
		if err := r.Scan(&text, &answer); err != nil {
			return err
		}
		p.Checkpoints = append(p.Checkpoints, text)
		if answer != nil {
			p.Stamps[len(p.Checkpoints)] = answer
		}
		return nil
	}, `SELECT text, stamp FROM checkpoints ORDER BY size, id`)
}

// logUser is a user as the log has known them.
type logUser struct {
	evidence.User
	name string
}

// usersOf are users without their names.
func usersOf(users []logUser) []evidence.User {
	list := make([]evidence.User, len(users))
	for i, u := range users {
		list[i] = u.User
	}
	return list
}

func (t *Tx) logUsers(ctx context.Context) ([]logUser, error) {
	var list []logUser
	return list, t.each(ctx, "read users of log", func(r *sql.Rows) error {
		var u logUser
		var key []byte
		if err := r.Scan(&u.Since, &key, &u.name, &u.Role); err != nil {
			return err
		}
		u.Key = key
		list = append(list, u)
		return nil
	}, `SELECT n, key, name, role FROM log_users ORDER BY n`)
}

// WritePack writes a pack, signed as the user, who should be the owner.
func (b *Book) WritePack(w io.Writer, p *evidence.Pack) error {
	signer, err := b.ring.Load().NoteSigner()
	if err != nil {
		return err
	}
	return p.Write(w, signer)
}

// openingClass is that of openings: they hold what people wrote.
const openingClass = field.Text

// openingPlace is where the opening of entry n stands.
func openingPlace(n int64) field.Place {
	var id [16]byte
	binary.BigEndian.PutUint64(id[8:], uint64(n)) //nolint:gosec // a place is never negative
	return place("openings", "sealed", id)
}

// opening is what a commitment opens with.
type opening struct {
	key       evidence.Key
	payload   []byte
	customers []string
}

func newOpening(m *Matter) (opening, error) {
	w := m.wire()
	payload, err := json.Marshal(w)
	if err != nil {
		return opening{}, fmt.Errorf("log: %w", err)
	}
	return opening{evidence.NewKey(), payload, w.customers()}, nil
}

const insertOpening = `INSERT INTO openings (n, sealed) VALUES (?, ?)`

// keepOpening seals an opening for those who read texts; every user can.
func (t *Tx) keepOpening(ctx context.Context, n int64, o *opening) error {
	plain := append(o.key[:], o.payload...)
	defer clear(plain)
	var sealed []byte
	if keys := t.keys.Classes[openingClass]; keys != nil {
		sealed = keys.Seal(nil, plain, openingPlace(n))
	} else {
		inbox, err := t.book.ring.Load().Inbox(openingClass)
		if err == nil {
			sealed, err = inbox.Seal(nil, plain, openingPlace(n))
		}
		if err != nil {
			return fmt.Errorf("log: %w", err)
		}
	}
	if err := t.execOften(ctx, "keep opening", insertOpening, n, sealed); err != nil {
		return err
	}
	list, err := jsonList(o.customers)
	if err != nil || len(o.customers) == 0 {
		return err
	}
	return t.exec(ctx, "keep whom it tells of", `INSERT INTO opening_customers (customer, n) SELECT unhex(value), ?2 FROM json_each(?1)`, list, n)
}

// unsealOpening opens an opening; of one that the user's keys do not open, ok is
// false.
func (t *Tx) unsealOpening(n int64, sealed []byte) (key evidence.Key, payload []byte, ok bool, err error) {
	keys := t.keys.Classes[openingClass]
	if sealed == nil || keys == nil {
		return key, nil, false, nil
	}
	plain, err := keys.Open(nil, sealed, openingPlace(n))
	if err != nil || len(plain) < len(key) {
		return key, nil, false, fmt.Errorf("open entry %d of log: %w", n, errors.Join(err, ErrDamaged))
	}
	return evidence.Key(plain[:len(key)]), plain[len(key):], true, nil
}

// ForgetLogged forgets what entries about a customer, by id, were to: they stay,
// and nothing links them to the customer.
func (t *Tx) ForgetLogged(ctx context.Context, customer string) error {
	return t.exec(ctx, "forget openings", `DELETE FROM openings WHERE n IN (SELECT n FROM opening_customers WHERE customer = unhex(?))`, customer)
}
