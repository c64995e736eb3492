package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// outside are the tables that no step is taken back in, and why.
var outside = map[string]string{
	"steps": "the journal", "writing": "the journal", "imports": "what happened", "disclosures": "what happened",
	"profiles": "follows", "profile_money": "follows", "histories": "follows", "bought": "follows", "sent": "follows",
	"places": "follows", "foreign_sums": "follows", "unfinished": "what a crash leaves",
	"approvals": "what happened", "handed": "what happened", "team": "what happened", "house": "the owner's, signed", "sealing": "what a change of keys left",
	"log": "the log", "log_users": "the log", "openings": "the log", "opening_customers": "the log", "checkpoints": "the log",
	"erasures": "final", "erased_orders": "final",
	"choices": "a user's own", "drafts": "a user's own", "memberships": "what a rule found on a day",
}

// TestEveryTableIsUnderTheJournal fails for a table whose changes nobody could
// take back, or take back and not do again: one without images, or whose images
// or twin lack a column.
func TestEveryTableIsUnderTheJournal(t *testing.T) {
	b, err := OpenPlain(t.Context(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.ClosePlain() }()
	if err := b.View(t.Context(), func(tx *Tx) error {
		list, err := tx.twins(t.Context())
		if err != nil {
			return err
		}
		columns := make(map[string][]string)
		if err := tx.eachColumn(t.Context(), columns); err != nil {
			return err
		}
		for _, w := range list {
			want := slices.Clone(w.columns)
			if w.today {
				want = append(want, "by_step")
			}
			want = append(want, "by_undo", "state")
			if got := columns[w.undone]; !equalSets(got, want) {
				t.Errorf("%s has %v, want %v", w.undone, got, want)
			}
			if w.today {
				if got := columns[w.name+"_was"]; !equalSets(got, append(slices.Clone(w.columns), "by_step")) {
					t.Errorf("%s_was has %v, %s %v", w.name, got, w.name, w.columns)
				}
			}
			if outside[w.name] != "" {
				t.Errorf("%s is under the journal, and is not", w.name)
			}
		}
		triggers, err := listOf[string](t.Context(), tx, "list triggers", `SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
		if err != nil {
			return err
		}
		for table := range columns {
			if strings.HasPrefix(table, "sqlite_") || strings.HasSuffix(table, "_undone") || outside[table] != "" {
				continue
			}
			i := slices.IndexFunc(list, func(w twinned) bool { return w.name == table })
			if i < 0 {
				t.Errorf("%s is not under the journal", table)
			} else if list[i].today && (!slices.Contains(triggers, table+"_update") || !slices.Contains(triggers, table+"_delete")) {
				t.Errorf("%s leaves no images", table)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func equalSets(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
