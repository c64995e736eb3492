package imports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/place"
	"kebu/app/usecase"
	"kebu/importers"
	"kebu/importers/table"
)

// fakeBook previews and imports without reading a file, and notes what it is asked.
type fakeBook struct {
	lock    sync.Mutex
	past    []usecase.Imported
	preview usecase.Preview
	err     map[string]error // of a dry run, by file
	failing error            // of an import
	secret  string           // the password of every file, "" for none
	held    chan struct{}    // an import waits for it, or for the end of its context
	asked   []usecase.ImportRequest
	later   []usecase.Imported // of what is taken back
	kept    []usecase.Kept
	changes []usecase.Change
}

func (b *fakeBook) Preview(_ context.Context, r usecase.ImportRequest) (usecase.Preview, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.secret != "" && r.Password != b.secret {
		return usecase.Preview{}, &table.PasswordError{Wrong: r.Password != ""}
	}
	if r.Mapping == nil && r.Format == "" {
		if err := b.err[filepath.Base(r.Path)]; err != nil {
			return usecase.Preview{}, err
		}
	}
	p := b.preview
	p.File = filepath.Base(r.Path)
	if p.DateDoubt != "" {
		p.DateOrder = r.DateOrder
	}
	if r.Shop != "" {
		p.Shop = r.Shop
	}
	return p, nil
}

func (b *fakeBook) Import(ctx context.Context, r usecase.ImportRequest) (usecase.ImportReport, error) {
	if b.held != nil {
		r.Progress(usecase.Progress{Phase: usecase.PhaseWrite, Done: 128_400, Total: 541_909, Part: 0.4})
		select {
		case <-b.held:
		case <-ctx.Done():
			return usecase.ImportReport{}, ctx.Err()
		}
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.failing != nil {
		return usecase.ImportReport{}, b.failing
	}
	b.asked = append(b.asked, r)
	report := usecase.ImportReport{
		Import: "7", File: filepath.Base(r.Path), Format: "taobao.orders", Platform: "taobao", Shop: r.Shop,
		Orders: b.preview.Orders, Customers: b.preview.Customers, Rows: b.preview.Rows,
	}
	if b.preview.Payments.Total() > 0 {
		report.Payments = &b.preview.Payments
	}
	b.past = append([]usecase.Imported{{Step: 7, At: crm.At(today), Report: report}}, b.past...)
	return report, nil
}

func (b *fakeBook) Sample(ctx context.Context, r usecase.SampleRequest) (usecase.Sample, error) {
	return usecase.SampleOf(ctx, r)
}

func (b *fakeBook) SaveRejected(context.Context, usecase.RejectedRequest) (int, error) { return 0, nil }

func (b *fakeBook) Mappings(context.Context) ([]usecase.KeptMapping, error) { return nil, nil }

func (b *fakeBook) Imports(context.Context) ([]usecase.Imported, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.past, nil
}

func (b *fakeBook) ImportOf(_ context.Context, step int64) (usecase.Imported, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, m := range b.past {
		if m.Step == step {
			return m, nil
		}
	}
	return usecase.Imported{}, crm.ErrNotFound
}

func (b *fakeBook) UndoPreview(context.Context, int64) (usecase.UndoReport, error) {
	u := usecase.UndoReport{Later: b.later}
	u.OrdersGone, u.OrdersRestored, u.CustomersGone, u.CustomersKept, u.Kept = 2847, 213, 1899, 3, append(make([]usecase.Kept, 3), b.kept...)
	return u, nil
}

func (b *fakeBook) History(context.Context) ([]usecase.Change, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.changes, nil
}

func (b *fakeBook) Settings(context.Context) (usecase.Settings, error) {
	return usecase.Settings{Currency: "CNY", Zone: time.UTC}, nil
}

func (b *fakeBook) imported() []usecase.ImportRequest {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.asked
}

// hands are the page in a window, and the person in front.
type hands struct {
	*desktest.Stage
	page  *Page
	book  *fakeBook
	taken []desk.Step
	again []int64
}

func open(t *testing.T, book *fakeBook) *hands {
	t.Helper()
	s := &hands{Stage: desktest.New(t), book: book}
	s.Desk.Clock = func() time.Time { return today }
	s.Desk.TakeBack = func(step desk.Step) { s.taken = append(s.taken, step) }
	s.Desk.DoAgain = func(step int64) { s.again = append(s.again, step) }
	s.page = New(s.Desk, book)
	s.Open(s.page, place.Place{Page: place.Imports})
	return s
}

// working counts the works that the status bar shows.
func (s *hands) working() int {
	n := 0
	for _, w := range s.Works {
		if !w.Ended {
			n++
		}
	}
	return n
}

func (s *hands) take(files ...string) {
	s.page.Show(place.Place{Page: place.Imports, Files: files})
}

func (s *hands) submit() { s.Ctrl(fyne.KeyReturn) }

func normal() *fakeBook {
	return &fakeBook{preview: usecase.Preview{
		Format: "taobao.orders", Platform: "taobao", Shop: "柚子杂货铺", Shops: []string{"柚子杂货铺"}, Rows: 3412, HeaderRow: 1, Encoding: "gb18030",
		Orders: usecase.OrderCounts{New: 2847, Changed: 213, Same: 341}, Customers: usecase.CustomerCounts{New: 1902, Matched: 511},
		New:     usecase.List[usecase.PreviewOrder]{Total: 2847, First: []usecase.PreviewOrder{{Number: "1234567", Name: "陈**"}}},
		Changed: usecase.List[usecase.ChangedOrder]{Total: 213, First: []usecase.ChangedOrder{{PreviewOrder: usecase.PreviewOrder{Number: "7654321"}}}},
		Seen:    usecase.FileMark{Size: 1000},
	}}
}

func TestAFileIsLookedAtThenImportedByKeys(t *testing.T) {
	s := open(t, normal())
	s.take("/x/ExportOrderList.csv")
	s.See("导入 3,060 笔订单")
	s.Press(fyne.KeyRight)
	s.See("有变化的订单")
	s.Press(fyne.KeyReturn) // plain Enter writes nothing
	if len(s.book.imported()) != 0 {
		t.Fatal("Enter imported")
	}
	s.submit()
	s.See("撤销这次导入…")
	asked := s.book.imported()
	if len(asked) != 1 || asked[0].Seen == nil || asked[0].Shop != "柚子杂货铺" {
		t.Fatalf("the import was asked %+v", asked)
	}
	if len(s.Steps) != 1 || s.Steps[0].ID != 7 || s.Steps[0].Text != "已导入 3,060 笔订单，1,902 位新客户。" || len(s.Steps[0].Beside) != 1 {
		t.Errorf("the step is %+v", s.Steps)
	}
	s.Steps[0].Beside[0].Do()
	if at := s.LastOpened(); at.Page != place.Customers || at.Import != 7 {
		t.Errorf("the new customers are at %+v", at)
	}
	s.Press(fyne.KeyEscape)
	s.See("把平台导出的订单文件拖到这里")
}

func TestEscLeavesADryRunAndWritesNothing(t *testing.T) {
	s := open(t, normal())
	s.take("/x/a.csv")
	s.See("导入 3,060 笔订单")
	s.Press(fyne.KeyEscape)
	s.See("把平台导出的订单文件拖到这里")
	if len(s.book.imported()) != 0 {
		t.Error("something was imported")
	}
}

func TestARunningImportIsCancelledAndMayBeLeft(t *testing.T) {
	book := normal()
	book.held = make(chan struct{})
	s := open(t, book)
	s.take("/x/a.csv")
	s.See("导入 3,060 笔订单")
	s.submit()
	s.Until("the progress", func() bool { return s.Screen().Has("正在写入 128,400 / 541,909") })
	s.Until("the status bar", func() bool { return s.working() == 1 })
	s.page.Hide()
	s.page.Show(place.Place{Page: place.Imports})
	s.See("正在写入 128,400 / 541,909")
	s.Press(fyne.KeyEscape)
	s.See("导入 3,060 笔订单")
	if s.working() != 0 || len(s.Steps) != 0 {
		t.Errorf("%d works are shown, %d steps done", s.working(), len(s.Steps))
	}
}

func TestAFileThatChangedIsNotImported(t *testing.T) {
	book := normal()
	book.failing = usecase.ErrFileChanged
	s := open(t, book)
	s.take("/x/a.csv")
	s.See("导入 3,060 笔订单")
	s.submit()
	s.See("重新试运行")
	if len(s.Steps) != 0 {
		t.Error("a step was made")
	}
	s.submit()
	s.See("导入 3,060 笔订单")
}

func TestAFileThatNobodyKnowsIsMappedByHand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.csv")
	text := "No.,Day,Mobile,Sum\nK-1,2026-05-02,13800001111,196.00\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	book := normal()
	book.err = map[string]error{"ledger.csv": &importers.NotExportError{}}
	s := open(t, book)
	s.take(path)
	s.See("手工选列…")
	s.submit()
	s.See("13800001111")
	s.submit() // the order number is missing
	if !s.Screen().Has("必须有") {
		t.Error("what is missing is not told")
	}
	s.page.Hide()
	if s.Screen().Has("13800001111") {
		t.Error("the sample stays on a page that is left")
	}
	s.page.Show(place.Place{Page: place.Imports})
	s.See("13800001111")
	j := s.page.queue.shown()
	j.hand.choose(0, "order_no")
	s.submit()
	s.See("导入 3,060 笔订单")
	if j.mapping == nil || len(j.hand.sample.Rows) != 0 {
		t.Error("the mapping is not used, or the sample is kept")
	}
}

func TestAFileOfSeveralFormatsIsAskedAbout(t *testing.T) {
	book := normal()
	const one, other = "taobao.orders", "pinduoduo.orders"
	book.err = map[string]error{"common.csv": &importers.AmbiguousError{Candidates: []importers.Candidate{
		{Match: importers.Match{Format: &importers.Format{ID: one}}, Headers: []string{"订单编号", "订单状态"}},
		{Match: importers.Match{Format: &importers.Format{ID: other}}, Headers: []string{"订单编号", "买家留言"}},
	}}}
	s := open(t, book)
	s.take("/x/common.csv")
	s.See("表头同时符合几种格式。这是哪一种？")
	s.See("符合的表头：订单编号, 买家留言")
	s.submit()
	if s.page.queue.shown().format != "" {
		t.Error("a format was chosen by itself")
	}
	s.Click("按这个读") // the last one
	s.See("导入 3,060 笔订单")
	s.submit()
	s.Until("an import", func() bool { return len(s.book.imported()) == 1 })
	if got := s.book.imported()[0].Format; got != other {
		t.Errorf("it is read as %q, want %q", got, other)
	}
}

func TestALockedFileAsksForItsPassword(t *testing.T) {
	book := normal()
	book.secret = "886612"
	s := open(t, book)
	s.take("/x/a.xlsx")
	s.See("a.xlsx 带密码")
	s.submit() // nothing is typed
	s.See("a.xlsx 带密码")
	for _, typed := range []string{"1234", "886612"} {
		v, ok := s.page.view.(*failedView)
		if !ok || v.lock == nil {
			t.Fatalf("%T is shown", s.page.view)
		}
		v.lock.entry.SetText(typed)
		v.lock.entry.OnSubmitted(typed)
		if typed == "1234" {
			s.See("密码打不开这个工作簿，请核对后再试。")
		}
	}
	s.See("导入 3,060 笔订单")
	s.submit()
	s.Until("an import", func() bool { return len(s.book.imported()) == 1 })
	if got := s.book.imported()[0].Password; got != "886612" {
		t.Errorf("imported with a password of %d letters", len(got))
	}
}

func TestDatesThatAFileDoesNotTellAreAskedForOnce(t *testing.T) {
	book := normal()
	book.preview.DateDoubt = "03/04/2026"
	s := open(t, book)
	s.take("/x/a.csv")
	s.See("03/04/2026 是4月3日，还是3月4日？")
	s.Click("3月4日")
	s.See("03/04/2026 读作3月4日。")
	s.Click("不对，是4月3日")
	s.See("03/04/2026 读作4月3日。")
	s.submit()
	s.Until("an import", func() bool { return len(s.book.imported()) == 1 })
	if got := s.book.imported()[0].DateOrder; got != importers.DayFirst {
		t.Errorf("imported with the order %q", got)
	}
}

func TestABrokenFileIsOneSentence(t *testing.T) {
	book := normal()
	book.err = map[string]error{"a.csv": errors.New("boom")}
	s := open(t, book)
	s.take("/x/a.csv", "/x/b.csv")
	s.See("没有成功：boom。")
	s.Press(fyne.KeyEscape)
	s.See("导入 3,060 笔订单")
	if got := s.page.queue.shown().name(); got != "b.csv" {
		t.Errorf("%s is shown", got)
	}
}

func TestCleanFilesAreImportedTogether(t *testing.T) {
	s := open(t, normal())
	s.take("/x/a.csv", "/x/b.csv", "/x/c.csv")
	s.Click("一起导入 3 个文件")
	s.Until("three imports", func() bool { return len(s.book.imported()) == 3 })
	s.See("撤销这次导入…")
	if len(s.Steps) != 3 {
		t.Errorf("%d steps", len(s.Steps))
	}
}

func TestAnImportIsTakenBackFromTheHistory(t *testing.T) {
	book := normal()
	book.past = []usecase.Imported{{Step: 5, At: crm.At(today), Report: usecase.ImportReport{File: "old.csv", Format: "taobao.orders", Orders: usecase.OrderCounts{New: 2847, Changed: 213}}}}
	s := open(t, book)
	s.page.Show(place.Place{Page: place.Imports})
	s.See("old.csv")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDelete)
	s.See("2,847 笔")
	s.See("另有 3 位留下，因为你写过备注或标签。")
	s.Press(fyne.KeyReturn)
	if len(s.taken) != 0 {
		t.Fatal("Enter took it back")
	}
	s.submit()
	if len(s.taken) != 1 || s.taken[0].ID != 5 {
		t.Errorf("taken back: %+v", s.taken)
	}
}

func TestUndoOffersLaterImportsToo(t *testing.T) {
	book := normal()
	book.past = []usecase.Imported{{Step: 5, At: crm.At(today), Report: usecase.ImportReport{File: "old.csv", Format: "taobao.orders", Orders: usecase.OrderCounts{New: 3}}}}
	book.later = []usecase.Imported{{Step: 9, Report: usecase.ImportReport{File: "new.csv"}}, {Step: 7, Report: usecase.ImportReport{File: "mid.csv"}}}
	book.kept = []usecase.Kept{{Table: "orders", Row: "2600000000000001", Field: "status"}}
	s := open(t, book)
	s.page.Show(place.Place{Page: place.Imports})
	s.See("old.csv")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDelete)
	s.See("new.csv、mid.csv")
	s.See("2600000000000001")
	s.Click("连后来的 2 次一起撤销")
	if len(s.taken) != 1 || s.taken[0].ID != 5 || !slices.Equal(s.taken[0].Also, []int64{9, 7}) {
		t.Errorf("taken back: %+v", s.taken)
	}
}

func TestAllChangesAreListedUndoneAndRedone(t *testing.T) {
	book := normal()
	change := func(step int64, verb string, undone, redoable, final bool) usecase.Change {
		c := usecase.Change{Final: final}
		c.Step, c.Verb, c.At, c.User, c.Rows, c.File = step, verb, crm.At(today), "王芳", 3, "old.csv"
		if c.Undone, c.Redoable = undone, redoable; undone {
			c.UndoneAt, c.UndoneBy = crm.At(today), "李雷"
		}
		return c
	}
	book.past = []usecase.Imported{{Step: 5, At: crm.At(today), Report: usecase.ImportReport{File: "old.csv", Format: "taobao.orders"}}}
	book.changes = []usecase.Change{
		change(8, "export", false, false, true), change(7, "tag add", true, true, false), change(6, "note", false, false, false), change(5, "import", false, false, false),
	}
	s := open(t, book)
	s.page.Show(place.Place{Page: place.Imports, History: true})
	for _, text := range []string{"导出 old.csv", "加上标签", "写了备注", "导入 old.csv", "王芳", "不能撤销", "李雷"} {
		s.See(text)
	}
	s.Press(fyne.KeyDown)
	for range 2 {
		s.Press(fyne.KeyDown)
		s.Press(fyne.KeyReturn)
	}
	if !slices.Equal(s.again, []int64{7}) || len(s.taken) != 1 || s.taken[0].ID != 6 {
		t.Errorf("done again %v, taken back %+v", s.again, s.taken)
	}
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.See("撤销导入 old.csv")
}

func TestAReportIsOpenedFromTheHistory(t *testing.T) {
	book := normal()
	book.past = []usecase.Imported{{Step: 5, At: crm.At(today), Report: usecase.ImportReport{
		File: "old.csv", Format: "taobao.orders", Rejected: []usecase.Rejected{{Row: 412, Column: "订单编号", Reason: importers.OrderNumberRounded}},
	}}}
	s := open(t, book)
	s.page.Show(place.Place{Page: place.Imports})
	s.See("old.csv")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.page.Show(s.LastOpened())
	s.See("412")
	s.See("另存读不了的 1 行…")
	s.Click("看这些订单")
	if at := s.LastOpened(); at.Page != place.Orders || at.Import != 5 {
		t.Errorf("it leads to %+v", at)
	}
}
