package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// TileHeight is the height of a tile at the standard text size.
const TileHeight = 98

// Tile is one figure of the overview on a card: what it is, how much, the
// change with what it is compared with, and its last months as small bars.
type Tile struct {
	drawn

	// OnTapped opens what is behind the figure.
	OnTapped func()

	label, figure, change, note string
	tone                        look.Tone
	bars                        []float64
	loading                     bool
	reason                      *reason
}

// NewTile returns a tile that is loading.
func NewTile(label string) *Tile {
	t := &Tile{label: label, loading: true, reason: newReason()}
	t.ExtendBaseWidget(t)
	return t
}

// SetFigure shows the figure, which ends the loading.
func (t *Tile) SetFigure(text string) { t.figure, t.loading = text, false; t.Refresh() }

// SetChange shows how the figure moved, ▲ 12.4%, in the tone of good or bad.
func (t *Tile) SetChange(text string, tone look.Tone) { t.change, t.tone = text, tone; t.Refresh() }

// SetNote says what the change is compared with or what the figure counts.
func (t *Tile) SetNote(text string) { t.note = text; t.Refresh() }

// SetBars shows the figures before as bars from zero, the present one last.
func (t *Tile) SetBars(values []float64) { t.bars = values; t.Refresh() }

// SetLoading shows grey bars in place of the figure, or no longer.
func (t *Tile) SetLoading(on bool) { t.loading = on; t.Refresh() }

// OnReason says what the ⓘ opens, beside the object it is given.
func (t *Tile) OnReason(open func(at fyne.CanvasObject)) { t.reason.set(open); t.Refresh() }

// SetReasonTip gives the tooltip of the ⓘ.
func (t *Tile) SetReasonTip(text string) { t.reason.tip = text }

// Tapped opens what is behind the figure.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// TypedKey opens with Enter and Space.
func (t *Tile) TypedKey(e *fyne.KeyEvent) {
	if isTap(e) {
		t.Tapped(nil)
		return
	}
	Bubble(t, e)
}

// MouseIn shows that the tile can be clicked.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved is of no interest.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (t *Tile) MouseOut() { t.hover(false) }

// Cursor is a hand over what can be clicked.
func (t *Tile) Cursor() desktop.Cursor { return hand(t.OnTapped != nil) }

// CreateRenderer draws the tile.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(t, t.draw, func() (float32, float32) { return 150, tileHeight() })
}

func tileHeight() float32 {
	const lines = look.SizeBody + look.SizeTile + look.SizeSmall
	return TileHeight + look.Px(1.2*(look.Size(lines)-lines))
}

func (t *Tile) draw(p *pen, width, height float32) {
	ground, edge := p.Surface, p.Line
	if t.hovered && t.OnTapped != nil {
		ground, edge = p.Hover, p.Border
	}
	p.frame(0, 0, width, height, ground, edge, 8)
	if t.focused {
		p.ring(0, 0, width, height, 8)
	}
	const left = 16
	top, middle, bottom := look.Px(height*0.21), look.Px(height/2), height-look.Px(height*0.19)
	end := left + p.text(left, top, fitted(t.label, look.SizeBody, false, width-left-40), look.SizeBody, p.Muted, false)
	t.reason.draw(p, end, top)
	if t.loading {
		p.box(left, middle-10, 120, 20, p.Button, 4)
		p.box(left, bottom-6, 84, 12, p.Button, 4)
		return
	}
	figure := fitted(t.figure, look.SizeTile, true, width-2*left)
	end = left + p.text(left, middle, figure, look.SizeTile, p.Text, true)
	const across = 76
	if len(t.bars) > 0 && end+12 <= width-left-across {
		drawSmallBars(p, width-left-across, look.Px(height/2)-19, across, 34, t.bars)
	}
	x := float32(left)
	if t.change != "" {
		c, _ := p.Of(t.tone)
		x += p.text(x, bottom, fitted(t.change, look.SizeSmall, true, width-2*left), look.SizeSmall, c, true) + 6
	}
	if room := width - left - x; t.note != "" && room > 24 {
		p.text(x, bottom, fitted(t.note, look.SizeSmall, false, room), look.SizeSmall, p.Muted, false)
	}
}

// drawSmallBars draws bars from zero, the last one in the stronger colour. What
// is below zero hangs from the line.
func drawSmallBars(p *pen, x, y, width, height float32, values []float64) {
	low, high := 0.0, 0.0
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if high == low {
		high = 1
	}
	at := func(v float64) float32 { return look.Px(y + height*float32((high-v)/(high-low))) }
	slot := min(width/float32(len(values)), 14)
	x += width - slot*float32(len(values))
	for i, v := range values {
		c := p.BarSoft
		if i == len(values)-1 {
			c = p.Bar
		}
		left, right := look.Px(x+float32(i)*slot), look.Px(x+float32(i+1)*slot)
		top, foot := min(at(v), at(0)), max(at(v), at(0))
		if foot == top {
			top-- // a zero is seen
		}
		p.box(left, top, max(1, right-left-2), foot-top, c, 1)
	}
}
