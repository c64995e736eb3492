// Package field seals single values of people, each for the class of readers
// that may see it and for the one place in the book where it stands.
//
// Inside the encrypted pages this is the second lock: who opens the book but
// holds no key to a class learns of its values only that they exist and their
// length in steps of 16 bytes. It does not hide equal rows being read together
// nor stop an old value from being put back at its own place.
package field

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// SecretSize is the length of a class secret in bytes.
const SecretSize = 32

// Versions of a sealed value.
const (
	versionShared = 1 // XChaCha20-Poly1305 under the class key
	versionInbox  = 2 // HPKE to the class's public key
)

const (
	headSize = 1 + 1 + 4 // version, class, epoch
	block    = 16        // lengths are hidden in steps of this
	encSize  = 32        // HPKE's encapsulated key
	tagSize  = chacha20poly1305.Overhead
)

// Labels, one per use of a class secret.
const (
	labelShared = "kebu field shared v1"
	labelInbox  = "kebu field inbox v1"
	labelPair   = "kebu field inbox key v1"
)

var (
	// ErrSealed means that the value is damaged, was moved from another place
	// or was sealed with another key.
	ErrSealed = errors.New("sealed value does not open")
	// ErrNoKey means that the value is of another class, or of an epoch to
	// which there is no key.
	ErrNoKey = errors.New("no key to the sealed value")
	// ErrNewer means that a newer program sealed the value.
	ErrNewer = errors.New("sealed value is of a newer format")
)

// Place is where a value stands. A value opens nowhere else.
type Place struct {
	Table, Column string   // up to 255 bytes each
	Row           [16]byte // the row's random id
}

// Keys opens the values of one class and seals new ones under its newest
// epoch. It is safe for concurrent use.
type Keys struct {
	book    [16]byte
	class   Class
	current uint32
	epochs  map[uint32]epochKeys
}

type epochKeys struct {
	shared cipher.AEAD
	inbox  hpke.PrivateKey
}

// NewKeys returns the keys of class c in a book from its secrets by epoch, of
// which there must be at least one. Book is the id that a book keeps through
// its backups.
func NewKeys(book [16]byte, c Class, secrets map[uint32][SecretSize]byte) (*Keys, error) {
	if !c.Valid() || len(secrets) == 0 {
		return nil, fmt.Errorf("%s, %d epochs: %w", c, len(secrets), ErrNoKey)
	}
	k := &Keys{book: book, class: c, epochs: make(map[uint32]epochKeys, len(secrets))}
	for epoch, secret := range secrets {
		shared, err := sharedAEAD(secret)
		if err != nil {
			return nil, err
		}
		inbox, err := inboxKey(secret)
		if err != nil {
			return nil, err
		}
		k.epochs[epoch] = epochKeys{shared, inbox}
		k.current = max(k.current, epoch)
	}
	return k, nil
}

// Epoch returns the epoch under which Seal seals.
func (k *Keys) Epoch() uint32 { return k.current }

// Seal appends the sealed value to dst and returns the result: 46 bytes more
// than the value padded with one to 16 bytes. The slices must not overlap.
func (k *Keys) Seal(dst, value []byte, p Place) []byte {
	dst = appendHead(dst, versionShared, k.class, k.current)
	start := len(dst)
	dst = append(dst, make([]byte, chacha20poly1305.NonceSizeX)...)
	nonce := dst[start:]
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	body := len(dst)
	dst = appendPadded(dst, value)

	aad := scratch.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	*aad = appendPlace((*aad)[:0], versionShared, k.class, k.current, k.book, p)
	dst = k.epochs[k.current].shared.Seal(dst[:body], nonce, dst[body:], *aad)
	scratch.Put(aad)
	return dst
}

// Open appends the value that was sealed for place p to dst and returns the
// result. It returns ErrSealed, ErrNoKey or ErrNewer, and dst unchanged. The
// slices must not overlap.
func (k *Keys) Open(dst, sealed []byte, p Place) ([]byte, error) {
	h, err := Inspect(sealed)
	if err != nil {
		return dst, err
	}
	keys, ok := k.epochs[h.Epoch]
	if !ok || h.Class != k.class {
		return dst, fmt.Errorf("%s, epoch %d: %w", h.Class, h.Epoch, ErrNoKey)
	}
	start := len(dst)
	body := sealed[headSize:]
	aad := scratch.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	defer scratch.Put(aad)
	*aad = appendPlace((*aad)[:0], sealed[0], h.Class, h.Epoch, k.book, p)

	var padded []byte
	if h.Inbox {
		padded, err = openInbox(dst, keys.inbox, body, *aad)
	} else {
		nonce := body[:chacha20poly1305.NonceSizeX]
		padded, err = keys.shared.Open(dst, nonce, body[len(nonce):], *aad)
	}
	if err != nil {
		return dst[:start], ErrSealed
	}
	n, ok := unpadded(padded[start:])
	if !ok {
		clear(padded[start:])
		return dst[:start], ErrSealed
	}
	return padded[:start+n], nil
}

// Header is what a sealed value says of itself, not authenticated.
type Header struct {
	Class Class
	Epoch uint32
	Inbox bool // written by someone who cannot read the class
}

// Inspect returns the header of a sealed value, which is what finds the values
// to seal anew after a change of keys. It returns ErrSealed or ErrNewer.
func Inspect(sealed []byte) (Header, error) {
	if len(sealed) < headSize {
		return Header{}, ErrSealed
	}
	h := Header{Class: Class(sealed[1]), Epoch: binary.BigEndian.Uint32(sealed[2:])}
	fixed := headSize + chacha20poly1305.NonceSizeX + tagSize
	switch sealed[0] {
	case 0:
		return Header{}, ErrSealed
	case versionShared:
	case versionInbox:
		h.Inbox = true
		fixed = headSize + encSize + tagSize
	default:
		return Header{}, fmt.Errorf("version %d: %w", sealed[0], ErrNewer)
	}
	body := len(sealed) - fixed
	if !h.Class.Valid() || body < block || body%block != 0 {
		return Header{}, ErrSealed
	}
	return h, nil
}

func sharedAEAD(secret [SecretSize]byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, secret[:], nil, labelShared, chacha20poly1305.KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive class key: %w", err)
	}
	defer clear(key)
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("class cipher: %w", err)
	}
	return aead, nil
}

// kem is that of RFC 9180 with X25519.
func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

func inboxKey(secret [SecretSize]byte) (hpke.PrivateKey, error) {
	seed, err := hkdf.Key(sha256.New, secret[:], nil, labelPair, SecretSize)
	if err != nil {
		return nil, fmt.Errorf("derive class key pair: %w", err)
	}
	defer clear(seed)
	key, err := kem().DeriveKeyPair(seed)
	if err != nil {
		return nil, fmt.Errorf("derive class key pair: %w", err)
	}
	return key, nil
}
