package stamp

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	_ "crypto/sha512" // of SHA-384, too
	encodingasn1 "encoding/asn1"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// identifier is an OBJECT IDENTIFIER.
type identifier = encodingasn1.ObjectIdentifier

// tagged is the context's tag n for what has parts.
func tagged(n uint8) asn1.Tag { return asn1.Tag(n).ContextSpecific().Constructed() }

// granted returns the token of a TimeStampResp (RFC 3161 section 2.4.2).
func granted(der []byte) (cryptobyte.String, error) {
	in := cryptobyte.String(der)
	var answer, info cryptobyte.String
	var status int
	if !in.ReadASN1(&answer, asn1.SEQUENCE) || !in.Empty() || !answer.ReadASN1(&info, asn1.SEQUENCE) || !info.ReadASN1Integer(&status) ||
		!info.SkipOptionalASN1(asn1.SEQUENCE) || !info.SkipOptionalASN1(asn1.BIT_STRING) || !info.Empty() {
		return nil, ErrForm
	}
	if status < 0 || status > 1 { // granted, or with modifications
		return nil, ErrRefused
	}
	return answer, nil
}

// parseInfo reads a TSTInfo (RFC 3161 section 2.4.2).
func parseInfo(in cryptobyte.String) (*Stamp, bool) {
	var info, print, at cryptobyte.String
	var version int
	s := &Stamp{}
	if !in.ReadASN1(&info, asn1.SEQUENCE) || !in.Empty() || !info.ReadASN1Integer(&version) || version != 1 ||
		!info.SkipASN1(asn1.OBJECT_IDENTIFIER) || !info.ReadASN1(&print, asn1.SEQUENCE) || !readImprint(print, &s.Sum) ||
		!info.SkipASN1(asn1.INTEGER) || !info.ReadASN1(&at, asn1.GeneralizedTime) || !readTime(at, &s.At) ||
		!info.SkipOptionalASN1(asn1.SEQUENCE) || !info.SkipOptionalASN1(asn1.BOOLEAN) {
		return nil, false
	}
	if info.PeekASN1Tag(asn1.INTEGER) {
		s.Nonce = new(big.Int)
		if !info.ReadASN1Integer(s.Nonce) {
			return nil, false
		}
	}
	var extensions cryptobyte.String
	if !info.SkipOptionalASN1(tagged(0)) || !info.ReadOptionalASN1(&extensions, nil, tagged(1)) || !info.Empty() {
		return nil, false
	}
	for !extensions.Empty() {
		var one cryptobyte.String
		if !extensions.ReadASN1(&one, asn1.SEQUENCE) || !one.SkipASN1(asn1.OBJECT_IDENTIFIER) ||
			!one.SkipASN1(asn1.OCTET_STRING) || !one.Empty() { // or it is critical, and none is known
			return nil, false
		}
	}
	return s, true
}

func readImprint(in cryptobyte.String, sum *[sha256.Size]byte) bool {
	var h crypto.Hash
	var digest cryptobyte.String
	return readHash(&in, &h) && h == crypto.SHA256 && in.ReadASN1(&digest, asn1.OCTET_STRING) && in.Empty() && digest.CopyBytes(sum[:]) && digest.Empty()
}

// readTime reads what stands in a GeneralizedTime: UTC, fractions without zeros at
// the end.
func readTime(text cryptobyte.String, at *time.Time) bool {
	t, err := time.Parse("20060102150405Z", string(text)) // it takes fractions, too
	*at = t
	return err == nil && t.Format("20060102150405.999999999Z") == string(text)
}

type hashFunction struct {
	oid  identifier
	hash crypto.Hash
}

// hashes are the hash functions that are taken.
var hashes = []hashFunction{
	{oidSHA256, crypto.SHA256},
	{identifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384},
	{identifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512},
}

var oidSHA256 = identifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

// readHash reads an AlgorithmIdentifier of a hash function.
func readHash(in *cryptobyte.String, hash *crypto.Hash) bool {
	oid, parameters, ok := readAlgorithm(in)
	if !ok || !plain(parameters) {
		return false
	}
	for _, h := range hashes {
		if h.oid.Equal(oid) {
			*hash = h.hash
			return true
		}
	}
	return false
}

func readAlgorithm(in *cryptobyte.String) (oid identifier, parameters cryptobyte.String, ok bool) {
	var algorithm cryptobyte.String
	ok = in.ReadASN1(&algorithm, asn1.SEQUENCE) && algorithm.ReadASN1ObjectIdentifier(&oid)
	return oid, algorithm, ok
}

// plain reports whether there are no parameters: nothing, or NULL.
func plain(parameters cryptobyte.String) bool {
	return parameters.Empty() || bytes.Equal(parameters, []byte{byte(asn1.NULL), 0})
}
