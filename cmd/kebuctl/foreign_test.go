package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // makes a plain database, to be refused

	"kebu/importers/table/tabletest"
)

// foreign FILE makes a file that is neither book nor export, by its ending: a
// database, an old document, a locked workbook, a zip archive.
func foreign(ts *testscript.TestScript, args []string) {
	name := ts.MkAbs(args[0])
	var data []byte
	var err error
	switch filepath.Ext(name) {
	case ".db":
		ts.Check(makeDatabase(name))
		return
	case ".doc":
		data = tabletest.Compound(tabletest.Stream{Name: "WordDocument", Data: []byte("x")})
	case ".xlsx":
		data, err = encryptedWorkbook()
	case ".zip":
		data, err = zipArchive()
	default:
		err = errors.New("unknown kind")
	}
	ts.Check(err)
	ts.Check(os.WriteFile(name, data, 0o600))
}

// makeDatabase makes a database larger than the header of a book.
func makeDatabase(name string) error {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	for _, query := range []string{`CREATE TABLE t (a BLOB)`, `INSERT INTO t VALUES (zeroblob(200000))`} {
		if _, err := db.ExecContext(context.Background(), query); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}

func encryptedWorkbook() ([]byte, error) {
	f := excelize.NewFile()
	var b bytes.Buffer
	err := f.Write(&b, excelize.Options{Password: testPassphrase})
	return b.Bytes(), errors.Join(err, f.Close())
}

func zipArchive() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("list.csv")
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(w, "a,b"); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

// newer FROM TO copies a book and has both copies of its header say that a
// later program wrote them. See crypto/FORMAT.md, Header.
func newer(ts *testscript.TestScript, args []string) {
	const copySize, format, sum = 65536, 8, 65504
	data := []byte(ts.ReadFile(args[0]))
	for _, header := range [][]byte{data[:copySize], data[copySize : 2*copySize]} {
		binary.BigEndian.PutUint16(header[format:], 2)
		s := sha256.Sum256(header[:sum])
		copy(header[sum:], s[:])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

// flip FROM TO PART copies a file with one bit flipped, at PART of 100.
func flip(ts *testscript.TestScript, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	part, err := strconv.Atoi(args[2])
	ts.Check(err)
	data[len(data)*part/100] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

// cut FROM TO SIZE copies the first bytes of a file.
func cut(ts *testscript.TestScript, args []string) {
	size, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(ts.ReadFile(args[0]))[:size], 0o600))
}
