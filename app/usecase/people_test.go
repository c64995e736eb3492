package usecase_test

import (
	"errors"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

func TestAliasIsShownFoundAndTakenBack(t *testing.T) {
	s := session(t)
	list := people(t, s)
	id := list[0]
	found := func(text string) []string { return ids(t, s, usecase.Selection{Search: text}) }
	set := func(alias string) usecase.Done {
		t.Helper()
		return must(t)(s.SetAlias(t.Context(), id, pii.New(alias)))
	}
	alias := func() string { return show(t, s, id).Alias.Reveal() }

	first := set(" 陈老师 ")
	if alias() != "陈老师" || !slices.Equal(found("陈老"), []string{id}) || !slices.Equal(found("cls"), []string{id}) {
		t.Error("the alias is not shown and found")
	}
	if p := show(t, s, id); len(p.Fields) > 0 {
		t.Error("the alias shows as a field")
	}
	if again := set("陈老师"); again.Step != 0 {
		t.Error("the same alias again is a step")
	}
	second := set("电话 13900001234")
	if alias() != "电话 *******1234" {
		t.Error("a number in an alias is not masked")
	}
	third := set("")
	if alias() != "" || len(found("陈老师")) > 0 {
		t.Error("a blank alias stays")
	}
	undo(t, s, third)
	undo(t, s, second)
	if alias() != "陈老师" {
		t.Error("undo does not bring the alias back")
	}
	undo(t, s, first)
	if alias() != "" || len(found("陈老师")) > 0 {
		t.Error("undo leaves the alias")
	}
	sound(t, s)
}

func TestRefusedContactIsMarkedOnMany(t *testing.T) {
	s := session(t)
	list := people(t, s)
	refused := func() []string {
		var marked []string
		for _, id := range list {
			if show(t, s, id).Refused {
				marked = append(marked, id)
			}
		}
		return marked
	}
	all := usecase.Targets{Where: "purchases >= 0", Except: list[:1]}
	marked := must(t)(s.SetContact(t.Context(), all, true))
	if marked.Customers != len(list)-1 || !slices.Equal(refused(), list[1:]) {
		t.Errorf("marked %d, want all but one", marked.Customers)
	}
	if again := must(t)(s.SetContact(t.Context(), all, true)); again.Step != 0 {
		t.Error("the same mark again is a step")
	}
	freed := must(t)(s.SetContact(t.Context(), usecase.Targets{IDs: list[1:2]}, false))
	if freed.Customers != 1 || slices.Contains(refused(), list[1]) {
		t.Error("the mark cannot be taken off")
	}
	undo(t, s, freed)
	undo(t, s, marked)
	if len(refused()) > 0 {
		t.Error("undo leaves marks")
	}
	sound(t, s)
}

func TestTargetsAreNeverEverybodyByMistake(t *testing.T) {
	s := session(t)
	list := people(t, s)
	for _, to := range []usecase.Targets{{}, {Where: " "}, {Except: list[:1]}} {
		if _, err := s.AddTag(t.Context(), "礼", to); !errors.Is(err, usecase.ErrBlank) {
			t.Errorf("%v: %v", to, err)
		}
	}
	if _, err := s.AddTag(t.Context(), "礼", usecase.Targets{IDs: []string{list[0], "0123456789abcdef0123456789abcdef"}}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("one who is nobody: %v", err)
	}
	must(t)(s.SetAlias(t.Context(), list[1], pii.New("林老师")))
	if d := must(t)(s.AddTag(t.Context(), "礼", usecase.Targets{Search: "林老师"})); d.Customers != 1 {
		t.Errorf("a search is %d targets", d.Customers)
	}
}

func TestTagsOfCustomers(t *testing.T) {
	s := session(t)
	list := people(t, s)
	must(t)(s.AddTag(t.Context(), "Gift", usecase.Targets{IDs: list}))
	must(t)(s.AddTag(t.Context(), "老师", usecase.Targets{IDs: list[:1]}))
	tags, err := s.Tags(t.Context())
	if want := []usecase.TagCount{{Tag: "Gift", Customers: len(list)}, {Tag: "老师", Customers: 1}}; err != nil || !slices.Equal(tags, want) {
		t.Errorf("tags %v, %v, want %v", tags, err, want)
	}
	tags, n, err := s.TagStates(t.Context(), usecase.Targets{IDs: list[:2]})
	if want := []usecase.TagCount{{Tag: "Gift", Customers: 2}, {Tag: "老师", Customers: 1}}; err != nil || n != 2 || !slices.Equal(tags, want) {
		t.Errorf("of %d customers %v, %v, want %v", n, tags, err, want)
	}
	tags, n, err = s.TagStates(t.Context(), usecase.Targets{Where: "purchases > 1000000"})
	if err != nil || n != 0 || len(tags) != 0 {
		t.Errorf("of nobody %v, %d, %v", tags, n, err)
	}
}

func TestEventsNameTheirTag(t *testing.T) {
	s := session(t)
	id := people(t, s)[0]
	one := usecase.Targets{IDs: []string{id}}
	must(t)(s.AddTag(t.Context(), "礼", one))
	must(t)(s.AddTag(t.Context(), "茶", one))
	must(t)(s.RemoveTag(t.Context(), "礼", one))
	must(t)(s.SetContact(t.Context(), one, true))
	undo(t, s, must(t)(s.AddTag(t.Context(), "杯", one)))
	var tags []string
	for _, e := range show(t, s, id).Events {
		if !e.Undone && e.Verb != "import" && e.Verb != "undo" {
			tags = append(tags, e.Tag)
		}
	}
	if want := []string{"", "礼", "茶", "礼"}; !slices.Equal(tags, want) {
		t.Errorf("tags of events %q, want %q", tags, want)
	}
}
