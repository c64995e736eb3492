package keyring

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// The header is two copies of CopySize bytes at the start of the file.
const (
	CopySize = 64 << 10
	Size     = 2 * CopySize
)

// Format is the newest format of header that this package reads and the one
// that it writes.
const Format = 1

// magic has a byte that is no text and both ends of line, so that a transfer
// as text is noticed.
const magic = "\x89KEBU\r\n\x1a"

// Places in a copy. Those of the magic, the format, the sequence and the
// checksum are the same in every format to come.
const (
	formatAt   = 8
	reservedAt = 10
	fileIDAt   = 16
	sequenceAt = 32
	bodyAt     = 40
	macAt      = CopySize - 2*sha256.Size
	sumAt      = CopySize - sha256.Size
)

// Header is a header that was read but not yet opened. Nothing in it is
// authenticated.
type Header struct {
	fileID   [16]byte
	sequence uint64
	place    int
	torn     bool
	other    *Header
	raw      []byte
	policy   *policy
	signed   signedPolicy
	slots    []slot
}

// Users returns the users that the header names, for a person to choose from.
func (h *Header) Users() []User { return h.policy.list() }

// FileID returns the id of the file.
func (h *Header) FileID() [16]byte { return h.fileID }

// BookID returns the id that the book keeps through backups and restores.
func (h *Header) BookID() [16]byte { return h.policy.book }

// Sequence returns the number of the copy that was chosen; each later write
// has a higher one.
func (h *Header) Sequence() uint64 { return h.sequence }

// Place returns which copy was chosen, 0 or 1.
func (h *Header) Place() int { return h.place }

// Other returns what the other copy says if that is something else, or nil: a change
// was cut off between the two, and which of them holds is for the caller to know.
func (h *Header) Other() *Header { return h.other }

// Digest is [Ring.Digest] of what was read.
func (h *Header) Digest() [32]byte { return digest(h.signed, h.slots) }

// Parse chooses the whole copy with the highest sequence. It returns ErrNotBook
// if neither copy begins as one, ErrNewerFormat if a whole copy is of a later
// format, and ErrDamaged, also when a slot asks for a passphrase cost out of
// bounds.
func Parse(a, b []byte) (*Header, error) {
	if !isBook(a) && !isBook(b) {
		return nil, ErrNotBook
	}
	copies := [2][]byte{a, b}
	intact := [2]bool{whole(a), whole(b)}
	place := 0
	var chosen []byte
	for i, c := range copies {
		if !intact[i] {
			continue
		}
		if binary.BigEndian.Uint16(c[formatAt:]) > Format {
			return nil, ErrNewerFormat
		}
		if chosen == nil || sequence(c) > sequence(chosen) {
			place, chosen = i, c
		}
	}
	if chosen == nil {
		return nil, fmt.Errorf("no copy is whole: %w", ErrDamaged)
	}
	if intact[0] && intact[1] && !related(a, b) {
		return nil, fmt.Errorf("copies are of two books: %w", ErrDamaged)
	}
	h := &Header{place: place, torn: !intact[0] || !intact[1], raw: bytes.Clone(chosen[:CopySize])}
	if err := h.decode(); err != nil {
		return nil, err
	}
	if h.torn {
		return h, nil
	}
	other := &Header{place: 1 - place, raw: bytes.Clone(copies[1-place][:CopySize])}
	if other.decode() == nil && other.Digest() != h.Digest() {
		h.other, other.other = other, h
	}
	return h, nil
}

func isBook(c []byte) bool { return bytes.HasPrefix(c, []byte(magic)) }

func whole(c []byte) bool {
	if len(c) < CopySize || !isBook(c) {
		return false
	}
	sum := sha256.Sum256(c[:sumAt])
	return bytes.Equal(sum[:], c[sumAt:CopySize])
}

func sequence(c []byte) uint64 { return binary.BigEndian.Uint64(c[sequenceAt:]) }

// related reports whether two whole copies can be of one file: no crash leaves
// different ones with the same number.
func related(a, b []byte) bool {
	return bytes.Equal(a[fileIDAt:sequenceAt], b[fileIDAt:sequenceAt]) &&
		(sequence(a) != sequence(b) || bytes.Equal(a[:CopySize], b[:CopySize]))
}

func (h *Header) decode() error {
	r := &reader{rest: h.raw[formatAt:macAt]}
	format, reserved := r.uint16(), r.bytes(fileIDAt-reservedAt)
	h.fileID, h.sequence = r.id(), r.uint64()
	if format != Format || !zero(reserved) {
		return fmt.Errorf("format %d: %w", format, ErrDamaged)
	}
	h.signed.bytes = r.bytes(int(r.uint16()))
	copy(h.signed.signature[:], r.bytes(len(h.signed.signature)))
	n := int(r.uint8())
	if r.bad || n > MaxUsers {
		return fmt.Errorf("policy or slots: %w", ErrDamaged)
	}
	for range n {
		s := readSlot(r)
		if err := s.cost.Check(); err != nil {
			return fmt.Errorf("slot of user %d: %w: %w", s.user, ErrDamaged, err)
		}
		h.slots = append(h.slots, s)
	}
	var ok bool
	if h.policy, ok = decodePolicy(h.signed.bytes); !ok || r.bad || !zero(r.rest) || !h.policy.owns(h.slots) {
		return fmt.Errorf("policy or slots: %w", ErrDamaged)
	}
	return nil
}

func zero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// owns reports whether there is one slot for each member, in the same order.
func (p *policy) owns(slots []slot) bool {
	return slices.EqualFunc(p.members, slots, func(m member, s slot) bool { return m.id == s.user })
}

// headerMAC authenticates a copy up to the MAC itself, padding included, to
// everyone who holds the book key. It finds changes by outsiders; what an
// insider may not change the owner has signed.
func headerMAC(bookSecret [32]byte, raw []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, bookSecret[:], raw[fileIDAt:sequenceAt], labelHeader, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive header key: %w", err)
	}
	defer clear(key)
	mac := hmac.New(sha256.New, key)
	mac.Write(raw[:macAt])
	return mac.Sum(nil), nil
}

// bodySize returns the length of what stands between the fixed fields and the
// padding.
func bodySize(policySize, slots int) int {
	return 2 + policySize + len(signedPolicy{}.signature) + 1 + slots*len(slot{}.append(nil))
}

// encode returns one copy with the sequence.
func (r *Ring) encode(sequence uint64) ([]byte, error) {
	if bodySize(len(r.signed.bytes), len(r.slots)) > macAt-bodyAt {
		return nil, ErrFull
	}
	b := make([]byte, 0, CopySize)
	b = appendUint16(append(b, magic...), Format)
	b = append(b[:fileIDAt], r.fileID[:]...) // reserved bytes are zero
	b = appendUint64(b, sequence)
	b = append(appendUint16(b, len(r.signed.bytes)), r.signed.bytes...)
	b = append(b, r.signed.signature[:]...)
	b = appendUint8(b, len(r.slots))
	for _, s := range r.slots {
		b = s.append(b)
	}
	b = b[:macAt]
	mac, err := headerMAC(r.secrets[BookKey][r.Current(BookKey)], b)
	if err != nil {
		return nil, err
	}
	b = append(b, mac...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...), nil
}

// Image returns both copies of the header, for a file that does not exist yet.
// Later changes go through [Ring.Save].
func (r *Ring) Image() ([]byte, error) {
	older, err := r.encode(r.sequence + 1)
	if err != nil {
		return nil, err
	}
	newer, err := r.encode(r.sequence + 2)
	if err != nil {
		return nil, err
	}
	r.sequence += 2
	r.place = 1
	return append(older, newer...), nil
}

// Save writes the changed header through write, which gets a place, 0 or 1,
// and its CopySize bytes and returns when they are on the disk. Both copies are
// written, the older first, so that nothing that was changed or removed, such
// as a slot under an old passphrase, stays in the file. After a crash or an
// error in between the file has the old header or the new one; after an error
// Save may be called again.
func (r *Ring) Save(write func(place int, data []byte) error) error {
	for range 2 {
		if err := r.Begin(write); err != nil {
			return err
		}
	}
	r.torn, r.uneven = false, false
	return nil
}

// Begin writes the older copy only. Until [Ring.Save] the file has the header from before
// and the changed one, which [Header.Other] tells.
func (r *Ring) Begin(write func(place int, data []byte) error) error {
	r.uneven = true
	data, err := r.encode(r.sequence + 1)
	if err != nil {
		return err
	}
	if err := write(1-r.place, data); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	r.sequence++
	r.place = 1 - r.place
	return nil
}
