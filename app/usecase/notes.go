package usecase

import (
	"context"
	"slices"
	"strings"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/store"
)

// Note writes a note on a customer. A day after an @ makes it due, by
// crm.DueDay.
func (s *Session) Note(ctx context.Context, id string, text pii.Text) (Done, error) {
	return s.NoteMany(ctx, text, Targets{IDs: []string{id}})
}

// NoteMany writes the same note on each of several customers.
func (s *Session) NoteMany(ctx context.Context, text pii.Text, on Targets) (Done, error) {
	if strings.TrimSpace(text.Reveal()) == "" {
		return Done{}, ErrBlank
	}
	return s.many(ctx, access.Note, on, func(tx *store.Tx, nums []int64) (int, error) {
		return len(nums), tx.AddNotes(ctx, nums, s.gate.User(), text)
	})
}

// EditNote gives a note another text. Undo brings the former one back.
func (s *Session) EditNote(ctx context.Context, note string, text pii.Text) (Done, error) {
	if strings.TrimSpace(text.Reveal()) == "" {
		return Done{}, ErrBlank
	}
	return s.typed(ctx, access.EditNote, func(tx *store.Tx) (int, error) { return tx.EditNote(ctx, note, text) })
}

// DeleteNote removes a note.
func (s *Session) DeleteNote(ctx context.Context, note string) (Done, error) {
	return s.typed(ctx, access.DeleteNote, func(tx *store.Tx) (int, error) { return tx.DeleteNote(ctx, note) })
}

// PinNote pins a note or takes the pin off.
func (s *Session) PinNote(ctx context.Context, note string, pinned bool) (Done, error) {
	return s.typed(ctx, access.PinNote, func(tx *store.Tx) (int, error) { return tx.PinNote(ctx, note, pinned) })
}

// SettleNote says that what a note is due for is done.
func (s *Session) SettleNote(ctx context.Context, note string) (Done, error) {
	return s.typed(ctx, access.SettleNote, func(tx *store.Tx) (int, error) { return tx.SettleNote(ctx, note) })
}

// DueNote is a note that is due, with its customer, masked.
type DueNote struct {
	WrittenNote // the text is its first line, numbers and addresses masked
	Customer    Customer
}

// DueNotes returns the notes due today or before that are not settled, the
// longest due first.
func (s *Session) DueNotes(ctx context.Context) ([]DueNote, error) {
	var list []DueNote
	see := s.sight(access.Show)
	return list, s.gate.View(ctx, access.Show, func(tx *store.Tx) error {
		if see(access.Writing) < access.Masked {
			return nil
		}
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		notes, nums, err := tx.DueNotes(ctx, env.Today)
		if err != nil {
			return err
		}
		customers, err := tx.LoadCustomers(ctx, slices.Compact(slices.Sorted(slices.Values(nums))), false)
		if err != nil {
			return err
		}
		of := make(map[int64]Customer, len(customers))
		for i := range customers {
			see.customer(&customers[i])
			of[customers[i].Num] = customers[i]
		}
		for i, n := range notes {
			line, _, _ := strings.Cut(strings.TrimSpace(n.Text.Reveal()), "\n")
			n.Text = pii.New(pii.MaskProse(strings.TrimSpace(line)))
			list = append(list, DueNote{n, of[nums[i]]})
		}
		return nil
	})
}
