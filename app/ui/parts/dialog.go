package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
)

// DialogAction is a button at the foot of a dialog.
type DialogAction struct {
	Text     string
	Icon     string
	Do       func() bool // false keeps the dialog open
	Disabled bool
}

// Dialog is a sheet in the middle of the window that must be answered. Esc
// cancels, Ctrl+Enter presses its filled button, and plain Enter does nothing
// that is final.
type Dialog struct {
	// OnKey, if not nil, is offered a key before the dialog.
	OnKey func(Press) bool
	// OnClosed, if not nil, is called once the dialog is gone; done tells whether
	// an action closed it, and not Esc or the cancel button.
	OnClosed func(done bool)
	// OnCancel, if not nil, is asked before Esc or the cancel button closes the
	// dialog; false keeps it open.
	OnCancel func() bool

	over  *overlay
	sheet *sheet
	first fyne.Focusable
	main  DialogAction
	done  bool
}

// NewDialog returns a dialog of at most a size; its body scrolls where it is
// higher. The foot has a button to close it until an action is set.
func NewDialog(c fyne.Canvas, words Words, title string, body fyne.CanvasObject, size fyne.Size) *Dialog {
	d := &Dialog{}
	d.sheet = newSheet(words, title, body, d.Cancel)
	d.over = &overlay{canvas: c, modal: true, panel: newPanel(d.sheet, 0, 0, 10), key: d.key}
	d.over.place = func(room fyne.Size) (fyne.Position, fyne.Size) {
		size := fit(fyne.NewSize(size.Width, d.sheet.height(size)), room)
		return fyne.NewPos((room.Width-size.Width)/2, (room.Height-size.Height)/2), size
	}
	d.over.closed = func() {
		if d.OnClosed != nil {
			d.OnClosed(d.done)
		}
	}
	return d
}

// DialogOpen reports whether a dialog is open on a canvas.
func DialogOpen(c fyne.Canvas) bool {
	for _, o := range stageOf(c).overlays {
		if o.modal && slices.Contains(c.Overlays().List(), fyne.CanvasObject(o)) {
			return true
		}
	}
	return false
}

// SetNote shows a phrase beside the title.
func (d *Dialog) SetNote(text string) {
	d.sheet.note = text
	d.sheet.Refresh()
}

// SetFoot shows an object at the left of the foot, such as a check.
func (d *Dialog) SetFoot(obj fyne.CanvasObject) {
	d.sheet.foot = obj
	d.sheet.Refresh()
}

// SetFirst says what has the focus when the dialog opens.
func (d *Dialog) SetFirst(obj fyne.Focusable) { d.first = obj }

// SetPrimary sets the filled button. It may be called again, while the dialog
// is open, for another text.
func (d *Dialog) SetPrimary(a DialogAction) { d.setMain(a, primary) }

// Final sets the red button of what cannot be taken back. The focus starts on
// the cancel button.
func (d *Dialog) Final(a DialogAction) {
	d.setMain(a, danger)
	d.first = d.sheet.cancel
}

func (d *Dialog) setMain(a DialogAction, r rank) {
	d.main = a
	s := d.sheet
	if s.main == nil {
		s.main = newButton(r, a.Text, a.Icon, func() { d.run(d.main) })
		s.cancel.SetText(s.words.Text("part_cancel"))
	}
	s.main.rank = r
	s.main.SetText(a.Text)
	s.main.SetIcon(a.Icon)
	s.main.SetEnabled(!a.Disabled && !s.busy)
	s.Refresh()
}

// SetSecond sets further buttons, before the cancel button.
func (d *Dialog) SetSecond(actions ...DialogAction) {
	d.sheet.second = nil
	for _, a := range actions {
		b := Second(a.Text, a.Icon, func() { d.run(a) })
		b.SetEnabled(!a.Disabled)
		d.sheet.second = append(d.sheet.second, b)
	}
	d.sheet.Refresh()
}

func (d *Dialog) run(a DialogAction) {
	if d.sheet.busy || a.Disabled {
		return
	}
	if a.Do == nil || a.Do() {
		d.done = true
		d.over.close()
	}
}

// SetBusy shows in the foot that the dialog works, with a progress or without;
// "" ends it. Meanwhile only cancel can be pressed.
func (d *Dialog) SetBusy(text string, progress *Progress) {
	s := d.sheet
	s.busy, s.busyText, s.progress = text != "" || progress != nil, text, progress
	if progress != nil {
		progress.inFoot = true
	}
	if s.main != nil {
		s.main.SetEnabled(!s.busy && !d.main.Disabled)
	}
	for _, b := range s.second {
		b.SetEnabled(!s.busy)
	}
	s.Refresh()
	if s.busy && d.over.open {
		d.over.canvas.Focus(s.cancel)
	}
}

// Show opens the dialog. The focus goes to the first control of the body, or
// where there is none to the filled button.
func (d *Dialog) Show() {
	if l := LayerOf(d.over.canvas); l != nil && l.bars.shown != nil && !l.bars.shown.bad {
		l.CloseSnackbar() // it would lie over the buttons
	}
	d.over.show(d.first)
	if c := d.over.canvas; d.first == nil && d.over.open && d.sheet.inFoot(c.Focused()) {
		c.Focus(d.sheet.way())
	}
}

// Hide closes the dialog as its action does, without asking.
func (d *Dialog) Hide() {
	d.done = true
	d.over.close()
}

// Shown reports whether the dialog is open.
func (d *Dialog) Shown() bool { return d.over.open }

// Refresh takes over that the body became higher or lower.
func (d *Dialog) Refresh() {
	if d.over.open {
		d.over.Refresh()
	}
}

// Cancel closes the dialog, or while it works asks the work to stop.
func (d *Dialog) Cancel() {
	if p := d.sheet.progress; d.sheet.busy && p != nil && p.OnCancel != nil {
		p.Cancel()
		return
	}
	if d.OnCancel != nil && !d.OnCancel() {
		return
	}
	d.over.close()
}

// key takes every key: those of the page are off.
func (d *Dialog) key(p Press) bool {
	if d.OnKey != nil && d.OnKey(p) {
		return true
	}
	switch p {
	case Press{Key: fyne.KeyEscape}:
		d.Cancel()
	case Submit:
		if d.sheet.main != nil {
			d.run(d.main)
		}
	}
	return true
}

const (
	dialogHead = 58
	dialogFoot = 58
	dialogSide = 24
)

// sheet draws a dialog: head, body, foot.
type sheet struct {
	drawnOnly
	words        Words
	title, note  string
	body         fyne.CanvasObject
	padded       *fyne.Container
	scroll       *container.Scroll
	shut, cancel *Button
	main         *Button
	second       []*Button
	foot         fyne.CanvasObject
	busy         bool
	busyText     string
	progress     *Progress
}

func newSheet(words Words, title string, body fyne.CanvasObject, cancel func()) *sheet {
	s := &sheet{words: words, title: title, body: body}
	s.padded = container.New(inset{dialogSide, 18, dialogSide, 18}, body)
	s.scroll = container.NewVScroll(s.padded)
	s.shut = IconButton("close", words.Text("part_close"), cancel)
	s.cancel = Second(words.Text("part_close"), "", cancel)
	s.ExtendBaseWidget(s)
	return s
}

// way is the button that has the focus when nothing in the body can have it.
func (s *sheet) way() fyne.Focusable {
	if s.main != nil && !s.main.Disabled() {
		return s.main
	}
	return s.cancel
}

func (s *sheet) inFoot(f fyne.Focusable) bool {
	b, ok := f.(*Button)
	return ok && (b == s.cancel || b == s.main || b == s.shut || slices.Contains(s.second, b))
}

// height is that of the dialog: as high as asked for, or less for a small body.
func (s *sheet) height(asked fyne.Size) float32 {
	s.padded.Resize(fyne.NewSize(asked.Width, s.padded.Size().Height))
	need := look.Height(dialogHead) + look.Height(dialogFoot) + s.padded.MinSize().Height
	if asked.Height <= 0 {
		return need
	}
	return asked.Height
}

// CreateRenderer draws the dialog.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(s, s.draw, func() (float32, float32) { return 320, 160 })
}

func (s *sheet) draw(p *pen, width, height float32) {
	head, foot := look.Height(dialogHead), look.Height(dialogFoot)
	middle := look.Px(head / 2)
	room := width - 2*dialogSide - 40
	title := fitted(s.title, look.SizeTitle, true, room)
	wide := p.text(dialogSide, middle, title, look.SizeTitle, p.Text, true)
	if left := room - wide - 12; s.note != "" && left > 40 {
		p.text(dialogSide+wide+12, middle+1, fitted(s.note, look.SizeBody, false, left), look.SizeBody, p.Muted, false)
	}
	p.box(1, head-1, width-2, 1, p.Line, 0)
	p.box(1, height-foot, width-2, 1, p.Line, 0)
	p.child(s.scroll, 1, head, width-2, height-head-foot)
	s.drawFoot(p, width, height, foot)
	m := s.shut.MinSize()
	p.child(s.shut, width-16-m.Width, middle-m.Height/2, m.Width, m.Height)
}

func (s *sheet) drawFoot(p *pen, width, height, foot float32) {
	middle := look.Px(height - foot/2 + 0.5)
	right := width - dialogSide
	var buttons []*Button
	buttons = append(buttons, s.second...)
	buttons = append(buttons, s.cancel)
	if s.main != nil {
		buttons = append(buttons, s.main)
	}
	left := right
	for _, b := range buttons {
		left -= b.MinSize().Width + 8
	}
	left += 8
	room := left - dialogSide - 16
	switch {
	case s.busy && s.progress != nil:
		m := s.progress.MinSize()
		p.child(s.progress, dialogSide, middle-m.Height/2, room, m.Height)
	case s.busy:
		p.text(dialogSide, middle, fitted(s.busyText, look.SizeBody, false, room), look.SizeBody, p.Muted, false)
	case s.foot != nil:
		m := s.foot.MinSize()
		p.child(s.foot, dialogSide, middle-m.Height/2, min(m.Width, room), m.Height)
	}
	for _, b := range buttons { // in the order of Tab
		m := b.MinSize()
		p.child(b, left, middle-m.Height/2, m.Width, m.Height)
		left += m.Width + 8
	}
}
