package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"

	"kebu/importers/table/stream"
)

// headBytes is how much of a file decides its kind.
const headBytes = 64 << 10

var magics = []struct {
	prefix string
	kind   Kind
}{
	{"PK\x03\x04", KindZip},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", KindXLS},
	{"%PDF-", KindPDF},
	{"\x89PNG\r\n\x1a\n", KindImage},
	{"\xFF\xD8\xFF", KindImage},
	{"GIF8", KindImage},
	{"II*\x00", KindImage},
	{"MM\x00*", KindImage},
	{"PK\x05\x06", KindZip}, // without entries
	{"\x1f\x8b", KindArchive},
	{"7z\xBC\xAF\x27\x1C", KindArchive},
	{"Rar!\x1a\x07", KindArchive},
	{"BZh", KindArchive},
	{"\xFD7zXZ\x00", KindArchive},
}

// sniff decides by the first bytes. A zip is KindZip whatever it holds, and an OLE
// file KindXLS: their directories tell more.
func sniff(head []byte) Kind {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	if bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:12]) == "WEBP" {
		return KindImage
	}
	if stream.UTF16(head) != "" {
		return KindText
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(stream.BOM)), " \t\r\n\f")
	if len(text) == 0 {
		return KindEmpty
	}
	if text[0] == '<' {
		if k := sniffMarkup(text); k != 0 {
			return k
		}
	}
	if isBinary(head) {
		return KindBinary
	}
	return KindText
}

func sniffMarkup(text []byte) Kind {
	start := bytes.ToLower(text[:min(len(text), 1024)])
	for _, tag := range []string{
		"<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div",
	} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return KindHTML
		}
	}
	if !bytes.HasPrefix(start, []byte("<?xml")) {
		return 0
	}
	if bytes.Contains(start, []byte("<html")) {
		return KindHTML
	}
	return KindXML
}

// isBinary says that more than one byte in 20 is a control character that text does
// not have. A few NUL bytes are dropped while reading; UTF-16 without a mark, half
// of whose bytes are NUL, is not read.
func isBinary(head []byte) bool {
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1A {
			odd++
		}
	}
	return odd > 4 && odd*20 > len(head)
}

// sniffOLE tells old workbooks from encrypted new ones by the names in the first
// sector chain of the directory ([MS-CFB] 2.2, 2.6). A file that does not even have
// these is an old Office document of some sort.
func sniffOLE(r io.ReaderAt, size int64, head []byte) Kind {
	const header, entry = 512, 128
	if len(head) < header {
		return KindOLE
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return KindOLE
	}
	sector := int64(1) << shift
	le := binary.LittleEndian
	next := func(n uint32) uint32 { // the sector that follows n, by the tables that the header lists
		perTable := uint32(sector / 4) //nolint:gosec // 128 or 1024
		if n/perTable >= 109 {
			return 0xFFFFFFFE
		}
		table := le.Uint32(head[76+4*(n/perTable):])
		var link [4]byte
		at := (int64(table)+1)*sector + 4*int64(n%perTable)
		if _, err := r.ReadAt(link[:], at); err != nil {
			return 0xFFFFFFFE
		}
		return le.Uint32(link[:])
	}
	kind, buf := KindOLE, make([]byte, sector)
	at := le.Uint32(head[48:])
	// Workbooks have some dozens of directory entries; a loop ends here too.
	for range 64 {
		off := (int64(at) + 1) * sector
		if at >= 0xFFFFFFFA || off >= size {
			break
		}
		if _, err := r.ReadAt(buf, off); err != nil && !errors.Is(err, io.EOF) {
			break
		}
		for e := 0; e+entry <= len(buf); e += entry {
			switch oleName(buf[e : e+64]) {
			case "EncryptedPackage":
				return KindEncrypted
			case "Workbook", "Book":
				kind = KindXLS
			}
		}
		at = next(at)
	}
	return kind
}

// oleName is a directory entry's name if it is ASCII, which those we ask for are.
func oleName(utf16 []byte) string {
	var name []byte
	for i := 0; i+1 < len(utf16) && utf16[i] != 0; i += 2 {
		if utf16[i+1] != 0 || utf16[i] >= utf8.RuneSelf {
			return ""
		}
		name = append(name, utf16[i])
	}
	return string(name)
}
