package usecase

import (
	"context"
	"strings"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/store"
)

// Remember keeps a choice of the user under a name, such as the columns of a
// table. It is no step of the journal; a blank value is forgotten.
func (s *Session) Remember(ctx context.Context, name, value string) error {
	return s.gate.Keep(ctx, access.Remember, func(tx *store.Tx) error {
		return tx.Remember(ctx, s.gate.User(), name, value)
	})
}

// Recall returns what the user chose, "" for nothing.
func (s *Session) Recall(ctx context.Context, name string) (string, error) {
	var value string
	return value, s.gate.View(ctx, access.Remember, func(tx *store.Tx) error {
		var err error
		value, err = tx.Recall(ctx, s.gate.User(), name)
		return err
	})
}

// KeepDraft keeps the user's unsaved note on a customer, sealed, in place of
// the one before. It is no step of the journal; a blank text is forgotten.
func (s *Session) KeepDraft(ctx context.Context, id string, text pii.Text) error {
	return s.gate.Keep(ctx, access.Draft, func(tx *store.Tx) error {
		num, err := one(ctx, tx, id)
		if err != nil {
			return err
		}
		if strings.TrimSpace(text.Reveal()) == "" {
			text = pii.Text{}
		}
		return tx.KeepDraft(ctx, num, s.gate.User(), text)
	})
}

// Draft returns the user's unsaved note on a customer as typed, blank for none.
func (s *Session) Draft(ctx context.Context, id string) (pii.Text, error) {
	var text pii.Text
	return text, s.gate.View(ctx, access.Draft, func(tx *store.Tx) error {
		num, err := one(ctx, tx, id)
		if err != nil {
			return err
		}
		text, err = tx.Draft(ctx, num, s.gate.User())
		return err
	})
}
