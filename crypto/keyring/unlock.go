package keyring

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
)

// Unlock opens the header as the user of that name, the owner for "". It takes
// as long as the passphrase costs and cannot be interrupted. It returns
// ErrNoUser, ErrPassphrase, ErrDisabled or, if the header is not what the owner
// signed and this user's slot pins, ErrDamaged.
func (h *Header) Unlock(user string, pass []byte) (*Ring, error) {
	m, ok := h.policy.named(user)
	if !ok {
		return nil, ErrNoUser
	}
	i := slices.IndexFunc(h.slots, func(s slot) bool { return s.user == m.id })
	self, err := h.slots[i].open(h.policy.book, pass)
	if err != nil {
		return nil, err
	}
	if !self.matches(m) {
		return nil, fmt.Errorf("public keys of the user: %w", ErrDamaged)
	}
	if err := h.verify(self.owner); err != nil {
		return nil, err
	}
	if m.barred {
		return nil, ErrDisabled
	}
	key, err := boxKey(self.box)
	if err != nil {
		return nil, err
	}
	plain, err := unseal(key, bundleInfo(h.policy.book, m.id), m.bundle)
	if err != nil {
		return nil, fmt.Errorf("bundle of the user: %w", ErrDamaged)
	}
	defer clear(plain)
	held, ok := readSecrets(&reader{rest: plain})
	return h.ring(m, self, held, ok)
}

// OpenLike opens the header of another file of the book of r, such as a backup,
// as the user of r and with the keys that r holds, without a passphrase. It
// returns ErrOtherBook, ErrNoUser if the file is older than the user, ErrNoKey if
// the keys that it names are not held, or ErrDamaged.
func (h *Header) OpenLike(r *Ring) (*Ring, error) {
	if h.policy.book != r.policy.book {
		return nil, ErrOtherBook
	}
	m, ok := h.policy.member(r.user)
	if !ok {
		return nil, ErrNoUser
	}
	if !r.self.matches(m) {
		return nil, fmt.Errorf("public keys of the user: %w", ErrDamaged)
	}
	if err := h.verify(r.self.owner); err != nil {
		return nil, err
	}
	held := make(secrets)
	for _, k := range h.policy.roles[m.role].classes.keys() {
		held[k] = make(map[uint32][32]byte)
		for _, epoch := range h.policy.keys[k].epochs {
			secret, ok := r.secrets[k][epoch]
			if !ok {
				return nil, fmt.Errorf("%s key: %w", k, ErrNoKey)
			}
			held[k][epoch] = secret
		}
	}
	return h.ring(m, r.self, held, true)
}

// UsersOf returns the users that the header of another file of the book of r names, if
// the owner signed it. No passphrase or key is needed. It returns ErrOtherBook or
// ErrDamaged.
func (r *Ring) UsersOf(h *Header) ([]User, error) {
	if h.policy.book != r.policy.book {
		return nil, ErrOtherBook
	}
	if err := h.verify(r.self.owner); err != nil {
		return nil, err
	}
	return h.Users(), nil
}

// Recover opens the header as the owner with the code from the recovery sheet.
// The caller sets a new passphrase and saves. It returns ErrRecoveryCode if the
// code is not this book's, or ErrDamaged.
func (h *Header) Recover(code RecoveryCode) (*Ring, error) {
	key, err := boxKey(code.seed)
	if err != nil {
		return nil, err
	}
	sheet := h.policy.recovery
	if [32]byte(key.PublicKey().Bytes()) != sheet.public {
		return nil, ErrRecoveryCode
	}
	m, _ := h.policy.member(h.policy.owner) // there is one, or it would not decode
	pin, err := code.pin(h.policy.book, m.sign)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(pin[:], sheet.pin[:]) {
		return nil, fmt.Errorf("owner's key: %w", ErrDamaged)
	}
	if err := h.verify(m.sign); err != nil {
		return nil, err
	}
	plain, err := unseal(key, recoveryInfo(h.policy.book), sheet.box)
	if err != nil {
		return nil, fmt.Errorf("recovery box: %w", ErrDamaged)
	}
	defer clear(plain)
	r := &reader{rest: plain}
	self := identity{r.key(), r.key(), r.key()}
	if !self.matches(m) || self.owner != m.sign {
		return nil, fmt.Errorf("owner's keys: %w", ErrDamaged)
	}
	held, ok := readSecrets(r)
	return h.ring(m, self, held, ok)
}

// verify checks the policy against the owner's public key, which came from
// under the passphrase or was proven by the recovery code.
func (h *Header) verify(owner [32]byte) error {
	m, _ := h.policy.member(h.policy.owner) // there is one, or it would not decode
	if m.sign != owner || !h.signed.verify(owner) {
		return fmt.Errorf("owner's signature: %w", ErrDamaged)
	}
	return nil
}

// ring checks the keys of m, if they could be read, and with them what they
// authenticate.
func (h *Header) ring(m member, self identity, held secrets, ok bool) (*Ring, error) {
	if !ok || !held.fit(h.policy, h.policy.roles[m.role].classes) {
		return nil, fmt.Errorf("keys of the user: %w", ErrDamaged)
	}
	mac, err := headerMAC(held[BookKey][h.policy.keys[BookKey].current()], h.raw)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(mac, h.raw[macAt:sumAt]) {
		return nil, fmt.Errorf("authentication: %w", ErrDamaged)
	}
	return &Ring{
		fileID: h.fileID, sequence: h.sequence, place: h.place, torn: h.torn, uneven: h.torn || h.other != nil,
		policy: h.policy, signed: h.signed, slots: slices.Clone(h.slots),
		user: m.id, self: self, secrets: held,
	}, nil
}

// pin proves to who holds the code which public key is the owner's. Without it
// anyone could seal an owner of their own making to the recovery key.
func (c RecoveryCode) pin(book [16]byte, owner [32]byte) ([32]byte, error) {
	key, err := hkdf.Key(sha256.New, c.seed[:], nil, labelRecoveryPin, sha256.Size)
	if err != nil {
		return [32]byte{}, fmt.Errorf("derive recovery pin: %w", err)
	}
	defer clear(key)
	mac := hmac.New(sha256.New, key)
	mac.Write(book[:])
	mac.Write(owner[:])
	return [32]byte(mac.Sum(nil)), nil
}
