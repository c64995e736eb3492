package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/customer"
	"kebu/app/ui/customers"
	"kebu/app/ui/desk"
	"kebu/app/ui/history"
	"kebu/app/ui/imports"
	"kebu/app/ui/orders"
	"kebu/app/ui/overview"
	"kebu/app/ui/place"
	"kebu/app/ui/review"
	"kebu/app/ui/segments"
	"kebu/app/ui/settings"
	"kebu/app/ui/team"
	"kebu/app/usecase"
)

// entry is a line of the sidebar, or a page that others lead to.
type entry struct {
	id    string
	icon  string // "" keeps it out of the sidebar
	title string // key
	verb  access.Verb
	key   fyne.KeyName // opens it with Ctrl, the same for every user
	below bool         // below the line of the sidebar
	open  func(*desk.Desk, *usecase.Session) desk.Page
}

// pages are those of the window, in the sidebar's order.
var pages = []entry{
	{place.Overview, "home", "page_overview", access.Overview, fyne.Key1, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return overview.New(d, s) }},
	{place.Customers, "people", "page_customers", access.Customers, fyne.Key2, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return customers.New(d, s) }},
	{place.Customer, "", "page_customers", access.Show, "", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return customer.New(d, s) }},
	{place.Orders, "orders", "page_orders", access.Orders, fyne.Key3, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return orders.New(d, s) }},
	{place.Imports, "import", "page_imports", access.Imports, fyne.Key4, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return imports.New(d, s) }},
	{place.Segments, "segment", "page_segments", access.Segments, fyne.Key5, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return segments.New(d, s) }},
	{place.Team, "team", "page_team", access.Team, fyne.Key7, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return team.New(d, s) }},
	{place.History, "history", "page_history", access.Log, fyne.Key8, false, func(d *desk.Desk, s *usecase.Session) desk.Page { return history.New(d, s) }},
	{place.Review, "", "review_title", access.Review, "", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return review.New(d, s) }},
	{place.Settings, "gear", "page_settings", access.Settings, fyne.Key6, true, func(d *desk.Desk, s *usecase.Session) desk.Page { return settings.New(d, s) }},
}

func pageOf(id string) entry {
	for _, p := range pages {
		if p.id == id {
			return p
		}
	}
	panic("ui: no page " + id)
}

// lines returns the pages that the user may open from the sidebar.
func (w *Window) lines() []entry {
	return slices.DeleteFunc(slices.Clone(pages), func(e entry) bool { return e.icon == "" || !w.desk.May(e.verb) })
}
