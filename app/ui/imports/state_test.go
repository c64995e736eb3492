package imports

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/importers"
	"kebu/importers/custom"
)

var today = time.Date(2026, 6, 30, 10, 12, 0, 0, time.UTC)

func shopIn(language string) shop {
	return shop{words: phrase.New(language), currency: "CNY", zone: time.UTC, now: func() time.Time { return today }}
}

// Keys that are put together of what the importers and the book name have their texts.
func TestWhatFilesNameHasItsText(t *testing.T) {
	for _, language := range []string{"zh-Hans", "zh-Hant", "en"} {
		s := shopIn(language)
		for _, f := range usecase.MappingFields() {
			if s.field(f.Name) == f.Name {
				t.Errorf("%s: field %s has no text", language, f.Name)
			}
		}
		for _, f := range usecase.Formats() {
			if s.format(f.ID) == f.ID {
				t.Errorf("%s: format %s has no text", language, f.ID)
			}
		}
		for _, f := range crm.ChangeFields {
			if s.kind(f) == f {
				t.Errorf("%s: change of %s has no text", language, f)
			}
		}
		for _, phase := range []usecase.Phase{usecase.PhaseRead, usecase.PhaseWrite, usecase.PhaseMatch, usecase.PhaseFigures} {
			for _, dry := range []bool{false, true} {
				if text := s.progress(usecase.Progress{Phase: phase, Done: 1200, Total: 2400}, dry); !strings.Contains(text, "1,200 / 2,400") {
					t.Errorf("%s: %s is told as %q", language, phase, text)
				}
			}
		}
		for _, list := range []importers.Dropped{importers.DroppedSensitive, importers.DroppedNotNeeded, importers.DroppedNoUse} {
			if got := s.dropped(usecase.Preview{Dropped: []usecase.DroppedColumn{{Header: "x", Reason: list}}}); len(got) != 1 || got[0].reason == "" {
				t.Errorf("%s: %s is told as %v", language, list, got)
			}
		}
	}
}

func TestOneOrderThatChangesTwiceIsTwoRowsOfOneOrder(t *testing.T) {
	l := shopIn("zh-Hans").lists(usecase.Preview{
		Changed: usecase.List[usecase.ChangedOrder]{Total: 1, First: []usecase.ChangedOrder{{
			PreviewOrder: usecase.PreviewOrder{Number: "4310047203254", Name: "王**", Currency: "CNY"},
			Net:          -58_0000,
			Changes: []crm.Change{
				{Field: "refund", Before: crm.Fact{Kind: crm.MoneyFact}, After: crm.Fact{Kind: crm.MoneyFact, Money: 58_0000}},
				{Field: "status", Before: crm.Fact{Kind: crm.StatusFact, Text: "交易成功"}, After: crm.Fact{Kind: crm.StatusFact, Text: "交易关闭"}},
			},
		}}},
	})[listChanged]
	want := []line{
		{order: "…203254", name: "王**", kind: "refund", field: "退款", before: "0.00", after: "58.00", net: "−58.00", loss: true},
		{kind: "status", field: "状态", before: "交易成功", after: "交易关闭"},
	}
	if !slices.Equal(l.rows, want) || l.total != 1 {
		t.Errorf("the rows are %+v", l.rows)
	}
	if got := l.kinds(); !slices.Equal(got, []string{"status", "refund"}) {
		t.Errorf("the fields that change are %v", got)
	}
	only := l.only("status")
	if len(only.rows) != 1 || only.rows[0].order != "…203254" || only.rows[0].after != "交易关闭" {
		t.Errorf("the rows of the status are %+v", only.rows)
	}
}

func TestALongListSaysHowMuchOfItIsShown(t *testing.T) {
	s := shopIn("en")
	l := list{total: 541_909, first: 1000}
	if got := s.cut(l); got != "The first 1,000 of 541,909" {
		t.Errorf("it says %q", got)
	}
	if got := s.cut(list{total: 3, first: 3}); got != "" {
		t.Errorf("a whole list says %q", got)
	}
	many := s.rejects(usecase.ImportReport{Rejected: make([]usecase.Rejected, 541_909)})
	if len(many.rows) != usecase.ListLimit || many.total != 541_909 || s.cut(many) == "" {
		t.Errorf("%d of %d rejected rows are listed", len(many.rows), many.total)
	}
}

func TestWhatADryRunComesTo(t *testing.T) {
	s := shopIn("zh-Hans")
	before := &usecase.Imported{At: crm.At(time.Date(2026, 6, 22, 8, 0, 0, 0, time.UTC))}
	for name, c := range map[string]struct {
		p      usecase.Preview
		before *usecase.Imported
		text   string
		idle   bool
	}{
		"new orders":         {usecase.Preview{Orders: usecase.OrderCounts{New: 2}}, nil, "", false},
		"all the same":       {usecase.Preview{Orders: usecase.OrderCounts{Same: 3412}}, nil, "3,412 笔都和客簿里一样，不用导入。", true},
		"the same file":      {usecase.Preview{Orders: usecase.OrderCounts{Same: 3}}, before, "这个文件在 2026-06-22 已经导入过，没有新的内容。", true},
		"another shop's":     {usecase.Preview{Orders: usecase.OrderCounts{New: 3}, OtherShop: "二店"}, nil, "同一个文件已经导入到店铺“二店”。请核对店铺，不然每笔订单会有两份。", false},
		"new payments":       {usecase.Preview{Payments: usecase.PaymentCounts{New: 2, Same: 1}}, nil, "", false},
		"known payments":     {usecase.Preview{Payments: usecase.PaymentCounts{Same: 12}}, nil, "全部 12 笔收款与客簿里一样，不用导入。", true},
		"nothing to be read": {usecase.Preview{Rows: 5}, nil, "这个文件里没有一笔订单读得了。", true},
	} {
		j := &job{stage: ready, preview: c.p}
		if text, idle := s.verdict(j, c.before); text != c.text || idle != c.idle {
			t.Errorf("%s: %q, %v", name, text, idle)
		}
	}
}

func TestOnlyStandingImportsAreTheSameFile(t *testing.T) {
	mark := usecase.FileMark{SHA256: [32]byte{1}}
	sum := mark.SHA256[:]
	if got := seenBefore([]usecase.Imported{{Step: 3, SHA256: sum, Undone: true}, {Step: 2, SHA256: []byte{9}}}, mark); got != nil {
		t.Errorf("found step %d", got.Step)
	}
	if got := seenBefore([]usecase.Imported{{Step: 3, SHA256: sum}}, mark); got == nil || got.Step != 3 {
		t.Errorf("found %v", got)
	}
}

func TestFilesThatNeedALookAreNotTakenTogether(t *testing.T) {
	orders := usecase.OrderCounts{New: 1}
	jobs := []*job{
		{path: "clean", stage: ready, preview: usecase.Preview{Orders: orders}},
		{path: "rejected", stage: ready, preview: usecase.Preview{Orders: orders, Rejected: usecase.List[usecase.Rejected]{Total: 1}}},
		{path: "same", stage: ready, preview: usecase.Preview{Orders: usecase.OrderCounts{Same: 4}}},
		{path: "other shop", stage: ready, preview: usecase.Preview{Orders: orders, OtherShop: "x"}},
		{path: "new shop beside others", stage: ready, preview: usecase.Preview{Orders: orders, NewShop: true, Shops: []string{"a"}}},
		{path: "first shop", stage: ready, preview: usecase.Preview{Orders: orders, NewShop: true}},
		{path: "waiting", stage: waiting},
		{path: "failed", stage: failed, err: errors.New("no")},
	}
	q := queue{jobs: jobs}
	var names []string
	for _, j := range q.clean() {
		names = append(names, j.path)
	}
	if !slices.Equal(names, []string{"clean", "first shop"}) {
		t.Errorf("taken together: %v", names)
	}
}

func TestTheQueueTakesAFileOnceAndGoesOn(t *testing.T) {
	var q queue
	q.add([]string{"a.csv", "b.csv"})
	q.jobs[0].stage = ready
	q.add([]string{"c.csv", "a.csv"})
	if len(q.jobs) != 3 || q.shown().path != "c.csv" {
		t.Fatalf("%d files, %s is shown", len(q.jobs), q.shown().path)
	}
	q.drop(q.shown())
	if q.shown().path != "a.csv" {
		t.Errorf("after the last one %s is shown", q.shown().path)
	}
	q.jobs[0].stage = done
	q.next()
	if q.shown().path != "b.csv" || q.open() != 1 {
		t.Errorf("after an import %s is shown, %d wait", q.shown().path, q.open())
	}
	q.drop(q.shown())
	if q.shown() != nil {
		t.Errorf("at the end %s is shown", q.shown().path)
	}
}

func TestAnImportTakesNothingButWhatWasPreviewed(t *testing.T) {
	j := &job{path: "a.csv"}
	j.known(usecase.Preview{Shop: "二店", Seen: usecase.FileMark{Size: 7}})
	if r := j.write(); r.Shop != "二店" || r.Seen == nil || r.Seen.Size != 7 {
		t.Errorf("the import is asked %+v", r)
	}
}

func TestWhichErrorsAreMended(t *testing.T) {
	for name, c := range map[string]struct {
		err       error
		hand, dry bool
	}{
		"not an export":  {fmt.Errorf("x: %w", &importers.NotExportError{}), true, false},
		"no table":       {usecase.ErrNoTable, true, false},
		"file changed":   {fmt.Errorf("x: %w", usecase.ErrFileChanged), false, true},
		"something else": {errors.New("x"), false, false},
	} {
		j := &job{}
		j.fail(c.err)
		if j.mappable() != c.hand || j.again != c.dry {
			t.Errorf("%s: by hand %v, again %v", name, j.mappable(), j.again)
		}
	}
}

func TestHistoryMutesNothingButTellsAll(t *testing.T) {
	s := shopIn("zh-Hans")
	rows := s.history([]usecase.Imported{
		{Step: 9, At: crm.At(today), Undone: true, Report: usecase.ImportReport{File: "b.csv", Format: "custom.手工登记表", Orders: usecase.OrderCounts{New: 1234}}},
		{Step: 6, At: crm.At(today), Report: usecase.ImportReport{Format: "stripe.payments", Payments: &usecase.PaymentCounts{New: 5, Changed: 2, Same: 1, OfOrders: 3}}},
		{Step: 4, At: crm.At(today), Report: usecase.ImportReport{File: "a.csv", Format: "taobao.orders", Rejected: make([]usecase.Rejected, 2), Unlisted: 9}},
	})
	if r := rows[0]; r.number != "3" || r.fresh != "1,234" || !r.undone || r.format != "自定 · 手工登记表" {
		t.Errorf("the newest is %+v", r)
	}
	if r := rows[1]; r.fresh != "5" || r.changed != "2" || r.same != "1" {
		t.Errorf("that of payments is %+v", r)
	}
	if r := rows[2]; r.rejected != "11" || !r.failed || r.format != "淘宝 / 天猫 · 订单报表" {
		t.Errorf("the oldest is %+v", r)
	}
}

func TestChoicesOfColumnsAreKeptWhenTheSampleIsReadAnew(t *testing.T) {
	h := newHand("/x/counter book.csv")
	h.settle(usecase.Settings{Zone: time.UTC}, "zh-Hant")
	if c := h.choices; c.Name != "counter book" || c.Currency != "TWD" || c.Zone == "" {
		t.Errorf("it begins with %+v", c)
	}
	h.look(usecase.Sample{Headers: []string{"No.", "Sum"}, Guess: []string{"", "paid"}})
	h.choose(0, h.fieldAt(h.option("order_no")))
	h.choose(1, h.fieldAt(h.option("amount")))
	h.look(usecase.Sample{Headers: []string{"Day", "Sum", "No."}, Guess: []string{"ordered_at", "paid", ""}})
	if got := h.choices.Fields; !slices.Equal(got, []string{"ordered_at", "amount", "order_no"}) {
		t.Errorf("the fields are %v", got)
	}
	if h.fieldAt(h.option("")) != "" {
		t.Error("no field is one")
	}
}

func TestAFormatMadeByHandIsTakenOverWhole(t *testing.T) {
	body := `{"name":"ledger","platform":"market","currency":"GBP","time_zone":"Europe/London","date_order":"dmy","columns":{"order_no":"No."},"status":{"sent":"shipped","lost":"none"}}`
	h := newHand("x.csv")
	h.keptMapping(usecase.KeptMapping{Name: "ledger", JSON: []byte(body), Columns: []usecase.KeptColumn{{Header: "No.", Field: "order_no"}}})
	h.look(usecase.Sample{Headers: []string{"No."}, Guess: []string{""}})
	got, problems := h.choices.Mapping()
	if got == nil {
		t.Fatalf("no mapping: %v", problems)
	}
	kept, err := custom.Parse(got)
	if err != nil {
		t.Fatal(err)
	}
	was, err := custom.Parse([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(kept) != fmt.Sprint(was) {
		t.Errorf("it became %+v, it was %+v", kept, was)
	}
}

func TestWhatIsMissingIsSaidInWords(t *testing.T) {
	for _, language := range []string{"zh-Hans", "en"} {
		s := shopIn(language)
		_, problems := usecase.MappingChoices{Currency: "EURO", Zone: "Mars/Base", Headers: []string{"a", "a"}, Fields: []string{"paid", "refund"}}.Mapping()
		list := s.advise(problems)
		if len(list) < 5 {
			t.Errorf("%d remarks of %v", len(list), problems)
		}
		for i, a := range list {
			if a.text == "" || a.need == problems[i].Advice {
				t.Errorf("%s: %+v is told as %+v", language, problems[i], a)
			}
		}
	}
}

func TestAnEmptyBookTellsTimesAndAmountsAsTheFileDoes(t *testing.T) {
	s := shopIn("en")
	s.currency = ""
	got := s.forFile(&job{mapping: []byte(`{"currency":"GBP","time_zone":"Europe/London"}`)})
	if got.currency != "GBP" || got.zone.String() != "Europe/London" {
		t.Errorf("by hand: %s, %s", got.currency, got.zone)
	}
	got = s.forFile(&job{preview: usecase.Preview{Format: "pinduoduo.orders"}})
	if got.currency != "CNY" || got.zone.String() != "Asia/Shanghai" {
		t.Errorf("of a platform: %s, %s", got.currency, got.zone)
	}
	if got = shopIn("en").forFile(&job{preview: usecase.Preview{Format: "shopify.orders"}}); got.currency != "CNY" {
		t.Errorf("a book with orders: %s", got.currency)
	}
}

func TestAFormatBesideAnOwnOneCanBeChosen(t *testing.T) {
	j := &job{path: "a.csv"}
	j.known(usecase.Preview{Format: "custom.own", Beside: []importers.Candidate{{}}})
	j.known(usecase.Preview{Format: "shopify.orders"}) // as it was chosen
	if len(j.fits) != 1 {
		t.Errorf("%d formats to choose from", len(j.fits))
	}
}
