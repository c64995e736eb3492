package usecase_test

import (
	"errors"
	"path/filepath"
	"slices"
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
