package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook writes lists of three customers, of whom a marketing purpose leaves one out.
type fakeBook struct {
	lock     sync.Mutex
	written  []usecase.ExportRequest
	recalled map[string]string
	nobody   bool
	block    bool // until cancelled
	err      error
	standing *usecase.Standing // of lists in clear, and of all for who is seconded
	seconded bool
}

func (b *fakeBook) ExportPreview(_ context.Context, r usecase.ExportRequest) (usecase.ExportPreview, error) {
	p := usecase.ExportPreview{Selected: 3, Rows: 3, Sample: []usecase.Customer{{ID: "c1", NameMask: "陈**", PhoneMask: "*******5678"}}}
	if r.PurposeKind.Marketing() {
		p.Rows = 2
		p.Left = []usecase.LeftGroup{{Reason: usecase.LeftRefused, IDs: usecase.List[string]{Total: 1, First: []string{"c3"}}}}
	}
	if b.nobody {
		p.Rows = 0
	}
	if slices.Contains(r.Clear, "phone") {
		p.ClearPhones = p.Rows
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.standing != nil && (b.seconded || len(r.Clear) > 0) {
		p.Standing = new(*b.standing)
	}
	return p, nil
}

func (b *fakeBook) Export(ctx context.Context, r usecase.ExportRequest) (usecase.ExportReport, error) {
	if b.block {
		<-ctx.Done()
		return usecase.ExportReport{}, ctx.Err()
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.err != nil {
		return usecase.ExportReport{}, b.err
	}
	if st := b.standing; st != nil && (b.seconded || len(r.Clear) > 0) && !st.Ready(desktest.Now) {
		st.Asked.ID = 3
		return usecase.ExportReport{}, &usecase.ApprovalError{ID: 3, Rows: 3, Most: st.Most}
	}
	b.written = append(b.written, r)
	return usecase.ExportReport{Rows: 2}, nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, nil
}

func (b *fakeBook) Remember(_ context.Context, name, value string) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.recalled[name] = value
	return nil
}

func (b *fakeBook) Recall(_ context.Context, name string) (string, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.recalled[name], nil
}

func (b *fakeBook) lists() []usecase.ExportRequest {
	b.lock.Lock()
	defer b.lock.Unlock()
	return slices.Clone(b.written)
}

// empty is the page behind the dialog.
type empty struct{ body *fyne.Container }

func (e empty) Header() desk.Header     { return desk.Header{} }
func (e empty) Body() fyne.CanvasObject { return e.body }
func (e empty) Show(place.Place)        {}
func (e empty) Hide()                   {}
func (e empty) Reload()                 {}
func (e empty) Key(parts.Press) bool    { return false }

// open shows the dialog for three customers; the list goes to a folder of its own.
func open(t *testing.T, book *fakeBook) (s *desktest.Stage, folder string) {
	t.Helper()
	if book.recalled == nil {
		book.recalled = map[string]string{}
	}
	folder = t.TempDir()
	s = desktest.New(t)
	s.Desk.Prefs.SetString(desk.PrefFolder, folder)
	s.Open(empty{container.NewStack()}, place.Place{})
	Open(s.Desk, book, List{Selection: usecase.Selection{Where: "purchases >= 3"}, Count: 3, Name: "regulars", Screen: []string{"city", "name"}})
	s.See("筛选出的 3 位客户")
	s.See("导出 3 位")
	s.Click(s.Text("export_reveal_folder")) // there is no desktop to open it on
	return s, folder
}

// choose takes an option of a choice that shows now.
func choose(s *desktest.Stage, now, option string) {
	s.T.Helper()
	s.Click(now)
	s.Click(option)
}

// only waits for a list to be written, and returns what was asked for.
func (b *fakeBook) only(s *desktest.Stage) usecase.ExportRequest {
	s.T.Helper()
	s.Until("a list is written", func() bool { return len(b.lists()) == 1 })
	return b.lists()[0]
}

func TestAListIsExportedByCtrlEnterAlone(t *testing.T) {
	book := &fakeBook{}
	s, folder := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_sms"))
	s.See("导出 2 位")
	s.See(s.Text("export_left_refused"))
	s.Press(fyne.KeyReturn)
	s.Window.Canvas().FocusNext()
	s.Type("tea season")
	s.Press(fyne.KeyReturn)
	if n := len(book.lists()); n != 0 {
		t.Fatal("plain Enter exports")
	}
	s.Ctrl(fyne.KeyReturn)
	got := book.only(s)
	if got.PurposeKind != usecase.PurposeSMS || got.Purpose != "tea season" || got.Where != "purchases >= 3" || len(got.Clear) != 0 {
		t.Errorf("asked for %+v", got)
	}
	if want := filepath.Join(folder, "regulars_20260630.xlsx"); got.To != want {
		t.Errorf("written to %s, want %s", got.To, want)
	}
	s.See("已导出 2 位到 regulars_20260630.xlsx。")
	if parts.DialogOpen(s.Window.Canvas()) {
		t.Error("the dialog is open still")
	}
}

func TestWithoutAPurposeNothingIsExported(t *testing.T) {
	book := &fakeBook{}
	s, _ := open(t, book)
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_need_purpose"))
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_analyse"))
	s.Gone(s.Text("export_need_purpose"))
	s.Ctrl(fyne.KeyReturn)
	book.only(s)
}

func TestAColumnInClearNeedsWords(t *testing.T) {
	book := &fakeBook{}
	s, _ := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_sms"))
	s.See("导出 2 位")
	found := s.Screen().Find(s.Text("export_masked"))
	if len(found) < 2 {
		t.Fatalf("%d columns can be in clear", len(found))
	}
	choose(s, s.Text("export_masked"), s.Text("export_clear"))
	s.See(s.Text("export_warning_locked"))
	if !s.Screen().Has("*******5678") {
		t.Error("the sample is masked no more")
	}
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_need_purpose"))
	s.Type("tea season")
	s.Gone(s.Text("export_need_purpose"))
	s.Ctrl(fyne.KeyReturn)
	if got := book.only(s); len(got.Clear) != 1 || len(got.Password) != 14 {
		t.Errorf("in clear: %v, with the password %q", got.Clear, got.Password)
	}
	kept := ""
	s.Until("the columns are remembered", func() bool {
		kept, _ = book.Recall(t.Context(), "export.sms")
		return kept != ""
	})
	if strings.Contains(kept, "clear") {
		t.Errorf("remembered %q", kept)
	}
}

func TestAWorkbookIsLockedUnlessSaidOtherwise(t *testing.T) {
	book := &fakeBook{}
	s, _ := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_sms"))
	s.See("导出 2 位")
	if seen := s.Screen(); seen.Has(s.Text("export_lock_hint")) || !seen.Has(s.Text("export_lock")) {
		t.Error("a masked list asks for a password")
	}
	choose(s, s.Text("export_masked"), s.Text("export_clear"))
	s.See(s.Text("export_lock_hint"))
	s.Click(s.Text("export_csv"))
	s.Gone(s.Text("export_lock"))
	s.See(s.Text("export_warning"))
	s.Click(s.Text("export_xlsx"))
	s.See(s.Text("export_lock_hint"))
	s.Click(s.Text("export_lock_copy"))
	password := fyne.CurrentApp().Clipboard().Content()
	s.Click(s.Text("export_lock"))
	s.Gone(s.Text("export_lock_hint"))
	s.See(s.Text("export_warning"))
	s.Click(s.Text("export_lock"))
	s.See(password)
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_need_purpose"))
	s.Type("tea season")
	entryOf(s, password).SetText("")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_need_password"))
	s.Type("viaduct 27")
	s.Ctrl(fyne.KeyReturn)
	if got := book.only(s); got.Password != "viaduct 27" {
		t.Errorf("locked with %q", got.Password)
	}
}

// entryOf returns the field that holds a text.
func entryOf(s *desktest.Stage, text string) *parts.Entry {
	s.T.Helper()
	c := s.Window.Canvas()
	for range 100 {
		c.FocusNext()
		if e, ok := c.Focused().(*parts.Entry); ok && e.Text == text {
			return e
		}
	}
	s.T.Fatalf("no field holds %s", text)
	return nil
}

func TestNobodyIsLeft(t *testing.T) {
	book := &fakeBook{nobody: true, recalled: map[string]string{}}
	s := desktest.New(t)
	s.Open(empty{container.NewStack()}, place.Place{})
	Open(s.Desk, book, List{Count: 3})
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_sms"))
	s.See("导出 0 位")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_nobody"))
	if len(book.lists()) != 0 {
		t.Error("an empty list was written")
	}
}

func TestAFileThatIsThereStays(t *testing.T) {
	book := &fakeBook{}
	s, folder := open(t, book)
	if err := os.WriteFile(filepath.Join(folder, "regulars_20260630.xlsx"), []byte("of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_analyse"))
	s.Ctrl(fyne.KeyReturn)
	if got := book.only(s); got.To != filepath.Join(folder, "regulars_20260630_2.xlsx") {
		t.Errorf("written to %s", got.To)
	}
}

func TestAnExportIsCancelled(t *testing.T) {
	book := &fakeBook{block: true}
	s, _ := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_analyse"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("export_writing"))
	s.Press(fyne.KeyEscape)
	s.Gone(s.Text("export_writing"))
	s.See(s.Desk.Words.Error(context.Canceled))
	if !parts.DialogOpen(s.Window.Canvas()) {
		t.Error("what was chosen is gone")
	}
}

func TestAnErrorOfTheFileIsToldAndTheDialogStays(t *testing.T) {
	book := &fakeBook{err: errors.New("no")}
	s, _ := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_analyse"))
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Desk.Words.Error(book.err))
	if !parts.DialogOpen(s.Window.Canvas()) {
		t.Error("the dialog is closed")
	}
}

func TestAPurposeBringsItsColumns(t *testing.T) {
	book := &fakeBook{recalled: map[string]string{"export.ship": `{"columns":["name","address"],"format":1}`}}
	s, folder := open(t, book)
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_ship"))
	s.See("已选 2 列，按这个次序")
	s.Ctrl(fyne.KeyReturn)
	got := book.only(s)
	if !slices.Equal(got.Columns, []string{"name", "address"}) || got.To != filepath.Join(folder, "regulars_20260630.csv") {
		t.Errorf("%v to %s", got.Columns, got.To)
	}
}

func TestTheColumnsOfTheScreenAreTaken(t *testing.T) {
	book := &fakeBook{}
	s, _ := open(t, book)
	s.Click(s.Text("export_same"))
	s.See("已选 2 列，按这个次序")
	choose(s, s.Text("export_kind_hint"), s.Text("purpose_analyse"))
	s.See("导出 3 位")
	s.Ctrl(fyne.KeyReturn)
	if got := book.only(s).Columns; !slices.Equal(got, []string{"city", "name"}) {
		t.Errorf("columns %v", got)
	}
}
