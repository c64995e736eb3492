package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
)

// Figure is a label, a figure and the reason of the figure in small. It stands
// in three lines, for a row of figures in a profile, or on one line with the
// reason below, for a side panel.
type Figure struct {
	drawn

	// OnTapped opens what is behind the figure; nil opens the reason.
	OnTapped func()

	label, value, why string
	tone              look.Tone
	line              bool
	loading           bool
	reason            *reason
}

// NewFigure returns a figure of three lines that is loading.
func NewFigure(label string) *Figure {
	f := &Figure{label: label, loading: true, reason: newReason()}
	f.ExtendBaseWidget(f)
	return f
}

// NewFigureLine returns a figure with its label at the left and its value at
// the right, as wide as it is given.
func NewFigureLine(label string) *Figure {
	f := NewFigure(label)
	f.line = true
	return f
}

// Set shows the figure and why it is so; the tone is that of the reason.
func (f *Figure) Set(value, why string, tone look.Tone) {
	f.value, f.why, f.tone, f.loading = value, why, tone, false
	f.Refresh()
}

// OnReason says what the ⓘ opens, beside the object it is given.
func (f *Figure) OnReason(open func(at fyne.CanvasObject)) { f.reason.set(open); f.Refresh() }

// SetReasonTip gives the tooltip of the ⓘ.
func (f *Figure) SetReasonTip(text string) { f.reason.tip = text }

// Tapped opens what is behind the figure, or its reason.
func (f *Figure) Tapped(*fyne.PointEvent) {
	if f.OnTapped != nil {
		f.OnTapped()
	} else {
		f.reason.Tapped(nil)
	}
}

// Cursor is a hand over what can be clicked.
func (f *Figure) Cursor() desktop.Cursor { return hand(f.OnTapped != nil || f.reason.tapped != nil) }

// CreateRenderer draws the figure.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(f, f.draw, func() (float32, float32) {
		if f.line {
			return 120, look.Height(45)
		}
		return 96, figureHeight()
	})
}

// figureHeight is the height of three lines.
func figureHeight() float32 { return 86 + look.Px(1.2*(look.Size(threeLines)-threeLines)) }

const threeLines = look.SizeBody + look.SizeFigure + look.SizeSmall

func (f *Figure) draw(p *pen, width, height float32) {
	why, _ := p.Of(f.tone)
	if f.tone == look.Plain {
		why = p.Muted
	}
	if f.line {
		f.drawLine(p, width, height, why)
		return
	}
	const left = 16
	top, middle, bottom := look.Px(height*0.235), look.Px(height*0.53), look.Px(height*0.81)
	end := left + p.text(left, top, fitted(f.label, look.SizeBody, false, width-left-24), look.SizeBody, p.Muted, false)
	f.reason.draw(p, end, top)
	if f.loading {
		p.box(left, middle-8, min(90, width-2*left), 16, p.Button, 4)
		p.box(left, bottom-6, min(60, width-2*left), 12, p.Button, 4)
		return
	}
	p.text(left, middle, fitted(f.value, look.SizeFigure, true, width-left-8), look.SizeFigure, p.Text, true)
	p.text(left, bottom, fitted(f.why, look.SizeSmall, false, width-left-8), look.SizeSmall, why, false)
}

func (f *Figure) drawLine(p *pen, width, height float32, why color.Color) {
	top, bottom := look.Px(height/3), look.Px(height*0.74)
	end := p.text(0, top, f.label, look.SizeBody, p.Muted, false)
	f.reason.draw(p, end, top)
	if f.loading {
		p.box(width-72, top-7, 72, 14, p.Button, 4)
		return
	}
	p.textRight(width, top, fitted(f.value, look.SizeCard, true, width-end-30), look.SizeCard, p.Text, true)
	p.textRight(width, bottom, fitted(f.why, look.SizeSmall, false, width), look.SizeSmall, why, false)
}

// FigureRow is a card with figures side by side, lines between them.
type FigureRow struct {
	drawn
	figures []*Figure
}

// NewFigureRow returns a card with figures of equal width.
func NewFigureRow(figures ...*Figure) *FigureRow {
	r := &FigureRow{figures: figures}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the card.
func (r *FigureRow) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(r, func(p *pen, width, height float32) {
		p.frame(0, 0, width, height, p.Surface, p.Line, 8)
		slot := width / float32(len(r.figures))
		for i, f := range r.figures {
			left, right := look.Px(float32(i)*slot), look.Px(float32(i+1)*slot)
			if i > 0 {
				p.box(left, 16, 1, height-32, p.Line, 0)
			}
			p.child(f, left, 0, right-left, height)
		}
	}, func() (float32, float32) { return 96 * float32(len(r.figures)), figureHeight() })
}
