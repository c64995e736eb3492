package keyring

import (
	"crypto/hpke"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
)

const bundleVersion = 1

// secrets are keys by name and epoch.
type secrets map[Key]map[uint32][32]byte

func (s secrets) clone() secrets {
	next := make(secrets, len(s))
	for k, epochs := range s {
		next[k] = maps.Clone(epochs)
	}
	return next
}

// only returns the part of s that a role may hold.
func (s secrets) only(classes classSet) secrets {
	part := make(secrets)
	for _, k := range classes.keys() {
		part[k] = s[k]
	}
	return part
}

// add makes a new epoch of k and enters it in the policy.
func (s secrets) add(p *policy, k Key) error {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails
	e := p.keys[k]
	epoch := e.current() + 1
	e.epochs = append(e.epochs, epoch)
	if _, ok := k.isClass(); ok {
		public, err := publicKey(secret)
		if err != nil {
			return err
		}
		e.public = append(e.public, public)
	}
	p.keys[k] = e
	if s[k] == nil {
		s[k] = make(map[uint32][32]byte)
	}
	s[k][epoch] = secret
	return nil
}

func (s secrets) encode() []byte {
	n := 0
	for _, epochs := range s {
		n += len(epochs)
	}
	b := appendUint16([]byte{bundleVersion}, n)
	for _, k := range slices.Sorted(maps.Keys(s)) {
		for _, epoch := range slices.Sorted(maps.Keys(s[k])) {
			secret := s[k][epoch]
			b = append(appendUint32(append(b, byte(k)), epoch), secret[:]...)
		}
	}
	return b
}

func readSecrets(r *reader) (secrets, bool) {
	if r.uint8() != bundleVersion {
		return nil, false
	}
	s := make(secrets)
	for range r.uint16() {
		k, epoch, secret := Key(r.uint8()), r.uint32(), r.key()
		if r.bad {
			return nil, false
		}
		if s[k] == nil {
			s[k] = make(map[uint32][32]byte)
		}
		s[k][epoch] = secret
	}
	return s, len(r.rest) == 0
}

// fit reports whether s are the keys of the role in every epoch that the
// policy names, no more and no less, and the class keys those of the public
// halves to which others write.
func (s secrets) fit(p *policy, classes classSet) bool {
	held := classes.keys()
	if len(s) != len(held) {
		return false
	}
	for _, k := range held {
		e := p.keys[k]
		if len(s[k]) != len(e.epochs) {
			return false
		}
		for i, epoch := range e.epochs {
			secret, ok := s[k][epoch]
			if !ok {
				return false
			}
			if e.public == nil {
				continue
			}
			if public, err := publicKey(secret); err != nil || public != e.public[i] {
				return false
			}
		}
	}
	return true
}

// seal encrypts plain to a public key, for the use that info names.
func seal(to [32]byte, info, plain []byte) ([]byte, error) {
	public, err := kem().NewPublicKey(to[:])
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	return hpke.Seal(public, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, plain)
}

func unseal(key hpke.PrivateKey, info, sealed []byte) ([]byte, error) {
	return hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, sealed)
}

func bundleInfo(book [16]byte, user uint32) []byte {
	return appendUint32(append([]byte(labelBundle), book[:]...), user)
}

func recoveryInfo(book [16]byte) []byte { return append([]byte(labelRecovery), book[:]...) }

// sealBundles gives every member and the recovery key what it may hold.
func (p *policy) sealBundles(all secrets, owner identity) error {
	for i, m := range p.members {
		if m.barred {
			p.members[i].bundle = nil
			continue
		}
		plain := all.only(p.roles[m.role].classes).encode()
		bundle, err := seal(m.box, bundleInfo(p.book, m.id), plain)
		clear(plain)
		if err != nil {
			return fmt.Errorf("seal bundle of user %d: %w", m.id, err)
		}
		p.members[i].bundle = bundle
	}
	keys := all.encode()
	plain := append(owner.bytes(), keys...)
	defer clear(keys)
	defer clear(plain)
	box, err := seal(p.recovery.public, recoveryInfo(p.book), plain)
	if err != nil {
		return fmt.Errorf("seal for recovery: %w", err)
	}
	p.recovery.box = box
	return nil
}
