package table

import (
	"bytes"

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
		if k := sniffMarkup(bytes.ReplaceAll(head[2:min(len(head), 8192)], []byte{0}, nil)); k == KindHTML || k == KindXMLSheet {
			return k
		}
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
	start := bytes.ToLower(text[:min(len(text), 4096)])
	if isXMLSheet(start) {
		return KindXMLSheet
	}
	if bytes.HasPrefix(start, []byte("<!--")) && bytes.Contains(start, []byte("<table")) {
		return KindHTML
	}
	for _, tag := range []string{
		"<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div", "<center", "<tr", "<thead", "<tbody", "<title",
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

// isXMLSheet says that the root element, whatever its prefix, is a workbook, and that
// it or what stands before it names the program's form.
func isXMLSheet(start []byte) bool {
	rest := start
	for bytes.HasPrefix(rest, []byte("<?")) || bytes.HasPrefix(rest, []byte("<!")) {
		end := ">"
		if bytes.HasPrefix(rest, []byte("<!--")) {
			end = "-->"
		}
		i := bytes.Index(rest, []byte(end))
		if i < 0 {
			return false
		}
		rest = bytes.TrimLeft(rest[i+len(end):], " \t\r\n")
	}
	tag, _, _ := bytes.Cut(rest, []byte(">"))
	name := bytes.TrimPrefix(tag, []byte("<"))
	if i := bytes.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	return string(name[bytes.IndexByte(name, ':')+1:]) == "workbook" &&
		(bytes.Contains(tag, []byte("urn:schemas-microsoft-com:office:spreadsheet")) ||
			bytes.Contains(start[:len(start)-len(rest)], []byte("excel.sheet")))
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
