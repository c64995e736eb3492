package keyring

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// code000102 is the code of the seed 00 01 02 … 1F, as crypto/FORMAT.md has it.
const code000102 = "2001M-081G1-8186K-0W40S-J2GBR-1G6GN-W3RG4-24911-650N7-2RBHD-G68T1-3CE1Q-T7GZK"

func counted() (c RecoveryCode) {
	for i := range c.seed {
		c.seed[i] = byte(i)
	}
	return c
}

func TestRecoveryCodeVector(t *testing.T) {
	if got := counted().Reveal(); got != code000102 {
		t.Errorf("code %s, want %s", got, code000102)
	}
	doc, err := os.ReadFile("../FORMAT.md")
	must(t, err)
	if !bytes.Contains(doc, []byte(code000102)) {
		t.Error("crypto/FORMAT.md has another code")
	}
}

func TestRecoveryCodeIsReadAsTyped(t *testing.T) {
	code := code000102
	for name, typed := range map[string]string{
		"as printed":  code,
		"lower case":  strings.ToLower(code),
		"no dashes":   strings.ReplaceAll(code, "-", ""),
		"in lines":    " " + strings.ReplaceAll(code, "-", " \r\n\t") + "\n",
		"long dashes": strings.ReplaceAll(code, "-", " – "),
		"O and I":     strings.NewReplacer("0", "O", "1", "I").Replace(code),
		"o and l":     strings.NewReplacer("0", "o", "1", "l").Replace(code),
		"full-width":  strings.Map(fullWidth, code),
	} {
		if got, err := ParseRecoveryCode(typed); err != nil || got != counted() {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 100 {
		c := NewRecoveryCode()
		if got, err := ParseRecoveryCode(c.Reveal()); err != nil || got != c {
			t.Errorf("round trip: %v", err)
		}
	}
}

func fullWidth(r rune) rune { return r - '!' + '！' }

func TestEveryMistypedSymbolIsFoundInItsGroup(t *testing.T) {
	groups := counted().Groups()
	tried := 0
	try := func(g int, bent string) {
		tried++
		wrong := groups
		wrong[g] = bent
		_, err := ParseRecoveryCode(strings.Join(wrong[:], "-"))
		var e *RecoveryTextError
		if !errors.As(err, &e) || e.Group != g+1 || CheckRecoveryGroup(g+1, bent) {
			t.Errorf("group %d: %v", g+1, err)
		}
	}
	for g, group := range groups {
		if !CheckRecoveryGroup(g+1, strings.ToLower(group)) {
			t.Errorf("group %d refused", g+1)
		}
		for i := range group {
			for _, s := range symbols + "U?*" {
				if string(s) != group[i:i+1] {
					try(g, group[:i]+string(s)+group[i+1:])
				}
			}
			for j := range i {
				if group[i] != group[j] {
					try(g, group[:j]+group[i:i+1]+group[j+1:i]+group[j:j+1]+group[i+1:])
				}
			}
		}
		for h, other := range groups {
			if h != g && CheckRecoveryGroup(h+1, group) && other != group {
				t.Errorf("group %d passes as group %d", g+1, h+1)
			}
		}
	}
	if tried < 13*5*34 {
		t.Errorf("%d mistakes tried", tried)
	}
}

func TestRecoveryCodeOfWrongLength(t *testing.T) {
	for _, typed := range []string{"", code000102[:64], code000102 + "0", strings.Repeat("0", 5000)} {
		_, err := ParseRecoveryCode(typed)
		var e *RecoveryTextError
		if !errors.As(err, &e) || e.Group != 0 || !errors.Is(err, ErrRecoveryText) {
			t.Errorf("%d symbols: %v", len(typed), err)
		}
	}
	if CheckRecoveryGroup(0, "00000") || CheckRecoveryGroup(14, "00000") || CheckRecoveryGroup(1, "0000") {
		t.Error("no such group passes")
	}
}

func TestRecoveryCodeDoesNotPrint(t *testing.T) {
	c := counted()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		if got := fmt.Sprintf(verb, c) + fmt.Sprintf(verb, struct{ C RecoveryCode }{c}); strings.Contains(got, "1, 2") ||
			strings.Contains(got, "0102") || strings.Contains(got, "1 2 3") {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}

func FuzzParseRecoveryCode(f *testing.F) {
	seeds := []string{code000102, "", "OIL-ۿ", strings.Repeat("0", 65), strings.Map(fullWidth, code000102)}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseRecoveryCode(text)
		if err != nil {
			return
		}
		if again, err := ParseRecoveryCode(c.Reveal()); err != nil || again != c {
			t.Errorf("round trip: %v", err)
		}
	})
}
