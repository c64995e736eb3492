package customer

import (
	"context"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

const (
	mostRows = 6 // of the field, before it scrolls
	// draftAfter is how long typing must rest before the draft is kept: a
	// computer that loses its power loses no more.
	draftAfter = 2 * time.Second
)

// writer is the field for a new note. What is not saved stays in the book as a
// draft.
type writer struct {
	page   *Page
	object *fyne.Container
	entry  *parts.Entry
	hint   *parts.Text
	foot   *fyne.Container

	of     string // id of the customer
	kept   string // the draft that the book has
	typing task.Latest
	drafts drafts
}

// drafts are the newest drafts; whoever keeps one writes the newest, so that
// two on their way cannot pass each other.
type drafts struct {
	lock sync.Mutex
	text map[string]string // by customer
}

func newWriter(p *Page) *writer {
	d := p.desk
	w := &writer{page: p, entry: parts.NewMultiline(d.Text("customer_note_hint"), 1)}
	w.drafts.text = map[string]string{}
	w.typing.Runner = d.Tasks
	w.hint = parts.NewText("", look.SizeSmall, look.Muted).Shrink()
	w.foot = container.New(row{8, 0}, w.hint, parts.Second(d.Text("customer_save"), "", w.save))
	w.foot.Hide()
	w.object = container.New(parts.Pile{Width: 100, Gap: 6}, container.New(field{}, w.entry), w.foot)
	w.entry.OnChanged = func(string) { w.changed() }
	w.entry.OnKey = func(k parts.Press) bool {
		if k != parts.Submit {
			return false
		}
		w.save()
		return true
	}
	return w
}

// begin shows the draft on a customer.
func (w *writer) begin(of, draft string) {
	w.drafts.lock.Lock()
	if newest, ok := w.drafts.text[of]; ok {
		draft = newest // it may still be on its way
	}
	w.drafts.lock.Unlock()
	w.of, w.kept = "", draft
	w.entry.SetText(draft)
	w.of = of
	w.changed()
	if draft != "" && w.hint.Text() == "" {
		w.hint.SetText(w.page.desk.Text("customer_draft"))
	}
}

// changed fits the field to what is typed.
func (w *writer) changed() {
	text := w.entry.Text
	w.entry.SetMinRowsVisible(min(mostRows, max(1, strings.Count(text, "\n")+1)))
	w.hint.SetText("")
	if day, ok := crm.DueDay(text, w.page.shop.Today); ok {
		w.hint.SetText(w.page.desk.Text("customer_note_due", map[string]any{"Day": day.String()}))
	}
	if blank := strings.TrimSpace(text) == ""; blank == w.foot.Visible() {
		show(w.foot, !blank)
	}
	w.object.Refresh()
	if w.page.inside != nil {
		w.page.inside.Refresh()
	}
	if w.of != "" && text != w.kept {
		w.typing.After(draftAfter, w.keep)
	}
}

// keep keeps what is typed in the book, if it has it not yet.
func (w *writer) keep() {
	w.typing.Cancel()
	if w.of == "" || w.entry.Text == w.kept {
		return
	}
	w.kept = w.entry.Text
	w.keepDraft(w.of, w.kept)
}

func (w *writer) keepDraft(of, text string) {
	w.drafts.lock.Lock()
	w.drafts.text[of] = text
	w.drafts.lock.Unlock()
	w.page.desk.Tasks.Go(func(ctx context.Context) error {
		w.drafts.lock.Lock()
		defer w.drafts.lock.Unlock()
		// Locking ends all work, but not this: what was typed is nowhere else.
		return w.page.book.KeepDraft(context.WithoutCancel(ctx), of, pii.New(w.drafts.text[of]))
	}, func(err error) { w.page.desk.Failed(err) })
}

// save writes the note.
func (w *writer) save() {
	p, of, text := w.page, w.of, w.entry.Text
	if strings.TrimSpace(text) == "" || of == "" {
		return
	}
	w.typing.Cancel()
	verb := func(ctx context.Context) (usecase.Done, error) {
		return p.book.NoteMany(ctx, pii.New(text), usecase.Targets{IDs: []string{of}})
	}
	w.kept = ""
	w.entry.SetText("")
	var done usecase.Done
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		done, err = verb(context.WithoutCancel(ctx))
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			if w.of == of && w.entry.Text == "" {
				w.entry.SetText(text)
			} else {
				w.keepDraft(of, text)
			}
			return
		}
		w.forget(of)
		p.desk.Did(p.desk.Text("customer_note_written"), done)
	})
}

// forget takes the draft out of the book, unless there is a newer one.
func (w *writer) forget(of string) {
	if w.of != of || w.entry.Text == "" {
		w.keepDraft(of, "")
	}
}

// writeNote goes into the field.
func (p *Page) writeNote() {
	if p.known == "" {
		return
	}
	if p.view.Tab == tabOrders {
		p.choose(tabTimeline)
	}
	p.write.entry.Focus()
}
