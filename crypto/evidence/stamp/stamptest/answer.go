package stamptest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // what is named by it is tried, too
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// Answer is what an authority says. The zero value but for Sum and At is a good one.
type Answer struct {
	Sum   [sha256.Size]byte
	At    time.Time
	Nonce *big.Int // nil: none

	Status   int         // 0: granted
	Hash     crypto.Hash // 0: SHA-256
	PSS      bool
	ByKeyID  bool // names its certificate by the key, not by the issuer
	V1       bool // names its certificate the old way, too
	OnlyV1   bool // and no other
	Critical bool // has an extension that all must know
	Harmless bool // has one that nobody must
	Signers  int  // 0: one

	Bound    *x509.Certificate   // that the signature names; nil: the right one
	Enclosed []*x509.Certificate // nil: the right one and the root
	Version  int                 // of the TSTInfo; 0: 1
	Time     string              // of the TSTInfo; "": At
	Digest   []byte              // nil: the right one
	Kind     asn1.ObjectIdentifier
}

// Stamp answers a request at a time.
func (a *Authority) Stamp(request []byte, at time.Time) []byte {
	var r struct {
		Version int
		Imprint imprint
		Nonce   *big.Int `asn1:"optional"`
		CertReq bool     `asn1:"optional"`
	}
	rest, err := asn1.Unmarshal(request, &r)
	if err != nil || len(rest) > 0 || !r.CertReq || r.Version != 1 {
		panic("stamptest: this is no request")
	}
	return a.Say(Answer{Sum: [sha256.Size]byte(r.Imprint.Sum), At: at, Nonce: r.Nonce})
}

type imprint struct {
	Hash pkix.AlgorithmIdentifier
	Sum  []byte
}

type info struct {
	Version    int
	Policy     asn1.ObjectIdentifier
	Imprint    imprint
	Serial     int
	At         asn1.RawValue
	Nonce      *big.Int         `asn1:"optional"`
	Extensions []pkix.Extension `asn1:"optional,tag:1"`
}

type signer struct {
	Version    int
	Who        asn1.RawValue
	Hash       pkix.AlgorithmIdentifier
	Attributes asn1.RawValue
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
}

type attribute struct {
	Kind   asn1.ObjectIdentifier
	Values []any `asn1:"set"`
}

type issuerSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

// namedIssuer is how the attribute has it: among general names.
type namedIssuer struct {
	Names  []asn1.RawValue
	Serial *big.Int
}

type certID struct {
	Sum    []byte
	Issuer namedIssuer
}

type certIDv2 struct {
	Hash   pkix.AlgorithmIdentifier
	Sum    []byte
	Issuer namedIssuer
}

var (
	oidSigned  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidInfo    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidPolicy  = asn1.ObjectIdentifier{1, 2, 3, 4, 1}
	oidUnknown = asn1.ObjectIdentifier{1, 2, 3, 4, 5}
	null       = asn1.RawValue{Tag: asn1.TagNull}
)

var hashOIDs = map[crypto.Hash]asn1.ObjectIdentifier{
	crypto.SHA256: {2, 16, 840, 1, 101, 3, 4, 2, 1}, crypto.SHA384: {2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA512: {2, 16, 840, 1, 101, 3, 4, 2, 3},
}

// Say makes an answer.
func (a *Authority) Say(s Answer) []byte {
	if s.Status > 1 {
		return must(asn1.Marshal(struct{ Info struct{ Status int } }{struct{ Status int }{s.Status}}))
	}
	content := a.info(&s)
	kind := oidInfo
	if s.Kind != nil {
		kind = s.Kind
	}
	enclosed := s.Enclosed
	if enclosed == nil {
		enclosed = []*x509.Certificate{a.Root, a.Certificate}
	}
	var certificates []byte
	for _, c := range enclosed {
		certificates = append(certificates, c.Raw...)
	}
	signers := []signer{a.sign(&s, content)}
	for len(signers) < s.Signers {
		signers = append(signers, signers[0])
	}
	hash := s.Hash
	if hash == 0 {
		hash = crypto.SHA256
	}
	data := must(asn1.Marshal(struct {
		Version int
		Hashes  []pkix.AlgorithmIdentifier `asn1:"set"`
		Content struct {
			Kind  asn1.ObjectIdentifier
			Bytes []byte `asn1:"explicit,tag:0"`
		}
		Certificates asn1.RawValue
		Signers      []signer `asn1:"set"`
	}{3, []pkix.AlgorithmIdentifier{{Algorithm: hashOIDs[hash]}}, struct {
		Kind  asn1.ObjectIdentifier
		Bytes []byte `asn1:"explicit,tag:0"`
	}{kind, content}, context(0, certificates), signers}))
	return must(asn1.Marshal(struct {
		Info  struct{ Status int }
		Token struct {
			Kind asn1.ObjectIdentifier
			Data asn1.RawValue
		}
	}{struct{ Status int }{s.Status}, struct {
		Kind asn1.ObjectIdentifier
		Data asn1.RawValue
	}{oidSigned, context(0, data)}}))
}

// context is what has parts under a tag of the context.
func context(tag int, content []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: content}
}

func (a *Authority) info(s *Answer) []byte {
	i := info{
		Version: 1, Policy: oidPolicy, Imprint: imprint{pkix.AlgorithmIdentifier{Algorithm: hashOIDs[crypto.SHA256], Parameters: null}, s.Sum[:]}, Serial: 7,
		At: asn1.RawValue{Tag: asn1.TagGeneralizedTime, Bytes: []byte(s.At.UTC().Format("20060102150405.999Z"))}, Nonce: s.Nonce,
	}
	if s.Version != 0 {
		i.Version = s.Version
	}
	if s.Time != "" {
		i.At.Bytes = []byte(s.Time)
	}
	if s.Critical || s.Harmless {
		i.Extensions = []pkix.Extension{{Id: oidUnknown, Critical: s.Critical, Value: []byte{5, 0}}}
	}
	return must(asn1.Marshal(i))
}

func (a *Authority) sign(s *Answer, content []byte) signer {
	hash := s.Hash
	if hash == 0 {
		hash = crypto.SHA256
	}
	digest := s.Digest
	if digest == nil {
		digest = sum(hash, content)
	}
	bound := s.Bound
	if bound == nil {
		bound = a.Certificate
	}
	issuer := namedIssuer{[]asn1.RawValue{context(4, bound.RawIssuer)}, bound.SerialNumber}
	attributes := []attribute{{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}, []any{oidInfo}}, {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}, []any{digest}}}
	if s.V1 || s.OnlyV1 {
		old := sha1.Sum(bound.Raw) //nolint:gosec // as above
		attributes = append(attributes, attribute{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}, []any{struct{ IDs []certID }{[]certID{{old[:], issuer}}}}})
	}
	if !s.OnlyV1 {
		id := certIDv2{pkix.AlgorithmIdentifier{Algorithm: hashOIDs[crypto.SHA512]}, sum(crypto.SHA512, bound.Raw), issuer}
		attributes = append(attributes, attribute{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}, []any{struct{ IDs []certIDv2 }{[]certIDv2{id}}}})
	}
	set := must(asn1.MarshalWithParams(attributes, "set"))
	var out asn1.RawValue
	must(asn1.Unmarshal(set, &out))
	si := signer{Version: 1, Hash: pkix.AlgorithmIdentifier{Algorithm: hashOIDs[hash], Parameters: null}, Attributes: context(0, out.Bytes)}
	si.Who.FullBytes = must(asn1.Marshal(issuerSerial{asn1.RawValue{FullBytes: a.Certificate.RawIssuer}, a.Certificate.SerialNumber}))
	if s.ByKeyID {
		si.Version, si.Who = 3, asn1.RawValue{Class: asn1.ClassContextSpecific, Bytes: a.Certificate.SubjectKeyId}
	}
	var options crypto.SignerOpts = hash
	si.Algorithm = algorithm(a.key, hash)
	if s.PSS {
		options = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
		si.Algorithm = pss(hash)
	}
	si.Signature = must(a.key.Sign(rand.Reader, sum(hash, set), options))
	return si
}

func sum(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

func algorithm(key crypto.Signer, hash crypto.Hash) pkix.AlgorithmIdentifier {
	if _, ok := key.(*rsa.PrivateKey); ok {
		return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}, Parameters: null}
	}
	last := map[crypto.Hash]int{crypto.SHA256: 2, crypto.SHA384: 3, crypto.SHA512: 4}[hash]
	return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, last}}
}

func pss(hash crypto.Hash) pkix.AlgorithmIdentifier {
	h := pkix.AlgorithmIdentifier{Algorithm: hashOIDs[hash], Parameters: null}
	mgf := pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}, Parameters: asn1.RawValue{FullBytes: must(asn1.Marshal(h))}}
	parameters := must(asn1.Marshal(struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,tag:0"`
		MGF  pkix.AlgorithmIdentifier `asn1:"explicit,tag:1"`
		Salt int                      `asn1:"explicit,tag:2"`
	}{h, mgf, hash.Size()}))
	return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}, Parameters: asn1.RawValue{FullBytes: parameters}}
}
