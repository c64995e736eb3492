// Package linkage tells how likely two records are of one person, by what they
// say: names, birthday, phone, e-mail, address.
//
// It is the model of Fellegi and Sunter (A Theory for Record Linkage, 1969):
// each comparison of two values has a level (equal, close, …), each level a
// chance among records of one person (m) and among those of two (u), and the
// evidence of a level is log2(m/u) bits. u comes from random pairs and from how
// often the value itself occurs, m from expectation and maximisation over the
// pairs that share keys (Winkler 1988). Both begin with chances that are
// documented beside them and give way as the data grow, so that few or clean
// records are judged soundly.
//
// Two persons of one household share surname, address and phone: they are a
// class of their own in the model. A missing value tells nothing. A masked one
// is compared as a mask: 张** agrees with 张伟, and tells less than a name.
//
// What it returns are proposals, pair by pair, for a person to decide. That a
// is b and b is c does not make it propose a with c.
package linkage

import (
	"cmp"
	"context"
	"slices"

	"kebu/app/crm/pii"
)

// Name is one name of a person: in parts, or Full where the parts are unknown.
type Name struct{ Full, Given, Surname pii.Text }

// Record is what one record says of a person. Several values of a field are
// alternatives, of which the best agreement counts.
type Record struct {
	Names     []Name
	Births    []pii.Text // year, month, day in any usual order
	Phones    []pii.Text
	Emails    []pii.Text
	Streets   []pii.Text // street, house number, or a whole address
	Districts []pii.Text
	Cities    []pii.Text
	Provinces []pii.Text
	Postcodes []pii.Text
	Nicks     []pii.Text
	Codes     []pii.Text // numbers that are one person's, by column; an empty one is missing
}

// Kind is what a comparison compares.
type Kind uint8

// The kinds, in the order of evidence.
const (
	Given Kind = iota
	Surname
	Birth
	Phone
	Email
	Street // words of the address
	Number // numbers of the address
	Province
	City
	District
	Postcode
	Nick // screen name on a platform
	Code // the first of the records' codes; Code+1 is the second
)

// Level is how far two values agree.
type Level uint8

// The levels, the best agreement first.
const (
	Missing Level = iota
	Equal
	Close   // a slip of the pen
	Similar // in part
	Swapped // given name and surname stand in each other's place
	Different
	MaskAgrees
	MaskDiffers
)

const levelCount = 8

// Evidence is what one comparison tells.
type Evidence struct {
	Kind  Kind
	Level Level
	Bits  float64 // log2(m/u): above 0 for one person, below for two
	// First and Second are the values that were compared, names and places as they
	// are written, others in the form in which they are compared.
	First, Second pii.Text
}

// Pair proposes that records A < B are of one person.
type Pair struct {
	A, B     int
	Score    float64 // probability, 0 to 1
	Evidence []Evidence
}

// Options say what to look for. The zero value compares one list with itself
// and proposes what is likelier than not.
type Options struct {
	// Second is the number of the record with which a second list begins: only
	// pairs between the two are proposed. 0: there is one list.
	Second int
	// Least is the score from which a pair is proposed, 0.5 if 0.
	Least float64
	// Progress is told how much is done, from 0 to 1.
	Progress func(part float64)
}

// Result is what Find found.
type Result struct {
	Pairs []Pair // the likeliest first
	// Skipped counts values so common that records were not compared by them
	// alone, nor by two of them together.
	Skipped int
	// Capped: more pairs share something than can be compared; those that share
	// least were left out.
	Capped bool
}

// Find proposes which records are of one person. It is deterministic, takes
// memory in proportion to the records, and fails only with the error of ctx.
func Find(ctx context.Context, records []Record, o Options) (Result, error) {
	least := cmp.Or(o.Least, 0.5)
	progress := o.Progress
	if progress == nil {
		progress = func(float64) {}
	}
	s := newSet(records, o.Second)
	if s.pairs() == 0 || len(s.kinds) == 0 {
		return Result{}, ctx.Err()
	}
	m, err := newModel(ctx, s)
	if err != nil {
		return Result{}, err
	}
	var near []comparison
	c := newComparer(s)
	found, err := s.candidates(ctx, func(a, b int) {
		if x := m.compare(c, a, b); m.plausible(&x) {
			near = append(near, x)
		}
	}, func(part float64) { progress(0.9 * part) })
	if err != nil {
		return Result{}, err
	}
	if err := m.learn(ctx, near); err != nil {
		return Result{}, err
	}
	for i := range near {
		if score := m.score(&near[i]); score >= least {
			found.Pairs = append(found.Pairs, m.pair(c, &near[i], score))
		}
	}
	slices.SortFunc(found.Pairs, func(a, b Pair) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	progress(1)
	return found, nil
}
