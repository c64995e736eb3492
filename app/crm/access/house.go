package access

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// House are the rules of one book's owner. They narrow the table, never widen it,
// and bound what roles may do; the zero value is the table with the usual bounds.
type House struct {
	// Most lowers what a role sees of fields.
	Most map[Role]map[Field]Level `json:"most,omitempty"`
	// Off takes verbs from roles.
	Off map[Role][]Verb `json:"off,omitempty"`
	// Daily is how many people a user of a role may reveal a day; without an entry
	// it is DailyReveals, for the owner OwnerReveals.
	Daily map[Role]int `json:"daily,omitempty"`
	// Rows is how many people a list in clear may have without approval, Delay the
	// hours after which somebody alone may make a longer one. Left out they are ApprovalRows
	// and ApprovalDelay.
	Rows  int  `json:"rows,omitempty"`
	Delay *int `json:"delay,omitempty"`
	// Until says, by a user's number, to when the user may open the book, in
	// milliseconds since 1970; without an entry for ever.
	Until map[uint32]int64 `json:"until,omitempty"`
}

// The usual bounds.
const (
	DailyReveals  = 20
	OwnerReveals  = 200
	ApprovalRows  = 250
	ApprovalDelay = 24      // hours
	MaxDelay      = 14 * 24 // hours
	MaxDaily      = 1000
	AuditorDays   = 30 // the longest that an auditor may be given
)

// Valid returns an error for rules that widen the table or are out of bounds.
func (h House) Valid() error {
	for r, fields := range h.Most {
		for f, l := range fields {
			if r == Owner || !slices.Contains(Roles, r) || !slices.Contains(Fields, f) || l < None || l > Sees(r, f) {
				return fmt.Errorf("%s of %s: %w", f, r, ErrWider)
			}
		}
	}
	for r, verbs := range h.Off {
		for _, v := range verbs {
			if _, ok := row(v); r == Owner || !slices.Contains(Roles, r) || !ok || slices.Contains(kept, v) {
				return fmt.Errorf("%s of %s: %w", v, r, ErrWider)
			}
		}
	}
	for r, n := range h.Daily {
		if !slices.Contains(Roles, r) || n < 0 || n > MaxDaily {
			return fmt.Errorf("%d a day for %s: %w", n, r, ErrWider)
		}
	}
	if h.Rows < 0 || h.Rows > ApprovalRows || h.Delay != nil && (*h.Delay < 0 || *h.Delay > MaxDelay) {
		return fmt.Errorf("rows or hours: %w", ErrWider)
	}
	return nil
}

// kept are verbs without which nobody can work: opening shows the settings and
// remembers choices, and each may change the own passphrase.
var kept = []Verb{Settings, Remember, Passphrase, Check}

// May reports whether a role may do a verb.
func (h House) May(r Role, v Verb) bool { return May(r, v) && !slices.Contains(h.Off[r], v) }

// Sees returns what a role sees of a field, whatever the verb.
func (h House) Sees(r Role, f Field) Level {
	l := Sees(r, f)
	if most, ok := h.Most[r][f]; ok {
		l = min(l, most)
	}
	return l
}

// Holds reports whether a role has the key to a person's field, and so whether that is
// kept from it by more than the program. Fields that share a key go together.
func (h House) Holds(r Role, f Field) bool {
	return f.Personal() && slices.ContainsFunc(Fields, func(o Field) bool { return o.key() == f.key() && h.Sees(r, o) >= Reveals })
}

// Shows returns what a verb shows a role of a field. What of a person is not shown
// in clear at once shows its mask, until a verb that reveals or hands out asks for it.
func (h House) Shows(r Role, v Verb, f Field) Level {
	t, ok := row(v)
	if !ok || !h.May(r, v) {
		return None
	}
	l := h.Sees(r, f)
	switch {
	case !f.Personal() || f == Writing: // what a role may read of notes it reads wherever they stand
		return l
	case t.Shows == Clear && l >= Reveals:
		return Clear
	}
	return min(l, t.Shows)
}

// Reveals returns how many people a user of a role may reveal a day.
func (h House) Reveals(r Role) int {
	if n, ok := h.Daily[r]; ok {
		return n
	}
	if r == Owner {
		return OwnerReveals
	}
	return DailyReveals
}

// ClearRows returns how many people a list in clear may have without approval.
func (h House) ClearRows() int {
	if h.Rows > 0 {
		return h.Rows
	}
	return ApprovalRows
}

// Wait returns for how long somebody alone waits for a longer list.
func (h House) Wait() time.Duration {
	if h.Delay != nil {
		return time.Duration(*h.Delay) * time.Hour
	}
	return ApprovalDelay * time.Hour
}

// With returns the rules with a last moment for a user.
func (h House) With(user uint32, until time.Time) House {
	h.Until = maps.Clone(h.Until)
	if h.Until == nil {
		h.Until = make(map[uint32]int64)
	}
	h.Until[user] = until.UnixMilli()
	return h
}

// Without returns the rules with no last moment for a user.
func (h House) Without(user uint32) House {
	h.Until = maps.Clone(h.Until)
	delete(h.Until, user)
	return h
}

// WithDaily returns the rules with how many people a user of a role may reveal a day.
func (h House) WithDaily(r Role, n int) House {
	h.Daily = maps.Clone(h.Daily)
	if h.Daily == nil {
		h.Daily = make(map[Role]int)
	}
	h.Daily[r] = n
	return h
}

// Ended reports whether the time of a user is over.
func (h House) Ended(user uint32, now time.Time) bool {
	until, bounded := h.Until[user]
	return bounded && now.UnixMilli() >= until
}
