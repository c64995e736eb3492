package table

import "testing"

func TestNormal(t *testing.T) {
	for _, c := range []struct{ header, want string }{
		{" 用户购买手机号 ", "用户购买手机号"},
		{"运费（元）：", "运费(元):"},
		{"下单帐号", "下单账号"},
		{"\ufeffOrder\u200b ID", "order id"},
		{"买家\r\n  应付　货款", "买家应付货款"},
		{"ＡＢＣ１", "abc1"},
		{"\t\u00a0", ""},
		{"Ünïcode", "ünïcode"},
	} {
		got := Normal(c.header)
		if got != c.want || Normal(got) != got {
			t.Errorf("%q: %q, want %q", c.header, got, c.want)
		}
	}
}
