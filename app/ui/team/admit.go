package team

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// secret is a new passphrase for somebody else: one that is made and shown this once, or
// one that is typed.
type secret struct {
	page    *Page
	body    *parts.Stack
	changed func()
	made    string
	typing  bool

	phrase *parts.Entry
	noted  *parts.Check
	offer  fyne.CanvasObject
	typed  *door.Passphrase
}

func newSecret(p *Page, changed func()) *secret {
	d := p.desk
	s := &secret{page: p, changed: changed, phrase: parts.NewEntry("").SetHeight(door.FieldHeight)}
	s.phrase.OnChanged = func(text string) { // it is read, not written
		if text != s.made {
			s.phrase.SetText(s.made)
		}
	}
	s.noted = parts.NewCheck(d.Text("team_pass_noted"), func(bool) { changed() })
	copied := parts.Second(d.Text("team_pass_copy"), "", func() {
		d.CopyClear(s.made)
		d.Layer.Done(d.Text("team_pass_copied"), "", nil)
	})
	another := parts.Link(d.Text("team_pass_another"), "", s.make)
	s.offer = parts.NewStack(
		container.NewBorder(nil, nil, nil, container.NewHBox(copied, another), s.phrase),
		parts.NewPara(d.Text("team_pass_once"), 0).SetTone(look.Muted).SetSize(look.SizeSmall),
		s.noted)
	s.typed = door.NewPassphrase(d, func() { s.refresh() }, func() {})
	s.typed.Body.Hide()
	way := parts.NewRadio([]string{d.Text("team_pass_made"), d.Text("team_pass_typed")}, func(i int) {
		s.typing = i == 1
		if s.typing {
			s.offer.Hide()
			s.typed.Body.Show()
		} else {
			s.offer.Show()
			s.typed.Body.Hide()
		}
		s.refresh()
		if s.typing {
			s.typed.Focus()
		}
	})
	way.Horizontal = true
	s.body = parts.NewStack(parts.NewField(d.Text("team_pass"), way), s.offer, s.typed.Body)
	s.make()
	return s
}

// make thinks of a passphrase.
func (s *secret) make() {
	s.made = usecase.Suggest().Text
	s.phrase.SetText(s.made)
	s.noted.SetChecked(false)
	s.refresh()
}

func (s *secret) refresh() {
	if s.body != nil {
		s.body.Refresh()
		s.changed()
	}
}

// ready reports whether there is a passphrase that somebody knows.
func (s *secret) ready() bool {
	if s.typing {
		return s.typed.Ready()
	}
	return s.noted.Checked()
}

// bytes returns the passphrase; the caller wipes it.
func (s *secret) bytes() []byte {
	if s.typing {
		return s.typed.Bytes()
	}
	return []byte(s.made)
}

// clear forgets it.
func (s *secret) clear() {
	s.made = ""
	s.phrase.SetText("")
	s.typed.Clear()
}

// add asks for a new person.
func (p *Page) add() {
	if !p.desk.May(access.AddUser) || parts.DialogOpen(p.desk.Window.Canvas()) {
		return
	}
	d := p.desk
	roles := staff()
	titles := make([]string, len(roles))
	for i, r := range roles {
		titles[i] = d.Text("role_" + string(r))
	}
	name := parts.NewEntry(d.Text("team_name_hint"))
	nameField := parts.NewField(d.Text("team_name"), name)
	days := parts.NewEntry("")
	days.SetText(daysText(access.AuditorDays))
	daysField := parts.NewField(d.Text("team_days"), days)
	daysField.SetHint(d.Text("team_days_hint"))
	daysField.Hide()
	does := parts.NewPara("", 0).SetTone(look.Muted)
	chosen := 0
	var sheet *parts.Dialog
	var pass *secret
	var body *parts.Stack
	var run func()
	ready := func() {
		if sheet == nil {
			return
		}
		body.Refresh()
		sheet.SetPrimary(parts.DialogAction{Text: d.Text("team_add_do"), Disabled: !pass.ready() || strings.TrimSpace(name.Text) == "", Do: func() bool { run(); return false }})
		sheet.Refresh()
	}
	role := parts.NewSelect(titles, func(i int) {
		chosen = i
		does.SetText(d.Text("team_does_" + string(roles[i])))
		if roles[i] == access.Auditor {
			daysField.Show()
		} else {
			daysField.Hide()
		}
		ready()
	})
	role.Set(0)
	does.SetText(d.Text("team_does_" + string(roles[0])))
	name.OnChanged = func(string) {
		nameField.SetError("")
		ready()
	}
	days.OnChanged = func(string) { daysField.SetError("") }
	pass = newSecret(p, ready)
	body = parts.NewStack(nameField, parts.NewField(d.Text("team_role"), role), does, daysField, parts.NewRule(), pass.body)
	run = func() {
		m := usecase.NewMember{Name: strings.TrimSpace(name.Text), Role: roles[chosen], Passphrase: pass.bytes()}
		if m.Role == access.Auditor {
			n, ok := number(days.Text, 1, access.AuditorDays)
			if !ok {
				daysField.SetError(d.Text("team_days_wrong"))
				body.Refresh()
				sheet.Refresh()
				return
			}
			m.Days = n
		}
		sheet.SetBusy(d.Text("team_adding"), nil)
		said := d.Text("team_added", map[string]any{"User": m.Name, "Role": titles[chosen]})
		d.Tasks.Go(func(ctx context.Context) error {
			defer clear(m.Passphrase)
			m.Cost = usecase.Calibrate(d.Clock)
			return p.book.AddUser(ctx, m)
		}, func(err error) {
			sheet.SetBusy("", nil)
			switch {
			case errors.Is(err, usecase.ErrName):
				nameField.SetError(d.Words.Error(err))
				body.Refresh()
				sheet.Refresh()
				name.Focus()
			case d.Failed(err):
			default:
				sheet.Hide()
				d.Layer.Done(said, "", nil)
				d.Changed()
			}
		})
	}
	sheet = p.dialog(d.Text("team_add_title"), body, formWidth)
	sheet.OnClosed = func(bool) { pass.clear() }
	sheet.SetFirst(name)
	ready()
	sheet.Show()
}

// reset asks for a new passphrase of a person, and why.
func (p *Page) reset(m person) { p.resetThen(m, nil) }

// resetThen goes on once it is set. A guide asks for no reason: it is about one that
// somebody else may know.
func (p *Page) resetThen(m person, then func()) {
	d := p.desk
	leaked := then != nil
	text := parts.NewPara("", 0).SetTone(look.Muted)
	say := func() {
		key := "team_reset_forgot_text"
		if leaked {
			key = "team_reset_leaked_text"
		}
		text.SetText(d.Text(key))
	}
	say()
	var sheet *parts.Dialog
	var pass *secret
	var body *parts.Stack
	var run func()
	ready := func() {
		if sheet == nil {
			return
		}
		body.Refresh()
		sheet.SetPrimary(parts.DialogAction{Text: d.Text("team_reset_do"), Disabled: !pass.ready(), Do: func() bool { run(); return false }})
		sheet.Refresh()
	}
	pass = newSecret(p, ready)
	why := parts.NewRadio([]string{d.Text("team_reset_forgot"), d.Text("team_reset_leaked")}, func(i int) {
		leaked = i == 1
		say()
		ready()
	})
	why.Horizontal = true
	reason := parts.NewField(d.Text("team_reset_why"), why)
	if leaked {
		reason.Hide()
	}
	body = parts.NewStack(reason, text, parts.NewPara(d.Text("team_older_copies"), 0).SetTone(look.Muted), parts.NewRule(), pass.body)
	run = func() {
		fresh, known := pass.bytes(), leaked
		sheet.SetBusy(d.Text("team_resetting"), nil)
		p.do(p.named("team_reset_done", m.Name), func(ctx context.Context) error {
			defer clear(fresh)
			return p.book.ResetUser(ctx, m.Name, fresh, usecase.Calibrate(d.Clock), known)
		}, func(err error) {
			sheet.SetBusy("", nil)
			if err == nil {
				sheet.Hide()
				if then != nil {
					then()
				}
			}
		})
	}
	sheet = p.dialog(p.named("team_reset_title", m.Name), body, formWidth)
	sheet.OnClosed = func(bool) { pass.clear() }
	if then == nil {
		sheet.SetFirst(why)
	}
	ready()
	sheet.Show()
}
