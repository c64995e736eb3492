package crm

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
)

// Money is an amount in ten-thousandths of a currency unit: 12.50 is 125,000.
// It spans about ±922 trillion units, and arithmetic on it is exact.
type Money int64

// moneyDigits is the number of decimals that a Money keeps.
const moneyDigits = 4

// Quantity is a number of pieces in millionths: 1.5 is 1,500,000.
type Quantity int64

// quantityDigits is the number of decimals that a Quantity keeps.
const quantityDigits = 6

// One is the quantity of one piece.
const One Quantity = 1_000_000

// NoCurrency is ISO 4217's code for amounts of which nothing tells the currency.
const NoCurrency = "XXX"

// Decimal errors.
var (
	// ErrNotDecimal means that a text is no decimal number.
	ErrNotDecimal = errors.New("not a decimal number")
	// ErrTooFine means that a number has more decimals than are kept.
	ErrTooFine = errors.New("more decimals than are kept")
	// ErrTooLarge means that a number is beyond what is kept.
	ErrTooLarge = errors.New("number too large")
)

// ParseMoney reads a decimal number such as "-1299.9". It fails with
// ErrNotDecimal, with ErrTooFine beyond 4 decimals (trailing zeros apart) or
// with ErrTooLarge.
func ParseMoney(s string) (Money, error) {
	n, err := parseFixed(s, moneyDigits)
	return Money(n), err
}

// ParseQuantity reads a decimal number of pieces, to 6 decimals, with the
// errors of ParseMoney.
func ParseQuantity(s string) (Quantity, error) {
	n, err := parseFixed(s, quantityDigits)
	return Quantity(n), err
}

// String prints the amount without trailing zeros: "8911407.904".
func (m Money) String() string { return printFixed(int64(m), moneyDigits) }

// String prints the quantity without trailing zeros.
func (q Quantity) String() string { return printFixed(int64(q), quantityDigits) }

// Format prints the amount with the decimals of currency's minor unit at
// least (ISO 4217): 12.5 is "12.50" in CNY, "12.5" only where the unit has
// one decimal, and 1200 is "1200" in JPY.
func (m Money) Format(currency string) string {
	s := m.String()
	least := minorDigits(currency)
	if least == 0 {
		return s
	}
	dot := strings.IndexByte(s, '.')
	if dot < 0 {
		s += "."
		dot = len(s) - 1
	}
	if missing := least - (len(s) - dot - 1); missing > 0 {
		s += strings.Repeat("0", missing)
	}
	return s
}

// Times returns the price of q pieces, rounded half to even at the fourth
// decimal, or ErrTooLarge.
func (m Money) Times(q Quantity) (Money, error) {
	negative := (m < 0) != (q < 0)
	hi, lo := bits.Mul64(magnitude(int64(m)), magnitude(int64(q)))
	if hi >= uint64(One) {
		return 0, ErrTooLarge
	}
	n, rest := bits.Div64(hi, lo, uint64(One))
	const half = uint64(One) / 2
	if rest > half || rest == half && n%2 == 1 {
		n++
	}
	if n > 1<<63-1 {
		return 0, ErrTooLarge
	}
	if negative {
		return -Money(n), nil
	}
	return Money(n), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n) //nolint:gosec // wraps on purpose: the lowest int64 has no negative
	}
	return uint64(n)
}

// parseFixed reads a decimal number as an integer scaled by 10^digits.
func parseFixed(s string, digits int) (int64, error) {
	rest := s
	negative := false
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	whole, fraction, dotted := strings.Cut(rest, ".")
	if whole == "" && fraction == "" || dotted && whole == "" && fraction == "" {
		return 0, ErrNotDecimal
	}
	fine := strings.TrimRight(fraction, "0")
	if !isDigits(whole) || !isDigits(fraction) {
		return 0, ErrNotDecimal
	}
	if len(fine) > digits {
		return 0, ErrTooFine
	}
	var n uint64
	for _, part := range []string{whole, fine} {
		for i := range len(part) {
			if n > (1<<63-1)/10 {
				return 0, ErrTooLarge
			}
			n = n*10 + uint64(part[i]-'0')
		}
	}
	for range digits - len(fine) {
		if n > (1<<63-1)/10 {
			return 0, ErrTooLarge
		}
		n *= 10
	}
	if n > 1<<63-1 {
		return 0, ErrTooLarge
	}
	if negative {
		return -int64(n), nil
	}
	return int64(n), nil
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func printFixed(n int64, digits int) string {
	unit := uint64(1)
	for range digits {
		unit *= 10
	}
	m := magnitude(n)
	s := fmt.Sprintf("%d.%0*d", m/unit, digits, m%unit)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if n < 0 {
		s = "-" + s
	}
	return s
}

// minorDigits gives the decimals of a currency's minor unit (ISO 4217, the
// currencies that are not 2).
func minorDigits(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	default:
		return 2
	}
}

// Plus returns the sum, or ErrTooLarge.
func (m Money) Plus(n Money) (Money, error) {
	s := m + n
	if (s > m) != (n > 0) && n != 0 {
		return 0, ErrTooLarge
	}
	return s, nil
}
