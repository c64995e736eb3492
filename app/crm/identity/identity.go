// Package identity tells which buyers are the same person.
//
// Strong evidence joins: the buyer's id or nick on one platform, a full phone,
// an e-mail address. A customer is a connected component of it, so the order
// in which files are imported does not matter. Masked values, virtual numbers,
// relay addresses and names never join; a name with an address is a hint that
// a person may look at.
package identity

import (
	"cmp"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// hubLimit is the number of buyer ids up to which a shared phone, e-mail or
// nick joins; beyond it, it is a placeholder or a forwarder's.
const hubLimit = 5

// Kind is what a piece of evidence is.
type Kind uint8

// The kinds of evidence. Their numbers are stored.
const (
	Account Kind = 1 // id of the buyer on a platform
	Nick    Kind = 2 // screen name on a platform
	Phone   Kind = 3 // full phone number
	Email   Kind = 4 // own e-mail address
	Hint    Kind = 5 // name and street: never joins
)

// Evidence is one fact that tells who a buyer is. Equal evidence of a kind
// other than Hint means the same person.
type Evidence struct {
	Kind  Kind
	Value pii.Text // normalised, with the platform where that belongs to it
}

// Of returns the evidence that an order holds of its buyer, strongest first.
// Without any but hints, the order has no known customer.
func Of(o *crm.Order) []Evidence {
	var list []Evidence
	add := func(k Kind, value string) {
		list = append(list, Evidence{k, pii.New(value)})
	}
	b, r := &o.Buyer, &o.Recipient
	if b.ID != "" && !pii.Masked(b.ID) {
		add(Account, o.Platform+"\x1f"+b.ID)
	}
	if b.Nick != "" && !pii.Masked(b.Nick) {
		add(Nick, o.Platform+"\x1f"+pii.Fold(b.Nick))
	}
	phones := []pii.Text{b.Phone}
	if o.RecipientIsBuyer {
		phones = append(phones, r.Phone)
	}
	for _, phone := range phones {
		if p, full := pii.Phone(phone.Reveal(), r.Country); full {
			if e := (Evidence{Phone, pii.New(p)}); !slices.ContainsFunc(list, e.equal) {
				list = append(list, e)
			}
		}
	}
	if e, own := pii.Email(b.Email.Reveal()); own {
		add(Email, e)
	}
	name, street := r.Name.Reveal(), r.Street.Reveal()
	if len(list) > 0 && name != "" && street != "" && !pii.Masked(name) && !pii.Masked(street) {
		add(Hint, strings.Join([]string{pii.Fold(name), pii.Fold(r.City), pii.Fold(street)}, "\x1f"))
	}
	return list
}

func (e Evidence) equal(o Evidence) bool { return e.Kind == o.Kind && e.Value.Equal(o.Value) }

// Token is evidence under a keyed hash, by which the store compares it.
type Token [16]byte

// Mark is a piece of evidence of a buyer.
type Mark struct {
	Buyer int64
	Kind  Kind
	Token Token
}

// Group partitions buyers by their marks and returns the members of each
// person in ascending order, persons by their first member. Hints join nothing,
// and neither does a phone, e-mail or nick that more than 5 buyer ids share;
// a buyer of whom nothing else is known is nobody and not in the result.
func Group(marks []Mark) [][]int64 {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Token[:], b.Token[:]), cmp.Compare(a.Buyer, b.Buyer))
	})
	parent := make(map[int64]int64, len(marks))
	account := make(map[int64]Token)
	for _, m := range marks {
		parent[m.Buyer] = m.Buyer
		if _, known := account[m.Buyer]; !known && (m.Kind == Account || m.Kind == Nick) {
			account[m.Buyer] = m.Token // accounts sort before nicks
		}
	}
	known := make(map[int64]bool, len(marks)) // by something that joins
	find := func(b int64) int64 {
		for parent[b] != b {
			parent[b] = parent[parent[b]]
			b = parent[b]
		}
		return b
	}
	for len(marks) > 0 {
		first := marks[0]
		n := 1
		for n < len(marks) && marks[n].Kind == first.Kind && marks[n].Token == first.Token {
			n++
		}
		if joins(first.Kind, marks[:n], account) {
			known[first.Buyer] = true
			for _, m := range marks[1:n] {
				known[m.Buyer] = true
				parent[find(m.Buyer)] = find(first.Buyer)
			}
		}
		marks = marks[n:]
	}
	members := make(map[int64][]int64)
	for b := range known {
		root := find(b)
		members[root] = append(members[root], b)
	}
	people := make([][]int64, 0, len(members))
	for _, p := range members {
		slices.Sort(p)
		people = append(people, p)
	}
	slices.SortFunc(people, func(a, b []int64) int { return cmp.Compare(a[0], b[0]) })
	return people
}

// joins reports whether buyers that share a token are one person.
func joins(kind Kind, sharing []Mark, account map[int64]Token) bool {
	switch kind {
	case Account:
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
