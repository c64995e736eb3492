package crm_test

import (
	"testing"

	"kebu/app/crm"
)

func TestAddressesAreWrittenAsWhereTheyLie(t *testing.T) {
	for _, c := range []struct{ country, province, city, district, street, want string }{
		{"CN", "四川省", "成都市", "武侯区", "****", "四川省成都市武侯区****"},
		{"", "上海", "上海市", "徐汇区", "****", "上海市徐汇区****"},
		{"CN", "Shandong", "Qingdao", "Shinan", "****", "****, Shinan, Qingdao, Shandong, CN"},
		{"GB", "", "Leeds", "", "1 Park Row", "1 Park Row, Leeds, GB"},
		{"", "", "", "", "文三路1号", "文三路1号"},
	} {
		if got := crm.JoinAddress(c.country, c.province, c.city, c.district, c.street); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
