package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"kebu/app/usecase"
	"kebu/crypto/evidence/stamp/stamptest"
	"kebu/crypto/keyring"
)

// scriptCommands are the commands that scripts have beside testscript's own.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	commands := map[string]func(*testscript.TestScript, []string){
		"kebu": kebu, "refuse": refuse, "hold": hold, "foreign": foreign, "newer": newer, "flip": flip, "cut": cut, "header": header,
		"starts": starts, "sha256": sha256Is, "lock": lock, "opens": opens, "unchanged": unchanged, "answer": answer,
		"json": jsonIs, "keys": jsonKeys, "count": jsonCount, "keep": jsonKeep,
	}
	out := make(map[string]func(*testscript.TestScript, bool, []string), len(commands))
	for name, do := range commands {
		out[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg {
				ts.Fatalf("%s cannot be negated", name)
			}
			do(ts, args)
		}
	}
	return out
}

// bookless are the verbs that open no book.
var bookless = []string{"formats", "inspect", "duplicates", "demo"}

// onBook adds the flags of the script's book where args name no other.
func onBook(args []string) []string {
	if slices.Contains(bookless, args[0]) {
		return args
	}
	for _, flag := range []string{"--book=shop.kebu", "--passphrase-file=pass"} {
		name, _, _ := strings.Cut(flag, "=")
		if !slices.ContainsFunc(args, func(a string) bool { return a == name || strings.HasPrefix(a, name+"=") }) {
			args = append(args, flag)
		}
	}
	return args
}

// kebu VERB ARG… does a verb on shop.kebu, which must succeed.
func kebu(ts *testscript.TestScript, args []string) {
	ts.Check(ts.Exec("kebuctl", onBook(args)...))
}

// refuse CODE ENGLISH CHINESE VERB ARG… does what must fail with that exit
// code: it says why in one line, which holds the text, in each language, prints
// nothing else, and changes nothing in the script's folder.
func refuse(ts *testscript.TestScript, args []string) {
	if len(args) < 4 {
		ts.Fatalf("usage: refuse CODE ENGLISH CHINESE VERB ARG…")
	}
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	english, chinese, args := args[1], args[2], onBook(args[3:])
	before := snapshot(ts)
	lang := ts.Getenv("LANG")
	defer ts.Setenv("LANG", lang)
	for _, l := range []struct{ lang, want string }{{"zh_TW.UTF-8", ""}, {"zh_CN.UTF-8", chinese}, {"en_US.UTF-8", english}} {
		ts.Setenv("LANG", l.lang)
		err := ts.Exec("kebuctl", args...)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != code {
			ts.Fatalf("%s: %v, want exit code %d", l.lang, err, code)
		}
		said := ts.ReadFile("stderr")
		if out := ts.ReadFile("stdout"); out != "" {
			ts.Fatalf("%s: printed %q", l.lang, out)
		}
		if !strings.HasPrefix(said, "kebuctl: ") || strings.Count(said, "\n") != 1 || !strings.Contains(said, l.want) {
			ts.Fatalf("%s: said %q, want one line with %q", l.lang, said, l.want)
		}
		if han := strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }); han != (l.lang != "en_US.UTF-8") {
			ts.Fatalf("%s: said %q in the wrong language", l.lang, said)
		}
		if after := snapshot(ts); !slices.Equal(before, after) {
			ts.Fatalf("%s: files changed:\n%s\n%s", l.lang, strings.Join(before, "\n"), strings.Join(after, "\n"))
		}
	}
}

// snapshot lists the files of the script's folder, temporary ones too, with
// what may not change in them.
func snapshot(ts *testscript.TestScript) []string {
	var list []string
	root := os.DirFS(ts.Getenv("WORK"))
	ts.Check(fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			list = append(list, path)
			return err
		}
		if strings.HasSuffix(path, ".kebu-wal") || strings.HasSuffix(path, ".kebu-shm") {
			return nil // what stands there is part of the book
		}
		list = append(list, path+" "+stateOf(ts, path))
		return nil
	}))
	return list
}

// hold opens shop.kebu in this process until the script ends.
func hold(ts *testscript.TestScript, _ []string) {
	s, err := usecase.Open(context.Background(), ts.MkAbs("shop.kebu"), "", []byte(testPassphrase), testClock)
	ts.Check(err)
	ts.Defer(func() {
		if err := s.Close(); err != nil {
			ts.Logf("close: %v", err)
		}
	})
}

// header FROM TO puts the header of a book, which says who can open it, in that of another.
func header(ts *testscript.TestScript, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: header FROM TO")
	}
	from, to := ts.ReadFile(args[0]), []byte(ts.ReadFile(args[1]))
	copy(to, from[:keyring.Size])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), to, 0o600))
}

// starts FILE HEX says that a file starts with these bytes.
func starts(ts *testscript.TestScript, args []string) {
	if data := ts.ReadFile(args[0]); !strings.HasPrefix(fmt.Sprintf("%x", data), args[1]) {
		ts.Fatalf("%s starts with %x, not %s", args[0], data[:min(len(data), len(args[1])/2)], args[1])
	}
}

// sha256Is FILE JSON says that the object names the sum of the file.
func sha256Is(ts *testscript.TestScript, args []string) {
	if got, want := fmt.Sprintf("%x", sha256.Sum256([]byte(ts.ReadFile(args[0])))), text(value(ts, args[1], "sha256")); got != want {
		ts.Fatalf("%s has the sum %s, told was %s", args[0], got, want)
	}
}

// answer REQUEST FILE [HOW] has an authority answer a request for a time stamp; HOW
// says what is wrong with the answer.
func answer(ts *testscript.TestScript, args []string) {
	by := stamptest.New(stamptest.P256, stamptest.Leaf{Other: len(args) > 2 && args[2] == "code"})
	request, at := []byte(ts.ReadFile(args[0])), testClock().Add(time.Minute)
	how := ""
	if len(args) > 2 {
		how = args[2]
	}
	var said []byte
	switch how {
	case "refused":
		said = by.Say(stamptest.Answer{Status: 2})
	case "early":
		said = by.Stamp(request, at.Add(-time.Hour))
	case "broken":
		said = by.Stamp(request, at)
		said[len(said)-1] ^= 1
	default:
		said = by.Stamp(request, at)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), said, 0o600))
}
