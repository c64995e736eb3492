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
		return tx.KeepDraft(ctx, num, s.gate.User(), unlessBlank(text))
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

// KeepDraftMany keeps what the user typed in the sheet for a note and did not save, in
// place of what was kept of it before: of one customer who is named, or of several,
// whoever they are. It is no step of the journal; a blank text is forgotten.
func (s *Session) KeepDraftMany(ctx context.Context, text pii.Text, on Targets) error {
	index, err := s.indexFor(ctx, Selection{Search: on.Search})
	if err != nil {
		return err
	}
	text = unlessBlank(text)
	return s.gate.Keep(ctx, access.Draft, func(tx *store.Tx) error {
		nums, err := s.targets(ctx, tx, on, index)
		switch {
		case err != nil || len(nums) == 0:
			return err
		case len(on.IDs) == 1:
			return tx.KeepSheetDraft(ctx, nums[0], s.gate.User(), text)
		default:
			return tx.KeepSeveralDraft(ctx, nums[0], s.gate.User(), text)
		}
	})
}

// DraftMany returns what KeepDraftMany kept as it was typed, blank for nothing.
func (s *Session) DraftMany(ctx context.Context, on Targets) (pii.Text, error) {
	var text pii.Text
	return text, s.gate.View(ctx, access.Draft, func(tx *store.Tx) (err error) {
		if len(on.IDs) != 1 {
			text, err = tx.SeveralDraft(ctx, s.gate.User())
			return err
		}
		num, err := one(ctx, tx, on.IDs[0])
		if err != nil {
			return err
		}
		text, err = tx.SheetDraft(ctx, num, s.gate.User())
		return err
	})
}

func unlessBlank(text pii.Text) pii.Text {
	if strings.TrimSpace(text.Reveal()) == "" {
		return pii.Text{}
	}
	return text
}
