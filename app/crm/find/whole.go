package find

import (
	"hash/maphash"
	"slices"
	"strings"
)

// whole finds customers by values that are typed whole, for who may look somebody up
// and not try a value out part by part. It holds hashes, no values.
type whole map[uint64][]int64

var wholeSeed = maphash.MakeSeed()

// lastDigits is how many digits at the end of a phone find it: as many as masks show.
const lastDigits = 4

// AddWhole has a customer found by a value of a kind, Name, Account or Phone, if that is
// typed whole; by a phone's last four digits too.
func (b *Builder) AddWhole(id int64, kind Field, value string) {
	if b.whole == nil {
		b.whole = make(whole)
	}
	if kind != Phone {
		b.whole.add(id, kind, string(appendFolded(nil, value)))
		return
	}
	digits := phoneDigits(value)
	b.whole.add(id, Phone, digits)
	if len(digits) >= 2*lastDigits { // of a shorter one they would be most of it
		b.whole.add(id, Phone, digits[len(digits)-lastDigits:])
	}
}

// Whole returns the customers whom a value that was added whole belongs to.
func (x *Index) Whole(query string) []int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if len(x.whole) == 0 {
		return nil
	}
	folded := string(appendFolded(nil, query))
	ids := slices.Concat(x.whole.of(Name, folded), x.whole.of(Account, folded), x.whole.of(Phone, phoneDigits(query)))
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (w whole) add(id int64, kind Field, value string) {
	if key := wholeKey(kind, value); value != "" && !slices.Contains(w[key], id) {
		w[key] = append(w[key], id)
	}
}

func (w whole) of(kind Field, value string) []int64 {
	if value == "" {
		return nil
	}
	return w[wholeKey(kind, value)]
}

func wholeKey(kind Field, value string) uint64 {
	return maphash.String(wholeSeed, string(rune(kind))+value)
}

// phoneDigits returns the digits of a phone however it is written, a mainland Chinese
// mobile's without the country's; "" for what is no phone or masked.
func phoneDigits(s string) string {
	var digits strings.Builder
	for _, r := range string(appendFolded(nil, s)) {
		switch {
		case '0' <= r && r <= '9':
			digits.WriteRune(r)
		case !isPhoneMark(r):
			return ""
		}
	}
	d := digits.String()
	if abroad, ok := strings.CutPrefix(d, "00"); ok && len(abroad) >= 2*lastDigits {
		d = abroad
	}
	if mobile, ok := strings.CutPrefix(d, "86"); ok && len(mobile) == 11 && mobile[0] == '1' {
		return mobile
	}
	return d
}
