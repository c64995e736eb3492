package stamp

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// NewNonce returns a random number for a request, which the answer repeats.
func NewNonce() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails
	return int64(binary.BigEndian.Uint64(b[:]) & math.MaxInt64)
}

// Request returns the request to stamp a text of that SHA-256, a TimeStampReq: the
// answer is to enclose the authority's certificate.
func Request(sum [sha256.Size]byte, nonce int64) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidSHA256)
				b.AddASN1NULL()
			})
			b.AddASN1OctetString(sum[:])
		})
		b.AddASN1Int64(nonce)
		b.AddASN1Boolean(true)
	})
	return b.BytesOrPanic()
}
