// Package keyring keeps the keys of a book in its header: who may open it,
// with which passphrase, and which keys each of them finds there.
//
// A user's passphrase opens the user's slot, the slot's private key opens the
// user's bundle, and the bundle holds the keys that the user's role allows,
// nothing else. The list of all this, the policy, is signed by the owner, whose
// public key every slot pins. crypto/FORMAT.md gives the bytes.
//
// What it does not promise: an old copy of the file opens with the passphrase
// it had; who held a key keeps what it opened; a header put back whole, with
// its file, is not noticed here. Names of users and roles stand in clear.
package keyring

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"

	"kebu/crypto/blindindex"
	"kebu/crypto/field"
)

// Bounds of a policy.
const (
	MaxUsers = 64
	MaxRoles = 32
	maxName  = 64 // bytes
)

// OwnerRole is the name of the role that holds every key and is the owner's.
const OwnerRole = "owner"

// The ways in which a header or an operation on it is refused.
var (
	ErrNotBook      = errors.New("not a book")
	ErrNewerFormat  = errors.New("book is of a newer format")
	ErrDamaged      = errors.New("header of the book is damaged or forged")
	ErrPassphrase   = errors.New("wrong passphrase")
	ErrRecoveryCode = errors.New("wrong recovery code")
	ErrNoUser       = errors.New("no such user")
	ErrNoRole       = errors.New("no such role")
	ErrNoKey        = errors.New("user does not hold the key")
	ErrDisabled     = errors.New("the user's access is suspended")
	ErrNotOwner     = errors.New("only the owner may do this")
	ErrName         = errors.New("name is empty, too long, taken or not text")
	ErrFull         = errors.New("header of the book is full")
	ErrOtherBook    = errors.New("file is of another book")
)

// User is a person who can open the book.
type User struct {
	ID    uint32 // never given to another user
	Name  string
	Role  string
	Owner bool
	// Disabled says that the user keeps passphrase and role, and holds no key.
	Disabled bool
	// Sign is the user's public Ed25519 key, by which others know what they signed.
	Sign [32]byte
}

// Role is a set of classes that its users can read. Readers of contacts hold
// the index key too.
type Role struct {
	Name    string
	Classes []field.Class
}

// Ring is an opened header: the keys of one user, and for the owner the means
// to change what others hold. Changes reach the file by [Ring.Save]. It is safe
// for concurrent use as long as nothing is changed.
type Ring struct {
	fileID   [16]byte
	sequence uint64
	place    int
	torn     bool
	uneven   bool
	policy   *policy
	signed   signedPolicy
	slots    []slot
	user     uint32
	self     identity
	secrets  secrets
}

// FileID returns the id of this file, which no copy of it shares.
func (r *Ring) FileID() [16]byte { return r.fileID }

// Torn reports whether one of the two copies of the header is not whole in the file,
// until [Ring.Save] writes both.
func (r *Ring) Torn() bool { return r.torn }

// Uneven reports whether the file's copies are not both what r is, for that or for
// another reason, until [Ring.Save] writes both.
func (r *Ring) Uneven() bool { return r.uneven }

// BookID returns the id that the book keeps through backups and restores.
func (r *Ring) BookID() [16]byte { return r.policy.book }

// User returns who opened the ring.
func (r *Ring) User() User {
	m, _ := r.policy.member(r.user) // held by every constructor
	return r.policy.user(m)
}

// Users returns all users in the order of their ids.
func (r *Ring) Users() []User { return r.policy.list() }

// Roles returns all roles, the owner's first.
func (r *Ring) Roles() []Role {
	roles := make([]Role, len(r.policy.roles))
	for i, role := range r.policy.roles {
		roles[i] = Role{role.name, role.classes.list()}
	}
	return roles
}

// Epochs returns the epochs of k that are in use, oldest first. New data is
// sealed under the last.
func (r *Ring) Epochs(k Key) []uint32 { return slices.Clone(r.policy.keys[k].epochs) }

// Current returns the newest epoch of k, 0 if k is no key.
func (r *Ring) Current(k Key) uint32 { return r.policy.keys[k].current() }

// Secrets returns a copy of k in all its epochs, or ErrNoKey if the user's
// role does not hold it.
func (r *Ring) Secrets(k Key) (map[uint32][32]byte, error) {
	if len(r.secrets[k]) == 0 {
		return nil, fmt.Errorf("%s key: %w", k, ErrNoKey)
	}
	return maps.Clone(r.secrets[k]), nil
}

// Class returns what opens and seals the values of a class, or ErrNoKey.
func (r *Ring) Class(c field.Class) (*field.Keys, error) {
	s, err := r.Secrets(ClassKey(c))
	if err != nil {
		return nil, err
	}
	return field.NewKeys(r.policy.book, c, s)
}

// Inbox returns what seals values of a class for its readers; every user has
// it. It returns ErrNoKey for an unknown class.
func (r *Ring) Inbox(c field.Class) (*field.Inbox, error) {
	k, ok := r.policy.keys[ClassKey(c)]
	if !ok {
		return nil, fmt.Errorf("%s: %w", c, ErrNoKey)
	}
	public := k.public[len(k.public)-1]
	return field.NewInbox(r.policy.book, c, k.current(), public[:])
}

// Index returns what makes the tags of contacts under the index keys up to an
// epoch, the newest for 0, or ErrNoKey.
func (r *Ring) Index(upTo uint32) (*blindindex.Index, error) {
	s, err := r.Secrets(IndexKey)
	if err != nil {
		return nil, err
	}
	var keys [][32]byte
	for _, epoch := range r.Epochs(IndexKey) {
		if upTo == 0 || epoch <= upTo {
			keys = append(keys, s[epoch])
		}
	}
	return blindindex.New(keys...)
}

// Sign signs a message as the user, for one purpose of up to 255 bytes.
func (r *Ring) Sign(purpose string, message []byte) []byte {
	return ed25519.Sign(r.self.signer(), signedMessage(purpose, message))
}

// Verify reports whether the user of that id, as the policy now stands, signed
// message for the purpose.
func (r *Ring) Verify(user uint32, purpose string, message, signature []byte) bool {
	m, ok := r.policy.member(user)
	return ok && ed25519.Verify(m.sign[:], signedMessage(purpose, message), signature)
}

// Wipe overwrites the keys as far as Go allows. The ring is of no use after.
func (r *Ring) Wipe() {
	r.self = identity{}
	for _, epochs := range r.secrets {
		for e := range epochs {
			epochs[e] = [32]byte{}
		}
	}
	clear(r.secrets)
}

func signedMessage(purpose string, message []byte) []byte {
	if len(purpose) > 255 {
		panic("keyring: purpose is too long")
	}
	return append(appendName([]byte(labelSign), purpose), message...)
}
