package pinduoduo

import (
	"fmt"
	"testing"
)

func TestDayOfOrder(t *testing.T) {
	for number, want := range map[string]string{
		"260517-123456789012345": "2026-05-17",
		"261317-123456789012345": "",
		"1234567890":             "",
		"260517":                 "",
		"+60517-1":               "",
	} {
		got := ""
		if y, m, d, ok := dayOfOrder(number); ok {
			got = fmt.Sprintf("%d-%02d-%02d", y, m, d)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", number, got, want)
		}
	}
}
