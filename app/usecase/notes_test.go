package usecase_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
	"kebu/store/storetest"
)

// sessionAt is a session whose clock can be put on.
func sessionAt(t *testing.T, now *time.Time) *usecase.Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	storetest.Make(t, path)
	s, err := usecase.Open(t.Context(), path, "", []byte(storetest.Passphrase), func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC)
}

// note writes a note and returns it.
func note(t *testing.T, s *usecase.Session, id, text string) usecase.WrittenNote {
	t.Helper()
	must(t)(s.Note(t.Context(), id, pii.New(text)))
	notes := show(t, s, id).Notes
	return notes[len(notes)-1]
}

// only returns a customer's one note.
func only(t *testing.T, s *usecase.Session, id string) usecase.WrittenNote {
	t.Helper()
	notes := show(t, s, id).Notes
	if len(notes) != 1 {
		t.Fatalf("%d notes, want one", len(notes))
	}
	return notes[0]
}

func TestNoteOnManyIsOneStep(t *testing.T) {
	s := session(t)
	list := people(t, s)
	d := must(t)(s.NoteMany(t.Context(), pii.New("寄过样品"), usecase.Targets{IDs: append(list[:2:2], list[0])}))
	if d.Customers != 2 || only(t, s, list[0]).Text.Reveal() != "寄过样品" || only(t, s, list[1]).ID == only(t, s, list[0]).ID {
		t.Errorf("%d customers have the note", d.Customers)
	}
	undo(t, s, d)
	if len(show(t, s, list[0]).Notes)+len(show(t, s, list[1]).Notes) > 0 {
		t.Error("undo leaves notes")
	}
	sound(t, s)
}

func TestHabitsAreToldWhenAskedFor(t *testing.T) {
	now := date(time.July, 14)
	s := sessionAt(t, &now)
	id := people(t, s)[0]
	habits := func(ask bool) []*usecase.Habits {
		t.Helper()
		var list []*usecase.Habits
		_, err := s.Customers(t.Context(), usecase.Selection{Habits: ask}, func(c usecase.Customer) error {
			list = append(list, c.Habits)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := habits(false); len(got) == 0 || got[0] != nil {
		t.Fatalf("%v without asking", got)
	}
	for range 2 {
		note(t, s, id, "likes green tea")
		now = now.AddDate(0, 0, 1)
	}
	last, noted := crm.At(date(time.July, 15)), 0
	for _, h := range habits(true) {
		if h.Favourite.Product == "" && h.Favourite.SKU == "" || h.Favourite.Orders == 0 {
			t.Errorf("nothing is bought most: %+v", h)
		}
		if h.LastNote == last {
			noted++
		} else if h.LastNote.Known() {
			t.Errorf("a note at %v", h.LastNote)
		}
	}
	if noted != 1 {
		t.Errorf("%d have the last note of %v", noted, last)
	}
}

func TestEditedNoteComesBack(t *testing.T) {
	now := date(time.November, 23)
	s := sessionAt(t, &now)
	id := people(t, s)[0]
	first := note(t, s, id, "喜欢绿茶")
	now = now.Add(time.Hour)
	edited := must(t)(s.EditNote(t.Context(), first.ID, pii.New("喜欢红茶")))
	if n := only(t, s, id); n.Text.Reveal() != "喜欢红茶" || n.ID != first.ID || n.At != first.At || n.Edited != crm.At(now) {
		t.Error("the note is not edited in its place")
	}
	if again := must(t)(s.EditNote(t.Context(), first.ID, pii.New("喜欢红茶"))); again.Step != 0 {
		t.Error("the same text again is a step")
	}
	pinned := must(t)(s.PinNote(t.Context(), first.ID, true))
	undo(t, s, edited)
	if n := only(t, s, id); n.Text.Reveal() != "喜欢绿茶" || n.Edited.Known() || !n.Pinned {
		t.Error("undo of the edit does not leave the former text, pinned")
	}
	undo(t, s, pinned)
	if n := only(t, s, id); n.Pinned {
		t.Error("undo leaves the pin")
	}
	sound(t, s)
}

func TestUndoOfANoteKeepsItsLaterText(t *testing.T) {
	s := session(t)
	id := people(t, s)[0]
	first := note(t, s, id, "喜欢绿茶")
	must(t)(s.EditNote(t.Context(), first.ID, pii.New("喜欢红茶")))
	kept, err := s.Undo(t.Context(), first.Step)
	if err != nil || len(kept) != 1 || kept[0].Table != "notes" {
		t.Errorf("kept %v, %v, want the note", kept, err)
	}
	if only(t, s, id).Text.Reveal() != "喜欢红茶" {
		t.Error("the later text is lost")
	}
	sound(t, s)
}

func TestDeletedNoteComesBack(t *testing.T) {
	s := session(t)
	id := people(t, s)[0]
	n := note(t, s, id, "喜欢绿茶")
	d := must(t)(s.DeleteNote(t.Context(), n.ID))
	if len(show(t, s, id).Notes) > 0 {
		t.Error("the note is still there")
	}
	if _, err := s.DeleteNote(t.Context(), n.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("deleted again: %v", err)
	}
	undo(t, s, d)
	if only(t, s, id).Text.Reveal() != "喜欢绿茶" {
		t.Error("undo brings another note")
	}
	sound(t, s)
}

func TestPinnedNote(t *testing.T) {
	s := session(t)
	id := people(t, s)[0]
	n := note(t, s, id, "喜欢绿茶")
	must(t)(s.PinNote(t.Context(), n.ID, true))
	if again := must(t)(s.PinNote(t.Context(), n.ID, true)); again.Step != 0 || !only(t, s, id).Pinned {
		t.Error("pinned twice is two steps")
	}
	off := must(t)(s.PinNote(t.Context(), n.ID, false))
	if only(t, s, id).Pinned {
		t.Error("the pin stays")
	}
	undo(t, s, off)
	if !only(t, s, id).Pinned {
		t.Error("undo does not bring the pin back")
	}
	if _, err := s.PinNote(t.Context(), "none", true); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("pin of no note: %v", err)
	}
}

func TestDueNotesUntilSettled(t *testing.T) {
	now := date(time.November, 23)
	s := sessionAt(t, &now)
	list := people(t, s)
	due := func() []usecase.DueNote {
		t.Helper()
		d, err := s.DueNotes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	late := note(t, s, list[0], "回访 @12-02\n再打 13900001234")
	early := note(t, s, list[0], "@12-01 打 13900001234\n问茶")
	note(t, s, list[1], "无日期")
	if len(due()) != 0 {
		t.Error("notes are due before their day")
	}
	now = date(time.December, 2)
	got := due()
	if len(got) != 2 || got[0].ID != early.ID || got[1].ID != late.ID || got[0].Due.String() != "2026-12-01" {
		t.Fatalf("%d notes are due, want two, the longest due first", len(got))
	}
	if got[0].Text.Reveal() != "@12-01 打 *******1234" || got[0].Customer.ID != list[0] {
		t.Error("a due note is not its masked first line with its customer")
	}
	settled := must(t)(s.SettleNote(t.Context(), early.ID))
	if got := due(); len(got) != 1 || got[0].ID != late.ID {
		t.Error("a settled note is still due")
	}
	must(t)(s.EditNote(t.Context(), early.ID, pii.New("@12-01 打过了，没有人接")))
	if len(due()) != 1 {
		t.Error("an edit that names the same day makes the note due again")
	}
	must(t)(s.EditNote(t.Context(), late.ID, pii.New("回访 @12-20")))
	if len(due()) != 0 {
		t.Error("a note put off is still due")
	}
	must(t)(s.EditNote(t.Context(), late.ID, pii.New("回访")))
	now = date(time.December, 30)
	if len(due()) != 0 {
		t.Error("a note without its day is still due")
	}
	undo(t, s, settled)
	if got := due(); len(got) != 1 || got[0].ID != early.ID || got[0].Due.String() != "2026-12-01" {
		t.Error("undo does not make the note due again")
	}
	sound(t, s)
}
