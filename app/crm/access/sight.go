package access

import (
	"slices"
	"strings"
)

// Field is a kind of what a book knows.
type Field string

// The fields.
const (
	Account   Field = "account"   // a buyer's id or nick
	Name      Field = "name"      // a person's
	Phone     Field = "phone"     // and e-mail
	Street    Field = "street"    // and below
	Place     Field = "place"     // country to district
	Facts     Field = "orders"    // what was ordered when, and how that stands
	Amount    Field = "amount"    // money
	Writing   Field = "writing"   // notes, messages, own fields
	Tag       Field = "tag"       // tags and segments
	Consent   Field = "consent"   // refusals
	Sensitive Field = "sensitive" // birthdays, ids, refund accounts
)

// Fields lists them as a page shows them.
var Fields = []Field{Account, Name, Phone, Street, Place, Facts, Amount, Writing, Tag, Consent, Sensitive}

// Personal reports whether a field is shown masked until it is revealed.
func (f Field) Personal() bool {
	switch f {
	case Name, Phone, Street, Writing, Sensitive:
		return true
	default:
		return false
	}
}

// key stands for the key under which a field is sealed: phones and names have one.
func (f Field) key() Field {
	if f == Name {
		return Phone
	}
	return f
}

// Level is how much of a field a role sees; a higher one sees more.
type Level int

// The levels.
const (
	None       Level = iota // nothing
	Aggregates              // counts and sums of many
	Masked                  // the mask
	Reveals                 // one person at a time, with a reason
	Clear                   // all of it
)

// Few is below how many a sum tells too much of each: of one it is that person's figure,
// and who knows all but one works it out. Five is the least that statistical offices
// commonly publish a cell of.
const Few = 5

// sights says for each field what each role sees, in the order of Roles: C clear,
// R revealed, M masked, A aggregates, - nothing. Who is R or C of a personal field
// holds its key, all others do not; what a role shows of the rest is the program's.
//
// It follows the common division of a shop's duties, drawn tighter in two places:
// an owner reveals names too, and an auditor's amounts are sums.
var sights = map[Field]string{
	Account:   "CCCMMMM",
	Name:      "RRRMRMM",
	Phone:     "RRR-R-M",
	Street:    "RRRAR--",
	Place:     "CCCACAA",
	Facts:     "CCCACCM",
	Amount:    "CCCA-CA",
	Writing:   "CCC----",
	Tag:       "CCCC--A",
	Consent:   "CCCC--C",
	Sensitive: "R----R-",
}

// letters are those of sights by level.
const letters = "-AMRC"

// Sees returns what a role sees of a field, whatever the verb.
func Sees(r Role, f Field) Level {
	i := slices.Index(Roles, r)
	if i < 0 || sights[f] == "" {
		return None
	}
	return Level(strings.IndexByte(letters, sights[f][i]))
}
