package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// sampleTable is the beginning of a file with a choice over each column.
type sampleTable struct {
	heads   []*parts.Select
	head    *container.Scroll
	rows    *container.Scroll
	object  fyne.CanvasObject
	columns sampleColumns
}

// newSampleTable shows a sample; changed is called when a column was chosen.
func newSampleTable(s shop, h *hand, changed func()) *sampleTable {
	t := &sampleTable{columns: sampleColumns{n: len(h.sample.Headers)}}
	options := s.options(h)
	var above, cells []fyne.CanvasObject
	for i, header := range h.sample.Headers {
		choose := parts.NewSelect(options, func(o int) {
			h.choose(i, h.fieldAt(o))
			changed()
		})
		choose.Set(h.option(h.choices.Fields[i]))
		choose.OnFocus = func() { t.reveal(i) }
		t.heads = append(t.heads, choose)
		above = append(above, choose)
		if header = oneLine(header); header == "" {
			header = s.text("imports_no_header")
		}
		title := parts.NewText(header, look.SizeBody, look.Plain).Shrink()
		title.Semibold = true
		cells = append(cells, title)
	}
	for _, row := range h.sample.Rows {
		for _, c := range row {
			cells = append(cells, parts.NewText(oneLine(c.Reveal()), look.SizeBody, look.Muted).Shrink())
		}
	}
	t.head = container.NewHScroll(container.New(t.columns, above...))
	t.head.Direction = container.ScrollNone
	t.rows = container.NewScroll(container.New(t.columns, cells...))
	t.rows.OnScrolled = func(at fyne.Position) { t.head.Offset = fyne.NewPos(at.X, 0); t.head.Refresh() }
	t.object = container.New(t, t.head, t.rows)
	return t
}

const (
	sampleWide = 158
	samplePad  = 12
)

// reveal scrolls to a column.
func (t *sampleTable) reveal(i int) {
	left, view := t.columns.left(i), t.rows.Size().Width
	to := t.rows.Offset
	switch wide := t.columns.wide(); {
	case left < to.X:
		to.X = max(0, left-samplePad)
	case left+wide > to.X+view:
		to.X = left + wide + samplePad - view
	default:
		return
	}
	t.rows.ScrollToOffset(to)
	t.head.Offset = fyne.NewPos(to.X, 0)
	t.head.Refresh()
}

// focus gives the keyboard to the first column that is not chosen yet, else the first.
func (t *sampleTable) focus(c fyne.Canvas) {
	if len(t.heads) > 0 {
		c.Focus(t.heads[0])
	}
}

// MinSize lets the sample be as small as its card.
func (t *sampleTable) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

// Layout puts the choices above the rows.
func (t *sampleTable) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h := look.FieldHeight() + 8
	put(t.head, 0, 0, size.Width, h)
	put(t.rows, 0, h, size.Width, size.Height-h)
}

// sampleColumns lays out cells in columns of one width.
type sampleColumns struct{ n int }

func (sampleColumns) wide() float32 { return look.Px(sampleWide * float32(look.Now().Scale)) }

func (s sampleColumns) left(i int) float32 { return samplePad + float32(i)*(s.wide()+samplePad) }

func (sampleColumns) high(o fyne.CanvasObject) float32 {
	if _, ok := o.(*parts.Select); ok {
		return look.FieldHeight() + 8
	}
	return look.Height(26)
}

// MinSize is that of all cells.
func (s sampleColumns) MinSize(list []fyne.CanvasObject) fyne.Size {
	if s.n == 0 || len(list) == 0 {
		return fyne.NewSize(10, 10)
	}
	lines := (len(list) + s.n - 1) / s.n
	return fyne.NewSize(s.left(s.n), float32(lines)*s.high(list[0])+8)
}

// Layout places the cells.
func (s sampleColumns) Layout(list []fyne.CanvasObject, _ fyne.Size) {
	for i, o := range list {
		h := s.high(o)
		y, height := float32(i/s.n)*h, h
		if _, ok := o.(*parts.Select); ok {
			y, height = 4, look.FieldHeight()
		}
		put(o, s.left(i%s.n), y, s.wide(), height)
	}
}
