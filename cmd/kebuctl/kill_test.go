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
	"testing"
	"time"

	"kebu/app/usecase"
)

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
	rounds := kills
	if testing.Short() {
		rounds /= 5
	}
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
	random := rand.New(rand.NewPCG(20261123, 1))
	// The first has all the time it wants: an import takes whole, as far as we know.
	whole := patience
	var before, after int
	for round := range rounds {
		moment := whole
		if round > 0 {
			moment = time.Duration(random.Int64N(int64(whole) * 5 / 4))
		}
		k := newKill(t, fresh)
		took := k.importFor(moment, export)
		if committed := k.look(); committed {
			after++
			whole = min(whole, max(took, time.Millisecond))
		} else {
			before++
			if moment >= whole {
				whole = moment * 2
			}
		}
		if t.Failed() {
			t.Fatalf("round %d, killed after %v", round, moment)
		}
	}
	t.Logf("%d killed before the commit, %d after; an import takes some %v", before, after, whole)
	if before < rounds/4 || after < max(1, rounds/25) {
		t.Errorf("%d of %d killed before the commit, %d after: too few of a kind", before, rounds, after)
	}
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

// importFor runs the real import and kills it after a time, if it still runs.
func (k *kill) importFor(moment time.Duration, export string) (took time.Duration) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), moment)
	defer cancel()
	cmd := exec.CommandContext(ctx, "kebuctl", "import", "--book", k.book, "--passphrase-file", "-", "--mapping", export+".json", export)
	cmd.Stdin = bytes.NewReader([]byte(testPassphrase))
	cmd.Env = append(os.Environ(), "TMPDIR="+k.temp, "TMP="+k.temp, "TEMP="+k.temp)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil && ctx.Err() == nil {
		k.t.Fatalf("import failed: %v\n%s", err, out)
	}
	return time.Since(start)
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
