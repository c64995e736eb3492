package keyring

import (
	"crypto/ed25519"
	"fmt"
	"slices"

	"kebu/crypto/passphrase"
)

// SetPassphrase puts the user's slot under a new passphrase, as after
// [Header.Recover]. A zero cost is passphrase.Floor.
func (r *Ring) SetPassphrase(pass []byte, cost passphrase.Params) error {
	s, err := newSlot(r.policy.book, r.user, r.self, pass, orFloor(cost))
	if err != nil {
		return err
	}
	r.slots[r.ownSlot()] = s
	return nil
}

// ChangePassphrase is SetPassphrase for who knows the old one; it returns
// ErrPassphrase if that is wrong.
func (r *Ring) ChangePassphrase(old, pass []byte, cost passphrase.Params) error {
	if err := r.CheckPassphrase(old); err != nil {
		return err
	}
	return r.SetPassphrase(pass, cost)
}

// CheckPassphrase returns ErrPassphrase if pass is not the user's.
func (r *Ring) CheckPassphrase(pass []byte) error {
	_, err := r.slots[r.ownSlot()].open(r.policy.book, pass)
	return err
}

func (r *Ring) ownSlot() int {
	return slices.IndexFunc(r.slots, func(s slot) bool { return s.user == r.user })
}

// DefineRole adds a role or changes what one may read. What its users lose is
// given a new epoch, as by [Ring.Rotate]. It returns ErrNotOwner, ErrName,
// ErrNoKey for an unknown class, or ErrFull.
func (r *Ring) DefineRole(role Role) error {
	name, ok := cleanName(role.Name)
	if !ok || name == OwnerRole {
		return ErrName
	}
	classes, ok := setOf(role.Classes)
	if !ok {
		return ErrNoKey
	}
	return r.change(func(p *policy) ([]Key, error) {
		i := p.roleIndex(name)
		if i < 0 {
			if len(p.roles) == MaxRoles {
				return nil, ErrFull
			}
			p.roles = append(p.roles, roleEntry{name, classes})
			return nil, nil
		}
		was := p.roles[i].classes
		p.roles[i].classes = classes
		if !slices.ContainsFunc(p.members, func(m member) bool { return int(m.role) == i }) {
			return nil, nil
		}
		return lost(was, classes), nil
	})
}

// AddUser lets a person open the book with the passphrase and hold what the
// role allows, back to the oldest epoch. It returns ErrNotOwner, ErrName,
// ErrNoRole or ErrFull. A zero cost is passphrase.Floor.
func (r *Ring) AddUser(name, role string, pass []byte, cost passphrase.Params) (User, error) {
	name, ok := cleanName(name)
	if !ok {
		return User{}, ErrName
	}
	if !r.owns() {
		return User{}, ErrNotOwner // before the price of a passphrase
	}
	id := newIdentity(r.self.owner)
	box, err := id.boxPublic()
	if err != nil {
		return User{}, err
	}
	m := member{id: r.policy.nextID, name: name, box: box, sign: id.signPublic()}
	s, err := newSlot(r.policy.book, m.id, id, pass, orFloor(cost))
	if err != nil {
		return User{}, err
	}
	err = r.changeSlots(append(slices.Clone(r.slots), s), func(p *policy) ([]Key, error) {
		i := p.roleIndex(role)
		if i < 1 { // the owner's role has one user
			return nil, ErrNoRole
		}
		if _, taken := p.named(name); taken {
			return nil, ErrName
		}
		if len(p.members) == MaxUsers {
			return nil, ErrFull
		}
		m.role = uint8(i) //nolint:gosec // i < MaxRoles
		p.members = append(p.members, m)
		p.nextID++
		return nil, nil
	})
	if err != nil {
		return User{}, err
	}
	return r.policy.user(m), nil
}

// AssignRole gives a user another role. What the user loses is given a new
// epoch. It returns ErrNotOwner, ErrNoUser, ErrNoRole or ErrFull.
func (r *Ring) AssignRole(user, role string) error {
	return r.changeMember(user, func(p *policy, m *member) ([]Key, error) {
		i := p.roleIndex(role)
		if i < 1 {
			return nil, ErrNoRole
		}
		was := p.roles[m.role].classes
		m.role = uint8(i) //nolint:gosec // i < MaxRoles
		return lost(was, p.roles[i].classes), nil
	})
}

// RemoveUser takes a user's slot and bundle away and gives the keys that the user
// held a new epoch, as [Ring.Disable] does. What the user could read until now must
// be taken as copied. The caller seals old data anew and then calls [Ring.Retire]. It
// returns ErrNotOwner, ErrNoUser or ErrFull.
func (r *Ring) RemoveUser(user string) error {
	m, ok := r.policy.named(user)
	if !ok || m.id == r.policy.owner {
		return ErrNoUser
	}
	slots := slices.DeleteFunc(slices.Clone(r.slots), func(s slot) bool { return s.user == m.id })
	return r.changeSlots(slots, func(p *policy) ([]Key, error) {
		p.members = slices.DeleteFunc(p.members, func(o member) bool { return o.id == m.id })
		return r.taken(p.roles[m.role].classes), nil
	})
}

// Disable takes a user's bundle away and gives every key that the user held a new
// epoch, so that an old copy of the header opens nothing that is written from now
// on; the index key, whose epochs all stay, only while half of the header is free.
// It returns ErrNotOwner, ErrNoUser or ErrFull.
func (r *Ring) Disable(user string) error { return r.bar(user, true) }

// Enable undoes Disable, with the passphrase that the user had.
func (r *Ring) Enable(user string) error { return r.bar(user, false) }

func (r *Ring) bar(user string, barred bool) error {
	return r.changeMember(user, func(p *policy, m *member) ([]Key, error) {
		if m.barred == barred {
			return nil, nil
		}
		m.barred = barred
		if barred {
			return r.taken(p.roles[m.role].classes), nil
		}
		return nil, nil
	})
}

// taken returns the keys that begin a new epoch when somebody loses all that go with
// the classes. Without the new book key nobody sees a tag, and that nobody is kept out
// any more because the header is full would be worse than an old index key.
func (r *Ring) taken(classes classSet) []Key {
	keys := classes.keys()
	if 2*bodySize(len(r.signed.bytes), len(r.slots)) > macAt-bodyAt {
		keys = slices.DeleteFunc(keys, func(k Key) bool { return k == IndexKey })
	}
	return keys
}

// ResetUser gives a user who forgot the passphrase a new one, with new key pairs:
// the old ones nobody else can open. If leaked, what the user held is given a new
// epoch too. It returns ErrNotOwner, ErrNoUser or ErrFull. A zero cost is
// passphrase.Floor.
func (r *Ring) ResetUser(user string, pass []byte, cost passphrase.Params, leaked bool) error {
	if !r.owns() {
		return ErrNotOwner
	}
	m, ok := r.policy.named(user)
	if !ok || m.id == r.policy.owner {
		return ErrNoUser
	}
	id := newIdentity(r.self.owner)
	box, err := id.boxPublic()
	if err != nil {
		return err
	}
	s, err := newSlot(r.policy.book, m.id, id, pass, orFloor(cost))
	if err != nil {
		return err
	}
	slots := slices.Clone(r.slots)
	slots[slices.IndexFunc(slots, func(o slot) bool { return o.user == m.id })] = s
	return r.changeSlots(slots, editMember(user, func(p *policy, m *member) ([]Key, error) {
		m.box, m.sign = box, id.signPublic()
		if leaked {
			return r.taken(p.roles[m.role].classes), nil
		}
		return nil, nil
	}))
}

// changeMember lets edit change a member who is not the owner.
func (r *Ring) changeMember(user string, edit func(*policy, *member) (rotate []Key, err error)) error {
	return r.change(editMember(user, edit))
}

func editMember(user string, edit func(*policy, *member) (rotate []Key, err error)) func(*policy) ([]Key, error) {
	return func(p *policy) ([]Key, error) {
		m, ok := p.named(user)
		if !ok || m.id == p.owner {
			return nil, ErrNoUser
		}
		return edit(p, &p.members[slices.IndexFunc(p.members, func(o member) bool { return o.id == m.id })])
	}
}

// Rotate begins a new epoch of the keys, sealed to everyone who may hold them.
// Old epochs stay until [Ring.Retire]. It returns ErrNotOwner, ErrNoKey or
// ErrFull: with 64 users who read everything there is room for two epochs.
func (r *Ring) Rotate(keys ...Key) error {
	return r.change(func(p *policy) ([]Key, error) {
		for _, k := range keys {
			if _, ok := p.keys[k]; !ok {
				return nil, ErrNoKey
			}
		}
		return keys, nil
	})
}

// Retire forgets the epochs of k below before, once nothing is sealed under
// them any more. The newest epoch stays. It returns ErrNotOwner or, for the index
// key too, ErrNoKey.
func (r *Ring) Retire(k Key, before uint32) error {
	if k == IndexKey {
		return fmt.Errorf("retire %s key: %w", k, ErrNoKey) // each epoch's tags are made of those before
	}
	keep := r.secrets.clone()
	for epoch := range keep[k] {
		if epoch < min(before, r.Current(k)) {
			delete(keep[k], epoch)
		}
	}
	return r.changeAll(keep, r.slots, func(p *policy) ([]Key, error) {
		e, ok := p.keys[k]
		if !ok {
			return nil, ErrNoKey
		}
		n := len(e.epochs) - len(keep[k])
		e.epochs = e.epochs[n:]
		if e.public != nil {
			e.public = e.public[n:]
		}
		p.keys[k] = e
		return nil, nil
	})
}

// RenewRecovery makes a new recovery code; once saved, the old sheet does not
// open this file. With an old copy of the file it still gives every key that
// was not rotated since. It returns ErrNotOwner.
func (r *Ring) RenewRecovery() (RecoveryCode, error) {
	code := NewRecoveryCode()
	err := r.change(func(p *policy) ([]Key, error) { return nil, p.setRecovery(code) })
	if err != nil {
		return RecoveryCode{}, err
	}
	return code, nil
}

// lost returns the keys that go with was and not with now.
func lost(was, now classSet) []Key {
	return slices.DeleteFunc(was.keys(), now.holds)
}

func (r *Ring) owns() bool { return r.user == r.policy.owner }

func (r *Ring) change(edit func(*policy) (rotate []Key, err error)) error {
	return r.changeSlots(r.slots, edit)
}

func (r *Ring) changeSlots(slots []slot, edit func(*policy) (rotate []Key, err error)) error {
	return r.changeAll(r.secrets.clone(), slots, edit)
}

// changeAll lets edit change a copy of the policy, begins new epochs of the
// keys that it returns, and adopts the result or, on an error, nothing.
func (r *Ring) changeAll(all secrets, slots []slot, edit func(*policy) (rotate []Key, err error)) error {
	if !r.owns() {
		return ErrNotOwner
	}
	next := r.policy.clone()
	rotate, err := edit(next)
	if err != nil {
		return err
	}
	for _, k := range rotate {
		if err := all.add(next, k); err != nil {
			return fmt.Errorf("rotate %s key: %w", k, err)
		}
	}
	return r.adopt(next, all, slots)
}

// adopt seals and signs p and makes it the ring's if it fits the header.
func (r *Ring) adopt(p *policy, all secrets, slots []slot) error {
	if err := p.sealBundles(all, r.self); err != nil {
		return err
	}
	p.revision++
	signed := signedPolicy{bytes: p.encode()}
	if bodySize(len(signed.bytes), len(slots)) > macAt-bodyAt {
		return ErrFull
	}
	copy(signed.signature[:], ed25519.Sign(r.self.signer(), append([]byte(labelPolicy), signed.bytes...)))
	r.policy, r.signed, r.slots, r.secrets = p, signed, slots, all
	return nil
}
