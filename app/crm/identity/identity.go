// Package identity tells which buyers are the same person.
//
// Strong evidence joins: the buyer's id or nick on one platform, a full phone,
// an e-mail address. A customer is a connected component of it, so the order
// in which files are imported does not matter. Masked values, virtual numbers,
// relay addresses and names never join; a name with an address is a hint that
// a person may look at. What a person decides, same or different, outranks all
// evidence, whenever it comes.
package identity

import (
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

// The kinds of evidence, the strongest first. Their numbers are stored.
const (
	Telling Kind = 0 // all that one order told of its buyer: names it in decisions alone
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
	if o.RecipientIsBuyer && !o.PhoneUntil.Known() { // a virtual number ends
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
