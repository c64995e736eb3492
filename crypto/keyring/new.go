package keyring

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"slices"

	"kebu/crypto/passphrase"
)

// Options are what a new book is made of.
type Options struct {
	// Owner is the owner's name, up to 64 bytes. It stands in clear.
	Owner string
	// Passphrase is the owner's. Whether it is strong enough is asked of
	// passphrase.Check before.
	Passphrase []byte
	// Cost of the passphrase; the zero value is passphrase.Floor.
	Cost passphrase.Params
	// Recovery is the code that was printed; the zero value makes one.
	Recovery RecoveryCode
}

// New makes the keys of a new book and returns them with the recovery code,
// which is kept nowhere. All keys come from crypto/rand: HPKE takes no other
// source. It returns ErrName, passphrase.ErrText or passphrase.ErrCost.
func New(o Options) (*Ring, RecoveryCode, error) {
	name, ok := cleanName(o.Owner)
	if !ok {
		return nil, RecoveryCode{}, ErrName
	}
	code := o.Recovery
	if code.Empty() {
		code = NewRecoveryCode()
	}
	const owner = 1
	p := &policy{
		owner: owner, nextID: owner + 1, keys: make(map[Key]keyEpochs),
		roles: []roleEntry{{OwnerRole, everyClass}},
	}
	r := &Ring{user: owner, place: 1, self: newIdentity([32]byte{}), secrets: make(secrets)}
	_, _ = rand.Read(r.fileID[:]) // never fails
	_, _ = rand.Read(p.book[:])
	box, err := r.self.boxPublic()
	if err != nil {
		return nil, RecoveryCode{}, err
	}
	p.members = []member{{id: owner, name: name, box: box, sign: r.self.signPublic()}}
	for _, k := range allKeys() {
		if err := r.secrets.add(p, k); err != nil {
			return nil, RecoveryCode{}, fmt.Errorf("make %s key: %w", k, err)
		}
	}
	if err := p.setRecovery(code); err != nil {
		return nil, RecoveryCode{}, err
	}
	s, err := newSlot(p.book, owner, r.self, o.Passphrase, orFloor(o.Cost))
	if err != nil {
		return nil, RecoveryCode{}, err
	}
	if err := r.adopt(p, r.secrets, []slot{s}); err != nil {
		return nil, RecoveryCode{}, err
	}
	return r, code, nil
}

// Fork returns the ring of a copy of the book under a file id of its own, so
// that pages of one cannot be put into the other. The same passphrases and the
// same recovery code open it. Its header is that of [Ring.Image].
func (r *Ring) Fork() *Ring {
	fork := r.Clone()
	fork.sequence, fork.place, fork.torn, fork.uneven = 0, 1, false, false
	_, _ = rand.Read(fork.fileID[:]) // never fails
	return fork
}

// Digest tells a header from any with other users, roles, keys, passphrases or
// another recovery sheet. It is the same in every copy of the book.
func (r *Ring) Digest() [32]byte { return digest(r.signed, r.slots) }

func digest(signed signedPolicy, slots []slot) [32]byte {
	b := slices.Concat(signed.bytes, signed.signature[:])
	for _, s := range slots {
		b = s.append(b)
	}
	return sha256.Sum256(b)
}

// Clone returns a ring of the same file, to be changed, saved and then used in
// place of r, or else forgotten.
func (r *Ring) Clone() *Ring {
	clone := *r
	clone.slots = slices.Clone(r.slots)
	clone.secrets = r.secrets.clone()
	return &clone
}

func orFloor(cost passphrase.Params) passphrase.Params {
	if cost == (passphrase.Params{}) {
		return passphrase.Floor()
	}
	return cost
}

func (p *policy) setRecovery(code RecoveryCode) error {
	key, err := boxKey(code.seed)
	if err != nil {
		return err
	}
	owner, _ := p.member(p.owner) // every policy has one
	pin, err := code.pin(p.book, owner.sign)
	if err != nil {
		return err
	}
	p.recovery = recovery{public: [32]byte(key.PublicKey().Bytes()), pin: pin}
	return nil
}
