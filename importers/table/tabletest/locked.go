package tabletest

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// password locks what lockedWorkbook makes.
const password = "示例 1"

// lockedWorkbook is an empty workbook with a password.
func lockedWorkbook(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := excelize.NewFile().Write(&b, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
