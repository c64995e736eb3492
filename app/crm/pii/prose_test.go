package pii_test

import (
	"regexp"
	"testing"

	"kebu/app/crm/pii"
)

func TestMaskProse(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"喜欢绿茶":                           "喜欢绿茶",
		"电话15400001234，下午打":              "电话*******1234，下午打",
		"call +44 7700 900123 after 5":   "call +** **** **0123 after 5",
		"154-0000-1234":                  "***-****-1234",
		"１５４００００１２３４":                    "*******１２３４",
		"mail linmou@example.test 或微信":   "mail l***@example.test 或微信",
		"2026-11-11 来过, 订单 3 件":          "2026-11-11 来过, 订单 3 件",
		"身份证 11010119000101123X":         "身份证 *************1123",
		"尺码 38, 满 300 减 50":              "尺码 38, 满 300 减 50",
		"(0571) 8800-1234 转 12":          "(****) ****-1234 转 12",
		"两个号码 15400001234 15400005678 。": "两个号码 *********** *******5678 。",
	} {
		if got := pii.MaskProse(text); got != want {
			t.Errorf("MaskProse(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzMaskProse(f *testing.F) {
	for _, s := range []string{"15400001234", "a@b.test", "2026-11-11", "+86 154 0000 1234", "１５４００００１２３４"} {
		f.Add(s)
	}
	mobile := regexp.MustCompile(`1[3-9][0-9]{9}`)
	f.Fuzz(func(t *testing.T, s string) {
		if got := pii.MaskProse(s); mobile.MatchString(got) {
			t.Errorf("a mobile number is left in the mask of %q", s)
		}
	})
}
