package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// crew are the people of the demo shop's staff, invented like all of it. They have the
// passphrase of the shop.
var crew = []usecase.NewMember{
	{Name: "陈默", Role: access.Manager},
	{Name: "小满", Role: access.Service},
	{Name: "阿夏", Role: access.Service},
	{Name: "Mina", Role: access.Marketing},
	{Name: "阿岩", Role: access.Warehouse},
	{Name: "文静", Role: access.Finance},
	{Name: "Ola Brink", Role: access.Auditor, Days: 14},
}

// staff lets the crew into a book, one of them suspended, and has a list in clear ask for
// approval.
func (s *stage) staff(book string) {
	if s.err != nil {
		return
	}
	ctx := context.Background()
	session, err := usecase.Open(ctx, book, "", []byte(usecase.DemoPassphrase), clock)
	if err != nil {
		s.err = err
		return
	}
	for _, m := range crew {
		m.Passphrase = []byte(usecase.DemoPassphrase)
		err = errors.Join(err, session.AddUser(ctx, m))
	}
	err = errors.Join(err, session.DisableUser(ctx, "阿夏"), session.Reseal(ctx, nil))
	_, asked := session.Export(ctx, usecase.ExportRequest{
		To: filepath.Join(filepath.Dir(book), "list.xlsx"), PurposeKind: usecase.PurposeShip, Purpose: "New year parcels, to be addressed by hand",
		Columns: []string{"name", "phone", "address"}, Reveal: true, Selection: usecase.Selection{Where: "purchases >= 1"}, Title: s.words.Column,
	})
	if _, waits := errors.AsType[*usecase.ApprovalError](asked); !waits {
		err = errors.Join(err, asked)
	}
	s.err = errors.Join(err, session.Close())
}

// enter opens a book as one of the crew.
func (s *stage) enter(book, name string) {
	fyne.CurrentApp().Preferences().SetString("door.user:"+book, name)
	s.ui.Start(book)
	s.settle()
	s.write(usecase.DemoPassphrase)
	s.press(fyne.KeyReturn, 0)
}

// team shows the team of the owner and goes on.
func team(next func(*stage)) func(*stage, string) {
	return func(s *stage, book string) {
		s.staff(book)
		s.unlock(book)
		s.press(fyne.Key7, ctrl)
		s.see("陈默")
		s.settle()
		if next != nil {
			s.reach("*parts.DataTable[kebu/app/ui/team.person]")
			next(s)
		}
	}
}

// teamVerb asks for a change of the second of the crew.
func teamVerb(key string) func(*stage, string) {
	return team(func(s *stage) {
		s.click("小满")
		s.settle()
		s.click(s.text(key))
	})
}

// as shows what somebody of a role sees.
func as(role access.Role, next func(*stage)) func(*stage, string) {
	return func(s *stage, book string) {
		s.staff(book)
		for _, m := range crew {
			if m.Role == role {
				s.enter(book, m.Name)
				s.see(s.text("shell_sealed"))
				s.settle()
				if next != nil {
					next(s)
				}
				return
			}
		}
	}
}

// open opens one customer of the list.
func open(s *stage) {
	s.press(fyne.Key2, ctrl)
	s.see(s.text("customers_col_account"))
	s.settle()
	for range 4 {
		s.press(fyne.KeyDown, 0)
	}
	s.press(fyne.KeyReturn, 0)
	s.see(s.text("customer_profile"))
}

// clickTab clicks a tab whose title may end in a count.
func (s *stage) clickTab(key string) {
	begin := s.text(key)
	seen := s.until("find "+begin, func(seen screen.Screen) bool { return tabOf(seen, begin) != "" })
	if s.err == nil {
		s.click(tabOf(seen, begin))
	}
}

func tabOf(seen screen.Screen, begin string) string {
	for _, t := range seen.Texts {
		if strings.HasPrefix(t.Text, begin) {
			return t.Text
		}
	}
	return ""
}

// askApproval chooses a list in clear that is too long to be exported at once.
func (s *stage) askApproval() {
	s.settle()
	s.press(fyne.Key2, ctrl)
	s.settle()
	s.press(fyne.KeyE, ctrl)
	s.click(s.text("export_kind_hint"))
	s.click(s.text("purpose_analyse"))
	s.settle()
	s.press(fyne.KeyTab, 0)
	s.write("call back those who ordered twice")
	s.click(s.text("export_masked"))
	s.click(s.text("export_clear"))
}
