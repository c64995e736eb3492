package stamp

import (
	"bytes"
	"crypto"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidSignedData    = identifier{1, 2, 840, 113549, 1, 7, 2}
	oidInfo          = identifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType   = identifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = identifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertificate   = identifier{1, 2, 840, 113549, 1, 9, 16, 2, 12} // SigningCertificate, RFC 2634
	oidCertificateV2 = identifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // SigningCertificateV2, RFC 5035
)

// message is a SignedData (RFC 5652 section 5.1) with a TSTInfo and one signer.
type message struct {
	content      cryptobyte.String // TSTInfo
	certificates cryptobyte.String

	// Who signed: one of the two.
	issuer, keyID cryptobyte.String
	serial        *big.Int

	hash       crypto.Hash
	attributes cryptobyte.String // as they are signed
	algorithm  identifier
	parameters cryptobyte.String
	signature  cryptobyte.String
}

// parseMessage reads a ContentInfo.
func parseMessage(in cryptobyte.String) (m *message, ok bool) {
	var info, wrapped, data, content, signers, signer cryptobyte.String
	var version int
	m = &message{}
	ok = in.ReadASN1(&info, asn1.SEQUENCE) && in.Empty() && readOID(&info, oidSignedData) && info.ReadASN1(&wrapped, tagged(0)) && info.Empty() &&
		wrapped.ReadASN1(&data, asn1.SEQUENCE) && wrapped.Empty() &&
		data.ReadASN1Integer(&version) && version == 3 && data.SkipASN1(asn1.SET) &&
		data.ReadASN1(&content, asn1.SEQUENCE) && m.readContent(content) &&
		data.ReadASN1(&m.certificates, tagged(0)) && data.SkipOptionalASN1(tagged(1)) &&
		data.ReadASN1(&signers, asn1.SET) && data.Empty() &&
		signers.ReadASN1(&signer, asn1.SEQUENCE) && signers.Empty() && m.readSigner(signer)
	return m, ok
}

func readOID(in *cryptobyte.String, want identifier) bool {
	var oid identifier
	return in.ReadASN1ObjectIdentifier(&oid) && oid.Equal(want)
}

func (m *message) readContent(in cryptobyte.String) bool {
	var wrapped cryptobyte.String
	return readOID(&in, oidInfo) && in.ReadASN1(&wrapped, tagged(0)) && in.Empty() &&
		wrapped.ReadASN1(&m.content, asn1.OCTET_STRING) && wrapped.Empty()
}

// readSigner reads a SignerInfo.
func (m *message) readSigner(in cryptobyte.String) bool {
	var version int
	if !in.ReadASN1Integer(&version) {
		return false
	}
	switch version {
	case 1:
		var who cryptobyte.String
		m.serial = new(big.Int)
		if !in.ReadASN1(&who, asn1.SEQUENCE) || !who.ReadASN1Element(&m.issuer, asn1.SEQUENCE) || !who.ReadASN1Integer(m.serial) || !who.Empty() {
			return false
		}
	case 3:
		if !in.ReadASN1(&m.keyID, asn1.Tag(0).ContextSpecific()) || m.keyID.Empty() {
			return false
		}
	default:
		return false
	}
	var attributes cryptobyte.String
	if !readHash(&in, &m.hash) || !in.ReadASN1Element(&attributes, tagged(0)) {
		return false
	}
	m.attributes = bytes.Clone(attributes)
	m.attributes[0] = byte(asn1.SET) // RFC 5652 section 5.4
	var ok bool
	m.algorithm, m.parameters, ok = readAlgorithm(&in)
	return ok && in.ReadASN1(&m.signature, asn1.OCTET_STRING) && in.SkipOptionalASN1(tagged(1)) && in.Empty()
}

// attribute returns the one value of a signed attribute; nil: there is none. Of one
// that there is twice, ok is false.
func (m *message) attribute(oid identifier) (value cryptobyte.String, ok bool) {
	in, found := m.attributes, false
	var all cryptobyte.String
	if !in.ReadASN1(&all, asn1.SET) {
		return nil, false
	}
	for !all.Empty() {
		var one, values cryptobyte.String
		var is identifier
		if !all.ReadASN1(&one, asn1.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&is) || !one.ReadASN1(&values, asn1.SET) || !one.Empty() {
			return nil, false
		}
		if !is.Equal(oid) {
			continue
		}
		var tag asn1.Tag
		if found || !values.ReadAnyASN1Element(&value, &tag) || !values.Empty() {
			return nil, false
		}
		found = true
	}
	return value, true
}
