package orders

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

	"kebu/app/crm"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// fakeBook holds so many orders; the first belongs to nobody, the others to a
// customer each.
type fakeBook struct {
	Book

	lock     sync.Mutex
	count    int
	err      error
	asked    usecase.OrderSelection
	recalled map[string]string
}

func newBook(n int) *fakeBook { return &fakeBook{count: n, recalled: map[string]string{}} }

func order(i int) usecase.OrderRow {
	o := usecase.OrderRow{
		ID: int64(i), Number: fmt.Sprintf("2026063000%04d203311", i), Shop: usecase.Shop{Platform: "taobao", Name: "tea"},
		Status: crm.StatusShipped, Currency: "CNY", Figures: crm.Figures{Gross: 10_0000}, Product: "tin",
	}
	if i > 0 {
		o.Customer, o.CustomerName = fmt.Sprintf("c%d", i), fmt.Sprintf("name %d", i)
	}
	return o
}

func (b *fakeBook) find(sel usecase.OrderSelection) []usecase.OrderRow {
	var list []usecase.OrderRow
	for i := range b.count {
		o := order(i)
		if !strings.Contains(o.Number, sel.Search) || sel.Customer != "" && o.Customer != sel.Customer || sel.NoBuyer && o.Customer != "" {
			continue
		}
		list = append(list, o)
	}
	return list
}

func (b *fakeBook) Orders(ctx context.Context, sel usecase.OrderSelection, yield func(usecase.OrderRow) error) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	b.asked = sel
	list := b.find(sel)
	from := min(sel.From, len(list))
	for _, o := range list[from:min(len(list), from+sel.Limit)] {
		if err := yield(o); err != nil {
			return 0, err
		}
	}
	return len(list), b.err
}

func (b *fakeBook) OrderTotals(_ context.Context, sel usecase.OrderSelection) (usecase.OrderTotals, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	n := len(b.find(sel))
	return usecase.OrderTotals{Orders: n, Gross: crm.Money(n) * 10_0000, Net: crm.Money(n) * 10_0000}, nil
}

func (b *fakeBook) Order(_ context.Context, id int64) (usecase.OrderDetail, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.OrderDetail{
		OrderRow: order(int(id)), Phone: "*******5678", Lines: []crm.Line{{Product: "tin", SKU: "T-1", Amount: 10_0000, Quantity: crm.One}},
		States: []usecase.OrderState{{File: "may.csv"}, {File: "june.csv"}},
	}, b.err
}

func (b *fakeBook) Shops(context.Context) ([]usecase.ShopCount, error) {
	return []usecase.ShopCount{{Shop: usecase.Shop{ID: 1, Platform: "taobao", Name: "tea"}}}, nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, b.err
}

func (b *fakeBook) Show(_ context.Context, id string) (usecase.Profile, error) {
	return usecase.Profile{Customer: usecase.Customer{ID: id, NameMask: "name of " + id}}, nil
}

func (b *fakeBook) ImportOf(context.Context, int64) (usecase.Imported, error) {
	return usecase.Imported{}, crm.ErrNotFound
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

func (b *fakeBook) fail(err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.err = err
}

func (b *fakeBook) selection() usecase.OrderSelection {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.asked
}

func open(t *testing.T, book *fakeBook, at place.Place) (*desktest.Stage, *Page) {
	t.Helper()
	s := desktest.New(t)
	p := New(s.Desk, book)
	s.Open(p, at)
	s.Until("the list is read", func() bool { return p.ready && p.list.Known() })
	return s, p
}

func TestAnOrderShowsBesideAndLeadsToItsCustomer(t *testing.T) {
	s, p := open(t, newBook(5), place.Place{})
	s.See("…000000…")
	s.Press(fyne.KeyDown, fyne.KeyDown)
	s.See("20260630000001203311")
	s.See("改过 1 次")
	s.Press(fyne.KeyReturn)
	if got := s.LastOpened(); got.Page != place.Customer || got.Customer != "c1" {
		t.Errorf("Enter leads to %+v", got)
	}
	s.Press(fyne.KeyEscape)
	if p.table.Selection().Len(5) != 0 {
		t.Error("Esc leaves the selection")
	}
	s.Press(fyne.KeyHome, fyne.KeyReturn)
	s.See(s.Text("orders_nobody"))
	if len(s.Opened) != 1 {
		t.Errorf("an order of nobody leads to %+v", s.LastOpened())
	}
}

func TestOrdersAreFound(t *testing.T) {
	book := newBook(20)
	s, p := open(t, book, place.Place{})
	s.Ctrl(fyne.KeyF)
	s.Type("0013")
	s.Until("one is listed", func() bool { return p.list.Known() && p.list.Count() == 1 })
	s.See("1 笔，共 20 笔")
	s.Press(fyne.KeyEscape)
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 20 })
	s.Type("nothing is called so")
	s.See(s.Text("orders_none_title"))
	s.Click(s.Text("customers_clear"))
	s.Until("all are listed", func() bool { return p.list.Known() && p.list.Count() == 20 })
}

func TestTheOrdersOfACustomerAreNamed(t *testing.T) {
	book := newBook(20)
	s, p := open(t, book, place.Place{Customer: "c3"})
	s.See("name of c3")
	if p.list.Count() != 1 {
		t.Errorf("%d listed", p.list.Count())
	}
	p.Show(place.Place{Import: 7})
	s.See(s.Text("orders_this_import"))
	s.Until("it is asked for", func() bool { return book.selection().Import == 7 })
}

func TestACopyHoldsAllThatIsSelected(t *testing.T) {
	s, _ := open(t, newBook(700), place.Place{})
	s.See("…000000…")
	s.Ctrl(fyne.KeyA)
	s.Ctrl(fyne.KeyC)
	s.See("已复制 700 行。")
	text := fyne.CurrentApp().Clipboard().Content()
	if lines := strings.Count(text, "\n"); lines != 701 || !strings.Contains(text, "20260630000699203311\t") {
		t.Errorf("%d lines, the numbers in full: %t", lines, strings.Contains(text, "20260630000699203311\t"))
	}
}

func TestTheNumberIsCopiedInFull(t *testing.T) {
	s, _ := open(t, newBook(3), place.Place{})
	s.See("…000000…")
	s.Press(fyne.KeyDown, desktop.KeyMenu)
	s.Click(s.Text("orders_copy_number"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != "20260630000000203311" {
		t.Errorf("copied %q", got)
	}
}

func TestTheSortIsRemembered(t *testing.T) {
	book := newBook(3)
	layout, err := json.Marshal(parts.TableLayout{Sort: []parts.SortKey{{ID: "gross", Descending: true}}})
	if err != nil {
		t.Fatal(err)
	}
	book.recalled[layoutName] = string(layout)
	open(t, book, place.Place{})
	if got := book.selection().Sort; !slices.Equal(got, []usecase.Sort{{By: "gross", Descending: true}}) {
		t.Errorf("sorted by %v", got)
	}
}

func TestAnEmptyBookLeadsToImports(t *testing.T) {
	s, _ := open(t, newBook(0), place.Place{})
	s.Click(s.Text("customers_import"))
	if got := s.LastOpened(); got.Page != place.Imports || !got.Choose {
		t.Errorf("leads to %+v", got)
	}
}

func TestAfterAnErrorTheListIsReadAgain(t *testing.T) {
	book := newBook(3)
	book.err = errors.New("no")
	s := desktest.New(t)
	s.Open(New(s.Desk, book), place.Place{})
	s.See(s.Text("orders_error"))
	book.fail(nil)
	s.Click(s.Text("customers_retry"))
	s.See("name 1")
}
