package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kebu/app/phrase"
	"kebu/crypto/passphrase"
)

// verbs are those of the command line contract, in its order, and recover.
var verbs = []string{
	"init", "formats", "inspect", "duplicates", "import", "imports", "undo", "redo", "history", "stats", "customers", "show", "note", "tag add", "tag remove", "field",
	"decide same", "decide different", "erase", "review", "segments", "segment save", "segment delete", "export", "demo", "check", "backup", "backups", "drill", "restore", "log", "checkpoint", "stamp", "audit-pack", "passphrase",
	"team", "user add", "user role", "user disable", "user enable", "user reset", "user remove", "rules", "reseal", "sheet", "approvals", "approve", "recover",
}

func TestHelpListsTheVerbsInOrder(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans", "zh-Hant"} {
		var out bytes.Buffer
		p := newProgram(strings.NewReader(""), &out, &out, testClock, passphrase.Floor, phrase.New(lang))
		if code := p.run(t.Context(), []string{"--help"}); code != exitDone {
			t.Fatalf("%s: exit code %d", lang, code)
		}
		var listed []string
		for _, m := range regexp.MustCompile(`(?m)^  ([a-z-]+(?: [a-z]+)?)  +\S`).FindAllStringSubmatch(out.String(), -1) {
			listed = append(listed, m[1])
		}
		if !slices.Equal(listed, verbs) {
			t.Errorf("%s: help lists %q, want %q", lang, listed, verbs)
		}
	}
}

// TestReadersAreVerbs: a name that is misspelt would warn for nothing.
func TestReadersAreVerbs(t *testing.T) {
	for _, r := range readers {
		if !slices.Contains(verbs, r) {
			t.Errorf("%s is no verb", r)
		}
	}
}

func TestEveryVerbHasAScript(t *testing.T) {
	for _, v := range verbs {
		name, _, _ := strings.Cut(v, " ")
		text, err := os.ReadFile(filepath.Join(scripts, name+".txtar"))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, want := range []string{"kebuctl " + v + " --help", "LANG=zh_CN.UTF-8", "LANG=zh_TW.UTF-8"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s.txtar has no %q", name, want)
			}
		}
	}
}
