package main

import (
	"context"
	"os"
	"strconv"
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
		p := newProgram(os.Stdin, os.Stdout, os.Stderr, fallingClock(os.Getenv("KEBU_PANIC")), passphrase.Floor, phrase.FromEnvironment(os.Getenv))
		if folder := os.Getenv("KEBU_SEEN"); folder != "" {
			p.seen, p.tries, p.keeper = usecase.NewSeen(folder), usecase.NewTries(folder, p.clock), usecase.NewKeeper(folder, testClock)
		}
		os.Exit(p.run(context.Background(), os.Args[1:]))
	}})
}

// fallingClock is testClock that panics when it was asked so many times; "" for never.
func fallingClock(text string) func() time.Time {
	left, err := strconv.Atoi(text)
	if err != nil {
		return testClock
	}
	return func() time.Time {
		if left--; left < 0 {
			panic("the clock fell down")
		}
		return testClock()
	}
}

// testClock is the time of all tests.
func testClock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
