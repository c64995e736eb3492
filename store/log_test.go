package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
)

const logTime = crm.Moment(1795000020000)

// logBook is a plain database with a user who has logged in.
func logBook(t testing.TB) *Book {
	t.Helper()
	b, err := OpenLight(t.Context(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.ClosePlain() })
	if err := b.Keep(t.Context(), func(tx *Tx) error { return tx.LogLogin(t.Context(), logTime, 0) }); err != nil {
		t.Fatal(err)
	}
	return b
}

// logged does a step of the owner's with its entry.
func logged(t testing.TB, b *Book, verb string, at crm.Moment, fn func(context.Context, *Tx) error) {
	t.Helper()
	if err := b.Update(t.Context(), Step{Verb: verb, User: "owner", At: at}, func(tx *Tx) error {
		if err := fn(t.Context(), tx); err != nil {
			return err
		}
		return tx.LogSteps(t.Context())
	}); err != nil {
		t.Fatalf("%s: %v", verb, err)
	}
}

// customer makes a customer without orders and returns its number and id.
func customer(t testing.TB, b *Book) (num int64, id string) {
	t.Helper()
	raw := newID()
	if err := b.Keep(t.Context(), func(tx *Tx) error {
		return tx.exec(t.Context(), "make customer", `INSERT INTO customers (num, id, step) VALUES (1, ?, 0)`, raw[:])
	}); err != nil {
		t.Fatal(err)
	}
	return 1, fmt.Sprintf("%x", raw)
}

func entries(t testing.TB, b *Book) []Logged {
	t.Helper()
	var list []Logged
	if err := b.View(t.Context(), func(tx *Tx) error {
		return tx.EachLogged(t.Context(), func(l *Logged) (bool, error) {
			list = append(list, *l)
			return true, nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

func problems(t testing.TB, b *Book) []string {
	t.Helper()
	list, err := b.CheckTables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(list, func(p string) bool { return !strings.HasPrefix(p, "log: ") })
}

// fill writes a log of every kind of entry, with two checkpoints.
func fill(t testing.TB, b *Book) (customerID string) {
	t.Helper()
	num, id := customer(t, b)
	ctx := t.Context()
	sign := func() {
		if err := b.Keep(ctx, func(tx *Tx) error { _, _, err := tx.SignLog(ctx, logTime); return err }); err != nil {
			t.Fatal(err)
		}
	}
	logged(t, b, "note", logTime, func(ctx context.Context, tx *Tx) error {
		return errors.Join(tx.AddNote(ctx, num, "owner", pii.New("喜欢绿茶")), tx.CountRows(ctx, 1))
	})
	logged(t, b, "export", logTime+60_000, func(ctx context.Context, tx *Tx) error {
		return tx.RecordDisclosure(ctx, Disclosure{Kind: "export", Purpose: "books", Columns: []string{"id", "name"}, Rows: 12, SHA256: []byte{1, 2}, File: "list.csv"})
	})
	sign()
	logged(t, b, "segment save", logTime+120_000, func(ctx context.Context, tx *Tx) error {
		return tx.SaveSegment(ctx, Segment{"常客", "purchases > 2"})
	})
	logged(t, b, "field", logTime, func(ctx context.Context, tx *Tx) error { return tx.SetField(ctx, num, "鞋码", pii.New("38")) })
	logged(t, b, "undo", logTime+120_000, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Undo(ctx, 3)
		if err != nil {
			return err
		}
		if err := tx.Next(ctx); err != nil {
			return err
		}
		_, err = tx.Undo(ctx, 4)
		return err
	})
	if err := b.Keep(ctx, func(tx *Tx) error {
		return errors.Join(tx.LogDenied(ctx, logTime+180_000, "export"), tx.LogEvent(ctx, logTime+180_000, "audit-pack", 9, &Matter{SHA256: "00"}))
	}); err != nil {
		t.Fatal(err)
	}
	sign()
	return id
}

func TestTheLogTellsWhatWasDone(t *testing.T) {
	b := logBook(t)
	id := fill(t, b)
	list := entries(t, b)
	var told []string
	for _, l := range list {
		text := l.Act + " " + l.User
		for _, c := range l.Changes {
			text += fmt.Sprintf(" %s %s %s: %s > %s", strings.ReplaceAll(c.Customer, id, "ID"), c.What, c.Name, c.Before.Reveal(), c.After.Reveal())
		}
		if l.Back > 0 {
			text += fmt.Sprintf(" back %d", l.Back)
		}
		told = append(told, text)
	}
	want := []string{
		"login owner", "note owner ID note :  > 喜欢绿茶", "export owner", "segment save owner  segment 常客:  > purchases > 2",
		"field owner ID field 鞋码:  > 38 back 120", "undo owner", "undo owner", "denied owner", "audit-pack owner",
	}
	if !slices.Equal(told, want) {
		t.Errorf("%q\nwant %q", told, want)
	}
	if m := list[2].Matter; m.Purpose != "books" || m.SHA256 != "0102" || list[2].Rows != 12 {
		t.Errorf("export: %+v", m)
	}
	if list[6].Step != 6 || list[6].Matter.Undoes != 4 || list[7].Of != "export" {
		t.Errorf("%+v %+v", list[6], list[7])
	}
	if p := problems(t, b); len(p) > 0 {
		t.Errorf("problems: %q", p)
	}
}

// TestEveryRowOfTheLogIsGuarded changes each value of each row of the log, and of
// the journal that it tells of, and takes rows away: check finds each.
func TestEveryRowOfTheLogIsGuarded(t *testing.T) {
	b := logBook(t)
	fill(t, b)
	stamped(t, b)
	// What the triggers forbid is done without them.
	for _, query := range []string{`UPDATE log SET entry = ''`, `DELETE FROM log`, `INSERT OR REPLACE INTO log VALUES (1, '', x'')`, `INSERT INTO log VALUES (99, '', x'')`, `UPDATE openings SET sealed = x''`, `UPDATE log_users SET role = 'clerk'`, `DELETE FROM log_users`, `DELETE FROM checkpoints`, `UPDATE checkpoints SET text = ''`, `UPDATE checkpoints SET nonce = 1 WHERE nonce IS NOT NULL`, `UPDATE checkpoints SET stamp = NULL WHERE stamp IS NOT NULL`} {
		if err := b.Keep(t.Context(), func(tx *Tx) error { return tx.exec(t.Context(), "change", query) }); err == nil {
			t.Errorf("%s is let through", query)
		}
	}
	triggers, err := names(t.Context(), b, `SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		t.Fatal(err)
	}
	const exportStep = 2
	tried := 0
	// try changes the book, checks it and takes the change back.
	try := func(what, query string, args ...any) {
		t.Helper()
		var found []string
		err := b.Keep(t.Context(), func(tx *Tx) error {
			for _, name := range triggers {
				if err := tx.exec(t.Context(), "drop", `DROP TRIGGER `+name); err != nil {
					return err
				}
			}
			if err := tx.exec(t.Context(), "defer", `PRAGMA defer_foreign_keys = ON`); err != nil {
				return err
			}
			n, err := tx.count(t.Context(), "change", query, args...)
			if err != nil || n == 0 {
				return errors.Join(err, errors.New("nothing changed"))
			}
			var r CheckReport
			if err := tx.checkLog(t.Context(), &r); err != nil {
				r.add("%v", err)
			}
			found = r.Problems
			return ErrDiscard
		})
		if err != nil {
			t.Errorf("%s: %v", what, err)
		} else if len(found) == 0 {
			t.Errorf("%s: not found", what)
		}
		tried++
	}
	for _, table := range []struct {
		name, key string
		columns   []string
		may       bool // its rows may go
	}{
		{name: "log", key: "n", columns: []string{"n", "entry", "hashes"}},
		{name: "log_users", key: "n", columns: []string{"n", "key", "name", "role"}},
		{name: "openings", key: "n", columns: []string{"n", "sealed"}, may: true},
		{name: "opening_customers", key: "n", columns: []string{"n", "customer"}},
		{name: "checkpoints", key: "id", columns: []string{"id", "size", "text"}},
		{name: "steps", key: "id", columns: []string{"id", "verb", "user", "at", "rows"}},
		{name: "disclosures", key: "step", columns: []string{"purpose", "columns", "rule", "rows", "sha256", "file"}},
	} {
		var keys []int64
		if err := b.View(t.Context(), func(tx *Tx) error {
			keys, err = listOf[int64](t.Context(), tx, "list", `SELECT `+table.key+` FROM `+table.name)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(keys) == 0 {
			t.Errorf("%s has no rows to change", table.name)
		}
		for _, key := range keys {
			for _, c := range table.columns {
				if table.name == "steps" && c == "rows" && key == exportStep {
					continue // its disclosure counts them
				}
				change := c + ` = CASE typeof(` + c + `) WHEN 'integer' THEN ` + c + ` + 60000 WHEN 'blob' THEN CAST(randomblob(length(` + c + `)) AS BLOB) WHEN 'null' THEN 1 ELSE ` + c + ` || 'x' END`
				try(fmt.Sprintf("%s %d %s", table.name, key, c), `UPDATE `+table.name+` SET `+change+` WHERE `+table.key+` = ?`, key)
			}
			// The last checkpoint may go as the log's last entries may: nothing inside tells.
			if !table.may && (table.name != "checkpoints" || key != keys[len(keys)-1]) {
				try(fmt.Sprintf("%s %d deleted", table.name, key), `DELETE FROM `+table.name+` WHERE `+table.key+` = ?`, key)
			}
		}
	}
	try("time stamp changed", `UPDATE checkpoints SET stamp = CAST(randomblob(length(stamp)) AS BLOB) WHERE stamp IS NOT NULL`)
	try("time stamp on others", `UPDATE checkpoints SET stamp = (SELECT max(stamp) FROM checkpoints) WHERE stamp IS NULL`)
	t.Logf("%d changes found", tried)
}

// TestWhatIsForgottenIsProvenStill forgets what entries about a customer were to.
func TestWhatIsForgottenIsProvenStill(t *testing.T) {
	b := logBook(t)
	id := fill(t, b)
	before := packOf(t, b)
	if err := b.Keep(t.Context(), func(tx *Tx) error { return tx.ForgetLogged(t.Context(), id) }); err != nil {
		t.Fatal(err)
	}
	list := entries(t, b)
	if list[1].Opened || list[4].Opened || !list[2].Opened || !list[1].Forgotten() || list[2].Forgotten() || list[0].Forgotten() {
		t.Errorf("forgotten: %v %v, kept: %v", !list[1].Opened, !list[4].Opened, list[2].Opened)
	}
	var left int
	if err := b.read.QueryRowContext(t.Context(), `SELECT count(*) FROM opening_customers`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d links are left: %v", left, err)
	}
	if p := problems(t, b); len(p) > 0 {
		t.Errorf("problems: %q", p)
	}
	if after := packOf(t, b); after != before {
		t.Error("the log changed")
	}
}

func packOf(t testing.TB, b *Book) string {
	t.Helper()
	var out strings.Builder
	if err := b.View(t.Context(), func(tx *Tx) error {
		p, err := tx.Pack(t.Context())
		if err != nil {
			return err
		}
		return b.WritePack(&out, p)
	}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestThePackOfABookPasses(t *testing.T) {
	b := logBook(t)
	fill(t, b)
	key, err := b.LogKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.NewVerifier(key); err != nil {
		t.Fatal(err)
	}
	r, err := evidence.Verify([]byte(packOf(t, b)), evidence.Brought{Key: key})
	if err != nil || r.State() != evidence.Missing || r.Entries != 9 || r.Back != 1 { // nothing known was brought
		t.Errorf("%v %+v", err, r)
	}
}

// TestAChangeAndItsEntryAreOne fails at each point of a change: neither stays.
func TestAChangeAndItsEntryAreOne(t *testing.T) {
	b := logBook(t)
	num, _ := customer(t, b)
	stop := errors.New("stop")
	for name, fn := range map[string]func(*Tx) error{
		"before the entry": func(tx *Tx) error { return errors.Join(tx.AddNote(t.Context(), num, "owner", pii.New("一")), stop) },
		"after it": func(tx *Tx) error {
			return errors.Join(tx.AddNote(t.Context(), num, "owner", pii.New("一")), tx.LogSteps(t.Context()), stop)
		},
		"discarded": func(tx *Tx) error {
			if err := errors.Join(tx.AddNote(t.Context(), num, "owner", pii.New("一")), tx.LogSteps(t.Context())); err != nil {
				return err
			}
			return ErrDiscard
		},
	} {
		err := b.Update(t.Context(), Step{Verb: "note", User: "owner", At: logTime}, fn)
		if name != "discarded" && !errors.Is(err, stop) || name == "discarded" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var notes, steps int
		if err := b.read.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM steps)`).Scan(&notes, &steps); err != nil || notes+steps != 0 || len(entries(t, b)) != 1 {
			t.Errorf("%s: %d notes, %d steps, %d entries are left: %v", name, notes, steps, len(entries(t, b)), err)
		}
	}
}

// TestWhoCannotReadTextsWritesTheLogAllTheSame does a step without the class key.
func TestWhoCannotReadTextsWritesTheLogAllTheSame(t *testing.T) {
	b := logBook(t)
	keys := b.keys.Load().Classes[openingClass]
	delete(b.keys.Load().Classes, openingClass)
	logged(t, b, "segment save", logTime, func(ctx context.Context, tx *Tx) error {
		return tx.SaveSegment(ctx, Segment{"常客", "purchases > 2"})
	})
	if l := entries(t, b)[1]; l.Opened || !l.Sealed || l.Forgotten() || len(l.Changes) > 0 {
		t.Errorf("it opens without the key: %+v", l.Entry)
	}
	b.keys.Load().Classes[openingClass] = keys
	if l := entries(t, b)[1]; !l.Opened || l.Changes[0].After.Reveal() != "purchases > 2" {
		t.Errorf("it does not open with the key: %+v", l.Entry)
	}
}

// BenchmarkLog appends entries with openings in one transaction.
func BenchmarkLog(bench *testing.B) {
	b := logBook(bench)
	if err := b.Keep(bench.Context(), func(tx *Tx) error {
		for bench.Loop() {
			if err := tx.LogEvent(bench.Context(), logTime, "note", 1, &Matter{Purpose: "a purpose of a usual length"}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		bench.Fatal(err)
	}
}

func TestAnEntryOfSomebodyWhoNeverLoggedInIsFound(t *testing.T) {
	b, err := OpenLight(t.Context(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.ClosePlain() })
	logged(t, b, "segment save", logTime, func(ctx context.Context, tx *Tx) error {
		return tx.SaveSegment(ctx, Segment{"常客", "purchases > 2"})
	})
	if found := problems(t, b); !slices.ContainsFunc(found, func(p string) bool { return strings.Contains(p, "did not log in") }) {
		t.Errorf("found %q", found)
	}
}
