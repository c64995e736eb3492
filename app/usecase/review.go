package usecase

import (
	"context"
	"slices"

	"kebu/app/crm/access"
	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
	"kebu/store"
)

// reviewLeast is the probability from which two customers are proposed as one
// person: below, more proposals are wrong than a person will look at.
const reviewLeast = 0.8

// mostReviewed bounds the proposals, the likeliest of which come first.
const mostReviewed = 5000

// Review is the customers who are likely one person, of whom nobody has decided.
type Review struct {
	Pairs []ReviewPair // the likeliest first
	// Capped: the book is too large to compare everyone who has something in
	// common; those with least were left out.
	Capped bool
}

// ReviewPair is two customers who are likely one person.
type ReviewPair struct {
	One, Other Customer // masked
	Score      float64  // probability, 0 to 1
	Evidence   []ReviewEvidence
}

// ReviewEvidence is what one comparison of two customers tells.
type ReviewEvidence struct {
	Kind EvidenceKind
	Fit  Fit
	Bits float64 // above 0 for one person, below for two
	// One and Other are the masks of what was compared, "" where the role sees none.
	One, Other string
}

// EvidenceKind names what is compared.
type EvidenceKind string

// The kinds of evidence.
const (
	EvidenceName     EvidenceKind = "name"
	EvidencePhone    EvidenceKind = "phone"
	EvidenceEmail    EvidenceKind = "email"
	EvidenceStreet   EvidenceKind = "street"
	EvidenceNumber   EvidenceKind = "house_number"
	EvidenceProvince EvidenceKind = "province"
	EvidenceCity     EvidenceKind = "city"
	EvidenceDistrict EvidenceKind = "district"
	EvidencePostcode EvidenceKind = "postcode"
	EvidenceNick     EvidenceKind = "nick"
)

// evidenceField says of which field the kinds tell.
var evidenceField = map[EvidenceKind]access.Field{
	EvidenceName: access.Name, EvidencePhone: access.Phone, EvidenceEmail: access.Phone,
	EvidenceStreet: access.Street, EvidenceNumber: access.Street, EvidencePostcode: access.Street,
	EvidenceProvince: access.Place, EvidenceCity: access.Place, EvidenceDistrict: access.Place,
	EvidenceNick: access.Account,
}

// Fit is how far two values agree.
type Fit string

// The fits.
const (
	FitSame      Fit = "same"
	FitSimilar   Fit = "similar" // a slip of the pen, or in part
	FitMask      Fit = "may_be"  // what the masks show agrees
	FitDifferent Fit = "different"
)

// found is what was last found to review.
type found struct {
	evidenced int64 // as of store.Evidenced
	pairs     []foundPair
	capped    bool
}

// foundPair is a pair by the numbers of its customers.
type foundPair struct {
	customers [2]int64
	score     float64
	evidence  []ReviewEvidence
}

// Review compares all customers with each other and returns those who are
// likely one person; it joins nobody. The first call after an import takes up
// to a minute in a book of 200,000 customers and tells progress how far it is;
// later ones answer at once, without the pairs decided meanwhile. It can be
// cancelled.
func (s *Session) Review(ctx context.Context, progress func(part float64)) (Review, error) {
	var evidenced int64
	if err := s.gate.View(ctx, access.Review, func(tx *store.Tx) (err error) {
		evidenced, err = tx.Evidenced(ctx)
		return err
	}); err != nil {
		return Review{}, err
	}
	s.reviewing.Lock()
	defer s.reviewing.Unlock()
	if s.review == nil || s.review.evidenced != evidenced {
		f, err := s.compareAll(ctx, progress)
		if err != nil {
			return Review{}, err
		}
		f.evidenced = evidenced
		s.review = f
	}
	return s.undecided(ctx, s.review)
}

// smallBook is how many customers are compared within a second.
const smallBook = 5000

// ReviewCount returns how many pairs wait for a decision, none for who may not
// decide: in a book of many customers only those who share a name and a street,
// for to compare everybody takes long.
func (s *Session) ReviewCount(ctx context.Context) (int, error) {
	if !s.gate.May(access.Review) {
		return 0, nil // and the log does not say that it was tried
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	if stats.Customers <= smallBook {
		var r Review
		r, err = s.Review(ctx, nil)
		n = len(r.Pairs)
	} else {
		err = s.gate.View(ctx, access.Review, func(tx *store.Tx) error {
			hinted, err := tx.Hinted(ctx)
			n = int(hinted)
			return err
		})
	}
	return n, err
}

// compareAll finds pairs anew.
func (s *Session) compareAll(ctx context.Context, progress func(part float64)) (*found, error) {
	const reading = 0.2 // of the time
	var customers []int64
	var records []linkage.Record
	if err := s.gate.View(ctx, access.Review, func(tx *store.Tx) error {
		return tx.Describe(ctx, func(customer int64, r linkage.Record) {
			customers, records = append(customers, customer), append(records, r)
		})
	}); err != nil {
		return nil, err
	}
	result, err := linkage.Find(ctx, records, linkage.Options{Least: reviewLeast, Progress: func(part float64) {
		if progress != nil {
			progress(reading + (1-reading)*part)
		}
	}})
	if err != nil {
		return nil, err
	}
	f := &found{capped: result.Capped || len(result.Pairs) > mostReviewed}
	for _, p := range result.Pairs[:min(len(result.Pairs), mostReviewed)] {
		f.pairs = append(f.pairs, foundPair{[2]int64{customers[p.A], customers[p.B]}, p.Score, reviewEvidence(p.Evidence)})
	}
	return f, nil
}

// undecided loads the pairs that still wait.
func (s *Session) undecided(ctx context.Context, f *found) (Review, error) {
	r := Review{Capped: f.capped}
	see := s.sight(access.Review)
	pairs := make([][2]int64, len(f.pairs))
	for i, p := range f.pairs {
		pairs[i] = p.customers
	}
	return r, s.gate.View(ctx, access.Review, func(tx *store.Tx) error {
		open, err := tx.Undecided(ctx, pairs)
		if err != nil {
			return err
		}
		var nums []int64
		for i := range f.pairs {
			if open[i] {
				nums = append(nums, pairs[i][0], pairs[i][1])
			}
		}
		slices.Sort(nums)
		list, err := tx.LoadCustomers(ctx, slices.Compact(nums), false)
		if err != nil {
			return err
		}
		of := make(map[int64]Customer, len(list))
		for _, c := range list {
			of[c.Num] = c
		}
		for i, p := range f.pairs {
			if open[i] {
				pair := ReviewPair{of[p.customers[0]], of[p.customers[1]], p.score, p.evidence}
				see.pair(&pair)
				r.Pairs = append(r.Pairs, pair)
			}
		}
		return nil
	})
}

// evidenceKinds names the comparisons, and masks their values.
var evidenceKinds = map[linkage.Kind]struct {
	kind EvidenceKind
	mask func(string) string
}{
	linkage.Phone:    {EvidencePhone, pii.MaskPhone},
	linkage.Email:    {EvidenceEmail, pii.MaskEmail},
	linkage.Street:   {EvidenceStreet, hidden},
	linkage.Number:   {EvidenceNumber, hidden},
	linkage.Province: {EvidenceProvince, plain},
	linkage.City:     {EvidenceCity, plain},
	linkage.District: {EvidenceDistrict, plain},
	linkage.Postcode: {EvidencePostcode, hidden},
	linkage.Nick:     {EvidenceNick, pii.MaskNick},
}

func plain(s string) string { return s }

func hidden(string) string { return "****" }

// reviewEvidence masks what was compared. The two parts of a name are one.
func reviewEvidence(list []linkage.Evidence) []ReviewEvidence {
	var out []ReviewEvidence
	for _, e := range list {
		if e.Kind == linkage.Given || e.Kind == linkage.Surname {
			if len(out) == 0 {
				out = append(out, ReviewEvidence{Kind: EvidenceName, Fit: FitSame})
			}
			out[0].addName(e)
			continue
		}
		k := evidenceKinds[e.Kind]
		out = append(out, ReviewEvidence{k.kind, fitOf(e.Level), e.Bits, k.mask(e.First.Reveal()), k.mask(e.Second.Reveal())})
	}
	return out
}

// addName adds what one part of a name tells. Of names the surname is shown.
func (r *ReviewEvidence) addName(e linkage.Evidence) {
	r.Bits += e.Bits
	if fit := fitOf(e.Level); fitRank[fit] > fitRank[r.Fit] {
		r.Fit = fit
	}
	if e.Kind == linkage.Surname {
		r.One, r.Other = maskSurname(e.First.Reveal()), maskSurname(e.Second.Reveal())
	}
}

// maskSurname shows a surname as the mask of its name does.
func maskSurname(s string) string {
	const given = "某某" // two characters to hide
	if surname := pii.Surname(s + given); surname != "" {
		return pii.MaskName(surname + given)
	}
	return pii.MaskName(s)
}

var fitRank = map[Fit]int{FitSame: 0, FitMask: 1, FitSimilar: 2, FitDifferent: 3}

func fitOf(l linkage.Level) Fit {
	switch l {
	case linkage.Equal:
		return FitSame
	case linkage.Close, linkage.Similar, linkage.Swapped:
		return FitSimilar
	case linkage.MaskAgrees:
		return FitMask
	default:
		return FitDifferent
	}
}
