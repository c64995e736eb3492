package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
)

// header is the strip above a page.
type header struct {
	widget.BaseWidget
	w       *Window
	shown   desk.Header
	crumb   *touch
	primary func()
}

func newHeader(w *Window) *header {
	h := &header{w: w}
	h.crumb = newTouch(w.desk.Layer, w.Back, func() float32 { return h.crumbWidth() }, h.paintCrumb)
	h.ExtendBaseWidget(h)
	return h
}

func (h *header) set(shown desk.Header) {
	h.shown, h.primary = shown, shown.Primary
	h.Refresh()
}

func (h *header) crumbWidth() float32 {
	return look.Width(h.shown.Crumb, look.SizeBody, false) + 24
}

func (h *header) paintCrumb(t *touch) []fyne.CanvasObject {
	k := look.Now().Tokens
	middle := t.Size().Height / 2
	text, _ := line(h.shown.Crumb, 20, middle, look.SizeBody, k.Accent, false)
	return []fyne.CanvasObject{icon("left", k.Muted, 0, middle, 14), text}
}

// CreateRenderer draws the header.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h: h}
	r.build()
	return r
}

type headerRenderer struct {
	h       *header
	objects []fyne.CanvasObject
}

func (r *headerRenderer) Destroy()                     {}
func (r *headerRenderer) Layout(fyne.Size)             { r.build() }
func (r *headerRenderer) MinSize() fyne.Size           { return fyne.NewSize(400, look.Height(headHeight)) }
func (r *headerRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *headerRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.h)
}

func (r *headerRenderer) build() {
	k, shown, size := look.Now().Tokens, r.h.shown, r.h.Size()
	r.objects = []fyne.CanvasObject{
		ground(k.Surface, 0, 0, 0, size.Width, size.Height),
		ground(k.Line, 0, 0, size.Height-1, size.Width, 1),
	}
	middle := size.Height / 2
	right := size.Width - 20
	for i := len(shown.Actions) - 1; i >= 0; i-- {
		a := shown.Actions[i]
		if !a.Visible() {
			continue
		}
		min := a.MinSize()
		right -= min.Width
		put(a, right, middle-min.Height/2, min.Width, min.Height)
		right -= 8
	}
	x := float32(20)
	if shown.Crumb != "" {
		width := r.h.crumbWidth()
		r.objects = append(r.objects, put(r.h.crumb, x, middle-14, width, 28))
		slash, slashWidth := line("/", x+width+8, middle, look.SizeBody, k.Faint, false)
		r.objects = append(r.objects, slash)
		x += width + slashWidth + 20
	}
	title := look.Shorten(shown.Title, look.SizeTitle, true, max(60, right-x))
	text, width := line(title, x, middle, look.SizeTitle, k.Text, true)
	r.objects = append(r.objects, text)
	x += width + 12
	if shown.Beside != nil {
		min := shown.Beside.MinSize()
		r.objects = append(r.objects, put(shown.Beside, x, middle-min.Height/2, min.Width, min.Height))
		x += min.Width + 12
	}
	if room := right - x - 12; shown.Fact != "" && room > 40 {
		fact, _ := line(look.Shorten(shown.Fact, look.SizeBody, false, room), x, middle+1, look.SizeBody, k.Muted, false)
		r.objects = append(r.objects, fact)
	}
	for _, a := range shown.Actions {
		if a.Visible() {
			r.objects = append(r.objects, a)
		}
	}
}
