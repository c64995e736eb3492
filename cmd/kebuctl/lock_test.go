package main

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// lock writes a workbook locked with a password: lock FROM TO PASSWORD.
func lock(ts *testscript.TestScript, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	locked, err := excelize.Encrypt(data, &excelize.Options{Password: args[2]})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), locked, 0o600))
}
