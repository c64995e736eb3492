package customers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/cmd/kebu/walk/screen"
)

// fakeBook is a shop of invented people that notes what it is asked and told.
type fakeBook struct {
	Book

	lock     sync.Mutex
	people   []usecase.Customer
	err      error
	asked    usecase.Selection // of the last list
	done     []string
	recalled map[string]string
	draft    string   // of the sheet
	draftOn  []string // whom it is on
	noteErr  error    // of writing notes
}

// people returns so many customers: the first lives in Chengdu, the others do not.
func people(n int) []usecase.Customer {
	list := make([]usecase.Customer, n)
	for i := range list {
		list[i] = usecase.Customer{
			ID: fmt.Sprintf("c%d", i), NameMask: fmt.Sprintf("name %d", i), City: "Leeds", Purchases: 1,
			Buyers: []usecase.Account{{Platform: "taobao", ID: fmt.Sprintf("account%d", i)}},
			Money:  []crm.Sums{{Currency: "CNY", Gross: 100_0000}},
		}
	}
	if n > 0 {
		list[0].City = "成都"
	}
	return list
}

func newBook(n int) *fakeBook { return &fakeBook{people: people(n), recalled: map[string]string{}} }

func (b *fakeBook) fail(err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = err
}

// find returns whom a selection means; of rules it knows one about Chengdu.
func (b *fakeBook) find(sel usecase.Selection) []usecase.Customer {
	var list []usecase.Customer
	for _, c := range b.people {
		if sel.IDs != nil && !slices.Contains(sel.IDs, c.ID) || slices.Contains(sel.Except, c.ID) ||
			!strings.Contains(c.NameMask, sel.Search) ||
			strings.Contains(sel.Where, "city = 成都") && c.City != "成都" || strings.Contains(sel.Where, "city != 成都") && c.City == "成都" {
			continue
		}
		list = append(list, c)
	}
	return list
}

func (b *fakeBook) Customers(ctx context.Context, sel usecase.Selection, yield func(usecase.Customer) error) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	b.asked = sel
	list := b.find(sel)
	from := min(sel.From, len(list))
	to := len(list)
	if sel.Limit > 0 {
		to = min(to, from+sel.Limit)
	}
	for _, c := range list[from:to] {
		if sel.Habits {
			c.Habits = &usecase.Habits{Favourite: usecase.Favourite{SKU: "tin of " + c.ID}, LastNote: crm.At(desktest.Now)}
		}
		if err := yield(c); err != nil {
			return 0, err
		}
	}
	return len(list), b.err
}

func (b *fakeBook) selection() usecase.Selection {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.asked
}

func (b *fakeBook) Totals(_ context.Context, sel usecase.Selection) (usecase.Totals, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	n := len(b.find(sel))
	return usecase.Totals{Customers: n, Purchases: n, Net: crm.Money(n) * 100_0000}, b.err
}

func (b *fakeBook) TotalsOf(ctx context.Context, of usecase.Targets) (usecase.Totals, error) {
	return b.Totals(ctx, usecase.Selection{IDs: of.IDs, Where: of.Where, Search: of.Search, Except: of.Except})
}

func (b *fakeBook) Show(_ context.Context, id string) (usecase.Profile, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, c := range b.people {
		if c.ID == id {
			c.PhoneMask = "*******5678"
			return usecase.Profile{Customer: c, Notes: []usecase.WrittenNote{{Text: pii.New("likes " + id)}}}, nil
		}
	}
	return usecase.Profile{}, crm.ErrNotFound
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, b.err
}

func (b *fakeBook) Stats(context.Context) (usecase.Stats, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.Stats{Customers: len(b.people)}, nil
}

func (b *fakeBook) Shops(context.Context) ([]usecase.ShopCount, error) { return nil, nil }
func (b *fakeBook) Tags(context.Context) ([]usecase.TagCount, error) {
	return []usecase.TagCount{{Tag: "gift", Customers: 2}}, nil
}

func (b *fakeBook) TagStates(_ context.Context, of usecase.Targets) ([]usecase.TagCount, int, error) {
	return []usecase.TagCount{{Tag: "gift", Customers: 1}}, len(of.IDs), nil
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

func (b *fakeBook) did(customers int, what string, of ...any) (usecase.Done, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.done = append(b.done, fmt.Sprintf(what, of...))
	return usecase.Done{Step: int64(len(b.done)), Customers: customers}, nil
}

func (b *fakeBook) last() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	if len(b.done) == 0 {
		return ""
	}
	return b.done[len(b.done)-1]
}

func (b *fakeBook) AddTag(_ context.Context, tag string, to usecase.Targets) (usecase.Done, error) {
	return b.did(len(to.IDs), "tag %s %q %v but %v", tag, to.Where, to.IDs, to.Except)
}

func (b *fakeBook) NoteMany(_ context.Context, text pii.Text, to usecase.Targets) (usecase.Done, error) {
	if b.noteErr != nil {
		return usecase.Done{}, b.noteErr
	}
	return b.did(len(to.IDs), "note %s %v", text.Reveal(), to.IDs)
}

func (b *fakeBook) KeepDraftMany(ctx context.Context, text pii.Text, to usecase.Targets) error {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.draft, b.draftOn = text.Reveal(), to.IDs
	return ctx.Err()
}

func (b *fakeBook) DraftMany(context.Context, usecase.Targets) (pii.Text, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return pii.New(b.draft), nil
}

func (b *fakeBook) kept() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.draft
}

func (b *fakeBook) SetAlias(_ context.Context, id string, alias pii.Text) (usecase.Done, error) {
	return b.did(1, "alias %s %s", id, alias.Reveal())
}

func (b *fakeBook) SaveSegment(_ context.Context, name, rule string) (usecase.Done, error) {
	return b.did(0, "segment %s: %s", name, rule)
}

func (b *fakeBook) SetContact(_ context.Context, to usecase.Targets, refused bool) (usecase.Done, error) {
	return b.did(len(to.IDs), "refused %v %v", refused, to.IDs)
}

func (b *fakeBook) Join(_ context.Context, ids ...string) (usecase.Joined, error) {
	done, err := b.did(len(ids), "join %v", ids)
	return usecase.Joined{Done: done}, err
}

// open shows the page of a book, read.
func open(t *testing.T, book *fakeBook, at place.Place) (*desktest.Stage, *Page) {
	t.Helper()
	s := desktest.New(t)
	p := New(s.Desk, book)
	s.Open(p, at)
	s.Until("the list is read", func() bool { return p.ready && (p.list.Known() || p.list.Err() != nil) })
	return s, p
}

func (b *fakeBook) until(s *desktest.Stage, done string) {
	s.T.Helper()
	s.Until(done, func() bool { return b.last() == done })
}

func TestASearchListsTheBestHitsAndIsTakenBackByEsc(t *testing.T) {
	book := newBook(20)
	s, p := open(t, book, place.Place{})
	s.See("20 位")
	if got := book.selection().Sort; !slices.Equal(got, newest) {
		t.Errorf("at the start sorted by %v", got)
	}
	s.Ctrl(fyne.KeyF)
	s.Type("name 13")
	s.Until("one is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	if got := book.selection(); got.Sort != nil {
		t.Errorf("a search is sorted by %v, not by how well it fits", got.Sort)
	}
	if r, _ := p.list.At(0); !slices.Equal(r.marks.name, [][2]int{{0, 4}, {5, 7}}) {
		t.Errorf("letters found: %v", r.marks.name)
	}
	s.See("1 位，共 20 位")
	s.Press(fyne.KeyEscape)
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 20 })
}

func TestNoMatchSaysWhatToDo(t *testing.T) {
	s, p := open(t, newBook(3), place.Place{})
	s.Ctrl(fyne.KeyF)
	s.Type("nobody")
	s.See(s.Text("customers_none_search"))
	s.Press(fyne.KeyEscape)
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 3 })
	s.Type("13800001234")
	s.See(s.Text("customers_none_digits"))
	s.Click(s.Text("customers_clear"))
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 3 })
}

func TestAnEmptyBookLeadsToImports(t *testing.T) {
	s, _ := open(t, newBook(0), place.Place{})
	s.Click(s.Text("customers_import"))
	if got := s.LastOpened(); got.Page != place.Imports || !got.Choose {
		t.Errorf("leads to %+v", got)
	}
}

func TestAfterAnErrorTheListIsReadAgain(t *testing.T) {
	book := newBook(2)
	book.err = errors.New("no")
	s := desktest.New(t)
	s.Open(New(s.Desk, book), place.Place{})
	s.See(s.Text("customers_error"))
	book.fail(nil)
	s.Click(s.Text("customers_retry"))
	s.See("name 1")
	book.fail(errors.New("no"))
	s.Ctrl(fyne.KeyF)
	s.Type("name")
	s.See(s.Text("customers_error"))
	book.fail(nil)
	s.Click(s.Text("customers_retry"))
	s.See("name 1")
}

func TestTheMenuNarrowsTheList(t *testing.T) {
	book := newBook(9)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown, desktop.KeyMenu)
	s.Click("只看 成都")
	s.Until("one is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	if got := book.selection().Where; got != "city = 成都" {
		t.Errorf("asked for %q", got)
	}
	s.See("1 位，共 9 位")
	s.Click(s.Text("customers_save"))
	s.Type("near")
	s.Press(fyne.KeyReturn)
	book.until(s, "segment near: city = 成都")
	s.Until("its name is the title", func() bool { return p.Header().Title == "near" })
	s.Click("清除")
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 9 })
}

func TestASegmentThatChangedCanBeUpdated(t *testing.T) {
	book := newBook(9)
	s, p := open(t, book, place.Place{Segment: "near", Rule: "city = 成都 and purchases >= 1"})
	s.Until("it is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	if s.Screen().Has(s.Text("customers_update")) {
		t.Error("a segment that did not change can be updated")
	}
	p.ask.chips = p.ask.chips[:1]
	p.showChips()
	p.asked()
	s.Click(s.Text("customers_update"))
	book.until(s, "segment near: city = 成都")
	s.Gone(s.Text("customers_update"))
}

func TestManyAreTagged(t *testing.T) {
	book := newBook(500)
	s, _ := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown)
	s.PressWith(fyne.KeyModifierShift, fyne.KeyDown)
	s.See("已选 2 位")
	s.See("净消费合计 ¥200.00")
	s.Ctrl(fyne.KeyT)
	s.See("2 位客户的标签")
	s.Type("tea")
	s.Press(fyne.KeyReturn)
	book.until(s, `tag tea "" [c0 c1] but []`)
	s.See("给 2 位加了标签 tea。")
	s.Ctrl(fyne.KeyA)
	s.See("已选 500 位")
	s.Ctrl(fyne.KeySpace)
	s.See("已选 499 位")
	s.Ctrl(fyne.KeyT)
	s.See("499 位客户的标签")
	s.Type("tea")
	s.Press(fyne.KeyReturn)
	book.until(s, `tag tea "purchases >= 0" [] but [c1]`)
}

func TestSheetsOpenAtTheRow(t *testing.T) {
	s, _ := open(t, newBook(900), place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	for key, title := range map[fyne.KeyName]string{fyne.KeyT: "1 位客户的标签", fyne.KeyN: "给 1 位客户记一笔", fyne.KeyF2: "怎么称呼这位客户"} {
		if key == fyne.KeyF2 {
			s.Press(key)
		} else {
			s.Ctrl(key)
		}
		s.See(title)
		texts := s.Screen().Texts // those under the sheet too
		row := texts[slices.IndexFunc(texts, func(x screen.Text) bool { return x.Text == "name 2" })]
		sheet := s.Screen().Find(title)[0]
		if below := sheet.Pos.Y - row.Pos.Y; below < row.Size.Height || below > 60 {
			t.Errorf("%s opens %v below the row", title, below)
		}
		parts.CloseOverlays(s.Window.Canvas())
	}
}

func TestOfManyOnlyThoseChosenAreRead(t *testing.T) {
	book := newBook(900)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	p.table.Selection().Range(395, 404)
	p.tag(p.beside())
	s.See("10 位客户的标签")
	s.Type("tea")
	s.Press(fyne.KeyReturn)
	book.until(s, `tag tea "" [c395 c396 c397 c398 c399 c400 c401 c402 c403 c404] but []`)
}

func TestWhatIsTypedOverTheTableIsSearched(t *testing.T) {
	s, p := open(t, newBook(20), place.Place{})
	s.See("name 0")
	s.Type("13")
	s.Until("one is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	if got := p.bar.SearchText(); got != "13" {
		t.Errorf("searched for %q", got)
	}
}

func TestRowsAreCopiedThoseTooThatAreNotRead(t *testing.T) {
	s, p := open(t, newBook(900), place.Place{})
	s.See("name 0")
	copied := func(said string) []string {
		s.Ctrl(fyne.KeyC)
		s.See(said)
		return strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\n")
	}
	s.Press(fyne.KeyDown)
	s.PressWith(fyne.KeyModifierShift, fyne.KeyDown)
	if got := copied("已复制 2 行。"); len(got) != 3 || !strings.HasPrefix(got[0], "客户\t") || !strings.HasPrefix(got[2], "name 1\taccount1\tLeeds\t1\t100.00") {
		t.Errorf("%q", got)
	}
	s.Click("全选 900 位")
	if _, read := p.list.At(899); read {
		t.Fatal("the last row is read already")
	}
	if got := copied("已复制 900 行。"); len(got) != 901 || !strings.HasPrefix(got[900], "name 899\t") {
		t.Errorf("%d lines", len(got))
	}
}

func TestANoteIsSavedWithCtrlEnter(t *testing.T) {
	book := newBook(3)
	s, _ := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown)
	s.Ctrl(fyne.KeyN)
	s.Type("call")
	s.Press(fyne.KeyReturn)
	s.Type("back")
	s.Ctrl(fyne.KeyReturn)
	book.until(s, "note call\nback [c0]")
}

func TestAnAliasIsSaved(t *testing.T) {
	book := newBook(3)
	s, _ := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown, fyne.KeyF2)
	s.Type("teacher")
	s.Press(fyne.KeyReturn)
	book.until(s, "alias c0 teacher")
}

// TestANoteThatIsNotSavedIsKept when the sheet is closed by anything but Esc, and is
// offered until it is saved or discarded.
func TestANoteThatIsNotSavedIsKept(t *testing.T) {
	for name, end := range map[string]func(*desktest.Stage, *fakeBook){
		"saved": func(s *desktest.Stage, book *fakeBook) {
			s.Ctrl(fyne.KeyReturn)
			book.until(s, "note half a thought [c0 c1]")
		},
		"discarded": func(s *desktest.Stage, _ *fakeBook) { s.Press(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			book := newBook(3)
			s, _ := open(t, book, place.Place{})
			s.See("name 0")
			s.Press(fyne.KeyDown)
			s.PressWith(fyne.KeyModifierShift, fyne.KeyDown)
			s.See("已选 2 位")
			s.Ctrl(fyne.KeyN)
			s.See("给 2 位客户记一笔")
			s.Type("half a thought")
			parts.CloseOverlays(s.Window.Canvas()) // what Lock does
			s.Until("the draft is kept", func() bool { return book.kept() == "half a thought" })
			if !slices.Equal(book.draftOn, []string{"c0", "c1"}) {
				t.Errorf("the draft is on %q", book.draftOn)
			}
			s.Ctrl(fyne.KeyN)
			s.See(s.Text("customer_draft"))
			s.See("half a thought")
			end(s, book)
			s.Until("the draft is forgotten", func() bool { return book.kept() == "" })
		})
	}
}

func TestANoteThatCannotBeWrittenStaysADraft(t *testing.T) {
	book := newBook(3)
	book.noteErr = usecase.ErrDiskFull
	s, _ := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown)
	s.Ctrl(fyne.KeyN)
	s.See("给 1 位客户记一笔")
	s.Type("half a thought")
	s.Ctrl(fyne.KeyReturn)
	s.Until("the draft is kept", func() bool { return book.kept() == "half a thought" })
}

func TestThePanelFollowsAndEscGoesFromTheInnermost(t *testing.T) {
	book := newBook(5)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown)
	s.See("likes c0")
	s.Press(fyne.KeyDown)
	s.See("likes c1")
	s.Ctrl(fyne.KeyF)
	s.Type("name")
	s.Until("the search is asked", func() bool { return book.selection().Search == "name" })
	s.Press(fyne.KeyDown, fyne.KeyDown) // into the table, and to its first row
	s.Ctrl(fyne.KeyT)
	s.See("1 位客户的标签")
	s.Press(fyne.KeyEscape)
	s.Gone("1 位客户的标签")
	if p.table.Selection().Len(5) != 1 {
		t.Fatal("the first Esc took more than the sheet")
	}
	s.Press(fyne.KeyEscape)
	if p.table.Selection().Len(5) != 0 || !p.panel.Visible() {
		t.Fatal("the second Esc takes the selection, and that alone")
	}
	s.Press(fyne.KeyEscape)
	if p.panel.Visible() || p.ask.search == "" {
		t.Fatal("the third Esc closes the panel, and that alone")
	}
	s.Press(fyne.KeyEscape)
	s.Until("the fourth Esc empties the search", func() bool { return p.ask.search == "" })
}

func TestACustomerIsOpenedWithTheList(t *testing.T) {
	s, _ := open(t, newBook(5), place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	got := s.LastOpened()
	if got.Page != place.Customer || got.Customer != "c1" || got.List == nil || got.List.Index != 1 || got.List.Total != 5 {
		t.Fatalf("%+v", got)
	}
	if id, err := got.List.At(3); id != "c3" || err != nil {
		t.Errorf("the walk leads to %q: %v", id, err)
	}
}

func TestTheSelectionStaysWhenTheBookChanged(t *testing.T) {
	book := newBook(5)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown, fyne.KeyDown)
	book.lock.Lock()
	slices.Reverse(book.people)
	book.lock.Unlock()
	p.Reload()
	s.Until("the same one is selected", func() bool {
		r, ok := p.list.At(3)
		return ok && r.id == "c1" && p.table.Selection().Has(3) && p.table.Selection().Len(5) == 1
	})
}

func TestThoseOfAnImportAreNamed(t *testing.T) {
	book := newBook(4)
	s, p := open(t, book, place.Place{Import: 7})
	s.Until("it is asked for", func() bool { return book.selection().Import == 7 && p.list.Known() })
	s.See(s.Text("customers_imported"))
	s.Ctrl(fyne.KeyA)
	s.Ctrl(fyne.KeyT)
	s.See("4 位客户的标签")
	s.Type("new")
	s.Press(fyne.KeyReturn)
	book.until(s, `tag new "" [c0 c1 c2 c3] but []`)
	s.Click(s.Text("customers_everyone"))
	s.Until("all are asked for", func() bool { return book.selection().Import == 0 })
}

func TestSortAndColumnsAreRemembered(t *testing.T) {
	book := newBook(4)
	layout, err := json.Marshal(parts.TableLayout{
		Columns: []parts.ColumnLayout{{ID: "city", Width: 90}}, Sort: []parts.SortKey{{ID: "city"}, {ID: "net", Descending: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	book.recalled[layoutName("")] = string(layout)
	s, _ := open(t, book, place.Place{})
	want := []usecase.Sort{{By: "city"}, {By: "net", Descending: true}}
	s.Until("it is asked for", func() bool { return slices.Equal(book.selection().Sort, want) })
	s.Ctrl(fyne.KeyF)
	s.Type("name")
	s.Until("a chosen order stays in a search", func() bool {
		return book.selection().Search == "name" && slices.Equal(book.selection().Sort, want)
	})
}

func TestHabitsAreAskedForWhereTheyAreShown(t *testing.T) {
	book := newBook(20)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	if book.selection().Habits {
		t.Error("they are asked for though no column shows them")
	}
	test.TapCanvas(s.Window.Canvas(), s.Screen().Find(s.Text("part_columns"))[0].Middle())
	s.Click(s.Text("customers_col_favourite"))
	s.Press(fyne.KeyEscape)
	s.See("tin of c0")
	p.focusTable()
	s.Press(fyne.KeyDown)
	s.Ctrl(fyne.KeyC)
	s.See("已复制 1 行。")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasSuffix(strings.TrimSpace(got), "\ttin of c0") {
		t.Errorf("%q", got)
	}
}

func TestASegmentRemembersItsOwnLayout(t *testing.T) {
	book := newBook(4)
	book.recalled[layoutName("near")] = `{"columns":[{"id":"city","width":90}],"sort":[{"id":"net","descending":true}]}`
	s, p := open(t, book, place.Place{Segment: "near", Rule: "city = 成都"})
	sorted := func(by string) func() bool {
		return func() bool { got := book.selection().Sort; return len(got) == 1 && got[0].By == by }
	}
	s.Until("it is asked for in its order", sorted("net"))
	s.Until("its first column stands first", func() bool { return p.table.Layout().Columns[0].ID == "city" })
	p.table.OnLayout(parts.TableLayout{})
	s.Until("it is remembered", func() bool {
		text, err := book.Recall(t.Context(), layoutName("near"))
		return err == nil && text == `{"columns":null}`
	})
	s.Click("清除")
	s.Until("all are asked for in the order of all", sorted("last_purchase"))
	if got := p.table.Layout().Columns[0].ID; got != "name" {
		t.Errorf("%s stands first in the list of all", got)
	}
}

func TestTwoAreJoinedAndMarked(t *testing.T) {
	book := newBook(4)
	s, p := open(t, book, place.Place{})
	s.See("name 0")
	s.Press(fyne.KeyDown)
	s.PressWith(fyne.KeyModifierShift, fyne.KeyDown)
	s.Press(desktop.KeyMenu)
	s.Click(s.Text("customers_refuse"))
	book.until(s, "refused true [c0 c1]")
	s.Until("both are selected in the list that was read again", func() bool {
		return len(s.Steps) == 1 && p.list.Known() && p.table.Selection().Len(4) == 2
	})
	s.Press(desktop.KeyMenu)
	s.Click(s.Text("customers_join"))
	book.until(s, "join [c0 c1]")
	s.Until("both can be taken back", func() bool { return len(s.Steps) == 2 })
}
