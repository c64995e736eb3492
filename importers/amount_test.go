package importers

import (
	"errors"
	"testing"

	"kebu/app/crm"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal byte
		want    string // "" is unknown, "!" no amount
	}{
		{"12.50", 0, "12.5"},
		{"-12.00", '.', "-12"},
		{"¥1,299.90", '.', "1299.9"},
		{"￥１，２９９．９０", '.', "1299.9"},
		{"0元", '.', "0"},
		{"499.00（系统计算中，该值仅供参考）", '.', "499"},
		{"$43.00", 0, "43"},
		{"-$12.00", 0, "-12"},
		{"$-12.00", 0, "-12"},
		{"($12.00)", 0, "-12"},
		{"(12.00)", 0, "-12"},
		{"AU $3,000.00", 0, "3000"},
		{"EUR 90,00", 0, "90"},
		{"116,99 €", 0, "116.99"},
		{"1 234,50 €", 0, "1234.5"},
		{"1.250,00", 0, "1250"},
		{"1'234.50", 0, "1234.5"},
		{"1,00,000.00", '.', "100000"},
		{"THB 100", 0, "100"},
		{"1,299", 0, "1299"},
		{"0,125", 0, "0.125"},
		{"1.299", ',', "1299"},
		{"17000.00", ',', "17000"},
		{"1.29", ',', "1.29"},
		{"1299", ',', "1299"},
		{"−5.00", 0, "-5"},
		{".5", 0, "0.5"},
		{"1.2300000", 0, "1.23"},
		{"", 0, ""},
		{" ", 0, ""},
		{"--", 0, ""},
		{"——", 0, ""},
		{"/", 0, ""},
		{"null", 0, ""},
		{"116,99", '.', "!"},
		{"1,2,3", 0, "!"},
		{"12,34,56", '.', "!"},
		{"1.2.3", 0, "!"},
		{"1..2", 0, "!"},
		{"1,,000", 0, "!"},
		{"十二", 0, "!"},
		{"12 pieces", 0, "!"},
		{"30.0%", 0, "!"},
		{"12-13", 0, "!"},
		{"--5", 0, "!"},
		{"1e5", 0, "!"},
		{"5 (6)(7", 0, "!"},
		{"¥", 0, "!"},
		{"0.12345", 0, "!"},
		{"9999999999999999999", 0, "!"},
	} {
		got, err := amount(c.text, c.decimal)
		switch {
		case c.want == "!":
			if err == nil {
				t.Errorf("%q: got %v, want an error", c.text, got.Value)
			}
		case err != nil:
			t.Errorf("%q: %v", c.text, err)
		case c.want == "" && got.Known:
			t.Errorf("%q: got %v, want unknown", c.text, got.Value)
		case c.want != "" && got.Value.String() != c.want:
			t.Errorf("%q: got %v, want %s", c.text, got.Value, c.want)
		}
	}
	if _, err := amount("0.12345", 0); !errors.Is(err, crm.ErrTooFine) {
		t.Errorf("got error %v, want %v", err, crm.ErrTooFine)
	}
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"¥1,299.90", "116,99 €", "(12.00)", "1 234,50", "499.00（x）", "AU $3,000.00"} {
		f.Add(s, byte('.'))
		f.Add(s, byte(0))
	}
	f.Fuzz(func(t *testing.T, s string, decimal byte) {
		if decimal != ',' && decimal != '.' {
			decimal = 0
		}
		a, err := amount(s, decimal)
		if err != nil || !a.Known {
			return
		}
		// What is printed reads as the same amount.
		again, err := amount(a.Value.String(), '.')
		if err != nil || again != a {
			t.Errorf("%q read as %v, which reads as %v, %v", s, a.Value, again.Value, err)
		}
	})
}
