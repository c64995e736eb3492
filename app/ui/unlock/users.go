package unlock

import (
	"context"

	"kebu/app/ui/door"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// users is who opens the book: a choice where its header names several, which on this
// computer begins with who did so last.
type users struct {
	page   *Page
	field  *parts.Field
	choice *parts.Select
	list   []usecase.Person
	known  bool // the header was read
}

func newUsers(p *Page) *users {
	u := &users{page: p}
	u.choice = parts.NewSelect(nil, func(int) {
		p.fail("")
		p.pass.SetText("")
		p.pass.Focus()
	}).SetHeight(door.FieldHeight)
	u.field = parts.NewField(p.desk.Text("unlock_who"), u.choice)
	u.field.Hide()
	return u
}

// read reads whom the header of the book names. What is wrong with the file is told
// when it is opened.
func (u *users) read() {
	u.list, u.known = nil, false
	u.field.Hide()
	p, book := u.page, u.page.o.Book
	var list []usecase.Person
	p.desk.Tasks.Go(func(context.Context) (err error) {
		list, err = usecase.Users(book)
		return err
	}, func(err error) {
		if err == nil && book == p.o.Book && !p.busy {
			u.show(list)
		}
	})
}

// show offers the users, where there are several.
func (u *users) show(list []usecase.Person) {
	p := u.page
	u.list, u.known = list, true
	if len(list) < 2 {
		return
	}
	last, at := door.RecallUser(p.desk.Prefs, p.o.Book), 0
	texts := make([]string, len(list))
	for i, m := range list {
		texts[i] = p.desk.Words.User(m.Name, m.Role)
		if m.Name == last {
			at = i
		}
	}
	u.choice.SetOptions(texts, at)
	u.field.Show()
	door.Reflow(p.body)
}

// chosen returns the name of who opens the book, "" for the owner.
func (u *users) chosen() string {
	if !u.known {
		return door.RecallUser(u.page.desk.Prefs, u.page.o.Book)
	}
	i := u.choice.Selected()
	if i < 0 || i >= len(u.list) || u.list[i].Owner {
		return ""
	}
	return u.list[i].Name
}

// owner chooses the owner, whom a recovery sheet lets in.
func (u *users) owner() {
	if len(u.list) > 1 {
		u.choice.Set(0)
	}
}
