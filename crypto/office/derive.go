package office

import (
	"crypto/sha1" //nolint:gosec // what the files use
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"hash"
)

// hashAlgorithms are those of agile encryption ([MS-OFFCRYPTO] 2.3.4.10, HashAlgorithm)
// that programs write.
var hashAlgorithms = map[string]func() hash.Hash{
	"SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New,
}

func hashNamed(name string) (func() hash.Hash, error) {
	h := hashAlgorithms[name]
	if h == nil {
		return nil, fmt.Errorf("%w: hash algorithm", ErrUnsupported)
	}
	return h, nil
}

// sum hashes the parts one behind the other.
func sum(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// spun is the iterated hash of a password ([MS-OFFCRYPTO] 2.3.4.7, 2.3.4.11):
// H0 = H(salt, password), Hn = H(n-1, Hn-1), little-endian.
func spun(h hash.Hash, salt, password []byte, count uint32) []byte {
	digest := sum(h, salt, password)
	var n [4]byte
	for i := range count {
		binary.LittleEndian.PutUint32(n[:], i)
		h.Reset()
		h.Write(n[:])
		h.Write(digest)
		digest = h.Sum(digest[:0])
	}
	return digest
}

// fitted is b cut or filled with 0x36 to n bytes ([MS-OFFCRYPTO] 2.3.4.11, 2.3.4.12).
func fitted(b []byte, n int) []byte {
	out := make([]byte, n)
	for i := copy(out, b); i < n; i++ {
		out[i] = 0x36
	}
	return out
}
