package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path/filepath"
	"testing"

	"kebu/crypto/page"
)

// hotLog returns a book and its log as a crash after so many steps leaves them.
func hotLog(t *testing.T, steps int) map[string][]byte {
	t.Helper()
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "cache_size(8)", "wal_autocheckpoint(0)")
	exec(t, db, schema+`PRAGMA wal_checkpoint(TRUNCATE)`)
	must(t, (&workload{steps: steps}).run(t.Context(), db))
	all := files(t, filepath.Dir(path))
	must(t, db.Close())
	must(t, f.Close())
	return all
}

// recovered opens what a crash left and returns the step it is at.
func recovered(t *testing.T, dir string, all map[string][]byte) int {
	t.Helper()
	place(t, dir, all)
	f := reopen(t, filepath.Join(dir, bookName))
	db := connect(t, f, 1, "synchronous(OFF)") // this is about reading
	n := wantState(t, db)
	must(t, db.Close())
	wantPages(t, f)
	must(t, f.Close())
	return n
}

const walName = bookName + "-wal"

// Cut anywhere, or ending in garbage, the log gives a whole number of steps.
func TestTornLogOpensAtACommit(t *testing.T) {
	const steps = 7
	all := hotLog(t, steps)
	wal := all[walName]
	dir := filepath.Join(t.TempDir(), "copy")
	r := random(3)
	cuts, last := 0, 0
	between, least := 4000, 150
	if testing.Short() {
		between, least = 8*between, least/8
	}
	for at := 0; at <= len(wal); at += 1 + r.IntN(between) {
		garbage := bytes.Clone(wal)
		for i := at; i < len(garbage); i++ {
			garbage[i] = byte(r.Uint32())
		}
		zeros := bytes.Clone(wal)
		clear(zeros[at:])
		for _, torn := range [][]byte{wal[:at], garbage, zeros} {
			n := recovered(t, dir, with(all, walName, torn))
			if n < last || n > steps {
				t.Fatalf("cut at %d of %d: step %d after %d", at, len(wal), n, last)
			}
			last = n
			cuts++
		}
	}
	if got := recovered(t, dir, all); got != steps || cuts < least {
		t.Errorf("whole log: step %d of %d; %d cuts", got, steps, cuts)
	}
	t.Logf("%d cuts in %d bytes", cuts, len(wal))
}

// A flipped bit ends the log before it: an earlier state, never a wrong one.
func TestAFlippedBitInTheLogNeverGivesWrongData(t *testing.T) {
	const steps = 7
	all := hotLog(t, steps)
	wal := all[walName]
	dir := filepath.Join(t.TempDir(), "copy")
	r := random(4)
	frames := (len(wal) - walHeader) / frameSize
	flips, noticed, found := 0, 0, 0
	for i := -1; i < frames; i++ {
		fields := [][2]int{{0, page.FrameHeader}, {page.FrameHeader, page.Usable}, {page.FrameHeader + page.Usable, page.Reserve}}
		base := walHeader + i*frameSize
		if i < 0 {
			fields, base = [][2]int{{0, walHeader}}, 0
		}
		for _, field := range fields {
			for range rounds(4) {
				at := base + field[0] + r.IntN(field[1])
				damaged := with(all, walName, flipped(wal, at, uint(r.IntN(8))))
				place(t, dir, damaged)
				f := reopen(t, filepath.Join(dir, bookName))
				err := f.CheckLog()
				must(t, f.Close())
				n := recovered(t, dir, damaged)
				if n < steps {
					noticed++
				}
				switch {
				case err == nil && i >= 0 && n < steps-2:
					t.Fatalf("frame %d: steps were lost after %d, and nobody says so", i, n)
				case errors.Is(err, ErrDamaged):
					found++
				case err != nil:
					t.Fatal(err)
				}
				flips++
			}
		}
	}
	// SQLite does not look at all of its own header.
	if frames < 20 || flips-noticed > rounds(4) || found < flips*3/4 {
		t.Errorf("%d frames, %d flips, %d lose commits, %d are reported", frames, flips, noticed, found)
	}
	t.Logf("%d flips in %d frames, %d lose commits, %d are reported", flips, frames, noticed, found)
}

const journalName = bookName + "-journal"

// hotJournal returns a book and its journal as a crash in the middle of step
// three leaves them, pages already overwritten.
func hotJournal(t *testing.T) map[string][]byte {
	t.Helper()
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "journal_mode(DELETE)", "cache_size(4)")
	must(t, (&workload{steps: 2}).run(t.Context(), db))
	before := files(t, filepath.Dir(path))[bookName]
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	_, err = tx.ExecContext(t.Context(), `UPDATE part SET label = label || '+', pad = zeroblob(2000)`)
	must(t, err)
	all := files(t, filepath.Dir(path))
	must(t, tx.Rollback())
	must(t, db.Close())
	must(t, f.Close())
	if bytes.Equal(before, all[bookName][:len(before)]) {
		t.Fatal("the transaction has not reached the book")
	}
	return all
}

// Records are bound to their place, and one that does not open stops the book
// from being opened: half a rollback would be worse.
func TestAFlippedBitInTheJournalNeverGivesWrongData(t *testing.T) {
	all := hotJournal(t)
	journal := all[journalName]
	dir := filepath.Join(t.TempDir(), "copy")
	if got := recovered(t, dir, all); got != 2 {
		t.Fatalf("rolled back to step %d", got)
	}
	r := random(5)
	const record = 4 + page.Size + 4
	records, flips, refused := 0, 0, 0
	for base := journalSector; base+record <= len(journal); records++ {
		if bytes.HasPrefix(journal[base:], journalMagic) {
			base += journalSector
		}
		for i := range rounds(4) * 4 {
			field := [][2]int{{0, 4}, {4, page.Usable}, {4 + page.Usable, page.Reserve}, {4 + page.Size, 4}}[i%4]
			at := base + field[0] + r.IntN(field[1])
			place(t, dir, with(all, journalName, flipped(journal, at, uint(r.IntN(8)))))
			f := reopen(t, filepath.Join(dir, bookName))
			db := connect(t, f, 1, "journal_mode(DELETE)")
			if err := db.PingContext(t.Context()); err == nil {
				if got := wantState(t, db); got != 2 || field[0] <= 4+page.Usable {
					t.Fatalf("byte %d of record %d: opens at step %d", at-base, records, got)
				}
			} else if refused++; !errors.Is(Explain(err), ErrDamaged) {
				t.Fatalf("byte %d of record %d: %v", at-base, records, err)
			}
			_ = db.Close()
			must(t, f.Close())
			flips++
		}
		base += record
		if rest := base % journalSector; rest != 0 && base+record <= len(journal) && !plausible(journal[base:]) {
			base += journalSector - rest
		}
	}
	if records < 8 || refused != flips/4*3 {
		t.Errorf("%d records, %d flips, %d refused", records, flips, refused)
	}
	t.Logf("%d flips in %d records", flips, records)
}

// plausible says whether a record of the journal begins here, by its page number.
func plausible(b []byte) bool {
	n := binary.BigEndian.Uint32(b)
	return n > 0 && n < 1000
}
