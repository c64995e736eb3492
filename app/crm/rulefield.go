package crm

import "kebu/app/crm/region"

// Field is what a rule can ask of a customer.
type Field string

// The fields. Country, province, city and district are those of Place. A product or sku
// counts where the customer has bought it: on a line that Line.Bought of an
// order that is a purchase. Interval, late_by and overdue are missing for who
// has no interval (fewer than 3 days with a purchase), the latter two also for
// who is not late.
const (
	FieldPurchases     Field = "purchases"
	FieldGross         Field = "gross"
	FieldNet           Field = "net"
	FieldRefunded      Field = "refunded"
	FieldFirstPurchase Field = "first_purchase"
	FieldLastPurchase  Field = "last_purchase"
	// FieldPreviousPurchase is the last purchase of an earlier day than the last.
	FieldPreviousPurchase Field = "previous_purchase"
	FieldMonth            Field = "month"    // of each purchase, as 2026-03
	FieldInterval         Field = "interval" // Interval in whole days
	FieldLateBy           Field = "late_by"  // LateBy in days
	FieldOverdue          Field = "overdue"  // Overdue, in percent
	FieldPlatform         Field = "platform"
	FieldCountry          Field = "country"
	FieldProvince         Field = "province"
	FieldCity             Field = "city"
	FieldDistrict         Field = "district"
	FieldTag              Field = "tag"
	FieldSKU              Field = "sku"
	FieldProduct          Field = "product"
)

// Fields lists every field.
var Fields = []Field{
	FieldPurchases, FieldGross, FieldNet, FieldRefunded, FieldFirstPurchase, FieldLastPurchase, FieldPreviousPurchase, FieldMonth,
	FieldInterval, FieldLateBy, FieldOverdue,
	FieldPlatform, FieldCountry, FieldProvince, FieldCity, FieldDistrict, FieldTag, FieldSKU, FieldProduct,
}

// FieldKind is the kind of value that a field has.
type FieldKind uint8

// The kinds of field.
const (
	KindNone   FieldKind = iota // no field
	KindCount                   // whole number, may be missing
	KindAmount                  // money in one currency
	KindDay                     // day in the book's zone, may be missing
	KindText                    // one text, may be missing
	KindSet                     // texts, may be none
)

// Kind returns the kind of f, KindNone if there is no such field.
func (f Field) Kind() FieldKind {
	switch f {
	case FieldPurchases, FieldInterval, FieldLateBy, FieldOverdue:
		return KindCount
	case FieldGross, FieldNet, FieldRefunded:
		return KindAmount
	case FieldFirstPurchase, FieldLastPurchase, FieldPreviousPurchase:
		return KindDay
	case FieldCountry, FieldProvince, FieldCity, FieldDistrict:
		return KindText
	case FieldPlatform, FieldMonth, FieldTag, FieldSKU, FieldProduct:
		return KindSet
	default:
		return KindNone
	}
}

// Level returns the level of divisions whose names f has. These compare by
// region.Keys, and as part of one by region.Key; other texts by Fold.
func (f Field) Level() (level region.Level, ok bool) {
	switch f {
	case FieldProvince:
		return region.Province, true
	case FieldCity:
		return region.City, true
	case FieldDistrict:
		return region.District, true
	default:
		return 0, false
	}
}

// Ops lists the operators by which f can be compared.
func (f Field) Ops() []Op {
	switch f.Kind() {
	case KindCount, KindAmount, KindDay:
		return []Op{OpEqual, OpNotEqual, OpLess, OpAtMost, OpMore, OpAtLeast, OpIn}
	case KindText, KindSet:
		return []Op{OpEqual, OpNotEqual, OpIn, OpContains}
	default:
		return nil
	}
}

// Op is an operator of a comparison.
type Op string

// The operators.
const (
	OpEqual    Op = "="
	OpNotEqual Op = "!="
	OpLess     Op = "<"
	OpAtMost   Op = "<="
	OpMore     Op = ">"
	OpAtLeast  Op = ">="
	OpIn       Op = "in"       // equal to one of the values
	OpContains Op = "contains" // has the value as a part
)

// nearestField returns the field whose name is fewest letters away from word,
// blank if none is within a third of its length, at least two letters.
func nearestField(word string) Field {
	const longest = 20 // no field name is longer
	letters := []rune(Fold(word))
	if len(letters) > longest {
		return ""
	}
	var nearest Field
	best := max(2, len(letters)/3) + 1
	for _, f := range Fields {
		if d := editDistance(letters, []rune(f)); d < best && d < len(f) {
			best, nearest = d, f
		}
	}
	return nearest
}

// editDistance counts the letters to insert, delete or replace to make a b.
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
