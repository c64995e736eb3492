package ui

import (
	"kebu/app/ui/customer"
	"kebu/app/ui/customers"
	"kebu/app/ui/desk"
	"kebu/app/ui/imports"
	"kebu/app/ui/orders"
	"kebu/app/ui/overview"
	"kebu/app/ui/place"
	"kebu/app/ui/review"
	"kebu/app/ui/segments"
	"kebu/app/ui/settings"
	"kebu/app/usecase"
)

// entry is a line of the sidebar, or a page that others lead to.
type entry struct {
	id    string
	icon  string // "" keeps it out of the sidebar
	title string // key
	below bool   // below the line of the sidebar
	open  func(*desk.Desk, *usecase.Session) desk.Page
}

// pages are those of the window, in the sidebar's order.
var pages = []entry{
	{place.Overview, "home", "page_overview", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return overview.New(d, s) }},
	{place.Customers, "people", "page_customers", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return customers.New(d, s) }},
	{place.Customer, "", "page_customers", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return customer.New(d, s) }},
	{place.Orders, "orders", "page_orders", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return orders.New(d, s) }},
	{place.Imports, "import", "page_imports", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return imports.New(d, s) }},
	{place.Segments, "segment", "page_segments", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return segments.New(d, s) }},
	{place.Review, "", "review_title", false, func(d *desk.Desk, s *usecase.Session) desk.Page { return review.New(d, s) }},
	{place.Settings, "gear", "page_settings", true, func(d *desk.Desk, s *usecase.Session) desk.Page { return settings.New(d, s) }},
}

func pageOf(id string) entry {
	for _, p := range pages {
		if p.id == id {
			return p
		}
	}
	panic("ui: no page " + id)
}
