package grid

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// CellKind is what a cell holds.
type CellKind uint8

// The kinds of cells. A text file has texts and empty cells only.
const (
	CellEmpty  CellKind = iota
	CellText            // Text as written, without the guards of long numbers
	CellNumber          // Text is the number as the workbook stores it
	CellBool            // Text is TRUE or FALSE
	CellError           // Text is the error, such as #N/A
)

// Cell is the content of one cell. Text is empty if and only if Kind is CellEmpty.
type Cell struct {
	Text string
	Kind CellKind
	Date bool // of a number: its format shows it as a date or a time
}

// TextCell is a cell of a text without the guards of long numbers.
func TextCell(s string) Cell {
	if s = Unguard(s); s == "" {
		return Cell{}
	}
	return Cell{Text: s, Kind: CellText}
}

// longDigits is how many digits of a number a spreadsheet keeps.
const longDigits = 15

// Decimal is the number in a cell as a plain decimal such as "-2.55". The stored
// 2.5499999999999998 is the same 64-bit number as 2.55 and gives "2.55"; fractions
// are rounded to 15 significant digits, for no spreadsheet shows more and sums of
// prices differ behind them. The text of a text cell is returned as it is, and ""
// for an empty one. Other cells give ErrNotNumber.
func (c Cell) Decimal() (string, error) {
	switch c.Kind {
	case CellEmpty, CellText:
		return c.Text, nil
	case CellNumber:
		if isPlain(c.Text) {
			return c.Text, nil
		}
		f, err := strconv.ParseFloat(c.Text, 64)
		if err != nil {
			return "", ErrNotNumber
		}
		return decimal(f), nil
	case CellBool, CellError:
	}
	return "", ErrNotNumber
}

func decimal(f float64) string {
	if f == 0 {
		return "0" // and not -0
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	digits := strings.TrimLeft(strings.Replace(strings.TrimPrefix(s, "-"), ".", "", 1), "0")
	if len(digits) <= longDigits || !strings.Contains(s, ".") {
		return s
	}
	if g, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', longDigits-1, 64), 64); err == nil {
		s = strconv.FormatFloat(g, 'f', -1, 64)
	}
	return s
}

// isPlain says that s already is the shortest decimal of its number: no exponent,
// no needless zeros, and few enough digits that each such text is another number.
func isPlain(s string) bool {
	bare := strings.TrimPrefix(s, "-")
	if bare == "" || len(bare) > longDigits+1 || s == "-0" {
		return false
	}
	whole, fraction, dot := strings.Cut(bare, ".")
	if whole == "" || len(whole)+len(fraction) > longDigits || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if dot && (fraction == "" || fraction[len(fraction)-1] == '0') {
		return false
	}
	return onlyDigits(whole) && onlyDigits(fraction)
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

// Long says that the cell holds a number that may have lost digits, so that it must
// not be read as an order number: a number of 16 or more digits before the point
// (a spreadsheet keeps 15), or a text such as "2.60517E+17", which is how a
// spreadsheet saves such a number as text.
func (c Cell) Long() bool {
	switch c.Kind {
	case CellNumber:
		f, err := strconv.ParseFloat(c.Text, 64)
		return err != nil || math.Abs(f) >= 1e15
	case CellText:
		return isScientific(c.Text)
	case CellEmpty, CellBool, CellError:
	}
	return false
}

// isScientific matches d.ddE+dd where the exponent is larger than the number of
// decimals, so that digits are missing. Codes such as 12E4 do not match.
func isScientific(s string) bool {
	s = strings.TrimPrefix(strings.TrimSpace(s), "-")
	at := strings.IndexAny(s, "Ee")
	if at < 1 || at+4 > len(s) || s[at+1] != '+' {
		return false
	}
	mantissa, exponent := s[:at], s[at+2:]
	n, err := strconv.Atoi(exponent)
	if err != nil || !onlyDigits(exponent) {
		return false
	}
	whole, fraction, dot := strings.Cut(mantissa, ".")
	if !dot {
		whole, fraction, _ = strings.Cut(mantissa, ",")
	}
	return len(whole) == 1 && onlyDigits(whole) && onlyDigits(fraction) && n > len(fraction)
}

// Serial is the number in a cell as a 64-bit float, for [SerialTime]. Only a
// number cell has one; other cells give ErrNotNumber.
func (c Cell) Serial() (float64, error) {
	if c.Kind != CellNumber {
		return 0, ErrNotNumber
	}
	f, err := strconv.ParseFloat(c.Text, 64)
	if err != nil {
		return 0, ErrNotNumber
	}
	return f, nil
}

// String is the kind's name in lower case.
func (k CellKind) String() string {
	names := [...]string{"empty", "text", "number", "bool", "error"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("cell kind %d", uint8(k))
}
