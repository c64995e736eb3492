package passphrase

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStrengthOfWhatPeopleChoose(t *testing.T) {
	for _, c := range []struct {
		pass string
		want Level
	}{
		{"", TooWeak},
		{"password", TooWeak},
		{"P@ssw0rd", TooWeak},
		{"woaini5201314", TooWeak},
		{"13800000000", TooWeak},                 // someone's mobile
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaa", TooWeak}, // long, but one idea
		{"abcdefghijklmnopqrstuvwxyz", TooWeak},
		{"qwertyuiopasdfghjkl", TooWeak},
		{"1qaz2wsx3edc4rfv", TooWeak},
		{"passwordpasswordpassword", TooWeak},
		{"我爱我家我爱我家", TooWeak},
		{"床前明月光疑是地上霜", TooWeak},
		{"correcthorsebatterystaple", TooWeak},
		{"19901231zhangwei", Fair},
		{"manchesterunited1999", Fair}, // English words
		{"xK9#mQ2$vL", Fair},           // good, but shorter than a new book asks for
		{"xK9#mQ2$vL7pW4z", Strong},
		{"小店开在河边卖茶叶", Strong},
		{"viaduct-mellow-thistle-27-orbit", VeryStrong},
		{"shan hu chuang ma lu deng bei zi", VeryStrong},
		{"隔壁的橘猫周三喝了半碗酱油", VeryStrong},
	} {
		if got := Estimate([]byte(c.pass)); got.Level != c.want {
			t.Errorf("%q: %+v, want level %d", c.pass, got, c.want)
		}
	}
}

func TestCheckAsksForStrong(t *testing.T) {
	for _, pass := range []string{
		"viaduct-mellow-thistle-27-orbit", "隔壁的橘猫周三喝了半碗酱油", "小店开在河边卖茶叶",
		"五块 🍵 茶饼 👩‍🌾 在阁楼",
	} {
		if err := Check([]byte(pass)); err != nil {
			t.Errorf("%q: %v", pass, err)
		}
	}
	for _, pass := range []string{"password", "xK9#mQ2$vL", "我的店铺我的店铺我的店铺"} {
		if err := Check([]byte(pass)); !errors.Is(err, ErrWeak) {
			t.Errorf("%q: %v", pass, err)
		}
	}
	for _, pass := range []string{"", "viaduct-mellow\x00thistle-27", "viaduct mellow \U000e0fff thistle 27"} {
		if err := Check([]byte(pass)); !errors.Is(err, ErrText) {
			t.Errorf("%q: %v", pass, err)
		}
	}
}

func FuzzEstimate(f *testing.F) {
	seeds := []string{"", "a", "password", "aaaa1990", "我爱你", "\xff", strings.Repeat("1qaz", 200), "19900101138"}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, pass []byte) {
		s := Estimate(pass)
		if s.Guesses < 0 || s.Guesses > 2*maxRunes || s.Length > 4*maxBytes {
			t.Errorf("%+v", s)
		}
		if s.Length > 0 && !utf8.Valid(pass) {
			t.Error("judged what is not text")
		}
	})
}
