package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"kebu/crypto/evidence"
	"kebu/store"
)

// unchanged BOOK BEFORE says that a book says what it said in a copy, and has the
// same users: nothing came but who looked at it, and what was refused.
func unchanged(ts *testscript.TestScript, args []string) {
	now, before := stateOf(ts, args[0]), stateOf(ts, args[1])
	if now != before {
		ts.Fatalf("%s changed:\n%s\n%s", args[0], before, now)
	}
}

// headerSize is that of a book's header, with its users and their slots.
const headerSize = 128 << 10

// stateOf renders what may not change in a file when nothing is done: of a book
// that opens, its header, its figures, and its log but for logins and refusals; of
// anything else, all bytes.
func stateOf(ts *testscript.TestScript, name string) string {
	data := []byte(ts.ReadFile(name))
	for _, pass := range []string{"pass", "new"} {
		text, err := os.ReadFile(ts.MkAbs(pass))
		if err != nil || filepath.Ext(name) != ".kebu" || len(data) < headerSize {
			continue
		}
		log, _ := os.ReadFile(ts.MkAbs(name + "-wal")) // what was not moved into the book yet
		state, err := bookState(data, log, strings.TrimSuffix(string(text), "\n"))
		if err == nil {
			return fmt.Sprintf("%x %s", sha256.Sum256(data[:headerSize]), state)
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

func bookState(data, log []byte, pass string) (state string, failed error) {
	dir, err := os.MkdirTemp("", "kebu-state-")
	if err != nil {
		return "", err
	}
	defer func() { failed = errors.Join(failed, os.RemoveAll(dir)) }()
	name := filepath.Join(dir, "shop.kebu")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return "", err
	}
	if log != nil {
		if err := os.WriteFile(name+"-wal", log, 0o600); err != nil {
			return "", err
		}
	}
	ctx := context.Background()
	b, err := store.Open(ctx, name, "", []byte(pass))
	if err != nil {
		return "", err
	}
	defer func() { failed = errors.Join(failed, b.Close()) }()
	return state, b.View(ctx, func(tx *store.Tx) error {
		stats, err := tx.Stats(ctx)
		if err != nil {
			return err
		}
		changes, err := tx.Changes(ctx)
		if err != nil {
			return err
		}
		state = fmt.Sprintf("%+v %+v", stats, changes)
		return tx.EachLogged(ctx, func(l *store.Logged) (bool, error) {
			if l.Act != evidence.Login && l.Act != evidence.Denied {
				e := l.Entry
				e.N = 0 // refusals move it
				state += fmt.Sprintf("\n%+v", e)
			}
			return true, nil
		})
	})
}
