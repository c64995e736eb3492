package usecase_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// TestALongListInClearTellsHowItStands: before it is asked for, while it waits, when it is
// approved, made and refused; and what Export does is what was told.
func TestALongListInClearTellsHowItStands(t *testing.T) {
	crew := newCrew(t)
	request := usecase.ExportRequest{
		To: filepath.Join(t.TempDir(), "list.csv"), PurposeKind: usecase.PurposeShip, Purpose: " parcels ", Title: title,
		Columns: []string{"name", "phone"}, Reveal: true,
	}
	stands := func(s *usecase.Session) *usecase.Standing {
		t.Helper()
		p, err := s.ExportPreview(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		return p.Standing
	}
	decide := func(yes bool) {
		t.Helper()
		crew.as(t, access.Manager, func(s *usecase.Session) {
			list, err := s.Approvals(t.Context())
			if err == nil {
				err = s.Approve(t.Context(), list[0].ID, yes)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	ask := func(s *usecase.Session) {
		t.Helper()
		if st := stands(s); st == nil || st.Asked.ID != 0 || st.Most != 1 || st.Ready(crew.now) {
			t.Errorf("before: %+v", st)
		}
		_, err := s.Export(t.Context(), request)
		if _, waits := errors.AsType[*usecase.ApprovalError](err); !waits {
			t.Errorf("asked for: %v", err)
		}
		if st := stands(s); st.Asked.ID == 0 || !st.Asked.Waits() || st.Ready(crew.now) {
			t.Errorf("waits: %+v", st)
		}
	}
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if st := stands(s); st != nil {
			t.Errorf("a short list: %+v", st)
		}
		if err := s.SetHouse(t.Context(), access.House{Rows: 1}); err != nil {
			t.Fatal(err)
		}
		ask(s)
		list, err := s.Log(t.Context(), usecase.LogRequest{Verb: "ask"})
		if err != nil || len(list) != 1 || list[0].Rows != 2 || list[0].Purpose != "parcels" || !slices.Equal(list[0].Clear, request.Columns) {
			t.Errorf("log: %+v %v", list, err)
		}
	})
	decide(true)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if st := stands(s); !st.Ready(crew.now) || st.Asked.Decider != string(access.Manager) {
			t.Errorf("approved: %+v", st)
		}
		if _, err := s.Export(t.Context(), request); err != nil {
			t.Errorf("approved: %v", err)
		}
		ask(s) // once is once
	})
	decide(false)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if st := stands(s); st.Ready(crew.now) || st.Asked.Verdict != usecase.VerdictNo {
			t.Errorf("refused: %+v", st)
		}
		_, err := s.Export(t.Context(), request)
		if refused, ok := errors.AsType[*usecase.RefusedError](err); !ok || refused.By != string(access.Manager) || !refused.At.Known() {
			t.Errorf("refused: %v", err)
		}
		if err := s.DisableUser(t.Context(), string(access.Manager)); err != nil {
			t.Fatal(err)
		}
		request.Purpose = "parcels again"
		ask(s)
		if st := stands(s); !st.Alone || st.Until.Sub(crew.now) != 24*time.Hour {
			t.Errorf("alone: %+v", st)
		}
		crew.now = crew.now.Add(24 * time.Hour)
		if st := stands(s); !st.Ready(crew.now) {
			t.Errorf("a day after: %+v", st)
		}
		if _, err := s.Export(t.Context(), request); err != nil {
			t.Errorf("a day after: %v", err)
		}
	})
}

// TestOnlyRolesThatAreSecondedAskForMaskedLists: a manager for a long one, the owner and
// who has no contacts on it for none.
func TestOnlyRolesThatAreSecondedAskForMaskedLists(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(t.Context(), access.House{Rows: 1}); err != nil {
			t.Fatal(err)
		}
	})
	for _, r := range []access.Role{access.Owner, access.Manager, access.Finance} {
		crew.as(t, r, func(s *usecase.Session) {
			_, err := s.Export(t.Context(), usecase.ExportRequest{
				To: filepath.Join(t.TempDir(), "list.csv"), Purpose: "count", Title: title, Columns: []string{"purchases"},
			})
			if _, waits := errors.AsType[*usecase.ApprovalError](err); waits != access.Seconded(r) || !waits && err != nil {
				t.Errorf("%s: %v", r, err)
			}
		})
	}
	crew.as(t, access.Owner, func(s *usecase.Session) {
		list, err := s.Approvals(t.Context())
		if err != nil || len(list) != 1 || len(list[0].Columns) != 0 || list[0].User != string(access.Manager) {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// third imports one more customer than the crew's two and returns all of them.
func (c *crew) third(t *testing.T, s *usecase.Session) []string {
	t.Helper()
	file := write(t, "third.csv", canaryHead+
		strings.NewReplacer("4712", "4752", "4713", "4753", "wrenfold@", "tansy@").Replace(canaryRow("A-3", "09", "b3", "13000004751")))
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: file, Mapping: []byte(canaryMapping)}); err != nil {
		t.Fatal(err)
	}
	return ids(t, s, usecase.Selection{})
}

// TestAnApprovalIsForThosePeople puts somebody on a list after it was asked for.
func TestAnApprovalIsForThosePeople(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		all := crew.third(t, s)
		if err := errors.Join(s.SetHouse(t.Context(), access.House{Rows: 1}), s.DisableUser(t.Context(), string(access.Manager))); err != nil {
			t.Fatal(err)
		}
		must(t)(s.AddTag(t.Context(), "vip", usecase.Targets{IDs: all[:2]}))
		request := usecase.ExportRequest{
			Selection: usecase.Selection{Where: "tag = vip"}, To: filepath.Join(t.TempDir(), "list.csv"), PurposeKind: usecase.PurposeShip, Purpose: "parcels",
			Title: title, Columns: []string{"name"}, Reveal: true,
		}
		_, err := s.Export(t.Context(), request)
		if _, waits := errors.AsType[*usecase.ApprovalError](err); !waits {
			t.Fatal(err)
		}
		must(t)(s.AddTag(t.Context(), "vip", usecase.Targets{IDs: all[2:]}))
		crew.now = crew.now.Add(24 * time.Hour)
		p, err := s.ExportPreview(t.Context(), request)
		if err != nil || p.Rows != 2 || p.Selected != 3 || len(p.Left) != 1 || p.Left[0].Reason != usecase.LeftUnapproved || p.Left[0].IDs.First[0] != all[2] {
			t.Errorf("preview: %+v, %v", p, err)
		}
		if report, err := s.Export(t.Context(), request); err != nil || report.Rows != 2 || report.Left != 1 {
			t.Errorf("export: %+v, %v", report, err)
		}
		_, err = s.Export(t.Context(), request)
		if _, waits := errors.AsType[*usecase.ApprovalError](err); !waits {
			t.Errorf("once more: %v", err)
		}
	})
}

// TestListsOfADayCountTogether splits a list that would need approval.
func TestListsOfADayCountTogether(t *testing.T) {
	crew := newCrew(t)
	crew.as(t, access.Owner, func(s *usecase.Session) {
		all := crew.third(t, s)
		if err := s.SetHouse(t.Context(), access.House{Rows: 2}); err != nil {
			t.Fatal(err)
		}
		list := func(ids ...string) error {
			_, err := s.Export(t.Context(), usecase.ExportRequest{
				Selection: usecase.Selection{IDs: ids}, To: filepath.Join(t.TempDir(), "list.csv"), PurposeKind: usecase.PurposeShip, Purpose: "parcels",
				Title: title, Columns: []string{"name"}, Reveal: true,
			})
			return err
		}
		for _, c := range []struct {
			after time.Duration
			ids   []string
			waits bool
		}{
			{0, all[:1], false},
			{time.Hour, all[:2], false},
			{0, all[1:2], false},
			{0, all[2:], true},
			{22 * time.Hour, all[2:], true},
			{3 * time.Hour, all[2:], false},
		} {
			crew.now = crew.now.Add(c.after)
			err := list(c.ids...)
			if _, waits := errors.AsType[*usecase.ApprovalError](err); waits != c.waits || !waits && err != nil {
				t.Errorf("%s, %d people: %v", crew.now.Format(time.Kitchen), len(c.ids), err)
			}
		}
	})
}
