// Package importertest is the suite that every marketplace's formats pass. It
// reads the synthetic exports of a folder under testdata/exports, compares
// what was read with the golden files beside them, and then reads the same
// exports again in other encodings, with their columns shuffled or left out,
// cut short, and cancelled.
//
// Run it with -update to write the golden files anew; look at them before they
// are committed.
package importertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
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

// Run runs the suite on the exports of a folder. all are the formats that are
// told apart; those of the folder's marketplace must be among them.
func Run(t *testing.T, all []*importers.Format, dir string) {
	t.Helper()
	var files []string
	for _, pattern := range []string{"*.csv", "*.txt", "*.xlsx"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Fatalf("no exports in %s", dir)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s := &suite{formats: all, data: data, name: name}
			s.want = s.golden(t)
			t.Run("CutShort", s.cutShort)
			t.Run("Cancelled", s.cancelled)
			t.Run("NoPersonInReports", s.noPersonInReports)
			if filepath.Ext(name) != ".xlsx" {
				s.grid, s.head = s.gridOf(t)
				t.Run("OtherEncodings", s.otherEncodings)
				t.Run("OtherDelimiters", s.otherDelimiters)
				t.Run("ShuffledColumns", s.shuffledColumns)
				t.Run("FewerColumns", s.fewerColumns)
				t.Run("LongNumbers", s.longNumbers)
				t.Run("LowerHeader", s.lowerHeader)
			}
		})
	}
}

type suite struct {
	formats []*importers.Format
	name    string
	data    []byte
	grid    [][]string // of a text file: its cells
	head    int        // place of the header in grid
	want    []byte     // the golden picture
}

// read reads a file from its bytes to its orders.
func read(ctx context.Context, data []byte, formats []*importers.Format) (*importers.Result, []importers.Match, error) {
	w, err := table.Open(ctx, bytes.NewReader(data), int64(len(data)), table.Options{})
	if err != nil {
		return nil, nil, err
	}
	matches, err := importers.Detect(ctx, w, formats)
	if err != nil {
		return nil, nil, err
	}
	r, err := importers.Read(ctx, w, matches, importers.Options{})
	return r, matches, err
}

func (s *suite) golden(t *testing.T) []byte {
	t.Helper()
	r, matches, err := read(t.Context(), s.data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(pictureOf(r, matches), "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := strings.TrimSuffix(s.name, filepath.Ext(s.name)) + ".golden.json"
	if *Update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return got
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, got, want)
	return want
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
	got, err := json.MarshalIndent(pictureOf(r, matches), "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, ordersOf(t, got), ordersOf(t, s.want))
}

// ordersOf leaves the orders of a picture.
func ordersOf(t *testing.T, data []byte) []byte {
	t.Helper()
	var p struct{ Orders []json.RawMessage }
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(p.Orders, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cutShort reads the file cut at many places: an error or the whole orders
// before the cut, and never a panic.
func (s *suite) cutShort(t *testing.T) {
	step := max(len(s.data)/40, 1)
	for n := 0; n < len(s.data); n += step {
		r, _, err := read(t.Context(), s.data[:n], s.formats)
		if err == nil && len(r.Orders) == 0 && len(r.Rejected) == 0 && r.Rows > 0 {
			t.Errorf("cut at %d: %d rows without an order or a refusal", n, r.Rows)
		}
	}
}

func (s *suite) cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := read(ctx, s.data, s.formats); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
}

// noPersonInReports looks for the people of the file in all that is reported.
func (s *suite) noPersonInReports(t *testing.T) {
	r, matches, err := read(t.Context(), s.data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	_, _, unknown := read(t.Context(), s.data, []*importers.Format{{ID: "none", Columns: []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"no such header"}},
	}}})
	if !errors.Is(unknown, importers.ErrNotExport) {
		t.Errorf("got error %v, want %v", unknown, importers.ErrNotExport)
	}
	reported := reports(r, matches, unknown)
	for _, o := range r.Orders {
		for _, person := range peopleOf(o) {
			if strings.Contains(reported, person) {
				t.Error("a report holds a personal value")
			}
		}
	}
}

// fewerColumns leaves out one kept column after the other.
func (s *suite) fewerColumns(t *testing.T) {
	full, matches, err := read(t.Context(), s.data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range matches[0].Kept {
		if k.Field == importers.OrderNo {
			continue
		}
		var fewer [][]string
		at := slices.Index(s.grid[s.head], k.Header)
		for _, row := range s.grid {
			if at < len(row) {
				row = slices.Delete(slices.Clone(row), at, at+1)
			}
			fewer = append(fewer, row)
		}
		r, _, err := read(t.Context(), csvOf(fewer, ','), s.formats)
		var not *importers.NotExportError
		if errors.As(err, &not) && slices.ContainsFunc(matches[0].Format.Required, func(h string) bool {
			return table.Normal(h) == table.Normal(k.Header)
		}) {
			continue
		}
		if err != nil {
			t.Fatalf("without %q: %v", k.Header, err)
		}
		if r.Rows < full.Rows {
			t.Errorf("without %q: %d rows, want %d at least", k.Header, r.Rows, full.Rows)
		}
		if len(r.Orders) < len(full.Orders) && k.Field != importers.LineNo {
			t.Errorf("without %q: %d orders, want %d", k.Header, len(r.Orders), len(full.Orders))
		}
	}
}

// longNumbers gives the first order a number of 19 digits that no float holds.
func (s *suite) longNumbers(t *testing.T) {
	const long = "9007199254740993123"
	r, _, err := read(t.Context(), s.data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	data := bytes.ReplaceAll(csvOf(s.grid, ','), []byte(r.Orders[0].Number), []byte(long))
	r, _, err = read(t.Context(), data, s.formats)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Orders[0].Number; got != long {
		t.Errorf("order number %s, want %s", got, long)
	}
}
