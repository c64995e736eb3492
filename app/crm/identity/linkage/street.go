package linkage

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kebu/app/crm/pii"
)

// feature is a piece of an address with its weight: three letters of a word,
// two Chinese characters.
type feature struct {
	hash   uint32
	weight float32 // of a vector of length 1
}

// streetValues takes an address apart into words and numbers.
func streetValues(s string) (street value, hasWords bool, number value, hasNumber bool) {
	if s = norm.NFKC.String(strings.TrimSpace(s)); isEmptyWord(pii.Fold(s)) || pii.Masked(s) {
		return value{}, false, value{}, false
	}
	var letters, numbers strings.Builder
	var last rune
	for _, r := range words(s) {
		digit := unicode.IsDigit(r)
		into, other := &letters, &numbers
		if digit {
			into, other = &numbers, &letters
		}
		if last != 0 && last != ' ' && unicode.IsDigit(last) != digit && other.Len() > 0 {
			other.WriteByte(' ')
		}
		if r != ' ' || into.Len() > 0 {
			into.WriteRune(r)
		}
		last = r
	}
	text := strings.Join(strings.Fields(letters.String()), " ")
	tokens := strings.Fields(numbers.String())
	digits := strings.Join(tokens, " ")
	return newValue(text, false), text != "", newValue(digits, false), digits != ""
}

// features cuts an address into pieces, in the order of their hashes, each once.
func features(text string) []feature {
	var list []feature
	letters := []rune(" " + text + " ")
	for i := range len(letters) - 1 {
		n := 3
		if isHan(letters[i]) {
			if n = 2; !isHan(letters[i+1]) {
				continue
			}
		}
		if i+n > len(letters) || n == 3 && letters[i+1] == ' ' {
			continue
		}
		h := fnv(uint64(n), string(letters[i:i+n]))
		list = append(list, feature{hash: uint32(h ^ h>>32)}) //nolint:gosec // folded on purpose
	}
	slices.SortFunc(list, func(a, b feature) int { return cmp.Compare(a.hash, b.hash) })
	return slices.CompactFunc(list, func(a, b feature) bool { return a.hash == b.hash })
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// weigh gives the features of all streets the weight of how rare they are
// (inverse document frequency), streets the length 1.
func weigh(streets []*value) {
	count := make(map[uint32]int)
	for _, v := range streets {
		v.features = features(v.text)
		for _, f := range v.features {
			count[f.hash]++
		}
	}
	n := float64(len(streets))
	for _, v := range streets {
		sum := 0.0
		for i, f := range v.features {
			w := math.Log(1 + n/float64(count[f.hash]))
			v.features[i].weight = float32(w)
			sum += w * w
		}
		length := float32(math.Sqrt(sum))
		for i := range v.features {
			v.features[i].weight /= length
		}
	}
}

// cosine returns how alike two streets are, from 0 to 1.
func cosine(a, b []feature) float64 {
	sum := float32(0)
	for len(a) > 0 && len(b) > 0 {
		switch cmp.Compare(a[0].hash, b[0].hash) {
		case -1:
			a = a[1:]
		case 1:
			b = b[1:]
		default:
			sum += a[0].weight * b[0].weight
			a, b = a[1:], b[1:]
		}
	}
	return float64(sum)
}
