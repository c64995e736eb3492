package keyring

import (
	"cmp"
	"crypto/ed25519"
	"slices"

	"kebu/crypto/field"
)

const policyVersion = 1

// policy says who the users are and what they hold. The owner signs it.
type policy struct {
	book     [16]byte
	revision uint64 // grows with each signature
	owner    uint32
	nextID   uint32
	roles    []roleEntry // the owner's first
	members  []member    // by id
	keys     map[Key]keyEpochs
	recovery recovery
}

type roleEntry struct {
	name    string
	classes classSet
}

type member struct {
	id     uint32
	name   string
	role   uint8    // index into roles
	box    [32]byte // X25519
	sign   [32]byte // Ed25519
	bundle []byte   // HPKE to box; none: the user is disabled
	barred bool     // gets no bundle
}

// keyEpochs are the epochs of a key in use, rising, with their public halves
// if it is a class key.
type keyEpochs struct {
	epochs []uint32
	public [][32]byte
}

func (k keyEpochs) current() uint32 {
	if len(k.epochs) == 0 {
		return 0
	}
	return k.epochs[len(k.epochs)-1]
}

type recovery struct {
	public [32]byte // X25519
	pin    [32]byte // proves the owner's key to who holds the code
	box    []byte   // HPKE to public: the owner's identity and all keys
}

// signedPolicy is a policy as the owner signed it, kept verbatim because other
// users must write it back without being able to sign.
type signedPolicy struct {
	bytes     []byte
	signature [ed25519.SignatureSize]byte
}

func (s signedPolicy) verify(owner [32]byte) bool {
	return ed25519.Verify(owner[:], append([]byte(labelPolicy), s.bytes...), s.signature[:])
}

func (p *policy) member(id uint32) (member, bool) {
	i, ok := slices.BinarySearchFunc(p.members, id, func(m member, id uint32) int {
		return cmp.Compare(m.id, id)
	})
	if !ok {
		return member{}, false
	}
	return p.members[i], true
}

// named returns the member of that name, the owner for "".
func (p *policy) named(name string) (member, bool) {
	if name == "" {
		return p.member(p.owner)
	}
	name, _ = cleanName(name)
	i := slices.IndexFunc(p.members, func(m member) bool { return m.name == name })
	if i < 0 {
		return member{}, false
	}
	return p.members[i], true
}

func (p *policy) user(m member) User {
	return User{ID: m.id, Name: m.name, Role: p.roles[m.role].name, Owner: m.id == p.owner, Disabled: m.barred, Sign: m.sign}
}

func (p *policy) list() []User {
	users := make([]User, len(p.members))
	for i, m := range p.members {
		users[i] = p.user(m)
	}
	return users
}

func (p *policy) roleIndex(name string) int {
	return slices.IndexFunc(p.roles, func(r roleEntry) bool { return r.name == name })
}

// clone returns a copy whose slices and maps can be changed; the arrays that
// they hold are replaced, never written to.
func (p *policy) clone() *policy {
	next := *p
	next.roles = slices.Clone(p.roles)
	next.members = slices.Clone(p.members)
	next.keys = make(map[Key]keyEpochs, len(p.keys))
	for k, e := range p.keys {
		next.keys[k] = keyEpochs{slices.Clone(e.epochs), slices.Clone(e.public)}
	}
	return &next
}

func (p *policy) encode() []byte {
	b := append([]byte{policyVersion}, p.book[:]...)
	b = appendUint64(b, p.revision)
	b = appendUint32(b, p.owner)
	b = appendUint32(b, p.nextID)
	b = appendUint8(b, len(p.roles))
	for _, r := range p.roles {
		b = append(appendName(b, r.name), byte(r.classes))
	}
	for _, k := range allKeys() {
		e := p.keys[k]
		b = appendUint16(append(b, byte(k)), len(e.epochs))
		for i, epoch := range e.epochs {
			b = appendUint32(b, epoch)
			if e.public != nil {
				b = append(b, e.public[i][:]...)
			}
		}
	}
	b = appendUint8(b, len(p.members))
	for _, m := range p.members {
		b = append(appendName(appendUint32(b, m.id), m.name), m.role)
		b = append(append(b, m.box[:]...), m.sign[:]...)
		b = append(appendUint16(b, len(m.bundle)), m.bundle...)
	}
	b = append(append(b, p.recovery.public[:]...), p.recovery.pin[:]...)
	return append(appendUint16(b, len(p.recovery.box)), p.recovery.box...)
}

// decodePolicy reads what encode wrote and nothing else: each policy has one
// form in bytes.
func decodePolicy(b []byte) (*policy, bool) {
	r := &reader{rest: b}
	if r.uint8() != policyVersion {
		return nil, false
	}
	p := &policy{book: r.id(), revision: r.uint64(), owner: r.uint32(), nextID: r.uint32()}
	ok := p.readRoles(r) && p.readKeys(r) && p.readMembers(r)
	p.recovery = recovery{public: r.key(), pin: r.key()}
	p.recovery.box = r.bytes(int(r.uint16()))
	if !ok || r.bad || len(r.rest) != 0 {
		return nil, false
	}
	return p, true
}

func (p *policy) readRoles(r *reader) bool {
	n := int(r.uint8())
	if n < 1 || n > MaxRoles {
		return false
	}
	for range n {
		role := roleEntry{name: r.name(), classes: classSet(r.uint8())}
		if r.bad || role.classes&^everyClass != 0 || p.roleIndex(role.name) >= 0 {
			return false
		}
		p.roles = append(p.roles, role)
	}
	return p.roles[0] == roleEntry{OwnerRole, everyClass}
}

func (p *policy) readKeys(r *reader) bool {
	p.keys = make(map[Key]keyEpochs)
	for _, k := range allKeys() {
		if Key(r.uint8()) != k {
			return false
		}
		var e keyEpochs
		for range r.uint16() {
			epoch := r.uint32()
			if r.bad || epoch <= e.current() {
				return false
			}
			e.epochs = append(e.epochs, epoch)
			if _, ok := k.isClass(); ok {
				e.public = append(e.public, r.key())
			}
		}
		if len(e.epochs) == 0 {
			return false
		}
		p.keys[k] = e
	}
	return true
}

func (p *policy) readMembers(r *reader) bool {
	n := int(r.uint8())
	if n < 1 || n > MaxUsers {
		return false
	}
	last := uint32(0)
	for range n {
		m := member{id: r.uint32(), name: r.name(), role: r.uint8(), box: r.key(), sign: r.key()}
		m.bundle = r.bytes(int(r.uint16()))
		if r.bad || m.id <= last || m.id >= p.nextID || int(m.role) >= len(p.roles) {
			return false
		}
		if _, taken := p.named(m.name); taken {
			return false
		}
		m.barred = len(m.bundle) == 0
		if (m.id == p.owner) != (m.role == 0) || m.id == p.owner && m.barred {
			return false
		}
		last = m.id
		p.members = append(p.members, m)
	}
	_, ok := p.member(p.owner)
	return ok
}

// publicKey returns the public half of a class secret for the policy.
func publicKey(secret [32]byte) ([32]byte, error) {
	b, err := field.Public(secret)
	if err != nil {
		return [32]byte{}, err
	}
	return [32]byte(b), nil
}
