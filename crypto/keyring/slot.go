package keyring

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"kebu/crypto/passphrase"
)

const (
	identitySize = 3 * 32
	sealedSize   = identitySize + chacha20poly1305.Overhead
)

// identity is what a slot holds: the seeds of a user's key pairs and the
// owner's public key. The pin makes a policy by anyone but that owner useless,
// even if the forger can write the whole file.
type identity struct {
	box   [32]byte // seed of the X25519 pair
	sign  [32]byte // seed of the Ed25519 pair
	owner [32]byte // Ed25519 public key
}

// newIdentity makes the keys of a user. A zero owner makes the user the owner.
func newIdentity(owner [32]byte) identity {
	var id identity
	// crypto/rand never fails: it ends the program instead.
	_, _ = rand.Read(id.box[:])
	_, _ = rand.Read(id.sign[:])
	id.owner = owner
	if owner == ([32]byte{}) {
		id.owner = id.signPublic()
	}
	return id
}

func (id identity) signer() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(id.sign[:]) }

func (id identity) signPublic() (public [32]byte) {
	copy(public[:], id.signer()[32:])
	return public
}

func (id identity) boxPublic() ([32]byte, error) {
	k, err := boxKey(id.box)
	if err != nil {
		return [32]byte{}, err
	}
	return [32]byte(k.PublicKey().Bytes()), nil
}

func (id identity) bytes() []byte {
	return bytes.Join([][]byte{id.box[:], id.sign[:], id.owner[:]}, nil)
}

// matches reports whether the policy's entry names the identity's keys.
func (id identity) matches(m member) bool {
	public, err := id.boxPublic()
	return err == nil && public == m.box && id.signPublic() == m.sign
}

// kem is that of RFC 9180 with X25519.
func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

func boxKey(seed [32]byte) (hpke.PrivateKey, error) {
	k, err := kem().DeriveKeyPair(seed[:])
	if err != nil {
		return nil, fmt.Errorf("derive key pair: %w", err)
	}
	return k, nil
}

// slot holds a user's identity under the user's passphrase. It is not signed:
// the user writes it alone. Who could forge one would need the private keys
// that the policy names.
type slot struct {
	user   uint32
	cost   passphrase.Params
	salt   [passphrase.SaltSize]byte
	nonce  [chacha20poly1305.NonceSizeX]byte
	sealed [sealedSize]byte
}

func newSlot(book [16]byte, user uint32, id identity, pass []byte, cost passphrase.Params) (slot, error) {
	s := slot{user: user, cost: cost}
	_, _ = rand.Read(s.salt[:])
	_, _ = rand.Read(s.nonce[:])
	key, err := s.key(pass)
	if err != nil {
		return slot{}, fmt.Errorf("seal slot: %w", err)
	}
	defer clear(key)
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return slot{}, fmt.Errorf("seal slot: %w", err)
	}
	plain := id.bytes()
	defer clear(plain)
	aead.Seal(s.sealed[:0], s.nonce[:], plain, s.bound(book))
	return s, nil
}

// open returns ErrPassphrase if pass is not the slot's.
func (s slot) open(book [16]byte, pass []byte) (identity, error) {
	key, err := s.key(pass)
	if errors.Is(err, passphrase.ErrText) {
		return identity{}, ErrPassphrase // no slot has such a passphrase
	} else if err != nil {
		return identity{}, fmt.Errorf("open slot: %w", err)
	}
	defer clear(key)
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return identity{}, fmt.Errorf("open slot: %w", err)
	}
	plain, err := aead.Open(nil, s.nonce[:], s.sealed[:], s.bound(book))
	if err != nil {
		return identity{}, ErrPassphrase
	}
	defer clear(plain)
	r := &reader{rest: plain}
	return identity{r.key(), r.key(), r.key()}, nil
}

func (s slot) key(pass []byte) ([]byte, error) {
	slow, err := passphrase.Key(pass, s.salt[:], s.cost)
	if err != nil {
		return nil, err
	}
	defer clear(slow)
	return hkdf.Key(sha256.New, slow, nil, labelSlot, chacha20poly1305.KeySize)
}

// bound is what is authenticated with a slot.
func (s slot) bound(book [16]byte) []byte {
	return append(s.appendCost(appendUint32(book[:], s.user)), s.salt[:]...)
}

func (s slot) appendCost(b []byte) []byte {
	return append(appendUint32(appendUint32(b, s.cost.Memory), s.cost.Time), s.cost.Threads)
}

func (s slot) append(b []byte) []byte {
	b = s.appendCost(appendUint32(b, s.user))
	return append(append(append(b, s.salt[:]...), s.nonce[:]...), s.sealed[:]...)
}

func readSlot(r *reader) slot {
	s := slot{user: r.uint32()}
	s.cost = passphrase.Params{Memory: r.uint32(), Time: r.uint32(), Threads: r.uint8()}
	copy(s.salt[:], r.bytes(len(s.salt)))
	copy(s.nonce[:], r.bytes(len(s.nonce)))
	copy(s.sealed[:], r.bytes(len(s.sealed)))
	return s
}
