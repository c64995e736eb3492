package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// act is one thing that somebody does with a book. What it is done to is chosen
// by its own random numbers among what there is, so that a list of them still
// makes sense when some are left out.
type act struct {
	what string
	seed uint64
}

var acts = []string{
	"import", "import", "again", "again", "note", "edit", "tag", "untag", "field", "alias", "refuse", "segment", "drop",
	"join", "join", "separate", "separate", "undo", "undo", "undo", "undo any", "redo", "redo", "redo",
}

// actor is a book on which acts are done, and the steps of these.
type actor struct {
	t     *testing.T
	book  *store.Book
	steps []int64
	now   crm.Moment
}

func (a *actor) step(verb string, fn func(*store.Tx) error) error {
	a.now += 1000
	var step int64
	err := a.book.Update(a.t.Context(), store.Step{Verb: verb, User: "owner", At: a.now}, func(tx *store.Tx) error {
		err := fn(tx)
		if err == nil { // and so not discarded
			step = tx.Step()
		}
		return err
	})
	if err == nil && step != 0 && verb != "undo" && verb != "redo" {
		a.steps = append(a.steps, step)
	}
	return err
}

// do does an act; one for which there is nothing is none.
func (a *actor) do(c act) error {
	ctx, r := a.t.Context(), rand.New(rand.NewPCG(c.seed, 99))
	list := customers(a.t, a.book)
	some := func() store.Customer { return list[r.IntN(len(list))] }
	switch c.what {
	case "import", "again":
		w := &storetest.World{Rand: r, Platform: []string{"taobao", "douyin"}[r.IntN(2)], Accounts: 6, Phones: 4}
		from := r.IntN(20)
		if c.what == "again" {
			from = r.IntN(6)
		}
		told := orders(w, from, from+1+r.IntN(6))
		return a.step("import", func(tx *store.Tx) error {
			_, err := importInto(a.t, tx, w.Platform, told)
			return err
		})
	case "undo", "undo any", "redo":
		return a.undoOrRedo(c.what, r)
	case "segment":
		return a.step("segment save", func(tx *store.Tx) error {
			return tx.SaveSegment(ctx, store.Segment{Name: []string{"甲", "乙"}[r.IntN(2)], Rule: fmt.Sprint("net > ", r.IntN(9))})
		})
	case "drop":
		err := a.step("segment delete", func(tx *store.Tx) error { return tx.DeleteSegment(ctx, []string{"甲", "乙"}[r.IntN(2)]) })
		if errors.Is(err, crm.ErrNotFound) {
			return nil
		}
		return err
	}
	if len(list) == 0 {
		return nil
	}
	one, other := some(), some()
	return a.step(c.what, func(tx *store.Tx) error {
		n := 1
		var err error
		switch c.what {
		case "note":
			err = tx.AddNote(ctx, one.Num, "owner", pii.New("喜欢绿茶"))
		case "edit":
			var notes []store.Note
			if notes, err = tx.Notes(ctx, one.Num); err == nil && len(notes) > 0 {
				n, err = tx.EditNote(ctx, notes[0].ID, pii.New(fmt.Sprint("改过 ", r.IntN(5))))
			} else {
				n = 0
			}
		case "tag":
			n, err = tx.AddTag(ctx, []int64{one.Num, other.Num}, []string{"老客", "批发"}[r.IntN(2)])
		case "untag":
			n, err = tx.RemoveTag(ctx, []int64{one.Num, other.Num}, []string{"老客", "批发"}[r.IntN(2)])
		case "field":
			err = tx.SetField(ctx, one.Num, "鞋码", pii.New([]string{"38", "39", ""}[r.IntN(3)]))
		case "alias":
			n, err = tx.SetAlias(ctx, one.Num, pii.New([]string{"老师", "掌柜", ""}[r.IntN(3)]))
		case "refuse":
			n, err = tx.SetRefusal(ctx, []int64{one.Num}, r.IntN(3) > 0)
		case "join":
			_, n, err = tx.Join(ctx, []int64{one.Num, other.Num})
		case "separate":
			if n = 0; one.Num != other.Num {
				n, err = tx.Separate(ctx, one.Num, other.Num)
			}
		}
		if err == nil && n == 0 {
			return store.ErrDiscard
		}
		return err
	})
}

func (a *actor) undoOrRedo(what string, r *rand.Rand) error {
	if len(a.steps) == 0 {
		return nil
	}
	var err error
	switch what {
	case "undo":
		_, err = a.undoLast()
	case "undo any":
		_, err = a.undo(a.steps[r.IntN(len(a.steps))])
	default:
		if err = a.redo(); errors.Is(err, store.ErrNoRedo) {
			err = nil
		}
	}
	return err
}

func (a *actor) redo() error {
	return a.step("redo", func(tx *store.Tx) error {
		_, err := tx.Redo(a.t.Context())
		return err
	})
}

// thereAndBack takes the last two acts back and does them again, which
// leaves everything as it was, the images too.
func (a *actor) thereAndBack() string {
	before := dump(a.t, a.book)
	undone := 0
	for range 2 {
		did, err := a.undoLast()
		if err != nil {
			return fmt.Sprintf("undo: %v", err)
		}
		if did {
			undone++
		}
	}
	for range undone {
		if err := a.redo(); err != nil {
			return fmt.Sprintf("redo: %v", err)
		}
	}
	if after := dump(a.t, a.book); after != before {
		return fmt.Sprintf("%d undone and redone:\n%s", undone, difference(before, after))
	}
	return ""
}

// undo takes a step back, and reports whether it stood.
func (a *actor) undo(step int64) (bool, error) {
	err := a.step("undo", func(tx *store.Tx) error {
		_, err := tx.Undo(a.t.Context(), step)
		return err
	})
	if errors.Is(err, store.ErrUndone) {
		return false, nil
	}
	return err == nil, err
}

// undoLast takes back the last act that stands, if there is one.
func (a *actor) undoLast() (bool, error) {
	for _, step := range slices.Backward(a.steps) {
		if did, err := a.undo(step); did || err != nil {
			return did, err
		}
	}
	return false, nil
}

// undoAll takes back all that stands, the last first.
func (a *actor) undoAll() error {
	for did := true; did; {
		var err error
		if did, err = a.undoLast(); err != nil {
			return err
		}
	}
	return nil
}

func content(t *testing.T, b *store.Book) string {
	t.Helper()
	text, err := b.Content(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// light opens a book of a small shop, on which somebody wrote.
func light(t *testing.T) *store.Book {
	t.Helper()
	b, err := store.OpenLight(t.Context(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.ClosePlain() })
	r := rand.New(rand.NewPCG(7, 14))
	load(t, b, "taobao", orders(&storetest.World{Rand: r, Platform: "taobao", Accounts: 6, Phones: 4}, 0, 8))
	typed(t, b, r)
	return b
}

// broken does acts, takes back all, and tells what is otherwise than before.
func broken(t *testing.T, b *store.Book, before string, list []act) string {
	a := &actor{t: t, book: b, now: 1795000000000}
	for i, c := range list {
		if err := a.do(c); err != nil {
			return fmt.Sprintf("act %d, %s: %v", i, c.what, err)
		}
	}
	if why := a.thereAndBack(); why != "" {
		return why
	}
	if err := a.undoAll(); err != nil {
		return fmt.Sprintf("undo all: %v", err)
	}
	if after := content(t, b); after != before {
		return difference(before, after)
	}
	return ""
}

// shrink leaves acts out as long as the rest still breaks a new book.
func shrink(t *testing.T, list []act) ([]act, string) {
	fails := func(l []act) string {
		b := light(t)
		return broken(t, b, content(t, b), l)
	}
	why := fails(list)
	for again := true; again; {
		again = false
		for i := 0; i < len(list); i++ {
			shorter := slices.Delete(slices.Clone(list), i, i+1)
			if w := fails(shorter); w != "" {
				list, why, again = shorter, w, true
				i--
			}
		}
	}
	return list, why
}

// TestUndoOfAllRestoresTheBook does what people do at random, undo and redo in
// any order among it. Each sequence begins with the book as the one before left
// it, which is as it was.
func TestUndoOfAllRestoresTheBook(t *testing.T) {
	const books = 4
	sequences := uint64(500)
	if testing.Short() { // with the race detector
		sequences = 20
	}
	for n := range uint64(books) {
		t.Run(fmt.Sprint("book ", n+1), func(t *testing.T) {
			t.Parallel()
			b := light(t)
			before := content(t, b)
			for seed := n; seed < sequences; seed += books {
				r := rand.New(rand.NewPCG(seed, 15))
				list := make([]act, 3+r.IntN(7))
				for i := range list {
					list[i] = act{acts[r.IntN(len(acts))], r.Uint64()}
				}
				if why := broken(t, b, before, list); why != "" {
					small, shown := shrink(t, list)
					t.Fatalf("seed %d:\n%s\nshortest: %v\n%s", seed, why, small, shown)
				}
			}
			if problems, err := b.CheckTables(t.Context()); err != nil || len(problems) > 0 {
				t.Errorf("%v, %v", problems, err)
			}
		})
	}
}
