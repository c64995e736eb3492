// Package office opens and makes Office files that are locked with a password. It
// opens the agile and the standard encryption of [MS-OFFCRYPTO] 2.3.4, as Excel 2007
// and later, WPS and LibreOffice write them; [Encrypt] makes agile encryption.
//
// Both keep the whole file, a zip archive, in one encrypted stream of a compound
// file beside a description, the streams EncryptedPackage and EncryptionInfo. For
// opening, this package is given the two streams; finding them is the caller's work.
// [Encrypt] writes the compound file ([MS-CFB]) as well. Agile
// encryption has a message authentication code, which [Key.Verify] checks; standard
// encryption has none, and what is read may have been changed by anyone.
//
// The names are those of the specification. How strong a lock is depends on the
// program that made it and on the password: nothing here is for locking a book.
package office

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
)

// Errors of this package; what else fails is a malformed description.
var (
	ErrPassword    = errors.New("office: wrong password")
	ErrUnsupported = errors.New("office: encryption of another sort")
	ErrIntegrity   = errors.New("office: encrypted package was changed")
)

var errInfo = errors.New("office: malformed EncryptionInfo")

// Bounds of what a file may ask for.
const (
	// MaxInfo bounds the bytes of EncryptionInfo: certificates of readers make it
	// some kilobytes.
	MaxInfo = 1 << 20
	// MaxSpinCount bounds the hashes of one attempt, about 2 seconds: Excel asks for
	// 100,000, and the specification allows 10,000,000.
	MaxSpinCount = 2_000_000
	// maxPassword is in UTF-16 code units ([MS-OFFCRYPTO] 2.3.4.11).
	maxPassword = 255
)

// Info is a parsed EncryptionInfo.
type Info struct {
	agile    *agileInfo
	standard *standardInfo
}

// Key opens one package.
type Key struct {
	cipher    segmentCipher
	integrity *integrity // of agile encryption
}

// segmentCipher decrypts the segments of a package in place. It may be used from
// several goroutines.
type segmentCipher interface {
	decryptSegment(n uint32, data []byte)
}

// ParseInfo reads the stream EncryptionInfo ([MS-OFFCRYPTO] 2.3.4.5, 2.3.4.10).
func ParseInfo(info []byte) (*Info, error) {
	if len(info) < 8 || len(info) > MaxInfo {
		return nil, errInfo
	}
	le := binary.LittleEndian
	major, minor, flags := le.Uint16(info), le.Uint16(info[2:]), le.Uint32(info[4:])
	switch {
	case major == 4 && minor == 4:
		a, err := parseAgile(info[8:])
		return &Info{agile: a}, err
	case minor == 2 && major >= 2 && major <= 4:
		s, err := parseStandard(flags, info[8:])
		return &Info{standard: s}, err
	}
	return nil, fmt.Errorf("%w: version %d.%d", ErrUnsupported, major, minor)
}

// Unlock derives the key of the package from a password. It takes the time that the
// file asks for, some 50 ms with Excel's, and fails with ErrPassword for a wrong one.
func (i *Info) Unlock(password string) (*Key, error) {
	secret, ok := encoded(password)
	if !ok {
		return nil, ErrPassword
	}
	defer clear(secret)
	if i.agile != nil {
		return i.agile.unlock(secret)
	}
	return i.standard.unlock(secret)
}

// encoded is a password in UTF-16, little-endian, and whether it is short enough.
func encoded(password string) ([]byte, bool) {
	units := utf16.Encode([]rune(password))
	if len(units) > maxPassword {
		return nil, false
	}
	secret := make([]byte, 0, 2*len(units))
	for _, u := range units {
		secret = binary.LittleEndian.AppendUint16(secret, u)
	}
	return secret, true
}

// segmentBytes is what agile encryption encrypts at a time.
const segmentBytes = 4096

// sizeBytes stand at the start of a package and say how long its content is.
const sizeBytes = 8

// Package is the content of an encrypted package.
type Package struct {
	cipher segmentCipher
	src    io.ReaderAt // behind the size
	size   int64
}

// Open gives the content of the stream EncryptedPackage of so many bytes. Nothing is
// read ahead, and nothing is kept.
func (k *Key) Open(pkg io.ReaderAt, bytes int64) (*Package, error) {
	var head [sizeBytes]byte
	if _, err := pkg.ReadAt(head[:], 0); err != nil {
		return nil, fmt.Errorf("read encrypted package: %w", err)
	}
	size := binary.LittleEndian.Uint64(head[:])
	if bytes < sizeBytes || size > uint64(bytes-sizeBytes) {
		return nil, fmt.Errorf("read encrypted package: %w", io.ErrUnexpectedEOF)
	}
	return &Package{k.cipher, io.NewSectionReader(pkg, sizeBytes, bytes-sizeBytes), int64(size)}, nil //nolint:gosec // at most bytes
}

// Size is the length of the content in bytes.
func (p *Package) Size() int64 { return p.size }

// ReadAt reads content. It may be called from several goroutines if the stream may.
func (p *Package) ReadAt(to []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("office: negative offset")
	}
	const most = 16 * segmentBytes
	var buf [most]byte
	n := 0
	for n < len(to) && off < p.size {
		first := off / segmentBytes
		start := first * segmentBytes
		want := min(int64(most), padded(min(p.size, off+int64(len(to)-n)))-start)
		data := buf[:(want+segmentBytes-1)/segmentBytes*segmentBytes]
		got, err := p.src.ReadAt(data, start)
		if err != nil && !errors.Is(err, io.EOF) {
			return n, fmt.Errorf("read encrypted package: %w", err)
		}
		data = data[:got/blockBytes*blockBytes]
		if int64(len(data)) <= off-start {
			return n, fmt.Errorf("read encrypted package: %w", io.ErrUnexpectedEOF)
		}
		for at := 0; at < len(data); at += segmentBytes {
			//nolint:gosec // 2^32 segments are 16 TiB
			p.cipher.decryptSegment(uint32(first)+uint32(at/segmentBytes), data[at:min(at+segmentBytes, len(data))])
		}
		c := copy(to[n:], data[off-start:min(int64(len(data)), p.size-start)])
		n, off = n+c, off+int64(c)
	}
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

// blockBytes is the block of AES, the only cipher.
const blockBytes = 16

// padded is n made a multiple of the block.
func padded(n int64) int64 { return (n + blockBytes - 1) / blockBytes * blockBytes }
