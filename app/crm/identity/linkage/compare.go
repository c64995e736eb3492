package linkage

import (
	"strings"
	"unicode/utf8"

	"kebu/app/crm/find"
)

// level compares two values of a kind.
func level(k Kind, a, b *value) Level {
	if a.masked || b.masked {
		if masksAgree(a.text, b.text) {
			return MaskAgrees
		}
		return MaskDiffers
	}
	if a.key == b.key {
		return Equal
	}
	var x, y [longest]rune
	p, q := runes(a.text, &x), runes(b.text, &y)
	switch k {
	case Given, Surname:
		return nameLevel(p, q)
	case Birth:
		return birthLevel(a.text, b.text, p, q)
	case Phone:
		return phoneLevel(a.text, b.text, p, q)
	case Email:
		return emailLevel(a.text, b.text, p, q)
	case Street:
		return streetLevel(cosine(a.features, b.features))
	case Number:
		return numberLevel(a.text, b.text)
	case Province, City, District:
		return placeLevel(p, q)
	case Nick: // those of namesakes are alike
		return Different
	default:
		return codeLevel(p, q)
	}
}

// nameLevel compares parts of names.
func nameLevel(p, q []rune) Level {
	short := min(len(p), len(q))
	if isHan(p[0]) || isHan(q[0]) { // each character is half of a name
		if sameSound(p, q) {
			return Close
		}
		if max(len(p), len(q)) >= 2 && slips(p, q, 1) == 1 {
			return Similar
		}
		return Different
	}
	likeness := jaroWinkler(p, q)
	switch {
	case short >= 3 && slips(p, q, 1) == 1, likeness >= 0.93:
		return Close
	case short == 1 && p[0] == q[0], short >= 5 && slips(p, q, 2) == 2, likeness >= 0.84:
		return Similar
	}
	return Different
}

// sameSound reports whether two names are spoken alike, and so typed alike.
func sameSound(p, q []rune) bool {
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && !find.SameSound(p[i], q[i]) {
			return false
		}
	}
	return true
}

// birthLevel compares days of birth: one digit or two neighbours apart, or day
// and month in each other's place, are close; two of three parts are similar.
func birthLevel(a, b string, p, q []rune) Level {
	d := slips(p, q, 2)
	if d == 1 {
		return Close
	}
	const whole = 8 // digits of yyyymmdd
	if len(a) == whole && len(b) == whole {
		if a[:4] == b[:4] && a[4:6] == b[6:] && a[6:] == b[4:6] {
			return Close
		}
		same := 0
		for _, part := range [][2]int{{0, 4}, {4, 6}, {6, 8}} {
			if a[part[0]:part[1]] == b[part[0]:part[1]] {
				same++
			}
		}
		if same == 2 {
			return Similar
		}
	}
	if d == 2 {
		return Similar
	}
	return Different
}

// phoneLevel compares phone numbers: one that ends in the other is written
// without country or area.
func phoneLevel(a, b string, p, q []rune) Level {
	const local = 7 // digits of a number within its area
	if min(len(a), len(b)) >= local && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a)) {
		return Equal
	}
	switch slips(p, q, 2) {
	case 1:
		return Close
	case 2:
		return Similar
	}
	return Different
}

// emailLevel compares addresses: the same name at another provider is similar.
// Other digits make another mailbox, often a namesake's.
func emailLevel(a, b string, p, q []rune) Level {
	nameA, _, _ := strings.Cut(a, "@")
	nameB, _, _ := strings.Cut(b, "@")
	const telling = 5 // characters of a name that is not everybody's
	if nameA == nameB && len(nameA) >= telling {
		return Similar
	}
	if digitsOf(nameA) != digitsOf(nameB) {
		return Different
	}
	switch slips(p, q, 2) {
	case 1:
		return Close
	case 2:
		return Similar
	}
	return Different
}

func streetLevel(likeness float64) Level {
	switch {
	case likeness >= 0.98:
		return Equal
	case likeness >= 0.75:
		return Close
	case likeness >= 0.45:
		return Similar
	}
	return Different
}

// numberLevel compares the numbers of addresses, as sets.
func numberLevel(a, b string) Level {
	x, y := strings.Fields(a), strings.Fields(b)
	same := 0
	for _, n := range x {
		for _, o := range y {
			if n == o {
				same++
				break
			}
		}
	}
	switch {
	case same == max(len(x), len(y)):
		return Equal
	case same > 0 && same == min(len(x), len(y)):
		return Close
	case same > 0:
		return Similar
	}
	var p, q [longest]rune
	if len(x) == 1 && len(y) == 1 && min(len(a), len(b)) >= 2 && slips(runes(a, &p), runes(b, &q), 1) == 1 {
		return Similar
	}
	return Different
}

func placeLevel(p, q []rune) Level {
	short := min(len(p), len(q))
	likeness := jaroWinkler(p, q)
	switch {
	case isHan(p[0]):
		if short >= 2 && (slips(p, q, 1) == 1 || likeness >= 0.9) {
			return Similar
		}
	case short >= 4 && slips(p, q, 1) == 1, likeness >= 0.93:
		return Close
	case likeness >= 0.85:
		return Similar
	}
	return Different
}

func codeLevel(p, q []rune) Level {
	switch {
	case min(len(p), len(q)) < 3:
	case slips(p, q, 2) == 1:
		return Close
	case min(len(p), len(q)) >= 4 && slips(p, q, 2) == 2:
		return Similar
	}
	return Different
}

// masksAgree reports whether two values, of which one at least is a mask, can
// be the same: what both show at the beginning and at the end is equal.
func masksAgree(a, b string) bool {
	headA, tailA := ends(a)
	headB, tailB := ends(b)
	n, m := min(len(headA), len(headB)), min(len(tailA), len(tailB))
	return headA[:n] == headB[:n] && tailA[len(tailA)-m:] == tailB[len(tailB)-m:] &&
		fits(a, headB, tailB) && fits(b, headA, tailA)
}

// fits reports whether a value that is no mask has room for what a mask shows
// and at least one more character.
func fits(s, head, tail string) bool {
	return strings.Contains(s, "*") || len(s) > len(head)+len(tail)
}

// ends returns what a mask shows before its first asterisk and after its last;
// of a value that is no mask, all of it twice.
func ends(s string) (head, tail string) {
	i := strings.IndexByte(s, '*')
	if i < 0 {
		return s, s
	}
	return s[:i], s[strings.LastIndexByte(s, '*')+1:]
}

// shown returns what two masks that agree both show.
func shown(a, b string) (head, tail int) {
	headA, tailA := ends(a)
	headB, tailB := ends(b)
	if len(headB) < len(headA) {
		headA = headB
	}
	if len(tailB) < len(tailA) {
		tailA = tailB
	}
	return utf8.RuneCountInString(headA), utf8.RuneCountInString(tailA)
}
