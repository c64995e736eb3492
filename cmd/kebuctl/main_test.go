package main

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/crypto/passphrase"
	"kebu/crypto/passphrase/passphrasetest"
)

// TestMain makes the test binary a kebuctl of its own for scripts and kills:
// the real program but for the clock, which stands, and the cost of a
// passphrase, which is next to nothing.
func TestMain(m *testing.M) {
	passphrasetest.Lower()
	testscript.Main(m, map[string]func(){"kebuctl": func() {
		if err := restrict(os.Getenv); err != nil {
			panic(err)
		}
		p := newProgram(os.Stdin, os.Stdout, os.Stderr, testClock, passphrase.Floor, phrase.FromEnvironment(os.Getenv))
		if folder := os.Getenv("KEBU_SEEN"); folder != "" {
			p.seen = usecase.NewSeen(folder)
		}
		os.Exit(p.run(context.Background(), os.Args[1:]))
	}})
}

// testClock is the time of all tests.
func testClock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
