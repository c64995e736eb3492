package stream

import "bytes"

// BOM is the byte order mark in UTF-8.
const BOM = "\xEF\xBB\xBF"

// The names of UTF-16 in its two byte orders.
const (
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// UTF16 names the UTF-16 encoding whose byte order mark starts the text, "" for none.
func UTF16(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return UTF16LE
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return UTF16BE
	}
	return ""
}
