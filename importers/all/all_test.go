package all_test

import (
	"slices"
	"testing"
	"time"

	"kebu/importers"
	"kebu/importers/all"
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
		if !f.Maps(importers.OrderNo) || f.Currency == "" && !f.Maps(importers.Currency) {
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

// TestDistinctiveHeaders shows that no format takes a header for its own that
// another marketplace uses.
func TestDistinctiveHeaders(t *testing.T) {
	for _, f := range all.Formats() {
		for _, g := range all.Formats() {
			if f.Platform == g.Platform {
				continue
			}
			for _, h := range f.Distinctive {
				same := func(o string) bool { return table.Normal(o) == table.Normal(h) }
				inColumns := slices.ContainsFunc(g.Columns, func(c importers.Column) bool { return slices.ContainsFunc(c.Headers, same) })
				if inColumns || slices.ContainsFunc(g.Distinctive, same) {
					t.Errorf("%q of %s is in %s too", h, f.ID, g.ID)
				}
			}
		}
	}
}
