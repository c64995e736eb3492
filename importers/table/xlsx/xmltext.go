package xlsx

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	errEntity    = errors.New("undefined entity")
	errCharacter = errors.New("character that XML does not allow")
)

// appendText appends the text of a token: entities replaced unless it is CDATA, line
// ends made LF (XML 1.0, 2.11).
func appendText(dst, raw []byte, cdata bool) ([]byte, error) {
	if err := checkText(raw); err != nil {
		return dst, err
	}
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		if raw = raw[i:]; raw[0] == '\r' {
			if raw = raw[1:]; len(raw) == 0 || raw[0] != '\n' {
				dst = append(dst, '\n')
			}
			continue
		}
		if cdata {
			dst, raw = append(dst, '&'), raw[1:]
			continue
		}
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return dst, errEntity
		}
		r, err := entity(string(raw[1:end]))
		if err != nil {
			return dst, err
		}
		dst, raw = utf8.AppendRune(dst, r), raw[end+1:]
	}
	return dst, nil
}

// checkText refuses bytes that are not UTF-8 and characters outside XML 1.0, 2.2.
func checkText(raw []byte) error {
	ascii := true
	for _, c := range raw {
		if c < 0x20 && !isSpace(c) {
			return errCharacter
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && (!utf8.Valid(raw) || bytes.Contains(raw, []byte("\uFFFE")) || bytes.Contains(raw, []byte("\uFFFF"))) {
		return errCharacter
	}
	return nil
}

func entity(name string) (rune, error) {
	switch name {
	case "amp":
		return '&', nil
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, errEntity
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	if err != nil {
		return 0, errEntity
	}
	r := rune(n)
	if !utf8.ValidRune(r) || r == 0xFFFE || r == 0xFFFF || r < 0x20 && !isSpace(byte(r)) {
		return 0, errCharacter
	}
	return r, nil
}

// attributeText is the value of an attribute with its entities replaced.
func attributeText(raw []byte) (string, error) {
	text, err := appendText(nil, raw, false)
	return string(text), err
}

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
