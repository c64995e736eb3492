package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
	"kebu/crypto/keyring"
	"kebu/crypto/page"
	"kebu/crypto/passphrase"
	"kebu/store"
	"kebu/store/storetest"
)

const managerPass = "copper-lantern-drift-88-sonnet"

// teamBook is a book with orders, a note, an undone import and a manager.
func teamBook(t *testing.T, path string) (*store.Book, []*crm.Order) {
	t.Helper()
	b := storetest.NewAt(t, path)
	w := &storetest.World{Rand: rand.New(rand.NewPCG(7, 7)), Platform: "taobao", Accounts: 9, Phones: 9}
	var orders []*crm.Order
	for n := range 60 {
		orders = append(orders, w.Order(n))
	}
	load := func(list []*crm.Order) int64 {
		var step int64
		if err := b.Update(t.Context(), store.Step{Verb: "import", User: "owner", At: 1795000000000}, func(tx *store.Tx) error {
			step = tx.Step()
			_, err := importInto(t, tx, "taobao", list)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return step
	}
	load(clones(orders))
	undone := load([]*crm.Order{w.Order(100), w.Order(3)})
	if err := b.Update(t.Context(), store.Step{Verb: "undo", User: "owner", At: 1795000000001}, func(tx *store.Tx) error {
		_, err := tx.Undo(t.Context(), undone)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := b.Update(t.Context(), store.Step{Verb: "note", User: "owner", At: 1795000000002}, func(tx *store.Tx) error {
		return tx.AddNote(t.Context(), 1, "owner", pii.New("ring 15400000000 first"))
	}); err != nil {
		t.Fatal(err)
	}
	changeTeam(t, b, func(r *keyring.Ring) error {
		if err := r.DefineRole(keyring.Role{Name: "manager", Classes: []field.Class{field.Contact, field.Address, field.Text}}); err != nil {
			return err
		}
		_, err := r.AddUser("Mo", "manager", []byte(managerPass), passphrase.Params{})
		return err
	})
	return b, orders
}

func changeTeam(t *testing.T, b *store.Book, edit func(*keyring.Ring) error) {
	t.Helper()
	if err := b.Update(t.Context(), store.Step{Verb: "user", User: "owner", At: 1795000000003}, func(tx *store.Tx) error {
		return tx.ChangeTeam(t.Context(), edit)
	}); err != nil {
		t.Fatal(err)
	}
}

func clones(list []*crm.Order) []*crm.Order {
	out := make([]*crm.Order, len(list))
	for i, o := range list {
		c := *o
		c.Lines = append([]crm.Line(nil), o.Lines...)
		out[i] = &c
	}
	return out
}

// said renders all that the owner can read of people.
func said(t *testing.T, b *store.Book) string {
	t.Helper()
	var out strings.Builder
	if err := b.View(t.Context(), func(tx *store.Tx) error {
		nums, _, err := tx.FindCustomers(t.Context(), store.Selection{Sort: []store.Sort{{By: "first_purchase"}}}, crm.RuleEnv{Currency: "CNY", Zone: time.UTC, Today: 20500})
		if err != nil {
			return err
		}
		slices.Sort(nums)
		list, err := tx.LoadCustomers(t.Context(), nums, true)
		if err != nil {
			return err
		}
		for i := range list {
			c := &list[i]
			fmt.Fprintln(&out, c.ID, c.Buyers, c.Clear.Name.Reveal(), c.Clear.Phone.Reveal(), c.Clear.Email.Reveal(), c.Clear.Address.Reveal(), c.Purchases)
			orders, err := tx.OrdersOf(t.Context(), nums[i])
			if err != nil {
				return err
			}
			for _, o := range orders {
				fmt.Fprintln(&out, " ", o.Number, o.Recipient.Name.Reveal(), o.Recipient.Phone.Reveal(), o.Recipient.Street.Reveal(), o.Message.Reveal())
			}
			notes, err := tx.Notes(t.Context(), nums[i])
			if err != nil {
				return err
			}
			for _, n := range notes {
				fmt.Fprintln(&out, "  note", n.Text.Reveal())
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "15400000000 first") || !strings.Contains(out.String(), "虚构路") {
		t.Fatal("the owner cannot read")
	}
	return out.String()
}

// TestResealLeavesNothingUnderOldKeys: after a manager is removed, nothing that the
// manager held opens a page or a value or makes a tag, all is as before for the
// owner, and the same orders imported again change nothing.
func TestResealLeavesNothingUnderOldKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, orders := teamBook(t, path)
	before := said(t, b)
	old := b.Ring().Clone()
	changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
	if !b.Stale() {
		t.Fatal("nothing to reseal")
	}
	if said(t, b) != before {
		t.Fatal("a new epoch changed what the book says")
	}
	if err := b.ResealUnlogged(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if b.Stale() || said(t, b) != before {
		t.Fatal("resealing changed what the book says")
	}
	for _, k := range []keyring.Key{keyring.BookKey, keyring.ClassKey(field.Contact), keyring.ClassKey(field.Text)} {
		if got := b.Ring().Epochs(k); len(got) != 1 || got[0] != 2 {
			t.Errorf("%s key: epochs %v", k, got)
		}
	}
	r, err := b.Check(t.Context(), nil)
	if err != nil || len(r.Problems) > 0 {
		t.Fatalf("check: %v, %q", err, r.Problems)
	}
	again := save(t, b, clones(orders))
	if again.New != 0 || again.Changed != 0 {
		t.Errorf("the same orders again: %+v", again)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	secrets, err := old.Secrets(keyring.BookKey)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := page.NewKeys(old.FileID(), secrets)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, out, pages := keys.Sealer(), make([]byte, page.Size), 0
	for n := uint32(1); keyring.Size+int(n)*page.Size <= len(data); n++ {
		pages++
		if s.Open(out, data[keyring.Size+int(n-1)*page.Size:][:page.Size], page.InMain(n)) == nil {
			t.Errorf("page %d opens under the old key", n)
		}
	}
	if pages < 20 {
		t.Errorf("%d pages", pages)
	}
	reopened := storetest.Open(t, path)
	if reopened.Stale() || said(t, reopened) != before {
		t.Error("reopened")
	}
	if again := save(t, reopened, clones(orders)); again.New != 0 || again.Changed != 0 {
		t.Errorf("the same orders after opening: %+v", again)
	}
}

func save(t *testing.T, b *store.Book, orders []*crm.Order) store.Saved {
	t.Helper()
	var saved store.Saved
	if err := b.Update(t.Context(), store.Step{Verb: "import", User: "owner", At: 1795000000009}, func(tx *store.Tx) (err error) {
		if saved, err = importInto(t, tx, "taobao", orders); err != nil {
			return err
		}
		return store.ErrDiscard
	}); err != nil {
		t.Fatal(err)
	}
	return saved
}

// TestResealGoesOnAfterACancel stops it after each part; another program goes on.
func TestResealGoesOnAfterACancel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, orders := teamBook(t, path)
	before := said(t, b)
	changeTeam(t, b, func(r *keyring.Ring) error {
		if err := r.DefineRole(keyring.Role{Name: "reader"}); err != nil {
			return err
		}
		return errors.Join(r.AssignRole("Mo", "reader"), r.RemoveUser("Mo"))
	})
	for part := 0; b.Stale(); part++ {
		ctx, cancel := context.WithCancel(t.Context())
		err := b.ResealUnlogged(ctx, func(done, _ int) {
			if done >= part {
				cancel()
			}
		})
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("part %d: %v", part, err)
		}
		if said(t, b) != before {
			t.Fatalf("after part %d the book says something else", part)
		}
		if again := save(t, b, clones(orders)); again.New != 0 || again.Changed != 0 {
			t.Fatalf("the same orders after part %d: %+v", part, again)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		b = storetest.Open(t, path)
	}
}

// TestAKeyThatChangesWhileAllIsSealedLosesNothing: somebody is removed while the book is
// being sealed anew for another.
func TestAKeyThatChangesWhileAllIsSealedLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	before := said(t, b)
	changeTeam(t, b, func(r *keyring.Ring) error {
		_, err := r.AddUser("Xin", "manager", []byte(managerPass), passphrase.Params{})
		return err
	})
	changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
	if err := b.ResealUnlogged(t.Context(), func(done, _ int) {
		if done == 3 {
			changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Xin") })
		}
	}); err != nil {
		t.Fatal(err)
	}
	if !b.Stale() {
		t.Error("what was sealed before the second change counts as new")
	}
	if err := b.ResealUnlogged(t.Context(), nil); err != nil || b.Stale() {
		t.Fatal(err)
	}
	if got := said(t, b); got != before {
		t.Error("something is lost")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), path, "", []byte(storetest.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := said(t, again); got != before {
		t.Error("something is lost in the file")
	}
}

// TestEveryChangeBeginsWithTheKeysOfTheTables, whatever it waited for: users who come and
// go, and a book that is sealed anew.
func TestEveryChangeBeginsWithTheKeysOfTheTables(t *testing.T) {
	ctx := t.Context()
	b, orders := teamBook(t, filepath.Join(t.TempDir(), "shop.kebu"))
	defer func() { _ = b.Close() }()
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := b.Keep(ctx, func(tx *store.Tx) error { return tx.CheckKeys(ctx) }); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 5 {
		changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
		if err := b.ResealUnlogged(ctx, nil); err != nil && !errors.Is(err, store.ErrBusy) {
			t.Fatal(err)
		}
		changeTeam(t, b, func(r *keyring.Ring) error {
			_, err := r.AddUser("Mo", "manager", []byte(managerPass), passphrase.Params{})
			return err
		})
	}
	close(stop)
	busy.Wait()

	// The same people come again while it is sealed anew: none is new.
	changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
	before := stats(t, b)
	busy.Go(func() { _ = b.ResealUnlogged(ctx, nil) })
	for !b.Writing() {
		time.Sleep(time.Millisecond)
	}
	for i, o := range orders {
		o.Number = fmt.Sprintf("99%016d", i)
		if !o.Buyer.Phone.Empty() {
			o.Buyer.ID = ""
		}
	}
	if err := b.Update(ctx, store.Step{Verb: "import", User: "owner", At: 1795000000009}, func(tx *store.Tx) error {
		_, err := importInto(t, tx, "taobao", orders)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	busy.Wait()
	if after := stats(t, b); after.Customers != before.Customers || after.Orders == before.Orders {
		t.Errorf("%d customers with %d orders, before %d with %d", after.Customers, after.Orders, before.Customers, before.Orders)
	}
}
