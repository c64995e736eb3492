package stamp

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	_ "crypto/sha1" //nolint:gosec // RFC 2634 names a certificate by it, and the signature covers that
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// minRSA is the least size of an RSA key, in bits.
const minRSA = 2048

// signatures are the algorithms that are taken, by identifier and hash function.
var signatures = []struct {
	oid       identifier
	hash      crypto.Hash
	algorithm x509.SignatureAlgorithm
}{
	{oidRSA, crypto.SHA256, x509.SHA256WithRSA},
	{oidRSA, crypto.SHA384, x509.SHA384WithRSA},
	{oidRSA, crypto.SHA512, x509.SHA512WithRSA},
	{identifier{1, 2, 840, 113549, 1, 1, 11}, crypto.SHA256, x509.SHA256WithRSA},
	{identifier{1, 2, 840, 113549, 1, 1, 12}, crypto.SHA384, x509.SHA384WithRSA},
	{identifier{1, 2, 840, 113549, 1, 1, 13}, crypto.SHA512, x509.SHA512WithRSA},
	{oidPSS, crypto.SHA256, x509.SHA256WithRSAPSS},
	{oidPSS, crypto.SHA384, x509.SHA384WithRSAPSS},
	{oidPSS, crypto.SHA512, x509.SHA512WithRSAPSS},
	{identifier{1, 2, 840, 10045, 4, 3, 2}, crypto.SHA256, x509.ECDSAWithSHA256},
	{identifier{1, 2, 840, 10045, 4, 3, 3}, crypto.SHA384, x509.ECDSAWithSHA384},
	{identifier{1, 2, 840, 10045, 4, 3, 4}, crypto.SHA512, x509.ECDSAWithSHA512},
}

var (
	oidRSA = identifier{1, 2, 840, 113549, 1, 1, 1}
	oidMGF = identifier{1, 2, 840, 113549, 1, 1, 8}
	oidPSS = identifier{1, 2, 840, 113549, 1, 1, 10}
)

// verify checks the signature and that it was made with the certificate that it
// names, and returns that and the others that are enclosed.
func (m *message) verify() (signer *x509.Certificate, others []*x509.Certificate, err error) {
	for rest := m.certificates; !rest.Empty(); {
		var der cryptobyte.String
		if !rest.ReadASN1Element(&der, asn1.SEQUENCE) {
			return nil, nil, ErrForm
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, nil, ErrForm
		}
		if m.names(c) && signer == nil {
			signer = c
		} else {
			others = append(others, c)
		}
	}
	if signer == nil || !m.binds(signer) || !m.digests() {
		return nil, nil, ErrSignature
	}
	algorithm := m.signatureAlgorithm()
	if algorithm == x509.UnknownSignatureAlgorithm || signer.CheckSignature(algorithm, m.attributes, m.signature) != nil {
		return nil, nil, ErrSignature
	}
	return signer, others, nil
}

// names reports whether the signer is named by what a certificate has.
func (m *message) names(c *x509.Certificate) bool {
	if m.keyID != nil {
		return bytes.Equal(m.keyID, c.SubjectKeyId)
	}
	return bytes.Equal(m.issuer, c.RawIssuer) && m.serial.Cmp(c.SerialNumber) == 0
}

// digests reports whether the content is the one that was signed.
func (m *message) digests() bool {
	kind, ok1 := m.attribute(oidContentType)
	digest, ok2 := m.attribute(oidMessageDigest)
	h := m.hash.New()
	h.Write(m.content)
	var sum cryptobyte.String
	return ok1 && ok2 && readOID(&kind, oidInfo) && digest.ReadASN1(&sum, asn1.OCTET_STRING) && bytes.Equal(sum, h.Sum(nil))
}

// signatureAlgorithm returns the algorithm by which the attributes are signed.
func (m *message) signatureAlgorithm() x509.SignatureAlgorithm {
	for _, s := range signatures {
		if !s.oid.Equal(m.algorithm) || s.hash != m.hash {
			continue
		}
		if plain(m.parameters) && !s.oid.Equal(oidPSS) ||
			s.oid.Equal(oidPSS) && (bytes.Equal(m.parameters, pss(s.hash, true)) || bytes.Equal(m.parameters, pss(s.hash, false))) {
			return s.algorithm
		}
	}
	return x509.UnknownSignatureAlgorithm
}

// pss are the parameters of RSASSA-PSS (RFC 4055 section 3.1) that are taken: one
// hash function, whose size the salt has.
func pss(hash crypto.Hash, null bool) []byte {
	i := slices.IndexFunc(hashes, func(h hashFunction) bool { return h.hash == hash })
	name := func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(hashes[i].oid)
			if null {
				b.AddASN1NULL()
			}
		})
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tagged(0), name)
		b.AddASN1(tagged(1), func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidMGF)
				name(b)
			})
		})
		b.AddASN1(tagged(2), func(b *cryptobyte.Builder) { b.AddASN1Int64(int64(hash.Size())) })
	})
	return b.BytesOrPanic()
}

// binds reports whether the signed attributes name the certificate, by one of the
// two attributes or both.
func (m *message) binds(c *x509.Certificate) bool {
	v1, ok1 := m.attribute(oidCertificate)
	v2, ok2 := m.attribute(oidCertificateV2)
	return ok1 && ok2 && (v1 != nil || v2 != nil) && (v1 == nil || isCertificate(v1, c, false)) && (v2 == nil || isCertificate(v2, c, true))
}

// isCertificate reports whether the first of a SigningCertificate's, or
// SigningCertificateV2's, certificates is c. The others are those above it.
func isCertificate(in cryptobyte.String, c *x509.Certificate, v2 bool) bool {
	var all, ids, id, sum cryptobyte.String
	if !in.ReadASN1(&all, asn1.SEQUENCE) || !all.ReadASN1(&ids, asn1.SEQUENCE) || !ids.ReadASN1(&id, asn1.SEQUENCE) {
		return false
	}
	hash := crypto.SHA1
	if v2 {
		if hash = crypto.SHA256; id.PeekASN1Tag(asn1.SEQUENCE) && !readHash(&id, &hash) {
			return false
		}
	}
	h := hash.New()
	h.Write(c.Raw)
	if !id.ReadASN1(&sum, asn1.OCTET_STRING) || !bytes.Equal(sum, h.Sum(nil)) {
		return false
	}
	if id.Empty() {
		return true
	}
	var issued, names, name cryptobyte.String
	serial := new(big.Int)
	return id.ReadASN1(&issued, asn1.SEQUENCE) && id.Empty() && issued.ReadASN1(&names, asn1.SEQUENCE) && names.ReadASN1(&name, tagged(4)) && names.Empty() &&
		bytes.Equal(name, c.RawIssuer) && issued.ReadASN1Integer(serial) && issued.Empty() && serial.Cmp(c.SerialNumber) == 0
}

var oidExtKeyUsage = identifier{2, 5, 29, 37}

// serves reports whether a certificate is for time stamps alone (RFC 3161 section
// 2.3) and valid at a time.
func serves(c *x509.Certificate, at time.Time) bool {
	if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() < minRSA {
		return false
	}
	return slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Critical && e.Id.Equal(oidExtKeyUsage) }) &&
		slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}) && len(c.UnknownExtKeyUsage) == 0 &&
		!at.Before(c.NotBefore) && !at.After(c.NotAfter)
}
