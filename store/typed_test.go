package store_test

import (
	"context"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// joined writes on two customers and lets an import tell that they are one.
func joined(t *testing.T, write func(tx *store.Tx, a, b int64) error) (b *store.Book, written, join int64) {
	t.Helper()
	b = storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10)), told("2", "y", "15400000002", 1, item("a", 10))})
	list := customers(t, b)
	written = update(t, b, "write", func(tx *store.Tx) error { return write(tx, list[0].Num, list[1].Num) })
	join, _ = load(t, b, "taobao", []*crm.Order{told("3", "x", "15400000002", 1, item("a", 10))})
	check(t, b)
	return b, written, join
}

func TestAliasAndRefusalFollowAJoin(t *testing.T) {
	b, written, join := joined(t, func(tx *store.Tx, _, two int64) error {
		if _, err := tx.SetAlias(t.Context(), two, pii.New("林老师")); err != nil {
			return err
		}
		_, err := tx.SetRefusal(t.Context(), []int64{two}, true)
		return err
	})
	if c := customers(t, b); len(c) != 1 || c[0].Alias.Reveal() != "林老师" || !c[0].Refused {
		t.Fatal("the one customer lacks the alias or the mark")
	}
	undo(t, b, written)
	if c := customers(t, b); len(c) != 1 || !c[0].Alias.Empty() || c[0].Refused {
		t.Error("undo does not follow the alias and the mark")
	}
	check(t, b)
	undo(t, b, join)
	check(t, b)
	for _, c := range customers(t, b) {
		if !c.Alias.Empty() || c.Refused {
			t.Error("what was taken back is back")
		}
	}
}

func TestSecondAliasIsKeptWhenCustomersAreJoined(t *testing.T) {
	b, _, join := joined(t, func(tx *store.Tx, one, two int64) error {
		if _, err := tx.SetAlias(t.Context(), one, pii.New("林老师")); err != nil {
			return err
		}
		_, err := tx.SetAlias(t.Context(), two, pii.New("林小姐"))
		return err
	})
	list := customers(t, b)
	if len(list) != 1 || list[0].Alias.Reveal() != "林老师" {
		t.Fatalf("%d customers, want one with the alias", len(list))
	}
	fields := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Field, error) { return tx.Fields(ctx, list[0].Num) })
	if len(fields) != 1 || fields[0].Value.Reveal() != "林小姐" {
		t.Error("the other alias is lost")
	}
	undo(t, b, join)
	check(t, b)
	for _, c := range customers(t, b) {
		if c.Alias.Empty() {
			t.Error("undo of the join lost an alias")
		}
	}
}

func TestDraftFollowsAJoin(t *testing.T) {
	b, _, _ := joined(t, func(tx *store.Tx, _, two int64) error {
		return tx.KeepDraft(t.Context(), two, "owner", pii.New("half a thought"))
	})
	list := customers(t, b)
	draft := view(t, b, func(ctx context.Context, tx *store.Tx) (pii.Text, error) { return tx.Draft(ctx, list[0].Num, "owner") })
	if len(list) != 1 || draft.Reveal() != "half a thought" {
		t.Error("the draft is lost")
	}
}

func TestRefusalKeepsACustomerWhoseImportIsTakenBack(t *testing.T) {
	b := storetest.New(t)
	step, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10))})
	update(t, b, "contact", func(tx *store.Tx) error {
		nums, _, err := tx.FindCustomers(t.Context(), store.Selection{}, crm.RuleEnv{})
		if err != nil {
			return err
		}
		_, err = tx.SetRefusal(t.Context(), nums, true)
		return err
	})
	undo(t, b, step)
	if c := customers(t, b); len(c) != 1 || !c[0].Refused {
		t.Error("who wants no contact is forgotten")
	}
	check(t, b)
}

// TestUndoOfLaterVerbsRestoresAnOldBook writes on a book that an earlier
// version made.
func TestUndoOfLaterVerbsRestoresAnOldBook(t *testing.T) {
	b := storetest.Open(t, copyOfVersion1(t))
	ctx := t.Context()
	var customer int64
	var note string
	for _, c := range customers(t, b) {
		for _, n := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c.Num) }) {
			customer, note = c.Num, n.ID
		}
	}
	changes := []func(*store.Tx) (int, error){
		func(tx *store.Tx) (int, error) { return tx.PinNote(ctx, note, true) },
		func(tx *store.Tx) (int, error) {
			return tx.EditNote(ctx, note, pii.New("送货前请打电话 @12-01"))
		},
		func(tx *store.Tx) (int, error) { return tx.SettleNote(ctx, note) },
		func(tx *store.Tx) (int, error) { return tx.DeleteNote(ctx, note) },
		func(tx *store.Tx) (int, error) { return tx.SetAlias(ctx, customer, pii.New("林老师")) },
		func(tx *store.Tx) (int, error) { return tx.SetAlias(ctx, customer, pii.Text{}) },
		func(tx *store.Tx) (int, error) { return tx.SetRefusal(ctx, []int64{customer}, true) },
		func(tx *store.Tx) (int, error) { return tx.SetRefusal(ctx, []int64{customer}, false) },
	}
	var states []string
	var steps []int64
	for i, change := range changes {
		states = append(states, dump(t, b))
		steps = append(steps, update(t, b, "write", func(tx *store.Tx) error {
			n, err := change(tx)
			if n != 1 {
				t.Errorf("change %d does nothing", i)
			}
			return err
		}))
	}
	for i, step := range slices.Backward(steps) {
		if kept := undo(t, b, step); len(kept) > 0 {
			t.Errorf("undo of change %d kept %v", i, kept)
		}
		if after := dump(t, b); after != states[i] {
			t.Errorf("undo of change %d:\n%s", i, difference(states[i], after))
		}
		check(t, b)
	}
}
