package door

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// FieldHeight is that of the fields of a form.
const FieldHeight = 34

// Watch returns what is to be told of each change of a field, and shows beside
// its label what the keyboard does.
func Watch(words Words, field *parts.Field) (typed func(text string)) {
	before, shown := "", NoHint
	return func(text string) {
		hint := HintOf(before, text, shiftHeld(), shown)
		before = text
		if hint == shown {
			return
		}
		shown = hint
		if hint == NoHint {
			field.SetNote("", "", look.Plain)
			return
		}
		field.SetNote(words.Text(string(hint)), "info", look.Late)
	}
}

// shiftHeld is true where the driver cannot tell, so that nothing is claimed.
func shiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return !ok || d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// Passphrase is a new passphrase, typed twice, with its meter.
type Passphrase struct {
	Body *fyne.Container

	desk      *desk.Desk
	changed   func()
	pass      *parts.Entry
	again     *parts.Entry
	passField *parts.Field
	backField *parts.Field
	meter     *parts.Meter
	note      *parts.Para
	suggested usecase.Suggestion
	verdict   Verdict
}

// NewPassphrase returns empty fields; changed is called when Ready may have
// changed, submitted for Enter in the last field.
func NewPassphrase(d *desk.Desk, changed, submitted func()) *Passphrase {
	p := &Passphrase{
		desk: d, changed: changed, meter: parts.NewMeter(), note: parts.NewPara("", 0).SetTone(look.Muted).SetSize(look.SizeSmall),
		pass:  parts.NewPassword("", d.Words).SetHeight(FieldHeight),
		again: parts.NewPassword("", d.Words).SetHeight(FieldHeight),
	}
	p.passField = parts.NewField(d.Text("door_pass"), p.pass)
	p.backField = parts.NewField(d.Text("door_again"), p.again)
	p.note.Hide()
	watch := Watch(d.Words, p.passField)
	p.pass.OnChanged = func(text string) {
		watch(text)
		p.judge()
	}
	p.pass.OnSubmitted = func(string) { p.again.Focus() }
	p.again.OnChanged = func(string) { p.judge() }
	p.again.OnLeave = func() {
		if p.again.Text != "" && p.again.Text != p.pass.Text {
			p.backField.SetError(d.Text("door_differ"))
			p.Body.Refresh()
			changed()
		}
	}
	p.again.OnSubmitted = func(string) {
		if p.Ready() {
			submitted()
		}
	}
	suggest := parts.Link(d.Text("door_suggest"), "", p.suggest)
	p.Body = Stack(
		Row{Object: p.passField},
		Row{Gap: 8, Object: p.meter},
		Row{Object: suggest, Link: true},
		Row{Object: p.note},
		Row{Gap: 8, Object: p.backField},
	)
	return p
}

// Call gives the first field another label.
func (p *Passphrase) Call(label string) { p.passField.SetLabel(label) }

// Ready reports whether the passphrase is strong enough and was typed alike twice.
func (p *Passphrase) Ready() bool { return p.verdict.Enough && p.pass.Text == p.again.Text }

// Bytes returns the passphrase; the caller wipes it.
func (p *Passphrase) Bytes() []byte { return []byte(p.pass.Text) }

// Focus gives the first field the focus.
func (p *Passphrase) Focus() { p.pass.Focus() }

// Clear empties the fields.
func (p *Passphrase) Clear() {
	p.suggested = usecase.Suggestion{}
	p.pass.SetText("")
	p.again.SetText("")
}

func (p *Passphrase) judge() {
	p.verdict = Judge(p.desk.Words, p.pass.Text, p.suggested)
	p.meter.Set(p.verdict.Score, p.verdict.Word, p.verdict.Detail)
	p.backField.SetError("")
	if p.again.Text != "" && p.again.Text == p.pass.Text {
		p.backField.SetNote(p.desk.Text("door_alike"), "check", look.Good)
	} else {
		p.backField.SetNote("", "", look.Plain)
	}
	if p.suggested.Text != "" && p.pass.Text == p.suggested.Text {
		p.note.Show()
	} else {
		p.note.Hide()
	}
	p.Body.Refresh()
	p.changed()
}

// suggest fills the first field, to be read; the second is typed, to learn it.
func (p *Passphrase) suggest() {
	p.suggested = usecase.Suggest()
	text := p.desk.Text("door_suggested", map[string]any{"Count": usecase.SuggestedWords, "List": p.suggested.List})
	if p.desk.Words.Language() == "zh-Hans" {
		text = strings.Join(p.suggested.Chinese, " ") + p.desk.Text("door_sentences") + text
	}
	p.note.SetText(text)
	p.pass.Password, p.again.Password = false, false
	p.pass.SetText(p.suggested.Text)
	p.pass.CursorColumn = len(p.suggested.Text)
	p.again.SetText("")
	p.pass.Refresh()
	p.again.Refresh()
	p.again.Focus()
}
