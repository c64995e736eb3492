// Package settings is the page of choices: how the window looks, when it
// locks, what imports remember, which lists left the book, and about Kebu.
// Everything applies at once and can be taken back.
package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// Book is what the page reads and changes.
type Book interface {
	Mappings(context.Context) ([]usecase.KeptMapping, error)
	DeleteMapping(context.Context, string) (usecase.Done, error)
	Shops(context.Context) ([]usecase.ShopCount, error)
	Exports(context.Context) ([]usecase.Exported, error)
	Safe
	act.Checker
	act.Passphraser
	act.Renewer
}

// section is a line of the list at the left.
type section struct {
	title string // key
	build func() fyne.CanvasObject
	wide  bool // a table, which scrolls by itself
}

// Page is the page.
type Page struct {
	desk     *desk.Desk
	book     Book
	sections []section

	body  *fyne.Container
	list  *parts.SideList
	form  *container.Scroll
	right fyne.CanvasObject // the form, or a table
}

const (
	listWidth = 200
	formWidth = 640
	ringRoom  = 4  // around the form, for what stands out of a control with the focus
	barRoom   = 12 // beside the form, for the scroll bar
)

// New makes the page.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book}
	for _, s := range []struct {
		section
		verb access.Verb
	}{
		{section{"settings_display", p.display, false}, access.Settings},
		{section{"settings_security", p.security, false}, access.Passphrase},
		{section{"settings_backups", p.backups, false}, access.Backups},
		{section{"settings_imports", p.imports, false}, access.Mappings},
		{section{"settings_exports", p.exports, true}, access.Exports},
		{section{"settings_about", p.about, false}, access.Check},
	} {
		if d.May(s.verb) {
			p.sections = append(p.sections, s.section)
		}
	}
	titles := make([]string, len(p.sections))
	for i, s := range p.sections {
		titles[i] = d.Text(s.title)
	}
	p.list = parts.NewSideList(titles, func(int) { p.build() })
	p.form = container.NewVScroll(container.NewStack())
	p.right = p.form
	p.body = container.New(p, p.list, p.right)
	return p
}

// MinSize lets the page be as small as the window.
func (p *Page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 200) }

// Layout puts the list at the left and the form beside it.
func (p *Page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	p.list.Move(fyne.NewPos(20, 16))
	p.list.Resize(fyne.NewSize(listWidth, size.Height-32))
	width := size.Width - listWidth - 64
	if p.right == fyne.CanvasObject(p.form) {
		p.right.Move(fyne.NewPos(20+listWidth+24-ringRoom, 16-ringRoom))
		p.right.Resize(fyne.NewSize(min(formWidth, width)+2*ringRoom+barRoom, size.Height-16+ringRoom))
		return
	}
	p.right.Move(fyne.NewPos(20+listWidth+24, 16))
	p.right.Resize(fyne.NewSize(width, size.Height-32))
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header { return desk.Header{Title: p.desk.Text("page_settings")} }

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show reads the open section anew, or the one that was asked for.
func (p *Page) Show(to place.Place) {
	if i := slices.IndexFunc(p.sections, func(s section) bool { return s.title == to.Section }); i >= 0 {
		p.list.Select(i)
	}
	p.build()
}

// Hide does nothing.
func (p *Page) Hide() {}

// Reload reads the open section anew.
func (p *Page) Reload() { p.build() }

// Key knows none.
func (p *Page) Key(parts.Press) bool { return false }

// build shows the chosen section, read anew.
func (p *Page) build() {
	s := p.sections[p.list.Selected()]
	p.right = p.form
	if s.wide {
		p.right = s.build()
	} else {
		p.form.Content = container.New(ringed{}, s.build())
		p.form.ScrollToTop()
		p.form.Refresh()
	}
	p.body.Objects = []fyne.CanvasObject{p.list, p.right}
	p.body.Refresh()
}

// display is the section of how the window looks.
func (p *Page) display() fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, c := range display(p.language()) {
		list = append(list, p.choice(c))
		if c.reopen {
			list = append(list, container.NewHBox(parts.Second(p.desk.Text("settings_reopen"), "", p.desk.Lock)))
		}
		list = append(list, parts.NewRule())
	}
	sample := parts.NewPara(p.desk.Text("settings_sample"), 0)
	list = append(list, parts.NewCard(p.desk.Text("settings_sample_title"), nil, sample))
	return parts.NewStack(list...)
}

// language is that of the window when none was chosen.
func (p *Page) language() string { return p.desk.Words.Language() }

// choice is a setting as a row of radios.
func (p *Page) choice(c choice) fyne.CanvasObject {
	texts := make([]string, len(c.options))
	for i, o := range c.options {
		texts[i] = p.desk.Text(o.text)
	}
	radio := parts.NewRadio(texts, func(i int) {
		undo := c.choose(p.desk.Prefs, i)
		p.applied(c, texts[i], func() {
			undo()
			p.apply(c)
			p.build()
		})
	})
	radio.Horizontal = true
	radio.Set(c.chosen(p.desk.Prefs))
	field := parts.NewField(p.desk.Text(c.title), radio)
	if c.hint != "" {
		field.SetHint(p.desk.Text(c.hint))
	}
	return field
}

func (p *Page) apply(c choice) {
	if c.relook {
		p.desk.Relook()
	}
}

func (p *Page) applied(c choice, value string, undo func()) {
	p.apply(c)
	p.told(p.desk.Text(c.title), value, undo)
}

// told says what holds now and offers to take it back.
func (p *Page) told(title, value string, undo func()) {
	text := p.desk.Text("settings_set", map[string]any{"Title": title, "Value": value})
	p.desk.Layer.Done(text, p.desk.Text("shell_undo"), undo)
}

// security is the section of the lock.
func (p *Page) security() fyne.CanvasObject {
	texts := make([]string, len(lockMinutes))
	for i, m := range lockMinutes {
		if m < 0 {
			texts[i] = p.desk.Text("settings_never")
		} else {
			texts[i] = p.desk.Text("settings_minutes", map[string]any{"Count": m})
		}
	}
	title := p.desk.Text("settings_lock")
	chooser := parts.NewSelect(texts, func(i int) {
		before := autoLock.get(p.desk.Prefs)
		autoLock.set(p.desk.Prefs, lockMinutes[i])
		p.told(title, texts[i], func() {
			autoLock.set(p.desk.Prefs, before)
			p.build()
		})
	})
	chooser.Set(slices.IndexFunc(lockMinutes, func(m int) bool { return m == autoLock.get(p.desk.Prefs) }))
	field := parts.NewField(title, chooser)
	field.SetHint(p.desk.Text("settings_lock_hint"))
	change := parts.Second(p.desk.Text("settings_pass_change"), "lock", func() { act.ChangePassphrase(p.desk, p.book, nil) })
	list := []fyne.CanvasObject{field, parts.NewRule(), parts.NewField(p.desk.Text("settings_pass"), container.NewHBox(change))}
	if p.desk.May(access.RenewRecovery) {
		renew := parts.Second(p.desk.Text("settings_sheet_new"), "print", func() { act.RenewSheet(p.desk, p.book, nil) })
		list = append(list, parts.NewRule(), parts.NewField(p.desk.Text("settings_sheet"), container.NewHBox(renew)))
	}
	return parts.NewStack(list...)
}

// imports is the section of what imports remember.
func (p *Page) imports() fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(12))
	var shops []usecase.ShopCount
	var mappings []usecase.KeptMapping
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if shops, err = p.book.Shops(ctx); err != nil {
			return err
		}
		mappings, err = p.book.Mappings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			box.Add(parts.NewPara(p.desk.Words.Error(err), 0))
			return
		}
		box.Add(parts.NewCard(p.desk.Text("settings_shops"), nil, p.shops(shops)))
		box.Add(parts.NewCard(p.desk.Text("settings_mappings"), nil, p.mappings(mappings)))
		p.form.Refresh()
	})
	return box
}

func (p *Page) shops(shops []usecase.ShopCount) fyne.CanvasObject {
	if len(shops) == 0 {
		return parts.NewPara(p.desk.Text("settings_no_shops"), 0)
	}
	rows := container.New(layout.NewGridLayout(3))
	for _, s := range shops {
		rows.Add(parts.NewText(s.Name, look.SizeBody, look.Plain))
		rows.Add(parts.NewText(p.desk.Words.Platform(s.Platform), look.SizeBody, look.Muted))
		rows.Add(parts.NewText(p.desk.Text("settings_orders", map[string]any{"Count": s.Orders, "Orders": phrase.Count(s.Orders)}), look.SizeBody, look.Muted))
	}
	return rows
}

func (p *Page) mappings(list []usecase.KeptMapping) fyne.CanvasObject {
	if len(list) == 0 {
		return parts.NewPara(p.desk.Text("settings_no_mappings"), 0)
	}
	rows := container.NewVBox()
	for _, m := range list {
		remove := parts.Link(p.desk.Text("settings_delete"), "", func() {
			p.desk.Do(func(usecase.Done) string {
				return p.desk.Text("settings_deleted", map[string]any{"Name": m.Name})
			}, func(ctx context.Context) (usecase.Done, error) { return p.book.DeleteMapping(ctx, m.Name) })
		})
		rows.Add(container.NewBorder(nil, nil, parts.NewText(m.Name, look.SizeBody, look.Plain), remove))
	}
	return rows
}

// ringed leaves room around an object, which a scroll would cut off.
type ringed struct{}

// MinSize is that of the object and the room.
func (ringed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*ringRoom, 2*ringRoom+16)
}

// Layout places the object.
func (ringed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(ringRoom, ringRoom))
	o[0].Resize(fyne.NewSize(size.Width-2*ringRoom-barRoom, o[0].MinSize().Height))
}
