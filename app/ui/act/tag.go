// Package act holds the sheets and dialogs that several pages ask with: for tags, a
// note, a reason to reveal, whether somebody is erased, a passphrase, a recovery sheet.
package act

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Tagger is what the sheet of tags needs of the book.
type Tagger interface {
	Tags(context.Context) ([]usecase.TagCount, error)
	TagStates(context.Context, usecase.Targets) ([]usecase.TagCount, int, error)
	AddTag(context.Context, string, usecase.Targets) (usecase.Done, error)
	RemoveTag(context.Context, string, usecase.Targets) (usecase.Done, error)
}

const (
	sheetWidth = 260
	shownTags  = 9
)

// Tag opens the sheet of tags beside an object, for a number of customers.
func Tag(d *desk.Desk, book Tagger, at fyne.CanvasObject, to usecase.Targets, of int) {
	t := &tagSheet{desk: d, book: book, to: to, of: of, list: container.NewVBox()}
	t.entry = parts.NewEntry(d.Text("act_tag_hint"))
	t.entry.OnChanged = func(string) { t.show() }
	t.entry.OnSubmitted = func(string) { t.take() }
	head := parts.NewTitle(d.Text("act_tag_title", map[string]any{"Count": of}), look.SizeCard)
	body := container.New(parts.Pile{Width: sheetWidth, Gap: 8}, head, t.entry, t.list)
	t.sheet = parts.ShowPopover(at, body, nil)
	t.entry.Focus()
	var counts []tagCount
	d.Tasks.Go(func(ctx context.Context) error {
		every, err := book.Tags(ctx)
		if err != nil {
			return err
		}
		chosen, _, err := book.TagStates(ctx, to)
		counts = countsOf(every, chosen)
		return err
	}, func(err error) {
		t.tags = counts
		if !d.Failed(err) {
			t.show()
		}
	})
}

type tagSheet struct {
	desk  *desk.Desk
	book  Tagger
	to    usecase.Targets
	of    int
	tags  []tagCount
	entry *parts.Entry
	list  *fyne.Container
	sheet *parts.Popover
}

// show lists the tags that fit what is typed.
func (t *tagSheet) show() {
	t.list.Objects = nil
	lines := tagLines(t.entry.Text, t.tags, t.of)
	for _, l := range lines[:min(len(lines), shownTags)] {
		if l.added {
			t.list.Add(parts.Link(t.desk.Text("act_tag_new", map[string]any{"Tag": l.name}), "plus", func() { t.add(l.name) }))
			continue
		}
		check := parts.NewCheck(l.name, func(on bool) {
			if on {
				t.add(l.name)
			} else {
				t.remove(l.name)
			}
		})
		check.SetState([]parts.State{parts.Off, parts.Some, parts.On}[l.state])
		t.list.Add(check)
	}
	t.list.Refresh()
	t.sheet.Refresh()
}

// take adds the tag that is typed.
func (t *tagSheet) take() {
	if mayBeTag(t.entry.Text) {
		t.add(t.entry.Text)
	}
}

func (t *tagSheet) add(tag string) {
	t.sheet.Hide()
	t.desk.Do(func(done usecase.Done) string {
		return t.desk.Text("customers_tagged", map[string]any{"Count": done.Customers, "Tag": tag})
	}, func(ctx context.Context) (usecase.Done, error) { return t.book.AddTag(ctx, tag, t.to) })
}

func (t *tagSheet) remove(tag string) {
	t.sheet.Hide()
	t.desk.Do(func(done usecase.Done) string {
		return t.desk.Text("customers_untagged", map[string]any{"Count": done.Customers, "Tag": tag})
	}, func(ctx context.Context) (usecase.Done, error) { return t.book.RemoveTag(ctx, tag, t.to) })
}

// Name opens a sheet that asks for a name; Enter saves it.
func Name(d *desk.Desk, at fyne.CanvasObject, title, name string, save func(name string)) {
	var sheet *parts.Popover
	entry := parts.NewEntry("")
	entry.SetText(name)
	done := func() {
		if entry.Text == "" {
			return
		}
		sheet.Hide()
		save(entry.Text)
	}
	entry.OnSubmitted = func(string) { done() }
	foot := container.NewHBox(parts.Primary(d.Text("act_save"), "", done))
	sheet = parts.ShowPopover(at, container.New(parts.Pile{Width: sheetWidth, Gap: 8}, parts.NewTitle(title, look.SizeCard), entry, foot), nil)
	sheet.OnKey = func(p parts.Press) bool {
		if p != parts.Submit {
			return false
		}
		done()
		return true
	}
	entry.Focus()
	entry.SelectAll()
}
