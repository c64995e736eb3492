package keyring

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"kebu/crypto/field"
	"kebu/crypto/passphrase"
)

// forge returns the file as changed by someone who can write it and holds the
// book key, so that HMAC and checksum are right.
func forge(t *testing.T, d *disk, clerk *Ring, edit func(r *Ring)) *disk {
	t.Helper()
	r := *clerk
	r.policy, r.slots = clerk.policy.clone(), append([]slot(nil), clerk.slots...)
	edit(&r)
	out := &disk{data: bytes.Clone(d.data)}
	out.save(t, &r)
	return out
}

// everyoneRefuses fails if anyone opens the forged file.
func everyoneRefuses(t *testing.T, what string, d *disk, code RecoveryCode) {
	t.Helper()
	h, err := Parse(d.data[:CopySize], d.data[CopySize:])
	if err != nil {
		refused(t, what, err, ErrDamaged)
		return
	}
	_, err = h.Unlock("", []byte(ownerTyped))
	refused(t, what+": owner", err, ErrDamaged)
	_, err = h.Unlock("Mo", []byte("manager of the shop"))
	refused(t, what+": manager", err, ErrDamaged)
	_, err = h.Recover(code)
	refused(t, what+": recovery", err, ErrDamaged)
}

// signAs makes the ring's policy one that owner signed.
func (r *Ring) signAs(owner identity) {
	r.signed.bytes = r.policy.encode()
	copy(r.signed.signature[:], ed25519.Sign(owner.signer(), append([]byte(labelPolicy), r.signed.bytes...)))
}

func TestForgedPoliciesAreRefused(t *testing.T) {
	_, code, d := newTeam(t)
	clerk := d.unlock(t, "Ling", clerkTyped)
	if h := forge(t, d, clerk, func(*Ring) {}); h.unlock(t, "", ownerTyped) == nil {
		t.Fatal("an unchanged policy is refused")
	}
	thief := newIdentity([32]byte{})
	thiefBox, err := thief.boxPublic()
	must(t, err)

	// Each edit of the policy is tried unsigned, signed by the clerk, and
	// signed by the clerk who also takes the owner's public key for his own.
	for what, edit := range map[string]func(p *policy){
		"clerk reads everything": func(p *policy) { p.roles[1].classes = everyClass },
		"clerk is a manager":     func(p *policy) { p.members[1].role = 2 },
		"another public key":     func(p *policy) { p.members[2].box = thiefBox },
		"another signing key":    func(p *policy) { p.members[2].sign = thief.signPublic() },
		"another class key": func(p *policy) {
			p.keys[ClassKey(field.Contact)].public[0] = thiefBox
		},
		"another recovery key": func(p *policy) { p.recovery.public = thiefBox },
		"another user":         func(p *policy) { p.members[2].name = "Mallory" },
		"fewer users":          func(p *policy) { p.members = p.members[:2] },
		"an older epoch":       func(p *policy) { p.keys[BookKey].epochs[0] = 9 },
		"bundle of another":    func(p *policy) { p.members[2].bundle = p.members[0].bundle },
		"another revision":     func(p *policy) { p.revision++ },
	} {
		slots := func(r *Ring) {
			r.slots = r.slots[:len(r.policy.members)]
		}
		everyoneRefusesOrUnknown := func(how string, d *disk) {
			t.Helper()
			h, err := Parse(d.data[:CopySize], d.data[CopySize:])
			if err != nil {
				refused(t, what+how, err, ErrDamaged)
				return
			}
			for user, pass := range map[string]string{"": ownerTyped, "Mo": "manager of the shop", "Mallory": "manager of the shop"} {
				if _, err := h.Unlock(user, []byte(pass)); err == nil {
					t.Errorf("%s%s: %q opens", what, how, user)
				}
			}
			if _, err := h.Recover(code); err == nil {
				t.Errorf("%s%s: recovery opens", what, how)
			}
		}
		everyoneRefusesOrUnknown(", unsigned", forge(t, d, clerk, func(r *Ring) {
			edit(r.policy)
			r.signed.bytes = r.policy.encode()
			slots(r)
		}))
		everyoneRefusesOrUnknown(", signed by the clerk", forge(t, d, clerk, func(r *Ring) {
			edit(r.policy)
			r.signAs(r.self)
			slots(r)
		}))
		everyoneRefusesOrUnknown(", clerk as owner", forge(t, d, clerk, func(r *Ring) {
			edit(r.policy)
			r.policy.members[0].sign = r.self.signPublic()
			r.signAs(r.self)
			slots(r)
		}))
	}
}

// TestForgedBundlesAreRefused has the clerk seal new keys to the others, which
// HPKE lets anyone do, under an owner of the clerk's making: what they would
// write next he could read.
func TestForgedBundlesAreRefused(t *testing.T) {
	_, code, d := newTeam(t)
	clerk := d.unlock(t, "Ling", clerkTyped)
	everyoneRefuses(t, "clerk's own keys", forge(t, d, clerk, func(r *Ring) {
		all := r.secrets.clone()
		for _, k := range allKeys() {
			if _, held := all[k]; held {
				continue
			}
			e := r.policy.keys[k]
			e.epochs, e.public = nil, nil
			r.policy.keys[k] = e
			must(t, all.add(r.policy, k))
		}
		owner := r.self
		owner.owner = owner.signPublic()
		box, err := owner.boxPublic()
		must(t, err)
		r.policy.members[0].box, r.policy.members[0].sign = box, owner.owner
		must(t, r.policy.sealBundles(all, owner))
		r.signAs(owner)
	}), code)
}

// TestOwnerMayNotSealKeysThatDoNotFit has a bundle signed by the true owner
// whose class key is not that of the public half: a mixed-up policy must not
// open, or values written to the inbox would be lost.
func TestOwnerMayNotSealKeysThatDoNotFit(t *testing.T) {
	for what, edit := range map[string]func(all secrets){
		"another class key": func(all secrets) { all[ClassKey(field.Text)][1] = [32]byte{1} },
		"a missing epoch":   func(all secrets) { delete(all[IndexKey], 1) },
		"an unknown epoch":  func(all secrets) { all[IndexKey][7] = [32]byte{1} },
	} {
		r, code, d := newTeam(t)
		all := r.secrets.clone()
		edit(all)
		must(t, r.policy.sealBundles(all, r.self))
		r.signAs(r.self)
		d.save(t, r)
		everyoneRefuses(t, what, d, code)
	}
}

func TestExchangedSlotsAreRefused(t *testing.T) {
	_, _, d := newTeam(t)
	clerk := d.unlock(t, "Ling", clerkTyped)
	swapped := forge(t, d, clerk, func(r *Ring) {
		a, b := r.slots[1], r.slots[2]
		a.user, b.user = b.user, a.user
		r.slots[1], r.slots[2] = b, a
	})
	_, err := swapped.parse(t).Unlock("Mo", []byte(clerkTyped))
	refused(t, "slot under another user", err, ErrPassphrase)

	lured := forge(t, d, clerk, func(r *Ring) { // a slot for the manager, from keys of the clerk's making
		s, err := newSlot(r.policy.book, r.policy.members[2].id, newIdentity([32]byte{}), []byte("known"), passphrase.Floor())
		must(t, err)
		r.slots[2] = s
	})
	_, err = lured.parse(t).Unlock("Mo", []byte("known"))
	refused(t, "slot with other keys", err, ErrDamaged)

	manager := d.unlock(t, "Mo", "manager of the shop")
	mixed := forge(t, d, clerk, func(r *Ring) { // opens the bundle, but would sign in vain
		self := manager.self
		self.sign = newIdentity([32]byte{}).sign
		s, err := newSlot(r.policy.book, manager.user, self, []byte("known"), passphrase.Floor())
		must(t, err)
		r.slots[2] = s
	})
	_, err = mixed.parse(t).Unlock("Mo", []byte("known"))
	refused(t, "slot with another signing key", err, ErrDamaged)
}

func TestSlotOfAnotherBookIsRefused(t *testing.T) {
	a, _, d := newBook(t)
	b, _, _ := newBook(t)
	a.slots[0] = b.slots[0]
	d.save(t, a)
	_, err := d.parse(t).Unlock("", []byte(ownerTyped))
	refused(t, "slot of another book", err, ErrPassphrase)
}
