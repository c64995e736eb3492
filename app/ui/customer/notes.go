package customer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// editing is the note that is being changed, none if note is blank.
type editing struct {
	note, was string
	entry     *parts.Entry
}

// fillNotes shows the notes.
func (p *Page) fillNotes() {
	list := notes(p.shown())
	var objects []fyne.CanvasObject
	for i, n := range list {
		if i > 0 {
			objects = append(objects, parts.NewRule())
		}
		objects = append(objects, p.note(n)...)
	}
	if len(list) == 0 {
		objects = append(objects, parts.NewText(p.desk.Text("customer_note_none"), look.SizeBody, look.Muted))
	}
	if len(list) == 0 && p.desk.May(access.Note) {
		objects = append(objects, parts.NewPara(p.desk.Text("customer_note_none_text"), 0).SetTone(look.Faint))
	}
	offset := p.noteList.Offset
	p.noteList.Content = in(parts.NewStack(objects...), cardSide, 8, 12)
	p.noteList.Offset = offset
	p.noteList.Refresh()
}

// note shows one note: who and when, what can be done, the text.
func (p *Page) note(n usecase.WrittenNote) []fyne.CanvasObject {
	d := p.desk
	if n.ID == p.edit.note {
		return p.editor()
	}
	said := d.When(n.At, p.shop.Zone) + "  " + n.User
	if n.Edited.Known() {
		said += "  " + d.Text("customer_note_edited", map[string]any{"When": d.When(n.Edited, p.shop.Zone)})
	}
	head := []fyne.CanvasObject{parts.NewText(said, look.SizeSmall, look.Muted).Shrink()}
	var chips []parts.Chip
	if n.Pinned {
		chips = append(chips, parts.Chip{Text: d.Text("customer_note_is_pinned"), Tone: look.Accent})
	}
	switch {
	case n.Due == 0:
	case n.Settled:
		chips = append(chips, parts.Chip{Text: d.Text("customer_note_settled"), Tone: look.Good})
	case n.Due <= p.shop.Today:
		chips = append(chips, parts.Chip{Text: d.Text("customer_note_overdue", map[string]any{"Day": n.Due.String()}), Tone: look.Late})
	default:
		chips = append(chips, parts.Chip{Text: d.Text("customer_note_due", map[string]any{"Day": n.Due.String()}), Tone: look.Muted})
	}
	var foot []fyne.CanvasObject
	if len(chips) > 0 {
		shown := parts.NewChips(0)
		shown.Set(chips)
		foot = append(foot, shown)
	}
	if n.Due != 0 && !n.Settled && d.May(access.SettleNote) {
		foot = append(foot, parts.Link(d.Text("customer_note_settle"), "check", func() {
			p.do("customer_note_done", func(ctx context.Context) (usecase.Done, error) { return p.book.SettleNote(ctx, n.ID) })
		}))
	}
	pin, pinned := "customer_note_pin", "customer_note_pinned"
	if n.Pinned {
		pin, pinned = "customer_note_unpin", "customer_note_unpinned"
	}
	link := func(v access.Verb, key string, do func()) {
		if d.May(v) {
			head = append(head, parts.Link(d.Text(key), "", do))
		}
	}
	link(access.EditNote, "customer_note_edit", func() { p.beginEdit(n.ID) })
	link(access.PinNote, pin, func() {
		p.do(pinned, func(ctx context.Context) (usecase.Done, error) { return p.book.PinNote(ctx, n.ID, !n.Pinned) })
	})
	link(access.DeleteNote, "customer_note_delete", func() {
		p.do("customer_note_deleted", func(ctx context.Context) (usecase.Done, error) { return p.book.DeleteNote(ctx, n.ID) })
	})
	shown := []fyne.CanvasObject{container.New(row{4, 0}, head...), parts.NewPara(n.Text.Reveal(), 0)}
	if len(foot) > 0 {
		shown = append(shown, container.New(row{4, -1}, foot...))
	}
	return shown
}

// beginEdit changes a note in its place. A text with masked parts has to be
// revealed first, or saving would lose what they hide.
func (p *Page) beginEdit(note string) {
	for _, n := range p.shown().Notes {
		if n.ID != note {
			continue
		}
		if p.reveal.profile == nil && masked(n.Text) {
			p.desk.Layer.Info(p.desk.Text("customer_reveal_first"))
			p.askReveal(func() { p.beginEdit(note) })
			return
		}
		p.saveEdit()
		text := n.Text.Reveal()
		entry := parts.NewMultiline("", min(mostRows, max(3, strings.Count(text, "\n")+1)))
		entry.SetText(text)
		entry.OnKey = func(k parts.Press) bool {
			if k != parts.Submit {
				return false
			}
			p.saveEdit()
			return true
		}
		p.edit = editing{note, text, entry}
		p.fillNotes()
		entry.Focus()
	}
}

func (p *Page) editor() []fyne.CanvasObject {
	d := p.desk
	return []fyne.CanvasObject{
		p.edit.entry,
		container.New(row{8, -1}, parts.Second(d.Text("customer_save"), "check", p.saveEdit), parts.Link(d.Text("customer_cancel"), "", p.endEdit)),
	}
}

// saveEdit saves the note that is being changed, if it was.
func (p *Page) saveEdit() {
	e := p.edit
	if e.note == "" {
		return
	}
	text := e.entry.Text
	p.endEdit()
	if text == e.was || strings.TrimSpace(text) == "" {
		return
	}
	p.do("customer_note_changed", func(ctx context.Context) (usecase.Done, error) {
		return p.book.EditNote(context.WithoutCancel(ctx), e.note, pii.New(text))
	})
}

// endEdit leaves the note as it was.
func (p *Page) endEdit() {
	p.edit = editing{}
	p.fillNotes()
}

// do does a verb and says so.
func (p *Page) do(said string, verb func(context.Context) (usecase.Done, error), data ...map[string]any) {
	p.desk.Do(func(usecase.Done) string { return p.desk.Text(said, data...) }, verb)
}
