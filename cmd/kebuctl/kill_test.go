package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kebu/app/usecase"
)

// skipShort skips what starts the program very often: with the race detector, which
// knows its packages by their own tests, that takes minutes.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts the program very often")
	}
}

// kills is how often an import is killed; KEBU_KILLS says otherwise.
const kills = 50

const (
	killOrders = 10_000
	killLines  = 2 * killOrders
	killBuyers = 1_000
)

const killMapping = `{"name": "own", "currency": "CNY", "time_zone": "Asia/Shanghai", "columns": {
	"order_no": "Order", "ordered_at": "When", "buyer_id": "Buyer", "buyer_name": "Name", "buyer_phone": "Phone", "buyer_email": "Mail",
	"recipient_name": "To", "city": "City", "street": "Street", "product": "What", "quantity": "Count", "unit_price": "Price", "message": "Message"}}`

// plain are texts that stand in the killed import, or in any plain database;
// long enough that no cipher text holds one by chance.
var plain = []string{"SQLite format 3", "CREATE TABLE", "Heron Quillfeather", "@mail.example.test", "13000000", "Larkspur Lane", "soap dish", "ring twice", "OXBOW-ORDER-"}

// patience is for what is not to be killed, on a slow machine with much else to do.
const patience = 10 * time.Minute

// TestKilledImportsLeaveAllOrNothing kills imports at random moments: the book
// holds all of the file or nothing, has no fault, and no plain text is on disk.
func TestKilledImportsLeaveAllOrNothing(t *testing.T) {
	skipShort(t)
	rounds := kills
	if text := os.Getenv("KEBU_KILLS"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	export, fresh := killExport(t), newBook(t)
	if findPlain(filepath.Dir(export), plain[3:4]) == nil {
		t.Fatal("plain text is not found where it is")
	}
	killer := newKiller(t, 1)
	var before, after int
	for round := 0; round < rounds || (before < rounds/4 || after < max(1, rounds/25)) && round < 4*rounds; round++ {
		k := newKill(t, fresh)
		if round == 0 {
			killer.finish(k.importing(export))
		} else {
			killer.kill(k.importing(export))
		}
		if k.look() {
			after++
		} else {
			before++
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d killed before the commit, %d after; an import takes some %v", before, after, killer.whole)
	if before < rounds/4 || after < max(1, rounds/25) {
		t.Errorf("%d killed before the commit, %d after: too few of a kind", before, after)
	}
}

// killer kills commands of one kind at random moments, drawn from what it has
// learned of how long such a command takes.
type killer struct {
	t      *testing.T
	random *rand.Rand
	whole  time.Duration
}

func newKiller(t *testing.T, seed uint64) *killer {
	return &killer{t, rand.New(rand.NewPCG(20261123, seed)), 0}
}

// finish runs a command to its end.
func (k *killer) finish(c command) {
	k.t.Helper()
	k.until(patience, c)
}

// kill runs a command until a random moment, if it is not quicker.
func (k *killer) kill(c command) {
	k.t.Helper()
	k.until(time.Duration(k.random.Int64N(int64(k.whole)*5/4)), c)
}

func (k *killer) until(moment time.Duration, c command) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), moment)
	defer cancel()
	cmd := exec.CommandContext(ctx, "kebuctl", append(c.args, "--passphrase-file", "-")...)
	cmd.Stdin = strings.NewReader(testPassphrase)
	cmd.Env = append(os.Environ(), c.env...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	took := max(time.Since(start), time.Millisecond)
	switch {
	case err == nil && k.whole == 0:
		k.whole = took
	case err == nil:
		k.whole = min(k.whole, took)
	case ctx.Err() == nil:
		k.t.Fatalf("%s failed: %v\n%s", c.args[0], err, out)
	case moment >= k.whole:
		k.whole = 2 * moment
	}
}

// command is what kebuctl is started with; it reads the passphrase by itself.
type command struct {
	args []string
	env  []string
}

// kill is one import that is killed.
type kill struct {
	t               *testing.T
	dir, book, temp string
}

func newKill(t *testing.T, fresh []byte) *kill {
	t.Helper()
	dir := t.TempDir()
	k := &kill{t, dir, filepath.Join(dir, "shop.kebu"), filepath.Join(dir, "temp")}
	if err := os.WriteFile(k.book, fresh, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(k.temp, 0o700); err != nil {
		t.Fatal(err)
	}
	return k
}

// importing is the real import.
func (k *kill) importing(export string) command {
	return command{
		args: []string{"import", "--book", k.book, "--mapping", export + ".json", export},
		env:  []string{"TMPDIR=" + k.temp, "TMP=" + k.temp, "TEMP=" + k.temp},
	}
}

// look says whether the book holds the file, and fails for anything between, for
// a fault and for plain text.
func (k *kill) look() (committed bool) {
	k.t.Helper()
	if err := findPlain(k.dir, plain); err != nil {
		k.t.Error(err)
	}
	s, err := usecase.Open(k.t.Context(), k.book, "", []byte(testPassphrase), testClock)
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			k.t.Error(err)
		}
	}()
	n, err := s.Stats(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	switch [3]int{n.Orders, n.Lines, n.Customers} {
	case [3]int{killOrders, killLines, killBuyers}:
		committed = true
	case [3]int{}:
	default:
		k.t.Errorf("%d orders, %d lines, %d customers: neither all nor nothing", n.Orders, n.Lines, n.Customers)
	}
	imports, err := s.Imports(k.t.Context())
	if err != nil || (len(imports) == 1) != committed {
		k.t.Errorf("%d imports are listed, %v", len(imports), err)
	}
	report, err := s.Check(k.t.Context(), func(int, int) {})
	if err != nil || len(report.Problems) > 0 {
		k.t.Errorf("check: %v, %v", report.Problems, err)
	}
	return committed
}

// killExport writes the file that is imported and, beside it, its mapping.
func killExport(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintln(&b, "Order,When,Buyer,Name,Phone,Mail,To,City,Street,What,Count,Price,Message")
	for i := range killLines {
		order := i / 2
		buyer := order % killBuyers
		fmt.Fprintf(&b, "OXBOW-ORDER-%05d,2026-10-%02d 12:00:00,b%d,Heron Quillfeather %d,13000000%03d,heron%d@mail.example.test,Heron Quillfeather,Springfield,%d Larkspur Lane,soap dish %d,%d,9.5,ring twice\n",
			order, 1+order%28, buyer, buyer, buyer, buyer, buyer, i%2, 1+i%3)
	}
	name := filepath.Join(t.TempDir(), "own.csv")
	if err := errors.Join(os.WriteFile(name, b.Bytes(), 0o600), os.WriteFile(name+".json", []byte(killMapping), 0o600)); err != nil {
		t.Fatal(err)
	}
	return name
}
