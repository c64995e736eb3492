package settings

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
)

// fakeBook has a shop, a format and the log of a list.
type fakeBook struct {
	lock     sync.Mutex
	mappings []usecase.KeptMapping
	exports  []usecase.Exported
	problems []string
	err      error // of Exports
	pass     string
	Safe     // nil: the demo shop has none

	remembered map[string]string
}

func (b *fakeBook) Mappings(context.Context) ([]usecase.KeptMapping, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.mappings, nil
}

func (b *fakeBook) DeleteMapping(context.Context, string) (usecase.Done, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.mappings = nil
	return usecase.Done{Step: 1}, nil
}

func (b *fakeBook) Shops(context.Context) ([]usecase.ShopCount, error) {
	return []usecase.ShopCount{{Shop: usecase.Shop{Platform: "taobao", Name: "tea shop"}, Orders: 12}}, nil
}

func (b *fakeBook) Exports(context.Context) ([]usecase.Exported, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.exports, b.err
}

func (b *fakeBook) ChangePassphrase(_ context.Context, old, pass []byte, _ usecase.Cost) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	if string(old) != b.pass {
		return usecase.ErrPassphrase
	}
	b.pass = string(pass)
	return nil
}

func (b *fakeBook) RenewRecovery(context.Context) (usecase.RecoveryCode, error) {
	return usecase.NewRecoveryCode(), nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{}, nil
}

func (b *fakeBook) Check(_ context.Context, progress func(done, total int)) (usecase.CheckReport, error) {
	progress(1, 2)
	return usecase.CheckReport{Pages: 1234, Problems: b.problems}, nil
}

func (b *fakeBook) Remember(_ context.Context, name, value string) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.remembered == nil {
		b.remembered = map[string]string{}
	}
	b.remembered[name] = value
	return nil
}

func (b *fakeBook) Recall(_ context.Context, name string) (string, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.remembered[name], nil
}

func open(t *testing.T, book *fakeBook, section string) *desktest.Stage {
	t.Helper()
	s := desktest.New(t)
	s.Open(New(s.Desk, book), place.Place{})
	s.Click(s.Text(section))
	return s
}

func TestALookAppliesAtOnceAndIsTakenBack(t *testing.T) {
	s := open(t, &fakeBook{}, "settings_display")
	s.Click(s.Text("settings_dark"))
	if !look.Now().Dark {
		t.Error("dark does not apply")
	}
	s.See("主题：深色")
	s.Click(s.Text("settings_largest"))
	if look.Now().Scale != look.Largest {
		t.Errorf("scale %v", look.Now().Scale)
	}
	s.Click(s.Text("shell_undo"))
	if look.Now().Scale != look.Standard || !look.Now().Dark {
		t.Error("more or less than the last setting was taken back")
	}
}

func TestALanguageIsTakenWhenTheBookIsOpenedAgain(t *testing.T) {
	s := open(t, &fakeBook{}, "settings_display")
	s.Click(s.Text("language_en"))
	if got := s.Desk.Prefs.String(prefLanguage); got != "en" {
		t.Errorf("language %q", got)
	}
	s.Click(s.Text("settings_reopen"))
	if !s.Locked {
		t.Error("not locked")
	}
}

func TestTheLockIsChosen(t *testing.T) {
	s := open(t, &fakeBook{}, "settings_security")
	s.Click("10 分钟")
	s.Click(s.Text("settings_never"))
	if got := desk.AutoLock(s.Desk.Prefs); got != 0 {
		t.Errorf("locks after %s", got)
	}
	s.Click(s.Text("shell_undo"))
	if got := desk.AutoLock(s.Desk.Prefs).Minutes(); got != 10 {
		t.Errorf("locks after %v minutes", got)
	}
}

func TestThePassphraseIsChangedByWhoKnowsIt(t *testing.T) {
	passphrasetest.Lower()
	book := &fakeBook{pass: "quiet-orchard-saddle-41"}
	s := open(t, book, "settings_security")
	s.Click(s.Text("settings_pass_change"))
	s.See(s.Text("settings_pass_now"))
	s.Type("quiet-orchard-saddle-14")
	s.Ctrl(fyne.KeyReturn) // nothing is new yet
	for range 2 {
		s.Press(fyne.KeyReturn)
		s.Type("viaduct-mellow-thistle-27")
	}
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Desk.Words.Error(usecase.ErrPassphrase))
	if book.pass != "quiet-orchard-saddle-41" {
		t.Fatal("changed by somebody who does not know it")
	}
	old, ok := s.Focused().(*parts.Entry)
	if !ok {
		t.Fatal("the wrong passphrase is not gone back to")
	}
	old.SetText("quiet-orchard-saddle-41")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("settings_pass_done"))
	if book.pass != "viaduct-mellow-thistle-27" {
		t.Errorf("the passphrase is %q", book.pass)
	}
}

func TestAFormatIsDeleted(t *testing.T) {
	s := open(t, &fakeBook{mappings: []usecase.KeptMapping{{Name: "my sheet"}}}, "settings_imports")
	s.See("tea shop")
	s.Click(s.Text("settings_delete"))
	s.See(s.Text("settings_no_mappings"))
	if len(s.Steps) != 1 {
		t.Errorf("%d steps can be taken back", len(s.Steps))
	}
}

func TestTheLogTellsWhatLeft(t *testing.T) {
	s := open(t, &fakeBook{exports: []usecase.Exported{
		{At: crm.At(desktest.Now), Kind: usecase.PurposeSMS, Purpose: "tea season", Rows: 288, Columns: []string{"name", "phone"}, Clear: []string{"phone"}, File: "list.xlsx"},
		{At: crm.At(desktest.Now), Purpose: "of the terminal", Rows: 3, Columns: []string{"net"}},
	}}, "settings_exports")
	for _, text := range []string{"发短信：tea season", "288", "list.xlsx", "姓名、电话", "of the terminal"} {
		s.See(text)
	}
}

func TestTheLogIsEmptyOrCannotBeRead(t *testing.T) {
	book := &fakeBook{err: errors.New("no")}
	s := open(t, book, "settings_exports")
	s.See(s.Text("settings_exports_error"))
	book.lock.Lock()
	book.err = nil
	book.lock.Unlock()
	s.Click(s.Text("customers_retry"))
	s.See(s.Text("settings_no_exports"))
}

func TestTheFileIsChecked(t *testing.T) {
	book := &fakeBook{}
	s := open(t, book, "settings_about")
	s.See("还没有检查过。")
	s.Click(s.Text("shell_check"))
	s.See("1,234 页都读得出来，没有问题。")
	s.See("上次检查：今天 10:00，没有问题。")
	if len(s.Works) != 1 || !s.Works[0].Ended || s.Works[0].Part != 0.5 {
		t.Errorf("works %+v", s.Works)
	}
	book.problems = []string{"page 7"}
	s.Click(s.Text("shell_check"))
	s.See(s.Text("shell_check_bad", map[string]any{"Count": 1}))
	s.See("上次检查：今天 10:00，有 1 个问题。")
}

func TestEveryModuleHasItsLicence(t *testing.T) {
	mod, err := os.ReadFile("../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct, _, _ := strings.Cut(string(mod), "\n)")
	named := map[string]bool{"github.com/rogpeppe/go-internal": true} // of tests alone
	for _, l := range libraries {
		named[l.module] = true
	}
	seen := 0
	for line := range strings.Lines(direct) {
		if path, _, ok := strings.Cut(strings.TrimSpace(line), " v"); ok && strings.Contains(path, "/") {
			seen++
			if !named[path] {
				t.Errorf("the licence of %s is not told", path)
			}
		}
	}
	if seen == 0 {
		t.Error("go.mod names no module")
	}
}

func TestAnExportIsSaidInColumns(t *testing.T) {
	got := exportedOf(phrase.New("en"), "today", usecase.Exported{Kind: usecase.PurposeShip, Rows: 1200, Columns: []string{"name"}})
	if got.customers != "1,200" || got.clear != "" || got.purpose == "" || strings.Contains(got.purpose, ":") {
		t.Errorf("%+v", got)
	}
}
