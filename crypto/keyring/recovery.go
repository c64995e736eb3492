package keyring

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A recovery code is 13 groups of 5 symbols: 4 bits of version and 256 bits of
// seed, then in each group a check symbol.
const (
	RecoveryGroups = 13
	groupSize      = 5
	dataSize       = groupSize - 1
	codeVersion    = 1
)

// symbols are Crockford's base 32: no I, L, O or U.
const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ErrRecoveryText is what a [RecoveryTextError] is.
var ErrRecoveryText = errors.New("not a recovery code")

// RecoveryTextError says which group of a recovery code is mistyped.
type RecoveryTextError struct {
	Group int // 1 to 13; 0 if the number of symbols is wrong
}

// Error names the group.
func (e *RecoveryTextError) Error() string {
	if e.Group == 0 {
		return "recovery code does not have 65 symbols"
	}
	return fmt.Sprintf("recovery code: group %d is mistyped", e.Group)
}

// Unwrap returns ErrRecoveryText.
func (*RecoveryTextError) Unwrap() error { return ErrRecoveryText }

// RecoveryCode opens a book without a passphrase. It exists on paper only, and
// prints as a placeholder. The zero value is no code.
type RecoveryCode struct{ seed [32]byte }

// NewRecoveryCode returns a random code.
func NewRecoveryCode() RecoveryCode {
	var c RecoveryCode
	_, _ = rand.Read(c.seed[:]) // never fails
	return c
}

// Empty reports whether c is the zero value.
func (c RecoveryCode) Empty() bool { return c == RecoveryCode{} }

// Groups returns the groups to print, in order.
func (c RecoveryCode) Groups() [RecoveryGroups]string {
	var groups [RecoveryGroups]string
	bits, n := uint(codeVersion), 4
	rest := c.seed[:]
	for g := range groups {
		var data [dataSize]byte
		for i := range data {
			for n < 5 {
				bits, n = bits<<8|uint(rest[0]), n+8
				rest = rest[1:]
			}
			n -= 5
			data[i] = byte(bits >> n & 31)
		}
		groups[g] = spell(data, g)
	}
	return groups
}

// Reveal returns the code as text: the groups with dashes between.
func (c RecoveryCode) Reveal() string {
	groups := c.Groups()
	return strings.Join(groups[:], "-")
}

// Format prints a placeholder for every verb.
func (RecoveryCode) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// ParseRecoveryCode reads a code as typed: in any case, with spaces, dashes and
// line breaks anywhere or nowhere, full-width or not, O for 0 and I or L for 1.
// It returns a *RecoveryTextError; any wrong symbol, any two exchanged symbols
// of a group and any two exchanged groups are found.
func ParseRecoveryCode(text string) (RecoveryCode, error) {
	typed := clean(text)
	if len(typed) != RecoveryGroups*groupSize {
		return RecoveryCode{}, &RecoveryTextError{}
	}
	var c RecoveryCode
	out := c.seed[:0]
	bits, n := uint(0), -4 // the version comes before the seed
	for g := range RecoveryGroups {
		group := typed[g*groupSize:][:groupSize]
		data, ok := read(group, g)
		if !ok {
			return RecoveryCode{}, &RecoveryTextError{g + 1}
		}
		for _, d := range data {
			bits, n = bits<<5|uint(d), n+5
			if n >= 8 {
				n -= 8
				out = append(out, byte(bits>>n&0xff))
			}
		}
		if g == 0 && bits>>16 != codeVersion {
			return RecoveryCode{}, &RecoveryTextError{1}
		}
	}
	return c, nil
}

// CheckRecoveryGroup reports whether text can be group n, from 1, of some code.
func CheckRecoveryGroup(n int, text string) bool {
	if n < 1 || n > RecoveryGroups {
		return false
	}
	typed := clean(text)
	if len(typed) != groupSize {
		return false
	}
	_, ok := read(typed, n-1)
	return ok
}

// SameRecoveryGroup reports whether text is group n, from 1, of a code.
func SameRecoveryGroup(c RecoveryCode, n int, text string) bool {
	return n >= 1 && n <= RecoveryGroups && clean(text) == c.Groups()[n-1]
}

// clean returns the symbols of text in their one form; what is no symbol and
// no separator becomes '?'.
func clean(text string) string {
	if len(text) > 4096 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '\u2212' || unicode.Is(unicode.Cf, r):
			return -1
		case r > unicode.MaxASCII || !strings.ContainsRune(symbols, r):
			return '?'
		default:
			return r
		}
	}, norm.NFKC.String(text))
}

func spell(data [dataSize]byte, group int) string {
	var b [groupSize]byte
	for i, d := range data {
		b[i] = symbols[d]
	}
	b[dataSize] = symbols[checkSymbol(data, group)]
	return string(b[:])
}

func read(group string, g int) (data [dataSize]byte, ok bool) {
	for i := range data {
		d := strings.IndexByte(symbols, group[i])
		if d < 0 {
			return data, false
		}
		data[i] = byte(d & 31)
	}
	return data, group[dataSize] == symbols[checkSymbol(data, g)]
}

// checkSymbol returns g + x·d0 + x²·d1 + x³·d2 + x⁴·d3 in the field of 32
// elements. The weights differ and none is zero, so that one wrong symbol or
// two exchanged ones always show; g, counted from 0, shows a moved group.
func checkSymbol(data [dataSize]byte, g int) byte {
	sum := byte(0)
	for i := len(data) - 1; i >= 0; i-- {
		sum = timesX(sum ^ data[i])
	}
	return sum ^ byte(g) //nolint:gosec // g < RecoveryGroups
}

// timesX multiplies by x modulo x⁵+x²+1.
func timesX(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 0b100101
	}
	return a
}
