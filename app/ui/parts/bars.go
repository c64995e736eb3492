package parts

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// Whole stands for all series of a column.
const Whole = -1

// Bars is a chart of columns, of one series or of two stacked ones. Its bars
// are rectangles on whole pixels; a column can be pointed at, clicked, and
// walked with the arrow keys.
type Bars struct {
	drawn

	// Tip returns the lines shown beside column i, the first semibold.
	Tip func(i int) []string
	// OnTapped opens what is behind a column, or one series of it.
	OnTapped func(i, series int)

	labels  []string
	series  [][]float64
	axis    func(float64) string
	running string
	column  int // under the pointer or the keyboard, -1 for none
	part    int // of the column, or Whole
	plot    plot
}

// NewBars returns an empty chart.
func NewBars() *Bars {
	b := &Bars{column: -1, part: Whole}
	b.ExtendBaseWidget(b)
	return b
}

// SetSeries gives one label for each column, and one or two series: the first
// stands on the axis, the second on the first.
func (b *Bars) SetSeries(labels []string, series [][]float64) {
	b.labels, b.series = labels, series
	b.point(-1, Whole)
	b.Refresh()
}

// SetAxis gives the form of the figures at the left. Without an axis there are
// no lines either and each column stands alone.
func (b *Bars) SetAxis(format func(float64) string) { b.axis = format; b.Refresh() }

// SetRunning marks the last column as not over yet, with a word above it.
func (b *Bars) SetRunning(word string) { b.running = word; b.Refresh() }

// Column returns the column that is pointed at, -1 for none.
func (b *Bars) Column() int { return b.column }

// plot is where things stand in a chart of some size.
type plot struct {
	left, top, width, height float32
	low, high, step          float64 // of the axis
	count                    int
}

// y returns the height of a value, in whole pixels.
func (p plot) y(v float64) float32 {
	return look.Px(p.top + p.height*float32((p.high-v)/(p.high-p.low)))
}

// slot returns the left and right end of a column.
func (p plot) slot(i int) (left, right float32) {
	w := p.width / float32(p.count)
	return look.Px(p.left + float32(i)*w), look.Px(p.left + float32(i+1)*w)
}

// at returns the column at x, -1 for none.
func (p plot) at(x float32) int {
	if p.count == 0 || x < p.left || x >= p.left+p.width {
		return -1
	}
	return min(int((x-p.left)/p.width*float32(p.count)), p.count-1)
}

// scale returns the ends of an axis from zero that holds the values, and the
// step of its lines, of which there are at most five.
func scale(low, high float64) (from, to, step float64) {
	low, high = min(low, 0), max(high, 0)
	if high == low {
		return 0, 1, 1
	}
	const steps = 4
	rough := (high - low) / steps
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	for ; ; unit *= 10 {
		for _, nice := range []float64{1, 2, 3, 5} {
			step = nice * unit
			from, to = math.Floor(low/step)*step, math.Ceil(high/step)*step
			if (to-from)/step <= steps+0.01 {
				return from, to, step
			}
		}
	}
}

// ends returns the lowest and the highest end of the columns. What is below
// zero hangs from the axis.
func (b *Bars) ends() (low, high float64) {
	for i := range b.labels {
		var up, down float64
		for _, s := range b.series {
			if v := value(s, i); v > 0 {
				up += v
			} else {
				down += v
			}
		}
		low, high = min(low, down), max(high, up)
	}
	return low, high
}

func value(series []float64, i int) float64 {
	if i < len(series) {
		return series[i]
	}
	return 0
}

func (b *Bars) measure(width, height float32) plot {
	low, high := b.ends()
	p := plot{count: len(b.labels), width: width}
	foot := look.Height(24)
	if b.axis == nil {
		p.low, p.high, p.height = low, high, height-foot
		if high == low {
			p.high = low + 1
		}
		return p
	}
	p.low, p.high, p.step = scale(low, high)
	for v := p.low; v <= p.high+p.step/2; v += p.step {
		p.left = max(p.left, look.Width(b.axis(v), look.SizeSmall, false))
	}
	p.left = look.Px(p.left) + 8
	p.top = look.Height(20) // for the word above a running column
	p.width -= p.left
	p.height = height - p.top - foot
	return p
}

// point moves to a column and a part of it.
func (b *Bars) point(column, part int) {
	if b.column == column && b.part == part {
		return
	}
	b.column, b.part = column, part
	b.Refresh()
}

// MouseIn points at the column below the pointer.
func (b *Bars) MouseIn(e *desktop.MouseEvent) { b.point(b.find(e.Position)) }

// MouseMoved points at the column below the pointer.
func (b *Bars) MouseMoved(e *desktop.MouseEvent) { b.point(b.find(e.Position)) }

// MouseOut points at nothing.
func (b *Bars) MouseOut() {
	if !b.focused {
		b.point(-1, Whole)
	}
}

// Cursor is a hand over a column that can be opened.
func (b *Bars) Cursor() desktop.Cursor { return hand(b.OnTapped != nil && b.column >= 0) }

// find returns the column at a place, and the series whose bar is there.
func (b *Bars) find(at fyne.Position) (column, part int) {
	column = b.plot.at(at.X)
	if column < 0 || len(b.series) < 2 {
		return column, Whole
	}
	for s, bar := range b.stack(column) {
		if at.Y >= bar.top && at.Y < bar.foot {
			return column, s
		}
	}
	return column, Whole
}

// Tapped opens the part of a column that was clicked.
func (b *Bars) Tapped(e *fyne.PointEvent) {
	column, part := b.find(e.Position)
	if column >= 0 && b.OnTapped != nil {
		b.OnTapped(column, part)
	}
}

// FocusGained points at the newest column.
func (b *Bars) FocusGained() {
	if b.column < 0 {
		b.column = len(b.labels) - 1
	}
	b.part = Whole
	b.drawn.FocusGained()
}

// FocusLost points at nothing.
func (b *Bars) FocusLost() {
	b.column, b.part = -1, Whole
	b.drawn.FocusLost()
}

// TypedKey walks the columns with ← → Home End, the parts of one with ↑ ↓, and
// opens with Enter or Space.
func (b *Bars) TypedKey(e *fyne.KeyEvent) {
	last := len(b.labels) - 1
	switch {
	case last < 0:
		Bubble(b, e)
	case e.Name == fyne.KeyLeft && plain():
		b.point(max(b.column-1, 0), b.part)
	case e.Name == fyne.KeyRight && plain():
		b.point(min(b.column+1, last), b.part)
	case e.Name == fyne.KeyHome:
		b.point(0, b.part)
	case e.Name == fyne.KeyEnd:
		b.point(last, b.part)
	case e.Name == fyne.KeyUp && len(b.series) > 1 && plain():
		b.point(b.column, min(b.part+1, len(b.series)-1))
	case e.Name == fyne.KeyDown && len(b.series) > 1 && plain():
		b.point(b.column, max(b.part-1, Whole))
	case isTap(e) && b.column >= 0 && b.OnTapped != nil && plain():
		b.OnTapped(b.column, b.part)
	default:
		Bubble(b, e)
	}
}

// CreateRenderer draws the chart.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, b.draw, func() (float32, float32) {
		if b.axis == nil {
			return float32(8 * len(b.labels)), 64
		}
		return 240, 140
	})
}

// bar is where one series stands in a column.
type bar struct{ left, right, top, foot float32 }

// stack returns the bars of a column, the first series first. A part that has
// a value is at least one pixel high, and a pixel of ground lies between two.
func (b *Bars) stack(column int) []bar {
	left, right := b.plot.slot(column)
	slot := right - left
	width := max(2, slot-6)
	if b.axis != nil {
		width = min(max(3, look.Px(slot*0.56)), 48)
	}
	left = look.Px(left + (slot-width)/2)
	bars := make([]bar, len(b.series))
	var up, down float64
	for s, values := range b.series {
		v := value(values, column)
		from := &up
		if v < 0 {
			from = &down
		}
		foot, top := b.plot.y(*from), b.plot.y(*from+v)
		if top > foot {
			top, foot = foot, top
		}
		if v != 0 && foot == top {
			top--
		}
		if s > 0 && v > 0 && *from > 0 && foot-top > 1 {
			foot--
		}
		*from += v
		bars[s] = bar{left, left + width, top, foot}
	}
	return bars
}

func (b *Bars) draw(p *pen, width, height float32) {
	b.plot = b.measure(width, height)
	at := b.plot
	if at.count == 0 || at.height < 8 {
		return
	}
	if b.axis != nil {
		for v := at.low; v <= at.high+at.step/2; v += at.step {
			p.box(at.left, at.y(v), at.width, 1, p.Line, 0)
			p.textRight(at.left-8, at.y(v), b.axis(v), look.SizeSmall, p.Muted, false)
		}
	}
	if b.column >= 0 && b.column < at.count && b.axis != nil {
		left, right := at.slot(b.column)
		r := p.box(left, at.top, right-left, at.height, p.Hover, 0)
		if b.focused {
			r.StrokeColor, r.StrokeWidth, r.CornerRadius = p.Accent, 2, 4
		}
	}
	for i := range b.labels {
		b.drawColumn(p, i)
	}
	b.drawLabels(p)
	if b.column >= 0 && b.column < at.count && b.Tip != nil {
		b.drawTip(p, b.Tip(b.column), width)
	}
}

func (b *Bars) drawColumn(p *pen, i int) {
	running := b.running != "" && i == len(b.labels)-1
	pointed := i == b.column
	bars := b.stack(i)
	top := b.plot.y(0)
	for s, r := range bars {
		if r.foot <= r.top {
			continue
		}
		top = min(top, r.top)
		fill, edge := color.Color(p.Bar), color.Color(nil)
		switch {
		case s > 0:
			fill = p.BarSoft
			if running {
				fill, edge = p.AccentSoft, p.BarSoft
			}
		case running && len(bars) == 1:
			fill, edge = p.BarSoft, p.Bar
		case pointed && b.part != 1:
			fill = p.Accent
		}
		shape := p.box(r.left, r.top, r.right-r.left, r.foot-r.top, fill, 0)
		if edge != nil {
			shape.StrokeColor, shape.StrokeWidth = edge, 1
		}
		if pointed && b.part == s && (b.focused || s > 0) {
			shape.StrokeColor, shape.StrokeWidth = p.Accent, 2
		}
		if s == len(bars)-1 && value(b.series[s], i) > 0 {
			shape.TopLeftCornerRadius, shape.TopRightCornerRadius = 3, 3
		}
	}
	if running && b.axis != nil {
		left, right := b.plot.slot(i)
		ground := p.Surface
		if pointed {
			ground = p.Hover
		}
		w := look.Px(look.Width(b.running, look.SizeSmall, false)) + 4
		p.box((left+right-w)/2, top-look.Height(16), w, look.Height(14), ground, 0) // no line runs through the word
		p.textCentre((left+right)/2, top-look.Height(9), b.running, look.SizeSmall, p.Muted, false)
	}
}

// drawLabels writes the labels below the columns, of those that would touch
// only every second, third, …, counted from the newest.
func (b *Bars) drawLabels(p *pen) {
	widest := float32(0)
	for _, l := range b.labels {
		widest = max(widest, look.Width(l, look.SizeSmall, false))
	}
	slot := b.plot.width / float32(b.plot.count)
	every := 1
	if slot < widest+2 {
		every = min(int((widest+8)/slot)+1, len(b.labels))
	}
	middle := b.plot.top + b.plot.height + look.Height(14)
	for i := len(b.labels) - 1; i >= 0; i -= every {
		left, right := b.plot.slot(i)
		half := look.Width(b.labels[i], look.SizeSmall, false) / 2
		centre := max(half, min((left+right)/2, b.plot.left+b.plot.width-half))
		p.textCentre(centre, middle, b.labels[i], look.SizeSmall, p.Muted, false)
	}
}

// drawTip draws the lines above the column, or beside it where there is no room
// above.
func (b *Bars) drawTip(p *pen, lines []string, width float32) {
	if len(lines) == 0 {
		return
	}
	const pad = 12
	line := look.Height(18)
	w := float32(0)
	for i, l := range lines {
		w = max(w, look.Width(l, look.SizeSmall, i == 0))
	}
	w, h := look.Px(w)+2*pad, line*float32(len(lines))+10
	top := b.plot.y(0)
	for _, r := range b.stack(b.column) {
		top = min(top, r.top)
	}
	left, right := b.plot.slot(b.column)
	x, y := (left+right-w)/2, top-h-8
	if y < 0 {
		x, y = right+4, max(0, top)
		if x+w > width {
			x = left - w - 4
		}
	}
	x = max(0, min(x, width-w))
	p.box(x, y, w, h, p.Tip, 6)
	for i, l := range lines {
		p.text(x+pad, y+5+line*(float32(i)+0.5), l, look.SizeSmall, p.OnTip, i == 0)
	}
}

// Legend names the series of a chart.
type Legend struct {
	drawn
	names []string
}

// NewLegend returns a legend of one or two series, in the order of SetSeries.
func NewLegend(names ...string) *Legend {
	l := &Legend{names: names}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the legend, the upper series first.
func (l *Legend) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(l, func(p *pen, width, height float32) {
		x := width
		for i, name := range l.names {
			c := p.Bar
			if i > 0 {
				c = p.BarSoft
			}
			x -= p.textRight(x, height/2, name, look.SizeSmall, p.Muted, false) + 15
			p.box(x, look.Px(height/2)-5, 10, 10, c, 2)
			x -= 15
		}
	}, func() (float32, float32) {
		width := float32(0)
		for _, name := range l.names {
			width += look.Width(name, look.SizeSmall, false) + 30
		}
		return max(0, width-15), look.Height(20)
	})
}
