package customer

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// makeHeader makes what stands in the strip above the page.
func (p *Page) makeHeader() {
	d := p.desk
	p.aliasText = parts.NewText("", look.SizeBody, look.Muted)
	p.aliasButton = parts.IconButton("note", d.Text("customer_alias_edit"), p.askAlias)
	p.beside = container.New(row{2, -1}, p.aliasText, p.aliasButton)
	p.previous = parts.IconButton("left", d.Text("customer_previous"), func() { p.walk(-1) })
	p.next = parts.IconButton("right", d.Text("customer_next"), func() { p.walk(1) })
	p.position = parts.NewText("", look.SizeBody, look.Muted)
	p.walker = container.New(row{4, -1}, p.previous, p.position, p.next)
	p.moreButton = parts.Second(d.Text("customer_more"), "down", p.more)
	p.noteHere = parts.Primary(d.Text("customer_note"), "note", p.writeNote)
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	d := p.desk
	h := desk.Header{Crumb: d.Text("customer_back"), Title: " "}
	if d.May(access.Note) {
		h.Primary = p.writeNote
	}
	if p.list != nil {
		h.Crumb = d.Text("page_customers")
	}
	if p.known == "" {
		return h
	}
	h.Title, h.Beside = name(d.Words, p.profile.Customer), p.beside
	p.aliasText.SetText(p.shown().Alias.Reveal())
	show(p.aliasText, p.aliasText.Text() != "")
	show(p.aliasButton, d.May(access.SetAlias))
	p.beside.Refresh()
	show(p.walker, p.list != nil && p.list.Total > 1)
	if p.list != nil {
		p.position.SetText(d.Text("customer_at", map[string]any{
			"At": phrase.Count(p.list.Index + 1), "Total": phrase.Count(p.list.Total),
		}))
		p.previous.SetEnabled(p.list.Index > 0)
		p.next.SetEnabled(p.list.Index+1 < p.list.Total)
		p.walker.Refresh()
	}
	h.Actions = []fyne.CanvasObject{p.walker, p.moreButton}
	if d.May(access.Note) {
		h.Actions = append(h.Actions, p.noteHere)
	}
	return h
}

// keys are those that only who may do their verbs has.
var keys = map[parts.Press]access.Verb{
	{Key: fyne.KeyN, Mod: fyne.KeyModifierShortcutDefault}: access.Note,
	{Key: fyne.KeyT, Mod: fyne.KeyModifierShortcutDefault}: access.AddTag,
	{Key: fyne.KeyE, Mod: fyne.KeyModifierShortcutDefault}: access.Export,
	{Key: fyne.KeyF2}: access.SetAlias,
}

// Key knows the keys of the page.
func (p *Page) Key(k parts.Press) bool {
	const ctrl, alt = fyne.KeyModifierShortcutDefault, fyne.KeyModifierAlt
	switch k {
	case parts.Press{Key: fyne.KeyUp, Mod: alt}:
		p.walk(-1)
		return true
	case parts.Press{Key: fyne.KeyDown, Mod: alt}:
		p.walk(1)
		return true
	}
	if v, ok := keys[k]; p.known == "" || ok && !p.desk.May(v) {
		return false
	}
	switch k {
	case parts.Press{Key: fyne.KeyN, Mod: ctrl}:
		p.writeNote()
	case parts.Press{Key: fyne.KeyT, Mod: ctrl}:
		act.Tag(p.desk, p.book, p.chips, p.target(), 1)
	case parts.Press{Key: fyne.KeyE, Mod: ctrl}:
		p.export()
	case parts.Press{Key: fyne.KeyF2}:
		p.askAlias()
	case parts.Press{Key: fyne.KeyUp}, parts.Press{Key: fyne.KeyDown}, parts.Press{Key: fyne.KeyPageDown}:
		return p.focusTab()
	case parts.Press{Key: fyne.KeyEscape}:
		return p.escape()
	default:
		return false
	}
	return true
}

// focusTab goes into the list of the tab, where nothing has the focus.
func (p *Page) focusTab() bool {
	c := p.desk.Window.Canvas()
	if c.Focused() != nil {
		return false
	}
	switch p.view.Tab {
	case tabTimeline:
		c.Focus(p.timeline.Focusable())
	case tabOrders:
		c.Focus(p.table)
	default:
		return false
	}
	return true
}

// escape undoes the innermost thing.
func (p *Page) escape() bool {
	c := p.desk.Window.Canvas()
	switch {
	case p.edit.note != "" && c.Focused() == p.edit.entry:
		p.endEdit()
	case c.Focused() == p.write.entry:
		c.Unfocus()
	case p.panel.Visible():
		p.panel.Close()
	case p.edit.note != "":
		p.endEdit()
	case p.reveal.profile != nil:
		p.conceal()
	default:
		return false
	}
	return true
}

// target is the customer, for verbs on several.
func (p *Page) target() usecase.Targets { return usecase.Targets{IDs: []string{p.id}} }

// walk goes along the list that the customer was opened from.
func (p *Page) walk(by int) {
	list := p.list
	if list == nil {
		return
	}
	to := list.Index + by
	if to < 0 || to >= list.Total {
		return
	}
	var id string
	p.walking.Go(func(context.Context) (err error) {
		id, err = list.At(to)
		return err
	}, func(err error) {
		if p.desk.Failed(err) || id == "" {
			return
		}
		list.Index, list.Customer = to, id
		p.open(id)
	})
}
