package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/files"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook has so many entries: the newest is a refused attempt, the second a note on c1,
// the others openings.
type fakeBook struct {
	Book

	lock     sync.Mutex
	count    int
	err      error
	asked    usecase.LogRequest
	opened   int // entries that were read
	reasons  []string
	problems []string
	packs    []usecase.PackRequest
	wait     chan struct{} // of a pack, nil for none
	recalled map[string]string
}

func newBook(n int) *fakeBook { return &fakeBook{count: n, recalled: map[string]string{}} }

func (b *fakeBook) LogPlaces(_ context.Context, r usecase.LogRequest) ([]int64, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.asked = r
	var places []int64
	for n := int64(b.count) - 1; n >= 0; n-- {
		e := b.entry(n, false)
		if (len(r.Verbs) == 0 || slices.Contains(r.Verbs, e.Verb)) && (r.Customer == "" || len(e.Changes) > 0) {
			places = append(places, n)
		}
	}
	return places, b.err
}

func (b *fakeBook) entry(n int64, clear bool) usecase.LogEntry {
	e := usecase.LogEntry{N: n, At: crm.At(desktest.Now), Verb: "login", User: fmt.Sprintf("user %d", n), As: "service"}
	switch int64(b.count) - 1 - n {
	case 0:
		e.Verb, e.Of = "denied", "export"
	case 1:
		e.Verb, e.Opened = "note", true
		c := usecase.LogChange{Customer: "c1", What: "note"}
		if clear {
			c.After = pii.New("call after the holidays")
		}
		e.Changes = []usecase.LogChange{c}
	}
	return e
}

func (b *fakeBook) Log(_ context.Context, r usecase.LogRequest) ([]usecase.LogEntry, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	var list []usecase.LogEntry
	for _, n := range r.Entries {
		list = append(list, b.entry(n, r.Reason != ""))
	}
	b.opened += len(list)
	if r.Reason != "" {
		b.reasons = append(b.reasons, r.Reason)
	}
	return list, b.err
}

func (b *fakeBook) LogState(context.Context) (usecase.LogState, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.LogState{Entries: int64(b.count), Users: []string{"owner", "user 1"}}, b.err
}

func (b *fakeBook) NamesOf(_ context.Context, ids []string) (map[string]usecase.Named, error) {
	names := map[string]usecase.Named{}
	for _, id := range ids {
		names[id] = usecase.Named{Mask: "name of " + id}
	}
	return names, nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.Settings{Zone: time.UTC}, b.err
}

func (b *fakeBook) CheckLog(context.Context) (usecase.CheckReport, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.CheckReport{Problems: b.problems}, nil
}

func (b *fakeBook) Checkpoint(context.Context) (usecase.Checkpoint, error) {
	return usecase.Checkpoint{Size: 7, Text: "kebu/8f14e45fceea167a\n7\nroot\n", Key: "kebu/8f14+key"}, nil
}

func (b *fakeBook) AuditPack(ctx context.Context, r usecase.PackRequest) (usecase.PackReport, error) {
	b.lock.Lock()
	b.packs = append(b.packs, r)
	wait := b.wait
	b.lock.Unlock()
	if wait != nil {
		<-ctx.Done()
		return usecase.PackReport{}, ctx.Err()
	}
	if r.Password == "" && !strings.HasPrefix(r.Recipient, "age1q") {
		return usecase.PackReport{}, usecase.ErrRecipient
	}
	return usecase.PackReport{Entries: 7, Key: "kebu/8f14+key"}, nil
}

func (b *fakeBook) Recall(_ context.Context, name string) (string, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.recalled[name], nil
}

func (b *fakeBook) Remember(_ context.Context, name, value string) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.recalled[name] = value
	return nil
}

// locked does f alone with the book.
func (b *fakeBook) locked(f func()) {
	b.lock.Lock()
	defer b.lock.Unlock()
	f()
}

func open(t *testing.T, book *fakeBook, at place.Place) (*desktest.Stage, *Page) {
	t.Helper()
	s := desktest.New(t)
	p := New(s.Desk, book)
	s.Open(p, at)
	s.Until("the list is read", func() bool { return p.ready && p.list.Known() && p.state.Entries > 0 })
	return s, p
}

func TestALongLogIsReadInPages(t *testing.T) {
	book := newBook(100_000)
	s, p := open(t, book, place.Place{})
	s.See("想导出名单，被拒绝")
	s.See("100,000 条")
	p.table.ScrollTo(99_999)
	s.See("user 0")
	book.locked(func() {
		if book.opened > 1000 {
			t.Errorf("%d entries were read", book.opened)
		}
	})
}

func TestAnEntryLeadsToItsCustomer(t *testing.T) {
	s, p := open(t, newBook(5), place.Place{})
	s.Press(fyne.KeyDown, fyne.KeyReturn)
	if len(s.Opened) > 0 {
		t.Errorf("an entry of nobody leads to %+v", s.LastOpened())
	}
	s.Press(fyne.KeyDown)
	s.See("name of c1")
	s.See(s.Text("history_changes"))
	s.Press(fyne.KeyReturn)
	if got := s.LastOpened(); got.Page != place.Customer || got.Customer != "c1" {
		t.Errorf("Enter leads to %+v", got)
	}
	s.Press(fyne.KeyEscape)
	if p.table.Selection().Len(5) != 0 || p.panel.Visible() {
		t.Error("Esc leaves the selection")
	}
}

func TestValuesAreShownWithAReasonForAMinute(t *testing.T) {
	book := newBook(5)
	s, p := open(t, book, place.Place{})
	now := desktest.Now
	s.Desk.Clock = func() time.Time { return now }
	s.Press(fyne.KeyDown, fyne.KeyDown)
	s.See(s.Text("history_changes"))
	if s.Screen().Has("call after the holidays") {
		t.Fatal("values are shown without a reason")
	}
	show := func() {
		s.Click(s.Text("history_reveal"))
		s.Click(s.Text("history_reason_complaint"))
		s.Press(fyne.KeyReturn)
		if s.Screen().Has("call after the holidays") {
			t.Error("plain Enter reveals")
		}
		s.Ctrl(fyne.KeyReturn)
		s.See("call after the holidays")
	}
	show()
	now = now.Add(61 * time.Second)
	s.Gone("call after the holidays")
	show()
	p.Hide()
	s.Gone("call after the holidays")
	book.locked(func() {
		if want := s.Text("history_reason_complaint"); !slices.Equal(book.reasons, []string{want, want}) {
			t.Errorf("recorded %q", book.reasons)
		}
	})
}

func TestWhoMayNotRevealIsNotAsked(t *testing.T) {
	s := desktest.New(t)
	s.Desk.Rights = auditor{}
	p := New(s.Desk, newBook(5))
	s.Open(p, place.Place{})
	s.Until("the list is read", func() bool { return p.ready && p.list.Known() })
	s.Press(fyne.KeyDown, fyne.KeyDown)
	s.See(s.Text("history_changes"))
	for _, key := range []string{"history_reveal", "history_checkpoint", "history_pack"} {
		if s.Screen().Has(s.Text(key)) {
			t.Errorf("an auditor is offered %s", key)
		}
	}
}

type auditor struct{}

func (auditor) May(v access.Verb) bool { return access.May(access.Auditor, v) }
func (auditor) Shows(v access.Verb, f access.Field) access.Level {
	return access.House{}.Shows(access.Auditor, v, f)
}

func TestTheLogIsFiltered(t *testing.T) {
	book := newBook(20)
	s, p := open(t, book, place.Place{Customer: "c1"})
	s.See("name of c1")
	s.Until("one is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	s.See("1 条，共 20 条")
	s.Click(s.Text("part_filter_clear"))
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 20 })
	s.Click(s.Text("part_filter_add"))
	s.Click(s.Text("history_by_kind"))
	s.Click(s.Text("history_kind_backups"))
	s.See(s.Text("history_none_title"))
	book.locked(func() {
		if !slices.Contains(book.asked.Verbs, "restore") {
			t.Errorf("asked for %v", book.asked.Verbs)
		}
	})
}

func TestACopyHoldsAllThatIsSelected(t *testing.T) {
	s, _ := open(t, newBook(700), place.Place{})
	s.See("user 698")
	s.Ctrl(fyne.KeyA)
	s.Ctrl(fyne.KeyC)
	s.See("已复制 700 行。")
	text := fyne.CurrentApp().Clipboard().Content()
	if lines := strings.Count(text, "\n"); lines != 701 || !strings.Contains(text, "user 0") || strings.Contains(text, "holidays") {
		t.Errorf("%d lines", lines)
	}
}

func TestTheLogIsCheckedAndSaysSo(t *testing.T) {
	book := newBook(5)
	s, p := open(t, book, place.Place{})
	s.Click(s.Text("history_check"))
	s.See(s.Text("history_checked_done", map[string]any{"Count": 5}))
	if p.checked == "" || len(s.Works) != 1 || !s.Works[0].Ended {
		t.Error("the strip does not say it")
	}
	book.locked(func() { book.problems = []string{"log: entry 1 is not what was written"} })
	s.Click(s.Text("history_check"))
	s.See(s.Text("history_checked_bad", map[string]any{"Count": 1}))
	if p.checked != "" {
		t.Error("the strip says that all is well")
	}
}

func TestACheckpointIsShownCopiedAndSaved(t *testing.T) {
	s, _ := open(t, newBook(7), place.Place{})
	folder := t.TempDir()
	files.Remember(s.Desk, folder)
	s.Click(s.Text("history_checkpoint"))
	s.See("kebu/8f14+key")
	s.Click(s.Text("history_copy"))
	const text = "kebu/8f14e45fceea167a\n7\nroot\n"
	if got := fyne.CurrentApp().Clipboard().Content(); got != text {
		t.Errorf("copied %q", got)
	}
	s.Click(s.Text("history_save"))
	s.Click(s.Text("files_save_button"))
	name := "客簿校验点-2026-06-30.txt"
	s.See(s.Text("history_saved", map[string]any{"File": name}))
	if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != text {
		t.Errorf("saved %q, %v", got, err)
	}
}

func TestAnAuditPackIsWrittenForAKey(t *testing.T) {
	book := newBook(7)
	s, _ := open(t, book, place.Place{})
	s.Desk.Book = filepath.Join(t.TempDir(), "shop.kebu")
	s.Click(s.Text("history_pack"))
	s.Type("age1nobody")
	s.Press(fyne.KeyReturn)
	book.locked(func() {
		if len(book.packs) > 0 {
			t.Fatal("plain Enter writes the pack")
		}
	})
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("history_pack_recipient_bad"))
	for range "nobody" {
		s.Press(fyne.KeyBackspace)
	}
	s.Type("q")
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("history_pack_hand"))
	s.Click(s.Text("history_copy_key"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != "kebu/8f14+key" {
		t.Errorf("copied %q", got)
	}
	book.locked(func() {
		want := usecase.PackRequest{To: filepath.Join(filepath.Dir(s.Desk.Book), "客簿审计包-2026-06-30.age"), Recipient: "age1q"}
		if got := book.packs[len(book.packs)-1]; got != want {
			t.Errorf("asked for %+v", got)
		}
	})
}

func TestAnAuditPackWithAPasswordCanBeStopped(t *testing.T) {
	const pass = "nine quiet lanterns by a lake"
	book := newBook(7)
	book.wait = make(chan struct{})
	s, _ := open(t, book, place.Place{})
	s.Click(s.Text("history_pack"))
	s.Click(s.Text("history_pack_for_password"))
	s.Press(fyne.KeyTab)
	s.Window.Canvas().FocusNext()
	s.Type(pass)
	s.Press(fyne.KeyReturn)
	s.Type(pass)
	s.Ctrl(fyne.KeyReturn)
	s.Until("the pack is begun", func() bool {
		book.lock.Lock()
		defer book.lock.Unlock()
		return len(book.packs) == 1
	})
	s.Press(fyne.KeyEscape)
	s.See(s.Text("history_pack_stopped"))
	book.locked(func() {
		if p := book.packs[0]; p.Password != pass || p.Recipient != "" {
			t.Error("the pack is for somebody else")
		}
	})
}

func TestTheColumnsAreRemembered(t *testing.T) {
	book := newBook(3)
	layout, err := json.Marshal(parts.TableLayout{Columns: []parts.ColumnLayout{{ID: "what", Width: 300}}})
	if err != nil {
		t.Fatal(err)
	}
	book.recalled[layoutName] = string(layout)
	_, p := open(t, book, place.Place{})
	if got := p.table.Layout(); got.Columns[0].ID != "what" {
		t.Errorf("the first column is %+v", got.Columns[0])
	}
}

func TestAfterAnErrorTheLogIsReadAgain(t *testing.T) {
	book := newBook(3)
	book.err = errors.New("no")
	s := desktest.New(t)
	s.Open(New(s.Desk, book), place.Place{})
	s.See(s.Text("history_error"))
	book.locked(func() { book.err = nil })
	s.Click(s.Text("customers_retry"))
	s.See("user 0")
}
