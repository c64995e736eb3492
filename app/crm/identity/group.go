package identity

import (
	"cmp"
	"slices"
)

// Token is evidence under a keyed hash, by which the store compares it.
type Token [16]byte

// Name is what a person is known by, in marks and decisions.
type Name struct {
	Kind  Kind
	Token Token
}

// Compare orders names, the stronger kind first.
func (n Name) Compare(o Name) int {
	return cmp.Or(cmp.Compare(n.Kind, o.Kind), slices.Compare(n.Token[:], o.Token[:]))
}

// Mark is a name that a buyer goes by.
type Mark struct {
	Buyer int64
	Name
}

// Decision is what a person decided of customers, each side of it being what
// names one of them: that they are the same, or that the two are different.
type Decision struct {
	Same  bool
	Sides [][]Name
}

// Group partitions buyers by their marks and returns the members of each
// person in ascending order, persons by their first member. Hints join nothing,
// and neither does a phone, e-mail or nick that more than 5 buyer ids share;
// a buyer of whom nothing else is known is nobody and not in the result.
//
// Decisions outrank evidence, and of those that contradict each other the newer
// the older; the newest is the first. Names of different customers are not
// joined, neither by a mark nor by way of others. Where that leaves a choice,
// the stronger kind of evidence goes first, then that of the buyer who stands
// first in order, which has all buyers of marks; without a decision that tells
// two apart there is no choice, and no need of order. So the persons are the
// same whatever the numbers of buyers, which tell who was imported first.
func Group(marks []Mark, decisions []Decision, order []int64) [][]int64 {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, newRanks(marks, order).compare)
	people := newParts(len(marks))
	named := people.decide(decisions)
	account := make(map[int64]Token)
	for _, m := range marks {
		if _, has := account[m.Buyer]; !has && (m.Kind == Account || m.Kind == Nick) {
			account[m.Buyer] = m.Token // accounts sort before nicks
		}
	}
	known := make(map[int64]bool, len(marks)) // by something that joins
	for len(marks) > 0 {
		first := marks[0]
		n := 1
		for n < len(marks) && marks[n].Name == first.Name {
			n++
		}
		if joins(first.Kind, marks[:n], account) {
			holder, ok := named[first.Name]
			if !ok {
				holder = first.Buyer
			}
			for _, m := range marks[:n] {
				known[m.Buyer] = true
				if m.Buyer != holder {
					people.join(holder, m.Buyer)
				}
			}
		}
		marks = marks[n:]
	}
	return people.list(known)
}

// joins reports whether buyers that share a name are one person.
func joins(kind Kind, sharing []Mark, account map[int64]Token) bool {
	switch kind {
	case Telling, Account:
		return true
	case Nick, Phone, Email:
		if len(sharing) <= hubLimit {
			return true
		}
		ids := make(map[Token]bool, hubLimit+1)
		for _, m := range sharing {
			if t, ok := account[m.Buyer]; ok {
				ids[t] = true
			}
		}
		return len(ids) <= hubLimit
	default:
		return false
	}
}

// ranks is the order in which marks are looked at.
type ranks struct {
	buyers map[int64]int
	names  map[Name]int // the least of their buyers
}

func newRanks(marks []Mark, order []int64) ranks {
	if order == nil {
		return ranks{}
	}
	r := ranks{make(map[int64]int, len(order)), make(map[Name]int, len(marks))}
	for i, b := range order {
		r.buyers[b] = i
	}
	for _, m := range marks {
		rank := r.buyers[m.Buyer]
		if least, ok := r.names[m.Name]; !ok || rank < least {
			r.names[m.Name] = rank
		}
	}
	return r
}

func (r ranks) compare(a, b Mark) int {
	if r.buyers == nil {
		return cmp.Or(a.Compare(b.Name), cmp.Compare(a.Buyer, b.Buyer))
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(r.names[a.Name], r.names[b.Name]), a.Compare(b.Name),
		cmp.Compare(r.buyers[a.Buyer], r.buyers[b.Buyer]), cmp.Compare(a.Buyer, b.Buyer))
}

// parts is a partition of buyers, and of the names in decisions under negative
// numbers.
type parts struct {
	parent map[int64]int64
	sides  map[int64][]side // of decisions that tell apart, by root
}

// side is one side of a decision that tells two apart.
type side struct {
	decision int
	second   bool
}

func newParts(size int) *parts {
	return &parts{parent: make(map[int64]int64, size), sides: map[int64][]side{}}
}

// decide takes decisions in, the newest first, and returns the members that
// their names are.
func (p *parts) decide(decisions []Decision) map[Name]int64 {
	named := make(map[Name]int64)
	member := func(n Name) int64 {
		m, ok := named[n]
		if !ok {
			m = -int64(len(named)) - 1
			named[n] = m
		}
		return m
	}
	for i, d := range decisions {
		var all []Name
		for s, names := range d.Sides {
			all = append(all, names...)
			for _, n := range names {
				if root := p.root(member(n)); !d.Same {
					p.sides[root] = append(p.sides[root], side{i, s == 1})
				}
			}
		}
		if d.Same && len(all) > 0 {
			first := slices.MinFunc(all, Name.Compare)
			for _, n := range slices.SortedFunc(slices.Values(all), Name.Compare) {
				p.join(member(first), member(n))
			}
		}
	}
	return named
}

func (p *parts) root(m int64) int64 {
	for {
		parent, ok := p.parent[m]
		if !ok {
			p.parent[m] = m
			return m
		}
		if parent == m {
			return m
		}
		above := p.parent[parent]
		p.parent[m] = above
		m = above
	}
}

// join makes the parts of two members one, unless a decision keeps them apart.
func (p *parts) join(a, b int64) {
	a, b = p.root(a), p.root(b)
	if a == b || p.apart(a, b) {
		return
	}
	p.parent[b] = a
	if s := p.sides[b]; len(s) > 0 {
		p.sides[a] = append(p.sides[a], s...)
		delete(p.sides, b)
	}
}

func (p *parts) apart(a, b int64) bool {
	if len(p.sides) == 0 || len(p.sides[a]) == 0 || len(p.sides[b]) == 0 {
		return false
	}
	of := make(map[side]bool, len(p.sides[a]))
	for _, s := range p.sides[a] {
		of[s] = true
	}
	return slices.ContainsFunc(p.sides[b], func(s side) bool { return of[side{s.decision, !s.second}] })
}

// list returns the parts of the given members in order.
func (p *parts) list(of map[int64]bool) [][]int64 {
	members := make(map[int64][]int64)
	for m := range of {
		root := p.root(m)
		members[root] = append(members[root], m)
	}
	list := make([][]int64, 0, len(members))
	for _, m := range members {
		slices.Sort(m)
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b []int64) int { return cmp.Compare(a[0], b[0]) })
	return list
}
