package access

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestEachFieldSaysWhatEachRoleSees(t *testing.T) {
	for _, f := range Fields {
		if len(sights[f]) != len(Roles) {
			t.Errorf("%s: %q for %d roles", f, sights[f], len(Roles))
		}
	}
	if len(sights) != len(Fields) {
		t.Error("a field is not listed")
	}
	if Sees("nobody", Account) != None || Sees(Owner, "nothing") != None {
		t.Error("who or what is unknown is seen")
	}
}

// TestLowRolesReachNobody: who cannot reveal has no verb that shows more than a mask.
func TestLowRolesReachNobody(t *testing.T) {
	for _, r := range Roles {
		for _, v := range Table {
			for _, f := range Fields {
				got := House{}.Shows(r, v.Verb, f)
				switch {
				case got > None && !May(r, v.Verb):
					t.Errorf("%s sees %s by %s", r, f, v.Verb)
				case f.Personal() && f != Writing && got > Masked && v.Verb != Reveal && v.Verb != ExportClear:
					t.Errorf("%s sees %s in clear by %s", r, f, v.Verb)
				case got == Clear && f.Personal() && Sees(r, f) < Reveals:
					t.Errorf("%s is shown %s without its key", r, f)
				}
			}
		}
	}
	if (House{}).Shows(Owner, ExportClear, Phone) != Clear || (House{}).Shows(Manager, Export, Phone) != Masked {
		t.Error("lists")
	}
}

func TestVerbsAreListedOnce(t *testing.T) {
	seen := map[Verb]bool{}
	for _, r := range Table {
		if seen[r.Verb] || !slices.Contains(r.Roles, Owner) {
			t.Errorf("%s", r.Verb)
		}
		seen[r.Verb] = true
	}
	for _, v := range kept {
		for _, r := range Roles {
			if !May(r, v) {
				t.Errorf("%s may not %s", r, v)
			}
		}
	}
}

func TestHouseRulesOnlyNarrow(t *testing.T) {
	for name, h := range map[string]House{
		"wider":         {Most: map[Role]map[Field]Level{Marketing: {Name: Clear}}},
		"of the owner":  {Most: map[Role]map[Field]Level{Owner: {Name: None}}},
		"unknown role":  {Most: map[Role]map[Field]Level{"x": {Name: None}}},
		"unknown field": {Most: map[Role]map[Field]Level{Service: {"x": None}}},
		"kept verb":     {Off: map[Role][]Verb{Service: {Passphrase}}},
		"owner's verb":  {Off: map[Role][]Verb{Owner: {Import}}},
		"daily":         {Daily: map[Role]int{Service: MaxDaily + 1}},
		"rows":          {Rows: ApprovalRows + 1},
		"delay":         {Delay: new(-1)},
	} {
		if err := h.Valid(); !errors.Is(err, ErrWider) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h := House{
		Most:  map[Role]map[Field]Level{Service: {Phone: Masked}},
		Off:   map[Role][]Verb{Service: {Note}},
		Daily: map[Role]int{Service: 3}, Rows: 10, Delay: new(48),
		Until: map[uint32]int64{7: 1000},
	}
	if err := h.Valid(); err != nil {
		t.Fatal(err)
	}
	if h.Shows(Service, Reveal, Phone) != Masked || h.Shows(Service, Reveal, Name) != Reveals || h.Shows(Manager, Reveal, Phone) != Reveals {
		t.Error("levels")
	}
	if h.May(Service, Note) || !h.May(Service, EditNote) || !h.May(Manager, Note) {
		t.Error("verbs")
	}
	if h.Reveals(Service) != 3 || h.Reveals(Manager) != DailyReveals || h.Reveals(Owner) != OwnerReveals || h.ClearRows() != 10 || h.Wait() != 48*time.Hour {
		t.Error("bounds")
	}
	if h.Ended(7, time.UnixMilli(999)) || !h.Ended(7, time.UnixMilli(1000)) || h.Ended(8, time.UnixMilli(2000)) {
		t.Error("until")
	}
}
