package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// TestEveryRoleFindsWhatTheTableAllows opens the demo shop as each role, and every page
// from the sidebar and a customer: there are those of the table's verbs, and neither the
// screen nor what is copied from it tells a phone or a street.
func TestEveryRoleFindsWhatTheTableAllows(t *testing.T) {
	o := shut(t)
	s, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range access.Roles[1:] {
		err = errors.Join(err, s.AddUser(t.Context(), usecase.NewMember{Name: string(r), Role: r, Passphrase: []byte(usecase.DemoPassphrase)}))
	}
	var list []string
	_, listed := s.Customers(t.Context(), usecase.Selection{Limit: 20}, func(c usecase.Customer) error { list = append(list, c.ID); return nil })
	if err := errors.Join(err, listed); err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, id := range list {
		p, err := s.Reveal(t.Context(), id, "test")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []string{p.Clear.Phone.Reveal(), p.Clear.Address.Reveal(), p.Clear.Email.Reveal()} {
			if v != "" {
				secrets = append(secrets, v)
			}
		}
	}
	if err := s.Close(); err != nil || len(secrets) < 10 {
		t.Fatalf("%d values, %v", len(secrets), err)
	}
	book := o.book
	for _, r := range access.Roles {
		o := shut(t)
		name := string(r)
		if r == access.Owner {
			name = ""
		}
		session, err := usecase.Open(t.Context(), book, name, []byte(usecase.DemoPassphrase), o.clock)
		if err != nil {
			t.Fatal(err)
		}
		o.opened(session, book, place.Place{})
		o.Until("the book is open", func() bool { return o.shell != nil })
		var ids []string
		for _, e := range o.lines() {
			ids = append(ids, e.id)
		}
		for _, e := range pages {
			if got, want := slices.Contains(ids, e.id), e.icon != "" && access.May(r, e.verb); got != want {
				t.Errorf("%s: %s is in the sidebar: %t", r, e.id, got)
			}
		}
		places := []place.Place{{Page: place.Customer, Customer: list[0]}}
		for _, id := range ids {
			places = append(places, place.Place{Page: id})
		}
		for _, p := range places {
			if !o.desk.May(pageOf(p.Page).verb) {
				continue
			}
			o.Open(p)
			switch p.Page {
			case place.Settings, place.Imports: // nothing of customers
			case place.Customer:
				o.See(o.Text("customer_tab_timeline"))
			default:
				o.Until(p.Page+" is read", func() bool { return o.shell.header.shown.Fact != "" })
			}
			fyne.CurrentApp().Clipboard().SetContent("")
			o.Ctrl(fyne.KeyA)
			o.Ctrl(fyne.KeyC)
			copied := func() bool { return fyne.CurrentApp().Clipboard().Content() != "" }
			if p.Page == place.Customers || p.Page == place.Orders {
				o.Until(p.Page+" are copied", copied)
			}
			told := fyne.CurrentApp().Clipboard().Content()
			for _, text := range o.Screen().Texts {
				told += "\n" + text.Text
			}
			for _, v := range secrets {
				if strings.Contains(told, v) {
					t.Errorf("%s: %s tells %q", r, p.Page, v)
				}
			}
		}
		o.End()
	}
}
