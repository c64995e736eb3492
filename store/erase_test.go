package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/keyring"
	"kebu/store"
	"kebu/store/storetest"
)

// bought is an order of a person with something personal in every field.
func bought(number, who string, placed crm.Moment) *crm.Order {
	o := told(number, who, "", 1, item("茶", 10))
	o.Placed = placed
	o.Buyer.Name, o.Buyer.Email = pii.New("name-"+who), pii.New(who+"@example.test")
	o.Recipient = crm.Recipient{Name: pii.New("to-" + who), Phone: pii.New("15400001234"), Country: "CN", City: "杭州市", Street: pii.New("road-" + who)}
	o.Message, o.Memo = pii.New("message-"+who), pii.New("memo-"+who)
	return o
}

func erase(t *testing.T, b *store.Book, nums ...int64) int64 {
	t.Helper()
	return update(t, b, "erase", func(tx *store.Tx) error { return tx.Erase(t.Context(), nums) })
}

// numOf returns the customer with an account, 0 for none.
func numOf(t *testing.T, b *store.Book, account string) int64 {
	for _, c := range customers(t, b) {
		for _, p := range c.Buyers {
			if p.ID == account {
				return c.Num
			}
		}
	}
	return 0
}

// tellTales lists where sealed values tell of the person called gone.
func tellTales(t *testing.T, b *store.Book) []string {
	t.Helper()
	values, err := b.SealedValues(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, v := range values {
		keys, err := b.Ring().Class(v.Class)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := keys.Open(nil, v.Value, v.At)
		if err != nil {
			t.Fatalf("value of %s: %v", v.At.Table, err)
		}
		if strings.Contains(string(plain), "gone") {
			found = append(found, v.At.Table+"."+v.At.Column)
		}
	}
	return found
}

func TestErasedPersonIsGone(t *testing.T) {
	ctx, b := t.Context(), storetest.New(t)
	file := func() []*crm.Order {
		return []*crm.Order{bought("1", "gone", 100), bought("2", "stays", 100), bought("3", "gone", 200)}
	}
	first, _ := load(t, b, "taobao", file())
	num := numOf(t, b, "gone")
	note := update(t, b, "note", func(tx *store.Tx) error {
		return tx.AddNote(ctx, num, "owner", pii.New("note-gone"))
	})
	update(t, b, "tag add", func(tx *store.Tx) error { _, err := tx.AddTag(ctx, []int64{num}, "tag-gone"); return err })
	update(t, b, "field", func(tx *store.Tx) error { return tx.SetField(ctx, num, "size", pii.New("field-gone")) })
	update(t, b, "field", func(tx *store.Tx) error { return tx.SetField(ctx, num, "size", pii.New("field2-gone")) })
	for _, who := range []string{"gone", "stays"} {
		c := view(t, b, func(ctx context.Context, tx *store.Tx) (string, error) { return tx.CustomerID(ctx, numOf(t, b, who)) })
		update(t, b, "reveal", func(tx *store.Tx) error {
			return tx.RecordDisclosure(ctx, store.Disclosure{Kind: "reveal", Purpose: "call " + who, Rule: "id " + c, Customer: numOf(t, b, who)})
		})
	}
	later := file()
	later[0].Status, later[0].Changed, later[0].Message = crm.StatusShipped, 300, pii.New("message2-gone")
	second, _ := load(t, b, "taobao", later)
	if len(tellTales(t, b)) == 0 {
		t.Fatal("nothing to erase")
	}
	before := stats(t, b)
	step := erase(t, b, num)
	gone := func(when string) {
		t.Helper()
		check(t, b)
		if found := tellTales(t, b); len(found) > 0 {
			t.Errorf("%s: still in %q", when, found)
		}
		if text := dump(t, b); strings.Contains(text, "gone") {
			t.Errorf("%s: a table still tells of the person", when)
		}
		if numOf(t, b, "gone") != 0 {
			t.Errorf("%s: customers %v", when, partition(t, b))
		}
	}
	gone("erased")
	if got, err := b.Purposes(ctx); err != nil || !slices.Equal(got, []string{"", "call stays"}) {
		t.Errorf("reasons: %q, %v", got, err)
	}
	if numOf(t, b, "stays") == 0 {
		t.Error("somebody else is gone, too")
	}
	after := stats(t, b)
	if after.Orders != before.Orders || after.Lines != before.Lines || after.Customers != before.Customers-1 || after.OrdersWithoutCustomer != 2 {
		t.Errorf("after %+v, before %+v", after, before)
	}
	if err := b.Update(ctx, store.Step{Verb: "undo", User: "owner", At: 5}, func(tx *store.Tx) error { _, err := tx.Redo(ctx); return err }); err == nil {
		t.Error("something is done again")
	}
	_, saved := load(t, b, "taobao", file())
	if saved.Erased != 2 || saved.New+saved.Changed != 0 {
		t.Errorf("imported again: %+v", saved)
	}
	gone("imported again")
	_, saved = load(t, b, "taobao", []*crm.Order{bought("4", "gone", 150)})
	if saved.Erased != 1 || saved.New != 1 || saved.Anonymous != 1 {
		t.Errorf("an order of before: %+v", saved)
	}
	gone("an order of before")
	for _, s := range []int64{note, second, first} {
		undo(t, b, s)
		gone("undone")
	}
	load(t, b, "taobao", file())
	gone("read again after all was undone")
	err := b.Update(ctx, store.Step{Verb: "undo", User: "owner", At: 5}, func(tx *store.Tx) error { _, err := tx.Undo(ctx, step); return err })
	if !errors.Is(err, store.ErrFinal) {
		t.Errorf("erased persons come back: %v", err)
	}
}

func TestWhoBuysAgainIsACustomerAgain(t *testing.T) {
	ctx, b := t.Context(), storetest.New(t)
	load(t, b, "taobao", []*crm.Order{bought("1", "refuser", 100), bought("2", "other", 100)})
	num := numOf(t, b, "refuser")
	id := view(t, b, func(ctx context.Context, tx *store.Tx) (string, error) { return tx.CustomerID(ctx, num) })
	update(t, b, "contact", func(tx *store.Tx) error { _, err := tx.SetRefusal(ctx, []int64{num}, true); return err })
	erase(t, b, num, numOf(t, b, "other"))
	err := b.View(ctx, func(tx *store.Tx) error { _, err := tx.CustomerNum(ctx, id); return err })
	var erased *crm.ErasedError
	if !errors.As(err, &erased) || !errors.Is(err, crm.ErrNotFound) || erased.At != 1795000000000 {
		t.Errorf("the customer: %v", err)
	}
	at := crm.Moment(1795000000001)
	step, saved := load(t, b, "taobao", []*crm.Order{bought("3", "refuser", at), bought("4", "other", at)})
	if saved.NewCustomers != 2 || saved.Erased != 0 {
		t.Errorf("%+v", saved)
	}
	refused := func() []string {
		var list []string
		for _, c := range customers(t, b) {
			if c.Refused {
				list = append(list, c.Buyers[0].ID)
			}
		}
		return list
	}
	if got := refused(); !slices.Equal(got, []string{"refuser"}) {
		t.Errorf("refused: %q", got)
	}
	check(t, b)
	undo(t, b, step)
	check(t, b)
	if len(customers(t, b)) != 0 {
		t.Error("somebody stays")
	}
}

// TestWhoeverIsErasedStaysErased imports, types, joins, undoes and erases at random.
func TestWhoeverIsErasedStaysErased(t *testing.T) {
	ctx := t.Context()
	for seed := range seeds(12) {
		r := rand.New(rand.NewPCG(seed, 29))
		b := storetest.New(t)
		w := storetest.World{Rand: r, Platform: "taobao", Accounts: 12, Phones: 6}
		var told []*crm.Order
		var steps []int64
		gone := make(map[string]bool)
		for range 25 {
			all := customers(t, b)
			switch n := r.IntN(8); {
			case n < 3 || len(all) < 2:
				var file []*crm.Order
				for range 1 + r.IntN(8) {
					o := w.Order(r.IntN(40))
					if len(told) > 0 && r.IntN(3) == 0 {
						o = told[r.IntN(len(told))]
					}
					if !slices.ContainsFunc(file, func(f *crm.Order) bool { return f.Number == o.Number }) {
						file, told = append(file, o), append(told, o)
					}
				}
				step, _ := load(t, b, "taobao", clones(file))
				steps = append(steps, step)
			case n < 5:
				c := all[r.IntN(len(all))].Num
				steps = append(steps, update(t, b, "note", func(tx *store.Tx) error {
					return errors.Join(tx.AddNote(ctx, c, "owner", pii.New("说明")), tx.SetField(ctx, c, "own", pii.New(fmt.Sprint(n))))
				}))
			case n < 6:
				x, y := all[r.IntN(len(all))].Num, all[r.IntN(len(all))].Num
				steps = append(steps, update(t, b, "decide", func(tx *store.Tx) error {
					if r.IntN(2) == 0 && x != y {
						_, err := tx.Separate(ctx, x, y)
						return err
					}
					_, _, err := tx.Join(ctx, []int64{x, y})
					return err
				}))
			case n < 7 && len(steps) > 0:
				i := r.IntN(len(steps))
				undo(t, b, steps[i])
				steps = slices.Delete(steps, i, i+1)
			default:
				c := all[r.IntN(len(all))]
				for _, p := range c.Buyers {
					gone[p.ID] = p.ID != ""
				}
				erase(t, b, c.Num)
				check(t, b)
			}
			for _, c := range customers(t, b) {
				for _, p := range c.Buyers {
					if gone[p.ID] {
						t.Fatalf("seed %d: %s is back", seed, p.ID)
					}
				}
			}
		}
		check(t, b)
	}
}

// TestErasedUnderFormerKeys changes the index key between erasing and importing, and
// between a backup and erasing.
func TestErasedUnderFormerKeys(t *testing.T) {
	ctx, b := t.Context(), storetest.New(t)
	file := []*crm.Order{bought("1", "first", 100), bought("2", "second", 100)}
	step, _ := load(t, b, "taobao", clones(file))
	backup := filepath.Join(t.TempDir(), "backup.kebu")
	if _, err := b.Backup(ctx, backup, nil); err != nil {
		t.Fatal(err)
	}
	erase(t, b, numOf(t, b, "first"))
	changeTeam(t, b, func(r *keyring.Ring) error { return r.Rotate(keyring.IndexKey) })
	if err := b.ResealUnlogged(ctx, nil); err != nil {
		t.Fatal(err)
	}
	erase(t, b, numOf(t, b, "second"))
	if _, saved := load(t, b, "taobao", clones(file)); saved.Erased != 2 {
		t.Errorf("%+v", saved)
	}
	list := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.SignedErasure, error) { return tx.Erasures(ctx) })
	old, err := store.Restore(ctx, backup, "", []byte(storetest.Passphrase), filepath.Join(t.TempDir(), "old.kebu"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Discard() }()
	undo(t, old.Book, step) // the same people come under other ids
	load(t, old.Book, "taobao", clones(file))
	update(t, old.Book, "erase", func(tx *store.Tx) error {
		people, _, err := tx.EraseAgain(ctx, list)
		if people != 2 {
			t.Errorf("%d erased", people)
		}
		return err
	})
	check(t, old.Book)
	if len(customers(t, old.Book)) != 0 {
		t.Error("somebody is left")
	}
}

// TestRestoredBookForgetsWhoWasErasedSince erases after a backup.
func TestRestoredBookForgetsWhoWasErasedSince(t *testing.T) {
	ctx, b := t.Context(), storetest.New(t)
	load(t, b, "taobao", []*crm.Order{bought("1", "gone", 100), bought("2", "stays", 100)})
	num := numOf(t, b, "gone")
	update(t, b, "note", func(tx *store.Tx) error {
		return tx.AddNote(ctx, num, "owner", pii.New("note-gone"))
	})
	backup := filepath.Join(t.TempDir(), "backup.kebu")
	if _, err := b.Backup(ctx, backup, nil); err != nil {
		t.Fatal(err)
	}
	load(t, b, "taobao", []*crm.Order{bought("3", "unknown-then", 100)})
	erase(t, b, num, numOf(t, b, "unknown-then"))
	list := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.SignedErasure, error) { return tx.Erasures(ctx) })
	if len(list) != 2 {
		t.Fatalf("%d erasures", len(list))
	}
	for _, s := range list {
		if strings.Contains(s.Body, "gone") || strings.Contains(s.Body, "unknown") {
			t.Error("the list tells of the person")
		}
	}
	old, err := store.Restore(ctx, backup, "", []byte(storetest.Passphrase), filepath.Join(t.TempDir(), "old.kebu"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Discard() }()
	if len(tellTales(t, old.Book)) == 0 {
		t.Fatal("the backup has nothing to erase")
	}
	forged := slices.Clone(list)
	forged[0].Body = strings.Replace(forged[0].Body, `"at":1`, `"at":2`, 1)
	again := func(list []store.SignedErasure) (n, kept int, err error) {
		return n, kept, old.Update(ctx, store.Step{Verb: "erase", User: "owner", At: 6}, func(tx *store.Tx) error {
			n, kept, err = tx.EraseAgain(ctx, list)
			return err
		})
	}
	if _, _, err := again(forged); !errors.Is(err, store.ErrForged) {
		t.Errorf("a forged erasure: %v", err)
	}
	for _, want := range []int{1, 0} {
		if n, kept, err := again(list); err != nil || n != want || kept != 2*want {
			t.Errorf("%d of %d erased, %v; want %d", n, kept, err, want)
		}
	}
	check(t, old.Book)
	if found := tellTales(t, old.Book); len(found) > 0 || numOf(t, old.Book, "stays") == 0 {
		t.Errorf("still in %q", found)
	}
	if _, saved := load(t, old.Book, "taobao", []*crm.Order{bought("3", "unknown-then", 100)}); saved.Erased != 1 {
		t.Errorf("who was no customer then: %+v", saved)
	}
}

func TestForgedErasuresAreFound(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{bought("1", "gone", 100)})
	erase(t, b, numOf(t, b, "gone"))
	if err := b.Tamper(t.Context(), `UPDATE erasures SET body = replace(body, '"refused":false', '"refused":true')`); err != nil {
		t.Fatal(err)
	}
	r, err := b.Check(t.Context(), nil)
	if err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "1 erasures") {
		t.Errorf("%q, %v", r.Problems, err)
	}
	if err := b.Update(t.Context(), store.Step{Verb: "import", User: "owner", At: 5}, func(tx *store.Tx) error {
		_, err := importInto(t, tx, "taobao", []*crm.Order{bought("2", "gone", 100)})
		return err
	}); !errors.Is(err, store.ErrForged) {
		t.Errorf("imported: %v", err)
	}
}
