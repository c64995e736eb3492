package segments

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

func example() shop { return shop{phrase.New("zh-Hans"), "CNY", time.UTC} }

func TestASegmentInARow(t *testing.T) {
	at := crm.At(time.Date(2026, 6, 3, 9, 0, 0, 0, time.UTC))
	for _, c := range []struct {
		name        string
		g           usecase.Segment
		moved       string
		grew, still bool
	}{
		{"nothing is known", usecase.Segment{}, "", false, true},
		{"nobody moved", usecase.Segment{Since: 1}, "0", false, true},
		{"some came", usecase.Segment{Since: 1, Entered: 1200}, "+1,200", true, false},
		{"some came and left", usecase.Segment{Since: 1, Entered: 9, Left: 2}, "+9 −2", false, false},
		{"some left", usecase.Segment{Since: 1, Left: 2}, "−2", false, false},
	} {
		r := example().rowOf(c.g)
		if r.moved != c.moved || r.grew != c.grew || r.still != c.still {
			t.Errorf("%s: %q %v %v", c.name, r.moved, r.grew, r.still)
		}
	}
	r := example().rowOf(usecase.Segment{Rule: "purchases >= 3 and net > 100", Customers: 1234, Net: 125_000, LastExport: at})
	if r.reads != "订单数 ≥ 3，且 净消费 > ¥100" || r.count != "1,234" || r.net != "12.50" || r.export != "2026-06-03" {
		t.Errorf("%+v", r)
	}
}

func TestSorting(t *testing.T) {
	rows := list{
		{Segment: usecase.Segment{Name: "b", Customers: 5, Net: 1}},
		{Segment: usecase.Segment{Name: "a", Customers: 5, Net: 2}},
		{Segment: usecase.Segment{Name: "c", Customers: 9}},
	}
	for _, c := range []struct {
		by   []order
		want string
	}{
		{nil, "a b c"},
		{[]order{{"now", true}}, "c a b"},
		{[]order{{"now", false}, {"net", false}}, "b a c"},
		{[]order{{"name", true}}, "c b a"},
		{[]order{{"gone", true}}, "a b c"},
	} {
		sortRows(rows, c.by)
		var got []string
		for _, r := range rows {
			got = append(got, r.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("by %v: %v, want %s", c.by, got, c.want)
		}
	}
}

func TestACopyHasANameOfItsOwn(t *testing.T) {
	l := list{{Segment: usecase.Segment{Name: "常客"}}, {Segment: usecase.Segment{Name: "常客 2"}}}
	w := phrase.New("zh-Hans")
	if got := l.free(w, "常客"); got != "常客 3" {
		t.Errorf("%q", got)
	}
	if got := l.free(w, "沉睡"); got != "沉睡" {
		t.Errorf("%q", got)
	}
}

func TestARuleWhileItIsTyped(t *testing.T) {
	s := example()
	if got := s.check("  "); got != (checked{}) {
		t.Errorf("a blank rule is no mistake yet: %+v", got)
	}
	got := s.check(" purchases >= 3 ")
	if got.rule != "purchases >= 3" || got.reads != "订单数 ≥ 3" || got.problem != "" {
		t.Errorf("%+v", got)
	}
	const wrong = "purchases >= 3 and purchasees > 1"
	got = s.check(wrong)
	if got.rule != "" || got.problem == "" || wrong[got.from:got.to] != "purchasees" {
		t.Errorf("%+v", got)
	}
	if got = s.check("net > 5 USD and net > 3 EUR and tag = "); got.rule != "" || got.problem == "" {
		t.Errorf("%+v", got)
	}
}

func TestTheSegmentsToStartFromCanBeSaved(t *testing.T) {
	s := example()
	made := s.readyOnes(usecase.ReadySegments(), []int{12})
	if len(made) == 0 || made[0].count != "12 位" || made[1].count != "" {
		t.Fatalf("%+v", made)
	}
	var names []string
	for _, r := range made {
		if s.check(r.rule).rule == "" {
			t.Errorf("%s: %s", r.name, s.check(r.rule).problem)
		}
		if slices.Contains(names, r.name) {
			t.Errorf("%s is there twice", r.name)
		}
		names = append(names, r.name)
	}
}

func TestThePanelsFigures(t *testing.T) {
	s := example()
	r := s.rowOf(usecase.Segment{Customers: 3, Net: 1_000_000, Since: crm.DayOf(time.Date(2026, 6, 8, 0, 0, 0, 0, time.UTC)), Entered: 2, Left: 1})
	got := s.figures(r)
	want := []figure{
		{"现在", "3 位", "从 2026-06-08 起 +2 −1"},
		{"净消费", "¥100.00", "平均每位 ¥33.33"},
		{"上次导出", "—", "还没有导出过"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
