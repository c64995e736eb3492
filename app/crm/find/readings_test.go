package find

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"

	"kebu/app/crm/han"
)

var update = flag.Bool("update", false, "write readings.txt anew from the dictionary of go-pinyin")

// generateReadings makes the table of readings from the dictionary of
// go-pinyin: per syllable the characters that are usually read so, a bar, and
// those that can be. A simplified character can be read as any that folds to it.
func generateReadings() string {
	type entry struct{ usual, other []string }
	entries := map[rune]*entry{}
	runes := slices.Collect(maps.Keys(pinyin.PinyinDict))
	fold := func(r int) rune {
		s, _ := utf8.DecodeRune(appendFolded(nil, string(rune(r))))
		return s
	}
	// A character's own readings go before those of its variants.
	slices.SortFunc(runes, func(a, b int) int {
		own := func(r int) int {
			if fold(r) == rune(r) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(own(a), own(b)), cmp.Compare(a, b))
	})
	for _, n := range runes {
		r := fold(n)
		if !han.Is(r) && r != '〇' {
			continue
		}
		if entries[r] == nil {
			entries[r] = &entry{}
		}
		e := entries[r]
		for toned := range strings.SplitSeq(pinyin.PinyinDict[n], ",") {
			s := untoned(toned)
			switch {
			case s == "" || slices.Contains(e.usual, s) || slices.Contains(e.other, s):
			case e.usual == nil:
				e.usual = []string{s}
			default:
				e.other = append(e.other, s)
			}
		}
	}
	usual, other := map[string][]rune{}, map[string][]rune{}
	for _, r := range slices.Sorted(maps.Keys(entries)) {
		for _, s := range entries[r].usual {
			usual[s] = append(usual[s], r)
		}
		for _, s := range entries[r].other {
			other[s] = append(other[s], r)
		}
	}
	all := maps.Clone(usual)
	maps.Copy(all, other)
	var b strings.Builder
	b.WriteString("# Per syllable (v for ü): the characters usually read so | those that can be.\n")
	b.WriteString("# Made from the dictionary of github.com/mozillazg/go-pinyin (MIT) by go test -update.\n")
	for _, s := range slices.Sorted(maps.Keys(all)) {
		b.WriteString(s + " " + string(usual[s]) + "|" + string(other[s]) + "\n")
	}
	return b.String()
}

// untoned takes the tone off a syllable and writes ü as v.
func untoned(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ReplaceAll(norm.NFD.String(s), "u\u0308", "v"))
}

func TestReadingsAreThoseOfTheDictionary(t *testing.T) {
	want := generateReadings()
	if *update {
		if err := os.WriteFile("readings.txt", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if readingsText != want {
		t.Error("readings.txt is not what the dictionary gives; run go test -update")
	}
}
