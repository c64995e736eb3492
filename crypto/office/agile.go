package office

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"io"
)

// Keys of the blocks that a password, or the key of the package, encrypts
// ([MS-OFFCRYPTO] 2.3.4.13, 2.3.4.14).
var (
	blockVerifierInput = []byte{0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79}
	blockVerifierValue = []byte{0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E}
	blockKeyValue      = []byte{0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6}
	blockHmacKey       = []byte{0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6}
	blockHmacValue     = []byte{0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33}
)

const passwordEncryptor = "http://schemas.microsoft.com/office/2006/keyEncryptor/password" //nolint:gosec // a name, no password

// agileInfo is the element encryption ([MS-OFFCRYPTO] 2.3.4.10).
type agileInfo struct {
	XMLName       xml.Name       `xml:"http://schemas.microsoft.com/office/2006/encryption encryption"`
	KeyData       agileParams    `xml:"keyData"`
	DataIntegrity agileIntegrity `xml:"dataIntegrity"`
	KeyEncryptors []keyEncryptor `xml:"keyEncryptors>keyEncryptor"`
}

type agileIntegrity struct {
	EncryptedHmacKey   base64Bytes `xml:"encryptedHmacKey,attr"`
	EncryptedHmacValue base64Bytes `xml:"encryptedHmacValue,attr"`
}

type keyEncryptor struct {
	URI          string       `xml:"uri,attr"`
	EncryptedKey encryptedKey `xml:"encryptedKey"`
}

// agileParams are what the key of the package and that of the password have alike.
type agileParams struct {
	SaltSize        int         `xml:"saltSize,attr"`
	BlockSize       int         `xml:"blockSize,attr"`
	KeyBits         int         `xml:"keyBits,attr"`
	HashSize        int         `xml:"hashSize,attr"`
	CipherAlgorithm string      `xml:"cipherAlgorithm,attr"`
	CipherChaining  string      `xml:"cipherChaining,attr"`
	HashAlgorithm   string      `xml:"hashAlgorithm,attr"`
	SaltValue       base64Bytes `xml:"saltValue,attr"`
}

type encryptedKey struct {
	SpinCount uint32 `xml:"spinCount,attr"`
	agileParams
	EncryptedVerifierHashInput base64Bytes `xml:"encryptedVerifierHashInput,attr"`
	EncryptedVerifierHashValue base64Bytes `xml:"encryptedVerifierHashValue,attr"`
	EncryptedKeyValue          base64Bytes `xml:"encryptedKeyValue,attr"`
}

type base64Bytes []byte

// UnmarshalText decodes b.
func (b *base64Bytes) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.AppendDecode(nil, text)
	return err
}

func parseAgile(text []byte) (*agileInfo, error) {
	a := &agileInfo{}
	if err := xml.NewDecoder(bytes.NewReader(text)).Decode(a); err != nil {
		return nil, errInfo
	}
	if err := a.KeyData.check(); err != nil {
		return nil, err
	}
	if len(a.DataIntegrity.EncryptedHmacKey)%blockBytes != 0 || len(a.DataIntegrity.EncryptedHmacValue)%blockBytes != 0 {
		return nil, errInfo
	}
	k, err := a.passwordKey()
	if err != nil {
		return nil, err
	}
	if err := k.check(); err != nil {
		return nil, err
	}
	if k.SpinCount > MaxSpinCount {
		return nil, fmt.Errorf("%w: more than %d hashes", ErrUnsupported, MaxSpinCount)
	}
	for _, b := range [][]byte{k.EncryptedVerifierHashInput, k.EncryptedVerifierHashValue, k.EncryptedKeyValue} {
		if len(b) == 0 || len(b)%blockBytes != 0 {
			return nil, errInfo
		}
	}
	if len(k.EncryptedKeyValue) < a.KeyData.KeyBits/8 {
		return nil, errInfo
	}
	return a, nil
}

// passwordKey is what a password opens; others are for certificates.
func (a *agileInfo) passwordKey() (*encryptedKey, error) {
	for i := range a.KeyEncryptors {
		if a.KeyEncryptors[i].URI == passwordEncryptor {
			return &a.KeyEncryptors[i].EncryptedKey, nil
		}
	}
	return nil, fmt.Errorf("%w: no password", ErrUnsupported)
}

func (p *agileParams) check() error {
	h, err := hashNamed(p.HashAlgorithm)
	switch {
	case err != nil:
		return err
	case p.CipherAlgorithm != "AES" || p.CipherChaining != "ChainingModeCBC":
		return fmt.Errorf("%w: cipher", ErrUnsupported)
	case p.KeyBits != 128 && p.KeyBits != 192 && p.KeyBits != 256,
		p.BlockSize != blockBytes, p.HashSize != h().Size(),
		p.SaltSize != len(p.SaltValue), len(p.SaltValue) == 0, len(p.SaltValue) > 1<<16:
		return errInfo
	}
	return nil
}

// hash is that of the parameters, which check has seen.
func (p *agileParams) hash() hash.Hash { return hashAlgorithms[p.HashAlgorithm]() }

// vector is the initialisation vector of a block, or of a segment by its number.
func (p *agileParams) vector(block []byte) []byte {
	return fitted(sum(p.hash(), p.SaltValue, block), blockBytes)
}

// unlock derives and checks the key ([MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.13).
func (a *agileInfo) unlock(password []byte) (*Key, error) {
	k, err := a.passwordKey()
	if err != nil {
		return nil, err
	}
	h := k.hash()
	digest := spun(h, k.SaltValue, password, k.SpinCount)
	open := func(block, data []byte) ([]byte, error) {
		return decryptCBC(fitted(sum(h, digest, block), k.KeyBits/8), fitted(k.SaltValue, blockBytes), data)
	}
	input, err := open(blockVerifierInput, k.EncryptedVerifierHashInput)
	if err != nil {
		return nil, err
	}
	value, err := open(blockVerifierValue, k.EncryptedVerifierHashValue)
	if err != nil {
		return nil, err
	}
	if len(input) < len(k.SaltValue) || len(value) < h.Size() {
		return nil, errInfo
	}
	if subtle.ConstantTimeCompare(sum(h, input[:len(k.SaltValue)]), value[:h.Size()]) != 1 {
		return nil, ErrPassword
	}
	key, err := open(blockKeyValue, k.EncryptedKeyValue)
	if err != nil {
		return nil, err
	}
	key = key[:a.KeyData.KeyBits/8]
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	mac, err := a.integrity(key)
	if err != nil {
		return nil, err
	}
	return &Key{cipher: &agileCipher{block, &a.KeyData}, integrity: mac}, nil
}

// integrity opens the key of the message authentication code and its value
// ([MS-OFFCRYPTO] 2.3.4.14).
func (a *agileInfo) integrity(key []byte) (*integrity, error) {
	p, d := &a.KeyData, &a.DataIntegrity
	macKey, err := decryptCBC(key, p.vector(blockHmacKey), d.EncryptedHmacKey)
	if err != nil {
		return nil, err
	}
	value, err := decryptCBC(key, p.vector(blockHmacValue), d.EncryptedHmacValue)
	if err != nil {
		return nil, err
	}
	if len(macKey) < p.HashSize || len(value) < p.HashSize {
		return nil, errInfo
	}
	return &integrity{p, macKey[:p.HashSize], value[:p.HashSize]}, nil
}

// integrity is the message authentication code of a package.
type integrity struct {
	params     *agileParams
	key, value []byte
}

// Verify checks that nobody without the password has changed the package. It reads
// all of it. A package in standard encryption has nothing to check.
func (k *Key) Verify(ctx context.Context, pkg io.ReaderAt, size int64) error {
	if k.integrity == nil {
		return nil
	}
	mac := hmac.New(hashAlgorithms[k.integrity.params.HashAlgorithm], k.integrity.key)
	buf := make([]byte, 128<<10)
	for off := int64(0); off < size; {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verify encrypted package: %w", err)
		}
		n, err := pkg.ReadAt(buf[:min(int64(len(buf)), size-off)], off)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("verify encrypted package: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("verify encrypted package: %w", io.ErrUnexpectedEOF)
		}
		mac.Write(buf[:n])
		off += int64(n)
	}
	if !hmac.Equal(mac.Sum(nil), k.integrity.value) {
		return ErrIntegrity
	}
	return nil
}

// agileCipher decrypts each segment as a chain of blocks ([MS-OFFCRYPTO] 2.3.4.15).
type agileCipher struct {
	block  cipher.Block
	params *agileParams
}

func (c *agileCipher) decryptSegment(n uint32, data []byte) {
	vector := c.params.vector(binary.LittleEndian.AppendUint32(nil, n))
	cipher.NewCBCDecrypter(c.block, vector).CryptBlocks(data, data)
}

// decryptCBC decrypts whole blocks.
func decryptCBC(key, vector, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	if len(data)%blockBytes != 0 {
		return nil, errInfo
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, vector).CryptBlocks(out, data)
	return out, nil
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }
