package store_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// TestWhatIsLeftIsWhatTheOtherStepsDid types at random on one customer, takes
// steps back at random, and wants after each what the steps that stand would
// have made: no step is lost because another, kept one came between.
func TestWhatIsLeftIsWhatTheOtherStepsDid(t *testing.T) {
	for seed := range seeds(12) {
		r := rand.New(rand.NewPCG(seed, 13))
		b := storetest.New(t)
		load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
		num := customers(t, b)[0].Num
		var done []typing
		for n := range 14 {
			d := typing{what: []string{"tag", "field", "segment"}[r.IntN(3)], name: []string{"甲", "乙"}[r.IntN(2)]}
			if r.IntN(5) < 3 {
				d.value = fmt.Sprint("net > ", n+1)
			}
			if current := replay(done)[d.what+d.name]; d.value == "" && current == "" || d.what == "tag" && (d.value == "") == (current == "") {
				continue // would change nothing, and be no step
			}
			d.step = update(t, b, "type", func(tx *store.Tx) error { return d.do(t.Context(), tx, num) })
			done = append(done, d)
		}
		for len(done) > 0 {
			i := r.IntN(len(done))
			undo(t, b, done[i].step)
			done = effective(slices.Delete(done, i, i+1))
			if got, want := typings(t, b, num), replay(done); !maps.Equal(got, want) {
				t.Fatalf("seed %d: %d steps left and %v, want %v", seed, len(done), got, want)
			}
		}
		check(t, b)
	}
}

// typing is one thing that a person types; a blank value removes it.
type typing struct {
	what, name, value string
	step              int64
}

func (d typing) do(ctx context.Context, tx *store.Tx, num int64) error {
	switch {
	case d.what == "tag" && d.value != "":
		_, err := tx.AddTag(ctx, []int64{num}, d.name)
		return err
	case d.what == "tag":
		_, err := tx.RemoveTag(ctx, []int64{num}, d.name)
		return err
	case d.what == "field":
		return tx.SetField(ctx, num, d.name, pii.New(d.value))
	case d.value != "":
		return tx.SaveSegment(ctx, store.Segment{Name: d.name, Rule: d.value})
	default:
		return tx.DeleteSegment(ctx, d.name)
	}
}

// replay returns what steps make one after the other.
func replay(steps []typing) map[string]string {
	state := make(map[string]string)
	for _, d := range steps {
		key := d.what + d.name
		switch {
		case d.value == "":
			delete(state, key)
		case d.what == "tag":
			state[key] = "given"
		default:
			state[key] = d.value
		}
	}
	return state
}

// effective leaves removals out that have nothing to remove any more: what they
// removed is taken back, and they are not of what stood there before.
func effective(steps []typing) []typing {
	var list []typing
	for _, d := range steps {
		if d.value != "" || replay(list)[d.what+d.name] != "" {
			list = append(list, d)
		}
	}
	return list
}

func typings(t *testing.T, b *store.Book, num int64) map[string]string {
	state := make(map[string]string)
	for _, tag := range customers(t, b)[0].Tags {
		state["tag"+tag] = "given"
	}
	for _, f := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Field, error) { return tx.Fields(ctx, num) }) {
		state["field"+f.Name] = f.Value.Reveal()
	}
	for _, s := range view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Segment, error) { return tx.Segments(ctx) }) {
		state["segment"+s.Name] = s.Rule
	}
	return state
}

func TestUndoNamesWhatWasMadeAnew(t *testing.T) {
	b := storetest.New(t)
	ctx := t.Context()
	load(t, b, "taobao", []*crm.Order{told("1", "x", "", 1, item("a", 10))})
	num := customers(t, b)[0].Num
	type step func(*store.Tx) error
	field := func(value string) step {
		return func(tx *store.Tx) error { return tx.SetField(ctx, num, "鞋码", pii.New(value)) }
	}
	segment := func(rule string) step {
		return func(tx *store.Tx) error { return tx.SaveSegment(ctx, store.Segment{Name: "常客", Rule: rule}) }
	}
	tag := func(tx *store.Tx) error { _, err := tx.AddTag(ctx, []int64{num}, "VIP"); return err }
	for _, c := range []struct {
		made, gone, anew step
		want             []store.Kept
	}{
		{field("38"), field(""), field("39"), []store.Kept{{Table: "fields", Row: "鞋码"}}},
		{
			segment("net > 1"), func(tx *store.Tx) error { return tx.DeleteSegment(ctx, "常客") }, segment("net > 2"),
			[]store.Kept{{Table: "segments", Row: "常客"}},
		},
		{tag, func(tx *store.Tx) error { _, err := tx.RemoveTag(ctx, []int64{num}, "VIP"); return err }, tag, nil}, // it is as it was
	} {
		before := dump(t, b)
		made := update(t, b, "made", c.made)
		after := dump(t, b)
		gone := update(t, b, "gone", c.gone)
		anew := update(t, b, "anew", c.anew)
		if kept := undo(t, b, gone); !slices.Equal(kept, c.want) {
			t.Errorf("kept %v, want %v", kept, c.want)
		}
		undo(t, b, anew)
		if got := dump(t, b); got != after {
			t.Errorf("what the first step made is not back:\n%s", difference(after, got))
		}
		undo(t, b, made)
		if got := dump(t, b); got != before {
			t.Errorf("all taken back:\n%s", difference(before, got))
		}
	}
	check(t, b)
}

func TestUndoFollowsANoteThatAnotherUndoMoved(t *testing.T) {
	b := storetest.New(t)
	ctx := t.Context()
	load(t, b, "taobao", []*crm.Order{told("1", "x", "15400000001", 1, item("a", 10)), told("2", "y", "15400000002", 1, item("a", 10))})
	apart := decide(t, b, false, "1", "2")
	load(t, b, "taobao", []*crm.Order{told("3", "x", "15400000002", 1, item("a", 10))})
	num := holder(t, b, "2")
	typed := update(t, b, "type", func(tx *store.Tx) error {
		if err := tx.AddNote(ctx, num, "owner", pii.New("二")); err != nil {
			return err
		}
		_, err := tx.AddTag(ctx, []int64{num}, "VIP")
		return err
	})
	update(t, b, "note", func(tx *store.Tx) error { return tx.AddNote(ctx, holder(t, b, "1"), "owner", pii.New("一")) })
	undo(t, b, apart)
	wantPartition(t, b, "1 2 3")
	undo(t, b, typed)
	c := customers(t, b)
	notes := view(t, b, func(ctx context.Context, tx *store.Tx) ([]store.Note, error) { return tx.Notes(ctx, c[0].Num) })
	if len(c[0].Tags) != 0 || len(notes) != 1 || notes[0].Text.Reveal() != "一" {
		t.Errorf("%d tags, %d notes left", len(c[0].Tags), len(notes))
	}
	check(t, b)
}
