package usecase

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// Approval is a list that somebody asked for.
type Approval = store.Approval

// The verdicts on a list.
const (
	VerdictYes = "yes"
	VerdictNo  = "no"
)

// ApprovalError means that a list has to be approved by somebody else before it is
// made, or, where there is nobody else, to wait. It was asked for under an id; made
// again, the same list is looked up by what it holds.
type ApprovalError struct {
	ID    int64
	Rows  int
	Most  int       // rows that need no approval
	Until time.Time // when who is alone may make it; zero: somebody else decides
}

func (e *ApprovalError) Error() string {
	return fmt.Sprintf("a list of %d people needs approval %d", e.Rows, e.ID)
}

// RefusedError means that somebody refused the list.
type RefusedError struct {
	By string
	At crm.Moment
}

func (e *RefusedError) Error() string { return "the list was refused" }

// What stands in the way of a decision.
var (
	// ErrSelf means that nobody decides on a list of their own.
	ErrSelf = errors.New("somebody else has to decide")
	// ErrDecided means that the list was decided on before.
	ErrDecided = errors.New("decided before")
)

// Approvals returns the lists that were asked for, newest first.
func (s *Session) Approvals(ctx context.Context) ([]Approval, error) {
	var list []Approval
	return list, s.gate.View(ctx, access.Approvals, func(tx *store.Tx) error {
		var err error
		list, err = tx.Approvals(ctx)
		return err
	})
}

// Approve decides on a list that somebody else asked for. It fails with
// crm.ErrNotFound, ErrSelf or ErrDecided.
func (s *Session) Approve(ctx context.Context, id int64, yes bool) error {
	return s.gate.Update(ctx, access.Approve, func(tx *store.Tx) error {
		a, err := tx.Approval(ctx, id)
		switch {
		case err != nil:
			return err
		case a.Person == s.gate.Person():
			return ErrSelf
		case a.Verdict != "" || a.Used != 0:
			return ErrDecided
		}
		verdict := VerdictNo
		if yes {
			verdict = VerdictYes
		}
		if err := tx.CountRows(ctx, a.Rows); err != nil {
			return err
		}
		return tx.Decide(ctx, id, verdict, s.gate.User(), crm.At(s.gate.Now()))
	})
}

// Standing is how a list stands that is too long to be made at once: one in clear, and
// of a role that is seconded any.
type Standing struct {
	Most  int       // people whom such lists of a day may hold without approval
	Alone bool      // nobody else could approve
	Asked Approval  // what was asked for, its ID 0 before
	Until time.Time // when who is alone may make it, once it was asked for
	Wait  time.Duration
}

// Ready reports whether the list may be made now.
func (s Standing) Ready(now time.Time) bool {
	return s.Asked.Verdict == VerdictYes || s.Asked.Waits() && s.Asked.ID != 0 && s.Alone && !now.Before(s.Until)
}

// bounded reports whether lists of a plan are counted.
func (s *Session) bounded(p exportPlan) bool {
	return len(p.clear) > 0 || access.Seconded(s.gate.Role())
}

// dayAgo is from when on the people of lists are counted.
func (s *Session) dayAgo() crm.Moment { return crm.At(s.gate.Now().Add(-24 * time.Hour)) }

// standing returns how a list stands that would hold these customers, nil if it needs
// no approval: with those of the user's other lists of a day, each counted once, they
// are few.
func (s *Session) standing(ctx context.Context, tx *store.Tx, r ExportRequest, p exportPlan, nums []int64) (*Standing, error) {
	if !s.bounded(p) {
		return nil, nil
	}
	house := s.gate.House()
	people, err := tx.HandedSince(ctx, s.gate.User(), s.dayAgo())
	if err != nil {
		return nil, err
	}
	for _, n := range nums {
		people[n] = true
	}
	if len(people) <= house.ClearRows() {
		return nil, nil
	}
	digest, err := r.digest(p)
	if err != nil {
		return nil, err
	}
	st := &Standing{Most: house.ClearRows(), Alone: s.alone(), Wait: house.Wait()}
	switch st.Asked, err = tx.Asked(ctx, s.gate.Person(), digest); {
	case errors.Is(err, crm.ErrNotFound):
		st.Asked = store.Approval{
			Digest: digest, Person: s.gate.Person(), User: s.gate.User(), Rows: len(nums),
			Rule: r.Where, Columns: p.clear, Purpose: r.Purpose, People: nums,
			Chosen: store.Chosen{Known: true, Searched: r.Search != "", Picked: len(r.IDs), Excepted: len(r.Except), First: r.Limit, Import: r.Import},
		}
	case err != nil:
		return nil, err
	default:
		st.Until = st.Asked.At.In(time.UTC).Add(st.Wait)
	}
	return st, nil
}

// allowed returns how a list of these customers stands that is made under an approval,
// nil if it needs none, else *ApprovalError, after it asked for one, or *RefusedError.
func (s *Session) allowed(ctx context.Context, tx *store.Tx, r ExportRequest, p exportPlan, nums []int64) (*Standing, error) {
	st, err := s.standing(ctx, tx, r, p, nums)
	if err != nil || st == nil {
		return nil, err
	}
	if st.Asked.Verdict == VerdictNo {
		return nil, &RefusedError{st.Asked.Decider, st.Asked.Decided}
	}
	now := s.gate.Now()
	if st.Asked.ID == 0 {
		st.Asked.At, st.Until = crm.At(now), now.Add(st.Wait)
		if err := s.gate.Keep(ctx, access.Export, func(tx *store.Tx) (err error) {
			if st.Asked.ID, err = tx.Ask(ctx, st.Asked); err != nil {
				return err
			}
			return tx.LogEvent(ctx, crm.At(now), actAsk, int64(len(nums)), &store.Matter{Kind: string(r.PurposeKind), Purpose: r.Purpose, Rule: r.Where, Columns: p.columns, Clear: p.clear})
		}); err != nil {
			return nil, err
		}
	}
	if st.Ready(now) {
		return st, nil
	}
	wait := &ApprovalError{ID: st.Asked.ID, Rows: len(nums), Most: st.Most}
	if st.Alone {
		wait.Until = st.Until
	}
	return nil, wait
}

// bind leaves out who came on the list since it was asked for.
func (c *chosen) bind(ctx context.Context, tx *store.Tx, st *Standing) error {
	approved := make(map[int64]bool, len(st.Asked.People))
	for _, n := range st.Asked.People {
		approved[n] = true
	}
	var late []int64
	c.nums = slices.DeleteFunc(c.nums, func(n int64) bool {
		if !approved[n] {
			late = append(late, n)
		}
		return !approved[n]
	})
	contacts, err := tx.Contacts(ctx, late)
	for i := range contacts {
		c.leave(LeftUnapproved, &contacts[i])
		if contacts[i].PhoneMask != "" {
			c.phones--
		}
	}
	return err
}

// alone reports whether nobody else could decide on the user's lists.
func (s *Session) alone() bool {
	house := s.gate.House()
	for _, u := range s.gate.Users() {
		if u.ID != s.gate.Person() && !u.Disabled && !house.Ended(u.ID, s.gate.Now()) && house.May(access.Role(u.Role), access.Approve) {
			return false
		}
	}
	return true
}

// digest says what a list is: whom it holds, which columns in clear, and for what.
func (r *ExportRequest) digest(p exportPlan) ([]byte, error) {
	text, err := json.Marshal(struct {
		Where, Search, Kind, Purpose string
		IDs, Except, Columns, Clear  []string
		Import                       int64
	}{r.Where, r.Search, string(r.PurposeKind), r.Purpose, r.IDs, r.Except, p.columns, p.clear, r.Import})
	if err != nil {
		return nil, fmt.Errorf("describe list: %w", err)
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}
