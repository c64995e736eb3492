package main

import (
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
)

// rolesScenes show what each role sees of the pages that all share, named by the role:
// warehouse-customers.
func rolesScenes() []scene {
	pages := []struct {
		name string
		verb access.Verb
		next func(*stage)
	}{
		{"overview", access.Overview, func(s *stage) { s.press(fyne.Key1, ctrl) }},
		{"customers", access.Customers, func(s *stage) {
			s.press(fyne.Key2, ctrl)
			s.settle()
			s.press(fyne.KeyDown, 0)
		}},
		{"columns", access.Customers, func(s *stage) {
			s.press(fyne.Key2, ctrl)
			s.settle()
			s.click(s.text("part_columns"))
		}},
		{"customer", access.Show, open},
		{"reveal", access.Reveal, func(s *stage) {
			open(s)
			s.settle()
			s.click(s.text("customer_reveal"))
		}},
		{"orders", access.Orders, func(s *stage) {
			s.press(fyne.Key3, ctrl)
			s.settle()
			s.press(fyne.KeyDown, 0)
		}},
		{"imports", access.Imports, func(s *stage) { s.press(fyne.Key4, ctrl) }},
		{"segments", access.Segments, func(s *stage) { s.press(fyne.Key5, ctrl) }},
		{"export", access.Export, func(s *stage) {
			s.press(fyne.Key2, ctrl)
			s.settle()
			s.press(fyne.KeyE, ctrl)
		}},
	}
	var list []scene
	for _, r := range slices.Backward(access.Roles[2:]) {
		for _, p := range pages {
			if access.May(r, p.verb) {
				list = append(list, scene{string(r) + "-" + p.name, as(r, p.next)})
			}
		}
	}
	return list
}
