package importers

import (
	"slices"
	"testing"
)

func TestPasswordsOfFileNames(t *testing.T) {
	for _, c := range []struct {
		path string
		want []string
	}{
		{"/tmp/快手订单_20261111_a1b2c3.xlsx", []string{"a1b2c3"}},
		{"orders-a1b2c3 (2).xlsx", []string{"c3 (2)", "a1b2c3"}},
		{"订单导出文件一.xlsx", []string{"单导出文件一"}},
		{"abc.xlsx", nil},
		{"", nil},
	} {
		if got := FilePasswords(c.path); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.path, got, c.want)
		}
	}
}
