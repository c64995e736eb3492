package pii_test

import (
	"strings"
	"testing"

	"kebu/app/crm/pii"
)

func TestPhoneReadsFullNumbersInAnySpelling(t *testing.T) {
	for _, c := range []struct{ raw, country, want string }{
		{"19900001234", "", "+8619900001234"},
		{" 199 0000 1234 ", "CN", "+8619900001234"},
		{"199-0000-1234", "中国", "+8619900001234"},
		{"+86 199 0000 1234", "China", "+8619900001234"},
		{"86-19900001234", "", "+8619900001234"},
		{"(+86) 19900001234", "", "+8619900001234"},
		{"0086 19900001234", "", "+8619900001234"},
		{"１９９００００１２３４", "", "+8619900001234"},
		{"'19900001234", "", "+8619900001234"},
		{"19900001234", "GB", "+8619900001234"}, // of a Chinese buyer who ships abroad
		{"+86 19900001234", "US", "+8619900001234"},
		{"020 7946 0018", "GB", "+442079460018"},
		{"020 7946 0018", "United Kingdom", "+442079460018"},
		{"020 7946 0018", "UK", "+442079460018"},
		{"+44 20 7946 0018", "", "+442079460018"},
		{"0044 20 7946 0018", "FR", "+442079460018"},
		{"+44 (0)20 7946 0018", "GB", "+442079460018"},
		{"(202) 555-0143", "US", "+12025550143"},
		{"1-202-555-0143", "美国", "+12025550143"},
		{"0171 3920010", "Germany", "+491713920010"},
		{"+852 5500 0017", "", "+85255000017"},
	} {
		if got, full := pii.Phone(c.raw, c.country); !full || got != c.want {
			t.Errorf("%q in %q: %q, %t", c.raw, c.country, got, full)
		}
	}
}

func TestPhoneTakesNothingThatIsNotOnePersonsOwn(t *testing.T) {
	for why, list := range map[string][]string{
		"blank":       {"", " ", "-"},
		"masked":      {"199****1234", "1******1234", "1990000****", "199xxxx1234", "09********", "##abc", "$$19900001234", "(+60)123****89"},
		"virtual":     {"19900001234-1234", "19900001234转1234", "19900001234,1234", "19900001234 ext 12", "19900001234#12", "19900001234[1234]", "19900001234(转1234)", "１９９００００１２３４－１２３４"},
		"landline":    {"0571-88880042", "057188880042", "010-88880042", "+86 571 8888 0042"},
		"service":     {"110", "95588", "400-000-1234", "+1 800 555 0143"},
		"placeholder": {"13800138000", "19900000000", "18888888888", "13812345678", "+86 13800138000", "00000000000", "11111111111", "+1 202 222 2222"},
		"short":       {"1990000123", "199000012345", "+86 199000012"},
		"two":         {"19900001234/19900001235", "19900001234 19900001235", "19900001234,19900001235"},
		"words":       {"19900001234妈妈", "电话19900001234", "1-800-FLOWERS", "１２３四五六"},
		"not valid":   {"12900001234", "+49 1", "+999 12345678901", "020 7946 0018"},
	} {
		for _, raw := range list {
			if got, full := pii.Phone(raw, ""); full || got != "" {
				t.Errorf("%s: %q is read as %q", why, raw, got)
			}
		}
	}
	if got, full := pii.Phone("155-5501-0199", "US"); full { // 1 555 501 0199 has no place in America
		t.Errorf("an American number without an exchange is read as %q", got)
	}
}

func TestEmailIsOnePersonsOwn(t *testing.T) {
	for raw, want := range map[string]string{
		" Alice@Example.TEST ":           "alice@example.test",
		"a.b+c@mail.example.test":        "a.b+c@mail.example.test",
		"ａｌｉｃｅ＠example.test":             "alice@example.test",
		"张三@例子.测试":                       "张三@例子.测试",
		"amazon@example.test":            "amazon@example.test",
		"alice@notmarketplace.amazon.io": "alice@notmarketplace.amazon.io",
		// None of one person's own:
		"": "", "alice": "", "@example.test": "", "alice@": "", "alice@localhost": "", "alice@@example.test": "", "a b@example.test": "",
		"alice@example..test": "", "Alice <alice@example.test>": "", "a@example.test,b@example.test": "", strings.Repeat("a", 65) + "@example.test": "",
		"a***@example.test": "", "a○○@example.test": "", "none@example.test": "", "NoReply@example.test": "",
		"x1@marketplace.amazon.com": "", "x1@Marketplace.Amazon.co.uk": "", "x1@m.marketplace.amazon.de": "", "x1@members.ebay.com": "", "x1@members.ebay.de": "",
		"x1@privaterelay.appleid.com": "", "x1@relay.walmart.com": "", "x1@us.shipping.temuemail.com": "", "x1@scs.tiktokw.us": "", "x1@us.notification.mirakl.net": "",
	} {
		got, own := pii.Email(raw)
		if got != want || own != (want != "") {
			t.Errorf("%q: %q, %t", raw, got, own)
		}
	}
}

func TestMaskedTellsWhatExportsHide(t *testing.T) {
	for value, want := range map[string]bool{
		"张**": true, "王○○": true, "李●": true, "****": true, "1******1234": true, "t＊＊8": true, "138xxxx1234": true, "138XXXXXXXX": true, "xxxx": true,
		"##k2aD1=": true, "$$vXy": true, "#TmfWZ1iE0mJxkQ2bLq8Yvw==": true, "$TmfWZ1iE0mJxkQ2bLq8Yvw==$": true,
		"": false, "张伟": false, "13800001234": false, "#1001": false, "$hop": false, "xx": false, "Maxxx Power": false, "alexxx88": false, "二〇二六": false,
	} {
		if pii.Masked(value) != want {
			t.Errorf("%q: %t", value, !want)
		}
	}
}

func TestAccountsThatAreAPhoneOrAnAddress(t *testing.T) {
	for account, want := range map[string][2]bool{ // phone, e-mail
		"13800001234": {true, false}, "+44 20 7946 0018": {true, false}, "8613800001234": {true, false}, "13800001234_p": {true, false},
		"jd_13800001234": {true, false}, "１３８００００１２３４": {true, false}, "138-0000-1234": {true, false},
		"alice@example.test": {false, true}, "x1@marketplace.amazon.com": {false, true}, "13800001234@example.test": {true, true},
		"": {}, "tb12345": {}, "123456789": {}, "138****1234": {}, "913800001234567": {}, "5f0a13800001234": {true, false}, "alice@home": {},
	} {
		if got := [2]bool{pii.LooksLikePhone(account), pii.LooksLikeEmail(account)}; got != want {
			t.Errorf("%q: %v", account, got)
		}
	}
}

func TestFoldIgnoresCaseAndWidth(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "vip": "vip", "VIP": "vip", "ＶＩＰ": "vip", "ÉCLAIR": "éclair", "E\u0301clair": "éclair", "Straße": "straße", "㎏": "kg", "老师": "老师",
	} {
		if got := pii.Fold(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// What is compared must not depend on how often it was folded.
func FuzzFoldTwiceIsOnce(f *testing.F) {
	const seeds = 6
	list := []string{"", "VIP", "ＶＩＰ é", "İstanbul", "ΌΣΟΣ ᾼ", "\xff"}
	if len(list) != seeds {
		f.Fatalf("%d seeds", len(list))
	}
	for _, s := range list {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := pii.Fold(s)
		if twice := pii.Fold(once); twice != once {
			t.Fatalf("%q folds to %q, then %q", s, once, twice)
		}
	})
}

// A number reads the same however often it is read.
func FuzzPhoneReadsItsOwnForm(f *testing.F) {
	list := []struct{ raw, country string }{
		{"19900001234", ""}, {"020 7946 0018", "GB"}, {"(202) 555-0143", "US"}, {"0171 3920010", "DE"}, {"19900001234-1234", "CN"}, {"+", "ZZ"}, {"\xff", "\xff"},
	}
	const seeds = 7
	if len(list) != seeds {
		f.Fatalf("%d seeds", len(list))
	}
	for _, c := range list {
		f.Add(c.raw, c.country)
	}
	f.Fuzz(func(t *testing.T, raw, country string) {
		number, full := pii.Phone(raw, country)
		if !full {
			if number != "" {
				t.Fatalf("%q in %q: %q is not full", raw, country, number)
			}
			return
		}
		if again, full := pii.Phone(number, ""); !full || again != number {
			t.Fatalf("%q in %q reads as %q, then %q", raw, country, number, again)
		}
	})
}

func TestPhoneInNorthAmericanSpellingIsNotChinese(t *testing.T) {
	for raw, want := range map[string]string{
		"1-650-253-0000": "+16502530000", "+1 650 253 0000": "+16502530000", "16502530000": "+8616502530000",
	} {
		if got, _ := pii.Phone(raw, ""); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
}
