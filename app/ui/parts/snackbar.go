package parts

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

// How long a snackbar stays: with an action, and without.
const (
	barWithAction = 8 * time.Second
	barWithout    = 4 * time.Second
)

// snackbars are those of a layer: one is shown at a time, failures wait for it.
type snackbars struct {
	shown  *snackbar
	failed []*snackbar // the oldest first
	wait   *task.Task
	silent bool // for good
}

// Action is one of the words at the right of a snackbar.
type Action struct {
	Text string
	Do   func()
}

// Done says what was done, for 8 s, with a word that takes it back or leads to
// it; without one for 4 s.
func (l *Layer) Done(text, action string, do func()) {
	if action == "" {
		l.DoneWith(text)
		return
	}
	l.DoneWith(text, Action{action, do})
}

// DoneWith is Done with several words.
func (l *Layer) DoneWith(text string, actions ...Action) {
	l.showBar(newSnackbar(l, "check", text, actions, false))
}

// Info says something for 4 s.
func (l *Layer) Info(text string) { l.showBar(newSnackbar(l, "info", text, nil, false)) }

// Fail says what failed until it is closed; detail, if not nil, shows more of it.
func (l *Layer) Fail(text, detailLabel string, detail func()) {
	var actions []Action
	if detail != nil {
		actions = []Action{{detailLabel, detail}}
	}
	bar := newSnackbar(l, "warn", text, actions, true)
	l.bars.failed = slices.DeleteFunc(l.bars.failed, func(old *snackbar) bool { return old.text == text })
	l.bars.failed = append(l.bars.failed, bar)
	l.showBar(bar)
}

// CloseSnackbar closes what is shown. It reports whether something was.
func (l *Layer) CloseSnackbar() bool {
	if l.bars.shown == nil {
		return false
	}
	l.closeBar(l.bars.shown)
	return true
}

// Silence closes what is shown, and shows nothing from now on: a locked window
// tells nothing, and takes nothing back.
func (l *Layer) Silence() {
	l.bars.silent = true
	l.hideBar()
}

func (l *Layer) showBar(bar *snackbar) {
	l.hideBar()
	if l.bars.silent {
		return
	}
	if c := canvasOf(l.base); c != nil {
		bar.before = c.Focused()
	}
	l.bars.shown = bar
	l.float.Objects = append([]fyne.CanvasObject{bar}, l.float.Objects...)
	l.float.Refresh()
	l.countDown()
}

// countDown closes the shown snackbar after its time, unless it is a failure.
func (l *Layer) countDown() {
	bar := l.bars.shown
	l.bars.wait.Cancel()
	if bar == nil || bar.bad || bar.held > 0 {
		return
	}
	stay := barWithout
	if len(bar.actions) > 0 {
		stay = barWithAction
	}
	l.bars.wait = l.after(stay, func() {
		if l.bars.shown == bar {
			l.closeBar(bar)
		}
	})
}

func (l *Layer) hideBar() {
	l.bars.wait.Cancel()
	if bar := l.bars.shown; bar != nil {
		l.bars.shown = nil
		if c := canvasOf(l.base); c != nil && bar.holdsFocus(c) {
			c.Focus(bar.before)
		}
		l.float.Remove(bar)
		l.float.Refresh()
	}
}

// closeBar closes a snackbar; a failure not yet closed shows again.
func (l *Layer) closeBar(bar *snackbar) {
	l.bars.failed = slices.DeleteFunc(l.bars.failed, func(old *snackbar) bool { return old == bar })
	if l.bars.shown == bar {
		l.hideBar()
	}
	if n := len(l.bars.failed); n > 0 && l.bars.shown == nil {
		l.showBar(l.bars.failed[n-1])
	}
}

// snackbar is a line above the foot of the page.
type snackbar struct {
	drawnOnly
	layer   *Layer
	icon    string
	text    string
	bad     bool
	actions []*Button
	shut    *Button
	held    int            // by the pointer or the keyboard
	before  fyne.Focusable // what had the focus when it came
}

func newSnackbar(l *Layer, icon, text string, actions []Action, bad bool) *snackbar {
	b := &snackbar{layer: l, icon: icon, text: text, bad: bad}
	for _, a := range actions {
		b.actions = append(b.actions, newButton(tipLink, a.Text, "", func() {
			l.closeBar(b)
			if a.Do != nil {
				a.Do()
			}
		}))
	}
	b.shut = newButton(tipClose, "", "close", func() { l.closeBar(b) })
	b.shut.Tip = l.words.Text("part_close")
	for _, button := range append([]*Button{b.shut}, b.actions...) {
		if bad {
			button.rank = badRank(button.rank)
		}
		button.onHover, button.onFocus, button.passing = b.hold, b.hold, true
	}
	b.ExtendBaseWidget(b)
	return b
}

func badRank(r rank) rank {
	if r == tipClose {
		return badClose
	}
	return badLink
}

func (b *snackbar) holdsFocus(c fyne.Canvas) bool {
	button, ok := c.Focused().(*Button)
	return ok && (button == b.shut || slices.Contains(b.actions, button))
}

// hold keeps the snackbar while the pointer or the focus is on it.
func (b *snackbar) hold(on bool) {
	if on {
		b.held++
	} else if b.held > 0 {
		b.held--
	}
	if b.layer.bars.shown == b {
		b.layer.countDown()
	}
}

// MouseIn holds the snackbar.
func (b *snackbar) MouseIn(*desktop.MouseEvent) { b.hold(true) }

// MouseMoved is of no interest.
func (b *snackbar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets it go.
func (b *snackbar) MouseOut() { b.hold(false) }

// Tapped keeps a click from what lies below.
func (b *snackbar) Tapped(*fyne.PointEvent) {}

const (
	barHeight = 44
	barText   = 520 // the text is wrapped at this width
)

func (b *snackbar) lines() []string { return wrap(b.text, look.SizeBody, barText) }

// CreateRenderer draws the snackbar.
func (b *snackbar) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(b, b.draw, func() (float32, float32) {
		var width float32
		lines := b.lines()
		for _, text := range lines {
			width = max(width, look.Width(text, look.SizeBody, false))
		}
		width += 40 + 32 + 36
		for _, a := range b.actions {
			width += a.MinSize().Width + 6
		}
		return width, look.Height(barHeight) + look.Height(paraLine)*float32(len(lines)-1)
	})
}

func (b *snackbar) draw(p *pen, width, height float32) {
	ground, front := p.Tip, p.OnTip
	if b.bad {
		ground, front = p.Danger, p.OnAccent
	}
	p.shadow(0, 0, width, height, 8)
	p.box(0, 0, width, height, ground, 8)
	middle := look.Px(height / 2)
	p.stroke(b.icon, 14, middle-8, 16, front, 1.8)
	lines := b.lines()
	line := look.Height(paraLine)
	for i, text := range lines {
		p.text(40, middle+line*(float32(i)-float32(len(lines)-1)/2), text, look.SizeBody, front, false)
	}
	x := width - 8
	for _, button := range append([]*Button{b.shut}, backwards(b.actions)...) {
		m := button.MinSize()
		x -= m.Width
		p.child(button, x, middle-m.Height/2, m.Width, m.Height)
		x -= 6
	}
}

func backwards(buttons []*Button) []*Button {
	all := slices.Clone(buttons)
	slices.Reverse(all)
	return all
}
