package main

import (
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// scene is what one picture shows: how a person comes there with the demo shop.
type scene struct {
	name string
	play func(s *stage, book string)
}

// scenes are in the order in which one meets them.
var scenes = []scene{
	{"welcome", func(s *stage, _ string) { s.ui.Start("") }},
	{"welcome-place", func(s *stage, _ string) { s.newBook(0) }},
	{"welcome-save", func(s *stage, _ string) {
		s.newBook(0)
		s.click(s.text("welcome_choose"))
	}},
	{"welcome-pass", func(s *stage, _ string) { s.newBook(1) }},
	{"welcome-sheet", func(s *stage, _ string) { s.newBook(2) }},
	{"unlock", func(s *stage, book string) { s.ui.Start(book) }},
	{"unlock-sheet", func(s *stage, book string) {
		s.ui.Start(book)
		s.click(s.text("unlock_lost"))
		s.write("00001")
		s.press(fyne.KeyTab, 0)
	}},
	{"unlock-recovered", recovering},
	{"unlock-damaged", func(s *stage, book string) {
		s.err = os.Truncate(book, 300_000)
		s.ui.Start(book)
		s.settle()
		s.write(usecase.DemoPassphrase)
		s.press(fyne.KeyReturn, 0)
		s.see(s.text("unlock_restore"))
	}},
	{"restore", restoring(nil)},
	{"restore-file", func(s *stage, _ string) { s.ui.Restoring("", "") }},
	{"restore-pass", restoring(func(*stage) {})},
	{"restore-look", restoring(func(s *stage) { s.click(s.text("restoring_look")) })},
	{"restore-compare", restoring(compared)},
	{"restore-ask", restoring(func(s *stage) {
		compared(s)
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"restore-done", restoring(func(s *stage) {
		compared(s)
		s.press(fyne.KeyReturn, ctrl)
		s.click(s.text("restoring_yes"))
		s.see(s.text("restoring_checked"))
	})},
	{"restore-wrong", restoring(func(s *stage) {
		s.write("not the passphrase")
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"unlock-another", func(s *stage, book string) {
		s.ui.Start(book)
		s.click(s.text("unlock_change"))
	}},
	{"unlock-wrong", func(s *stage, book string) {
		s.ui.Start(book)
		s.settle()
		s.write("not the passphrase")
		s.press(fyne.KeyReturn, 0)
	}},
	{"overview", func(s *stage, book string) { s.unlock(book) }},
	{"overview-reason", func(s *stage, book string) {
		s.unlock(book)
		s.settle()
		s.reach("*parts.reason")
		s.press(fyne.KeySpace, 0)
	}},
	{"overview-months", func(s *stage, book string) {
		s.unlock(book)
		s.settle()
		s.reach("*parts.Bars")
		s.press(fyne.KeyLeft, 0)
	}},
	{"overview-empty", func(s *stage, book string) { s.unlock(s.empty(book)) }},
	{"overview-copy", lying(func(s *stage, book string, _ *usecase.Keeper) string { return s.copied(book, "copy") })},
	{"overview-backup", lying(func(_ *stage, book string, k *usecase.Keeper) string { return usecase.BackupsOf(k, book)[0].Path })},
	{"overview-place", lying(func(s *stage, book string, _ *usecase.Keeper) string {
		synced := s.copied(book, "Dropbox")
		s.err = errors.Join(s.err, os.Remove(book))
		return synced
	})},
	{"overview-found", lying(foundChanged)},
	{"customers", page(fyne.Key2)},
	{"customers-panel", then(page(fyne.Key2), func(s *stage) {
		for range 4 {
			s.press(fyne.KeyDown, 0)
		}
	})},
	{"customers-all", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyA, ctrl) })},
	{"customers-menu", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(desktop.KeyMenu, 0)
	})},
	{"customers-columns", then(page(fyne.Key2), func(s *stage) {
		s.click(s.text("part_columns"))
		s.click(s.text("customers_col_favourite"))
		s.press(fyne.KeyEscape, 0)
	})},
	{"customers-search", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyF, ctrl)
		s.write("lin")
	})},
	{"customers-none", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyF, ctrl)
		s.write("nobody is called so")
	})},
	{"customers-empty", func(s *stage, book string) {
		s.unlock(s.empty(book))
		s.press(fyne.Key2, ctrl)
	}},
	{"customers-tag", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyT, ctrl)
	})},
	{"customers-note", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyN, ctrl)
	})},
	{"customers-chips", then(narrowed, func(s *stage) { s.click(s.text("rule_city")) })},
	{"customers-segment", func(s *stage, book string) {
		s.segments(book)
		s.see(s.text("ready_asleep"))
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyReturn, 0)
	}},
	{"customers-undo", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyA, ctrl)
		s.press(fyne.KeyT, ctrl)
		s.settle()
		s.write("gifts")
		s.press(fyne.KeyReturn, 0)
	})},
	{"customers-largest", then(largest, func(s *stage) {
		s.press(fyne.Key2, ctrl)
		s.settle()
		s.press(fyne.KeyDown, 0)
	})},
	{"export", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyE, ctrl) })},
	{"export-clear", then(page(fyne.Key2), func(s *stage) {
		s.press(fyne.KeyE, ctrl)
		s.click(s.text("export_kind_hint"))
		s.click(s.text("purpose_sms"))
		s.settle()
		s.click(s.text("export_masked"))
		s.click(s.text("export_clear"))
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"export-approval", team(func(s *stage) { s.askApproval() })},
	{"export-approval-later", func(s *stage, book string) {
		s.unlock(book)
		s.askApproval()
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
		s.settle()
		s.press(fyne.KeyEscape, 0)
		s.settle()
		s.press(fyne.KeyE, ctrl)
	}},
	{"export-largest", then(largest, func(s *stage) {
		s.press(fyne.Key2, ctrl)
		s.settle()
		s.press(fyne.KeyE, ctrl)
	})},
	{"customer", customer},
	{"customer-reason", then(customer, func(s *stage) { s.click(s.text("person_interval")) })},
	{"customer-erase", then(customer, func(s *stage) {
		s.click(s.text("customer_more"))
		s.click(s.text("customer_erase"))
	})},
	{"customer-reason-net", then(customer, func(s *stage) { s.click(s.text("person_net")) })},
	{"customer-order", then(customer, func(s *stage) { s.clickBegin("customer_event_bought") })},
	{"customer-orders", then(customer, func(s *stage) { s.clickBegin("customer_tab_orders") })},
	{"customer-notes", then(customer, func(s *stage) {
		for _, note := range []string{"Two boxes for the school, budget 80 each. @07-15", "Wants the invoice with the parcel, phone 13800005678."} {
			s.press(fyne.KeyN, ctrl)
			s.write(note)
			s.press(fyne.KeyReturn, ctrl)
			s.settle()
		}
		s.clickBegin("customer_tab_notes")
		s.click(s.text("customer_note_pin"))
	})},
	{"customer-draft", then(customer, func(s *stage) {
		s.press(fyne.KeyN, ctrl)
		s.write("Call back @12-01")
	})},
	{"customer-reveal", then(customer, func(s *stage) { s.click(s.text("customer_reveal")) })},
	{"customer-clear", then(customer, func(s *stage) {
		s.click(s.text("customer_reveal"))
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"customer-more", then(customer, func(s *stage) { s.click(s.text("customer_more")) })},
	{"customer-join", then(customer, func(s *stage) {
		s.click(s.text("customer_more"))
		s.click(s.text("customer_join_item"))
		s.settle()
		s.write("lin")
	})},
	{"customer-alias", then(customer, func(s *stage) { s.press(fyne.KeyF2, 0) })},
	{"customer-next", then(customer, func(s *stage) { s.press(fyne.KeyDown, fyne.KeyModifierAlt) })},
	{"orders", page(fyne.Key3)},
	{"orders-panel", then(page(fyne.Key3), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDown, 0)
	})},
	{"orders-largest", then(largest, func(s *stage) {
		s.press(fyne.Key3, ctrl)
		s.settle()
		s.press(fyne.KeyDown, 0)
	})},
	{"orders-empty", func(s *stage, book string) {
		s.unlock(s.empty(book))
		s.press(fyne.Key3, ctrl)
	}},
	{"keys", then(page(fyne.Key2), func(s *stage) { s.press(fyne.KeyF1, 0) })},
	{"imports", page(fyne.Key4)},
	{"imports-empty", func(s *stage, book string) {
		s.unlock(s.empty(book))
		s.press(fyne.Key4, ctrl)
	}},
	{"imports-twice", func(s *stage, book string) { s.twice(book) }},
	{"imports-how", then(page(fyne.Key4), func(s *stage) { s.click(s.text("imports_how")) })},
	{"imports-undo", then(page(fyne.Key4), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDelete, 0)
	})},
	{"imports-dry", dryRun},
	{"imports-dry-changed", then(dryRun, func(s *stage) { s.press(fyne.KeyRight, 0) })},
	{"imports-dry-rejected", then(dryRun, func(s *stage) {
		for range 4 {
			s.press(fyne.KeyRight, 0)
		}
	})},
	{"imports-largest", then(dryRun, func(s *stage) {
		s.press(fyne.Key6, ctrl)
		s.click(s.text("settings_largest"))
		s.press(fyne.Key4, ctrl)
	})},
	{"imports-queue", func(s *stage, book string) {
		file := s.later(book)
		folder, names := filepath.Dir(file), []string{}
		for _, e := range s.files(folder) {
			names = append(names, filepath.Join(folder, e))
		}
		s.unlock(book)
		s.take(append([]string{file, s.ledger(book)}, names...)...)
	}},
	{"imports-same", func(s *stage, book string) {
		folder, names := s.exports(book)
		s.unlock(book)
		s.take(filepath.Join(folder, names[0]))
	}},
	{"imports-unknown", func(s *stage, book string) {
		s.unlock(book)
		s.take(s.ledger(book))
	}},
	{"imports-hand", func(s *stage, book string) {
		s.unlock(book)
		s.take(s.ledger(book))
		s.click(s.text("imports_by_hand"))
	}},
	{"imports-changes", then(page(fyne.Key4), func(s *stage) { s.click(s.text("imports_changes")) })},
	{"imports-running", running},
	{"imports-dates", func(s *stage, book string) {
		s.unlock(book)
		s.take(s.file(book, "Download.csv", ambiguous))
	}},
	{"imports-formats", func(s *stage, book string) {
		s.unlock(book)
		s.take(s.file(book, "orders.csv", common))
	}},
	{"imports-locked", func(s *stage, book string) {
		s.unlock(book)
		s.take(s.locked(book))
	}},
	{"imports-gone", func(s *stage, book string) {
		s.unlock(book)
		s.take(filepath.Join(filepath.Dir(book), "gone.csv"))
	}},
	{"imports-report", then(dryRun, func(s *stage) {
		s.press(fyne.KeyReturn, ctrl)
		s.see(s.text("imports_undo_this"))
	})},
	{"imports-new-customers", then(dryRun, func(s *stage) {
		s.press(fyne.KeyReturn, ctrl)
		s.click(s.text("imports_see_customers"))
	})},
	{"imports-undone", then(page(fyne.Key4), func(s *stage) {
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDelete, 0)
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"segments", func(s *stage, book string) { s.segments(book) }},
	{"segments-panel", func(s *stage, book string) {
		s.segments(book)
		s.see(s.text("ready_asleep"))
		s.press(fyne.KeyDown, 0)
	}},
	{"segments-rename", func(s *stage, book string) {
		s.segments(book)
		s.see(s.text("ready_asleep"))
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyF2, 0)
	}},
	{"segments-empty", func(s *stage, book string) { s.segments(s.empty(book)) }},
	{"segments-new", func(s *stage, book string) {
		s.segments(book)
		s.click(s.text("ready_asleep"))
	}},
	{"segments-mistake", func(s *stage, book string) {
		s.segments(book)
		s.click(s.text("ready_asleep"))
		s.settle()
		s.write(" and purchasees > 2")
	}},
	{"review", func(s *stage, book string) {
		s.twins(book)
		s.unlock(book)
		s.settle()
		s.ui.Open(place.Place{Page: place.Review})
		s.see(s.text("review_evidence"))
	}},
	{"review-overview", func(s *stage, book string) {
		s.twins(book)
		s.unlock(book)
	}},
	{"review-none", func(s *stage, book string) {
		s.unlock(book)
		s.settle()
		s.ui.Open(place.Place{Page: place.Review})
		s.see(s.text("review_none"))
	}},
	{"team", team(nil)},
	{"team-person", team(func(s *stage) { s.press(fyne.KeyDown, 0); s.press(fyne.KeyDown, 0) })},
	{"team-add", team(func(s *stage) { s.press(fyne.KeyReturn, ctrl) })},
	{"team-add-typed", team(func(s *stage) {
		s.press(fyne.KeyReturn, ctrl)
		s.click(s.text("team_pass_typed"))
		s.write("seven grey")
	})},
	{"team-role", teamVerb("team_role_item")},
	{"team-suspend", teamVerb("team_suspend_item")},
	{"team-reset", teamVerb("team_reset_item")},
	{"team-remove", teamVerb("team_remove_item")},
	{"team-sees", team(func(s *stage) { s.click(s.text("team_tab_rules")) })},
	{"team-narrow", team(func(s *stage) {
		s.click(s.text("team_tab_rules"))
		s.click(s.text("team_narrow"))
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyReturn, 0)
	})},
	{"team-bounds", team(func(s *stage) {
		s.click(s.text("team_tab_rules"))
		s.settle()
		s.scroll(s.text("team_field_phone"), 1000)
		s.click(s.text("team_bounds_change"))
	})},
	{"team-queue", team(func(s *stage) { s.clickTab("team_tab_queue") })},
	{"team-queue-manager", as("manager", func(s *stage) {
		s.press(fyne.Key7, ctrl)
		s.settle()
		s.clickTab("team_tab_queue")
	})},
	{"team-guides", team(func(s *stage) { s.click(s.text("team_tab_guides")) })},
	{"team-guide", team(func(s *stage) {
		s.click(s.text("team_tab_guides"))
		s.click(s.text("team_guide_begin"))
		s.settle()
		s.click(s.text("team_guide_who_hint"))
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyReturn, 0)
	})},
	{"team-sheet", func(s *stage, book string) {
		page(fyne.Key6)(s, book)
		s.click(s.text("settings_security"))
		s.click(s.text("settings_sheet_new"))
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
		s.see(s.text("welcome_sheet_copied"))
	}},
	{"team-approval", team(func(s *stage) {
		s.askApproval()
		s.settle()
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"team-unlock", func(s *stage, book string) {
		s.staff(book)
		s.ui.Start(book)
		s.settle()
	}},
	{"team-unlock-choice", func(s *stage, book string) {
		s.staff(book)
		s.ui.Start(book)
		s.settle()
		s.click(s.text("role_owner"))
	}},
	{"team-unlock-suspended", func(s *stage, book string) {
		s.staff(book)
		s.enter(book, "阿夏")
		s.see(s.text("error_disabled"))
	}},
	{"as-manager", as("manager", nil)},
	{"as-service", as("service", nil)},
	{"as-service-customers", as("service", func(s *stage) { s.press(fyne.Key2, ctrl); s.settle(); s.press(fyne.KeyDown, 0) })},
	{"as-service-customer", as("service", open)},
	{"as-service-menu", as("service", func(s *stage) {
		s.press(fyne.Key2, ctrl)
		s.settle()
		s.press(fyne.KeyDown, 0)
		s.press(desktop.KeyMenu, 0)
	})},
	{"as-service-reveal", as("service", func(s *stage) {
		open(s)
		s.settle()
		s.click(s.text("customer_reveal"))
	})},
	{"as-marketing", as("marketing", nil)},
	{"as-marketing-customers", as("marketing", func(s *stage) { s.press(fyne.Key2, ctrl); s.settle(); s.press(fyne.KeyDown, 0) })},
	{"as-marketing-segments", as("marketing", func(s *stage) { s.press(fyne.Key5, ctrl) })},
	{"as-warehouse", as("warehouse", nil)},
	{"as-warehouse-customer", as("warehouse", open)},
	{"as-warehouse-orders", as("warehouse", func(s *stage) { s.press(fyne.Key3, ctrl); s.settle(); s.press(fyne.KeyDown, 0) })},
	{"as-finance-orders", as("finance", func(s *stage) { s.press(fyne.Key3, ctrl); s.settle(); s.press(fyne.KeyDown, 0) })},
	{"as-finance-customer", as("finance", open)},
	{"as-auditor", as("auditor", nil)},
	{"as-auditor-customer", as("auditor", open)},
	{"as-auditor-customers", as("auditor", func(s *stage) { s.press(fyne.Key2, ctrl); s.settle(); s.press(fyne.KeyDown, 0) })},
	{"as-auditor-imports", as("auditor", func(s *stage) { s.press(fyne.Key4, ctrl) })},
	{"as-auditor-settings", as("auditor", func(s *stage) { s.press(fyne.Key6, ctrl) })},
	{"as-auditor-team", as("auditor", func(s *stage) { s.press(fyne.Key7, ctrl) })},
	{"settings", page(fyne.Key6)},
	{"settings-security", then(page(fyne.Key6), func(s *stage) { s.click(s.text("settings_security")) })},
	{"settings-backups", then(page(fyne.Key6), func(s *stage) { s.click(s.text("settings_backups")) })},
	{"settings-backups-fine", backups(nil)},
	{"settings-backups-failed", backups(failed)},
	{"settings-backups-cut", backups(cut)},
	{"settings-backups-never", func(s *stage, book string) {
		s.show(usecase.NewKeeper(filepath.Join(s.folder, "settings"), clock))
		s.unlock(s.empty(book))
		s.settle()
		s.ui.Open(place.Place{Page: place.Settings, Section: place.Backups})
	}},
	{"settings-backups-folder", then(backups(nil), func(s *stage) { s.click(s.text("settings_backup_change")) })},
	{"settings-passphrase", then(page(fyne.Key6), func(s *stage) {
		s.click(s.text("settings_security"))
		s.click(s.text("settings_pass_change"))
	})},
	{"settings-imports", then(page(fyne.Key6), func(s *stage) {
		s.reach("*parts.SideList")
		s.press(fyne.KeyDown, 0)
		s.press(fyne.KeyDown, 0)
	})},
	{"settings-exports", then(page(fyne.Key6), func(s *stage) { s.click(s.text("settings_exports")) })},
	{"settings-about", then(page(fyne.Key6), func(s *stage) { s.click(s.text("settings_about")) })},
	{"settings-largest", largest},
	{"sealed", then(page(fyne.Key6), func(s *stage) {
		s.click(s.text("shell_sealed"))
		s.settle()
		s.click(s.text("shell_check"))
		s.see(s.text("shell_sealed"))
		s.settle()
		s.click(s.text("shell_sealed"))
	})},
	{"work", then(page(fyne.Key2), func(s *stage) {
		s.ui.Work(s.text("shell_checking"), func() {}).Set("", 0.6)
	})},
	{"work-several", then(page(fyne.Key2), func(s *stage) {
		for _, key := range []string{"shell_checking", "shell_undoing"} {
			s.ui.Work(s.text(key), func() {}).Set("", 0.6)
		}
		s.click(s.words.Text("shell_works", map[string]any{"Count": 2}))
	})},
}

const ctrl = fyne.KeyModifierShortcutDefault

// then goes on after a scene has settled.
func then(play func(*stage, string), next func(*stage)) func(*stage, string) {
	return func(s *stage, book string) {
		play(s, book)
		s.settle()
		next(s)
	}
}

// page opens a page by its number in the sidebar.
func page(number fyne.KeyName) func(*stage, string) {
	return func(s *stage, book string) {
		s.unlock(book)
		s.press(number, fyne.KeyModifierShortcutDefault)
	}
}

// narrowed shows the customers of one city, by the menu of the first.
func narrowed(s *stage, book string) {
	page(fyne.Key2)(s, book)
	s.settle()
	s.press(fyne.KeyDown, 0)
	s.press(desktop.KeyMenu, 0)
	for range 6 {
		s.press(fyne.KeyDown, 0)
	}
	s.press(fyne.KeyReturn, 0)
	s.settle()
}

// largest shows the settings in the largest text.
func largest(s *stage, book string) {
	page(fyne.Key6)(s, book)
	s.click(s.text("settings_largest"))
}

// newBook goes through so many steps of the first run. Nothing is made.
func (s *stage) newBook(steps int) {
	s.ui.Start("")
	s.click(s.text("welcome_new"))
	s.write(s.text("welcome_name_example"))
	if steps > 0 {
		s.press(fyne.KeyReturn, 0)
		s.write("nine quiet lanterns by a lake")
		s.press(fyne.KeyReturn, 0)
		s.write("nine quiet lanterns by a lake")
	}
	if steps > 1 {
		s.press(fyne.KeyReturn, 0)
	}
}
