package parts

import (
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Progress shows how far a work is: what it does now, and a bar.
type Progress struct {
	drawnOnly

	// OnCancel, if not nil, shows a word that stops the work.
	OnCancel func()
	// Now, if not nil, is the clock by which the rest of the time is told after 3 s.
	Now func() time.Time

	words   Words
	phase   string
	part    float64
	steps   int
	begun   time.Time
	rest    string
	ended   bool
	stopped bool
	cancel  *Button
	inFoot  bool // of a dialog, whose cancel button is that of the work
}

// NewProgress returns a progress that has not begun.
func NewProgress(words Words) *Progress {
	p := &Progress{words: words, part: -1}
	p.cancel = Link(words.Text("part_cancel"), "", p.Cancel)
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a phase with its count, and the part of the whole that is done; a
// part below 0 is not known.
func (p *Progress) Set(phase string, part float64) {
	p.phase, p.part = phase, min(part, 1)
	p.steps++
	p.tell()
	p.Refresh()
}

// tell says how long the rest takes, once 3 s have passed: the time so far is
// taken for the time to come.
func (p *Progress) tell() {
	p.rest = ""
	if p.Now == nil {
		return
	}
	if p.begun.IsZero() {
		p.begun = p.Now()
	}
	gone := p.Now().Sub(p.begun)
	if gone < 3*time.Second || p.part <= 0.01 || p.part >= 1 {
		return
	}
	rest := time.Duration(float64(gone) * (1 - p.part) / p.part)
	if rest < time.Minute {
		p.rest = p.words.Text("part_rest_seconds", map[string]any{"Count": max(1, int(rest.Round(time.Second)/time.Second))})
	} else {
		p.rest = p.words.Text("part_rest_minutes", map[string]any{"Count": int(rest.Round(time.Minute) / time.Minute)})
	}
}

// Cancel asks the work to stop, once.
func (p *Progress) Cancel() {
	if p.OnCancel == nil || p.stopped || p.ended {
		return
	}
	p.stopped = true
	p.cancel.Disable()
	p.OnCancel()
}

// Finish fills the bar and says what came of the work.
func (p *Progress) Finish(text string) {
	p.phase, p.part, p.ended, p.rest = text, 1, true, ""
	p.Refresh()
}

// CreateRenderer draws the progress.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(p, p.draw, func() (float32, float32) { return 200, look.Height(38) })
}

const progressBar = 4

func (p *Progress) draw(pen *pen, width, height float32) {
	middle := look.Px((height - progressBar) / 2)
	if p.ended {
		middle = look.Px(height / 2)
	}
	room := width
	if p.OnCancel != nil && !p.ended && !p.inFoot {
		m := p.cancel.MinSize()
		room -= m.Width + 8
		pen.child(p.cancel, width-m.Width, middle-m.Height/2-3, m.Width, m.Height)
	}
	text := p.phase + p.rest
	pen.text(0, middle-3, fitted(text, look.SizeBody, false, room), look.SizeBody, pen.Text, false)
	if p.ended {
		return
	}
	y := height - progressBar - 2
	pen.box(0, y, width, progressBar, pen.BarSoft, progressBar/2)
	switch {
	case p.part > 0:
		pen.box(0, y, max(progressBar, width*float32(p.part)), progressBar, pen.Accent, progressBar/2)
	case p.part < 0: // moves whenever the work tells of itself
		const pieces = 12
		piece := width / 4
		at := float32(p.steps%pieces) / (pieces - 1) * (width - piece)
		pen.box(at, y, piece, progressBar, pen.Accent, progressBar/2)
	}
}
