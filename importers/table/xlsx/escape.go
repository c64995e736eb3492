package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// unescape replaces in place the _xHHHH_ by which workbooks write the UTF-16 code
// units that XML cannot hold (ECMA-376 part 1, 22.9.2.19) and returns the shorter
// text. Half of a pair becomes U+FFFD.
func unescape(text []byte) []byte {
	i := bytes.Index(text, []byte("_x"))
	if i < 0 {
		return text
	}
	out := text[:i]
	for text = text[i:]; len(text) > 0; {
		unit, ok := escaped(text)
		if !ok {
			n := 1 + bytes.IndexByte(text[1:], '_')
			if n == 0 {
				n = len(text)
			}
			out, text = append(out, text[:n]...), text[n:]
			continue
		}
		text = text[escapeBytes:]
		r := unit
		if utf16.IsSurrogate(unit) {
			r = utf8.RuneError
			if second, ok := escaped(text); ok {
				if pair := utf16.DecodeRune(unit, second); pair != utf8.RuneError {
					r, text = pair, text[escapeBytes:]
				}
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

const escapeBytes = len("_x000D_")

// escaped returns the code unit that an escape at the start of text stands for.
func escaped(text []byte) (rune, bool) {
	if len(text) < escapeBytes || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}
