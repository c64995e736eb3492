package office

import (
	"bufio"
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// MaxContent bounds the bytes that Encrypt takes, 1 GiB: with room to spare for a
// compound file of version 3, which ends below 2 GiB ([MS-CFB] 2.9).
const MaxContent = 1 << 30

// ErrPasswordLength is a password that Encrypt does not take: an empty one, or one of
// more than 255 UTF-16 code units ([MS-OFFCRYPTO] 2.3.4.11).
var ErrPasswordLength = errors.New("office: password empty or too long")

var errContent = fmt.Errorf("office: size not from 0 to %d bytes", MaxContent)

const (
	encryptSpins = 100_000 // hashes of the password, as Excel writes
	keyBytes     = 32      // AES-256
)

// Encrypt reads size bytes from r, a workbook or any other file, and writes them to w
// as a file that opens with the password: agile encryption with AES-256 in CBC mode,
// SHA-512, 100,000 hashes and a message authentication code ([MS-OFFCRYPTO] 2.3.4.10
// to 2.3.4.15), in a compound file of version 3.
//
// It goes through the content once, holds less than 200 kB and writes nothing
// elsewhere. What w has got when it fails is no file.
//
// It fails with ErrPasswordLength for a password that is empty or too long, with an
// error for a size below 0 or above MaxContent, with io.ErrUnexpectedEOF if r ends too
// early, and with the error of ctx, r or w.
//
// The format hashes a password far less than Argon2id would: a short one can be found
// by trying.
func Encrypt(ctx context.Context, w io.Writer, r io.Reader, size int64, password string) error {
	e := encryptor{rand.Reader, encryptSpins}
	if err := e.encrypt(ctx, w, r, size, password); err != nil {
		return fmt.Errorf("encrypt workbook: %w", err)
	}
	return nil
}

// encryptor has what a test chooses.
type encryptor struct {
	random io.Reader
	spins  uint32
}

func (e encryptor) encrypt(ctx context.Context, w io.Writer, r io.Reader, size int64, password string) error {
	if size < 0 || size > MaxContent {
		return errContent
	}
	secret, ok := encoded(password)
	defer clear(secret)
	if !ok || len(secret) == 0 {
		return ErrPasswordLength
	}
	l, err := e.newLock(secret)
	if err != nil {
		return err
	}
	// A description is as long with the value of the code as without.
	c := newContainer(sizeBytes+padded(size), int64(len(l.info.description())))
	out := bufio.NewWriterSize(w, 64<<10)
	c.writeTables(out)

	// What is small goes into the mini stream, at the end: the description, which knows
	// the code, the data spaces, and a small package.
	var mini bytes.Buffer
	to, unit := io.Writer(out), int64(sectorBytes)
	if !c.large() {
		to, unit = &mini, miniSectorBytes
	}
	if err := l.seal(ctx, to, r, size); err != nil {
		return err
	}
	pad(to, c.entries[entryPackage].size, unit)
	streams := dataSpaces()
	streams[entryInfo] = l.info.description()
	for _, stream := range streams {
		mini.Write(stream)
		pad(&mini, int64(mini.Len()), miniSectorBytes)
	}
	pad(&mini, int64(mini.Len()), sectorBytes)
	if _, err := out.Write(mini.Bytes()); err != nil {
		return err
	}
	return out.Flush()
}

// lock is what is drawn for one file.
type lock struct {
	info   *agileInfo
	key    []byte // of the package
	macKey []byte
}

// newLock draws a lock that a password opens ([MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.14).
func (e encryptor) newLock(password []byte) (*lock, error) {
	var drawn [3*saltBytes + keyBytes + sha512.Size]byte
	if _, err := io.ReadFull(e.random, drawn[:]); err != nil {
		return nil, err
	}
	rest := drawn[:]
	draw := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	k := encryptedKey{SpinCount: e.spins, agileParams: newParams(draw(saltBytes))}
	l := &lock{info: &agileInfo{KeyData: newParams(draw(saltBytes))}}
	verifier := draw(saltBytes)
	l.key, l.macKey = draw(keyBytes), draw(sha512.Size)

	h := k.hash()
	digest := spun(h, k.SaltValue, password, k.SpinCount)
	var err error
	for _, part := range []struct {
		to          *base64Bytes
		block, data []byte
	}{
		{&k.EncryptedVerifierHashInput, blockVerifierInput, verifier},
		{&k.EncryptedVerifierHashValue, blockVerifierValue, sum(h, verifier)},
		{&k.EncryptedKeyValue, blockKeyValue, l.key},
	} {
		if *part.to, err = encryptCBC(fitted(sum(h, digest, part.block), keyBytes), k.SaltValue, part.data); err != nil {
			return nil, err
		}
	}
	l.info.KeyEncryptors = []keyEncryptor{{URI: passwordEncryptor, EncryptedKey: k}}
	return l, l.setIntegrity(make([]byte, sha512.Size))
}

func newParams(salt []byte) agileParams {
	return agileParams{
		SaltSize: saltBytes, BlockSize: blockBytes, KeyBits: 8 * keyBytes, HashSize: sha512.Size,
		CipherAlgorithm: "AES", CipherChaining: "ChainingModeCBC", HashAlgorithm: "SHA512", SaltValue: salt,
	}
}

// setIntegrity puts the message authentication code and its key into the description.
func (l *lock) setIntegrity(code []byte) error {
	p, d := &l.info.KeyData, &l.info.DataIntegrity
	var err error
	if d.EncryptedHmacKey, err = encryptCBC(l.key, p.vector(blockHmacKey), l.macKey); err != nil { //nolint:gosec // the vector is of a drawn salt
		return err
	}
	d.EncryptedHmacValue, err = encryptCBC(l.key, p.vector(blockHmacValue), code) //nolint:gosec // the same
	return err
}

// seal writes the stream EncryptedPackage and completes the description
// ([MS-OFFCRYPTO] 2.3.4.4, 2.3.4.14, 2.3.4.15). The last segment is filled with zeros
// to whole blocks.
func (l *lock) seal(ctx context.Context, w io.Writer, r io.Reader, size int64) error {
	block, err := aes.NewCipher(l.key)
	if err != nil {
		return err
	}
	mac := hmac.New(sha512.New, l.macKey)
	out := io.MultiWriter(w, mac)
	if _, err := out.Write(binary.LittleEndian.AppendUint64(nil, uint64(size))); err != nil { //nolint:gosec // not below 0
		return err
	}
	p := &l.info.KeyData
	h := p.hash()
	var buf [segmentBytes]byte
	defer clear(buf[:])
	for n := uint32(0); size > 0; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := buf[:min(size, segmentBytes)]
		if _, err := io.ReadFull(r, part); errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		} else if err != nil {
			return err
		}
		size -= int64(len(part))
		data := buf[:padded(int64(len(part)))]
		clear(data[len(part):])
		vector := fitted(sum(h, p.SaltValue, binary.LittleEndian.AppendUint32(nil, n)), blockBytes)
		cipher.NewCBCEncrypter(block, vector).CryptBlocks(data, data) //nolint:gosec // the same
		if _, err := out.Write(data); err != nil {
			return err
		}
	}
	return l.setIntegrity(mac.Sum(nil))
}

// description is the stream EncryptionInfo ([MS-OFFCRYPTO] 2.3.4.10). The prefixes and
// the order are those of the files of other programs.
func (a *agileInfo) description() []byte {
	const (
		version = 4 | 4<<16
		flags   = 0x40 // agile
		xmlns   = "http://schemas.microsoft.com/office/2006/"
	)
	k := &a.KeyEncryptors[0].EncryptedKey
	b := appendNumbers(nil, version, flags)
	b = fmt.Appendf(b, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\r\n"+
		`<encryption xmlns="%sencryption" xmlns:p="%s" xmlns:c="%[1]skeyEncryptor/certificate">`, xmlns, passwordEncryptor)
	b = fmt.Appendf(b, `<keyData %s/>`, a.KeyData.attributes())
	b = fmt.Appendf(b, `<dataIntegrity encryptedHmacKey="%s" encryptedHmacValue="%s"/>`,
		a.DataIntegrity.EncryptedHmacKey.text(), a.DataIntegrity.EncryptedHmacValue.text())
	b = fmt.Appendf(b, `<keyEncryptors><keyEncryptor uri="%s"><p:encryptedKey spinCount="%d" %s`,
		passwordEncryptor, k.SpinCount, k.attributes())
	return fmt.Appendf(b, ` encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`,
		k.EncryptedVerifierHashInput.text(), k.EncryptedVerifierHashValue.text(), k.EncryptedKeyValue.text())
}

func (p *agileParams) attributes() string {
	return fmt.Sprintf(`saltSize="%d" blockSize="%d" keyBits="%d" hashSize="%d" cipherAlgorithm="%s" cipherChaining="%s" hashAlgorithm="%s" saltValue="%s"`,
		p.SaltSize, p.BlockSize, p.KeyBits, p.HashSize, p.CipherAlgorithm, p.CipherChaining, p.HashAlgorithm, p.SaltValue.text())
}

func (b base64Bytes) text() string { return base64.StdEncoding.EncodeToString(b) }

// encryptCBC encrypts whole blocks.
func encryptCBC(key, vector, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(data))
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(out, data)
	return out, nil
}
