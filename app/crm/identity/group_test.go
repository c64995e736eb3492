package identity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kebu/app/crm/identity"
)

func account(value string) identity.Name { return name(identity.Account, value) }

func phone(value string) identity.Name { return name(identity.Phone, value) }

// tell returns the marks of buyers 1, 2, …
func tell(buyers ...[]identity.Name) []identity.Mark {
	var marks []identity.Mark
	for i, names := range buyers {
		for _, n := range names {
			marks = append(marks, identity.Mark{Buyer: int64(i + 1), Name: n})
		}
	}
	return marks
}

type names = []identity.Name

func same(sides ...names) identity.Decision { return identity.Decision{Same: true, Sides: sides} }

func different(a, b names) identity.Decision { return identity.Decision{Sides: []names{a, b}} }

func TestDecisionsOutrankEvidence(t *testing.T) {
	a, b, c, d := account("a"), account("b"), account("c"), account("d")
	p, q := phone("p"), phone("q")
	for what, x := range map[string]struct {
		buyers    []names
		decisions []identity.Decision // newest first
		want      string
	}{
		"same without evidence":        {[]names{{a}, {b}, {c}}, []identity.Decision{same(names{a}, names{c})}, "[[1 3] [2]]"},
		"same by way of one who is no": {[]names{{a}, {b}}, []identity.Decision{same(names{a}, names{c}), same(names{c}, names{b})}, "[[1 2]]"},
		"different with a phone":       {[]names{{a, p}, {b, p}}, []identity.Decision{different(names{a}, names{b})}, "[[1] [2]]"},
		"different by way of another":  {[]names{{a, p}, {c, p}, {c, q}, {b, q}}, []identity.Decision{different(names{a}, names{b})}, "[[1 2 3] [4]]"},
		"each name is different from each": {
			[]names{{a, p}, {c, p}, {c, q}, {b, q}}, []identity.Decision{different(names{a, c, p}, names{b})}, "[[1 2 3] [4]]",
		},
		"the newer same outranks":      {[]names{{a}, {b}}, []identity.Decision{same(names{a}, names{b}), different(names{a}, names{b})}, "[[1 2]]"},
		"the newer different outranks": {[]names{{a}, {b}}, []identity.Decision{different(names{a}, names{b}), same(names{a}, names{b})}, "[[1] [2]]"},
		"same is who is different too": {
			[]names{{a, p}, {b, p}, {c}, {d}},
			[]identity.Decision{same(names{a}, names{c}), different(names{b}, names{c}), same(names{c}, names{d})},
			"[[1 3 4] [2]]",
		},
		"who has both names goes by the stronger": {[]names{{a, p}, {p}}, []identity.Decision{different(names{a}, names{p})}, "[[1] [2]]"},
		"decisions on nobody":                     {[]names{{a}}, []identity.Decision{same(names{b}, names{c}), different(names{c}, names{d}), {}}, "[[1]]"},
	} {
		if got := fmt.Sprint(identity.Group(tell(x.buyers...), x.decisions, []int64{1, 2, 3, 4})); got != x.want {
			t.Errorf("%s: got %s, want %s", what, got, x.want)
		}
	}
}

func TestDecidedBuyerOutlivesAPlaceholder(t *testing.T) {
	p, z := phone("p"), name(identity.Telling, "z")
	buyers := []names{{p, z}}
	for i := range 6 {
		buyers = append(buyers, names{account(fmt.Sprint("a", i)), p})
	}
	got := identity.Group(tell(buyers...), []identity.Decision{same(names{account("a0")}, names{p, z})}, nil)
	if want := "[[1 2] [3] [4] [5] [6] [7]]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestDecisionsDoNotMindTheOrderOfImports numbers the same buyers otherwise, as
// other imports would, and wants the same persons.
func TestDecisionsDoNotMindTheOrderOfImports(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for round := range 200 {
		var buyers []names
		for range 30 {
			b := names{account(fmt.Sprint("a", r.IntN(20)))}
			if r.IntN(2) == 0 {
				b = append(b, phone(fmt.Sprint("p", r.IntN(8))))
			}
			if r.IntN(4) == 0 {
				b = append(b, name(identity.Email, fmt.Sprint("e", r.IntN(8))))
			}
			buyers = append(buyers, b[r.IntN(2)*r.IntN(len(b)):])
		}
		pick := func() names { return buyers[r.IntN(len(buyers))] }
		var decisions []identity.Decision
		for range r.IntN(6) {
			d := identity.Decision{Same: r.IntN(3) == 0, Sides: []names{pick(), pick()}}
			decisions = append(decisions, d)
		}
		want := persons(buyers, decisions, slices.Sorted(slices.Values(r.Perm(len(buyers)))))
		for range 5 {
			if got := persons(buyers, decisions, r.Perm(len(buyers))); !slices.Equal(got, want) {
				t.Fatalf("round %d: other numbers, other persons:\n%s\n%s", round, got, want)
			}
		}
		apart(t, buyers, decisions)
	}
}

// persons groups buyers, numbered by the places in which they stand in imported,
// and returns what each person is told by.
func persons(buyers []names, decisions []identity.Decision, imported []int) []string {
	told, order := make([]names, len(buyers)), make([]int64, len(buyers))
	for i, b := range imported {
		told[i], order[b] = buyers[b], int64(i+1)
	}
	var list []string
	for _, p := range identity.Group(tell(told...), decisions, order) {
		var members []string
		for _, b := range p {
			members = append(members, fmt.Sprintf("%q", told[b-1]))
		}
		slices.Sort(members)
		list = append(list, fmt.Sprint(members))
	}
	slices.Sort(list)
	return list
}

// apart wants that evidence joins nobody against the newest decision.
func apart(t *testing.T, buyers []names, decisions []identity.Decision) {
	t.Helper()
	if len(decisions) == 0 || decisions[0].Same {
		return
	}
	a, b := decisions[0].Sides[0], decisions[0].Sides[1]
	for _, p := range identity.Group(tell(buyers...), decisions, nil) {
		var first, second bool
		for _, m := range p {
			// Whoever goes by names of both is left out: he has to be somewhere.
			has := func(side names) bool { return slices.Contains(side, buyers[m-1][0]) }
			first, second = first || has(a) && !has(b), second || has(b) && !has(a)
		}
		if first && second {
			t.Errorf("joined against a decision: %v", p)
		}
	}
}
