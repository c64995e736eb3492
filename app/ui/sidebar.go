package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
	"kebu/app/ui/place"
)

// sidebar leads to the pages.
type sidebar struct {
	widget.BaseWidget
	w      *Window
	shop   string
	head   *touch
	lines  []entry
	items  []*touch // one for each of the lines
	unfold *touch
	chosen string
	counts map[string]string
	folded bool
}

func newSidebar(w *Window, shop string) *sidebar {
	s := &sidebar{w: w, shop: shop, lines: w.lines(), counts: map[string]string{}}
	words, layer := w.o.Words, w.desk.Layer
	width := func() float32 { return sideFolded }
	s.head = newTouch(layer, func() { w.showBook(s.head) }, width, s.paintHead)
	s.head.tip = func() string {
		if s.folded {
			return s.shop
		}
		return ""
	}
	for _, e := range s.lines {
		item := newTouch(layer, func() { w.Open(place.Place{Page: e.id}) }, width, func(t *touch) []fyne.CanvasObject {
			return s.paintItem(t, e)
		})
		item.tip = func() string {
			if s.folded {
				return words.Text(e.title)
			}
			return ""
		}
		s.items = append(s.items, item)
	}
	s.unfold = newTouch(layer, func() { w.shell.fold(!w.shell.folded) }, width, s.paintFold)
	s.ExtendBaseWidget(s)
	return s
}

// choose marks the page that is shown. A customer belongs to the customers.
func (s *sidebar) choose(page string) {
	if page == place.Customer {
		page = place.Customers
	}
	if s.chosen != page {
		s.chosen = page
		s.Refresh()
	}
}

// count shows a number at the right of a page's line.
func (s *sidebar) count(page, text string) {
	if s.counts[page] != text {
		s.counts[page] = text
		s.Refresh()
	}
}

func (s *sidebar) setFolded(yes bool) {
	if s.folded != yes {
		s.folded = yes
		s.Refresh()
	}
}

func (s *sidebar) paintHead(t *touch) []fyne.CanvasObject {
	k := look.Now().Tokens
	list := []fyne.CanvasObject{
		ground(k.Accent, 6, 13, 13, 26, 26),
		icon("book", k.OnAccent, 17, 26, 18),
	}
	if s.folded {
		return list
	}
	room := t.Size().Width - 48 - 8
	name, _ := line(look.Shorten(s.shop, look.SizeCard, true, room), 48, 20, look.SizeCard, k.Text, true)
	below := 21.5 + (look.LineHeight(look.SizeCard, true)+look.LineHeight(look.SizeSmall, false))/2
	file, _ := line(look.Shorten(filepath.Base(s.w.desk.Book), look.SizeSmall, false, room), 48, below, look.SizeSmall, k.Muted, false)
	return append(list, name, file)
}

func (s *sidebar) paintItem(t *touch, e entry) []fyne.CanvasObject {
	k := look.Now().Tokens
	size := t.Size()
	middle := size.Height / 2
	var list []fyne.CanvasObject
	tone, text := k.Muted, k.Text
	switch {
	case e.id == s.chosen:
		list = append(list,
			ground(k.Surface, 6, 8, 0, size.Width-16, size.Height),
			ground(k.Accent, 1.5, 8, 8, 3, size.Height-16))
		tone, text = k.Accent, k.Accent
	case t.hovered:
		list = append(list, ground(k.Hover, 6, 8, 0, size.Width-16, size.Height))
	}
	if s.folded {
		return append(list, icon(e.icon, tone, (size.Width-18)/2, middle, 18))
	}
	name, _ := line(s.w.o.Words.Text(e.title), 48, middle, look.SizeBody, text, e.id == s.chosen)
	list = append(list, icon(e.icon, tone, 20, middle, 18), name)
	if n := s.counts[e.id]; n != "" {
		width := look.Width(n, look.SizeSmall, false)
		count, _ := line(n, size.Width-18-width, middle, look.SizeSmall, k.Muted, false)
		list = append(list, count)
	}
	return list
}

func (s *sidebar) paintFold(t *touch) []fyne.CanvasObject {
	k := look.Now().Tokens
	middle := t.Size().Height / 2
	if s.folded {
		i := canvas.NewImageFromResource(look.Icon("unfold", k.Muted))
		i.FillMode = canvas.ImageFillContain
		return []fyne.CanvasObject{put(i, (t.Size().Width-16)/2, middle-8, 16, 16)}
	}
	text, _ := line(s.w.o.Words.Text("shell_fold"), 48, middle, look.SizeSmall, k.Muted, false)
	return []fyne.CanvasObject{icon("fold", k.Muted, 20, middle, 16), text}
}

// CreateRenderer draws the sidebar.
func (s *sidebar) CreateRenderer() fyne.WidgetRenderer {
	r := &sidebarRenderer{s: s, ground: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil)}
	r.objects = []fyne.CanvasObject{r.ground, r.edge, r.rule, s.head}
	for _, i := range s.items {
		r.objects = append(r.objects, i)
	}
	r.objects = append(r.objects, s.unfold)
	r.Refresh()
	return r
}

type sidebarRenderer struct {
	s                  *sidebar
	ground, edge, rule *canvas.Rectangle
	objects            []fyne.CanvasObject
}

func (r *sidebarRenderer) Destroy()                     {}
func (r *sidebarRenderer) MinSize() fyne.Size           { return fyne.NewSize(sideFolded, 320) }
func (r *sidebarRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sidebarRenderer) Layout(size fyne.Size) {
	put(r.ground, 0, 0, size.Width, size.Height)
	put(r.edge, size.Width-1, 0, 1, size.Height)
	head := look.Height(52)
	put(r.s.head, 0, 0, size.Width-1, head)
	y, height := head+10, look.Height(34)
	for i, e := range r.s.lines {
		if e.below {
			put(r.rule, 14, y+4, size.Width-28, 1)
			y += 13
		}
		put(r.s.items[i], 0, y, size.Width-1, height)
		y += height + 4
	}
	fold := look.Height(30)
	put(r.s.unfold, 0, size.Height-fold-8, size.Width-1, fold)
}

func (r *sidebarRenderer) Refresh() {
	k := look.Now().Tokens
	r.ground.FillColor, r.edge.FillColor, r.rule.FillColor = k.Sidebar, k.Line, k.Line
	r.Layout(r.s.Size())
	r.s.head.Refresh()
	for _, i := range r.s.items {
		i.Refresh()
	}
	r.s.unfold.Refresh()
	canvas.Refresh(r.s)
}
