package office

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1" //nolint:gosec // what the files use
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// standardInfo is EncryptionHeader and EncryptionVerifier ([MS-OFFCRYPTO] 2.3.2, 2.3.3)
// of standard encryption.
type standardInfo struct {
	keyBytes              int
	salt                  []byte
	encryptedVerifier     []byte
	encryptedVerifierHash []byte
}

const (
	flagCryptoAPI = 0x04
	flagAES       = 0x20
	algorithmSHA1 = 0x8004

	standardSpins = 50_000 // [MS-OFFCRYPTO] 2.3.4.7
	saltBytes     = 16
)

// standardCiphers are the values of AlgID with their key sizes in bits.
var standardCiphers = map[uint32]uint32{0x660E: 128, 0x660F: 192, 0x6610: 256}

func parseStandard(flags uint32, info []byte) (*standardInfo, error) {
	if flags&flagAES == 0 || flags&flagCryptoAPI == 0 {
		return nil, fmt.Errorf("%w: cipher", ErrUnsupported)
	}
	const fixed = 8 * 4 // of the header: its name follows
	le := binary.LittleEndian
	if len(info) < 4 {
		return nil, errInfo
	}
	size := le.Uint32(info)
	if info = info[4:]; size < fixed || uint64(size) > uint64(len(info)) {
		return nil, errInfo
	}
	header, verifier := info[:size], info[size:]
	bits, ok := standardCiphers[le.Uint32(header[8:])]
	if algorithm := le.Uint32(header[12:]); !ok || algorithm != algorithmSHA1 && algorithm != 0 {
		return nil, fmt.Errorf("%w: cipher", ErrUnsupported)
	}
	if stated := le.Uint32(header[16:]); stated != bits && stated != 0 {
		return nil, errInfo
	}
	const hash = 4 + saltBytes + blockBytes + 4 // where the verifier's hash begins
	if len(verifier) < hash+2*blockBytes || le.Uint32(verifier) != saltBytes || le.Uint32(verifier[hash-4:]) != sha1.Size {
		return nil, errInfo
	}
	return &standardInfo{
		keyBytes:              int(bits / 8),
		salt:                  verifier[4:20],
		encryptedVerifier:     verifier[20:36],
		encryptedVerifierHash: verifier[hash : hash+2*blockBytes],
	}, nil
}

// unlock derives and checks the key ([MS-OFFCRYPTO] 2.3.4.7, 2.3.4.9).
func (s *standardInfo) unlock(password []byte) (*Key, error) {
	h := sha1.New() //nolint:gosec // what the files use
	digest := sum(h, spun(h, s.salt, password, standardSpins), make([]byte, 4))
	var key []byte
	for _, pad := range []byte{0x36, 0x5C} {
		block := make([]byte, 64)
		for i := range block {
			block[i] = pad
		}
		subtle.XORBytes(block, block, digest)
		key = append(key, sum(h, block)...)
	}
	block, err := aes.NewCipher(key[:s.keyBytes])
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	c := &standardCipher{block}
	verifier, hash := clone(s.encryptedVerifier), clone(s.encryptedVerifierHash)
	c.decryptSegment(0, verifier)
	c.decryptSegment(0, hash)
	if subtle.ConstantTimeCompare(sum(h, verifier), hash[:h.Size()]) != 1 {
		return nil, ErrPassword
	}
	return &Key{cipher: c}, nil
}

// standardCipher decrypts each block by itself.
type standardCipher struct{ block cipher.Block }

func (c *standardCipher) decryptSegment(_ uint32, data []byte) {
	for len(data) >= blockBytes {
		c.block.Decrypt(data, data)
		data = data[blockBytes:]
	}
}
