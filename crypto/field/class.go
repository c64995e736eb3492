package field

import "strconv"

// Class is a group of columns that are readable or not together. Its number is
// on disk and never given to another class.
type Class uint8

// The classes.
const (
	Contact   Class = 1 // full name, phone, e-mail, chat id, accounts that are one
	Address   Class = 2 // street and below
	Text      Class = 3 // notes and messages; people write phones there
	Sensitive Class = 4 // birthday, identity numbers, refund account
)

// Classes returns all classes in the order of their numbers.
func Classes() []Class { return []Class{Contact, Address, Text, Sensitive} }

// Valid reports whether c is one of [Classes].
func (c Class) Valid() bool { return c >= Contact && c <= Sensitive }

// String returns the class's name in the code and on the command line.
func (c Class) String() string {
	switch c {
	case Contact:
		return "contact"
	case Address:
		return "address"
	case Text:
		return "text"
	case Sensitive:
		return "sensitive"
	default:
		return "class " + strconv.Itoa(int(c))
	}
}
