package store_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/passphrase/passphrasetest"
	"kebu/store"
	"kebu/store/storetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	code := m.Run()
	for _, f := range cleanups {
		f()
	}
	os.Exit(code)
}

// seeds is of how many random books a law is tried: of few with the race detector,
// which has nothing to find where one thing is done after the other.
func seeds(n uint64) uint64 {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}

func update(t *testing.T, b *store.Book, verb string, fn func(*store.Tx) error) int64 {
	t.Helper()
	var step int64
	err := b.Update(t.Context(), store.Step{Verb: verb, User: "owner", At: 1795000000000}, func(tx *store.Tx) error {
		step = tx.Step()
		return fn(tx)
	})
	if err != nil {
		t.Fatalf("%s: %v", verb, err)
	}
	return step
}

// load imports orders as one step.
func load(t *testing.T, b *store.Book, platform string, orders []*crm.Order) (step int64, saved store.Saved) {
	t.Helper()
	step = update(t, b, "import", func(tx *store.Tx) error {
		var err error
		saved, err = importInto(t, tx, platform, orders)
		return err
	})
	return step, saved
}

// importInto brings orders into the platform's one shop.
func importInto(t testing.TB, tx *store.Tx, platform string, orders []*crm.Order) (store.Saved, error) {
	shops, err := tx.Shops(t.Context(), platform)
	if err != nil {
		return store.Saved{}, err
	}
	var shop store.Shop
	if len(shops) > 0 {
		shop = shops[0]
	} else if shop, err = tx.AddShop(t.Context(), platform, platform); err != nil {
		return store.Saved{}, err
	}
	if err := tx.DefaultSettings(t.Context(), "CNY", "Asia/Shanghai"); err != nil {
		return store.Saved{}, err
	}
	return tx.SaveOrders(t.Context(), shop.ID, orders, store.Watch{})
}

func dump(t *testing.T, b *store.Book) string {
	t.Helper()
	text, err := b.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func check(t *testing.T, b *store.Book) {
	t.Helper()
	r, err := b.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Problems) > 0 {
		t.Fatalf("check: %s", strings.Join(r.Problems, "\n"))
	}
}

func view[T any](t *testing.T, b *store.Book, fn func(context.Context, *store.Tx) (T, error)) T {
	t.Helper()
	var v T
	if err := b.View(t.Context(), func(tx *store.Tx) error {
		var err error
		v, err = fn(t.Context(), tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return v
}

func stats(t *testing.T, b *store.Book) store.Stats {
	return view(t, b, func(ctx context.Context, tx *store.Tx) (store.Stats, error) { return tx.Stats(ctx) })
}

// customers returns all profiles.
func customers(t *testing.T, b *store.Book) []store.Customer {
	return view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Customer, error) {
		nums, _, err := tx.FindCustomers(ctx, store.Selection{}, crm.RuleEnv{})
		if err != nil {
			return nil, err
		}
		return tx.LoadCustomers(ctx, nums, false)
	})
}

// partition tells which orders belong together, whatever the customers' ids.
func partition(t *testing.T, b *store.Book) []string {
	groups := view(t, b, func(ctx context.Context, tx *store.Tx) ([]string, error) {
		nums, _, err := tx.FindCustomers(ctx, store.Selection{}, crm.RuleEnv{})
		if err != nil {
			return nil, err
		}
		var groups []string
		for _, n := range nums {
			orders, err := tx.OrdersOf(ctx, n)
			if err != nil {
				return nil, err
			}
			var numbers []string
			for _, o := range orders {
				numbers = append(numbers, o.Number)
			}
			slices.Sort(numbers)
			groups = append(groups, strings.Join(numbers, " "))
		}
		return groups, nil
	})
	slices.Sort(groups)
	return groups
}

func orders(w *storetest.World, from, to int) []*crm.Order {
	var list []*crm.Order
	for n := from; n < to; n++ {
		list = append(list, w.Order(n))
	}
	return list
}

func clone(list []*crm.Order) []*crm.Order {
	out := make([]*crm.Order, len(list))
	for i, o := range list {
		c := *o
		c.Lines = slices.Clone(o.Lines)
		out[i] = &c
	}
	return out
}

func TestImportedTwiceIsImportedOnce(t *testing.T) {
	for seed := range seeds(5) {
		w := &storetest.World{Rand: rand.New(rand.NewPCG(seed, 1)), Platform: "taobao", Accounts: 20, Phones: 15}
		b := storetest.New(t)
		list := orders(w, 0, 200)
		load(t, b, "taobao", clone(list))
		before := dump(t, b)
		_, again := load(t, b, "taobao", clone(list))
		if again.Same != 200 || again.New+again.Changed+again.NewCustomers != 0 {
			t.Errorf("seed %d: second import: %+v", seed, again)
		}
		if after := dump(t, b); after != before {
			t.Errorf("seed %d: the second import changed the book", seed)
		}
		check(t, b)
	}
}

func TestUndoOfTheLastImportRestoresTheBook(t *testing.T) {
	for seed := range seeds(12) {
		w := &storetest.World{Rand: rand.New(rand.NewPCG(seed, 2)), Platform: "taobao", Accounts: 12, Phones: 9}
		b := storetest.New(t)
		load(t, b, "taobao", orders(w, 0, 80))
		typed(t, b, w.Rand)
		before := dump(t, b)
		// The second file tells half of the orders again, and joins customers.
		step, saved := load(t, b, "taobao", orders(w, 40, 140))
		if saved.Changed == 0 || saved.New == 0 {
			t.Fatalf("seed %d: the second file changes nothing: %+v", seed, saved)
		}
		check(t, b)
		undo(t, b, step)
		if after := dump(t, b); after != before {
			t.Errorf("seed %d: undo leaves the book changed:\n%s", seed, difference(before, after))
		}
		check(t, b)
	}
}

// typed writes a note, a tag, a field, an alias or a refusal on some customers.
func typed(t *testing.T, b *store.Book, r *rand.Rand) {
	for _, c := range customers(t, b) {
		switch r.IntN(6) {
		case 0:
			update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(t.Context(), c.Num, "owner", pii.New("喜欢绿茶")) })
		case 1:
			update(t, b, "tag add", func(tx *store.Tx) error {
				_, err := tx.AddTag(t.Context(), []int64{c.Num}, "老客")
				return err
			})
		case 2:
			update(t, b, "field", func(tx *store.Tx) error { return tx.SetField(t.Context(), c.Num, "生日月", pii.New("五月")) })
		case 3:
			update(t, b, "alias", func(tx *store.Tx) error {
				_, err := tx.SetAlias(t.Context(), c.Num, pii.New("老师"))
				return err
			})
		case 4:
			update(t, b, "contact", func(tx *store.Tx) error {
				_, err := tx.SetRefusal(t.Context(), []int64{c.Num}, true)
				return err
			})
		}
	}
}

func undo(t *testing.T, b *store.Book, step int64) []store.Kept {
	t.Helper()
	var kept []store.Kept
	update(t, b, "undo", func(tx *store.Tx) error {
		var err error
		kept, err = tx.Undo(t.Context(), step)
		return err
	})
	return kept
}

// difference shows the first lines that two dumps do not share.
func difference(a, b string) string {
	lines := func(s string) map[string]bool {
		m := map[string]bool{}
		for l := range strings.Lines(s) {
			m[l] = true
		}
		return m
	}
	x, y := lines(a), lines(b)
	var out []string
	for l := range x {
		if !y[l] {
			out = append(out, "- "+l)
		}
	}
	for l := range y {
		if !x[l] {
			out = append(out, "+ "+l)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(a[2:], b[2:]) })
	return strings.Join(out[:min(len(out), 30)], "")
}

func TestOrderOfImportsDoesNotMatterForPeople(t *testing.T) {
	for seed := range seeds(8) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := &storetest.World{Rand: r, Platform: "taobao", Accounts: 25, Phones: 8}
		list := orders(w, 0, 120)
		var want []string
		for try := range 3 {
			b := storetest.New(t)
			files := make([][]*crm.Order, 4)
			for _, o := range clone(list) {
				f := r.IntN(len(files))
				files[f] = append(files[f], o)
			}
			for _, f := range files {
				r.Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
				load(t, b, "taobao", f)
			}
			check(t, b)
			got := partition(t, b)
			if try == 0 {
				want = got
			} else if !slices.Equal(got, want) {
				t.Errorf("seed %d: other files, other customers:\n%v\n%v", seed, got, want)
			}
		}
	}
}

func TestUndoInAnyOrderLeavesNoContradiction(t *testing.T) {
	for seed := range seeds(20) {
		r := rand.New(rand.NewPCG(seed, 4))
		w := &storetest.World{Rand: r, Platform: "taobao", Accounts: 10, Phones: 6}
		b := storetest.New(t)
		var imports []int64
		for range 4 {
			from := r.IntN(40)
			step, _ := load(t, b, "taobao", orders(w, from, from+30))
			imports = append(imports, step)
			check(t, b)
		}
		r.Shuffle(len(imports), func(i, j int) { imports[i], imports[j] = imports[j], imports[i] })
		for _, step := range imports {
			undo(t, b, step)
			check(t, b)
		}
		if s := stats(t, b); s.Orders != 0 || s.Customers != 0 || s.Lines != 0 {
			t.Errorf("seed %d: all imports taken back, but left: %+v", seed, s)
		}
	}
}

func TestUndoKeepsWhatAPersonWrote(t *testing.T) {
	w := &storetest.World{Rand: rand.New(rand.NewPCG(1, 5)), Platform: "taobao", Accounts: 5, Phones: 5}
	b := storetest.New(t)
	step, _ := load(t, b, "taobao", orders(w, 0, 30))
	c := customers(t, b)[0]
	update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(t.Context(), c.Num, "owner", pii.New("重要客户")) })
	undo(t, b, step)
	left := customers(t, b)
	if len(left) != 1 || left[0].ID != c.ID || left[0].Orders != 0 {
		t.Fatalf("left: %+v", left)
	}
	notes := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c.Num) })
	if len(notes) != 1 || notes[0].Text.Reveal() != "重要客户" {
		t.Errorf("the note is gone")
	}
	check(t, b)
}

func TestUndoKeepsAndNamesLaterChanges(t *testing.T) {
	w := &storetest.World{Rand: rand.New(rand.NewPCG(1, 6)), Platform: "taobao", Accounts: 5, Phones: 5}
	b := storetest.New(t)
	first := w.Order(1)
	first.Status, first.RawStatus, first.Completed, first.Refund = crm.StatusPaid, "paid", 0, crm.Amount{}
	second := clone([]*crm.Order{first})[0]
	second.Status, second.RawStatus, second.Shipped = crm.StatusShipped, "shipped", first.Placed+1000
	third := clone([]*crm.Order{second})[0]
	third.Status, third.RawStatus, third.Completed = crm.StatusCompleted, "completed", first.Placed+2000

	load(t, b, "taobao", clone([]*crm.Order{first}))
	middle, _ := load(t, b, "taobao", clone([]*crm.Order{second}))
	last, _ := load(t, b, "taobao", clone([]*crm.Order{third}))
	kept := undo(t, b, middle)
	if !slices.Contains(kept, store.Kept{Table: "orders", Row: first.Number, Field: "status"}) {
		t.Errorf("kept %v, want the status named", kept)
	}
	check(t, b)
	undo(t, b, last)
	check(t, b)
	c := customers(t, b)
	if len(c) == 0 {
		t.Fatal("no customer left")
	}
	list := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.StoredOrder, error) {
		return tx.OrdersOf(ctx, c[0].Num)
	})
	if len(list) != 1 || list[0].Status != crm.StatusPaid || list[0].Shipped.Known() {
		t.Errorf("both changes taken back, got %v shipped %v", list[0].Status, list[0].Shipped)
	}
}

func TestUndoOfWhatPeopleTypeRestoresTheBook(t *testing.T) {
	w := &storetest.World{Rand: rand.New(rand.NewPCG(1, 7)), Platform: "taobao", Accounts: 5, Phones: 5}
	b := storetest.New(t)
	load(t, b, "taobao", orders(w, 0, 30))
	num := customers(t, b)[0].Num
	ctx := t.Context()
	steps := []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.AddNote(ctx, num, "owner", pii.New("一")) },
		func(tx *store.Tx) error { _, err := tx.AddTag(ctx, []int64{num}, "VIP"); return err },
		func(tx *store.Tx) error { _, err := tx.RemoveTag(ctx, []int64{num}, "vip"); return err },
		func(tx *store.Tx) error { return tx.SetField(ctx, num, "鞋码", pii.New("38")) },
		func(tx *store.Tx) error { return tx.SetField(ctx, num, "鞋码", pii.New("39")) },
		func(tx *store.Tx) error {
			return tx.SaveSegment(ctx, store.Segment{Name: "常客", Rule: "purchases > 2"})
		},
		func(tx *store.Tx) error {
			return tx.SaveSegment(ctx, store.Segment{Name: "常客", Rule: "purchases > 3"})
		},
		func(tx *store.Tx) error { return tx.DeleteSegment(ctx, "常客") },
	}
	var states []string
	var ids []int64
	for i, fn := range steps {
		states = append(states, dump(t, b))
		ids = append(ids, update(t, b, fmt.Sprintf("step %d", i), fn))
	}
	for i, id := range slices.Backward(ids) {
		undo(t, b, id)
		if after := dump(t, b); after != states[i] {
			t.Errorf("undo of step %d:\n%s", i, difference(states[i], after))
		}
		check(t, b)
	}
}
