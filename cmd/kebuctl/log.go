package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase"
)

type logVerb struct {
	bookFlags
	User   string `placeholder:"USER" help:"${help_log_user}"`
	Verb   string `placeholder:"VERB" help:"${help_log_verb}"`
	From   string `placeholder:"DAY" help:"${help_log_from}"`
	To     string `placeholder:"DAY" help:"${help_log_to}"`
	Reveal bool   `help:"${help_log_reveal}"`
	Reason string `placeholder:"TEXT" help:"${help_reason}"`
}

// Run lists what was done.
func (v *logVerb) Run(ctx context.Context, p *program) error {
	r := usecase.LogRequest{User: v.User, Verb: v.Verb}
	if v.Reveal {
		if r.Reason = strings.TrimSpace(v.Reason); r.Reason == "" {
			return usecase.ErrReason
		}
	}
	var err error
	if r.From, err = p.startOf(v.From, 0); err != nil {
		return err
	}
	if r.To, err = p.startOf(v.To, 1); err != nil {
		return err
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Log(ctx, r)
		if err != nil {
			return err
		}
		if v.JSON {
			for _, e := range list {
				if err := p.json(loggedJSON(e, v.Reveal)); err != nil {
					return err
				}
			}
			return nil
		}
		rows := make([][]string, len(list))
		for i, e := range list {
			count := ""
			if e.Rows > 0 {
				count = strconv.FormatInt(e.Rows, 10)
			}
			rows[i] = []string{strconv.FormatInt(e.N, 10), e.At.In(time.Local).Format("2006-01-02 15:04"), e.User, p.logged(&e, v.Reveal), count}
		}
		return p.table([]string{"n", "at", "user", "what", "rows"}, rows)
	})
}

// startOf returns when a day begins here, or one so many days later; 0 for "".
func (p *program) startOf(day string, later int) (crm.Moment, error) {
	if day == "" {
		return 0, nil
	}
	t, err := time.ParseInLocation("2006-01-02", day, time.Local)
	if err != nil {
		return 0, p.wrongUsage("bad_day", nil)
	}
	return crm.At(t.AddDate(0, 0, later)), nil
}

// logged says in words what an entry tells.
func (p *program) logged(e *usecase.LogEntry, reveal bool) string {
	text := p.phrase.Verb(e.Verb, e.File)
	if e.Verb == "login" && e.Rows > 0 {
		text = p.phrase.Text("logged_wrong", map[string]any{"What": text, "Count": e.Rows})
	}
	if e.Of != "" {
		text = p.phrase.Text("log_denied", map[string]any{"What": p.phrase.Verb(e.Of, "")})
	}
	if e.Purpose != "" {
		text = p.phrase.Text("log_purpose", map[string]any{"What": text, "Purpose": e.Purpose})
	}
	if e.Back > 0 {
		text = p.phrase.Text("log_back", map[string]any{"What": text, "Minutes": int(e.Back.Minutes())})
	}
	if reveal {
		for _, c := range e.Changes {
			before, after := p.phrase.LoggedValue(c.What, c.Before.Reveal()), p.phrase.LoggedValue(c.What, c.After.Reveal())
			text = p.phrase.Text("log_change", map[string]any{"What": text, "Name": c.Name, "Before": before, "After": after})
		}
	}
	return text
}

// logEntry is how an entry of the log is printed for programs.
type logEntry struct {
	N       int64       `json:"n"`
	At      *string     `json:"at"`
	Back    int64       `json:"back,omitempty"` // seconds
	Verb    string      `json:"verb"`
	Of      string      `json:"of,omitempty"`
	User    string      `json:"user"`
	Role    string      `json:"role,omitempty"`
	Step    string      `json:"step,omitempty"`
	Rows    int64       `json:"rows"`
	File    string      `json:"file,omitempty"`
	Purpose string      `json:"purpose,omitempty"`
	Changes []logChange `json:"changes,omitempty"`
	More    int         `json:"more,omitempty"`
	Seen    int64       `json:"seen,omitempty"` // entries that the log had before it was replaced
	Root    string      `json:"root,omitempty"` // of these, base64
	Opened  bool        `json:"opened"`
}

type logChange struct {
	Customer string  `json:"customer,omitempty"`
	What     string  `json:"what"`
	Name     string  `json:"name,omitempty"`
	Before   *string `json:"before,omitempty"`
	After    *string `json:"after,omitempty"`
}

func loggedJSON(e usecase.LogEntry, reveal bool) logEntry {
	out := logEntry{
		N: e.N, At: timeText(e.At, time.UTC), Back: int64(e.Back.Seconds()), Verb: e.Verb, Of: e.Of, User: e.User, Role: e.Role, Rows: e.Rows,
		File: e.File, Purpose: e.Purpose, More: e.More, Seen: e.Seen, Root: e.Root, Opened: e.Opened,
	}
	if e.Step != 0 {
		out.Step = stepText(e.Step)
	}
	for _, c := range e.Changes {
		change := logChange{Customer: c.Customer, What: c.What, Name: c.Name}
		if reveal {
			before, after := c.Before.Reveal(), c.After.Reveal()
			change.Before, change.After = &before, &after
		}
		out.Changes = append(out.Changes, change)
	}
	return out
}

type auditPackVerb struct {
	bookFlags
	To           string `required:"" placeholder:"FILE" help:"${help_pack_to}"`
	Recipient    string `placeholder:"AGE1…" help:"${help_pack_recipient}"`
	PasswordFile string `placeholder:"FILE" help:"${help_pack_password_file}"`
}

// Run writes the log for an outsider.
func (v *auditPackVerb) Run(ctx context.Context, p *program) error {
	if (v.Recipient == "") == (v.PasswordFile == "") {
		return usecase.ErrRecipient
	}
	password, err := p.filePassword(v.PasswordFile)
	if err != nil {
		return err
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.AuditPack(ctx, usecase.PackRequest{To: v.To, Recipient: v.Recipient, Password: password})
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(r)
		}
		p.say("wrote_pack", map[string]any{"File": v.To, "Count": int(r.Entries), "Key": r.Key})
		return nil
	})
}

// compare warns of a book that is older than this computer knows, or accepts it, and
// tells whether the book is to be remembered as it is.
func (p *program) compare(ctx context.Context, s *usecase.Session, accept bool) (bool, error) {
	older := p.seen.Compare(ctx, s)
	if older == nil {
		return true, nil
	}
	if accept {
		return true, s.AcceptState(ctx, p.keeper)
	}
	if older.Other {
		p.warn("older_other", map[string]any{"Seen": older.Seen})
	} else {
		p.warn("older_missing", map[string]any{"Seen": older.Seen, "Has": older.Has, "First": older.Has + 1})
	}
	return false, nil
}

// during does fn with an open book, which is remembered on this computer before it
// is closed.
func (p *program) during(ctx context.Context, s *usecase.Session, accept bool, fn func(*usecase.Session) error) error {
	keep, err := p.compare(ctx, s, accept)
	if err == nil {
		err = fn(s)
	}
	if s.FoundChanged() && (s.May(access.Team) || s.May(access.Log)) {
		p.warn("found_changed", nil)
	}
	if keep {
		_ = p.seen.Keep(context.WithoutCancel(ctx), s) // a warning less, next time
	}
	return errors.Join(err, s.Close())
}
