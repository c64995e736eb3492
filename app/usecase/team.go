package usecase

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// Member is a person who can open the book.
type Member struct {
	Name     string
	Role     access.Role
	Disabled bool
	Until    crm.Moment // when the access ends; 0: never
	Self     bool       // who asks
}

// Team returns who can open the book, in the order in which they joined.
func (s *Session) Team(ctx context.Context) ([]Member, error) {
	var list []Member
	return list, s.gate.View(ctx, access.Team, func(*store.Tx) error {
		house := s.gate.House()
		for _, u := range s.gate.Users() {
			list = append(list, Member{
				Name: u.Name, Role: access.Role(u.Role), Disabled: u.Disabled,
				Until: crm.Moment(house.Until[u.ID]), Self: u.ID == s.gate.Person(),
			})
		}
		return nil
	})
}

// May reports whether the user may do a verb.
func (s *Session) May(v access.Verb) bool { return s.gate.May(v) }

// Shows returns what a verb shows the user of a field.
func (s *Session) Shows(v access.Verb, f access.Field) access.Level { return s.gate.Shows(v, f) }

// User returns the user's name.
func (s *Session) User() string { return s.gate.User() }

// Role returns the user's role.
func (s *Session) Role() access.Role { return s.gate.Role() }

// FoundChanged reports whether users, keys or passphrases were found changed, since the
// user opened the book the time before, without an entry in the log of how.
func (s *Session) FoundChanged() bool { return s.gate.FoundChanged() }

// NewMember is a person to be let into the book.
type NewMember struct {
	Name       string
	Role       access.Role
	Passphrase []byte
	Cost       Cost // the zero value is the lowest
	// Days is for how long; 0: for ever, which an auditor cannot have.
	Days int
}

// AddUser lets a person open the book with a passphrase, to hold the keys of a
// role. It fails with ErrName, ErrWeak, ErrNoRole, ErrDays or ErrFull.
func (s *Session) AddUser(ctx context.Context, m NewMember) error {
	if err := passphrase.Check(m.Passphrase); err != nil {
		return err
	}
	if m.Role == access.Owner || !slices.Contains(access.Roles, m.Role) {
		return fmt.Errorf("role %q: %w", m.Role, ErrNoRole)
	}
	if m.Role == access.Auditor {
		m.Days = cmp.Or(m.Days, access.AuditorDays)
	}
	if m.Days < 0 || m.Role == access.Auditor && m.Days > access.AuditorDays {
		return fmt.Errorf("%d days: %w", m.Days, ErrDays)
	}
	return s.gate.ChangeMember(ctx, access.AddUser, func(r *keyring.Ring, h *access.House) (store.TeamChange, error) {
		if err := s.gate.DefineRole(r, m.Role); err != nil {
			return store.TeamChange{}, err
		}
		u, err := r.AddUser(m.Name, string(m.Role), m.Passphrase, m.Cost)
		if err == nil && m.Days > 0 {
			*h = h.With(u.ID, s.gate.Now().AddDate(0, 0, m.Days))
		}
		return changeOfUser(keyring.User{}, u), err
	})
}

// AssignRole gives a user another role, that of an auditor for AuditorDays; who is one
// no more has no end. What the user could read until now must be taken as known. It
// fails with ErrNoUser or ErrNoRole.
func (s *Session) AssignRole(ctx context.Context, name string, role access.Role) error {
	if role == access.Owner || !slices.Contains(access.Roles, role) {
		return fmt.Errorf("role %q: %w", role, ErrNoRole)
	}
	return s.gate.ChangeMember(ctx, access.AssignRole, func(r *keyring.Ring, h *access.House) (store.TeamChange, error) {
		was, err := userOf(r, name)
		if err != nil {
			return store.TeamChange{}, err
		}
		if err := s.gate.DefineRole(r, role); err != nil {
			return store.TeamChange{}, err
		}
		switch {
		case role == access.Auditor:
			*h = h.With(was.ID, s.gate.Now().AddDate(0, 0, access.AuditorDays))
		case access.Role(was.Role) == access.Auditor:
			*h = h.Without(was.ID)
		}
		if err := r.AssignRole(name, string(role)); err != nil {
			return store.TeamChange{}, err
		}
		u, err := userOf(r, name)
		change := changeOfUser(was, u)
		change.Before, change.After = was.Role, u.Role // of who is suspended, too
		return change, err
	})
}

// DisableUser keeps a user out until EnableUser. It fails with ErrNoUser.
func (s *Session) DisableUser(ctx context.Context, name string) error {
	return s.changeUser(ctx, access.DisableUser, name, func(r *keyring.Ring) error { return r.Disable(name) })
}

// EnableUser lets a user in again, with the passphrase and role from before.
func (s *Session) EnableUser(ctx context.Context, name string) error {
	return s.changeUser(ctx, access.EnableUser, name, func(r *keyring.Ring) error { return r.Enable(name) })
}

// ResetUser gives a user a new passphrase. If somebody else may know the old one,
// leaked has all keys changed that it opened. It fails with ErrNoUser or ErrWeak.
func (s *Session) ResetUser(ctx context.Context, name string, pass []byte, cost Cost, leaked bool) error {
	if err := passphrase.Check(pass); err != nil {
		return err
	}
	return s.gate.ChangeTeam(ctx, access.ResetUser, func(r *keyring.Ring) (store.TeamChange, error) {
		u, err := userOf(r, name)
		if err != nil {
			return store.TeamChange{}, err
		}
		change := changeOfUser(u, u)
		change.Out = true // the key of before
		return change, r.ResetUser(name, pass, cost, leaked)
	})
}

// RemoveUser takes a user's access for good. What the user saw or copied stays
// with them. It fails with ErrNoUser.
func (s *Session) RemoveUser(ctx context.Context, name string) error {
	return s.gate.ChangeTeam(ctx, access.RemoveUser, func(r *keyring.Ring) (store.TeamChange, error) {
		u, err := userOf(r, name)
		if err != nil {
			return store.TeamChange{}, err
		}
		gone := u
		gone.Disabled = true
		change := changeOfUser(u, gone)
		return change, r.RemoveUser(name)
	})
}

func (s *Session) changeUser(ctx context.Context, v access.Verb, name string, edit func(*keyring.Ring) error) error {
	return s.gate.ChangeTeam(ctx, v, func(r *keyring.Ring) (store.TeamChange, error) {
		was, err := userOf(r, name)
		if err != nil {
			return store.TeamChange{}, err
		}
		if err := edit(r); err != nil {
			return store.TeamChange{}, err
		}
		u, err := userOf(r, name)
		return changeOfUser(was, u), err
	})
}

func userOf(r *keyring.Ring, name string) (keyring.User, error) {
	users := r.Users()
	i := slices.IndexFunc(users, func(u keyring.User) bool { return u.Name == name })
	if i < 0 || users[i].Owner {
		return keyring.User{}, ErrNoUser
	}
	return users[i], nil
}

// changeOfUser tells what became of a user; the zero value is none.
func changeOfUser(was, u keyring.User) store.TeamChange {
	return store.TeamChange{
		Person: u.ID, Name: u.Name, Role: u.Role, Key: u.Sign[:], Out: u.Disabled,
		Before: roleOf(was), After: roleOf(u),
	}
}

// roleOf is the role that opens the book to a user, "" if none does.
func roleOf(u keyring.User) string {
	if u.Disabled {
		return ""
	}
	return u.Role
}

// House returns the owner's rules, with ErrForged if they are not the owner's: the
// owner sets them again, and until then nobody else opens the book.
func (s *Session) House(ctx context.Context) (access.House, error) {
	return s.gate.House(), s.gate.CheckHouse(ctx)
}

// SetHouse makes rules the owner's. A role that may read less has its keys changed.
// Rules without last moments of users leave those as they are. It fails with
// access.ErrWider.
func (s *Session) SetHouse(ctx context.Context, h access.House) error {
	if h.Until == nil {
		h.Until = s.gate.House().Until
	}
	return s.gate.SetHouse(ctx, h)
}

// Stale reports whether the owner has to have the book sealed anew, because
// somebody lost a key.
func (s *Session) Stale() bool { return s.gate.Stale() }

// Reseal seals the book under the newest keys. It may be cancelled and goes on
// where it stopped.
func (s *Session) Reseal(ctx context.Context, progress func(done, total int)) error {
	return s.gate.Reseal(ctx, progress)
}

// RenewRecovery returns the code of a new recovery sheet; the old sheet opens this
// file no more.
func (s *Session) RenewRecovery(ctx context.Context) (RecoveryCode, error) {
	var code RecoveryCode
	return code, s.gate.ChangeTeam(ctx, access.RenewRecovery, func(r *keyring.Ring) (store.TeamChange, error) {
		var err error
		code, err = r.RenewRecovery()
		return changeOfUser(r.User(), r.User()), err
	})
}
