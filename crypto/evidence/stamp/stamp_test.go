package stamp_test

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kebu/crypto/evidence/stamp"
	"kebu/crypto/evidence/stamp/stamptest"
)

var (
	text   = []byte("kebu/8f14e45fceea167a\n42\n")
	sum    = sha256.Sum256(text)
	noon   = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	honest = stamptest.New(stamptest.P256, stamptest.Leaf{})
)

func answer() stamptest.Answer { return stamptest.Answer{Sum: sum, At: noon, Nonce: big.NewInt(77)} }

// with is the good answer, changed.
func with(change func(*stamptest.Answer)) stamptest.Answer {
	s := answer()
	change(&s)
	return s
}

func parse(t testing.TB, b []byte) *stamp.Stamp {
	t.Helper()
	s, err := stamp.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func roots(t testing.TB, text []byte) *x509.CertPool {
	t.Helper()
	pool, err := stamp.Roots(text)
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

// TestOpenSSLSpeaksTheSame compares the request with that of OpenSSL 3.0 for the
// same text and nonce, and reads what its authorities answered.
func TestOpenSSLSpeaksTheSame(t *testing.T) {
	const nonce = 0x697BC9F65C620A06
	vector := sha256.Sum256(file(t, "openssl.txt"))
	if got, want := stamp.Request(vector, nonce), file(t, "openssl.tsq"); !bytes.Equal(got, want) {
		t.Errorf("request %x\nwant    %x", got, want)
	}
	for name, who := range map[string]string{"openssl.tsr": "Invented Time", "openssl-ec.tsr": "Invented Time EC"} {
		s := parse(t, file(t, name))
		if s.Sum != vector || !s.Answers(nonce) || s.Answers(nonce+1) || s.Authority != who || s.At.Truncate(time.Hour) != time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC) {
			t.Errorf("%s: %+v", name, s)
		}
		if !s.Trusted(roots(t, file(t, "openssl.pem"))) || s.Trusted(roots(t, honest.PEM())) {
			t.Errorf("%s: trusted by others than its root", name)
		}
	}
}

func TestAStampIsReadInEveryFormThatIsTaken(t *testing.T) {
	pss, p384 := stamptest.New(stamptest.RSA, stamptest.Leaf{}), stamptest.New(stamptest.P384, stamptest.Leaf{})
	for name, c := range map[string]struct {
		by     *stamptest.Authority
		change func(*stamptest.Answer)
	}{
		"ECDSA":                  {honest, func(*stamptest.Answer) {}},
		"with modifications":     {honest, func(s *stamptest.Answer) { s.Status = 1 }},
		"ECDSA with SHA-384":     {p384, func(s *stamptest.Answer) { s.Hash = crypto.SHA384 }},
		"ECDSA with SHA-512":     {p384, func(s *stamptest.Answer) { s.Hash = crypto.SHA512 }},
		"RSA":                    {pss, func(*stamptest.Answer) {}},
		"RSA with SHA-384":       {pss, func(s *stamptest.Answer) { s.Hash = crypto.SHA384 }},
		"RSA with SHA-512":       {pss, func(s *stamptest.Answer) { s.Hash = crypto.SHA512 }},
		"PSS":                    {pss, func(s *stamptest.Answer) { s.PSS = true }},
		"PSS with SHA-384":       {pss, func(s *stamptest.Answer) { s.PSS, s.Hash = true, crypto.SHA384 }},
		"PSS with SHA-512":       {pss, func(s *stamptest.Answer) { s.PSS, s.Hash = true, crypto.SHA512 }},
		"by the key":             {honest, func(s *stamptest.Answer) { s.ByKeyID = true }},
		"bound both ways":        {honest, func(s *stamptest.Answer) { s.V1 = true }},
		"bound the old way":      {honest, func(s *stamptest.Answer) { s.OnlyV1 = true }},
		"an extension":           {honest, func(s *stamptest.Answer) { s.Harmless = true }},
		"a fraction of a second": {honest, func(s *stamptest.Answer) { s.At = noon.Add(250 * time.Millisecond) }},
		"its certificate alone":  {honest, func(s *stamptest.Answer) { s.Enclosed = []*x509.Certificate{honest.Certificate} }},
	} {
		a := with(c.change)
		s, err := stamp.Parse(c.by.Say(a))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Sum != sum || !s.At.Equal(a.At) || !s.Answers(77) || s.Authority != "Invented Time" || !s.Trusted(roots(t, c.by.PEM())) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := parse(t, honest.Stamp(stamp.Request(sum, 5), noon)); !s.Answers(5) || s.Sum != sum {
		t.Errorf("to a request: %+v", s)
	}
	if s := parse(t, honest.Say(stamptest.Answer{Sum: sum, At: noon})); s.Nonce != nil || s.Answers(0) {
		t.Errorf("without a nonce: %+v", s)
	}
	if s := parse(t, stamptest.New(stamptest.P256, stamptest.Leaf{Name: "时间\x1b[2J\n\u202eTime"}).Say(answer())); s.Authority != "时间[2JTime" {
		t.Errorf("its name is %q", s.Authority)
	}
	if one, other := stamp.NewNonce(), stamp.NewNonce(); one == other || one < 0 || other < 0 {
		t.Error("nonces repeat, or are negative")
	}
}

func TestWhatIsNoStampIsRefusedByItsKind(t *testing.T) {
	stranger := stamptest.New(stamptest.P256, stamptest.Leaf{})
	good := honest.Say(answer())
	for name, c := range map[string]struct {
		answer []byte
		want   error
	}{
		"nothing":                    {nil, stamp.ErrForm},
		"a text":                     {text, stamp.ErrForm},
		"half":                       {good[:len(good)/2], stamp.ErrForm},
		"a byte too many":            {append(bytes.Clone(good), 0), stamp.ErrForm},
		"too large":                  {make([]byte, stamp.MaxSize+1), stamp.ErrForm},
		"a huge length":              {[]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 2, 1, 0}, stamp.ErrForm},
		"a length of 127 bytes":      {append([]byte{0x30, 0xff}, make([]byte, 200)...), stamp.ErrForm},
		"an indefinite length":       {append(append([]byte{0x30, 0x80}, good[4:]...), 0, 0), stamp.ErrForm},
		"a length too long":          {append([]byte{0x30, 0x83, 0}, good[2:]...), stamp.ErrForm},
		"a request":                  {stamp.Request(sum, 1), stamp.ErrForm},
		"a certificate":              {honest.Root.Raw, stamp.ErrForm},
		"a status alone":             {[]byte{0x30, 5, 0x30, 3, 2, 1, 0}, stamp.ErrForm},
		"a refusal":                  {honest.Say(stamptest.Answer{Status: 2}), stamp.ErrRefused},
		"a warning":                  {honest.Say(stamptest.Answer{Status: 4}), stamp.ErrRefused},
		"two signers":                {honest.Say(with(func(s *stamptest.Answer) { s.Signers = 2 })), stamp.ErrForm},
		"another content":            {honest.Say(with(func(s *stamptest.Answer) { s.Kind = []int{1, 2, 840, 113549, 1, 7, 1} })), stamp.ErrForm},
		"another version":            {honest.Say(with(func(s *stamptest.Answer) { s.Version = 2 })), stamp.ErrForm},
		"a time of a place":          {honest.Say(with(func(s *stamptest.Answer) { s.Time = "20261118120000+0800" })), stamp.ErrForm},
		"a time without seconds":     {honest.Say(with(func(s *stamptest.Answer) { s.Time = "202611181200Z" })), stamp.ErrForm},
		"a fraction with zeros":      {honest.Say(with(func(s *stamptest.Answer) { s.Time = "20261118120000.50Z" })), stamp.ErrForm},
		"a day that there is not":    {honest.Say(with(func(s *stamptest.Answer) { s.Time = "20260231120000Z" })), stamp.ErrForm},
		"what all must know":         {honest.Say(with(func(s *stamptest.Answer) { s.Critical = true })), stamp.ErrForm},
		"another digest":             {honest.Say(with(func(s *stamptest.Answer) { s.Digest = make([]byte, 32) })), stamp.ErrSignature},
		"a certificate of others":    {honest.Say(with(func(s *stamptest.Answer) { s.Enclosed = []*x509.Certificate{stranger.Certificate} })), stamp.ErrSignature},
		"no certificate of its own":  {honest.Say(with(func(s *stamptest.Answer) { s.Enclosed = []*x509.Certificate{honest.Root} })), stamp.ErrSignature},
		"bound to others":            {honest.Say(with(func(s *stamptest.Answer) { s.Bound = stranger.Certificate })), stamp.ErrSignature},
		"bound to others of old":     {honest.Say(with(func(s *stamptest.Answer) { s.Bound, s.OnlyV1 = stranger.Certificate, true })), stamp.ErrSignature},
		"bound to its root":          {honest.Say(with(func(s *stamptest.Answer) { s.Bound = honest.Root })), stamp.ErrSignature},
		"before the certificate":     {honest.Say(with(func(s *stamptest.Answer) { s.At = stamptest.From.Add(-time.Second) })), stamp.ErrCertificate},
		"after the certificate":      {honest.Say(with(func(s *stamptest.Answer) { s.At = stamptest.Until.Add(time.Second) })), stamp.ErrCertificate},
		"a certificate for all":      {stamptest.New(stamptest.P256, stamptest.Leaf{None: true}).Say(answer()), stamp.ErrCertificate},
		"one for code":               {stamptest.New(stamptest.P256, stamptest.Leaf{Other: true}).Say(answer()), stamp.ErrCertificate},
		"one for code, too":          {stamptest.New(stamptest.P256, stamptest.Leaf{Also: true}).Say(answer()), stamp.ErrCertificate},
		"one that need not be known": {stamptest.New(stamptest.P256, stamptest.Leaf{NotCritical: true}).Say(answer()), stamp.ErrCertificate},
		"a short key":                {stamptest.New(stamptest.ShortRSA, stamptest.Leaf{}).Say(answer()), stamp.ErrCertificate},
	} {
		if _, err := stamp.Parse(c.answer); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestNoPieceOfAStampIsAStamp cuts a good one at every byte.
func TestNoPieceOfAStampIsAStamp(t *testing.T) {
	good := honest.Say(answer())
	for n := range good {
		if _, err := stamp.Parse(good[:n]); err == nil {
			t.Errorf("%d of %d bytes are taken", n, len(good))
		}
	}
}

func TestRootsAreCertificates(t *testing.T) {
	for name, bad := range map[string][]byte{
		"nothing": nil, "a text": text, "a key": []byte("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"), "half": honest.PEM()[:200],
		"one that is none": []byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"),
	} {
		if _, err := stamp.Roots(bad); !errors.Is(err, stamp.ErrCertificate) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := stamptest.New(stamptest.RSA, stamptest.Leaf{})
	s := parse(t, honest.Say(answer()))
	if !s.Trusted(roots(t, append(other.PEM(), honest.PEM()...))) || s.Trusted(roots(t, other.PEM())) {
		t.Error("a stamp is trusted for another root, or not for its own")
	}
}

// same reports whether two stamps say the same.
func same(a, b *stamp.Stamp) bool {
	return a.Sum == b.Sum && a.At.Equal(b.At) && (a.Nonce == nil) == (b.Nonce == nil) && (a.Nonce == nil || a.Nonce.Cmp(b.Nonce) == 0) && a.Authority == b.Authority
}

// TestAThousandMutationsSayNothingElse changes bytes of stamps anywhere: each is
// refused, or says what it said.
func TestAThousandMutationsSayNothingElse(t *testing.T) {
	rsa := stamptest.New(stamptest.RSA, stamptest.Leaf{})
	stamps := [][]byte{honest.Say(answer()), rsa.Say(with(func(s *stamptest.Answer) { s.PSS, s.V1 = true, true })), file(t, "openssl.tsr"), file(t, "openssl-ec.tsr")}
	refused := 0
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 3))
		good := stamps[r.IntN(len(stamps))]
		bad := bytes.Clone(good)
		at := r.IntN(len(bad))
		switch r.IntN(4) {
		case 0:
			bad[at] ^= 1 << r.IntN(8)
		case 1:
			bad[at] += byte(1 + r.IntN(255))
		case 2:
			bad = append(bad[:at], bad[at+1:]...)
		case 3:
			bad = append(bad[:at], append([]byte{byte(r.Uint32())}, bad[at:]...)...)
		}
		s, err := stamp.Parse(bad)
		if err != nil {
			refused++
			continue
		}
		if !same(s, parse(t, good)) {
			t.Errorf("seed %d says %+v", seed, s)
		}
	}
	if refused < 700 { // the rest are in other certificates and in the answer's words
		t.Errorf("%d of 1,000 refused", refused)
	}
	t.Logf("%d of 1,000 refused", refused)
}
