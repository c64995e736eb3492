package usecase_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
	"kebu/store"
)

// valueOf is a value that each kind of field takes.
var valueOf = map[crm.FieldKind]string{
	crm.KindCount: "1", crm.KindAmount: "1", crm.KindDay: "today", crm.KindText: "x", crm.KindSet: "x",
}

// asking does with a rule what each verb that takes one does; the segment has that rule.
func asking(ctx context.Context, s *usecase.Session, rule, segment, to string) map[access.Verb][]func() error {
	sel, whom := usecase.Selection{Where: rule}, usecase.Targets{Where: rule}
	export := usecase.ExportRequest{Selection: sel, To: to, Purpose: "books", Title: title}
	done := func(_ any, err error) error { return err }
	return map[access.Verb][]func() error{
		access.Customers: {
			func() error { return done(listed(ctx, s, sel)) },
			func() error { return done(s.Totals(ctx, sel)) },
			func() error { return done(s.TotalsOf(ctx, whom)) },
			func() error { _, _, err := s.TagStates(ctx, whom); return err },
		},
		access.Note:        {func() error { return done(s.NoteMany(ctx, pii.New("hello"), whom)) }},
		access.AddTag:      {func() error { return done(s.AddTag(ctx, "gift", whom)) }},
		access.RemoveTag:   {func() error { return done(s.RemoveTag(ctx, "gift", whom)) }},
		access.SetContact:  {func() error { return done(s.SetContact(ctx, whom, true)) }},
		access.SaveSegment: {func() error { return done(s.SaveSegment(ctx, "mine", rule)) }},
		access.Segments:    {func() error { _, _, err := s.SegmentMoves(ctx, segment); return err }},
		access.Export: {
			func() error { return done(s.Export(ctx, export)) },
			func() error { return done(s.ExportPreview(ctx, export)) },
		},
	}
}

// TestNobodyAsksForWhatTheRoleDoesNotSee: for every role, every field of a rule and every
// verb that takes one, under the table and under rules that hide more, the question is
// refused when the field is not seen and only then.
func TestNobodyAsksForWhatTheRoleDoesNotSee(t *testing.T) {
	crew, folder := newCrew(t), t.TempDir()
	rules := map[crm.Field]string{}
	for _, f := range crm.Fields {
		rules[f] = "not (purchases >= 0 and " + string(f) + " = " + valueOf[f.Kind()] + ")"
		if f == crm.FieldMonth {
			rules[f] = "month = 2026-03"
		}
	}
	crew.as(t, access.Owner, func(s *usecase.Session) {
		for f, rule := range rules {
			must(t)(s.SaveSegment(t.Context(), string(f), rule))
		}
	})
	asked := 0
	for _, hidden := range []access.Field{"", access.Amount, access.Place, access.Facts, access.Account, access.Tag} {
		house := access.House{Most: map[access.Role]map[access.Field]access.Level{}}
		if hidden != "" {
			for _, r := range access.Roles[1:] {
				house.Most[r] = map[access.Field]access.Level{hidden: access.None}
			}
		}
		crew.as(t, access.Owner, func(s *usecase.Session) {
			if err := s.SetHouse(t.Context(), house); err != nil {
				t.Fatal(err)
			}
		})
		for _, r := range access.Roles {
			crew.as(t, r, func(s *usecase.Session) {
				for f, rule := range rules {
					seen := house.Sees(r, access.Of(string(f))) >= access.Aggregates
					if f != crm.FieldMonth {
						seen = seen && house.Sees(r, access.Facts) >= access.Aggregates // purchases
					}
					for v, calls := range asking(t.Context(), s, rule, string(f), filepath.Join(folder, "list.csv")) {
						for i, call := range calls {
							asked++
							err := call()
							refused, _ := errors.AsType[*usecase.HiddenError](err)
							if !house.May(r, v) {
								continue // it is denied: TestEveryVerbAsksWhoMay
							}
							if (refused == nil) != seen || refused == nil && err != nil && !errors.Is(err, usecase.ErrNobody) {
								t.Errorf("%s asks by %s (%d) for %s, of which it sees %d: %v", r, v, i, f, house.Sees(r, access.Of(string(f))), err)
							}
						}
					}
				}
			})
		}
	}
	if asked < len(access.Roles)*len(crm.Fields)*8 {
		t.Errorf("%d questions were asked", asked)
	}
}

// TestListsAreNotSortedByWhatIsHidden: customers and orders, by name and by default.
func TestListsAreNotSortedByWhatIsHidden(t *testing.T) {
	crew := newCrew(t)
	for _, name := range slices.Concat(usecase.Sorts, store.OrderSorts, usecase.ExportColumns()) {
		if access.Of(name) == "" {
			t.Errorf("%s is of no field", name)
		}
	}
	for _, r := range access.Roles {
		crew.as(t, r, func(s *usecase.Session) {
			for _, by := range usecase.Sorts {
				_, err := listed(t.Context(), s, usecase.Selection{Sort: []usecase.Sort{{By: by}}})
				if seen := by == "id" || access.Sees(r, access.Of(by)) >= access.Aggregates; seen != (err == nil) || !seen && !errors.Is(err, crm.ErrDenied) {
					t.Errorf("%s sorts by %s: %v", r, by, err)
				}
			}
			if !access.May(r, access.Orders) {
				return
			}
			seen := access.Sees(r, access.Amount) >= access.Aggregates
			for what, sel := range map[string]usecase.OrderSelection{
				"sort": {Sort: []usecase.Sort{{By: "gross"}}}, "least": {Min: crm.Known(1)}, "most": {Max: crm.Known(1)}, "refunds": {Refunded: true},
			} {
				_, err := s.Orders(t.Context(), sel, func(usecase.OrderRow) error { return nil })
				_, sum := s.OrderTotals(t.Context(), sel)
				if seen != (err == nil) || seen != (sum == nil) {
					t.Errorf("%s asks for orders by %s: %v, %v", r, what, err, sum)
				}
			}
		})
	}
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(t.Context(), access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Facts: access.None}}}); err != nil {
			t.Fatal(err)
		}
	})
	crew.as(t, access.Service, func(s *usecase.Session) {
		if list, err := listed(t.Context(), s, usecase.Selection{}); err != nil || len(list) != len(crew.ids) {
			t.Errorf("%d customers without orders: %v", len(list), err)
		}
	})
}

// TestNobodyIsFoundByWhatIsHidden: a tag finds customers for who sees tags.
func TestNobodyIsFoundByWhatIsHidden(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		must(t)(s.AddTag(t.Context(), "zebrafinch", usecase.Targets{IDs: crew.ids[:1]}))
	})
	for _, r := range access.Roles {
		crew.as(t, r, func(s *usecase.Session) {
			for search, field := range map[string]access.Field{"zebrafinch": access.Tag, "Till": access.Writing} {
				list, err := listed(t.Context(), s, usecase.Selection{Search: search})
				if err != nil || (len(list) == 1) != (access.Sees(r, field) >= access.Aggregates) {
					t.Errorf("%s finds %d by %s: %v", r, len(list), field, err)
				}
			}
			tags, err := s.Tags(t.Context())
			if err != nil || (len(tags) > 0) != (access.Sees(r, access.Tag) >= access.Aggregates) {
				t.Errorf("%s is told %d tags: %v", r, len(tags), err)
			}
		})
	}
}

// TestASegmentOfWhatIsHiddenIsANameOnly: the owner's segment is there, and nothing of it.
func TestASegmentOfWhatIsHiddenIsANameOnly(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		must(t)(s.SaveSegment(t.Context(), "big", "net >= 1"))
		must(t)(s.SaveSegment(t.Context(), "all", "purchases >= 0"))
		if err := s.SetHouse(t.Context(), access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Amount: access.None}}}); err != nil {
			t.Fatal(err)
		}
	})
	crew.as(t, access.Service, func(s *usecase.Session) {
		list, err := s.Segments(t.Context())
		if err != nil || len(list) != 2 {
			t.Fatalf("%d segments: %v", len(list), err)
		}
		if got := list[1]; got != (usecase.Segment{Name: "big", Hidden: access.Amount}) {
			t.Errorf("told %+v", got)
		}
		if got := list[0]; got.Hidden != "" || got.Customers == 0 || got.Net != 0 {
			t.Errorf("told %+v", got)
		}
	})
}

// TestListsHaveNoColumnOfWhatIsHidden: left out where none were named, refused where one was.
func TestListsHaveNoColumnOfWhatIsHidden(t *testing.T) {
	crew := newCrew(t)
	for _, r := range access.Roles {
		if !access.May(r, access.Export) {
			continue
		}
		crew.as(t, r, func(s *usecase.Session) {
			request := usecase.ExportRequest{To: filepath.Join(t.TempDir(), "list.csv"), Purpose: "books", Title: title}
			report, err := s.Export(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range report.Columns {
				if access.Sees(r, access.Of(c)) < access.Masked {
					t.Errorf("%s is given %s", r, c)
				}
			}
			for _, c := range usecase.ExportColumns() {
				request.Columns = []string{c}
				_, err := s.ExportPreview(t.Context(), request)
				if seen := access.Sees(r, access.Of(c)) >= access.Masked; seen != (err == nil) {
					t.Errorf("%s asks for a list of %s: %v", r, c, err)
				}
			}
		})
	}
}
