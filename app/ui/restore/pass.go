package restore

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kebu/app/crm/backup"
	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// passStep is the passphrase of the backup's time, and where the book goes.
type passStep struct {
	page *Page
	body *fyne.Container

	pass   *parts.Entry // the owner's
	field  *parts.Field
	now    *parts.Entry // the passphrase of the book now, where that is another
	nowBox *parts.Field

	where     *parts.Radio
	whereBox  *parts.Field
	path      *parts.Entry
	pathField *parts.Field
	browse    *parts.Button
	doubt     *parts.Banner
}

// The places.
const (
	overBook = iota
	newFile
)

func newPassStep(p *Page) *passStep {
	s := &passStep{page: p}
	d := p.desk
	s.pass, s.field = s.secret("restoring_pass")
	s.now, s.nowBox = s.secret("restoring_pass_now")
	s.nowBox.SetHint(d.Text("restoring_pass_now_hint"))
	s.nowBox.Hide()
	s.where = parts.NewRadio([]string{d.Text("restoring_over"), d.Text("restoring_look")}, func(int) { s.placed() })
	s.where.Set(overBook)
	s.whereBox = parts.NewField(d.Text("restoring_where"), s.where)
	s.path = parts.NewEntry("").SetHeight(door.FieldHeight)
	s.path.OnChanged = func(string) { s.judge(false) }
	s.path.OnLeave = func() { s.judge(true) }
	s.path.OnSubmitted = func(string) { p.steps.Next() }
	s.pathField = parts.NewField(d.Text("welcome_file"), s.path)
	s.browse = parts.Second(d.Text("welcome_choose"), "", s.choosePath)
	s.doubt = parts.NewBanner(look.Late, "")
	s.doubt.Hide()
	s.body = door.Stack(
		door.Row{Object: s.field},
		door.Row{Gap: 14, Object: s.nowBox},
		door.Row{Gap: 18, Object: s.whereBox},
		door.Row{Gap: 14, Object: s.pathField},
		door.Row{Gap: 10, Object: s.browse, Narrow: true},
		door.Row{Gap: 12, Object: s.doubt},
	)
	if p.o.Book == "" {
		s.where.Set(newFile)
		s.whereBox.Hide()
	}
	s.placed()
	return s
}

// secret returns a field for a passphrase.
func (s *passStep) secret(label string) (*parts.Entry, *parts.Field) {
	e := parts.NewPassword("", s.page.desk.Words).SetHeight(door.FieldHeight)
	field := parts.NewField(s.page.desk.Text(label), e)
	watch := door.Watch(s.page.desk.Words, field)
	e.OnChanged = func(text string) {
		watch(text)
		if field.Failed() {
			field.SetError("")
		}
		s.page.steps.Update()
	}
	e.OnSubmitted = func(string) { s.page.steps.Next() }
	return e, field
}

// of proposes a place for a backup.
func (s *passStep) of(path string) {
	d := s.page.desk
	at := d.Clock()
	if name, ok := backup.Parse(filepath.Base(path)); ok {
		at = name.At.Local()
	}
	s.path.SetText(lookPath(s.page.o.Book, filepath.Join(door.Documents(), d.Text("welcome_folder")), at))
	s.placed()
}

func (s *passStep) enter() { s.pass.Focus() }

func (s *passStep) filled() bool { return s.pass.Text != "" }

// bytes returns the passphrase; the caller wipes it.
func (s *passStep) bytes() []byte { return []byte(s.pass.Text) }

// place returns where the book goes.
func (s *passStep) place() string {
	if s.where.Selected() == overBook {
		return s.page.o.Book
	}
	return door.WholePath(s.path.Text)
}

// request is what was chosen here.
func (s *passStep) request() usecase.RestoreRequest {
	r := usecase.RestoreRequest{Passphrase: s.bytes(), Clock: s.page.desk.Clock}
	if s.where.Selected() == overBook {
		r.Over = s.page.o.Book
	} else {
		r.To = s.place()
	}
	if s.now.Text != "" {
		r.OverPassphrase = []byte(s.now.Text)
	}
	return r
}

// compared asks for the passphrase of the book now, if it is another.
func (s *passStep) compared(d *usecase.Restoring) {
	if errors.Is(d.Unread, usecase.ErrPassphrase) {
		s.nowBox.Show()
		s.body.Refresh()
	}
}

// placed shows the field for a new file only where it is wanted.
func (s *passStep) placed() {
	for _, o := range []fyne.CanvasObject{s.pathField, s.browse} {
		if s.where.Selected() == newFile {
			o.Show()
		} else {
			o.Hide()
		}
	}
	s.judge(false)
}

func (s *passStep) choosePath() {
	name := filepath.Base(s.place())
	files.Save(s.page.desk, name[:len(name)-len(filepath.Ext(name))], door.Extension, func(path string) {
		s.path.SetText(path)
		s.judge(true)
	})
}

// judge warns of a place; what is wrong with it is said once it is left.
func (s *passStep) judge(left bool) bool {
	problem, doubt := "", ""
	if s.where.Selected() == newFile {
		path := door.WholePath(s.path.Text)
		if key := door.PlaceProblem(path); left && key != "" {
			problem = s.page.desk.Text(key)
		}
		if key := door.DoubtKey(path); key != "" {
			doubt = s.page.desk.Text(key)
		}
	}
	s.pathField.SetError(problem)
	s.doubt.SetText(doubt)
	if doubt == "" {
		s.doubt.Hide()
	} else {
		s.doubt.Show()
	}
	s.body.Refresh()
	return problem == ""
}

func (s *passStep) check() bool {
	if !s.judge(true) {
		s.path.Focus()
		return false
	}
	return true
}

// fail says what is wrong with the passphrase, or with what was tried; "" takes it back.
func (s *passStep) fail(text string) {
	s.field.SetError(text)
	if text != "" {
		s.pass.Focus()
		s.pass.SelectAll()
	}
	s.body.Refresh()
}

func (s *passStep) clear() {
	s.pass.SetText("")
	s.now.SetText("")
}
