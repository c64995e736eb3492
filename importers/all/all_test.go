package all_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/importertest"
	"kebu/importers/table"
)

func TestFormatsAreSound(t *testing.T) {
	ids := map[string]bool{}
	for _, f := range all.Formats() {
		if ids[f.ID] || f.ID == "" || f.Platform == "" || f.Locale == "" {
			t.Errorf("format %q lacks something or stands twice", f.ID)
		}
		ids[f.ID] = true
		if _, err := time.LoadLocation(f.Zone); err != nil {
			t.Errorf("%s: %v", f.ID, err)
		}
		if !f.Maps(f.Key()) || !tellsCurrency(f) {
			t.Errorf("%s has no order number or no currency", f.ID)
		}
		if len(f.Distinctive) == 0 && len(f.Required) == 0 {
			t.Errorf("%s would match any file", f.ID)
		}
		fields := map[importers.Field]bool{}
		for _, c := range f.Columns {
			if fields[c.Field] {
				t.Errorf("%s maps %v twice", f.ID, c.Field)
			}
			fields[c.Field] = true
		}
	}
}

// tellsCurrency reports whether a format has a way to the currency of an order.
func tellsCurrency(f *importers.Format) bool {
	return f.HomeTells || f.Currency != "" || f.ByCountry || f.Maps(importers.Currency) || slices.ContainsFunc(f.Columns, func(c importers.Column) bool {
		return slices.ContainsFunc(c.Headers, func(h string) bool { return strings.Contains(h, importers.AnyCurrency) })
	})
}

// TestDistinctiveHeaders shows that no format takes a header for its own that
// another marketplace uses.
func TestDistinctiveHeaders(t *testing.T) {
	users := map[string][]*importers.Format{} // of each header
	for _, f := range all.Formats() {
		for _, h := range f.Headers() {
			n := table.Normal(h)
			users[n] = append(users[n], f)
		}
	}
	for _, f := range all.Formats() {
		for _, h := range f.Distinctive {
			for _, g := range users[table.Normal(h)] {
				if f.Platform != g.Platform {
					t.Errorf("%q of %s is in %s too", h, f.ID, g.ID)
				}
			}
		}
	}
}

// TestEachFormatHasAFixture shows that the folders of testdata/exports hold an
// export that is recognised as each of the formats.
func TestEachFormatHasAFixture(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("..", "..", "testdata", "exports", "*"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, dir := range dirs {
		files, err := importertest.Exports(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			w, err := table.Open(t.Context(), bytes.NewReader(data), int64(len(data)), table.Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			matches, err := importers.Detect(t.Context(), w, all.Formats())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, m := range matches {
				found[m.Format.ID] = true
			}
		}
	}
	formats := all.Formats()
	for _, f := range formats {
		if !found[f.ID] {
			t.Errorf("no fixture is recognised as %s", f.ID)
		}
	}
	if len(formats) < 45 {
		t.Errorf("%d formats, want 45 at least", len(formats))
	}
}
