package usecase

import (
	"context"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/store"
)

// LogRequest says which entries of the log are wanted, by all that is not zero.
type LogRequest struct {
	User, Verb string
	From, To   crm.Moment // To is not included
	// Reason shows what was typed before and after; it is recorded as a reveal.
	Reason string
}

// LogEntry is an entry of the log.
type LogEntry struct {
	N       int64 // its place, from 0
	At      crm.Moment
	Back    time.Duration // by how much the clock stood behind the entry before
	Verb    string
	Of      string // the verb that was refused
	User    string // name; the sixteen digits of the log for one who is not known by it
	Role    string // of a login
	Step    int64  // 0: none
	Rows    int64
	File    string
	Purpose string
	Changes []LogChange
	More    int // changes that are not told one by one
	// Opened says that the last four are what the entry commits to; else the user's
	// keys do not open it, or it is about somebody who was erased.
	Opened bool
}

// LogChange is a change of one value that a person typed.
type LogChange struct {
	Customer      string // id; "" for none
	What          string // note, field, tag, …
	Name          string
	Before, After pii.Text // blank without a reason
}

// Log returns what was done with the book, newest first.
func (s *Session) Log(ctx context.Context, r LogRequest) ([]LogEntry, error) {
	var list []LogEntry
	clear := strings.TrimSpace(r.Reason) != ""
	read := func(tx *store.Tx) error {
		return tx.EachLogged(ctx, func(l *store.Logged) (bool, error) {
			if e := logEntry(l, clear); r.wants(&e) {
				list = append(list, e)
			}
			return true, nil
		})
	}
	if !clear {
		err := s.gate.View(ctx, access.Log, read)
		return list, err
	}
	if err := s.gate.View(ctx, access.Log, func(*store.Tx) error { return nil }); err != nil {
		return nil, err
	}
	if err := s.gate.Update(ctx, access.Reveal, func(tx *store.Tx) error {
		if err := read(tx); err != nil {
			return err
		}
		return tx.RecordDisclosure(ctx, store.Disclosure{Kind: "reveal", Purpose: strings.TrimSpace(r.Reason), Clear: true, Rule: "log", Rows: len(list)})
	}); err != nil {
		return nil, err
	}
	return list, nil
}

func (r *LogRequest) wants(e *LogEntry) bool {
	return (r.User == "" || r.User == e.User) && (r.Verb == "" || r.Verb == e.Verb) && e.At >= r.From && (r.To == 0 || e.At < r.To)
}

func logEntry(l *store.Logged, clear bool) LogEntry {
	e := LogEntry{
		N: l.N, At: crm.At(time.Unix(l.At, 0)), Back: time.Duration(l.Back) * time.Second, Verb: l.Act, Of: l.Of, User: l.User, Role: l.Role,
		Step: l.Step, Rows: l.Rows, File: l.Matter.File, Purpose: l.Matter.Purpose, More: l.Matter.More, Opened: l.Opened,
	}
	if e.User == "" {
		e.User = l.Who
	}
	for _, c := range l.Changes {
		change := LogChange{Customer: c.Customer, What: c.What, Name: c.Name}
		if clear {
			change.Before, change.After = c.Before, c.After
		}
		e.Changes = append(e.Changes, change)
	}
	return e
}

// Checkpoint is what the log was, signed: a short text to keep outside the book.
type Checkpoint struct {
	Size int64  // entries
	Root string // base64
	Text string // the signed note; a QR code of it holds the same
	Key  string // by which others check it
}

// Checkpoint signs the log as it is.
func (s *Session) Checkpoint(ctx context.Context) (Checkpoint, error) {
	return s.checkpoint(ctx, func(*store.Tx, string) error { return nil })
}

// checkpoint signs the log as it is and does what belongs to the text.
func (s *Session) checkpoint(ctx context.Context, with func(tx *store.Tx, text string) error) (Checkpoint, error) {
	var c Checkpoint
	err := s.gate.Keep(ctx, access.Checkpoint, func(tx *store.Tx) error {
		signed, text, err := tx.SignLog(ctx, crm.At(s.gate.Now()))
		if err != nil {
			return err
		}
		c = Checkpoint{Size: signed.Size, Root: signed.Root.String(), Text: text}
		return with(tx, text)
	})
	if err != nil {
		return c, err
	}
	c.Key, err = s.gate.Key()
	return c, err
}
