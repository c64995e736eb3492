// Package stamptest is a time-stamping authority for tests: it stamps what it is
// asked to, and says whatever else a test has it say.
package stamptest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"
)

// From and Until are when certificates of authorities are valid.
var (
	From  = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	Until = time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Authority is an invented authority: a root, and below it a certificate that signs.
type Authority struct {
	Root, Certificate *x509.Certificate
	key               crypto.Signer
}

// Kind is the kind of an authority's key.
type Kind int

// The kinds.
const (
	P256 Kind = iota
	P384
	RSA
	ShortRSA // less than is taken
)

func (k Kind) generate() (crypto.Signer, error) {
	switch k {
	case RSA:
		return rsa.GenerateKey(rand.Reader, 2048)
	case ShortRSA:
		return rsa.GenerateKey(rand.Reader, 1024) //nolint:gosec // it is refused
	case P384:
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	default:
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
}

// Leaf is the certificate that signs: its extended key usage, and its name.
type Leaf struct {
	Name        string // "": Invented Time
	NotCritical bool
	Also        bool // for signing code, too
	Other       bool // for signing code alone
	None        bool
}

var (
	oidUsage  = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidStamps = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	oidCode   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 3}
)

func (u Leaf) extensions() []pkix.Extension {
	list := []asn1.ObjectIdentifier{oidStamps}
	switch {
	case u.None:
		return nil
	case u.Also:
		list = append(list, oidCode)
	case u.Other:
		list = []asn1.ObjectIdentifier{oidCode}
	}
	return []pkix.Extension{{Id: oidUsage, Critical: !u.NotCritical, Value: must(asn1.Marshal(list))}}
}

// New makes an authority.
func New(kind Kind, u Leaf) *Authority {
	if !testing.Testing() {
		panic("stamptest: not a test")
	}
	rootKey := must(kind.generate())
	root := must(certificate(1, "Invented Root", rootKey, nil, rootKey, nil))
	key := must(kind.generate())
	if u.Name == "" {
		u.Name = "Invented Time"
	}
	return &Authority{root, must(certificate(2, u.Name, key, root, rootKey, u.extensions())), key}
}

func certificate(serial int64, name string, of crypto.Signer, above *x509.Certificate, by crypto.Signer, extensions []pkix.Extension) (*x509.Certificate, error) {
	id := sha256.Sum256([]byte(name))
	c := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, NotBefore: From, NotAfter: Until, SubjectKeyId: id[:20],
		BasicConstraintsValid: true, IsCA: above == nil, KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: extensions,
	}
	if above == nil {
		above, c.KeyUsage = c, x509.KeyUsageCertSign
	}
	der, err := x509.CreateCertificate(rand.Reader, c, above, of.Public(), by)
	if err != nil {
		return nil, fmt.Errorf("stamptest: %w", err)
	}
	return x509.ParseCertificate(der)
}

// PEM is the root as text.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Root.Raw})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic("stamptest: " + err.Error())
	}
	return v
}
