package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
)

// Logged is an entry of the log and what the user's keys open of it.
type Logged struct {
	evidence.Entry
	User    string // name; "" for one who is not known by it
	Matter  Matter
	Changes []LoggedChange
	Opened  bool // Matter and Changes are what the entry commits to
	Sealed  bool // they are kept, and the user's keys do not open them
}

// LoggedChange is a change of one value that a person typed.
type LoggedChange struct {
	Customer      string // id; "" for none
	What, Name    string
	Before, After pii.Text
}

// Forgotten reports whether what the entry commits to was erased.
func (l *Logged) Forgotten() bool { return !l.Opened && !l.Sealed && l.What != (evidence.Commitment{}) }

// LogFilter says which entries are wanted, by all that is not zero.
type LogFilter struct {
	User     string   // name, or the sixteen digits of one who is not known by it
	Acts     []string // any of them
	Customer string   // id
	From, To int64    // Unix seconds; To is not included
}

// LogPlaces returns where the entries are that fit, newest first. It opens none.
func (t *Tx) LogPlaces(ctx context.Context, f *LogFilter) ([]int64, error) {
	if f.User == "" && len(f.Acts) == 0 && f.Customer == "" && f.From == 0 && f.To == 0 { // as a page opens
		size, err := t.LogSize(ctx)
		places := make([]int64, size)
		for i := range places {
			places[i] = size - 1 - int64(i)
		}
		return places, err
	}
	names, err := t.logNames(ctx)
	if err != nil {
		return nil, err
	}
	query, args := `SELECT entry FROM log ORDER BY n DESC`, []any(nil)
	if f.Customer != "" {
		query, args = `SELECT l.entry FROM log AS l JOIN opening_customers AS c ON c.n = l.n WHERE c.customer = unhex(?) ORDER BY l.n DESC`, []any{f.Customer}
	}
	var places []int64
	return places, t.each(ctx, "search log", func(r *sql.Rows) error {
		var text sql.RawBytes
		if err := r.Scan(&text); err != nil {
			return err
		}
		e, err := evidence.ParseEntry(text)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if (f.User == "" || f.User == e.Who || f.User == names[e.Who]) && (len(f.Acts) == 0 || slices.Contains(f.Acts, e.Act)) && e.At >= f.From && (f.To == 0 || e.At < f.To) {
			places = append(places, e.N)
		}
		return nil
	}, query, args...)
}

// LoggedAt returns the entries at places, newest first.
func (t *Tx) LoggedAt(ctx context.Context, places []int64) ([]Logged, error) {
	list, err := jsonList(places)
	if err != nil {
		return nil, err
	}
	entries := make([]Logged, 0, len(places))
	return entries, t.eachLogged(ctx, func(l *Logged) error {
		entries = append(entries, *l)
		return nil
	}, `SELECT l.entry, o.sealed FROM log AS l LEFT JOIN openings AS o ON o.n = l.n WHERE l.n IN (SELECT value FROM json_each(?)) ORDER BY l.n DESC`, list)
}

// EachLogged calls fn with the entries of the log, newest first, until it returns
// false.
func (t *Tx) EachLogged(ctx context.Context, fn func(*Logged) (bool, error)) error {
	err := t.eachLogged(ctx, func(l *Logged) error {
		more, err := fn(l)
		if err == nil && !more {
			err = errEnough
		}
		return err
	}, `SELECT l.entry, o.sealed FROM log AS l LEFT JOIN openings AS o ON o.n = l.n ORDER BY l.n DESC`)
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

var errEnough = errors.New("enough")

// eachLogged calls fn with the entries that a query returns, with their openings.
func (t *Tx) eachLogged(ctx context.Context, fn func(*Logged) error, query string, args ...any) error {
	names, err := t.logNames(ctx)
	if err != nil {
		return err
	}
	return t.each(ctx, "read log", func(r *sql.Rows) error {
		var text string
		var sealed []byte
		if err := r.Scan(&text, &sealed); err != nil {
			return err
		}
		var l Logged
		var err error
		if l.Entry, err = evidence.ParseEntry([]byte(text)); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		l.User = names[l.Who]
		if err := t.openLogged(&l, sealed); err != nil {
			return err
		}
		return fn(&l)
	}, query, args...)
}

// openLogged reads what an entry commits to.
func (t *Tx) openLogged(l *Logged, sealed []byte) error {
	key, payload, ok, err := t.unsealOpening(l.N, sealed)
	if err != nil || !ok {
		l.Sealed = err == nil && sealed != nil
		return err
	}
	var w wireMatter
	if !key.Opens(&l.Entry, payload) || json.Unmarshal(payload, &w) != nil {
		return fmt.Errorf("entry %d of log: %w", l.N, ErrDamaged)
	}
	l.Matter, l.Opened = w.Matter, true
	for _, c := range w.Changes {
		l.Changes = append(l.Changes, LoggedChange{c.Customer, c.What, c.Name, pii.New(c.Before), pii.New(c.After)})
	}
	return nil
}

// logNames is what users are called now, by how the log names them.
func (t *Tx) logNames(ctx context.Context) (map[string]string, error) {
	users, err := t.logUsers(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(users))
	for _, u := range users {
		names[evidence.Ref(u.Key)] = u.name
	}
	return names, nil
}

// LoggedUser is somebody as the log has known them, from an entry on.
type LoggedUser struct {
	Since      int64
	Who        string // as entries name them
	Name, Role string
}

// LoggedUsers lists users in the order in which they came, anew in each role, which is
// evidence.Out for who can open nothing.
func (t *Tx) LoggedUsers(ctx context.Context) ([]LoggedUser, error) {
	users, err := t.logUsers(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]LoggedUser, len(users))
	for i, u := range users {
		list[i] = LoggedUser{u.Since, evidence.Ref(u.Key), u.name, u.Role}
	}
	return list, nil
}

// LastLogged returns the time of the newest entry, 0 if there is none.
func (t *Tx) LastLogged(ctx context.Context) (crm.Moment, error) {
	_, last, err := t.lastEntry(ctx)
	return crm.Moment(last.At * 1000), err
}

// LastCheckpoint returns how many entries the newest checkpoint signs, and when it was
// made; 0 if there is none.
func (t *Tx) LastCheckpoint(ctx context.Context) (size int64, at crm.Moment, err error) {
	var text string
	err = t.tx.QueryRowContext(ctx, `SELECT size, text FROM checkpoints ORDER BY id DESC LIMIT 1`).Scan(&size, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("read checkpoint: %w", err)
	}
	for line := range strings.Lines(text) {
		if made, err := time.Parse("time "+time.RFC3339+"\n", line); err == nil {
			return size, crm.At(made), nil
		}
	}
	return size, 0, fmt.Errorf("read checkpoint: %w", ErrDamaged)
}

// StillThere returns the numbers of those of the customers, by id, who are kept.
func (t *Tx) StillThere(ctx context.Context, ids []string) ([]int64, error) {
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	return listOf[int64](ctx, t, "find customers", `SELECT c.num FROM customers AS c JOIN profiles AS p ON p.customer = c.num
		WHERE c.id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY c.num`, list)
}
