package usecase

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/store"
)

// The acts of the log that are no verbs of their own.
const (
	actFolders = "folders" // other folders for backups were chosen
	actAsk     = "ask"     // a list that needs approval was asked for
)

// LogRequest says which entries of the log are wanted, by all that is not zero.
type LogRequest struct {
	User, Verb string
	Verbs      []string   // any of them
	Customer   string     // id, of whom the entry tells
	From, To   crm.Moment // To is not included
	Entries    []int64    // by their places
	// Reason shows what was typed before and after; it is recorded as a reveal.
	Reason string
}

// LogEntry is an entry of the log.
type LogEntry struct {
	N         int64 // its place, from 0
	At        crm.Moment
	Back      time.Duration // by how much the clock stood behind the entry before
	Verb      string
	Of        string // the verb that was refused
	User      string // name; the sixteen digits of the log for one who is not known by it
	Role      string // of a login
	As        string // the user's role then; "" if nothing tells
	Step      int64  // 0: none
	Rows      int64
	Forgotten bool // what it was about was erased, with somebody whom it told of
	Sealed    bool // the user's keys do not open what it was about
	LogMatter
	// Opened says that LogMatter is what the entry commits to; else it is empty.
	Opened bool
}

// LogMatter is what an entry was about.
type LogMatter struct {
	File, SHA256, Format string // of an import or a list
	Kind, Purpose        string // of a list or a look
	Rule                 string
	Columns, Clear       []string
	Undoes               int64  // step
	Seen                 int64  // entries of the log that was known before, or was replaced
	Root                 string // of these, base64; "" if not told
	Changes              []LogChange
	More                 int // changes that are not told one by one
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
	r.Reason = strings.TrimSpace(r.Reason)
	read := func(tx *store.Tx) error {
		users, err := tx.LoggedUsers(ctx)
		if err != nil {
			return err
		}
		if r.Entries != nil {
			entries, err := tx.LoggedAt(ctx, r.Entries)
			for i := range entries {
				list = append(list, logEntry(&entries[i], users, r.Reason != ""))
			}
			return err
		}
		return tx.EachLogged(ctx, func(l *store.Logged) (bool, error) {
			if e := logEntry(l, users, r.Reason != ""); r.wants(&e) {
				list = append(list, e)
			}
			return true, nil
		})
	}
	if r.Reason == "" {
		err := s.gate.View(ctx, access.Log, read)
		return list, err
	}
	if err := s.gate.Ask(ctx, access.Log); err != nil {
		return nil, err
	}
	rule := "log"
	if len(r.Entries) == 1 {
		rule = fmt.Sprint("log ", r.Entries[0])
	}
	if err := s.gate.Update(ctx, access.Reveal, func(tx *store.Tx) error {
		if err := read(tx); err != nil {
			return err
		}
		return tx.RecordDisclosure(ctx, store.Disclosure{Kind: "reveal", Purpose: r.Reason, Clear: true, Rule: rule, Rows: len(list)})
	}); err != nil {
		return nil, err
	}
	return list, nil
}

func (r *LogRequest) wants(e *LogEntry) bool {
	tells := func(c LogChange) bool { return c.Customer == r.Customer }
	return (r.User == "" || r.User == e.User) && (r.Verb == "" || r.Verb == e.Verb) && (len(r.Verbs) == 0 || slices.Contains(r.Verbs, e.Verb)) &&
		(r.Customer == "" || slices.ContainsFunc(e.Changes, tells)) && e.At >= r.From && (r.To == 0 || e.At < r.To)
}

func logEntry(l *store.Logged, users []store.LoggedUser, clear bool) LogEntry {
	m := &l.Matter
	e := LogEntry{
		N: l.N, At: crm.At(time.Unix(l.At, 0)), Back: time.Duration(l.Back) * time.Second, Verb: l.Act, Of: l.Of, User: l.User, Role: l.Role,
		Step: l.Step, Rows: l.Rows, Forgotten: l.Forgotten(), Sealed: l.Sealed, Opened: l.Opened,
		LogMatter: LogMatter{
			File: m.File, SHA256: m.SHA256, Format: m.Format, Kind: m.Kind, Purpose: m.Purpose, Rule: m.Rule,
			Columns: m.Columns, Clear: m.Clear, Undoes: m.Undoes, Seen: m.Seen, Root: m.Root, More: m.More,
		},
	}
	if e.User == "" {
		e.User = l.Who
	}
	for _, u := range users {
		if u.Since <= l.N && u.Who == l.Who {
			e.As = u.Role
		}
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

// LogPlaces returns where the entries are that fit, newest first, for Entries of a
// later request. A log of 100,000 entries takes a fraction of a second: none is opened.
func (s *Session) LogPlaces(ctx context.Context, r LogRequest) ([]int64, error) {
	var places []int64
	f := store.LogFilter{User: r.User, Acts: r.Verbs, Customer: r.Customer, From: seconds(r.From), To: seconds(r.To)}
	if r.Verb != "" {
		f.Acts = []string{r.Verb}
	}
	err := s.gate.View(ctx, access.Log, func(tx *store.Tx) (err error) {
		places, err = tx.LogPlaces(ctx, &f)
		return err
	})
	return places, err
}

// seconds returns the first whole second of Unix time that is not before a moment.
func seconds(m crm.Moment) int64 { return int64(m+999) / 1000 }

// LogState is how the log stands.
type LogState struct {
	Entries int64
	Users   []string   // who could ever open the book, each once
	Signed  int64      // entries that the newest checkpoint signs; 0: there is none
	At      crm.Moment // of it
}

// LogState tells how the log stands.
func (s *Session) LogState(ctx context.Context) (LogState, error) {
	var state LogState
	err := s.gate.View(ctx, access.Log, func(tx *store.Tx) (err error) {
		if state.Entries, err = tx.LogSize(ctx); err != nil {
			return err
		}
		if state.Signed, state.At, err = tx.LastCheckpoint(ctx); err != nil {
			return err
		}
		users, err := tx.LoggedUsers(ctx)
		for _, u := range users {
			if !slices.Contains(state.Users, u.Name) {
				state.Users = append(state.Users, u.Name)
			}
		}
		return err
	})
	return state, err
}

// CheckLog works the log out anew and compares it with all that hangs on it.
func (s *Session) CheckLog(ctx context.Context) (store.CheckReport, error) {
	var report store.CheckReport
	err := s.gate.View(ctx, access.Check, func(tx *store.Tx) (err error) {
		report, err = tx.CheckLog(ctx)
		return err
	})
	return report, err
}

// Named is what a customer is called, masked.
type Named struct{ Mask, Alias string }

// NamesOf returns what customers are called, by their ids; those who are no more are
// left out.
func (s *Session) NamesOf(ctx context.Context, ids []string) (map[string]Named, error) {
	names := make(map[string]Named, len(ids))
	return names, s.gate.View(ctx, access.Show, func(tx *store.Tx) error {
		nums, err := tx.StillThere(ctx, ids)
		if err != nil {
			return err
		}
		list, err := tx.LoadCustomers(ctx, nums, false)
		for i := range list {
			s.sight(access.Show).customer(&list[i])
			names[list[i].ID] = Named{list[i].NameMask, list[i].Alias.Reveal()}
		}
		return err
	})
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
