package table

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestWesternTextIsToldFromChinese(t *testing.T) {
	for _, c := range []struct {
		text string
		in   encoding.Encoding
		want string
	}{
		{"Käufer;Straße\nMüller;Köln\n", charmap.Windows1252, "windows-1252"},
		{"Client;Ville\nAgnès Châtelet;Besançon\n", charmap.Windows1252, "windows-1252"},
		{"Order;Price\n1;12,50 €\n", charmap.Windows1252, "windows-1252"},
		{"订单编号,买家会员名\n1,小茶\n", simplifiedchinese.GBK, "gb18030"},
		{"Order,City\n1,杭州 (A)\n", simplifiedchinese.GBK, "gb18030"},
		{strings.Repeat("a,b\n", 100_000) + "1,中文\n", simplifiedchinese.GBK, "gb18030"},
	} {
		data, err := c.in.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		w, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if w.Encoding() != c.want {
			t.Errorf("%.20q: %s, want %s", c.text, w.Encoding(), c.want)
		}
	}
}
