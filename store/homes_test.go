package store_test

import (
	"testing"

	"kebu/app/crm"
	"kebu/store"
	"kebu/store/storetest"
)

// refuse says whether who has an order wants no contact.
func refuse(t *testing.T, b *store.Book, number string, yes bool) int64 {
	t.Helper()
	return update(t, b, "refuse", func(tx *store.Tx) error {
		n, err := tx.SetRefusal(t.Context(), []int64{holder(t, b, number)}, yes)
		if n != 1 {
			t.Errorf("%d customers changed, want 1", n)
		}
		return err
	})
}

// wantRefused checks of whom of two orders it is known that they want no contact.
func wantRefused(t *testing.T, b *store.Book, one, two bool) {
	t.Helper()
	refused := make(map[int64]bool)
	for _, c := range customers(t, b) {
		refused[c.Num] = c.Refused
	}
	if x, y := refused[holder(t, b, "1")], refused[holder(t, b, "2")]; x != one || y != two {
		t.Errorf("refused: %t and %t, want %t and %t", x, y, one, two)
	}
	check(t, b)
}

// couple is a book of two customers, of whom the second stays when they are joined,
// for somebody wrote on it.
func couple(t *testing.T) *store.Book {
	t.Helper()
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10)), told("2", "y", "", 1, item("a", 10))})
	update(t, b, "tag add", func(tx *store.Tx) error {
		_, err := tx.AddTag(t.Context(), []int64{holder(t, b, "2")}, "VIP")
		return err
	})
	return b
}

func TestWhoRefusedAsOneHasRefusedAsSeveral(t *testing.T) {
	b := couple(t)
	join := decide(t, b, true, "1", "2")
	step := refuse(t, b, "2", true)
	undo(t, b, join)
	wantRefused(t, b, true, true)
	undo(t, b, step)
	wantRefused(t, b, false, false)
}

func TestARefusalReturnsToWhoWasJoinedSince(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10)), told("2", "y", "", 1, item("a", 10))})
	refuse(t, b, "2", true)
	back := refuse(t, b, "2", false)
	join := decide(t, b, true, "1", "2")
	undo(t, b, back)
	wantRefused(t, b, true, true) // one customer
	undo(t, b, join)
	wantRefused(t, b, false, true)
}

func TestRedoPutsHomesOfImagesBack(t *testing.T) {
	b := storetest.New(t)
	first, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	load(t, b, "taobao", []*crm.Order{told("2", "y", "", 1, item("a", 10))})
	refuse(t, b, "1", true)
	refuse(t, b, "1", false)
	before := dump(t, b)
	undo(t, b, first)
	update(t, b, "redo", func(tx *store.Tx) error {
		_, err := tx.Redo(t.Context())
		return err
	})
	if after := dump(t, b); after != before {
		t.Error(difference(before, after))
	}
	check(t, b)
}
