package usecase_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

const ownerPass = "viaduct-mellow-thistle-27-orbit"

func passOf(r access.Role) []byte { return []byte("copper-lantern-drift-88-" + string(r)) }

// crew is a book with one user of each role, whose name is the role's.
type crew struct {
	path string
	now  time.Time
	ids  []string // of its customers
}

func newCrew(t *testing.T) *crew {
	t.Helper()
	c := &crew{path: filepath.Join(t.TempDir(), "shop.kebu"), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: c.path, Owner: "owner", Passphrase: []byte(ownerPass)}); err != nil {
		t.Fatal(err)
	}
	c.as(t, access.Owner, func(s *usecase.Session) {
		file := write(t, "crew.csv", canaryHead+canaryRow("A-1", "19", "b1", "13000004711")+
			strings.NewReplacer("4712", "4732", "4713", "4733", "wrenfold@", "ottilie@").Replace(canaryRow("A-2", "29", "b2", "13000004731")))
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: file, Mapping: []byte(strings.Replace(canaryMapping, `"columns"`, `"status":{"paid":"paid"},"columns"`, 1))}); err != nil {
			t.Fatal(err)
		}
		c.ids = ids(t, s, usecase.Selection{})
		must(t)(s.Note(t.Context(), c.ids[0], pii.New("13000004719")))
		must(t)(s.SetAlias(t.Context(), c.ids[0], pii.New("Till 13000004719")))
		must(t)(s.SetField(t.Context(), c.ids[0], "sister", pii.New("ermintrude@canary.example.test")))
		for _, r := range access.Roles[1:] {
			if err := s.AddUser(t.Context(), usecase.NewMember{Name: string(r), Role: r, Passphrase: passOf(r)}); err != nil {
				t.Fatal(err)
			}
		}
	})
	return c
}

// as opens the book as the user of a role.
func (c *crew) as(t *testing.T, r access.Role, do func(*usecase.Session)) {
	t.Helper()
	pass := passOf(r)
	if r == access.Owner {
		pass = []byte(ownerPass)
	}
	s, err := usecase.Open(t.Context(), c.path, string(r), pass, func() time.Time { return c.now })
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	do(s)
}

// calls does each method of Session once, with arguments that reach the question
// who may; what it gives is returned.
func (c *crew) calls(t *testing.T, ctx context.Context, s *usecase.Session) map[string]func() (any, error) { //nolint:revive // t comes first as everywhere
	id, to := c.ids[0], filepath.Join(t.TempDir(), "list.csv")
	only := func(err error) (any, error) { return nil, err }
	done := func(d usecase.Done, err error) (any, error) { return d, err }
	file := usecase.ImportRequest{Path: export}
	fresh := usecase.NewMember{Name: "Xin", Role: access.Service, Passphrase: []byte("marble-thicket-yonder-53-plum")}
	return map[string]func() (any, error){
		"Import":    func() (any, error) { return s.Import(ctx, file) },
		"Recognise": func() (any, error) { return only(s.Recognise(ctx, file)) },
		"Preview":   func() (any, error) { return s.Preview(ctx, file) },
		"Sample":    func() (any, error) { return s.Sample(ctx, usecase.SampleRequest{Path: export}) },
		"SaveRejected": func() (any, error) {
			return s.SaveRejected(ctx, usecase.RejectedRequest{Path: export, To: to + ".csv", Title: "why", Reason: why})
		},
		"Imports":       func() (any, error) { return s.Imports(ctx) },
		"ImportOf":      func() (any, error) { return s.ImportOf(ctx, 1) },
		"UndoPreview":   func() (any, error) { return s.UndoPreview(ctx, 1) },
		"Undo":          func() (any, error) { return s.Undo(ctx, 9999) },
		"UndoSeveral":   func() (any, error) { return s.UndoSeveral(ctx, 9999) },
		"LaterImports":  func() (any, error) { return s.LaterImports(ctx, 1) },
		"Redo":          func() (any, error) { return s.Redo(ctx, 0) },
		"History":       func() (any, error) { return s.History(ctx) },
		"Stats":         func() (any, error) { return s.Stats(ctx) },
		"Settings":      func() (any, error) { return s.Settings(ctx) },
		"Customers":     func() (any, error) { return listed(ctx, s, usecase.Selection{}) },
		"Totals":        func() (any, error) { return s.Totals(ctx, usecase.Selection{}) },
		"TotalsOf":      func() (any, error) { return s.TotalsOf(ctx, usecase.Targets{IDs: c.ids}) },
		"Orders":        func() (any, error) { return listedOrders(ctx, s) },
		"OrderTotals":   func() (any, error) { return s.OrderTotals(ctx, usecase.OrderSelection{}) },
		"Order":         func() (any, error) { return s.Order(ctx, 1) },
		"Shops":         func() (any, error) { return s.Shops(ctx) },
		"Overview":      func() (any, error) { return s.Overview(ctx, usecase.OverviewRequest{}) },
		"Show":          func() (any, error) { return s.Show(ctx, id) },
		"Reveal":        func() (any, error) { return s.Reveal(ctx, id, "she asked") },
		"RevealsLeft":   func() (any, error) { return s.RevealsLeft(ctx, id) },
		"Note":          func() (any, error) { return done(s.Note(ctx, id, pii.New("hello"))) },
		"NoteMany":      func() (any, error) { return done(s.NoteMany(ctx, pii.New("hello"), usecase.Targets{IDs: c.ids})) },
		"EditNote":      func() (any, error) { return done(s.EditNote(ctx, strings.Repeat("0", 32), pii.New("hello"))) },
		"DeleteNote":    func() (any, error) { return done(s.DeleteNote(ctx, strings.Repeat("0", 32))) },
		"PinNote":       func() (any, error) { return done(s.PinNote(ctx, strings.Repeat("0", 32), true)) },
		"SettleNote":    func() (any, error) { return done(s.SettleNote(ctx, strings.Repeat("0", 32))) },
		"DueNotes":      func() (any, error) { return s.DueNotes(ctx) },
		"AddTag":        func() (any, error) { return done(s.AddTag(ctx, "gift", usecase.Targets{IDs: c.ids})) },
		"RemoveTag":     func() (any, error) { return done(s.RemoveTag(ctx, "gift", usecase.Targets{IDs: c.ids})) },
		"Tags":          func() (any, error) { return s.Tags(ctx) },
		"TagStates":     func() (any, error) { tags, _, err := s.TagStates(ctx, usecase.Targets{IDs: c.ids}); return tags, err },
		"SetField":      func() (any, error) { return done(s.SetField(ctx, id, "x", pii.New("y"))) },
		"SetAlias":      func() (any, error) { return done(s.SetAlias(ctx, id, pii.New("y"))) },
		"SetContact":    func() (any, error) { return done(s.SetContact(ctx, usecase.Targets{IDs: c.ids}, true)) },
		"Erase":         func() (any, error) { return done(s.Erase(ctx, nil, strings.Repeat("f", 32))) },
		"Join":          func() (any, error) { return s.Join(ctx, c.ids...) },
		"Separate":      func() (any, error) { return done(s.Separate(ctx, id, strings.Repeat("0", 32))) },
		"Review":        func() (any, error) { return s.Review(ctx, nil) },
		"ReviewCount":   func() (any, error) { return s.ReviewCount(ctx) },
		"Segments":      func() (any, error) { return s.Segments(ctx) },
		"SaveSegment":   func() (any, error) { return done(s.SaveSegment(ctx, "all", "purchases >= 0")) },
		"RenameSegment": func() (any, error) { return done(s.RenameSegment(ctx, "none", "other")) },
		"SegmentMoves":  func() (any, error) { in, _, err := s.SegmentMoves(ctx, "none"); return in, err },
		"DeleteSegment": func() (any, error) { return done(s.DeleteSegment(ctx, "none")) },
		"Export": func() (any, error) {
			columns := slices.DeleteFunc(usecase.ExportColumns(), func(c string) bool { return s.Shows(access.Export, access.Of(c)) < access.Masked })
			return s.Export(ctx, usecase.ExportRequest{To: to, Purpose: "books", Title: title, Columns: columns})
		},
		"ExportPreview": func() (any, error) { return s.ExportPreview(ctx, usecase.ExportRequest{To: to, Purpose: "books"}) },
		"Exports":       func() (any, error) { return s.Exports(ctx) },
		"Mappings":      func() (any, error) { return s.Mappings(ctx) },
		"DeleteMapping": func() (any, error) { return done(s.DeleteMapping(ctx, "none")) },
		"Check":         func() (any, error) { return s.Check(ctx, nil) },
		"ChangePassphrase": func() (any, error) {
			return only(s.ChangePassphrase(ctx, []byte("not it"), []byte("marble-thicket-yonder-53-plum"), usecase.Cost{}))
		},
		"Remember":  func() (any, error) { return only(s.Remember(ctx, "a", "b")) },
		"Recall":    func() (any, error) { return s.Recall(ctx, "a") },
		"KeepDraft": func() (any, error) { return only(s.KeepDraft(ctx, id, pii.New("draft"))) },
		"Draft":     func() (any, error) { return s.Draft(ctx, id) },
		"KeepDraftMany": func() (any, error) {
			return only(s.KeepDraftMany(ctx, pii.New("draft"), usecase.Targets{IDs: c.ids}))
		},
		"DraftMany":     func() (any, error) { return s.DraftMany(ctx, usecase.Targets{IDs: c.ids}) },
		"Team":          func() (any, error) { return s.Team(ctx) },
		"House":         func() (any, error) { return s.House(ctx) },
		"AddUser":       func() (any, error) { return only(s.AddUser(ctx, fresh)) },
		"AssignRole":    func() (any, error) { return only(s.AssignRole(ctx, "nobody", access.Service)) },
		"DisableUser":   func() (any, error) { return only(s.DisableUser(ctx, "nobody")) },
		"EnableUser":    func() (any, error) { return only(s.EnableUser(ctx, "nobody")) },
		"ResetUser":     func() (any, error) { return only(s.ResetUser(ctx, "nobody", fresh.Passphrase, usecase.Cost{}, false)) },
		"RemoveUser":    func() (any, error) { return only(s.RemoveUser(ctx, "nobody")) },
		"SetHouse":      func() (any, error) { return only(s.SetHouse(ctx, access.House{Rows: 9})) },
		"Reseal":        func() (any, error) { return only(s.Reseal(ctx, nil)) },
		"RenewRecovery": func() (any, error) { return s.RenewRecovery(ctx) },
		"Backup":        func() (any, error) { return s.Backup(ctx, usecase.BackupRequest{Folder: t.TempDir(), Reason: "hand"}) },
		"Backups":       func() (any, error) { return s.Backups(ctx, t.TempDir()) },
		"ChooseFolders": func() (any, error) { return only(s.ChooseFolders(ctx, nil)) },
		"Drill":         func() (any, error) { return s.Drill(ctx, t.TempDir(), nil) },
		"DrillNow":      func() (any, error) { return s.DrillNow(ctx, nil, nil) },
		"KeepSafe":      func() (any, error) { return only(s.KeepSafe(ctx, nil, "day", nil)) },
		"Safety":        func() (any, error) { return s.Safety(ctx, nil) },
		"AcceptState":   func() (any, error) { return only(s.AcceptState(ctx, nil)) },
		"Log":           func() (any, error) { return s.Log(ctx, usecase.LogRequest{}) },
		"LogPlaces":     func() (any, error) { return s.LogPlaces(ctx, usecase.LogRequest{}) },
		"LogState":      func() (any, error) { return s.LogState(ctx) },
		"CheckLog":      func() (any, error) { return s.CheckLog(ctx) },
		"NamesOf":       func() (any, error) { return s.NamesOf(ctx, c.ids) },
		"Checkpoint":    func() (any, error) { return s.Checkpoint(ctx) },
		"RequestStamp":  func() (any, error) { c, _, err := s.RequestStamp(ctx); return c, err },
		"Stamp":         func() (any, error) { return s.Stamp(ctx, to+".tsr") },
		"AuditPack":     func() (any, error) { return s.AuditPack(ctx, usecase.PackRequest{To: to + ".age", Password: "x"}) },
		"Approvals":     func() (any, error) { return s.Approvals(ctx) },
		"Approve":       func() (any, error) { return only(s.Approve(ctx, 1, true)) },
	}
}

func listed(ctx context.Context, s *usecase.Session, sel usecase.Selection) (list []usecase.Customer, err error) {
	_, err = s.Customers(ctx, sel, func(c usecase.Customer) error { list = append(list, c); return nil })
	return list, err
}

func listedOrders(ctx context.Context, s *usecase.Session) (list []usecase.OrderRow, err error) {
	_, err = s.Orders(ctx, usecase.OrderSelection{}, func(o usecase.OrderRow) error { list = append(list, o); return nil })
	return list, err
}

// whoAsks tells a caller who may do what and says nothing of the book.
var whoAsks = []string{"Stale"}

// TestEveryVerbAsksWhoMay does every verb as every role: it is denied when the table
// says so and only then, and but for who reveals tells no personal value.
func TestEveryVerbAsksWhoMay(t *testing.T) {
	crew := newCrew(t)
	for _, r := range access.Roles {
		crew.as(t, r, func(s *usecase.Session) {
			calls := crew.calls(t, t.Context(), s)
			for _, name := range slices.Sorted(maps.Keys(usecase.VerbOf())) {
				call, ok := calls[name]
				if !ok {
					if !slices.Contains(whoAsks, name) {
						t.Errorf("no test does %s", name)
					}
					continue
				}
				got, err := call()
				verb := usecase.VerbOf()[name]
				if name == "ReviewCount" && got == 0 && !access.May(r, verb) {
					continue // none wait for who may not decide
				}
				if denied := errors.Is(err, crm.ErrDenied); denied == access.May(r, verb) {
					t.Errorf("%s by %s: %v, and the table says %t", name, r, err, access.May(r, verb))
				}
				if !slices.Contains([]string{"Reveal", "Draft", "DraftMany"}, name) {
					telltale{t}.look(name+" by "+string(r), got, err)
				}
			}
		})
	}
}

// TestRolesSeeWhatTheTableSays looks at what each role is shown of one customer.
func TestRolesSeeWhatTheTableSays(t *testing.T) {
	crew := newCrew(t)
	for _, r := range access.Roles {
		crew.as(t, r, func(s *usecase.Session) {
			p, err := s.Show(t.Context(), crew.ids[0])
			if err != nil {
				t.Fatal(err)
			}
			sees := func(f access.Field) access.Level { return s.Shows(access.Show, f) }
			for what, shown := range map[access.Field]bool{
				access.Account: len(p.Buyers) > 0, access.Phone: p.PhoneMask != "" || p.EmailMask != "", access.Street: p.AddressMask != "",
				access.Place: p.City != "", access.Facts: len(p.Orders) > 0 || p.Purchases > 0, access.Amount: len(p.Money) > 0,
				access.Writing: len(p.Notes) > 0 || len(p.Fields) > 0 || !p.Alias.Empty(),
			} {
				if want := sees(what) >= access.Masked; shown != want {
					t.Errorf("%s is shown %s: %t", r, what, shown)
				}
			}
			if r := p.Reasons.Refunds; len(r) > 0 && sees(access.Amount) < access.Masked {
				t.Error("refunds")
			}
			for _, b := range p.Buyers {
				if masked := strings.Contains(b.ID, "*"); masked != (sees(access.Account) < access.Clear) && b.ID != "*******4712" {
					t.Errorf("%s sees account %q", r, b.ID)
				}
			}
			with, err := listed(t.Context(), s, usecase.Selection{IDs: crew.ids[:1], Habits: true})
			if err != nil || len(with) != 1 {
				t.Fatalf("%s lists %d: %v", r, len(with), err)
			}
			if noted := with[0].Habits != nil && with[0].Habits.LastNote.Known(); noted != (sees(access.Writing) >= access.Masked) {
				t.Errorf("%s is told of a note: %t", r, noted)
			}
			// Whom they may find: by the last digits of a phone who sees at least these.
			found, err := listed(t.Context(), s, usecase.Selection{Search: "4711"})
			if err != nil || (len(found) > 0) != (sees(access.Phone) >= access.Masked) {
				t.Errorf("%s finds %d by the last digits: %v", r, len(found), err)
			}
		})
	}
}

// TestRevealKeepsToBounds: a reason, so many a day, and for a warehouse what is to be shipped.
func TestRevealKeepsToBounds(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(t.Context(), access.House{Daily: map[access.Role]int{access.Service: 1}}); err != nil {
			t.Fatal(err)
		}
	})
	crew.as(t, access.Service, func(s *usecase.Session) {
		reveal := func(id string) error { _, err := s.Reveal(t.Context(), id, "she asked"); return err }
		if err := errors.Join(reveal(crew.ids[0]), reveal(crew.ids[0])); err != nil {
			t.Errorf("one person twice: %v", err)
		}
		if _, ok := errors.AsType[*usecase.DailyError](reveal(crew.ids[1])); !ok {
			t.Error("a second person")
		}
		crew.now = crew.now.AddDate(0, 0, 1)
		if err := reveal(crew.ids[1]); err != nil {
			t.Errorf("the day after: %v", err)
		}
	})
	crew.as(t, access.Warehouse, func(s *usecase.Session) {
		p, err := s.Reveal(t.Context(), crew.ids[0], "to ship")
		if err != nil {
			t.Fatal(err)
		}
		if p.Clear.Name.Empty() || p.Clear.Address.Empty() || len(p.Notes) > 0 || len(p.Money) > 0 || p.Orders[0].Figures.Gross != 0 {
			t.Error("a warehouse sees the wrong things")
		}
	})
}

// TestRevealsLeftAreToldBeforehand: what is told is what Reveal then does.
func TestRevealsLeftAreToldBeforehand(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(t.Context(), access.House{Daily: map[access.Role]int{access.Service: 1}}); err != nil {
			t.Fatal(err)
		}
	})
	told := func(s *usecase.Session, id string, want usecase.Reveals) {
		t.Helper()
		got, err := s.RevealsLeft(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want.Most, want.Until = got.Most, got.Until
		if got != want {
			t.Errorf("told %+v, want %+v", got, want)
		}
		if after := got.Until.Sub(crew.now); after <= 0 || after > 24*time.Hour {
			t.Errorf("it goes on after %s", after)
		}
		if _, err := s.Reveal(t.Context(), id, "she asked"); (err == nil) != want.May() {
			t.Errorf("told %+v, then %v", got, err)
		}
	}
	crew.as(t, access.Service, func(s *usecase.Session) {
		told(s, crew.ids[0], usecase.Reveals{Left: 1})
		told(s, crew.ids[0], usecase.Reveals{Again: true})
		told(s, crew.ids[1], usecase.Reveals{})
		crew.now = crew.now.AddDate(0, 0, 1)
		told(s, crew.ids[1], usecase.Reveals{Left: 1})
	})
	crew.as(t, access.Warehouse, func(s *usecase.Session) {
		told(s, crew.ids[0], usecase.Reveals{Left: access.DailyReveals})
	})
}

// TestWhoseTimeIsOverStaysOut: an auditor's days end.
func TestWhoseTimeIsOverStaysOut(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Auditor, func(*usecase.Session) {})
	crew.now = crew.now.AddDate(0, 0, access.AuditorDays)
	_, err := usecase.Open(t.Context(), crew.path, string(access.Auditor), passOf(access.Auditor), func() time.Time { return crew.now })
	if !errors.Is(err, usecase.ErrEnded) {
		t.Errorf("after %d days: %v", access.AuditorDays, err)
	}
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.AddUser(t.Context(), usecase.NewMember{Name: "x", Role: access.Auditor, Passphrase: passOf("x"), Days: access.AuditorDays + 1}); !errors.Is(err, usecase.ErrDays) {
			t.Errorf("too many days: %v", err)
		}
	})
}

// TestAnAuditorAlwaysHasAnEnd: by whatever way one becomes it, and whatever rules come
// after; the clock does not bring it back, and an open window does not outlast it.
func TestAnAuditorAlwaysHasAnEnd(t *testing.T) {
	crew := newCrew(t)
	ctx, began := t.Context(), crew.now
	ends := func(s *usecase.Session) map[string]crm.Moment {
		list, err := s.Team(ctx)
		if err != nil {
			t.Fatal(err)
		}
		ends := make(map[string]crm.Moment)
		for _, m := range list {
			if m.Until != 0 {
				ends[m.Name] = m.Until
			}
		}
		return ends
	}
	in30 := crm.At(began.AddDate(0, 0, access.AuditorDays))
	crew.as(t, access.Owner, func(s *usecase.Session) {
		steps, err := s.History(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.AssignRole(ctx, "finance", access.Auditor), s.SetHouse(ctx, access.House{Rows: 100})); err != nil {
			t.Fatal(err)
		}
		if got := ends(s); !maps.Equal(got, map[string]crm.Moment{"auditor": in30, "finance": in30}) {
			t.Errorf("assigned: %v", got)
		}
		if after, err := s.History(ctx); err != nil || len(after) != len(steps)+2 {
			t.Errorf("%d steps, then %d: %v", len(steps), len(after), err)
		}
		if err := s.AssignRole(ctx, "finance", access.Finance); err != nil {
			t.Fatal(err)
		}
		if got := ends(s); !maps.Equal(got, map[string]crm.Moment{"auditor": in30}) {
			t.Errorf("no auditor any more: %v", got)
		}
	})
	crew.as(t, access.Auditor, func(s *usecase.Session) {
		if _, err := s.Stats(ctx); err != nil {
			t.Fatal(err)
		}
		crew.now = began.AddDate(0, 0, access.AuditorDays)
		if _, err := s.Stats(ctx); !errors.Is(err, usecase.ErrEnded) {
			t.Errorf("in a window that was open: %v", err)
		}
	})
	crew.now = began
	if _, err := usecase.Open(ctx, crew.path, "auditor", passOf(access.Auditor), func() time.Time { return crew.now }); !errors.Is(err, usecase.ErrEnded) {
		t.Errorf("with the clock set back: %v", err)
	}
}

// TestBackupsFromBeforeAChangeOfKeys: they are told apart, kept, and open with the
// passphrase of their time.
func TestBackupsFromBeforeAChangeOfKeys(t *testing.T) {
	crew, folder := newCrew(t), t.TempDir()
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if _, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: "hand"}); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.RemoveUser(t.Context(), string(access.Manager)), s.Reseal(t.Context(), nil)); err != nil {
			t.Fatal(err)
		}
		if r, err := s.Check(t.Context(), nil); err != nil || len(r.Problems) > 0 {
			t.Errorf("sealed anew: %q, %v", r.Problems, err)
		}
		list, err := s.Backups(t.Context(), folder)
		if err != nil || len(list) != 1 || !list[0].Older || list[0].Whole {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, err := s.Drill(t.Context(), folder, nil); !errors.Is(err, usecase.ErrNoBackup) {
			t.Errorf("a drill of what the book's keys do not open: %v", err)
		}
		old, err := usecase.Open(t.Context(), list[0].Path, string(access.Manager), passOf(access.Manager), func() time.Time { return crew.now })
		if err != nil {
			t.Fatal(err)
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
		crew.now = crew.now.Add(time.Hour)
		if _, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: "hand"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Drill(t.Context(), folder, nil); err != nil {
			t.Errorf("a drill of the new backup: %v", err)
		}
	})
}
