package act

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/pii"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Noter writes notes.
type Noter interface {
	NoteMany(context.Context, pii.Text, usecase.Targets) (usecase.Done, error)
}

// Drafter is what the sheet of a note needs of the book.
type Drafter interface {
	Noter
	KeepDraftMany(context.Context, pii.Text, usecase.Targets) error
	DraftMany(context.Context, usecase.Targets) (pii.Text, error)
}

const noteWidth = 360

// Note opens a sheet to write a note on customers. What is typed and neither saved nor
// discarded with Esc stays in the book as a draft, and is there when the sheet is next
// opened.
func Note(d *desk.Desk, book Drafter, at fyne.CanvasObject, to usecase.Targets, of int) {
	n := &noteSheet{desk: d, book: book, to: to, entry: parts.NewMultiline(d.Text("act_note_hint"), 4)}
	n.said = parts.NewText("", look.SizeSmall, look.Muted).Shrink()
	n.said.Hide()
	head := parts.NewTitle(d.Text("act_note_title", map[string]any{"Count": of}), look.SizeCard)
	foot := container.NewHBox(parts.Primary(d.Text("act_note_save"), "", n.save))
	n.sheet = parts.ShowPopover(at, container.New(parts.Pile{Width: noteWidth, Gap: 8}, head, n.entry, n.said, foot), n.closed)
	n.sheet.OnKey = n.key
	n.entry.Focus()
	n.recall()
}

type noteSheet struct {
	desk  *desk.Desk
	book  Drafter
	to    usecase.Targets
	kept  string // the draft that the book has
	entry *parts.Entry
	said  *parts.Text // where the text comes from
	sheet *parts.Popover
}

// recall shows the draft, unless somebody types already.
func (n *noteSheet) recall() {
	var draft pii.Text
	n.desk.Tasks.Go(func(ctx context.Context) (err error) {
		draft, err = n.book.DraftMany(ctx, n.to)
		return err
	}, func(err error) {
		n.kept = draft.Reveal()
		if n.desk.Failed(err) || n.kept == "" || n.entry.Text != "" || !n.sheet.Shown() {
			return
		}
		n.entry.SetText(n.kept)
		n.said.SetText(n.desk.Text("customer_draft"))
		n.said.Show()
		n.sheet.Refresh()
	})
}

// key saves, or discards what is typed.
func (n *noteSheet) key(k parts.Press) bool {
	switch k {
	case parts.Submit:
		n.save()
	case parts.Press{Key: fyne.KeyEscape}:
		n.entry.SetText("")
		n.sheet.Hide()
	default:
		return false
	}
	return true
}

// closed keeps what is typed.
func (n *noteSheet) closed() {
	if n.entry.Text != n.kept {
		n.keep(n.entry.Text)
	}
}

func (n *noteSheet) keep(text string) {
	n.kept = text
	n.desk.Tasks.Go(func(ctx context.Context) error {
		// Locking ends all work, but not this: what was typed is nowhere else.
		return n.book.KeepDraftMany(context.WithoutCancel(ctx), pii.New(text), n.to)
	}, func(err error) { n.desk.Failed(err) })
}

// save writes the note; what cannot be written stays as a draft.
func (n *noteSheet) save() {
	text, to := n.entry.Text, n.to
	if strings.TrimSpace(text) == "" {
		return
	}
	drafted := n.kept != ""
	n.kept = text // it is being written
	n.sheet.Hide()
	n.desk.Do(func(done usecase.Done) string {
		return n.desk.Text("customers_noted", map[string]any{"Count": done.Customers})
	}, func(ctx context.Context) (usecase.Done, error) {
		ctx = context.WithoutCancel(ctx)
		done, err := n.book.NoteMany(ctx, pii.New(text), to)
		if err != nil {
			return done, errors.Join(err, n.book.KeepDraftMany(ctx, pii.New(text), to))
		}
		if drafted {
			_ = n.book.KeepDraftMany(ctx, pii.Text{}, to) // the note is written whether or not
		}
		return done, nil
	})
}
