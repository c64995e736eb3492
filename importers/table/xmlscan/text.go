package xmlscan

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf8"

	"kebu/importers/table/grid"
)

var (
	errEntity    = errors.New("undefined entity")
	errCharacter = errors.New("character that XML does not allow")
)

// AppendText appends the text of a token: entities replaced unless it is CDATA, line
// ends made LF (XML 1.0, 2.11).
func AppendText(dst, raw []byte, cdata bool) ([]byte, error) {
	if err := CheckText(raw); err != nil {
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

// CheckText refuses bytes that are not UTF-8 and characters outside XML 1.0, 2.2.
func CheckText(raw []byte) error {
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
	text, err := AppendText(nil, raw, false)
	return string(text), err
}

// AppendContent appends the text of the element just begun, without that of its children.
func (s *Scanner) AppendContent(dst []byte, limits grid.Limits) ([]byte, error) {
	base, start := s.Depth(), len(dst)
	for {
		t, err := s.Next(true)
		if err != nil {
			return dst, err
		}
		switch t {
		case Text:
			if dst, err = AppendText(dst, s.Text, s.CDATA); err != nil {
				return dst, err
			}
			if int64(len(dst)-start) > limits.CellBytes {
				return dst, &grid.LimitError{What: "bytes in a cell", Limit: limits.CellBytes}
			}
		case Start:
			if err := s.Skip(); err != nil {
				return dst, err
			}
		case End:
			if s.Depth() < base {
				return dst, nil
			}
		case EOF:
			return dst, errSyntax
		}
	}
}
