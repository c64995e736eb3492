package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"kebu/app/crm/access"
	"kebu/app/ui/files"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// tried is a dialog and how it is opened.
type tried struct {
	source, name string
	open         func(o *opened)
}

// dialogs are all dialogs of a book's window, by the source that makes them.
var dialogs = []tried{
	{"keys.go", "keys", func(o *opened) { o.Press(fyne.KeyF1) }},
	{"window.go", "close at work", func(o *opened) {
		o.Work("working", func() { o.T.Error("the work is stopped") })
		o.close()
	}},
	{"window.go", "another book", func(o *opened) { o.dropped([]fyne.URI{storage.NewFileURI("/books/other.kebu")}) }},
	{"files/chooser.go", "open", func(o *opened) {
		o.Open(place.Place{Page: place.Imports})
		o.Click(o.Text("imports_choose"))
	}},
	{"files/chooser.go", "save", func(o *opened) {
		o.Ctrl(fyne.KeyE)
		o.Click(o.Text("export_kind_hint"))
		o.Click(o.Text("purpose_analyse"))
		o.Click(o.Text("export_browse"))
	}},
	{"files/chooser.go", "folder", func(o *opened) {
		o.desk.Keeper = usecase.NewKeeper(o.T.TempDir(), o.o.Clock)
		o.Open(place.Place{Page: place.Settings, Section: place.Backups})
		o.Click(o.Text("settings_backup_change"))
	}},
	{"export/dialog.go", "export", func(o *opened) {
		o.Ctrl(fyne.KeyE)
		o.Click(o.Text("export_kind_hint"))
		o.Click(o.Text("purpose_analyse"))
		o.See(o.Text("export_do", map[string]any{"Customers": "500"}))
	}},
	{"act/passphrase.go", "passphrase", func(o *opened) {
		o.Open(place.Place{Page: place.Settings})
		o.Click(o.Text("settings_security"))
		o.Click(o.Text("settings_pass_change"))
		o.Type(usecase.DemoPassphrase)
	}},
	{"act/sheet.go", "new recovery sheet", func(o *opened) {
		o.Open(place.Place{Page: place.Settings})
		o.Click(o.Text("settings_security"))
		o.Click(o.Text("settings_sheet_new"))
	}},
	{"act/erase.go", "erase", func(o *opened) {
		o.Open(place.Place{Page: place.Customer, Customer: o.somebody()})
		o.Click(o.Text("customer_more"))
		o.Click(o.Text("customer_erase"))
	}},
	{"team/ask.go", "add a person", func(o *opened) {
		o.Open(place.Place{Page: place.Team})
		o.Ctrl(fyne.KeyReturn)
		o.See(o.Text("team_add_title"))
		o.Type("Xin")
		o.Click(o.Text("team_pass_noted"))
	}},
	{"team/ask.go", "another role", func(o *opened) { o.colleague("team_role_item") }},
	{"team/ask.go", "new passphrase", func(o *opened) {
		o.colleague("team_reset_item")
		o.Click(o.Text("team_pass_noted"))
	}},
	{"team/ask.go", "suspend", func(o *opened) { o.colleague("team_suspend_item") }},
	{"team/ask.go", "let in again", func(o *opened) {
		o.hire()
		if err := o.session.DisableUser(o.T.Context(), "Xin"); err != nil {
			o.T.Fatal(err)
		}
		o.Open(place.Place{Page: place.Team})
		o.Click("Xin")
		o.Click(o.Text("team_enable_item"))
	}},
	{"team/ask.go", "remove", func(o *opened) { o.colleague("team_remove_item") }},
	{"team/ask.go", "narrow", func(o *opened) {
		o.Open(place.Place{Page: place.Team})
		o.Click(o.Text("team_tab_rules"))
		o.Click(o.Text("team_narrow"))
		o.Press(fyne.KeyDown, fyne.KeyReturn)
	}},
	{"history/checkpoint.go", "checkpoint", func(o *opened) {
		o.Open(place.Place{Page: place.History})
		o.Click(o.Text("history_checkpoint"))
		o.See(o.Text("history_key"))
	}},
	{"history/pack.go", "audit pack", func(o *opened) {
		o.Open(place.Place{Page: place.History})
		o.Click(o.Text("history_pack"))
		o.Type("age1nobody")
	}},
	{"team/ask.go", "bounds", func(o *opened) {
		o.Open(place.Place{Page: place.Team})
		o.Click(o.Text("team_tab_rules"))
		o.Scroll(o.Text("team_field_phone"), 1000)
		o.Click(o.Text("team_bounds_change"))
	}},
	{"segments/editor.go", "segment", func(o *opened) {
		o.Open(place.Place{Page: place.Segments})
		o.Click(o.Text("segments_new"))
		o.Type("regulars")
	}},
	{"imports/start.go", "how to export", func(o *opened) {
		o.Open(place.Place{Page: place.Imports})
		o.Click(o.Text("imports_how"))
	}},
	{"imports/reportview.go", "undo", func(o *opened) {
		o.dryRun()
		o.Ctrl(fyne.KeyReturn)
		o.Click(o.Text("imports_undo_this"))
	}},
	{"imports/twice.go", "duplicates", func(o *opened) {
		file := largeExport(o.T, 3)
		files.Remember(o.desk, filepath.Dir(file))
		o.Open(place.Place{Page: place.Imports})
		o.Click(o.Text("imports_twice"))
		o.See(filepath.Base(file))
		o.Press(fyne.KeyDown)
		o.Ctrl(fyne.KeyReturn)
		o.See(o.Text("imports_twice_title"))
	}},
}

// elsewhere are the dialogs before a book is open, and where they are tested.
var elsewhere = map[string]string{
	"paper/paper.go":     "shows the recovery sheet; welcome",
	"restore/compare.go": "asks before a book is replaced; restore",
}

func TestPlainEnterInNoDialogDoesWhatIsFinal(t *testing.T) {
	for _, d := range dialogs {
		t.Run(d.name, func(t *testing.T) {
			o := openShop(t)
			folder := t.TempDir()
			files.Remember(o.desk, folder)
			d.open(o)
			o.Until("the dialog is open", func() bool { return parts.DialogOpen(o.canvas()) })
			o.rest()
			before, logged := o.stats(), o.logged()
			o.Press(fyne.KeyReturn, fyne.KeyEnter)
			o.rest()
			o.unchanged(before)
			if got := o.logged(); got != logged {
				t.Errorf("the log has %d entries, before %d", got, logged)
			}
			if o.quitted || len(o.restarted) > 0 {
				t.Error("the book is left")
			}
			written, err := os.ReadDir(folder)
			if err != nil || len(written) > 0 {
				t.Errorf("written: %v, %v", written, err)
			}
		})
	}
}

// somebody is the id of a customer.
func (o *opened) somebody() (id string) {
	o.T.Helper()
	if _, err := o.session.Customers(o.T.Context(), usecase.Selection{Limit: 1}, func(c usecase.Customer) error {
		id = c.ID
		return nil
	}); err != nil {
		o.T.Fatal(err)
	}
	return id
}

// logged is how many entries the log has: each change of the book or its team is one.
func (o *opened) logged() int {
	o.T.Helper()
	list, err := o.session.Log(o.T.Context(), usecase.LogRequest{})
	if err != nil {
		o.T.Fatal(err)
	}
	return len(list)
}

// hire adds Xin, who looks after customers.
func (o *opened) hire() {
	o.T.Helper()
	m := usecase.NewMember{Name: "Xin", Role: access.Service, Passphrase: []byte(usecase.DemoPassphrase)}
	if err := o.session.AddUser(o.T.Context(), m); err != nil {
		o.T.Fatal(err)
	}
}

// colleague opens a dialog of the team page about Xin.
func (o *opened) colleague(verb string) {
	o.T.Helper()
	o.hire()
	o.Open(place.Place{Page: place.Team})
	o.Click("Xin")
	o.Click(o.Text(verb))
}

func TestEveryDialogIsTried(t *testing.T) {
	made := map[string]bool{}
	if err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch s, ok := n.(*ast.SelectorExpr); {
			case !ok:
			case s.Sel.Name == "NewDialog":
				made[filepath.ToSlash(path)] = true
			case s.Sel.Name == "NewModalPopUp", s.Sel.Name == "ShowModalPopUp":
				t.Errorf("%s: a dialog is a parts.Dialog", path)
			}
			return true
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for source := range made {
		if !slices.ContainsFunc(dialogs, func(d tried) bool { return d.source == source }) && elsewhere[source] == "" {
			t.Errorf("nobody tries plain Enter in the dialog of %s", source)
		}
	}
}
