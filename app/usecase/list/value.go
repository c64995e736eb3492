package list

import (
	"strconv"
	"time"

	"kebu/app/crm"
)

// Kind is what a column holds. A value of another kind, such as a text in a
// money column where a customer has several currencies, is written as itself.
type Kind uint8

// The kinds.
const (
	Text     Kind = iota // names, words, order numbers
	Prose                // addresses and notes: a wide column
	Phone                // as text
	Money                // as a number
	Integer              // as a number
	Day                  // a calendar day
	Time                 // a day and a time in the book's zone
	Number               // a number as another program wrote it
	Verbatim             // a text to be read back as it was
)

// Value is one cell. The zero Value is blank.
type Value struct {
	kind   Kind
	filled bool
	text   string
	number int64
}

// TextValue is a text: a name, a phone, an address, a note, a masked value.
func TextValue(s string) Value { return Value{kind: Text, filled: s != "", text: s} }

// MoneyValue is an amount.
func MoneyValue(m crm.Money) Value { return Value{kind: Money, filled: true, number: int64(m)} }

// IntegerValue is a count.
func IntegerValue(n int64) Value { return Value{kind: Integer, filled: true, number: n} }

// DayValue is a calendar day.
func DayValue(d crm.Day) Value { return Value{kind: Day, filled: true, number: int64(d)} }

// TimeValue is a time, told in Options.Zone to the second; an unknown moment
// is blank.
func TimeValue(m crm.Moment) Value { return Value{kind: Time, filled: m.Known(), number: int64(m)} }

// NumberValue is a number as a spreadsheet stores it; what is none is a text.
func NumberValue(s string) Value {
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return VerbatimValue(s)
	}
	return Value{kind: Number, filled: true, text: s}
}

// VerbatimValue is a text of another table, which must be read back as it was.
func VerbatimValue(s string) Value { return Value{kind: Verbatim, filled: s != "", text: s} }

// plain returns the value as text: a decimal number, 2026-11-11, or
// 2026-11-11 20:30:00 in zone.
func (v Value) plain(currency string, zone *time.Location) string {
	if !v.filled {
		return ""
	}
	switch v.kind {
	case Money:
		return crm.Money(v.number).Format(currency)
	case Integer:
		return strconv.FormatInt(v.number, 10)
	case Day:
		return crm.Day(v.number).String()
	case Time:
		return crm.Moment(v.number).In(zone).Format(time.DateTime)
	default:
		return v.text
	}
}

// isText reports whether the value is a text that somebody else wrote, not a
// number or a date of ours.
func (v Value) isText() bool { return v.kind == Text }
