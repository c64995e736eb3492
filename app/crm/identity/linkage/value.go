package linkage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kebu/app/crm/pii"
)

// value is one value of a record, in the form in which it is compared.
type value struct {
	text     string
	written  string // of a name or a place
	key      uint64 // of text
	masked   bool
	features []feature // of a street
}

// fnv is FNV-1a of 64 bits.
func fnv(seed uint64, s string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset) ^ seed*0x9e3779b97f4a7c15
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

func newValue(text string, masked bool) value {
	return value{text: text, key: fnv(0, text), masked: masked}
}

// shown is the value as a person may read it.
func (v *value) shown() string {
	if v.written != "" {
		return v.written
	}
	return v.text
}

func isMaskSign(r rune) bool { return strings.ContainsRune("*○◯●◎•█■□", r) }

// plainMask writes the hidden characters of a masked value as asterisks.
func plainMask(s string) string {
	return strings.Map(func(r rune) rune {
		if isMaskSign(r) {
			return '*'
		}
		return r
	}, s)
}

// isEmptyWord reports whether s is what exports write for nothing.
func isEmptyWord(s string) bool {
	switch s {
	case "", "-", "--", "—", "——", "/", "null", "none", "n/a", "na", "nan", "无", "無", "未知", "unknown":
		return true
	}
	return false
}

// words folds a text and keeps letters and digits, one space between words,
// and accents off, as people leave them.
func words(s string) string {
	s = norm.NFD.String(pii.Fold(s))
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case r == '\'' || r == '’' || r == '`':
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			space = false
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String())
}

// nameValue is a given name or a surname.
func nameValue(s string) (value, bool) {
	if s = strings.TrimSpace(s); isEmptyWord(pii.Fold(s)) {
		return value{}, false
	}
	if pii.Masked(s) {
		s = plainMask(pii.Fold(s))
		return newValue(s, true), strings.Trim(s, "* ") != ""
	}
	v := newValue(strings.ReplaceAll(words(s), " ", ""), false)
	v.written = s
	return v, v.text != ""
}

// split makes given name and surname of a name: the surname stands first where
// names are written without spaces and before a comma, else last.
func (n Name) split() (given, surname string) {
	given, surname = n.Given.Reveal(), n.Surname.Reveal()
	full := strings.TrimSpace(norm.NFKC.String(n.Full.Reveal()))
	if full == "" || given != "" || surname != "" {
		return given, surname
	}
	if before, after, found := strings.Cut(full, ","); found {
		return after, before
	}
	if s := pii.Surname(full); s != "" {
		return strings.TrimPrefix(full, s), s
	}
	if i := strings.LastIndexAny(full, " \t"); i >= 0 {
		return full[:i], full[i+1:]
	}
	return "", full
}

// digitsOf returns the digits of s.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// phoneValue is a phone number as far as it is somebody's: a virtual number is
// nobody's.
func phoneValue(s string) (value, bool) {
	const shortest = 6 // digits of a number
	if pii.Masked(s) {
		s = plainMask(strings.ToLower(norm.NFKC.String(s)))
		s = strings.Map(func(r rune) rune {
			switch {
			case r == 'x' || r == '×' || r == '*':
				return '*'
			case '0' <= r && r <= '9':
				return r
			}
			return -1
		}, strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "+86"), "86-"))
		return newValue(s, true), strings.Trim(s, "*") != ""
	}
	if number, full := pii.Phone(s, ""); full {
		return newValue(strings.TrimPrefix(number[1:], "86"), false), true
	}
	if pii.VirtualMask(pii.MaskPhone(s)) {
		return value{}, false
	}
	digits := strings.TrimLeft(digitsOf(norm.NFKC.String(s)), "0")
	return newValue(digits, false), len(digits) >= shortest
}

// emailValue is an e-mail address as far as it is somebody's: that of a relay
// is nobody's.
func emailValue(s string) (value, bool) {
	if address, own := pii.Email(s); own {
		return newValue(address, false), true
	}
	s = plainMask(pii.Fold(strings.TrimSpace(s)))
	return newValue(s, true), pii.Masked(s) && strings.Contains(s, "@") && strings.Trim(s, "*@") != ""
}

// placeValue is a city, a district or a province.
func placeValue(s string) (value, bool) {
	if s = strings.TrimSpace(s); isEmptyWord(pii.Fold(s)) || pii.Masked(s) {
		return value{}, false
	}
	text := strings.ReplaceAll(words(s), " ", "")
	if letters := []rune(text); len(letters) > 2 && strings.ContainsRune("省市区县區縣", letters[len(letters)-1]) {
		text = string(letters[:len(letters)-1])
	}
	v := newValue(text, false)
	v.written = s
	return v, text != ""
}

// codeValue is a postcode or a number of a person.
func codeValue(s string) (value, bool) {
	if s = strings.TrimSpace(s); isEmptyWord(pii.Fold(s)) {
		return value{}, false
	}
	if pii.Masked(s) {
		s = plainMask(pii.Fold(s))
		return newValue(s, true), strings.Trim(s, "*") != ""
	}
	s = strings.ReplaceAll(words(s), " ", "")
	return newValue(s, false), s != ""
}

// nickValue is a screen name. A masked one tells nothing: so few letters are
// shown.
func nickValue(s string) (value, bool) {
	if isEmptyWord(pii.Fold(s)) || pii.Masked(s) {
		return value{}, false
	}
	return newValue(pii.Fold(strings.TrimSpace(s)), false), true
}

// birthValue is a day, as yyyymmdd where the parts can be told, else its digits.
func birthValue(s string) (value, bool) {
	if s = norm.NFKC.String(strings.TrimSpace(s)); pii.Masked(s) {
		return value{}, false
	}
	if i := strings.IndexAny(s, "T "); i >= 8 {
		s = s[:i] // the time of a day
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) == 3 && len(parts[0])+len(parts[1])+len(parts[2]) <= 8 {
		year, month, day := parts[0], parts[1], parts[2]
		if len(parts[2]) == 4 {
			year, month, day = parts[2], parts[1], parts[0]
			if month > "12" {
				month, day = day, month
			}
		}
		s = year + two(month) + two(day)
	}
	s = digitsOf(s)
	return newValue(s, false), len(s) >= 4
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// runes decodes at most the longest that are compared.
func runes(s string, into *[longest]rune) []rune {
	n := 0
	for _, r := range s {
		if n == longest {
			break
		}
		into[n] = r
		n++
	}
	return into[:n]
}
