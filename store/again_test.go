package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// told is the order of a number as a file of some second tells it.
func told(number, buyer, phone string, second int, lines ...crm.Line) *crm.Order {
	const placed = crm.Moment(1767196800000)
	return &crm.Order{
		Platform: "taobao", Number: number, Zone: "Asia/Shanghai", Currency: "CNY", Placed: placed, Changed: placed + crm.Moment(second)*1000,
		Status: crm.StatusPaid, RawStatus: "paid", Lines: lines, Buyer: crm.Buyer{ID: buyer, Phone: pii.New(phone)},
	}
}

// item is a line that costs some whole units.
func item(key string, units crm.Money) crm.Line {
	return crm.Line{Key: key, SKU: "S" + key, Product: "P" + key, Quantity: crm.One, Price: units * 10000, Amount: units * 10000}
}

func TestLinesAreFoundAfterUndoLeftAGap(t *testing.T) {
	b := storetest.New(t)
	whole := func(second int) []*crm.Order {
		return []*crm.Order{told("1", "x", "", second, item("a", 10), item("b", 20), item("c", 30))}
	}
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	middle, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "", 2, item("a", 10), item("b", 20))})
	load(t, b, "taobao", whole(3))
	undo(t, b, middle)
	refunded := item("c", 30)
	refunded.Refund = crm.Known(30_0000)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 4, item("a", 10), refunded)})
	check(t, b)
	if got := stats(t, b).Money[0]; got.Gross != 40_0000 || got.Refunded != 30_0000 {
		t.Errorf("after the refund: %+v", got)
	}
	load(t, b, "taobao", whole(5))
	check(t, b)
	if got := stats(t, b).Lines; got != 3 {
		t.Errorf("%d lines", got)
	}
}

func TestSummaryBesideRealLinesCountsOnce(t *testing.T) {
	b := storetest.New(t)
	summary := item("", 60)
	summary.Summary = true
	third := []*crm.Order{told("1", "x", "", 3, item("a", 10), item("b", 50), item("c", 5))}
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, summary)})
	middle, _ := load(t, b, "taobao", []*crm.Order{told("1", "x", "", 2, item("a", 10), item("b", 50))})
	load(t, b, "taobao", clone(third))
	undo(t, b, middle)
	check(t, b)
	load(t, b, "taobao", clone(third))
	if got := stats(t, b).Money[0].Gross; got != 65_0000 {
		t.Errorf("gross %v", got)
	}
	check(t, b)
}

func TestBuyerToldAsBeforeHasItsCustomerAgain(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10))})
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000002", 2, item("a", 10))})
	load(t, b, "taobao", []*crm.Order{told("2", "x", "15400000001", 3, item("a", 10))})
	if s := stats(t, b); s.OrdersWithoutCustomer != 0 || s.Purchases != 2 || s.Customers != 1 {
		t.Errorf("%+v", s)
	}
	check(t, b)
}

func TestUndoOfAJoinAfterItsBuyersCameAgain(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10))})
	second, _ := load(t, b, "taobao", []*crm.Order{told("3", "y", "15400000002", 1, item("a", 10))})
	join, _ := load(t, b, "taobao", []*crm.Order{told("4", "x", "15400000002", 1, item("a", 10))})
	undo(t, b, second)
	load(t, b, "taobao", []*crm.Order{told("3", "y", "15400000002", 1, item("a", 10))})
	undo(t, b, join)
	check(t, b)
	if s := stats(t, b); s.Customers != 2 || s.Orders != 2 {
		t.Errorf("%+v", s)
	}
}

func TestUndoKeepsWhatWasMadeAnew(t *testing.T) {
	b := storetest.New(t)
	ctx := t.Context()
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	num := customers(t, b)[0].Num
	set := func(value string) int64 {
		return update(t, b, "field", func(tx *store.Tx) error { return tx.SetField(ctx, num, "鞋码", pii.New(value)) })
	}
	set("38")
	blanked := set("")
	set("39")
	undo(t, b, blanked)
	fields := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Field, error) { return tx.Fields(ctx, num) })
	if len(fields) != 1 || fields[0].Value.Reveal() != "39" {
		t.Errorf("%d fields", len(fields))
	}
	save := func(rule string) {
		update(t, b, "segment save", func(tx *store.Tx) error { return tx.SaveSegment(ctx, store.Segment{Name: "常客", Rule: rule}) })
	}
	save("purchases > 1")
	deleted := update(t, b, "segment delete", func(tx *store.Tx) error { return tx.DeleteSegment(ctx, "常客") })
	save("purchases > 99")
	undo(t, b, deleted)
	segments := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Segment, error) { return tx.Segments(ctx) })
	if !slices.Equal(segments, []store.Segment{{Name: "常客", Rule: "purchases > 99"}}) {
		t.Errorf("segments %v", segments)
	}
	check(t, b)
}

func TestUndoOfTheFirstImportHandsTheSettingsOn(t *testing.T) {
	b := storetest.New(t)
	file := func(currency, zone string, o *crm.Order) int64 {
		o.Currency, o.Zone = currency, zone
		return update(t, b, "import", func(tx *store.Tx) error {
			shop, err := tx.AddShop(t.Context(), "taobao", o.Number)
			if err != nil {
				return err
			}
			if err := tx.DefaultSettings(t.Context(), currency, zone); err != nil {
				return err
			}
			_, err = tx.SaveOrders(t.Context(), shop.ID, []*crm.Order{o}, store.Watch{})
			return err
		})
	}
	first := file("USD", "America/New_York", told("1", "x", "", 1, item("a", 10)))
	file("CNY", "Asia/Shanghai", told("2", "y", "", 1, item("a", 20)))
	undo(t, b, first)
	file("CNY", "Asia/Shanghai", told("3", "z", "", 1, item("a", 30)))
	rule, err := crm.ParseRule("net >= 20")
	if err != nil {
		t.Fatal(err)
	}
	got := view(t, b, func(ctx context.Context, tx *store.Tx) (int, error) {
		s, err := tx.Settings(ctx)
		if err != nil {
			return 0, err
		}
		return tx.CountCustomers(ctx, store.Selection{Where: &rule}, crm.RuleEnv{Currency: s.Currency, Zone: s.Zone})
	})
	if got != 2 {
		t.Errorf("%d customers, want 2", got)
	}
	check(t, b)
}

func TestNoNoteIsLostWhenJoinsAreTakenBack(t *testing.T) {
	b := storetest.New(t)
	load(t, b, "taobao", []*crm.Order{
		told("1", "z", "15400000003", 1, item("a", 10)), told("2", "x", "15400000001", 1, item("a", 10)), told("3", "y", "15400000002", 1, item("a", 10)),
	})
	for _, c := range customers(t, b) {
		update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(t.Context(), c.Num, "owner", pii.New("备注")) })
	}
	first, _ := load(t, b, "taobao", []*crm.Order{told("4", "x", "15400000002", 1, item("a", 10))})
	second, _ := load(t, b, "taobao", []*crm.Order{told("5", "x", "15400000003", 1, item("a", 10))})
	undo(t, b, first)
	undo(t, b, second)
	left := 0
	for _, c := range customers(t, b) {
		left += len(view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c.Num) }))
	}
	if left != 3 {
		t.Errorf("%d notes of 3", left)
	}
	check(t, b)
}

func TestOrdersWithNothingButAPlaceholderPhoneBelongToNobody(t *testing.T) {
	b := storetest.New(t)
	var list []*crm.Order
	for i := range 6 {
		list = append(list, told(string(rune('1'+i)), string(rune('a'+i)), "15400000001", 1, item("a", 10)))
	}
	list = append(list, told("8", "", "15400000001", 1, item("a", 10)), told("9", "", "15400000001", 1, item("a", 10)))
	load(t, b, "taobao", list)
	if s := stats(t, b); s.Customers != 6 || s.OrdersWithoutCustomer != 2 {
		t.Errorf("%+v", s)
	}
	check(t, b)
}

func TestUndoOfANoteAndATagFollowsThemToAnotherCustomer(t *testing.T) {
	b := storetest.New(t)
	ctx := t.Context()
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10)), told("2", "y", "15400000002", 1, item("a", 10))})
	list := customers(t, b)
	update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(ctx, list[0].Num, "owner", pii.New("一")) })
	note := update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(ctx, list[1].Num, "owner", pii.New("二")) })
	tag := update(t, b, "tag add", func(tx *store.Tx) error {
		_, err := tx.AddTag(ctx, []int64{list[1].Num}, "VIP")
		return err
	})
	join, _ := load(t, b, "taobao", []*crm.Order{told("3", "x", "15400000002", 1, item("a", 10))})
	if c := customers(t, b); len(c) != 1 || len(c[0].Tags) != 1 {
		t.Fatalf("joined: %+v", c)
	}
	undo(t, b, tag)
	undo(t, b, note)
	c := customers(t, b)
	notes := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c[0].Num) })
	if len(c[0].Tags) != 0 || len(notes) != 1 || notes[0].Text.Reveal() != "一" {
		t.Errorf("%d tags, %d notes left", len(c[0].Tags), len(notes))
	}
	check(t, b)
	undo(t, b, join)
	check(t, b)
	for _, c := range customers(t, b) {
		if len(c.Tags) != 0 {
			t.Error("the tag is back")
		}
	}
}

// Orders told in several ways at the same time of their own, as by an order list
// and a list of their lines: whatever was told once changes nothing when it is
// told again, in any sequence.
func TestAnySequenceOfTheSameFilesAgainChangesNothing(t *testing.T) {
	for seed := range seeds(6) {
		r := rand.New(rand.NewPCG(seed, 11))
		b := storetest.New(t)
		files := make([][]*crm.Order, 4)
		for i := range files {
			for n := range 12 {
				o := told(fmt.Sprint(n), "x", "", r.IntN(2), item("a", crm.Money(10+r.IntN(2))))
				o.Status = crm.Statuses[1+r.IntN(5)]
				o.RawStatus = string(o.Status) + []string{"", " / none"}[i%2]
				o.Memo = pii.New([]string{"", "红", "绿"}[r.IntN(3)])
				o.Amount = crm.Amount{Value: crm.Money(r.IntN(3)) * 10_0000, Known: r.IntN(2) == 0}
				o.Refund = crm.Amount{Value: crm.Money(r.IntN(2)) * 5_0000, Known: r.IntN(2) == 0}
				if i%2 == 0 {
					o.Lines[0].Summary = true
				}
				files[i] = append(files[i], o)
			}
		}
		for _, f := range files {
			load(t, b, "taobao", clone(f))
		}
		before := dump(t, b)
		for range 12 {
			if _, saved := load(t, b, "taobao", clone(files[r.IntN(len(files))])); saved.New+saved.Changed > 0 {
				t.Errorf("seed %d: %+v", seed, saved)
			}
		}
		if dump(t, b) != before {
			t.Errorf("seed %d: the book changed", seed)
		}
		check(t, b)
	}
}

// What an order was told before an undo is news again after it.
func TestToldAgainAfterUndo(t *testing.T) {
	b := storetest.New(t)
	paid, memo := told("1", "x", "", 1, item("a", 10)), told("1", "x", "", 1, item("a", 10))
	memo.Memo = pii.New("红")
	load(t, b, "taobao", clone([]*crm.Order{paid}))
	step, _ := load(t, b, "taobao", clone([]*crm.Order{memo}))
	undo(t, b, step)
	if _, saved := load(t, b, "taobao", clone([]*crm.Order{memo})); saved.Changed != 1 {
		t.Errorf("after undo: %+v", saved)
	}
	check(t, b)
}
