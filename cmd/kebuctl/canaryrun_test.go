package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// shopLife is a book that a shop works with for a while, in programs of their own.
// What they leave anywhere is in root; what was asked for in clear is in clear.
type shopLife struct {
	t                 *testing.T
	root, clear, from string
	values            []string // that were planted
	said              int
}

func (l *shopLife) path(name string) string { return filepath.Join(l.root, name) }

func (l *shopLife) book() string { return l.path("shop.kebu") }

func (l *shopLife) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(l.t.Context(), "kebuctl", args...)
	cmd.Dir = l.path("here")
	cmd.Stdin = strings.NewReader(testPassphrase)
	temp, home := l.path("temp"), l.path("home")
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "APPDATA="+home, "LOCALAPPDATA="+home,
		"KEBU_SEEN="+l.path("seen"), "GOTRACEBACK=all", "LANG=zh_CN.UTF-8")
	return cmd
}

// do runs a verb on the book, keeps what it says in a folder, and returns it.
func (l *shopLife) do(folder string, want int, args ...string) string {
	l.t.Helper()
	cmd := l.command(append(args, "--book", l.book(), "--passphrase-file", "-")...)
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != want {
		l.t.Fatalf("%s: exit code %d, want %d: %v\n%s", args[0], code, want, err, out)
	}
	l.keep(folder, out)
	return string(out)
}

func (l *shopLife) keep(folder string, out []byte) {
	l.t.Helper()
	l.said++
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("said-%d", l.said)), out, 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// planted is a value for a cell of that column that stands nowhere else.
func (l *shopLife) planted(f importers.Field) string {
	n := 4700 + len(l.values)
	value := fmt.Sprintf("夜莺巷普拉姆沃西%d", n)
	switch f {
	case importers.BuyerPhone, importers.RecipientPhone:
		value = fmt.Sprintf("1300000%d", n)
	case importers.BuyerEmail, importers.BuyerAccount:
		value = fmt.Sprintf("wrenfold.%d@canary.example.test", n)
	case importers.BuyerName, importers.RecipientName:
		value = "欧阳雷恩福德" + string(rune('一'+n-4700))
	case importers.Postcode:
		value = fmt.Sprintf("QX9-%d-71", n)
	default: // free texts and streets
	}
	l.values = append(l.values, value)
	return value
}

// plant writes a marketplace's export with a value of its own in each cell that is a
// person's, and returns where it is.
func (l *shopLife) plant(platform, name string) string {
	l.t.Helper()
	data, err := os.ReadFile(filepath.Join(exports, platform, name))
	if err != nil {
		l.t.Fatal(err)
	}
	if !utf8.Valid(data) {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			l.t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		l.t.Fatal(err)
	}
	personal := make(map[string]importers.Field)
	for _, f := range all.Formats() {
		for _, c := range f.Columns {
			for _, h := range c.Headers {
				if f.Platform == platform && c.Field.Sealed() {
					personal[table.Normal(h)] = c.Field
				}
			}
		}
	}
	before := len(l.values)
	for _, row := range rows[1:] {
		for i, cell := range row {
			if f, ok := personal[table.Normal(rows[0][i])]; ok && cell != "" {
				row[i] = l.planted(f)
			}
		}
	}
	if len(l.values)-before < 5 {
		l.t.Fatalf("%s has %d cells of people", name, len(l.values)-before)
	}
	path := filepath.Join(l.from, platform+".csv")
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// silent fails if a file under root holds a value in any form.
func (l *shopLife) silent(when string) {
	l.t.Helper()
	if err := findForms(l.root, l.values); err != nil {
		l.t.Errorf("%s: %v", when, err)
	}
}

// TestAShopsLifeLeavesNoPersonalValueInClear works with a book as a shop does, with
// staff, lists, backups, crashes and panics, and looks for each planted value in
// every file and all that was said, but for what was asked for in clear.
func TestAShopsLifeLeavesNoPersonalValueInClear(t *testing.T) {
	skipShort(t)
	l := &shopLife{t: t, root: t.TempDir(), clear: t.TempDir(), from: t.TempDir()}
	for _, folder := range []string{"here", "temp", "home", "seen", "safe"} {
		if err := os.Mkdir(l.path(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	other := filepath.Join(l.from, "ling")
	if err := os.WriteFile(other, []byte("copper-lantern-drift-88-sonnet"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []string{l.plant("taobao", "ExportOrderList-2019.csv"), l.plant("shopify", "orders_export-79.csv"), l.plant("jd", "orders-48.csv")}
	l.values = append(l.values, testPassphrase, "copper-lantern-drift-88-sonnet")

	l.do(l.root, exitDone, "init", "--recovery-file", l.path("sheet.txt"))
	for _, f := range files {
		l.do(l.root, exitDone, "import", f)
	}
	people := l.people()
	id := people[0]
	l.write(id)
	for _, one := range people {
		l.do(l.clear, exitDone, "show", one, "--reveal", "--reason", "都来问过")
	}
	l.lists(id)
	l.staff(id, other)
	l.safe()
	l.crash(id, files[0])
	l.silent("at the end")

	// The values were there: who asks for them in clear is told.
	told := 0
	for _, v := range l.values {
		if findForms(l.clear, []string{v}) != nil {
			told++
		}
	}
	if t.Logf("%d of %d values told in clear", told, len(l.values)); told < len(l.values)/3 {
		t.Error("what was asked for in clear is not told")
	}
	said := l.do(l.clear, exitDone, "check", "--json")
	if !strings.Contains(said, `"problems":[]`) {
		t.Errorf("check: %s", said)
	}
}

// people returns the ids of all customers.
func (l *shopLife) people() (ids []string) {
	l.t.Helper()
	for line := range strings.Lines(l.do(l.root, exitDone, "customers", "--json")) {
		var c struct{ ID string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			l.t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	if len(ids) == 0 {
		l.t.Fatal("nobody")
	}
	return ids
}

// write has people write what is personal, and looks at it in every form.
func (l *shopLife) write(id string) {
	// A note is shown to who wrote it, but for numbers and addresses inside.
	note := l.planted(importers.RecipientPhone)
	l.do(l.root, exitDone, "note", id, "她妹妹"+note+"，"+l.planted(importers.BuyerEmail))
	l.do(l.root, exitDone, "field", id, "姐姐="+l.planted(importers.RecipientPhone))
	l.do(l.root, exitDone, "tag", "add", "送礼", id)
	l.do(l.root, exitDone, "tag", "remove", "送礼", id)
	for _, args := range [][]string{{"show", id}, {"show", id, "--json"}, {"customers", "--search", l.values[0]}, {"imports"}, {"history"}, {"review"}, {"log"}, {"log", "--json"}, {"stats"}} {
		l.do(l.root, exitDone, args...)
	}
	l.do(l.root, exitFailed, "tag", "add", "送礼", l.values[1])
	l.do(l.root, exitFailed, "undo", note)
	l.do(l.clear, exitDone, "log", "--reveal", "--reason", "投诉")
}

// lists writes lists: masked ones, one in clear behind a password, one in clear.
func (l *shopLife) lists(id string) {
	l.do(l.root, exitUsage, "show", id, "--reveal")
	for _, name := range []string{"masked.csv", "masked.xlsx", "masked.vcf"} {
		l.do(l.root, exitDone, "export", "--purpose", "对账", "--to", l.path(name))
	}
	password := filepath.Join(l.from, "word")
	if err := os.WriteFile(password, []byte("viaduct-mellow"), 0o600); err != nil {
		l.t.Fatal(err)
	}
	l.do(l.root, exitDone, "export", "--reveal", "--purpose", "对账", "--password-file", password, "--to", l.path("locked.xlsx"))
	l.do(l.clear, exitDone, "export", "--reveal", "--purpose", "对账", "--to", filepath.Join(l.clear, "clear.csv"))
	l.do(l.root, exitFailed, "export", "--reveal", "--purpose", "对账", "--to", l.path("none/clear.csv"))
	l.do(l.root, exitDone, "checkpoint", "--request", l.path("log.tsq"))
	l.do(l.root, exitDone, "audit-pack", "--password-file", password, "--to", l.path("pack.age"))
}

// staff lets somebody in and keeps them out again, asks for a list that must wait,
// and seals anew.
func (l *shopLife) staff(id, pass string) {
	l.do(l.root, exitDone, "user", "add", "Ling", "--role", "service", "--new-passphrase-file", pass)
	l.do(l.root, exitDone, "user", "role", "Ling", "manager")
	rules := filepath.Join(l.from, "rules.json")
	if err := os.WriteFile(rules, []byte(`{"rows": 1}`), 0o600); err != nil {
		l.t.Fatal(err)
	}
	l.do(l.root, exitDone, "rules", "--set", rules)
	l.do(l.root, exitFailed, "export", "--reveal", "--purpose", "对账", "--to", l.path("wait.csv"))
	l.do(l.root, exitDone, "approvals")
	l.do(l.root, exitDone, "note", id, l.planted(importers.Message))
	l.do(l.root, exitDone, "user", "remove", "Ling")
	l.do(l.root, exitDone, "reseal")
}

// safe makes backups, tries them, restores one beside the book, and recovers.
func (l *shopLife) safe() {
	l.do(l.root, exitDone, "backup", "--to", l.path("safe"))
	l.do(l.root, exitDone, "backups", "--to", l.path("safe"))
	l.do(l.root, exitDone, "drill", "--to", l.path("safe"))
	copies, err := filepath.Glob(filepath.Join(l.path("safe"), "*.kebu"))
	if err != nil || len(copies) != 1 {
		l.t.Fatalf("%q %v", copies, err)
	}
	for _, args := range [][]string{
		{"restore", copies[0], "--to", l.path("again.kebu"), "--passphrase-file", "-"},
		{"recover", "--book", l.path("again.kebu"), "--recovery-file", l.path("sheet.txt"), "--passphrase-file", "-"},
	} {
		out, err := l.command(args...).CombinedOutput()
		if err != nil {
			l.t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
		l.keep(l.root, out)
	}
}

// crash kills imports at random moments, and lets the program panic at each of the
// first times that it asks for the time.
func (l *shopLife) crash(id, export string) {
	random := rand.New(rand.NewPCG(20261201, 1))
	for range 3 {
		cmd := l.command("import", export, "--book", l.book(), "--passphrase-file", "-")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			l.t.Fatal(err)
		}
		time.AfterFunc(time.Duration(random.Int64N(int64(400*time.Millisecond))), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // it was killed, or was quicker
		l.keep(l.root, out.Bytes())
		l.silent("after a crash")
	}
	value, panics := l.planted(importers.Memo), 0
	for n := range 6 {
		cmd := l.command("field", id, "电话="+value, "--book", l.book(), "--passphrase-file", "-")
		cmd.Env = append(cmd.Env, fmt.Sprintf("KEBU_PANIC=%d", n))
		out, _ := cmd.CombinedOutput()
		l.keep(l.root, out)
		if bytes.Contains(out, []byte("panic: the clock fell down")) && bytes.Contains(out, []byte("goroutine 1 ")) {
			panics++
		}
	}
	if panics < 2 || panics == 6 {
		l.t.Errorf("%d panics of 6: none within the work, or it was never done", panics)
	}
}
