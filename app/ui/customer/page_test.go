package customer

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook holds two customers and notes what is done to it.
type fakeBook struct {
	Book

	lock      sync.Mutex
	customers map[string]usecase.Profile
	drafts    map[string]string
	left      usecase.Reveals
	recalled  string
	done      []string
	err       error // of Show and of writing notes
}

func (b *fakeBook) did(what ...string) (usecase.Done, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.done = append(b.done, strings.Join(what, " "))
	return usecase.Done{Step: int64(len(b.done)), Customers: 1}, nil
}

func (b *fakeBook) has(what string) bool {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, d := range b.done {
		if d == what {
			return true
		}
	}
	return false
}

func (b *fakeBook) fail(err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = err
}

func (b *fakeBook) Show(_ context.Context, id string) (usecase.Profile, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	p, ok := b.customers[id]
	if !ok {
		return p, crm.ErrNotFound
	}
	return p, b.err
}

func (b *fakeBook) Reveal(ctx context.Context, id, reason string) (usecase.Profile, error) {
	p, err := b.Show(ctx, id)
	p.Clear = &usecase.Clear{Name: pii.New("陈青山"), Phone: pii.New("13800005678")}
	p.Notes = append([]usecase.WrittenNote(nil), p.Notes...)
	for i := range p.Notes {
		p.Notes[i].Text = pii.New(strings.ReplaceAll(p.Notes[i].Text.Reveal(), "*******", "1380000"))
	}
	_, _ = b.did("reveal", reason)
	return p, err
}

func (b *fakeBook) RevealsLeft(context.Context, string) (usecase.Reveals, error) { return b.left, nil }

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, nil
}

func (b *fakeBook) Recall(context.Context, string) (string, error) { return b.recalled, nil }
func (b *fakeBook) Remember(context.Context, string, string) error { return nil }
func (b *fakeBook) Order(context.Context, int64) (usecase.OrderDetail, error) {
	return usecase.OrderDetail{}, nil
}

func (b *fakeBook) Draft(_ context.Context, id string) (pii.Text, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return pii.New(b.drafts[id]), nil
}

func (b *fakeBook) KeepDraft(ctx context.Context, id string, text pii.Text) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.drafts[id] = text.Reveal()
	return ctx.Err()
}

func (b *fakeBook) NoteMany(_ context.Context, text pii.Text, to usecase.Targets) (usecase.Done, error) {
	b.lock.Lock()
	err := b.err
	b.lock.Unlock()
	if err != nil {
		return usecase.Done{}, err
	}
	return b.did("note", to.IDs[0], text.Reveal())
}

func (b *fakeBook) EditNote(_ context.Context, note string, text pii.Text) (usecase.Done, error) {
	return b.did("edit", note, text.Reveal())
}

func (b *fakeBook) SetAlias(_ context.Context, id string, alias pii.Text) (usecase.Done, error) {
	return b.did("alias", id, alias.Reveal())
}

func (b *fakeBook) Erase(_ context.Context, _ *usecase.Keeper, ids ...string) (usecase.Done, error) {
	return b.did("erase", strings.Join(ids, " "))
}

// stage is the page in a window, opened from a list of two.
type stage struct {
	*desktest.Stage
	page *Page
	book *fakeBook
	list *place.List
	now  time.Time
}

func newStage(t *testing.T) *stage {
	t.Helper()
	return newStageOf(t, nil, "")
}

// newStageOf is the page of a user with rights, who left it as remembered.
func newStageOf(t *testing.T, rights desk.Rights, recalled string) *stage {
	t.Helper()
	s := &stage{Stage: desktest.New(t), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	other := teacher()
	other.ID, other.NameMask = "c2", "林**"
	s.book = &fakeBook{
		customers: map[string]usecase.Profile{"c1": teacher(), "c2": other}, drafts: map[string]string{},
		left: usecase.Reveals{Left: 19, Most: 20}, recalled: recalled,
	}
	s.Desk.Rights = rights
	s.Desk.Clock = func() time.Time { return s.now }
	s.page = New(s.Desk, s.book)
	ids := []string{"c1", "c2"}
	s.list = &place.List{Total: 2, At: func(i int) (string, error) { return ids[i], nil }}
	s.Open(s.page, place.Place{Page: place.Customer, Customer: "c1", List: s.list})
	s.Until("the customer", func() bool { return s.page.known == "c1" })
	return s
}

func (s *stage) reveal() {
	s.T.Helper()
	s.page.askReveal(nil)
	s.See(s.Text("customer_reveal_log"))
	s.Ctrl(fyne.KeyReturn)
	s.See("13800005678")
}

func TestWhoIsErasedIsAskedForTwice(t *testing.T) {
	s := newStage(t)
	s.Click(s.Text("customer_more"))
	s.Click(s.Text("customer_erase"))
	s.See(s.Text("act_erase_goes"))
	s.Press(fyne.KeyReturn)
	if s.book.has("erase c1") {
		t.Fatal("Enter erases")
	}
	s.Ctrl(fyne.KeyReturn)
	s.See(s.Text("act_erased"))
	if !s.book.has("erase c1") {
		t.Errorf("done: %v", s.book.done)
	}
}

func TestANoteIsWrittenWithCtrlEnter(t *testing.T) {
	s := newStage(t)
	s.Ctrl(fyne.KeyN)
	if s.Window.Canvas().Focused() != s.page.write.entry {
		t.Fatal("Ctrl+N does not go into the field")
	}
	s.Type("call back @12-01")
	if !s.Screen().Has("2026-12-01 提醒") {
		t.Error("the day of the reminder is not shown")
	}
	s.Ctrl(fyne.KeyReturn)
	s.Until("the note", func() bool { return s.book.has("note c1 call back @12-01") })
	if s.page.write.entry.Text != "" {
		t.Error("the note stays in the field")
	}
}

func TestANoteThatFailsStaysInTheField(t *testing.T) {
	s := newStage(t)
	s.page.write.entry.SetText("call back")
	s.book.fail(usecase.ErrDiskFull)
	s.page.write.save()
	s.Until("the text is back", func() bool { return s.page.write.entry.Text == "call back" })
}

func TestAnUnsavedNoteIsKeptWhenLockedAndRestored(t *testing.T) {
	s := newStage(t)
	s.page.write.entry.SetText("half a thought")
	s.page.Hide()
	s.Desk.Tasks.Close() // what Lock does next
	if got := s.book.drafts["c1"]; got != "half a thought" {
		t.Fatalf("kept %q", got)
	}

	again := newStage(t)
	again.book.drafts["c2"] = "half a thought"
	again.PressWith(fyne.KeyModifierAlt, fyne.KeyDown)
	again.Until("the draft", func() bool { return again.page.write.entry.Text == "half a thought" })
	if !again.Screen().Has("上次没保存的备注还在这里。") {
		t.Error("nobody says where the text comes from")
	}
}

func TestADraftStaysWithItsCustomer(t *testing.T) {
	s := newStage(t)
	s.page.write.entry.SetText("for the first")
	s.PressWith(fyne.KeyModifierAlt, fyne.KeyDown)
	s.Until("the second", func() bool { return s.page.known == "c2" })
	if s.page.write.entry.Text != "" {
		t.Fatalf("the second customer has %q", s.page.write.entry.Text)
	}
	s.PressWith(fyne.KeyModifierAlt, fyne.KeyUp)
	s.Until("the first", func() bool { return s.page.known == "c1" })
	if s.page.write.entry.Text != "for the first" || s.list.Index != 0 {
		t.Errorf("the first customer has %q, place %d", s.page.write.entry.Text, s.list.Index)
	}
}

func TestBackLeadsToWhereTheWalkWent(t *testing.T) {
	s := newStage(t)
	s.PressWith(fyne.KeyModifierAlt, fyne.KeyDown)
	s.Until("the second", func() bool { return s.page.known == "c2" })
	s.page.Hide()
	s.page.Show(place.Place{Page: place.Customer, Customer: "c1", List: s.list}) // as it stands in the trail
	if s.page.id != "c2" {
		t.Errorf("back at %s", s.page.id)
	}
}

func TestClearValuesAreMaskedAfterAMinute(t *testing.T) {
	s := newStage(t)
	s.reveal()
	if !s.book.has("reveal 联系买家") {
		t.Errorf("recorded %v", s.book.done)
	}
	s.now = s.now.Add(59 * time.Second)
	s.page.tick()
	if !s.Screen().Has("13800005678") {
		t.Error("masked too early")
	}
	s.now = s.now.Add(time.Second)
	s.page.tick()
	if s.Screen().Has("13800005678") || !s.Screen().Has("*******5678") {
		t.Error("not masked after 60 s")
	}
}

func TestLeavingMasksAndClearsTheClipboard(t *testing.T) {
	s := newStage(t)
	s.reveal()
	s.page.copyClear("13800005678")
	if fyne.CurrentApp().Clipboard().Content() != "13800005678" {
		t.Fatal("not copied")
	}
	s.page.Hide()
	if s.Screen().Has("13800005678") || s.page.reveal.profile != nil {
		t.Error("still clear")
	}
	if got := fyne.CurrentApp().Clipboard().Content(); got != "" {
		t.Errorf("the clipboard holds %q", got)
	}
}

func TestWhatOthersCopiedStaysInTheClipboard(t *testing.T) {
	s := newStage(t)
	s.page.copyClear("13800005678")
	fyne.CurrentApp().Clipboard().SetContent("something else")
	s.Desk.ClearCopied()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "something else" {
		t.Errorf("the clipboard holds %q", got)
	}
}

func TestPlainEnterRevealsNothing(t *testing.T) {
	s := newStage(t)
	s.page.askReveal(nil)
	s.Press(fyne.KeyReturn)
	parts.KeysOf(s.Window.Canvas()).Handle(parts.Press{Key: fyne.KeyReturn})
	s.Desk.Tasks.Close()
	if len(s.book.done) > 0 {
		t.Errorf("Enter did %v", s.book.done)
	}
}

func TestAMaskedNoteIsRevealedBeforeItIsEdited(t *testing.T) {
	s := newStage(t)
	p := s.book.customers["c1"]
	p.Notes[0].Text = pii.New("call *******5678")
	s.page.Reload()
	s.Until("the note", func() bool { return s.page.profile.Notes[0].Text.Reveal() == "call *******5678" })
	s.page.beginEdit("n1")
	if s.page.edit.note != "" {
		t.Fatal("a masked text is edited: saving would lose the number")
	}
	s.See(s.Text("customer_reveal_log"))
	s.Ctrl(fyne.KeyReturn)
	s.Until("the editor", func() bool { return s.page.edit.note == "n1" })
	if got := s.page.edit.entry.Text; got != "call 13800005678" {
		t.Fatalf("edited %q", got)
	}
	s.page.edit.entry.SetText("call 13800005678 soon")
	s.page.edit.entry.OnKey(parts.Submit)
	s.Until("the edit", func() bool { return s.book.has("edit n1 call 13800005678 soon") })
}

func TestF2SetsTheAlias(t *testing.T) {
	s := newStage(t)
	s.Press(fyne.KeyF2)
	e, ok := s.Window.Canvas().Focused().(*parts.Entry)
	if !ok || e.Text != "陈老师" {
		t.Fatalf("focus on %T", s.Window.Canvas().Focused())
	}
	e.SetText("")
	e.OnSubmitted("")
	s.Until("no alias", func() bool { return s.book.has("alias c1 ") })
}

func TestFiguresLeadToTheirOrders(t *testing.T) {
	s := newStage(t)
	s.page.showReason(figRefunds, s.page.figures[figRefunds])
	s.Click("看有退款的订单")
	if at := s.LastOpened(); len(s.Opened) != 1 || !at.Refunded || at.Customer != "c1" || at.Page != place.Orders {
		t.Errorf("opened %+v", s.Opened)
	}
}

func TestACustomerThatIsGoneIsSaid(t *testing.T) {
	s := newStage(t)
	s.page.Show(place.Place{Page: place.Customer, Customer: "nobody"})
	s.Until("the sentence", func() bool { return s.Screen().Has("这位客户没有读出来") })
	s.page.Show(place.Place{Page: place.Customer, Customer: "c2"})
	s.Until("another customer", func() bool { return s.page.known == "c2" && s.Screen().Has("资料") })
}
