package keyring

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// reader takes numbers, big-endian, and bytes off a buffer. Once something is
// missing it is bad for good and returns zeros.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) bytes(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) uint8() uint8 {
	b := r.bytes(1)
	if b == nil {
		return 0
	}
	return b[0]
}

func (r *reader) uint16() uint16 {
	b := r.bytes(2)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint16(b)
}

func (r *reader) uint32() uint32 {
	b := r.bytes(4)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint32(b)
}

func (r *reader) uint64() uint64 {
	b := r.bytes(8)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func (r *reader) id() (id [16]byte) {
	copy(id[:], r.bytes(len(id)))
	return id
}

func (r *reader) key() (key [32]byte) {
	copy(key[:], r.bytes(len(key)))
	return key
}

// name reads a name of the form that appendName writes.
func (r *reader) name() string {
	s := string(r.bytes(int(r.uint8())))
	if clean, ok := cleanName(s); !ok || clean != s {
		r.bad = true
	}
	return s
}

// appendName appends a name of up to 255 bytes after its length.
func appendName(b []byte, s string) []byte { return append(appendUint8(b, len(s)), s...) }

func appendUint8(b []byte, n int) []byte {
	return append(b, byte(n)) //nolint:gosec // callers bound n
}

func appendUint16(b []byte, n int) []byte {
	return binary.BigEndian.AppendUint16(b, uint16(n)) //nolint:gosec // callers bound n by the header's size
}

func appendUint32(b []byte, n uint32) []byte { return binary.BigEndian.AppendUint32(b, n) }

func appendUint64(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

// cleanName returns a name as it is stored and compared, NFKC as passphrases
// are, and whether it is fit to be one.
func cleanName(s string) (string, bool) {
	if len(s) > 4*maxName || !utf8.ValidString(s) {
		return "", false
	}
	s = norm.NFKC.String(s)
	if s == "" || len(s) > maxName || s[0] == ' ' || s[len(s)-1] == ' ' {
		return "", false
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			return "", false
		}
	}
	return s, true
}
