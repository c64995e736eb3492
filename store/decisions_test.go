package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// holder returns the number of the customer to whom an order belongs.
func holder(t *testing.T, b *store.Book, number string) int64 {
	t.Helper()
	return view(t, b, func(ctx context.Context, tx *store.Tx) (int64, error) {
		nums, _, err := tx.FindCustomers(ctx, store.Selection{}, crm.RuleEnv{})
		for _, n := range nums {
			orders, err := tx.OrdersOf(ctx, n)
			if err != nil {
				return 0, err
			}
			if slices.ContainsFunc(orders, func(o store.StoredOrder) bool { return o.Number == number }) {
				return n, nil
			}
		}
		return 0, err
	})
}

func ordersOf(t *testing.T, b *store.Book, customer int64) []store.StoredOrder {
	return view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.StoredOrder, error) {
		return tx.OrdersOf(ctx, customer)
	})
}

// holders returns the customer of each order.
func holders(t *testing.T, b *store.Book) map[string]int64 {
	t.Helper()
	return view(t, b, func(ctx context.Context, tx *store.Tx) (map[string]int64, error) {
		of := map[string]int64{}
		nums, _, err := tx.FindCustomers(ctx, store.Selection{}, crm.RuleEnv{})
		for _, n := range nums {
			orders, err := tx.OrdersOf(ctx, n)
			if err != nil {
				return nil, err
			}
			for _, o := range orders {
				of[o.Number] = n
			}
		}
		return of, err
	})
}

// decide joins or separates the customers of two orders.
func decide(t *testing.T, b *store.Book, same bool, x, y string) int64 {
	t.Helper()
	one, other := holder(t, b, x), holder(t, b, y)
	if one == 0 || other == 0 || one == other {
		t.Fatalf("orders %s and %s are of customers %d and %d", x, y, one, other)
	}
	return update(t, b, "decide", func(tx *store.Tx) error {
		var n int
		var err error
		if same {
			_, n, err = tx.Join(t.Context(), []int64{one, other})
		} else {
			n, err = tx.Separate(t.Context(), one, other)
		}
		if n != 2 {
			t.Errorf("decided on %d customers", n)
		}
		return err
	})
}

func wantPartition(t *testing.T, b *store.Book, want ...string) {
	t.Helper()
	if got := partition(t, b); !slices.Equal(got, want) {
		t.Errorf("customers %q, want %q", got, want)
	}
	check(t, b)
}

func TestSameHoldsWithoutEvidence(t *testing.T) {
	b := storetest.New(t)
	first, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10)), told("2", "y", "15400000002", 1, item("a", 20))})
	wantPartition(t, b, "1", "2")
	step := decide(t, b, true, "1", "2")
	wantPartition(t, b, "1 2")
	if c := customers(t, b); len(c) != 1 || c[0].Money[0].Gross != 30_0000 {
		t.Errorf("%+v", c)
	}
	// New orders of either are theirs, and taken back and read again they still are.
	load(t, b, "taobao", []*crm.Order{told("3", "y", "", 1, item("a", 10))})
	wantPartition(t, b, "1 2 3")
	undo(t, b, first)
	wantPartition(t, b, "3")
	load(t, b, "taobao", []*crm.Order{told("2", "", "15400000002", 1, item("a", 20))})
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	wantPartition(t, b, "1 2 3")
	undo(t, b, step)
	wantPartition(t, b, "1", "2", "3")
}

func TestDifferentOutranksLaterEvidence(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10)), told("2", "y", "15400000002", 1, item("a", 20))})
	step := decide(t, b, false, "1", "2")
	if again := update(t, b, "decide", func(tx *store.Tx) error {
		n, err := tx.Separate(t.Context(), holder(t, b, "2"), holder(t, b, "1"))
		if n != 0 {
			t.Error("the same again is a decision")
		}
		return err
	}); again == 0 {
		t.Fatal("no step")
	}
	joining := []*crm.Order{told("3", "x", "15400000002", 1, item("a", 10)), told("4", "y", "15400000001", 1, item("a", 10))}
	join, _ := load(t, b, "taobao", clone(joining))
	wantPartition(t, b, "1 3", "2 4")
	update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(t.Context(), holder(t, b, "2"), "owner", pii.New("二")) })
	undo(t, b, step)
	wantPartition(t, b, "1 2 3 4")
	notes := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, holder(t, b, "1")) })
	if len(notes) != 1 {
		t.Errorf("%d notes", len(notes))
	}
	undo(t, b, join)
	wantPartition(t, b, "1", "2")
}

func TestNewerDecisionOutranks(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10)), told("2", "y", "", 1, item("a", 20))})
	decide(t, b, false, "1", "2")
	step := decide(t, b, true, "1", "2")
	wantPartition(t, b, "1 2")
	load(t, b, "taobao", []*crm.Order{told("3", "y", "15400000001", 1, item("a", 10)), told("4", "x", "15400000001", 1, item("a", 10))})
	wantPartition(t, b, "1 2 3 4")
	undo(t, b, step)
	wantPartition(t, b, "1 4", "2 3")
}

func TestDecidedPairIsNotToReview(t *testing.T) {
	hinted := func(number, buyer string) *crm.Order {
		o := told(number, buyer, "", 1, item("a", 10))
		o.Recipient = crm.Recipient{Name: pii.New("林某"), Country: "CN", City: "杭州市", Street: pii.New("虚构路 1 号")}
		return o
	}
	b := storetest.New(t)
	pairs := func(want int64) {
		t.Helper()
		n := view(t, b, func(ctx context.Context, tx *store.Tx) (int64, error) { return tx.Hinted(ctx) })
		if n != want {
			t.Errorf("%d pairs of a hint, want %d", n, want)
		}
	}
	if _, saved := load(t, b, "taobao", []*crm.Order{hinted("1", "x"), hinted("2", "y")}); saved.Review != 2 {
		t.Fatalf("%d to review", saved.Review)
	}
	pairs(1)
	decide(t, b, false, "1", "2")
	pairs(0)
	if _, saved := load(t, b, "taobao", []*crm.Order{hinted("3", "x"), hinted("4", "y")}); saved.Review != 0 {
		t.Errorf("%d to review after the decision", saved.Review)
	}
	ids := []int64{ordersOf(t, b, holder(t, b, "1"))[0].ID}
	doubts := func() int {
		return view(t, b, func(ctx context.Context, tx *store.Tx) (int, error) {
			_, n, err := tx.Doubts(ctx, ids, 10)
			return n, err
		})
	}
	if n := doubts(); n != 0 {
		t.Errorf("%d doubts after the decision", n)
	}
	if _, saved := load(t, b, "taobao", []*crm.Order{hinted("5", "z")}); saved.Review != 1 {
		t.Errorf("%d to review of another", saved.Review)
	}
	if n := doubts(); n != 1 {
		t.Errorf("%d doubts of another", n)
	}
}

func TestUndoOfADecisionRestoresTheBook(t *testing.T) {
	for seed := range seeds(6) {
		r := rand.New(rand.NewPCG(seed, 11))
		w := &storetest.World{Rand: r, Platform: "taobao", Accounts: 30, Phones: 40}
		b := storetest.New(t)
		load(t, b, "taobao", orders(w, 0, 40))
		typed(t, b, r)
		var states []string
		var steps []int64
		for range 4 {
			list := partition(t, b)
			i := r.IntN(len(list) - 1)
			x, _, _ := strings.Cut(list[i], " ")
			y, _, _ := strings.Cut(list[i+1], " ")
			states = append(states, dump(t, b))
			steps = append(steps, decide(t, b, r.IntN(2) == 0, x, y))
			check(t, b)
		}
		for i, step := range slices.Backward(steps) {
			undo(t, b, step)
			if after := dump(t, b); after != states[i] {
				t.Fatalf("seed %d: undo leaves the book changed:\n%s", seed, difference(states[i], after))
			}
		}
	}
}

// TestDecisionsHoldWhateverIsImportedInWhateverOrder decides on customers of a
// first file and reads the other orders in any order, some twice, with the first
// file taken back in between: the customers are always the same.
func TestDecisionsHoldWhateverIsImportedInWhateverOrder(t *testing.T) {
	for seed := range seeds(4) {
		r := rand.New(rand.NewPCG(seed, 12))
		w := &storetest.World{Rand: r, Platform: "taobao", Accounts: 30, Phones: 20}
		first, rest := orders(w, 0, 40), orders(w, 40, 140)
		pairs := r.Perm(8)
		var want []string
		for try := range 3 {
			b := storetest.New(t)
			step, _ := load(t, b, "taobao", clone(first))
			list := partition(t, b)
			type pair struct {
				same bool
				x, y string
			}
			var decided []pair
			for _, i := range pairs[:min(5, len(list)/2)] {
				if 2*i+1 >= len(list) {
					continue
				}
				x, _, _ := strings.Cut(list[2*i], " ")
				y, _, _ := strings.Cut(list[2*i+1], " ")
				decided = append(decided, pair{i%3 == 0, x, y})
				decide(t, b, i%3 == 0, x, y)
			}
			files := make([][]*crm.Order, 3)
			for _, o := range clone(rest) {
				f := r.IntN(len(files))
				files[f] = append(files[f], o)
			}
			again := r.IntN(len(files))
			for i, f := range files {
				r.Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
				load(t, b, "taobao", f)
				check(t, b)
				if i == again {
					undo(t, b, step)
					check(t, b)
				}
			}
			load(t, b, "taobao", clone(first))
			check(t, b)
			for _, p := range decided {
				if (holder(t, b, p.x) == holder(t, b, p.y)) != p.same {
					t.Errorf("seed %d: %+v does not hold", seed, p)
				}
			}
			got := partition(t, b)
			if try == 0 {
				want = got
			} else if !slices.Equal(got, want) {
				t.Errorf("seed %d: other imports, other customers:\n%q\n%q", seed, got, want)
			}
		}
	}
}

func TestJoinTakesWhatWasWrittenOnACustomerWithoutOrders(t *testing.T) {
	b := storetest.New(t)
	ctx := t.Context()
	gone, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	load(t, b, "taobao", []*crm.Order{told("2", "y", "", 1, item("a", 10))})
	bare := holder(t, b, "1")
	tag := update(t, b, "tag add", func(tx *store.Tx) error {
		if err := tx.AddNote(ctx, bare, "owner", pii.New("一")); err != nil {
			return err
		}
		_, err := tx.AddTag(ctx, []int64{bare}, "VIP")
		return err
	})
	undo(t, b, gone)
	before := dump(t, b)
	join := func() int64 {
		return update(t, b, "decide", func(tx *store.Tx) error {
			kept, n, err := tx.Join(ctx, []int64{bare, holder(t, b, "2")})
			if n != 2 || kept != holder(t, b, "2") {
				t.Errorf("joined %d into %d", n, kept)
			}
			return err
		})
	}
	step := join()
	c := customers(t, b)
	if len(c) != 1 || len(c[0].Tags) != 1 {
		t.Fatalf("joined: %+v", c)
	}
	check(t, b)
	undo(t, b, step)
	if after := dump(t, b); after != before {
		t.Errorf("undo:\n%s", difference(before, after))
	}
	step = join()
	undo(t, b, tag)
	check(t, b)
	if c := customers(t, b); len(c) != 1 || len(c[0].Tags) != 0 {
		t.Errorf("the tag is still there: %+v", c)
	}
	undo(t, b, step)
	wantPartition(t, b, "2")
}

// TestWhatIsWrittenStaysWithItsOrders writes on each customer the number of its
// first order, joins customers by decisions and by orders that tie them, takes the
// joins back at random, and wants each note with the order that it names.
func TestWhatIsWrittenStaysWithItsOrders(t *testing.T) {
	for seed := range seeds(20) {
		r := rand.New(rand.NewPCG(seed, 21))
		b := storetest.New(t)
		const people = 6
		account := func(n int) string { return fmt.Sprint("b", n) }
		phone := func(n int) string { return fmt.Sprintf("154000000%02d", n) }
		var list []*crm.Order
		for n := range people {
			list = append(list, told(fmt.Sprint(n), account(n), phone(n), 1, item("a", 10)))
		}
		load(t, b, "taobao", list)
		for n := range people {
			update(t, b, "note", func(tx *store.Tx) error {
				c := holder(t, b, fmt.Sprint(n))
				if _, err := tx.AddTag(t.Context(), []int64{c}, fmt.Sprint(n)); err != nil {
					return err
				}
				if err := tx.SetField(t.Context(), c, fmt.Sprint("of ", n), pii.New(fmt.Sprint(n))); err != nil {
					return err
				}
				if _, err := tx.SetRefusal(t.Context(), []int64{c}, n%2 == 0); err != nil {
					return err
				}
				return tx.AddNote(t.Context(), c, "owner", pii.New(fmt.Sprint(n)))
			})
		}
		kept := func(doing string) {
			t.Helper()
			of := holders(t, b)
			refused := map[int64]bool{}
			for n := 0; n < people; n += 2 {
				refused[of[fmt.Sprint(n)]] = true
			}
			for _, c := range customers(t, b) {
				if c.Refused != refused[c.Num] {
					t.Fatalf("seed %d, %s: a customer wants no contact: %v, want %v", seed, doing, c.Refused, refused[c.Num])
				}
				for _, tag := range c.Tags {
					if of[tag] != c.Num {
						t.Fatalf("seed %d, %s: the tag of order %s is with another customer", seed, doing, tag)
					}
				}
				for _, f := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Field, error) { return tx.Fields(ctx, c.Num) }) {
					if n := f.Value.Reveal(); of[n] != c.Num {
						t.Fatalf("seed %d, %s: the field of order %s is with another customer", seed, doing, n)
					}
				}
				for _, note := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c.Num) }) {
					if n := note.Text.Reveal(); of[n] != c.Num {
						t.Fatalf("seed %d, %s: the note of order %s is with another customer", seed, doing, n)
					}
				}
			}
		}
		var steps []int64
		for n := range 10 {
			x, y := r.IntN(people), r.IntN(people)
			switch {
			case len(steps) > 0 && r.IntN(3) == 0:
				i := r.IntN(len(steps))
				undo(t, b, steps[i])
				steps = slices.Delete(steps, i, i+1)
			case r.IntN(2) == 0:
				step, _ := load(t, b, "taobao", []*crm.Order{told(fmt.Sprint(100+n), account(x), phone(y), 1, item("a", 10))})
				steps = append(steps, step)
			case holder(t, b, fmt.Sprint(x)) != holder(t, b, fmt.Sprint(y)):
				steps = append(steps, decide(t, b, true, fmt.Sprint(x), fmt.Sprint(y)))
			}
			kept(fmt.Sprint("step ", n))
		}
		for len(steps) > 0 {
			i := r.IntN(len(steps))
			undo(t, b, steps[i])
			steps = slices.Delete(steps, i, i+1)
			kept("taking back")
		}
		check(t, b)
		if n := len(customers(t, b)); n != people {
			t.Errorf("seed %d: %d customers of %d", seed, n, people)
		}
	}
}
