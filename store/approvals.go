package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// Approval is a list in clear that somebody asked for.
type Approval struct {
	ID      int64
	Digest  []byte // of what the list is
	At      crm.Moment
	Person  uint32 // the number of who asked
	User    string
	Rows    int
	Rule    string
	Chosen  Chosen
	Columns []string
	Purpose string
	Verdict string     // yes, no; "" for none yet
	Decided crm.Moment // 0 for not yet
	Decider string
	Used    int64   // the step that made the list, 0 for none
	People  []int64 // on the list, by number, rising; none: not known
}

// Chosen is how whom a list holds was chosen, besides by the rule.
type Chosen struct {
	Known    bool // false: asked for before it was kept
	Searched bool
	Picked   int    // one by one, 0 for all
	Excepted int    // one by one
	First    int    // only so many of them, 0 for all
	Import   int64  // of which import, 0 for all
	File     string // of the import, "" if it was taken back
}

// Waits reports whether nobody decided on the list, and it was not made.
func (a Approval) Waits() bool { return a.Verdict == "" && a.Used == 0 }

const approvalColumns = `id, digest, at, person, user, rows, rule, columns, purpose, verdict, decided, decider, used, people,
	searched IS NOT NULL, coalesce(searched, 0), picked, excepted, first, import, coalesce((SELECT file FROM imports WHERE step = import), '')`

// Approvals returns what was asked for, newest first.
func (t *Tx) Approvals(ctx context.Context) ([]Approval, error) {
	var list []Approval
	return list, t.each(ctx, "list approvals", func(r *sql.Rows) error {
		a, err := scanApproval(r.Scan)
		list = append(list, a)
		return err
	}, `SELECT `+approvalColumns+` FROM approvals ORDER BY id DESC`)
}

// Approval returns what was asked for under an id, or crm.ErrNotFound.
func (t *Tx) Approval(ctx context.Context, id int64) (Approval, error) {
	return t.approval(ctx, `id = ?`, id)
}

// Asked returns the newest list that a person asked for and did not make yet, or
// crm.ErrNotFound.
func (t *Tx) Asked(ctx context.Context, person uint32, digest []byte) (Approval, error) {
	return t.approval(ctx, `person = ? AND digest = ? AND used = 0 AND people IS NOT NULL ORDER BY id DESC LIMIT 1`, person, digest)
}

func (t *Tx) approval(ctx context.Context, where string, args ...any) (Approval, error) {
	a, err := scanApproval(t.tx.QueryRowContext(ctx, `SELECT `+approvalColumns+` FROM approvals WHERE `+where, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return a, fmt.Errorf("approval: %w", crm.ErrNotFound)
	}
	if err != nil {
		return a, fmt.Errorf("find approval: %w", err)
	}
	return a, nil
}

func scanApproval(scan func(...any) error) (Approval, error) {
	var a Approval
	var columns string
	var people []byte
	err := scan(&a.ID, &a.Digest, &a.At, &a.Person, &a.User, &a.Rows, &a.Rule, &columns, &a.Purpose, &a.Verdict, &a.Decided, &a.Decider, &a.Used, &people,
		&a.Chosen.Known, &a.Chosen.Searched, &a.Chosen.Picked, &a.Chosen.Excepted, &a.Chosen.First, &a.Chosen.Import, &a.Chosen.File)
	if err != nil {
		return a, err
	}
	a.Columns = splitNames(columns)
	a.People, err = unpackPeople(people)
	return a, err
}

// Ask keeps what somebody asks for and returns its id.
func (t *Tx) Ask(ctx context.Context, a Approval) (int64, error) {
	r, err := t.tx.ExecContext(ctx, `INSERT INTO approvals (digest, at, person, user, rows, rule, columns, purpose, people,
		searched, picked, excepted, first, import) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Digest, int64(a.At), a.Person, a.User, a.Rows, a.Rule, strings.Join(a.Columns, ","), a.Purpose, packPeople(a.People),
		a.Chosen.Searched, a.Chosen.Picked, a.Chosen.Excepted, a.Chosen.First, a.Chosen.Import)
	if err != nil {
		return 0, fmt.Errorf("ask for approval: %w", err)
	}
	return r.LastInsertId()
}

// Decide answers what was asked for.
func (t *Tx) Decide(ctx context.Context, id int64, verdict, user string, at crm.Moment) error {
	t.tellShop("approval", strconv.FormatInt(id, 10), pii.Text{}, pii.New(verdict))
	return t.exec(ctx, "decide approval", `UPDATE approvals SET verdict = ?, decider = ?, decided = ? WHERE id = ?`, verdict, user, int64(at), id)
}

// UseApproval says that the transaction's step made the list, or fails with
// crm.ErrNotFound if another did.
func (t *Tx) UseApproval(ctx context.Context, id int64) error {
	r, err := t.tx.ExecContext(ctx, `UPDATE approvals SET used = ? WHERE id = ? AND used = 0`, t.step, id)
	if err != nil {
		return fmt.Errorf("use approval: %w", err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("use approval: %w", crm.ErrNotFound))
	}
	return nil
}

// RevealedSince counts the people other than one whom a user revealed since a time.
func (t *Tx) RevealedSince(ctx context.Context, user, but string, since crm.Moment) (int, error) {
	var n int
	if err := t.tx.QueryRowContext(ctx, `SELECT count(DISTINCT d.rule) FROM disclosures AS d JOIN steps AS s ON s.id = d.step
		WHERE d.kind = 'reveal' AND s.user = ? AND s.at >= ? AND d.rule <> ?`, user, int64(since), "id "+but).Scan(&n); err != nil {
		return 0, fmt.Errorf("count revealed people: %w", err)
	}
	return n, nil
}
