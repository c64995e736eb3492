//go:build walk

package walk

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kebu/cmd/kebu/walk/screen"
)

// bookByKeys goes through the five steps to a book without a mouse, and copies the code
// by hand.
func bookByKeys(w *walker) {
	w.see(w.text("welcome_title"))
	w.tabTo(w.text("welcome_new"))
	w.shot("keys welcome")
	w.key("Return")
	w.see(w.text("welcome_place_title"))
	w.typeText("Mist and Leaf")
	w.key("ctrl+Return")

	w.see(w.text("welcome_pass_title"))
	w.typeText(passphrase)
	w.key("Return")
	w.typeText(passphrase)
	w.see(w.text("door_alike"))
	w.key("Return")

	w.see(w.text("sheet_title"))
	w.code = codeGroups(w)
	w.tabTo(w.text("welcome_sheet_copied"))
	w.shot("keys sheet")
	w.key("space", "ctrl+Return")

	w.see(w.text("welcome_test_title"))
	asked := askedGroups(w)
	w.typeText(w.code[asked[0]])
	w.key("Return")
	w.typeText(w.code[asked[1]])
	w.key("Return")
	w.see(w.text("welcome_done_sheet"))
	w.tabTo(w.text("welcome_done_later"))
	w.key("space")
	w.see("Mist and Leaf", w.text("page_overview"))
}

// demoByKeys opens the demo shop from the cards.
func demoByKeys(w *walker) {
	w.see(w.text("welcome_title"))
	w.tabTo(w.text("welcome_demo"))
	w.key("Return")
	w.see("雾里茶铺", w.text("shell_demo"))
}

// regionsByKeys goes round the window by F6.
func regionsByKeys(w *walker) {
	w.key("ctrl+2")
	w.everybody()
	w.at("*parts.DataTable")
	kinds := map[string]bool{}
	for range 5 {
		kinds[w.press("F6").Focus.Kind] = true
	}
	if len(kinds) < 3 {
		w.t.Errorf("F6 leads only to %v", kinds)
	}
	w.key("F1")
	w.see(w.text("shell_keys"), w.text("keys_lock"))
	w.shot("keys help")
	w.key("Escape")
	w.alone()
	w.key("ctrl+b") // fold the sidebar
	w.gone(w.text("shell_fold"))
	w.key("ctrl+b")
	w.see(w.text("shell_fold"))
}

// customersByKeys finds people, tags some, takes that back, names one, writes a note.
func customersByKeys(w *walker) {
	w.key("ctrl+2")
	w.at("*parts.DataTable")
	w.key("Down", "shift+Down", "shift+Down")
	w.see(w.text("customers_selected", map[string]any{"Count": 3}))
	w.key("ctrl+t")
	w.see(w.text("act_tag_title", map[string]any{"Count": 3}))
	w.at("*parts.Entry")
	w.typeText("spring")
	w.see(w.text("act_tag_new", map[string]any{"Tag": "spring"}))
	w.key("Return")
	tagged := w.text("customers_tagged", map[string]any{"Count": 3, "Tag": "spring"})
	w.see(tagged)
	w.key("ctrl+z")
	w.see(w.text("shell_undone", map[string]any{"Text": tagged}))

	w.key("Home") // while the rows are read again
	w.until("the rows without the tag", func(s screen.Screen) bool {
		list := rows(s)
		return len(list) > 3 && !strings.Contains(list[0].text+list[2].text, "spring") && !strings.Contains(list[0].text, "…")
	})
	w.key("F2")
	w.at("*parts.Entry")
	w.typeText("Teacher Lin")
	w.key("Return")
	w.see(w.text("customers_alias_set"))
	w.until("the name in the first row", func(s screen.Screen) bool {
		list := rows(s)
		return len(list) > 0 && strings.Contains(list[0].text, "Tea") // what there is room for
	})

	w.key("shift+F10")
	w.see(w.text("customers_refuse"))
	w.shot("keys menu")
	w.key("Escape")
	w.alone()

	w.key("ctrl+f")
	w.typeText("teacher lin")
	w.until("the one with this name", func(s screen.Screen) bool { n, _ := counted(s); return n == 1 })
	w.key("Down", "Return")
	w.see(w.text("customer_profile"), "Teacher Lin")
	w.key("ctrl+n")
	w.at("*parts.Entry")
	w.typeText("Asks for less sugar.")
	w.key("ctrl+Return")
	w.see(w.text("customer_note_written"), "Asks for less sugar.")
	w.shot("keys note")
	w.key("alt+Left")
	w.until("the list as it was", func(s screen.Screen) bool { n, _ := counted(s); return n == 1 })
	w.key("ctrl+f", "Escape")
	w.everybody()
}

// exportByKeys writes a list without a mouse.
func exportByKeys(w *walker) {
	w.key("ctrl+e")
	w.see(w.text("export_browse"))
	w.at("*parts.Select")
	w.key("space", "Down", "Return") // the first purpose of the list
	w.until("the dialog without a menu", func(s screen.Screen) bool { return s.Overlays == 1 && !s.Has(w.text("export_kind_hint")) })
	w.tabTo(w.text("export_purpose_hint"))
	w.typeText("spring tea")
	w.tabTo(w.text("export_reveal_folder"))
	w.key("space")
	w.shot("keys export")
	w.key("ctrl+Return")
	w.alone()
	w.until("a list in the home folder", func(screen.Screen) bool {
		lists, err := filepath.Glob(filepath.Join(w.home, "*.xlsx"))
		return err == nil && len(lists) == 1
	})
}

// lockByKeys locks, and opens again.
func lockByKeys(w *walker) {
	w.key("ctrl+l")
	w.unlock(passphrase)
	w.see("Mist and Leaf", w.text("page_overview"))
}

// importByKeys chooses an export in the dialog and imports it.
func importByKeys(w *walker) {
	text, err := os.ReadFile(w.export("taobao/ExportOrderList-2021.csv"))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.home, "orders.csv"), text, 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.key("ctrl+i")
	w.see(w.text("files_open"), "orders.csv")
	w.key("End")
	w.shot("keys choose")
	w.key("ctrl+Return")
	w.see(w.text("imports_dry_fact"), w.imports(2))
	w.key("ctrl+Return")
	w.imported(2)
	w.key("ctrl+2")
	w.until("a customer", func(s screen.Screen) bool { return len(rows(s)) == 1 })
}

// recoverByKeys opens the book by its recovery sheet, after the passphrase was forgotten.
func recoverByKeys(w *walker) {
	w.key("ctrl+l")
	w.restarted()
	w.tabTo(w.text("unlock_lost"))
	w.key("space")
	w.see(w.text("unlock_sheet_title"))
	for i := range len(w.code) { // each group that is right leads to the next
		w.typeText(strings.ToLower(w.code[strconv.Itoa(i+1)]))
	}
	w.shot("keys recovery")
	w.key("Return")
	w.see(w.text("unlock_set_title"))
	const other = "zhuzi feiji 7 dengta"
	w.typeText(other)
	w.key("Return")
	w.typeText(other)
	w.see(w.text("door_alike"))
	w.key("Return")
	w.see("Mist and Leaf", w.text("page_overview"))
	w.shot("keys recovered")

	w.key("ctrl+l")
	w.unlock(passphrase)
	w.see(w.text("error_passphrase"))
	w.typeText(other)
	w.key("Return")
	w.see("Mist and Leaf", w.text("page_overview"))
}
