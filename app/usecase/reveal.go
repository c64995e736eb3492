package usecase

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/store"
)

// Reveal returns a customer's profile with personal values, and records who
// saw it and why. It fails with ErrReason without a reason, with *DailyError when the
// user revealed as many people today as the owner allows, and with ErrShipped for a
// role that reveals only whom something is still to be shipped to.
func (s *Session) Reveal(ctx context.Context, id, reason string) (Profile, error) {
	var p Profile
	if reason = strings.TrimSpace(reason); reason == "" {
		return p, ErrReason
	}
	err := s.gate.Update(ctx, access.Reveal, func(tx *store.Tx) error {
		var err error
		if p, err = s.profile(ctx, tx, id, true); err != nil {
			return err
		}
		if err := s.mayReveal(ctx, tx, &p); err != nil {
			return err
		}
		return tx.RecordDisclosure(ctx, store.Disclosure{Kind: "reveal", Purpose: reason, Clear: true, Rule: "id " + id, Rows: 1, Customer: p.Num})
	})
	if err != nil {
		return Profile{}, err
	}
	s.sight(access.Reveal).profile(&p)
	return p, nil
}

// DailyError means that the user revealed as many people today as the owner allows. It
// is a crm.ErrDenied.
type DailyError struct {
	Limit int
	Until time.Time // when the next day of the book begins
}

func (e *DailyError) Error() string { return fmt.Sprintf("%d people a day are the limit", e.Limit) }

// Is reports whether the target is the error of what a role may not.
func (e *DailyError) Is(target error) bool { return target == crm.ErrDenied }

// ErrShipped means that nothing is to be shipped to the customer. It is a crm.ErrDenied.
var ErrShipped = fmt.Errorf("nothing is to be shipped to the customer: %w", crm.ErrDenied)

// mayReveal keeps to the bounds that the program sets for who holds the keys. Of
// orders that are no business of the role it blanks to whom they went, and the customer
// is who the newest of the others goes to.
func (s *Session) mayReveal(ctx context.Context, tx *store.Tx, p *Profile) error {
	r, err := s.revealsLeft(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	if r.Left == 0 && !r.Again {
		return &DailyError{r.Most, r.Until}
	}
	if !access.OpenOnly(s.gate.Role()) {
		return nil
	}
	var open *store.StoredOrder // the newest
	for i := range p.Orders {
		o := &p.Orders[i]
		if toShip(o.Status) {
			open = cmp.Or(open, o)
			continue
		}
		o.Buyer.Name, o.Buyer.Phone, o.Buyer.Email = pii.Text{}, pii.Text{}, pii.Text{}
		o.Recipient.Name, o.Recipient.Phone, o.Recipient.Street, o.Recipient.Postcode = pii.Text{}, pii.Text{}, pii.Text{}, ""
	}
	if open == nil {
		return ErrShipped
	}
	p.Clear = shipTo(open)
	return nil
}

// shipTo returns to whom an order goes.
func shipTo(o *store.StoredOrder) *store.Clear {
	r, b := &o.Recipient, &o.Buyer
	c := &store.Clear{Name: r.Name, Phone: r.Phone, Email: b.Email}
	if c.Name.Empty() {
		c.Name = b.Name
	}
	if c.Phone.Empty() {
		c.Phone = b.Phone
	}
	if !r.Street.Empty() {
		c.Address = pii.New(crm.JoinAddress(r.Country, r.Province, r.City, r.District, r.Street.Reveal()))
	}
	return c
}

// toShip reports whether something of an order is still to be shipped.
func toShip(s crm.Status) bool { return s == crm.StatusPaid || s == crm.StatusPartlyShipped }

// Reveals says how many people the user may still reveal today.
type Reveals struct {
	Left, Most int
	Again      bool      // this one was revealed today and counts no more
	Until      time.Time // when the next day of the book begins
	Nothing    bool      // nothing is to be shipped to this one, and the role reveals nobody else
}

// May reports whether Reveal would show the customer.
func (r Reveals) May() bool { return (r.Left > 0 || r.Again) && !r.Nothing }

// RevealsLeft says beforehand what Reveal would say of a customer.
func (s *Session) RevealsLeft(ctx context.Context, id string) (Reveals, error) {
	var r Reveals
	return r, s.gate.View(ctx, access.Reveal, func(tx *store.Tx) error {
		var err error
		if r, err = s.revealsLeft(ctx, tx, id); err != nil || !access.OpenOnly(s.gate.Role()) {
			return err
		}
		num, err := one(ctx, tx, id)
		if err != nil {
			return err
		}
		orders, err := tx.OrdersOf(ctx, num)
		r.Nothing = !slices.ContainsFunc(orders, func(o store.StoredOrder) bool { return toShip(o.Status) })
		return err
	})
}

func (s *Session) revealsLeft(ctx context.Context, tx *store.Tx, id string) (Reveals, error) {
	r := Reveals{Most: s.gate.House().Reveals(s.gate.Role())}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return r, err
	}
	now := s.gate.Now().In(settings.Zone)
	day := func(n int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, settings.Zone)
	}
	r.Until = day(1)
	all, err := tx.RevealedSince(ctx, s.gate.User(), "", crm.At(day(0)))
	if err != nil {
		return r, err
	}
	others, err := tx.RevealedSince(ctx, s.gate.User(), id, crm.At(day(0)))
	r.Left, r.Again = max(0, r.Most-all), others < all && others < r.Most
	return r, err
}
