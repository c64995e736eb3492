package imports

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

// startView takes files and lists what was imported before.
type startView struct {
	p       *Page
	rows    []past
	zone    *parts.DropZone
	table   *parts.DataTable[past]
	all     *changesTable // nil while the imports are shown
	tabs    *parts.Tabs
	waiting *parts.Banner
	card    *parts.Card
	body    *fyne.Container
}

func newStartView(p *Page) *startView {
	d := p.desk
	v := &startView{p: p, rows: p.shop.history(p.past)}
	v.zone = parts.NewDropZone(d.Text("imports_drop"), d.Text("imports_drop_hint"), p.ask)
	v.zone.SetLink(d.Text("imports_how"), v.how)
	v.waiting = parts.NewBanner(look.Accent, "", parts.Link(d.Text("imports_return"), "", func() {
		p.home = false
		p.show()
	}))
	v.tabs = parts.NewTabs([]string{d.Text("imports_history"), d.Text("imports_changes")}, func(i int) {
		p.all = i == 1
		v.fill()
		v.focus()
	})
	v.card = parts.NewCard("", nil, container.NewStack()).Flush()
	v.fill()
	v.zone.Hidden = !d.May(access.Import)
	v.body = container.New(v, v.zone, v.waiting, v.card)
	v.update()
	return v
}

// fill lists the imports, or says why there are none.
func (v *startView) fill() {
	p, d := v.p, v.p.desk
	v.all = nil
	v.tabs.Set(0)
	if p.all {
		v.tabs.Set(1)
	}
	switch {
	case p.unread != nil:
		v.setBody(parts.NewProblem(d.Text("imports_error"), d.Words.Error(p.unread), parts.Second(d.Text("imports_retry"), "", p.Reload)))
	case p.all && p.known && len(p.changes) == 0:
		v.setBody(parts.NewEmptyState("clock", d.Text("imports_changes_empty"), d.Text("imports_changes_empty_text"), nil, ""))
	case p.all:
		v.all = newChangesTable(p)
		v.setBody(v.all.table)
	case p.known && len(v.rows) == 0 && !d.May(access.Import):
		v.setBody(parts.NewEmptyState("import", d.Text("imports_empty_title"), d.Text("orders_empty_wait"), nil, ""))
	case p.known && len(v.rows) == 0:
		v.setBody(parts.NewEmptyState("import", d.Text("imports_empty_title"), d.Text("imports_empty_text"), nil, ""))
	default:
		v.table = parts.NewDataTable(d.Words, d.Tasks, v.columns(), parts.Rows[past](v)).Plain()
		v.table.OnOpen = v.open
		v.table.OnMenu = v.menu
		v.table.OnCopied = p.copied
		if p.known {
			v.table.RowsChanged()
		}
		v.setBody(v.table)
	}
}

func (v *startView) setBody(o fyne.CanvasObject) {
	v.card.SetBody(container.New(tabbed{}, v.tabs, o))
}

// Count returns the number of imports.
func (v *startView) Count() int { return len(v.rows) }

// At returns an import.
func (v *startView) At(i int) (past, bool) {
	if i < 0 || i >= len(v.rows) {
		return past{}, false
	}
	return v.rows[i], true
}

func (v *startView) columns() []parts.Column[past] {
	d := v.p.desk
	tone := func(r past) look.Tone {
		if r.undone {
			return look.Faint
		}
		return look.Plain
	}
	text := func(id string, width float32, cell func(past) string) parts.Column[past] {
		return parts.Column[past]{ID: id, Title: d.Text("imports_col_" + id), Min: 40, Start: width, Max: 600, Cell: func(r past) parts.Cell {
			return parts.Cell{Text: cell(r), Tone: tone(r)}
		}}
	}
	number := func(id string, width float32, cell func(past) string) parts.Column[past] {
		c := text(id, width, cell)
		c.Align = parts.Right
		c.Cell = func(r past) parts.Cell {
			k := parts.Cell{Text: cell(r), Number: true, Tone: tone(r)}
			if id == "rejected" && r.failed && !r.undone {
				k.Tone = look.Bad
			}
			return k
		}
		return c
	}
	file := text("file", 200, func(r past) string { return r.file })
	file.Grow, file.Min, file.Max = true, 110, 0
	link := func(id string, width float32, do func(int), cell func(past) string) parts.Column[past] {
		return parts.Column[past]{ID: id, Min: 40, Start: width, Max: 200, Align: parts.Right, Tapped: do, Cell: func(r past) parts.Cell {
			return parts.Cell{Text: cell(r), Tone: look.Accent, Number: true}
		}}
	}
	wide := func(size float32, texts ...string) float32 {
		width := float32(0)
		for _, t := range texts {
			width = max(width, look.Width(t, size, false))
		}
		return width/float32(look.Now().Scale) + 22
	}
	take, again, report, undone := d.Text("imports_undo"), d.Text("imports_again"), d.Text("imports_report"), d.Text("imports_undone")
	list := []parts.Column[past]{
		text("number", 40, func(r past) string { return r.number }),
		text("when", 112, func(r past) string { return r.when }),
		file,
		text("format", v.p.fit(140, 168), func(r past) string { return r.format }),
		number("new", v.p.fit(60, 74), func(r past) string { return r.fresh }),
		number("changed", v.p.fit(66, 74), func(r past) string { return r.changed }),
		number("same", v.p.fit(60, 74), func(r past) string { return r.same }),
		number("rejected", v.p.fit(66, 74), func(r past) string { return r.rejected }),
		{ID: "undone", Min: 40, Start: wide(look.SizeSmall, undone) + 16, Max: 140, Cell: func(r past) parts.Cell {
			if !r.undone {
				return parts.Cell{}
			}
			return parts.Cell{Chips: []parts.Chip{{Text: undone, Tone: look.Muted}}}
		}},
		link("report", wide(look.SizeBody, report), v.open, func(past) string { return report }),
		link("take", wide(look.SizeBody, take, again), v.act, func(r past) string {
			if r.undone {
				return again
			}
			return take
		}),
	}
	return slices.DeleteFunc(list, func(c parts.Column[past]) bool { return c.ID == "take" && !d.May(access.Undo) })
}

// open opens the report of an import.
func (v *startView) open(i int) {
	if r, ok := v.At(i); ok {
		v.p.desk.Open(place.Place{Page: place.Imports, Import: r.step})
	}
}

// act takes an import back, or does it again.
func (v *startView) act(i int) {
	switch r, ok := v.At(i); {
	case !ok:
	case r.undone:
		v.p.again(r.file)
	default:
		v.p.undo(v.p.past[i])
	}
}

func (v *startView) menu(i int) []parts.MenuItem {
	r, ok := v.At(i)
	if !ok {
		return nil
	}
	d := v.p.desk
	items := []parts.MenuItem{
		{Text: d.Text("imports_report"), Shortcut: "Enter", Do: func() { v.open(i) }},
		{Text: d.Text("imports_copy"), Shortcut: "Ctrl+C", Do: v.table.Copy},
	}
	take := parts.MenuItem{Text: d.Text("imports_undo"), Icon: "undo", Shortcut: "Del", Do: func() { v.act(i) }}
	if r.undone {
		take = parts.MenuItem{Text: d.Text("imports_again"), Icon: "import", Do: func() { v.act(i) }}
	}
	if v.p.mayAct(r.undone) {
		items = append(items, parts.MenuItem{Separator: true}, take)
	}
	return items
}

// mayAct reports whether the user may take an import back, or do one again that was.
func (p *Page) mayAct(undone bool) bool {
	if undone {
		return p.desk.May(access.Import)
	}
	return p.desk.May(access.Undo)
}

// how says how to export from the platforms.
func (v *startView) how() {
	d := v.p.desk
	lines := []fyne.CanvasObject{parts.NewPara(d.Text("imports_how_text"), howWidth).SetTone(look.Muted)}
	for _, platform := range []string{"taobao", "pinduoduo", "douyin", "shopify"} {
		name := d.Words.Platform(platform)
		if platform == "taobao" {
			name = d.Text("imports_list_two", map[string]any{"First": name, "Second": d.Words.Platform("tmall")})
		}
		lines = append(lines, parts.NewTitle(name, look.SizeBody), parts.NewPara(d.Text("imports_how_"+platform), howWidth))
	}
	lines = append(lines, parts.NewTitle(d.Text("imports_other"), look.SizeBody), parts.NewPara(d.Text("imports_how_other"), howWidth),
		parts.NewBanner(look.Late, d.Text("imports_how_raw")))
	parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("imports_how"), parts.NewStack(lines...), fyne.NewSize(howWidth+60, 0)).Show()
}

const howWidth = 500

// again imports a file once more that was taken back.
func (p *Page) again(name string) {
	p.find(name, p.ask, func(path string) {
		p.report = 0
		p.add([]string{path})
		p.show()
	})
}

// find looks for a file that was imported in the folder where files were chosen
// last. What is not there is for ask to ask for.
func (p *Page) find(name string, ask func(), found func(path string)) {
	path := filepath.Join(files.Folder(p.desk), filepath.Base(name))
	p.desk.Tasks.Go(func(context.Context) error {
		info, err := os.Stat(path)
		if err == nil && info.IsDir() {
			return fs.ErrNotExist
		}
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			ask()
		default:
			found(path)
		}
	})
}

// copied says that rows were copied.
func (p *Page) copied(n int) {
	p.desk.Layer.Done(p.desk.Text("imports_copied", map[string]any{"Count": n}), "", nil)
}

func (v *startView) object() fyne.CanvasObject { return v.body }

func (v *startView) focus() {
	if v.all != nil && len(v.all.rows) > 0 {
		v.p.desk.Window.Canvas().Focus(v.all.table)
		return
	}
	if v.table != nil && len(v.rows) > 0 {
		v.p.desk.Window.Canvas().Focus(v.table)
		return
	}
	if v.zone.Visible() {
		v.p.desk.Window.Canvas().Focus(v.zone)
	}
}

func (v *startView) update() {
	n := v.p.queue.open()
	v.waiting.Hidden = n == 0
	v.waiting.SetText(v.p.desk.Text("imports_waiting", map[string]any{"Count": n}))
	v.body.Refresh()
}

func (v *startView) header(h *desk.Header) {
	if v.p.known {
		h.Fact = v.p.shop.fact(v.p.past)
	}
	if d := v.p.desk; d.May(access.Import) {
		h.Actions, h.Primary = []fyne.CanvasObject{v.p.twice, v.p.choose}, v.p.ask
	}
}

func (v *startView) key(k parts.Press) bool {
	if v.all != nil || v.table == nil || k != (parts.Press{Key: fyne.KeyDelete}) {
		return false
	}
	r, ok := v.At(v.table.Cursor())
	takes := ok && !r.undone && v.p.desk.May(access.Undo)
	if takes {
		v.act(v.table.Cursor())
	}
	return takes
}

// MinSize lets the page be as small as the window.
func (v *startView) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts the drop zone above, the history below it.
func (v *startView) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	y, width := float32(marginTop), size.Width-2*margin
	if !v.zone.Visible() {
		put(v.card, margin, y, width, size.Height-y-marginTop)
		return
	}
	zone := look.Height(140)
	if size.Height < zone+320 {
		zone = max(look.Height(112), size.Height-320)
	}
	put(v.zone, margin, y, width, zone)
	y += zone + gap
	if !v.waiting.Hidden {
		h := v.waiting.MinSize().Height
		put(v.waiting, margin, y, width, h)
		y += h + gap
	}
	put(v.card, margin, y, width, size.Height-y-marginTop)
}
