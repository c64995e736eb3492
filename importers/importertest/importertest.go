// Package importertest is the suite that every marketplace's formats pass. It
// reads the synthetic exports of a folder under testdata/exports, compares
// what was read with the golden files beside them, and then reads the same
// exports again: in other encodings and containers, with their columns shuffled
// or left out, in the other row models that say the same, with titles, sums and
// explanations, cut short, a byte at a time, cancelled, and damaged.
//
// Run it with -update to write the golden files anew; look at them before they
// are committed.
package importertest

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/importers"
	"kebu/importers/table"
)

// Update says that golden files, and the workbooks that tests make, are to be
// written anew.
var Update = flag.Bool("update", false, "write golden files anew")

const goldenEnd = ".golden.json"

// Exports lists the exports of a folder: all files but the golden ones.
func Exports(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	return slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, goldenEnd) }), err
}

// Run runs the suite on the exports of a folder. all are the formats that are
// told apart; those of the folder's marketplace must be among them.
func Run(t *testing.T, all []*importers.Format, dir string) {
	t.Helper()
	files, err := Exports(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no exports in %s", dir)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) { run(t, all, name) })
	}
}

func run(t *testing.T, all []*importers.Format, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{formats: all, data: data, name: name}
	s.golden(t)
	t.Run("CutShort", s.cutShort)
	t.Run("Cancelled", s.cancelled)
	t.Run("NoPersonInReports", s.noPersonInReports)
	if testing.Short() || !s.isText(t) { // with the race detector, what follows reads no otherwise
		return
	}
	s.takeGrid(t)
	type part struct {
		name string
		run  func(*testing.T)
	}
	tests := []part{
		{"OneByteAtATime", s.oneByteAtATime},
		{"OtherEncodings", s.otherEncodings},
		{"OtherDelimiters", s.otherDelimiters},
		{"Workbook", s.workbook},
		{"ShuffledColumns", s.shuffledColumns},
		{"FewerColumns", s.fewerColumns},
		{"TickedColumns", s.tickedColumns},
		{"DirtyHeaders", s.dirtyHeaders},
		{"LowerHeader", s.lowerHeader},
		{"SumsAndExplanations", s.sumsAndExplanations},
		{"RoundedNumbers", s.roundedNumbers},
		{"NoCellInReports", s.noCellInReports},
	}
	if s.matches[0].Format.Rows == importers.PaymentPerRow {
		tests = append(tests, part{"PaymentsTwice", s.paymentsTwice}, part{"PaymentsCut", s.paymentsCut}, part{"LongNumbers", s.longPayments})
	} else {
		tests = append(tests, part{"RowModels", s.rowModels}, part{"CutAtEachRow", s.cutAtEachRow}, part{"LongNumbers", s.longNumbers})
	}
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

type suite struct {
	formats []*importers.Format
	name    string
	data    []byte
	above   [][]string // of a text file: the rows above its headers
	grid    [][]string // and its headers and rows
	matches []importers.Match
	read    *importers.Result
	want    []byte // the golden picture
}

// read reads a file from its bytes to its orders.
func read(ctx context.Context, data []byte, formats []*importers.Format) (*importers.Result, []importers.Match, error) {
	return readFrom(ctx, bytes.NewReader(data), int64(len(data)), formats, importers.Options{})
}

func readFrom(ctx context.Context, from io.ReaderAt, size int64, formats []*importers.Format, o importers.Options) (*importers.Result, []importers.Match, error) {
	w, err := table.Open(ctx, from, size, table.Options{})
	if err != nil {
		return nil, nil, err
	}
	matches, err := importers.Detect(ctx, w, formats)
	if err != nil {
		return nil, nil, err
	}
	r, err := importers.Read(ctx, w, matches, o)
	return r, matches, err
}

// mustRead is read for what has to be readable.
func (s *suite) mustRead(t *testing.T, data []byte) *importers.Result {
	t.Helper()
	r, _, err := read(t.Context(), data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *suite) isText(t *testing.T) bool {
	t.Helper()
	w, err := table.Open(t.Context(), bytes.NewReader(s.data), int64(len(s.data)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w.Kind() == table.KindText
}

func (s *suite) golden(t *testing.T) {
	t.Helper()
	var err error
	if s.read, s.matches, err = read(t.Context(), s.data, s.formats); err != nil {
		t.Fatal(err)
	}
	got := append(pictured(t, s.read, s.matches), '\n')
	path := strings.TrimSuffix(s.name, filepath.Ext(s.name)) + goldenEnd
	if *Update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		s.want = got
		return
	}
	if s.want, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	compare(t, got, s.want)
}

// compare fails on the first line that differs.
func compare(t *testing.T, got, want []byte) {
	t.Helper()
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("line %d is missing: %s", i+1, w[i])
		case i >= len(w):
			t.Fatalf("line %d is too many: %s", i+1, g[i])
		case g[i] != w[i]:
			t.Fatalf("line %d: got %s, want %s", i+1, g[i], w[i])
		}
	}
}

// same reads a variant of the file, which must hold the same orders.
func (s *suite) same(t *testing.T, variant []byte) {
	t.Helper()
	r, matches, err := read(t.Context(), variant, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, picturedOrders(t, r, matches), ordersOf(t, s.want))
}

// sameGrid is same for cells.
func (s *suite) sameGrid(t *testing.T, grid [][]string) {
	t.Helper()
	s.same(t, s.file(grid))
}

// pictured writes the picture of a reading.
func pictured(t *testing.T, r *importers.Result, matches []importers.Match) []byte {
	t.Helper()
	out, err := json.MarshalIndent(pictureOf(r, matches), "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func picturedOrders(t *testing.T, r *importers.Result, matches []importers.Match) []byte {
	t.Helper()
	return ordersOf(t, pictured(t, r, matches))
}

// ordersOf leaves the orders and payments of a picture.
func ordersOf(t *testing.T, data []byte) []byte {
	t.Helper()
	var p struct{ Orders, Payments []json.RawMessage }
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// entries counts the orders and payments of a file.
func entries(r *importers.Result) int { return len(r.Orders) + len(r.Payments) }
