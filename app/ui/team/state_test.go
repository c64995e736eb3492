package team

import (
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/usecase"
)

var noon = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

func TestPeopleAreListedWithStatesAndEnds(t *testing.T) {
	list := rosterOf(phrase.New("en"), []usecase.Member{
		{Name: "Xin", Role: access.Service},
		{Name: "Bo", Role: access.Auditor, Until: crm.At(noon.Add(time.Hour))},
		{Name: "Kim", Role: access.Auditor, Until: crm.At(noon)},
		{Name: "Lu", Role: access.Finance, Disabled: true},
		{Name: "Ada", Role: access.Owner, Self: true},
	}, time.UTC, noon)
	want := []struct{ name, state, until string }{
		{"Ada", active, ""}, {"Xin", active, ""}, {"Bo", active, "2026-06-30 13:00"}, {"Kim", ended, "2026-06-30 12:00"}, {"Lu", disabled, ""},
	}
	if list.Count() != len(want) {
		t.Fatalf("%d people", list.Count())
	}
	for i, w := range want {
		m, ok := list.At(i)
		if !ok || m.Name != w.name || m.state != w.state || m.until != w.until || m.role == "" || m.does == "" {
			t.Errorf("line %d is %+v, want %v", i, m, w)
		}
	}
	if _, ok := list.At(len(want)); ok {
		t.Error("there is a line below the last")
	}
}

func TestEveryRoleAndFieldIsWorded(t *testing.T) {
	for _, tag := range []string{"en", "zh-Hans", "zh-Hant"} {
		words := phrase.New(tag)
		lines := matrix(words, access.House{})
		if len(lines) != len(access.Fields) {
			t.Fatalf("%s: %d lines", tag, len(lines))
		}
		for i, line := range lines {
			for _, c := range line {
				if c.Text == "" {
					t.Errorf("%s: %s has a blank cell", tag, access.Fields[i])
				}
			}
		}
		for _, r := range staff() {
			if words.Text("team_does_"+string(r)) == "" {
				t.Errorf("%s: nothing says what %s does", tag, r)
			}
		}
	}
}

// What no key opens has a lock, whatever the rules of the house; what the program alone keeps
// has none.
func TestALockMeansThatThereIsNoKey(t *testing.T) {
	words := phrase.New("en")
	icon := func(h access.House, r access.Role, f access.Field) string { return levelCell(words, h, r, f).Icon }
	usual := access.House{}
	for _, c := range []struct {
		role access.Role
		of   access.Field
		icon string
	}{
		{access.Service, access.Phone, "eye"},
		{access.Marketing, access.Phone, "lock"},
		{access.Marketing, access.Street, "lock"}, // counted by place, which the mask of a street gives
		{access.Auditor, access.Phone, "lock"},    // the mask stands beside what is sealed
		{access.Marketing, access.Amount, ""},
		{access.Warehouse, access.Amount, ""},
		{access.Owner, access.Writing, ""},
	} {
		if got := icon(usual, c.role, c.of); got != c.icon {
			t.Errorf("%s of %s has %q, want %q", c.of, c.role, got, c.icon)
		}
	}
	narrow := access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Phone: access.Masked}}}
	if icon(narrow, access.Service, access.Phone) == "lock" {
		t.Error("the key of names opens phones, and the role still has it")
	}
	narrow.Most[access.Service][access.Name] = access.Masked
	if icon(narrow, access.Service, access.Phone) != "lock" || icon(narrow, access.Service, access.Name) != "lock" {
		t.Error("a key that was taken is not told")
	}
}

func TestARoleIsGivenAtMostWhatTheTableGives(t *testing.T) {
	for _, r := range staff() {
		for _, f := range access.Fields {
			levels := choices(r, f)
			if !slices.IsSorted(levels) || levels[0] != access.None || levels[len(levels)-1] != access.Sees(r, f) {
				t.Errorf("%s of %s: %v", f, r, levels)
			}
			for _, l := range levels {
				at := levelsOf(access.House{}, r)
				at[f] = l
				if err := narrowed(access.House{}, r, at).Valid(); err != nil {
					t.Errorf("%s of %s at %d: %v", f, r, l, err)
				}
			}
		}
	}
	if got := choices(access.Service, access.Writing); slices.Contains(got, access.Masked) {
		t.Errorf("notes have no mask, and %v is offered", got)
	}
	full := levelsOf(access.House{}, access.Service)
	if h := narrowed(access.House{Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Phone: access.None}}}, access.Service, full); len(h.Most) != 0 {
		t.Errorf("widened again, %v is left", h.Most)
	}
}

func TestAChangeTellsWhichKeysItTakes(t *testing.T) {
	for _, c := range []struct {
		from, to access.Role
		lost     []access.Field
		more     bool
	}{
		{access.Manager, access.Service, nil, false},
		{access.Service, access.Marketing, []access.Field{access.Name, access.Phone, access.Street, access.Writing}, false},
		{access.Service, access.Finance, []access.Field{access.Name, access.Phone, access.Street, access.Writing}, true},
		{access.Marketing, access.Service, nil, true},
	} {
		lost, more := taken(holds(access.House{}, c.from), holds(access.House{}, c.to))
		if !slices.Equal(lost, c.lost) || more != c.more {
			t.Errorf("%s to %s takes %v, gives more: %v", c.from, c.to, lost, more)
		}
	}
}

func TestNumbersStayWithinBounds(t *testing.T) {
	for text, ok := range map[string]bool{"1": true, " 30 ": true, "0": false, "31": false, "": false, "-1": false, "2.5": false, "all": false} {
		if _, got := number(text, 1, 30); got != ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestListsThatWaitStandFirst(t *testing.T) {
	words := phrase.New("en")
	list := []usecase.Approval{
		{ID: 4, User: "Xin", Verdict: usecase.VerdictNo, Decider: "Ada"},
		{ID: 3, User: "Xin", Verdict: usecase.VerdictYes, Decider: "Ada", Used: 9},
		{ID: 2, User: "Bo", At: crm.At(noon), Rows: 1200, Columns: []string{"name", "phone"}, Rule: "purchases >= 1"},
		{ID: 1, User: "Xin", Verdict: usecase.VerdictYes, Decider: "Ada"},
	}
	lines := requestsOf(words, list, time.UTC, noon)
	var ids []int64
	var states []string
	for _, l := range lines {
		ids, states = append(ids, l.ID), append(states, l.state)
	}
	if !slices.Equal(ids, []int64{2, 4, 3, 1}) {
		t.Errorf("in the order %v", ids)
	}
	want := []string{words.Text("verdict_open"), words.Text("verdict_no"), words.Text("verdict_used"), words.Text("verdict_yes")}
	if !slices.Equal(states, want) {
		t.Errorf("states %v", states)
	}
	if l := lines[0]; l.rows != "1,200" || l.columns != "name, phone" || l.tone != look.Late {
		t.Errorf("%+v", l)
	}
	if waiting(list, "Ada") != 1 || waiting(list, "Bo") != 0 {
		t.Error("own lists do not wait for oneself")
	}
	if tabTitle(words, 0) != words.Text("team_tab_queue") || tabTitle(words, 2) != "Approvals 2" {
		t.Errorf("the tab is called %q", tabTitle(words, 2))
	}
}

func TestAGuideGoesStepByStep(t *testing.T) {
	left := roster{{Member: usecase.Member{Name: "Xin", Role: access.Service}}, {Member: usecase.Member{Name: "Ada", Role: access.Owner}}}
	const stale, sealed = true, false
	c := begun(whenLeft)
	if c.turn() != stepWho || c.concerns(left[1]) || !c.concerns(left[0]) {
		t.Error("it begins with who of the staff has left")
	}
	c.about(left[0])
	for _, want := range []struct {
		people roster
		stale  bool
		turn   step
	}{{left, sealed, stepAccess}, {left[1:], stale, stepSeal}, {left, stale, stepAccess}, {left[1:], sealed, stepOwn}} {
		c.stand(want.people, want.stale)
		if got := c.turn(); got != want.turn {
			t.Errorf("with %d people, stale %v: %s", len(want.people), want.stale, got)
		}
		c.Done[stepAccess] = true // who was let in again is in all the same
	}
	c.Done[stepOwn], c.Done[stepSheet] = true, true
	if !c.finished() {
		t.Errorf("not finished: %s", c.turn())
	}

	lost := begun(whenLost)
	lost.about(left[1])
	if got := lost.steps(); slices.Contains(got, stepAccess) || lost.turn() != stepOwn {
		t.Errorf("an owner's laptop: %v", got)
	}
	lost = begun(whenLost)
	lost.about(left[0])
	lost.Done[stepAccess] = true
	for stood, want := range map[bool]step{stale: stepSeal, sealed: stepOwn} {
		if lost.stand(left, stood); lost.turn() != want {
			t.Errorf("after a new passphrase %s", lost.turn())
		}
	}
}

func TestAGuideIsRememberedOrNotUnderstood(t *testing.T) {
	c := begun(whenLost)
	c.about(person{Member: usecase.Member{Name: "Xin", Role: access.Service}})
	c.Done[stepAccess] = true
	text, err := c.kept()
	if err != nil {
		t.Fatal(err)
	}
	if got := recalled(text); got.Kind != whenLost || got.Who != "Xin" || got.Owner || !got.Done[stepAccess] {
		t.Errorf("%s is recalled as %+v", text, got)
	}
	for _, text := range []string{"", "{", `{"kind":"moved"}`, `{"kind":"left","done":null}`} {
		if got := recalled(text); got.Kind != "" {
			t.Errorf("%q is recalled as %+v", text, got)
		}
	}
	if text, err := (&course{}).kept(); text != "" || err != nil {
		t.Errorf("nothing is kept as %q, %v", text, err)
	}
}
