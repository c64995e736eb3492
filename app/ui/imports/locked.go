package imports

import (
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// locked asks for the password of a workbook.
type locked struct {
	card  *parts.Card
	field *parts.Field
	entry *parts.Entry
	open  func()
}

const passwordWidth = 420

func newLocked(p *Page, j *job) *locked {
	d := p.desk
	l := &locked{entry: parts.NewPassword("", d.Words)}
	l.field = parts.NewField(d.Text("imports_password"), l.entry)
	l.field.SetHint(d.Text("imports_password_hint"))
	if j.password != "" {
		l.field.SetError(d.Words.Error(j.err))
	}
	l.open = func() {
		if l.entry.Text == "" {
			l.entry.SetProblem(true)
			l.entry.Focus()
			return
		}
		j.password = l.entry.Text
		p.rerun(j)
	}
	l.entry.OnSubmitted = func(string) { l.open() }
	title := d.Text("imports_locked", map[string]any{"File": j.name()})
	l.card = parts.NewCard("", nil, parts.NewStack(
		parts.NewTitle(title, look.SizeTitle), container.New(atMost(passwordWidth), l.field), container.NewHBox(parts.Primary(d.Text("imports_password_open"), "lock", l.open)),
	))
	return l
}
