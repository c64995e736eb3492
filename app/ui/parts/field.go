package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// Field is a control with its label above it, and below it a hint or what is
// wrong with it.
type Field struct {
	drawnOnly

	label    string
	obj      fyne.CanvasObject
	note     string
	noteTone look.Tone
	noteIcon string
	message  *Para
	bad      bool
	hint     string
}

const (
	labelHeight = 22
	messageGap  = 4
)

// NewField returns a control with a label.
func NewField(label string, obj fyne.CanvasObject) *Field {
	f := &Field{label: label, obj: obj, message: NewPara("", 0)}
	f.message.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// SetError says what is wrong, in red; "" takes it back. The border of an Entry
// becomes red too.
func (f *Field) SetError(text string) {
	if e, ok := f.obj.(interface{ SetProblem(bool) }); ok {
		e.SetProblem(text != "")
	}
	f.bad = text != ""
	if text == "" {
		text = f.hint
	}
	f.say(text)
}

// SetHint says something of help, in small; an error takes its place.
func (f *Field) SetHint(text string) {
	f.hint = text
	if !f.bad {
		f.say(text)
	}
}

// SetNote shows a text at the right of the label, such as that Caps Lock is on.
func (f *Field) SetNote(text, icon string, tone look.Tone) {
	f.note, f.noteIcon, f.noteTone = text, icon, tone
	f.Refresh()
}

// SetLabel changes the label.
func (f *Field) SetLabel(text string) {
	f.label = text
	f.Refresh()
}

// Failed reports whether an error stands below the control.
func (f *Field) Failed() bool { return f.bad }

func (f *Field) say(text string) {
	f.message.SetText(text)
	f.message.tone, f.message.size = look.Muted, look.SizeSmall
	if f.bad {
		f.message.tone, f.message.size = look.Bad, look.SizeBody
	}
	if text == "" {
		f.message.Hide()
	} else {
		f.message.Show()
	}
	f.message.Refresh()
	f.Refresh()
}

func (f *Field) top() float32 {
	if f.label == "" && f.note == "" {
		return 0
	}
	return look.Height(labelHeight)
}

func (f *Field) indent() float32 {
	if f.bad {
		return 20
	}
	return 0
}

// CreateRenderer draws the field.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(f, f.draw, func() (float32, float32) {
		m := f.obj.MinSize()
		height := f.top() + m.Height
		if f.message.Visible() {
			height += messageGap + f.message.MinSize().Height
		}
		return max(m.Width, look.Width(f.label, look.SizeBody, false)), height
	})
}

func (f *Field) draw(p *pen, width, height float32) {
	top := f.top()
	middle := look.Px((top - 3) / 2)
	if top > 0 {
		p.text(0, middle, f.label, look.SizeBody, p.Text, false)
	}
	if f.note != "" {
		front, _ := p.Of(f.noteTone)
		wide := p.textRight(width, middle, f.note, look.SizeSmall, front, false)
		if f.noteIcon != "" {
			p.icon(f.noteIcon, width-wide-19, middle-7, 14, front)
		}
	}
	rest := height - top
	if f.message.Visible() {
		f.message.Resize(fyne.NewSize(width-f.indent(), f.message.Size().Height))
		rest -= messageGap + f.message.MinSize().Height
	}
	rest = max(rest, f.obj.MinSize().Height)
	p.child(f.obj, 0, top, width, rest)
	if f.message.Visible() {
		y := top + rest + messageGap
		if f.bad {
			p.icon("warn", 0, y+look.Px((f.message.line()-15)/2), 15, p.Danger)
		}
		p.child(f.message, f.indent(), y, width-f.indent(), f.message.MinSize().Height)
	}
}
