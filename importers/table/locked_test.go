package table

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kebu/importers/table/tabletest"
)

// lockedBook is a workbook with one cell, locked with the password "示例 1".
func lockedBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetCellStr("Sheet1", "B2", "某"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "示例 1"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestALockedWorkbookOpensWithItsPassword(t *testing.T) {
	data := lockedBook(t)
	for _, passwords := range [][]string{{"示例 1"}, {"", "wrong", "示例 1"}} {
		w := open(t, data, Options{Passwords: passwords})
		if got := kinds(t, w, 0); !slices.Equal(got, []string{"2: e|t 某"}) {
			t.Errorf("rows %q", got)
		}
		if w.Password() != "示例 1" || w.Kind() != KindXLSX {
			t.Errorf("password of %d letters, kind %v", len(w.Password()), w.Kind())
		}
	}
}

func TestWithoutItsPasswordALockedWorkbookStaysClosed(t *testing.T) {
	data := lockedBook(t)
	for _, c := range []struct {
		passwords []string
		wrong     bool
	}{{nil, false}, {[]string{"hunter2 "}, true}, {[]string{"1", "2", "3", "4", "示例 1"}, true}} {
		_, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Passwords: c.passwords})
		var locked *PasswordError
		if !errors.As(err, &locked) || locked.Wrong != c.wrong {
			t.Errorf("%d passwords: %v", len(c.passwords), err)
		}
		for _, p := range c.passwords {
			if len(p) > 2 && strings.Contains(err.Error(), p) {
				t.Errorf("the error tells a password: %v", err)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{Passwords: []string{"x"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestDamagedLocksAreToldAsDamage(t *testing.T) {
	info := tabletest.Stream{Name: "EncryptionInfo", Data: []byte{4, 0, 4, 0, 0x40, 0, 0, 0, '<', 'e'}}
	pkg := tabletest.Stream{Name: "EncryptedPackage", Data: make([]byte, 40)}
	for name, data := range map[string][]byte{
		"no description":     tabletest.Compound(pkg),
		"broken description": tabletest.Compound(info, pkg),
		"large description":  tabletest.Compound(tabletest.Stream{Name: "EncryptionInfo", Data: make([]byte, 2<<20)}, pkg),
	} {
		if _, err := read(t.Context(), data, Options{Passwords: []string{"a"}}); !isDamage(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
