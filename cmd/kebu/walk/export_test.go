//go:build walk

package walk

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"kebu/cmd/kebu/walk/screen"
)

// exportList writes the customers of a city to a file, which has them all and no phone
// in clear. Where nothing can be written the dialog says so and stays.
func exportList(w *walker) {
	w.click(w.text("page_customers"))
	w.click(w.text("part_filter_clear"))
	w.everybody()
	w.paste("成都")
	n := w.fewer(500)
	w.click(w.text("customers_export"))
	w.see(w.text("export_title"), w.text("export_who_filtered"))
	w.shot("export")
	w.click(w.text("export_kind_hint"))
	w.click(w.text("purpose_analyse"))
	w.click(w.text("export_purpose_hint"))
	w.paste("看看成都的老客")
	w.click(w.text("export_csv"))
	w.click(w.text("export_reveal_folder")) // opens no other window here

	note := filepath.Join(w.home, "note.txt")
	if err := os.WriteFile(note, []byte("a file is no folder"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.setPath(filepath.Join(note, "list.csv"))
	w.clickExport()
	w.see(w.text("error_missing"))
	w.shot("export refused")

	list := filepath.Join(w.home, "list.csv")
	w.setPath(list)
	w.clickExport()
	w.alone()
	w.see("list.csv")
	w.shot("exported")
	phones := readList(w, list, n)
	if phones == 0 {
		w.t.Error("the list has no phones")
	}
	w.key("ctrl+f", "Escape")
	w.everybody()
}

// setPath types another path into the export dialog.
func (w *walker) setPath(path string) {
	w.t.Helper()
	w.click(".csv")
	w.key("ctrl+a")
	w.typeText(path)
	w.see(path)
}

func (w *walker) clickExport() {
	w.t.Helper()
	var text string
	w.until("a button to export", func(s screen.Screen) bool {
		for _, t := range s.Texts {
			if t.Kind == "*parts.Button" && exportButton.MatchString(t.Text) {
				text = t.Text
				return true
			}
		}
		return false
	})
	w.click(text)
}

var (
	exportButton = regexp.MustCompile(`^导出 \d+ 位$`)
	maskedPhone  = regexp.MustCompile(`^\*+\d{4}$`)
	clearPhone   = regexp.MustCompile(`\d{7,}`)
)

// readList checks the rows of a list and that its phones are masked, and returns how many
// it has.
func readList(w *walker, path string, customers int) (phones int) {
	w.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		w.t.Fatalf("the list cannot be read: %v", err)
	}
	if len(lines) != customers+1 {
		w.t.Errorf("the list has %d lines for %d customers", len(lines), customers)
	}
	column := -1
	for i, title := range lines[0] {
		if title == w.words.Column("phone") {
			column = i
		}
	}
	for i, line := range lines[1:] {
		for at, value := range line {
			switch {
			case at == column && maskedPhone.MatchString(value):
				phones++
			case at == column && value != "", clearPhone.MatchString(value):
				w.t.Errorf("line %d of the list has a number in clear", i+2)
			}
		}
	}
	return phones
}
