package usecase_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

// shown renders all that a book shows of its customers and of what the shop made.
func shown(t *testing.T, s *usecase.Session) string {
	t.Helper()
	var out strings.Builder
	ctx := t.Context()
	var ids []string
	if _, err := s.Customers(ctx, usecase.Selection{}, func(c usecase.Customer) error {
		ids = append(ids, c.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	for _, id := range ids {
		p, err := s.Show(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range p.Notes {
			fmt.Fprintln(&out, n.ID, n.Text.Reveal(), n.Pinned, n.Settled, n.Due)
		}
		for _, f := range p.Fields {
			fmt.Fprintln(&out, f.Name, f.Value.Reveal())
		}
		p.Notes, p.Fields, p.Events = nil, nil, nil
		fmt.Fprintf(&out, "%+v %s\n", p, p.Alias.Reveal())
	}
	segments, err := s.Segments(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mappings, err := s.Mappings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&out, "%+v\n%+v\n", segments, mappings)
	return out.String()
}

// changes is how each verb that changes something is done in a book with the
// orders of firstRow and secondRow, a note, a tag, a segment and a mapping.
func changes(t *testing.T, s *usecase.Session) map[access.Verb]func() error {
	ctx := t.Context()
	ids := make(map[string]string)
	for _, name := range []string{"贝小可", "石大山"} {
		if _, err := s.Customers(ctx, usecase.Selection{Search: name}, func(c usecase.Customer) error { ids[name] = c.ID; return nil }); err != nil || ids[name] == "" {
			t.Fatalf("a customer is not there: %v", err)
		}
	}
	id, other := ids["贝小可"], ids["石大山"]
	note := func() string {
		p, err := s.Show(ctx, id)
		if err != nil || len(p.Notes) == 0 {
			t.Fatalf("no note: %v", err)
		}
		return p.Notes[0].ID
	}()
	on := usecase.Targets{IDs: []string{id}}
	done := func(_ usecase.Done, err error) error { return err }
	return map[access.Verb]func() error{
		access.Import: func() error {
			_, err := s.Import(ctx, usecase.ImportRequest{Path: taobao(t, "more.csv", "2600000000000003,新客,新小心,13000000003,80.00,,交易成功,2026-11-03 10:00:00,青花盘,,")})
			return err
		},
		access.Note:          func() error { return done(s.Note(ctx, id, pii.New("再问一次"))) },
		access.EditNote:      func() error { return done(s.EditNote(ctx, note, pii.New("改过"))) },
		access.DeleteNote:    func() error { return done(s.DeleteNote(ctx, note)) },
		access.PinNote:       func() error { return done(s.PinNote(ctx, note, true)) },
		access.SettleNote:    func() error { return done(s.SettleNote(ctx, note)) },
		access.AddTag:        func() error { return done(s.AddTag(ctx, "批发", on)) },
		access.RemoveTag:     func() error { return done(s.RemoveTag(ctx, "老客", on)) },
		access.SetField:      func() error { return done(s.SetField(ctx, id, "鞋码", pii.New("38"))) },
		access.SetAlias:      func() error { return done(s.SetAlias(ctx, id, pii.New("老师"))) },
		access.SetContact:    func() error { return done(s.SetContact(ctx, on, true)) },
		access.Join:          func() error { _, err := s.Join(ctx, id, other); return err },
		access.Separate:      func() error { return done(s.Separate(ctx, id, other)) },
		access.SaveSegment:   func() error { return done(s.SaveSegment(ctx, "新", "net > 1")) },
		access.RenameSegment: func() error { return done(s.RenameSegment(ctx, "常客", "熟客")) },
		access.DeleteSegment: func() error { return done(s.DeleteSegment(ctx, "常客")) },
		access.DeleteMapping: func() error { return done(s.DeleteMapping(ctx, "own")) },
	}
}

// TestEveryChangeIsTakenBackAndDoneAgain fails for a verb that the table of
// verbs says can be taken back and that is not, or of which nobody knows.
func TestEveryChangeIsTakenBackAndDoneAgain(t *testing.T) {
	s := session(t)
	ctx := t.Context()
	const mapping = `{"name":"own","currency":"CNY","time_zone":"Asia/Shanghai","columns":{"order_no":"No","ordered_at":"Day","paid":"Paid","buyer_phone":"Tel"}}`
	for _, r := range []usecase.ImportRequest{
		{Path: taobao(t, "a.csv", firstRow, secondRow)},
		{Path: write(t, "own.csv", "No,Day,Paid,Tel\nA-1,2026-03-25,10,13000000009\n"), Mapping: []byte(mapping)},
	} {
		if _, err := s.Import(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	var first string
	if _, err := s.Customers(ctx, usecase.Selection{Search: "贝小可"}, func(c usecase.Customer) error { first = c.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, prepare := range []func() error{
		func() error { _, err := s.Note(ctx, first, pii.New("打电话 @2026-11-20")); return err },
		func() error { _, err := s.AddTag(ctx, "老客", usecase.Targets{IDs: []string{first}}); return err },
		func() error { _, err := s.SaveSegment(ctx, "常客", "purchases > 2"); return err },
	} {
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
	}
	before := shown(t, s)
	do := changes(t, s)
	for _, r := range access.Table {
		if r.Inverse != "undo" || r.Verb == access.Redo {
			continue
		}
		change := do[r.Verb]
		if change == nil {
			t.Errorf("nobody knows how %s is done, so that it could be taken back", r.Verb)
			continue
		}
		if err := change(); err != nil {
			t.Fatalf("%s: %v", r.Verb, err)
		}
		list, err := s.History(ctx)
		if err != nil || list[0].Verb != string(r.Verb) || list[0].Final || list[0].Rows == 0 {
			t.Errorf("%s: the history says %+v, %v", r.Verb, list[0], err)
		}
		after := shown(t, s)
		if after == before && r.Verb != access.Separate { // which keeps apart who is apart
			t.Errorf("%s changes nothing that is shown", r.Verb)
		}
		for range 2 {
			if kept, err := s.Undo(ctx, list[0].Step); err != nil || len(kept) > 0 {
				t.Fatalf("undo of %s: kept %v, %v", r.Verb, kept, err)
			}
			if now := shown(t, s); now != before {
				t.Errorf("%s, taken back:\n%s\nbefore:\n%s", r.Verb, now, before)
			}
			done, err := s.Redo(ctx, 0)
			if err != nil || len(done) != 1 || done[0].Step != list[0].Step || done[0].Undone {
				t.Fatalf("redo of %s: %+v, %v", r.Verb, done, err)
			}
			if now := shown(t, s); now != after {
				t.Errorf("%s, done again:\n%s\nthe first time:\n%s", r.Verb, now, after)
			}
		}
		if _, err := s.Undo(ctx, list[0].Step); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAHundredStepsAreUndoneAndRedoneAfterARestart opens the book anew between.
func TestAHundredStepsAreUndoneAndRedoneAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	pass := []byte("viaduct-mellow-thistle-27-orbit")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: pass}); err != nil {
		t.Fatal(err)
	}
	open := func() *usecase.Session {
		s, err := usecase.Open(t.Context(), path, "", pass, clock)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	rule := func(s *usecase.Session) string {
		list, err := s.Segments(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return ""
		}
		return list[0].Rule
	}
	const deep = 100
	s := open()
	for n := range deep {
		if _, err := s.SaveSegment(t.Context(), "常客", fmt.Sprint("purchases > ", n)); err != nil {
			t.Fatal(err)
		}
	}
	last := rule(s)
	for _, again := range []bool{false, true} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open()
		for n := range deep {
			var err error
			if again {
				_, err = s.Redo(t.Context(), 0)
			} else {
				_, err = s.Undo(t.Context(), int64(deep-n))
			}
			if err != nil {
				t.Fatalf("step %d, again %v: %v", n, again, err)
			}
		}
		if got, want := rule(s), map[bool]string{true: last}[again]; got != want {
			t.Errorf("again %v: the rule is %q, want %q", again, got, want)
		}
	}
	if _, err := s.Redo(t.Context(), 0); !errors.Is(err, usecase.ErrNoRedo) {
		t.Errorf("one more: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestUndoNamesLaterImportsAndTakesThemAlong(t *testing.T) {
	s := session(t)
	for _, rows := range [][]string{{firstRow}, {secondRow}, {strings.Replace(firstRow, "买家已付款，等待卖家发货", "交易成功", 1)}} {
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, fmt.Sprintf("%d.csv", len(rows[0])), rows...)}); err != nil {
			t.Fatal(err)
		}
	}
	report, err := s.UndoPreview(t.Context(), 1)
	if err != nil || len(report.Later) != 1 || report.Later[0].Step != 3 || len(report.Kept) == 0 {
		t.Fatalf("preview: %+v, %v", report, err)
	}
	before := shown(t, s)
	if kept, err := s.UndoSeveral(t.Context(), 3, 1); err != nil || len(kept) > 0 {
		t.Errorf("both: kept %v, %v", kept, err)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Orders != 1 {
		t.Errorf("left %+v, %v", stats, err)
	}
	if done, err := s.Redo(t.Context(), 3); err != nil || len(done) != 2 || done[0].Step != 1 || done[1].Step != 3 {
		t.Errorf("redo: %+v, %v", done, err)
	}
	if now := shown(t, s); now != before {
		t.Errorf("both done again:\n%s\nbefore:\n%s", now, before)
	}
	if _, err := s.UndoSeveral(t.Context(), 3, 99); err == nil {
		t.Error("an unknown step is taken back")
	}
	if now := shown(t, s); now != before {
		t.Error("half of it was taken back")
	}
}
