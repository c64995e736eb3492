package usecase_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kebu/app/usecase"
	"kebu/assets"
)

func TestASuggestedPassphraseIsTakenAndNotOverrated(t *testing.T) {
	s := usecase.Suggest()
	if other := usecase.Suggest(); other.Text == s.Text {
		t.Errorf("two suggestions are alike: %q", s.Text)
	}
	words := strings.Fields(s.Text)
	if len(words) != usecase.SuggestedWords || len(s.Chinese) != usecase.SuggestedWords {
		t.Fatalf("%q: not five words", s.Text)
	}
	// 5 words of some 650: 10^14 combinations, half of them on average.
	if s.Strength.Guesses < 13 || s.Strength.Guesses > 14 || s.Strength.Level != usecase.Strong {
		t.Errorf("strength %+v", s.Strength)
	}
	_, err := usecase.Create(t.Context(), usecase.CreateRequest{
		Path: filepath.Join(t.TempDir(), "shop.kebu"), Owner: "owner", Passphrase: []byte(s.Text),
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWordsOfSuggestionsDiffer(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]{3,12}\t\p{Han}{2}$`)
	seen := map[string]bool{}
	for line := range strings.Lines(assets.Words) {
		line = strings.TrimSuffix(line, "\n")
		word, _, _ := strings.Cut(line, "\t")
		if !form.MatchString(line) || seen[word] {
			t.Errorf("%q: not pinyin and Chinese, or twice", line)
		}
		seen[word] = true
	}
	if len(seen) < 600 {
		t.Errorf("%d words are too few", len(seen))
	}
}

func TestGuessTime(t *testing.T) {
	for _, c := range []struct {
		guesses float64
		want    time.Duration
	}{{3, 500 * time.Millisecond}, {10, 5_000_000 * time.Second}} {
		if got, _ := usecase.GuessTime(usecase.Strength{Guesses: c.guesses}); got != c.want {
			t.Errorf("10^%g: %s, want %s", c.guesses, got, c.want)
		}
	}
	if _, years := usecase.GuessTime(usecase.Strength{Guesses: 40}); years < 1e28 || years > 2e29 {
		t.Errorf("10^40: %g years", years)
	}
}

func TestABookIsMadeWithTheCodeThatWasPrintedAndItsName(t *testing.T) {
	pass := []byte("four old bridges over rain")
	path := filepath.Join(t.TempDir(), "shop.kebu")
	code := usecase.NewRecoveryCode()
	got, err := usecase.Create(t.Context(), usecase.CreateRequest{
		Path: path, Owner: "owner", Shop: " Pomelo Store ", Passphrase: pass, Code: code,
	})
	if err != nil || got != code {
		t.Fatal("another code, or", err)
	}
	for n, group := range code.Groups() {
		if !usecase.CheckRecoveryGroup(n+1, group) || !usecase.SameRecoveryGroup(code, n+1, strings.ToLower(group)) {
			t.Errorf("group %d is not its own", n+1)
		}
	}
	if usecase.SameRecoveryGroup(code, 0, "") || usecase.SameRecoveryGroup(usecase.NewRecoveryCode(), 2, code.Groups()[1]) {
		t.Error("a group of another code is taken")
	}
	s, err := usecase.Open(t.Context(), path, "", pass, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	set, err := s.Settings(t.Context())
	if err != nil || set.Name != "Pomelo Store" {
		t.Errorf("name %q, %v", set.Name, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other := []byte("a quite different saying of mine")
	if err := usecase.Recover(t.Context(), usecase.RecoverRequest{Path: path, Code: code.Reveal(), Passphrase: other, Clock: clock}); err != nil {
		t.Error("the printed code does not recover the book:", err)
	}
}
