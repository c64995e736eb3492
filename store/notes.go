package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// Note is what a person wrote on a customer.
type Note struct {
	ID      string // opaque
	Step    int64  // the last that changed it
	At      crm.Moment
	User    string
	Text    pii.Text   // blank when the user's keys do not open it
	Edited  crm.Moment // 0: never
	Pinned  bool
	Due     crm.Day // by crm.DueDay; 0: on none
	Settled bool    // done, when due
}

// AddNote writes a note on a customer.
func (t *Tx) AddNote(ctx context.Context, customer int64, user string, text pii.Text) error {
	return t.AddNotes(ctx, []int64{customer}, user, text)
}

// AddNotes writes the same note on each of several customers.
func (t *Tx) AddNotes(ctx context.Context, customers []int64, user string, text pii.Text) error {
	today, err := t.today(ctx)
	if err != nil {
		return err
	}
	due := dueDay(text, today)
	rows := t.newBulk(`notes (id, step, customer, at, user, body, due)`)
	defer rows.close()
	for _, customer := range customers {
		id := newID()
		body, err := t.keys.seal(field.Text, place("notes", "body", id), text)
		if err != nil {
			return err
		}
		if err := rows.add(ctx, id[:], t.step, customer, int64(t.now), user, body, due); err != nil {
			return err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return err
	}
	if err := t.tell(ctx, customers, "note", "", pii.Text{}, text); err != nil {
		return err
	}
	return t.giveHomes(ctx, "notes")
}

// today is the day of the transaction's step in the book's zone.
func (t *Tx) today(ctx context.Context) (crm.Day, error) {
	settings, err := t.Settings(ctx)
	return t.now.Day(settings.Zone), err
}

func dueDay(text pii.Text, today crm.Day) sql.NullInt64 {
	day, ok := crm.DueDay(text.Reveal(), today)
	return sql.NullInt64{Int64: int64(day), Valid: ok}
}

// EditNote gives a note another text, and returns whether that is 1 change or
// 0. It is due anew only where the text names another day: one without a year
// means the year of its writing.
func (t *Tx) EditNote(ctx context.Context, id string, text pii.Text) (int, error) {
	raw, customer, was, err := t.oldNote(ctx, id)
	if err != nil || was.Equal(text) {
		return 0, err
	}
	today, err := t.today(ctx)
	if err != nil {
		return 0, err
	}
	body, err := t.keys.seal(field.Text, place("notes", "body", raw), text)
	if err != nil {
		return 0, err
	}
	due := dueDay(text, today)
	n, err := t.count(ctx, "edit note", `UPDATE notes SET step = ?2, body = ?3, edited = ?4,
		due = iif(?6, due, ?5), settled = iif(?6, settled, 0) WHERE id = ?1`,
		raw[:], t.step, body, int64(t.now), due, due == dueDay(was, today))
	if err != nil {
		return 0, err
	}
	return int(n), t.tell(ctx, []int64{customer}, "note", "", was, text)
}

// oldNote returns a note's row, customer and text, or crm.ErrNotFound.
func (t *Tx) oldNote(ctx context.Context, id string) (raw [16]byte, customer int64, text pii.Text, err error) {
	if raw, err = noteID(id); err != nil {
		return raw, 0, text, err
	}
	var sealed []byte
	err = t.tx.QueryRowContext(ctx, `SELECT customer, body FROM notes WHERE id = ?`, raw[:]).Scan(&customer, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return raw, 0, text, fmt.Errorf("note: %w", crm.ErrNotFound)
	}
	if err != nil {
		return raw, 0, text, fmt.Errorf("load note: %w", err)
	}
	parts, err := t.keys.open(field.Text, place("notes", "body", raw), sealed, 1)
	if err != nil {
		return raw, 0, text, err
	}
	return raw, customer, parts[0], nil
}

// DeleteNote removes a note, or fails with crm.ErrNotFound.
func (t *Tx) DeleteNote(ctx context.Context, id string) (int, error) {
	return t.changeNote(ctx, id, "note", "delete note", `DELETE FROM notes WHERE id = ?1 AND ?2`, t.step)
}

// PinNote pins a note or takes the pin off, and returns whether that is 1
// change or 0.
func (t *Tx) PinNote(ctx context.Context, id string, pinned bool) (int, error) {
	return t.changeNote(ctx, id, "pin", "pin note", `UPDATE notes SET step = ?2, pinned = ?3 WHERE id = ?1 AND pinned <> ?3`, t.step, pinned)
}

// SettleNote says that what a note is due for is done, and returns whether
// that is 1 change or 0.
func (t *Tx) SettleNote(ctx context.Context, id string) (int, error) {
	return t.changeNote(ctx, id, "settle", "settle note", `UPDATE notes SET step = ?2, settled = 1 WHERE id = ?1 AND due IS NOT NULL AND settled = 0`, t.step)
}

// changeNote runs a query on the note ?1, or fails with crm.ErrNotFound. The log is
// told what changes of it: the note itself, which goes, or how it stands.
func (t *Tx) changeNote(ctx context.Context, id, what, doing, query string, args ...any) (int, error) {
	raw, customer, was, err := t.oldNote(ctx, id)
	if err != nil {
		return 0, err
	}
	n, err := t.count(ctx, doing, query, append([]any{raw[:]}, args...)...)
	if err != nil || n == 0 {
		return 0, err
	}
	after := was
	if what == "note" {
		after = pii.Text{}
	}
	return int(n), t.tell(ctx, []int64{customer}, what, "", was, after)
}

func noteID(id string) ([16]byte, error) {
	raw, err := hex.DecodeString(id)
	if err != nil || len(raw) != 16 {
		return [16]byte{}, fmt.Errorf("note: %w", crm.ErrNotFound)
	}
	return [16]byte(raw), nil
}

// Notes returns a customer's notes, oldest first.
func (t *Tx) Notes(ctx context.Context, customer int64) ([]Note, error) {
	notes, _, err := t.listNotes(ctx, `WHERE customer = ? ORDER BY at, step`, customer)
	return notes, err
}

// DueNotes returns the notes due on a day or before it that are not settled,
// the longest due first, and the numbers of their customers.
func (t *Tx) DueNotes(ctx context.Context, day crm.Day) ([]Note, []int64, error) {
	return t.listNotes(ctx, `WHERE due <= ? AND settled = 0 ORDER BY due, at, step`, int64(day))
}

func (t *Tx) listNotes(ctx context.Context, which string, arg any) (notes []Note, customers []int64, err error) {
	err = t.each(ctx, "load notes", func(r *sql.Rows) error {
		var n Note
		var id, body []byte
		var customer int64
		var due sql.NullInt64
		if err := r.Scan(&id, &customer, &n.Step, &n.At, &n.User, &body, &n.Edited, &n.Pinned, &due, &n.Settled); err != nil {
			return err
		}
		text, err := t.keys.open(field.Text, place("notes", "body", [16]byte(id)), body, 1)
		if err != nil {
			return err
		}
		n.ID, n.Text, n.Due = hex.EncodeToString(id), text[0], crm.Day(due.Int64)
		notes, customers = append(notes, n), append(customers, customer)
		return nil
	}, `SELECT id, customer, step, at, user, body, edited, pinned, due, settled FROM notes `+which, arg)
	return notes, customers, err
}
