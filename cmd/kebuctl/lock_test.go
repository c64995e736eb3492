package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// lock writes a workbook, or a table in GB18030 as one, locked with a password: lock FROM TO
// PASSWORD.
func lock(ts *testscript.TestScript, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	if filepath.Ext(args[0]) == ".csv" {
		data = workbook(ts, data)
	}
	locked, err := excelize.Encrypt(data, &excelize.Options{Password: args[2]})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), locked, 0o600))
}

func workbook(ts *testscript.TestScript, table []byte) []byte {
	rows, err := csv.NewReader(simplifiedchinese.GB18030.NewDecoder().Reader(bytes.NewReader(table))).ReadAll()
	ts.Check(err)
	book := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		ts.Check(err)
		ts.Check(book.SetSheetRow("Sheet1", cell, &row))
	}
	var out bytes.Buffer
	ts.Check(book.Write(&out))
	return out.Bytes()
}

// opens opens a locked workbook by excelize and looks for a text: opens FILE
// PASSWORD TEXT.
func opens(ts *testscript.TestScript, args []string) {
	book, err := excelize.OpenFile(ts.MkAbs(args[0]), excelize.Options{Password: args[1]})
	ts.Check(err)
	defer func() { _ = book.Close() }()
	found, err := book.SearchSheet(book.GetSheetName(0), args[2])
	ts.Check(err)
	if len(found) == 0 {
		ts.Fatalf("%s does not hold %s", args[0], args[2])
	}
}
