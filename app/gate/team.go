package gate

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/field"
	"kebu/crypto/keyring"
	"kebu/store"
)

// ErrEnded means that the user's last day is over. It is a crm.ErrDenied.
var ErrEnded = fmt.Errorf("the user's time is over: %w", crm.ErrDenied)

// Role returns the user's role.
func (g *Gate) Role() access.Role { return g.role }

// Person returns the user's number.
func (g *Gate) Person() uint32 { return g.user.ID }

// May reports whether the user may do a verb.
func (g *Gate) May(v access.Verb) bool { return g.house.Load().May(g.role, v) }

// Shows returns what a verb shows the user of a field.
func (g *Gate) Shows(v access.Verb, f access.Field) access.Level {
	return g.house.Load().Shows(g.role, v, f)
}

// ended reports whether the user's time is over. A clock that was set back behind the
// log brings none of it back.
func (g *Gate) ended() bool {
	house := g.house.Load()
	if _, bounded := house.Until[g.user.ID]; !bounded {
		return false
	}
	return house.Ended(g.user.ID, max(g.now(), g.last).In(time.UTC))
}

// CheckHouse fails with store.ErrForged if the rules of the book are not the owner's,
// or with crm.ErrDenied.
func (g *Gate) CheckHouse(ctx context.Context) error {
	return g.View(ctx, access.Team, func(tx *store.Tx) error {
		_, err := tx.House(ctx)
		return err
	})
}

// House returns the owner's rules, the table's bounds if somebody forged them.
func (g *Gate) House() access.House { return *g.house.Load() }

// Users returns who can open the book.
func (g *Gate) Users() []keyring.User { return g.book.Users() }

// classOf is the class under which a field is sealed, 0 if it stands plain.
func classOf(f access.Field) field.Class {
	switch f {
	case access.Name, access.Phone:
		return field.Contact
	case access.Street:
		return field.Address
	case access.Writing:
		return field.Text
	case access.Sensitive:
		return field.Sensitive
	default:
		return 0
	}
}

// roleOf is what a role holds under the owner's rules: the classes of which it may
// see a person's value.
func roleOf(h access.House, r access.Role) keyring.Role {
	role := keyring.Role{Name: string(r)}
	for _, c := range field.Classes() {
		if slices.ContainsFunc(access.Fields, func(f access.Field) bool { return classOf(f) == c && h.Sees(r, f) >= access.Reveals }) {
			role.Classes = append(role.Classes, c)
		}
	}
	return role
}

// DefineRole gives a role of the header the keys that the owner's rules allow it.
func (g *Gate) DefineRole(ring *keyring.Ring, r access.Role) error {
	return define(ring, roleOf(*g.house.Load(), r))
}

func define(ring *keyring.Ring, role keyring.Role) error {
	for _, known := range ring.Roles() {
		if known.Name == role.Name && slices.Equal(known.Classes, role.Classes) {
			return nil
		}
	}
	return ring.DefineRole(role)
}

// ChangeTeam lets edit change who may open the book and what they hold, as one
// step that is told of the user whom it changes, or fails with crm.ErrDenied.
func (g *Gate) ChangeTeam(ctx context.Context, v access.Verb, edit func(*keyring.Ring) (store.TeamChange, error)) error {
	return g.ChangeMember(ctx, v, func(r *keyring.Ring, _ *access.House) (store.TeamChange, error) { return edit(r) })
}

// ChangeMember is ChangeTeam for an edit that in the same step may give the user
// another last moment in the owner's rules. Other rules it leaves.
func (g *Gate) ChangeMember(ctx context.Context, v access.Verb, edit func(*keyring.Ring, *access.House) (store.TeamChange, error)) error {
	var house access.House
	if err := g.Update(ctx, v, func(tx *store.Tx) error {
		house = g.House()
		var change store.TeamChange
		if err := tx.ChangeTeam(ctx, func(r *keyring.Ring) (err error) {
			change, err = edit(r, &house)
			return err
		}); err != nil {
			return err
		}
		if !maps.Equal(house.Until, g.House().Until) {
			if err := keepHouse(ctx, tx, house); err != nil {
				return err
			}
		}
		if err := tx.CountRows(ctx, 1); err != nil {
			return err
		}
		return tx.RecordTeam(ctx, change)
	}); err != nil {
		return err
	}
	g.house.Store(&house)
	return nil
}

// SetHouse makes rules the owner's, and gives every role the keys that they allow,
// or fails with crm.ErrDenied or access.ErrWider.
func (g *Gate) SetHouse(ctx context.Context, h access.House) error {
	if err := h.Valid(); err != nil {
		return err
	}
	if err := g.Update(ctx, access.HouseRules, func(tx *store.Tx) error {
		if err := keepHouse(ctx, tx, h); err != nil {
			return err
		}
		if !g.narrows(h) {
			return nil
		}
		return tx.ChangeTeam(ctx, func(r *keyring.Ring) error {
			for _, role := range r.Roles()[1:] {
				if err := define(r, roleOf(h, access.Role(role.Name))); err != nil {
					return err
				}
			}
			return nil
		})
	}); err != nil {
		return err
	}
	g.house.Store(&h)
	return nil
}

func keepHouse(ctx context.Context, tx *store.Tx, h access.House) error {
	body, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("write rules: %w", err)
	}
	return tx.SetHouse(ctx, string(body))
}

// narrows reports whether some role of the header holds other keys under h.
func (g *Gate) narrows(h access.House) bool {
	return slices.ContainsFunc(g.book.Roles()[1:], func(r keyring.Role) bool {
		return !slices.Equal(r.Classes, roleOf(h, access.Role(r.Name)).Classes)
	})
}

func (g *Gate) readHouse(ctx context.Context) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		body, err := tx.House(ctx)
		if err != nil {
			return err
		}
		var h access.House
		if body != "" {
			if err := json.Unmarshal([]byte(body), &h); err != nil {
				return fmt.Errorf("%w: %w", store.ErrForged, err)
			}
		}
		g.house.Store(&h)
		return nil
	}
}

// Stale reports whether something in the book is under a key that has a newer one,
// and the user is who can seal it anew.
func (g *Gate) Stale() bool { return g.user.Owner && g.book.Stale() }

// Reseal seals all under the newest keys, or fails with crm.ErrDenied.
func (g *Gate) Reseal(ctx context.Context, progress func(done, total int)) error {
	return g.Do(ctx, access.Reseal, func() error {
		if !g.user.Owner {
			return fmt.Errorf("reseal: %w", crm.ErrDenied)
		}
		return g.book.Reseal(ctx, progress, func(tx *store.Tx) error {
			return tx.LogEvent(ctx, g.now(), string(access.Reseal), 0, nil)
		})
	})
}
