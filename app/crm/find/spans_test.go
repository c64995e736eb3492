package find

import (
	"strings"
	"testing"
)

func TestSpansSetOffWhatWasFound(t *testing.T) {
	for _, c := range []struct {
		query string
		kind  Field
		value string
		want  string // the value with its found parts in brackets
	}{
		{"偉", Name, "张伟", "张[伟]"},
		{"张", Name, "張偉", "[張]偉"},
		{"zw", Name, "张伟明", "[张伟]明"},
		{"zhang w", Name, "张伟明", "[张伟]明"},
		{"zhang m", Name, "张伟明", "[张]伟明"},
		{"z z", Name, "张伟", "[张]伟"},
		{"yuc", Name, "尉迟恭", "[尉迟]恭"},
		{"na o", Name, "欧阳·娜", "[欧]阳·娜"},
		{"oyn", Name, "欧阳·娜", "[欧阳·娜]"},
		{"jose", Name, "JOSÉ Ñ", "[JOSÉ] Ñ"},
		{"a", Account, "abcA", "[a]bc[A]"},
		{"z", Account, "张", "张"},
		{"ａb", Account, "xAＢ", "x[AＢ]"},
		{"0123", Phone, "+86 00-0123", "+86 00-[0123]"},
		{"00-01", Phone, "+86 00-0123", "+86 [00]-[01]23"},
		{"86 23", Phone, "+86 00-0123", "+[86] 00-01[23]"},
		{"11", Phone, "1**1", "1**1"},
		{"x", Phone, "123", "123"},
		{"cq", City, "重庆市", "[重庆]市"},
		{"", Name, "张", "张"},
		{"z", Name, "", ""},
		{"z", Name, "\xff\xfe", "\xff\xfe"},
	} {
		var b strings.Builder
		last := 0
		for _, s := range Spans(c.query, c.kind, c.value) {
			b.WriteString(c.value[last:s[0]] + "[" + c.value[s[0]:s[1]] + "]")
			last = s[1]
		}
		if got := b.String() + c.value[last:]; got != c.want {
			t.Errorf("%q in %q gives %q, want %q", c.query, c.value, got, c.want)
		}
	}
}

func FuzzSpansAreWithinTheValue(f *testing.F) {
	for _, s := range [][2]string{{"zw", "张伟"}, {"1 2", "1-2"}, {"jose", "José"}, {"\u0301", "e\u0301"}, {" a", "\u3000A"}, {"fi", "ﬁ"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, query, value string) {
		for _, kind := range []Field{Name, Account, Phone, City, Tag} {
			last := -1
			for _, s := range Spans(query, kind, value) {
				if s[0] <= last || s[0] >= s[1] || s[1] > len(value) {
					t.Fatalf("span %v after %d in %d bytes", s, last, len(value))
				}
				last = s[1]
			}
		}
	})
}
