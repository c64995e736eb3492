package vault

import (
	"bytes"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"testing"
)

// Sealed against plain SQLite, with the same settings and the same work: 100,000
// rows with two indexes in transactions of 10,000, a checkpoint and a scan.
func BenchmarkLoad(b *testing.B) {
	for _, sealed := range []bool{false, true} {
		b.Run(map[bool]string{false: "plain", true: "sealed"}[sealed], func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				path := filepath.Join(b.TempDir(), bookName)
				dsn := "file:" + path + "?" + url.Values{"_pragma": pragmas}.Encode()
				var f *File
				if sealed {
					f = create(b, path)
					dsn = f.DSN()
				}
				b.StartTimer()
				load(b, dsn)
				b.StopTimer()
				if sealed {
					must(b, f.Close())
				}
				b.StartTimer()
			}
		})
	}
}

func load(b *testing.B, dsn string) {
	b.Helper()
	db := open(b, dsn)
	db.SetMaxOpenConns(1)
	exec(b, db, `CREATE TABLE row (id INTEGER PRIMARY KEY, number TEXT, buyer INTEGER, pad BLOB) STRICT;
		CREATE INDEX row_number ON row (number); CREATE INDEX row_buyer ON row (buyer)`)
	pad := bytes.Repeat([]byte{7}, 120)
	for i := range 10 {
		loadPart(b, db, i, pad)
	}
	exec(b, db, `PRAGMA wal_checkpoint(TRUNCATE)`)
	if got := number(b, db, `SELECT count(pad) FROM row`); got != 100000 {
		b.Fatal(got)
	}
	must(b, db.Close())
}

func loadPart(b *testing.B, db *sql.DB, part int, pad []byte) {
	b.Helper()
	tx, err := db.BeginTx(b.Context(), nil)
	must(b, err)
	insert, err := tx.PrepareContext(b.Context(), `INSERT INTO row (number, buyer, pad) VALUES (?, ?, ?)`)
	must(b, err)
	defer func() { must(b, insert.Close()) }()
	for i := range 10000 {
		n := (part*10000 + i) * 7919 % 100000
		_, err := insert.ExecContext(b.Context(), fmt.Sprintf("NO-%08d", n), n%5000, pad)
		must(b, err)
	}
	must(b, tx.Commit())
}
