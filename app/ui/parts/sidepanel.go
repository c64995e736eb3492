package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// The width of a side panel.
const (
	panelWidth = 328
	panelLeast = 280
	panelMost  = 480
)

// SidePanel stands at the right of a table: a head, a body that scrolls, and
// actions at its foot. It is hidden until it is shown something.
type SidePanel struct {
	drawnOnly

	// OnClose, if not nil, is called when the user closes the panel.
	OnClose func()
	// OnWidth, if not nil, is called when the user has dragged its edge.
	OnWidth func(width float32)

	title, second string
	body          *fyne.Container
	scroll        *container.Scroll
	actions       []*Button
	shut          *Button
	grip          *grip
	width         float32
}

const panelSide = 18

// NewSidePanel returns a panel that is hidden.
func NewSidePanel(words Words) *SidePanel {
	p := &SidePanel{width: panelWidth}
	p.body = container.New(inset{panelSide, 0, panelSide, 16})
	p.scroll = container.NewVScroll(p.body)
	p.shut = IconButton("close", words.Text("part_close"), p.Close)
	p.grip = newGrip(p)
	p.Hidden = true
	p.ExtendBaseWidget(p)
	return p
}

// Open shows the panel with a body under a title and a muted phrase beside it.
func (p *SidePanel) Open(title, second string, body fyne.CanvasObject, actions ...*Button) {
	p.title, p.second, p.actions = title, second, actions
	if len(p.body.Objects) != 1 || p.body.Objects[0] != body {
		p.body.Objects = []fyne.CanvasObject{body}
		p.scroll.Offset = fyne.Position{}
	}
	p.body.Refresh()
	p.scroll.Refresh()
	if !p.Visible() {
		p.Show()
	}
	p.Refresh()
}

// Close hides the panel, as its × does.
func (p *SidePanel) Close() {
	if !p.Visible() {
		return
	}
	p.Hide()
	if p.OnClose != nil {
		p.OnClose()
	}
}

// Width returns the width.
func (p *SidePanel) Width() float32 { return p.width }

// SetWidth sets the width, within its bounds.
func (p *SidePanel) SetWidth(width float32) {
	p.width = look.Px(max(panelLeast, min(width, panelMost)))
	p.Refresh()
}

// CreateRenderer draws the panel.
func (p *SidePanel) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(p, p.draw, func() (float32, float32) { return p.width, 200 })
}

func (p *SidePanel) draw(pen *pen, width, height float32) {
	pen.box(0, 0, width, height, pen.Surface, 0)
	pen.box(0, 0, 1, height, pen.Line, 0)
	head, foot := look.Height(46), float32(0)
	middle := look.Px(28)
	if len(p.actions) > 0 {
		foot = look.Height(48)
		pen.box(0, height-foot, width, 1, pen.Line, 0)
	}
	room := width - 2*panelSide - 30
	title := fitted(p.title, look.SizePanel, true, room)
	wide := pen.text(panelSide, middle, title, look.SizePanel, pen.Text, true)
	if left := room - wide - 10; p.second != "" && left > 30 {
		pen.text(panelSide+wide+10, middle+1, fitted(p.second, look.SizeBody, false, left), look.SizeBody, pen.Muted, false)
	}
	pen.child(p.scroll, 1, head, width-1, height-head-foot)
	x := float32(panelSide)
	for _, b := range p.actions {
		m := b.MinSize()
		pen.child(b, x, height-foot+look.Px((foot-m.Height)/2), m.Width, m.Height)
		x += m.Width + 8
	}
	m := p.shut.MinSize()
	pen.child(p.shut, width-11-m.Width, middle-m.Height/2, m.Width, m.Height)
	pen.child(p.grip, 0, 0, 6, height)
}

// grip is the edge of a side panel, to drag.
type grip struct {
	drawnOnly
	panel *SidePanel
}

func newGrip(p *SidePanel) *grip {
	g := &grip{panel: p}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged changes the width.
func (g *grip) Dragged(e *fyne.DragEvent) { g.panel.SetWidth(g.panel.width - e.Dragged.DX) }

// DragEnd tells the width.
func (g *grip) DragEnd() {
	if g.panel.OnWidth != nil {
		g.panel.OnWidth(g.panel.width)
	}
}

// Cursor shows that the edge can be dragged.
func (g *grip) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer draws nothing.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(g, func(*pen, float32, float32) {}, func() (float32, float32) { return 6, 0 })
}
