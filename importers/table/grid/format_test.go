package grid

import "testing"

func TestDateFormatsAreTold(t *testing.T) {
	for _, c := range []struct {
		id   int
		code string
		want bool
	}{
		{0, "", false},
		{2, "", false},
		{14, "", true},
		{22, "", true},
		{31, "", true},
		{45, "", true},
		{46, "", false}, // [h]:mm:ss
		{49, "", false}, // text
		{164, "yyyy-mm-dd hh:mm:ss", true},
		{165, `yyyy"年"m"月"d"日"`, true},
		{166, "[$-804]yyyy年m月d日;@", true},
		{167, "h:mm AM/PM", true},
		{168, "[$-411]ggge年", true},
		{169, "[h]:mm:ss", false},
		{170, "[Red]mm:ss.0", true},
		{171, "General", false},
		{172, `General"元"`, false},
		{173, "#,##0.00_);[Red](#,##0.00)", false},
		{174, "0.00E+00", false},
		{175, `0" days"`, false},
		{176, `0\d`, false},
		{177, "@", false},
		{178, `_-* #,##0.00_-`, false},
		{179, `0;"d"yyyy`, false},
		{180, `"open`, false},
		{181, "[open", false},
	} {
		if got := IsDateFormat(c.id, c.code); got != c.want {
			t.Errorf("%d %s: %t", c.id, c.code, got)
		}
	}
}
