package passphrase

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/trustelem/zxcvbn"
)

// What a new book asks for (SP 800-63B-4 for the length). At two guesses a
// second and machine, a thousand machines need two months for 10^10.
const (
	MinLength  = 15 // an ideograph, kana or hangul syllable counts as two
	MinGuesses = 10 // decades
)

// maxRunes bounds the work of the estimate; what follows is not counted.
const maxRunes = 128

// ErrWeak means that a passphrase is too short or too easily guessed.
var ErrWeak = errors.New("passphrase is too weak")

// Level is a step of the passphrase meter.
type Level uint8

// The steps. A new book asks for Strong.
const (
	TooWeak Level = iota
	Fair
	Strong
	VeryStrong
)

// Strength is an estimate of how a passphrase stands up to an attacker who
// knows this program, common passwords and how people choose.
type Strength struct {
	Guesses float64 // log10 of the expected number of guesses; errs low
	Length  int     // characters, wide ones counted twice
	Level   Level
}

// Check returns ErrWeak if pass is below the minimum for a new book, ErrText
// if it is not text or holds control or unassigned characters, whose
// normalisation may change with Unicode.
func Check(pass []byte) error {
	text, err := normalise(pass)
	if err != nil {
		return err
	}
	defer clear(text)
	for _, r := range string(text) {
		if !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r) { // Cf joins emoji
			return ErrText
		}
	}
	if s := Estimate(pass); s.Level < Strong {
		return fmt.Errorf("length %d, 10^%.0f guesses: %w", s.Length, s.Guesses, ErrWeak)
	}
	return nil
}

// Estimate judges pass. Text that [Key] would refuse has no strength.
func Estimate(pass []byte) Strength {
	text, err := normalise(pass)
	if err != nil {
		return Strength{}
	}
	defer clear(text)
	runes := []rune(strings.ToLower(string(text)))
	s := Strength{}
	for _, r := range runes {
		s.Length++
		if wide(r) {
			s.Length++
		}
	}
	if len(runes) > maxRunes {
		runes = runes[:maxRunes]
	}
	s.Guesses = min(guesses(runes), english(string(text)))
	s.Level = level(s)
	return s
}

func level(s Strength) Level {
	switch {
	case s.Guesses < 6:
		return TooWeak
	case s.Guesses < MinGuesses || s.Length < MinLength:
		return Fair
	case s.Guesses < 14:
		return Strong
	default:
		return VeryStrong
	}
}

// mostEnglish bounds the work of zxcvbn, which grows with the square of the length.
const mostEnglish = 40

// english returns what zxcvbn finds, which knows English words, names and films. It
// takes an ideograph for a digit, so text beyond ASCII is left to guesses.
func english(text string) float64 {
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return math.Inf(1)
	}
	return max(0, math.Log10(zxcvbn.PasswordStrength(text[:min(len(text), mostEnglish)], nil).Guesses))
}

// guesses returns the cost of the cheapest way to spell s out of single
// characters and known patterns, after the idea of zxcvbn (Wheeler, USENIX
// Security 2016).
func guesses(s []rune) float64 {
	cost := make([]float64, len(s)+1)
	for i := range cost[1:] {
		cost[i+1] = math.Inf(1)
	}
	for i := range s {
		reach := func(n int, price float64) {
			cost[i+n] = min(cost[i+n], cost[i]+price)
		}
		reach(1, single(s[i]))
		for n := 3; n <= copied(s, i); n++ {
			reach(n, 0.5+math.Log10(float64(i+n)))
		}
		for n := 3; n <= sequence(s[i:]); n++ {
			reach(n, 1+math.Log10(float64(n)))
		}
		for n := 3; n <= keyboard(s[i:]); n++ {
			reach(n, 1.5+math.Log10(float64(n)))
		}
		for n, price := range dated(s[i:]) {
			reach(n, price)
		}
		for n, rank := range known(s[i:]) {
			reach(n, 0.5+math.Log10(float64(rank)))
		}
	}
	return cost[len(s)]
}

// single returns the price of a character that belongs to no pattern. Letters
// are taken as parts of words: two bits each, what a word of a 7,776-word list
// gives and twice what prose does (Shannon 1951). An ideograph has about four
// bits in prose. Case and chosen marks are habits and count little.
func single(r rune) float64 {
	switch {
	case r >= 'a' && r <= 'z':
		return 0.6
	case r >= '0' && r <= '9':
		return 1
	case wide(r):
		return 1.3
	case unicode.IsLetter(r):
		return 0.7
	default:
		return 0.5
	}
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// copied returns how many characters from s[i] on repeat what began earlier,
// overlapping allowed, so that it covers "aaaa", "abcabc" and "abc-abc".
func copied(s []rune, i int) int {
	longest := 0
	for from := range i {
		n := 0
		for i+n < len(s) && s[from+n] == s[i+n] {
			n++
		}
		longest = max(longest, n)
	}
	return longest
}

// sequence returns the length of the run of neighbours in the alphabet or
// among the digits, such as "abcd" or "9876", that s begins with.
func sequence(s []rune) int {
	if len(s) < 2 || s[0] > unicode.MaxASCII {
		return 0
	}
	step := s[1] - s[0]
	if step != 1 && step != -1 {
		return 0
	}
	n := 2
	for n < len(s) && s[n]-s[n-1] == step {
		n++
	}
	return n
}

// keyboard returns the length of the run along the keyboard that s begins
// with, in either direction.
func keyboard(s []rune) int {
	longest := 0
	for _, row := range keyboardRuns {
		for _, dir := range []int{1, -1} {
			at := strings.IndexRune(row, s[0])
			n := 0
			for at >= 0 && at < len(row) && n < len(s) && rune(row[at]) == s[n] {
				n++
				at += dir
			}
			longest = max(longest, n)
		}
	}
	return longest
}

// dated returns the lengths of years, days and Chinese mobile numbers that s
// begins with: things that others know about a person.
func dated(s []rune) map[int]float64 {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	found := map[int]float64{}
	if digits >= 4 && (s[0] == '1' && s[1] == '9' || s[0] == '2' && s[1] == '0') {
		found[4] = 2
		if digits >= 8 && s[4] <= '1' && s[6] <= '3' {
			found[8] = 4.5
		}
	}
	if digits >= 6 && s[2] <= '1' && s[4] <= '3' {
		found[6] = 4.5
	}
	if digits >= 11 && s[0] == '1' && s[1] >= '3' {
		found[11] = 6
	}
	return found
}

// known returns the lengths of the common passwords and phrases that s begins
// with and their ranks, letters seen through the usual substitutes.
func known(s []rune) map[int]int {
	found := map[int]int{}
	plain := string(s)
	letters := leet.Replace(plain)
	for i, word := range common {
		if strings.HasPrefix(plain, word) || strings.HasPrefix(letters, word) {
			found[len([]rune(word))] = i + 1
		}
	}
	return found
}
