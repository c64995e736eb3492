//go:build walk

package walk

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"kebu/cmd/kebu/walk/screen"
)

// passphrase is that of the books that are made here.
const passphrase = "shiban kafei 9 fengzheng"

// newBook goes through the five steps that lead to a book.
func newBook(w *walker) {
	w.see(w.text("welcome_title"), w.text("welcome_demo_text"))
	w.shot("welcome")
	w.click(w.text("welcome_new"))

	w.see(w.text("welcome_place_title"))
	w.paste("柚子杂货铺")
	w.see(filepath.Join(w.home, "客簿", "shop.kebu"))
	w.shot("wizard place")
	w.click(w.on("welcome_step_pass"))

	w.see(w.text("welcome_pass_title"))
	w.typeText("mima123")
	w.see(w.text("door_too_weak"))
	w.key("ctrl+a")
	w.typeText(passphrase)
	w.see(w.text("door_very_strong"))
	w.key("Tab", "Tab", "Tab")
	w.typeText(passphrase)
	w.see(w.text("door_alike"))
	w.shot("wizard passphrase")
	w.click(w.on("welcome_step_sheet"))

	w.see(w.text("sheet_title"))
	groups := codeGroups(w)
	w.click(w.text("welcome_sheet_save"))
	w.see(w.text("files_save"))
	w.shot("save as")
	w.click(w.text("files_save_button"))
	w.see(w.text("welcome_sheet_saved"))
	w.shot("wizard sheet")
	isPDF(w, filepath.Join(w.home, w.text("welcome_sheet_file")+".pdf"))
	w.click(w.on("welcome_step_test"))

	w.see(w.text("welcome_test_title"))
	asked := askedGroups(w)
	w.typeText("00000")
	w.key("Tab")
	w.typeText(strings.ToLower(groups[asked[1]]))
	w.click(w.text("welcome_test_next"))
	w.see(w.text("welcome_test_wrong", map[string]any{"Group": asked[0]}))
	w.shot("wizard test")
	w.tryPaste(groups[asked[0]])
	w.gone(groups[asked[0]]) // what is pasted proves nothing
	w.typeText(groups[asked[0]])
	w.click(w.text("welcome_test_next"))

	w.see(w.text("welcome_done_sheet"), filepath.Join(w.home, "客簿", "shop.kebu"))
	w.shot("wizard done")
	w.click(w.text("welcome_done_later"))
	w.see("柚子杂货铺", "shop.kebu", w.text("page_overview"))
	w.shot("empty overview")
}

// ownShop leads from the demo shop to a book of one's own.
func ownShop(w *walker) {
	w.click(w.text("shell_demo_own"))
	w.restarted()
	w.see(w.text("welcome_title"))
}

// on is what the button of a wizard says that leads to a step.
func (w *walker) on(step string) string {
	return w.text("part_wizard_next", map[string]any{"Step": w.text(step)})
}

var codeGroup = regexp.MustCompile(`^(\S ){4}\S$`)

// codeGroups reads the recovery code off the sheet, by the numbers of its groups.
func codeGroups(w *walker) map[string]string {
	w.t.Helper()
	groups := map[string]string{}
	w.until("the recovery code", func(s screen.Screen) bool {
		for i, t := range s.Texts[:len(s.Texts)-1] {
			if code := s.Texts[i+1].Text; codeGroup.MatchString(code) {
				groups[t.Text] = strings.ReplaceAll(code, " ", "")
			}
		}
		return len(groups) == 13
	})
	for i := range 13 {
		if groups[strconv.Itoa(i+1)] == "" {
			w.t.Fatalf("the sheet has no group %d: %v", i+1, groups)
		}
	}
	return groups
}

// askedGroups reads which two groups of the code are asked for.
func askedGroups(w *walker) (asked [2]string) {
	w.t.Helper()
	begin, end, _ := strings.Cut(w.text("welcome_group", map[string]any{"Group": "|"}), "|")
	w.until("two groups that are asked for", func(s screen.Screen) bool {
		found := 0
		for _, t := range s.Texts {
			rest, ok := strings.CutPrefix(t.Text, begin)
			number, whole := strings.CutSuffix(rest, end)
			if ok && whole && found < len(asked) {
				asked[found] = number
				found++
			}
		}
		return found == len(asked)
	})
	return asked
}

// isPDF checks that a file is a whole PDF.
func isPDF(w *walker, path string) {
	w.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(text, []byte("%PDF-")) || !bytes.Contains(text, []byte("%%EOF")) {
		w.t.Errorf("%s: no PDF, %d bytes, %v", path, len(text), err)
	}
}
