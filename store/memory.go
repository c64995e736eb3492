package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// Remember keeps a choice of a user under a name; a blank one is forgotten.
func (t *Tx) Remember(ctx context.Context, user, name, value string) error {
	if value == "" {
		return t.exec(ctx, "forget choice", `DELETE FROM choices WHERE user = ? AND name = ?`, user, name)
	}
	return t.exec(ctx, "remember choice", `INSERT INTO choices (user, name, value) VALUES (?, ?, ?)
		ON CONFLICT (user, name) DO UPDATE SET value = excluded.value`, user, name, value)
}

// Recall returns what a user chose, "" for nothing.
func (t *Tx) Recall(ctx context.Context, user, name string) (string, error) {
	var value string
	err := t.tx.QueryRowContext(ctx, `SELECT value FROM choices WHERE user = ? AND name = ?`, user, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("recall choice: %w", err)
	}
	return value, nil
}

// KeepDraft keeps a user's unsaved note on a customer in place of the one
// before; a blank one is forgotten.
func (t *Tx) KeepDraft(ctx context.Context, customer int64, user string, text pii.Text) error {
	if text.Empty() {
		return t.exec(ctx, "forget draft", `DELETE FROM drafts WHERE customer = ? AND user = ?`, customer, user)
	}
	id := newID()
	body, err := t.keys.seal(field.Text, place("drafts", "body", id), text)
	if err != nil {
		return err
	}
	return t.exec(ctx, "keep draft", `INSERT INTO drafts (customer, user, id, body) VALUES (?, ?, ?, ?)
		ON CONFLICT (customer, user) DO UPDATE SET id = excluded.id, body = excluded.body`, customer, user, id[:], body)
}

// Draft returns a user's unsaved note on a customer, blank for none.
func (t *Tx) Draft(ctx context.Context, customer int64, user string) (pii.Text, error) {
	var id, body []byte
	err := t.tx.QueryRowContext(ctx, `SELECT id, body FROM drafts WHERE customer = ? AND user = ?`, customer, user).Scan(&id, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return pii.Text{}, nil
	}
	if err != nil {
		return pii.Text{}, fmt.Errorf("load draft: %w", err)
	}
	text, err := t.keys.open(field.Text, place("drafts", "body", [16]byte(id)), body, 1)
	if err != nil {
		return pii.Text{}, err
	}
	return text[0], nil
}

// A draft that was typed in the sheet for a note, not on a customer's page, stands under
// the user's name with one of these behind. No name has such a character.
const (
	inSheet   = "\x1fsheet"   // for one customer
	onSeveral = "\x1fseveral" // for several: it stands with the first of them, and goes with it
)

// KeepSheetDraft is KeepDraft for the sheet on one customer.
func (t *Tx) KeepSheetDraft(ctx context.Context, customer int64, user string, text pii.Text) error {
	return t.KeepDraft(ctx, customer, user+inSheet, text)
}

// SheetDraft is Draft of the sheet on one customer.
func (t *Tx) SheetDraft(ctx context.Context, customer int64, user string) (pii.Text, error) {
	return t.Draft(ctx, customer, user+inSheet)
}

// KeepSeveralDraft keeps a user's unsaved note on several customers, of whom one is first,
// in place of the one before on any; a blank one is forgotten.
func (t *Tx) KeepSeveralDraft(ctx context.Context, first int64, user string, text pii.Text) error {
	if err := t.exec(ctx, "forget draft", `DELETE FROM drafts WHERE user = ?`, user+onSeveral); err != nil || text.Empty() {
		return err
	}
	return t.KeepDraft(ctx, first, user+onSeveral, text)
}

// SeveralDraft returns a user's unsaved note on several customers, blank for none.
func (t *Tx) SeveralDraft(ctx context.Context, user string) (pii.Text, error) {
	var first int64
	err := t.tx.QueryRowContext(ctx, `SELECT customer FROM drafts WHERE user = ?`, user+onSeveral).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		return pii.Text{}, nil
	}
	if err != nil {
		return pii.Text{}, fmt.Errorf("find draft: %w", err)
	}
	return t.Draft(ctx, first, user+onSeveral)
}
