// Package stamp reads time stamps (RFC 3161): the word of an authority that a text
// was there at a time. It makes the request for one too; how that gets to the
// authority and the answer back is not its matter.
//
// It takes one form: DER, a SHA-256 of the text, one signer, whose certificate is
// enclosed and serves time stamps alone, and a signature of RSA or ECDSA with
// SHA-256, SHA-384 or SHA-512.
//
// What it does not promise. Anyone can make an authority: [Parse] shows that an
// answer is whole, [Stamp.Trusted] that somebody stands behind it whom the reader
// trusts. Whether a certificate was revoked is not asked: that needs a network.
package stamp

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"time"
	"unicode"
)

// MaxSize bounds an answer in bytes; usual ones have 2,000 to 10,000.
const MaxSize = 1 << 16

// What is wrong with an answer.
var (
	// ErrForm means that it is no time stamp in the one form that is taken.
	ErrForm = errors.New("not a time stamp")
	// ErrRefused means that the authority gave none.
	ErrRefused = errors.New("the authority refused")
	// ErrSignature means that the signature does not hold.
	ErrSignature = errors.New("the time stamp is not signed as it should be")
	// ErrCertificate means that the signer's certificate is not one for time
	// stamps, or was not valid at the time.
	ErrCertificate = errors.New("the certificate is not one for time stamps")
)

// Stamp is a time stamp whose signature holds.
type Stamp struct {
	Sum       [sha256.Size]byte // of the text
	At        time.Time         // UTC, by the authority's clock
	Nonce     *big.Int          // of the request; nil: none
	Authority string            // as its certificate names it; anyone can take a name

	signer *x509.Certificate
	others []*x509.Certificate // that were enclosed
}

// Answers reports whether the stamp was given for a request with the nonce.
func (s *Stamp) Answers(nonce int64) bool {
	return s.Nonce != nil && s.Nonce.IsInt64() && s.Nonce.Int64() == nonce
}

// Trusted reports whether the signer's certificate leads to one of the roots by
// those that were valid at the time of the stamp.
func (s *Stamp) Trusted(roots *x509.CertPool) bool {
	between := x509.NewCertPool()
	for _, c := range s.others {
		between.AddCert(c)
	}
	_, err := s.signer.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: s.At, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
	return err == nil
}

// nameOf is a certificate's name as far as it can be shown in a line.
func nameOf(c *x509.Certificate) string {
	name := c.Subject.CommonName
	if name == "" {
		name = c.Subject.String()
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, name)
}

// Roots reads certificates of authorities, PEM, one at least. It fails with
// ErrCertificate.
func Roots(text []byte) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	for n := 0; ; n++ {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			if n == 0 {
				return nil, ErrCertificate
			}
			return pool, nil
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil || block.Type != "CERTIFICATE" {
			return nil, ErrCertificate
		}
		pool.AddCert(c)
	}
}

// Parse reads an authority's answer, a TimeStampResp, and checks what can be checked
// without knowing whom to trust. It fails with ErrForm, ErrRefused, ErrSignature or
// ErrCertificate.
func Parse(answer []byte) (*Stamp, error) {
	if len(answer) > MaxSize {
		return nil, ErrForm
	}
	token, err := granted(answer)
	if err != nil {
		return nil, err
	}
	m, ok := parseMessage(token)
	if !ok {
		return nil, ErrForm
	}
	s, ok := parseInfo(m.content)
	if !ok {
		return nil, ErrForm
	}
	if s.signer, s.others, err = m.verify(); err != nil {
		return nil, err
	}
	if !serves(s.signer, s.At) {
		return nil, ErrCertificate
	}
	s.Authority = nameOf(s.signer)
	return s, nil
}
