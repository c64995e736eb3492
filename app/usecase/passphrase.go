package usecase

import (
	"crypto/rand"
	"math"
	"math/big"
	"strings"
	"sync"
	"time"

	"kebu/assets"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
)

// RecoveryCode opens a book without its passphrase; it prints as a placeholder.
type RecoveryCode = keyring.RecoveryCode

// RecoveryGroups is how many groups a recovery code has.
const RecoveryGroups = keyring.RecoveryGroups

// NewRecoveryCode returns a random code, for the sheet of a book still to be made.
func NewRecoveryCode() RecoveryCode { return keyring.NewRecoveryCode() }

// CheckRecoveryGroup reports whether a text can be group n, from 1, of some code.
func CheckRecoveryGroup(n int, text string) bool { return keyring.CheckRecoveryGroup(n, text) }

// SameRecoveryGroup reports whether a text is group n, from 1, of a code.
func SameRecoveryGroup(c RecoveryCode, n int, text string) bool {
	return keyring.SameRecoveryGroup(c, n, text)
}

// PickRecoveryGroups returns two groups of a code to ask for, from 1, in order
// and chosen by chance.
func PickRecoveryGroups() [2]int {
	a, b := chance(RecoveryGroups), chance(RecoveryGroups-1)
	if b >= a {
		b++
	}
	return [2]int{min(a, b) + 1, max(a, b) + 1}
}

// chance returns a number below n.
func chance(n int) int {
	i, _ := rand.Int(rand.Reader, big.NewInt(int64(n))) // never fails
	return int(i.Int64())
}

// Cost is what one guess of a passphrase costs.
type Cost = passphrase.Params

// Calibrate measures the cost for a new passphrase on this computer, by a clock
// that runs. It works up to two seconds.
func Calibrate(clock Clock) Cost { return passphrase.Calibrate(clock) }

// Strength is how a passphrase stands up to guessing.
type Strength = passphrase.Strength

// Level is a step of Strength; a new passphrase has to be Strong.
type Level = passphrase.Level

// The levels.
const (
	TooWeak    = passphrase.TooWeak
	Fair       = passphrase.Fair
	Strong     = passphrase.Strong
	VeryStrong = passphrase.VeryStrong
)

// MinPassphrase is how long a new passphrase has to be; an ideograph counts as two.
const MinPassphrase = passphrase.MinLength

// StrengthOf judges a passphrase.
func StrengthOf(pass []byte) Strength { return passphrase.Estimate(pass) }

// GuessesPerSecond is the speed that GuessTime assumes: a thousand computers
// that make two guesses a second each.
const GuessesPerSecond = 2000

// GuessTime returns how long a passphrase stands, on average; at most 290 years
// fit a Duration, so that years are given too, without a bound.
func GuessTime(s Strength) (_ time.Duration, years float64) {
	seconds := math.Pow(10, s.Guesses) / GuessesPerSecond
	const year = 365.25 * 24 * 3600
	if seconds > 200*year {
		return math.MaxInt64, seconds / year
	}
	return time.Duration(seconds * float64(time.Second)), seconds / year
}

// SuggestedWords is how many words a suggestion has.
const SuggestedWords = 5

// Suggestion is a passphrase of random words.
type Suggestion struct {
	Text     string   // in pinyin, with spaces
	Chinese  []string // the words in Chinese
	List     int      // how many words there are to choose from
	Strength Strength // for one who knows the list
}

// words returns the list of assets/words.tsv: pinyin and Chinese.
var words = sync.OnceValue(func() [][2]string {
	var list [][2]string
	for line := range strings.Lines(assets.Words) {
		if pinyin, chinese, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			list = append(list, [2]string{pinyin, chinese})
		}
	}
	return list
})

// Suggest returns a passphrase of five words, each drawn from the list by
// crypto/rand.
func Suggest() Suggestion {
	list := words()
	s := Suggestion{List: len(list)}
	text := make([]string, SuggestedWords)
	for i := range text {
		word := list[chance(len(list))]
		text[i] = word[0]
		s.Chinese = append(s.Chinese, word[1])
	}
	s.Text = strings.Join(text, " ")
	s.Strength = StrengthOf([]byte(s.Text))
	// On average half of the list's combinations are tried.
	if known := SuggestedWords*math.Log10(float64(len(list))) - math.Log10(2); known < s.Strength.Guesses {
		s.Strength.Guesses, s.Strength.Level = known, Strong
	}
	return s
}
