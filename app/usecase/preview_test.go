package usecase_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/usecase"
	"kebu/importers"
)

// taobao writes an order list with rows of number, account, recipient, phone,
// amount, refund, status and time.
func taobao(t *testing.T, name string, rows ...string) string {
	t.Helper()
	head := "订单编号,买家会员名,收货人姓名,联系手机,买家实际支付金额,退款金额,订单状态,订单创建时间,宝贝标题,买家身份证号,买家支付宝账号,物流公司"
	return write(t, name, head+"\n"+strings.Join(rows, ",示例物流\n")+",示例物流\n")
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	firstRow  = "2600000000000001,海边,贝小可,13000000001,100.00,,买家已付款，等待卖家发货,2026-11-01 10:00:00,白瓷杯,,"
	secondRow = "2600000000000002,山里,石大山,13000000002,50.00,,交易成功,2026-11-02 10:00:00,木筷,,"
)

func TestPreviewTellsWhatAnImportWouldDo(t *testing.T) {
	s := session(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, "a.csv", firstRow, secondRow)}); err != nil {
		t.Fatal(err)
	}
	next := taobao(t, "b.csv",
		"2600000000000001,海边,贝小可,13000000001,100.00,30.00,交易成功,2026-11-01 10:00:00,白瓷杯,,",
		secondRow,
		"2600000000000003,新客,新小心,13000000003,80.00,,待揽收,2026-11-03 10:00:00,青花盘,,",
		"2600000000000004,坏行,坏小行,13000000004,八十,,交易成功,2026-11-03 10:00:00,青花盘,,",
	)
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: next})
	if err != nil {
		t.Fatal(err)
	}
	if p.Orders != (usecase.OrderCounts{New: 1, Changed: 1, Same: 1}) || p.Customers != (usecase.CustomerCounts{New: 1, Matched: 2}) {
		t.Errorf("counts %+v %+v", p.Orders, p.Customers)
	}
	if n := p.New; n.Total != 1 || n.First[0].Number != "2600000000000003" || n.First[0].Name != "新**" || n.First[0].Product != "青花盘" || n.First[0].Figures.Gross != 80_0000 {
		t.Errorf("new %+v", n)
	}
	c := p.Changed
	if c.Total != 1 || c.First[0].Customer == "" || c.First[0].Net != -30_0000 {
		t.Fatalf("changed %+v", c)
	}
	fields := map[string]crm.Change{}
	for _, f := range c.First[0].Changes {
		fields[f.Field] = f
	}
	if f := fields["status"]; f.Before.Status != crm.StatusPaid || f.After.Text != "交易成功" {
		t.Errorf("status %+v", f)
	}
	if f := fields["refund"]; f.Before.Kind != crm.NoFact || f.After.Money != 30_0000 {
		t.Errorf("refund %+v", f)
	}
	if !slices.Equal(p.Net, []usecase.NetChange{{Currency: "CNY", Net: -30_0000}}) {
		t.Errorf("net %+v", p.Net)
	}
	if p.Same.Total != 1 || p.Same.First[0].Number != "2600000000000002" {
		t.Errorf("same %+v", p.Same)
	}
	if r := p.Rejected; r.Total != 1 || r.First[0] != (usecase.Rejected{Row: 5, Column: "买家实际支付金额", Reason: importers.BadAmount}) {
		t.Errorf("rejected %+v", r)
	}
	if !slices.Equal(p.Unknown, []usecase.UnknownWord{{Word: "待揽收", Rows: 1}}) {
		t.Errorf("unknown %+v", p.Unknown)
	}
	dropped := map[string]importers.Dropped{}
	for _, d := range p.Dropped {
		dropped[d.Header] = d.Reason
	}
	if len(dropped) != 2 || dropped["买家身份证号"] != importers.DroppedSensitive || dropped["物流公司"] != importers.DroppedNoUse {
		t.Errorf("dropped %v", dropped)
	}
	sealed := 0
	for _, k := range p.Kept {
		if k.Sealed {
			sealed++
		}
	}
	if len(p.Kept) != 10 || sealed != 3 { // name, phone, account
		t.Errorf("kept %+v", p.Kept)
	}
	if p.Shop != "taobao" || !slices.Equal(p.Shops, []string{"taobao"}) || p.NewShop || p.Encoding != "utf-8" || p.HeaderRow != 1 || p.Rows != 4 {
		t.Errorf("file %+v", p)
	}
	if text := fmt.Sprintf("%+v", p); strings.Contains(text, "贝小可") || strings.Contains(text, "13000000001") {
		t.Error("the preview shows a person")
	}
	stats, err := s.Stats(t.Context())
	if err != nil || stats.Orders != 2 {
		t.Errorf("after the preview: %+v, %v", stats, err)
	}
}

func TestPreviewNamesDoubtfulCustomers(t *testing.T) {
	s := session(t)
	a := "订单编号,买家会员名,收货人姓名,收货地址,买家实际支付金额,订单状态,订单创建时间,宝贝标题\n" +
		"2600000000000001,%s,贝小可,浙江省 杭州市 西湖区 示例路1号3幢,10.00,交易成功,2026-11-01 10:00:00,白瓷杯\n"
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: write(t, "a.csv", fmt.Sprintf(a, "海边"))}); err != nil {
		t.Fatal(err)
	}
	b := strings.Replace(fmt.Sprintf(a, "山里"), "000001", "000002", 1)
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: write(t, "b.csv", b)})
	if err != nil {
		t.Fatal(err)
	}
	if p.InReview != 1 || p.Review.Total != 1 {
		t.Fatalf("in review: %d, %+v", p.InReview, p.Review)
	}
	if d := p.Review.First[0]; d.One.ID != "" || d.One.Account != "山里" || d.Other.ID == "" || d.Other.Account != "海边" || d.Other.Name != "贝**" || d.Other.Orders != 1 {
		t.Errorf("doubt %+v", d)
	}
}

func TestPreviewPicksTheLastShop(t *testing.T) {
	s := session(t)
	for _, shop := range []string{"one", "two"} {
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, "a.csv", firstRow), Shop: shop}); err != nil {
			t.Fatal(err)
		}
	}
	file := taobao(t, "b.csv", firstRow)
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: file})
	if err != nil || p.Shop != "two" || len(p.Shops) != 2 || p.OtherShop != "one" {
		t.Errorf("shop %q of %q, other %q: %v", p.Shop, p.Shops, p.OtherShop, err)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: file}); !errors.Is(err, usecase.ErrShop) {
		t.Errorf("an import without a shop: %v", err)
	}
	if p, err = s.Preview(t.Context(), usecase.ImportRequest{Path: file, Shop: "three"}); err != nil || !p.NewShop || p.Orders.New != 1 {
		t.Errorf("a new shop: %+v, %v", p.Orders, err)
	}
}

func TestListsOfAPreviewAreBounded(t *testing.T) {
	s := session(t)
	rows := make([]string, usecase.ListLimit+5)
	for i := range rows {
		rows[i] = strings.Replace(secondRow, "2600000000000002", fmt.Sprintf("26%014d", i+1), 1)
	}
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: taobao(t, "a.csv", rows...)})
	if err != nil {
		t.Fatal(err)
	}
	if p.New.Total != len(rows) || len(p.New.First) != usecase.ListLimit {
		t.Errorf("%d of %d listed", len(p.New.First), p.New.Total)
	}
	// The book keeps as much of a report; who imports is told all.
	for i := range rows {
		rows[i] = strings.Replace(rows[i], "50.00", "fifty", 1)
	}
	report, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, "b.csv", append(rows, strings.NewReplacer("海边", "", "13000000001", "130****0001", "2600000000000001", "2700000000000001").Replace(firstRow))...)})
	if err != nil || len(report.Rejected) != len(rows) || report.Anonymous != 1 {
		t.Errorf("%d rejected, %d of nobody, %v", len(report.Rejected), report.Anonymous, err)
	}
	imports, err := s.Imports(t.Context())
	if err != nil || len(imports[0].Report.Rejected) != usecase.ListLimit || imports[0].Report.Unlisted != 5 || imports[0].Report.Anonymous != 1 {
		t.Errorf("kept %+v, %v", imports[0].Report.Orders, err)
	}
}

// TestAFileThatChangesAfterItsPreviewIsNotImported also covers one that is gone.
func TestAFileThatChangesAfterItsPreviewIsNotImported(t *testing.T) {
	s := session(t)
	for name, change := range map[string]func(path string) error{
		"gone":          os.Remove,
		"changed":       func(path string) error { return os.WriteFile(path, []byte("订单编号,宝贝标题\n1,x\n"), 0o600) },
		"no export now": func(path string) error { return os.WriteFile(path, []byte("a,b\n1,2\n"), 0o600) },
		"emptied":       func(path string) error { return os.Truncate(path, 0) },
		"a folder now":  func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"same size and time": func(path string) error {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(text), "100.00", "900.00", 1)), 0o600); err != nil {
				return err
			}
			return os.Chtimes(path, time.Time{}, info.ModTime())
		},
	} {
		path := taobao(t, "a.csv", firstRow)
		p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Seen: &p.Seen}); !errors.Is(err, usecase.ErrFileChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// While it is read.
	path := taobao(t, "a.csv", firstRow)
	_, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Progress: func(usecase.Progress) { _ = os.WriteFile(path, []byte("x"), 0o600) }})
	if !errors.Is(err, usecase.ErrFileChanged) {
		t.Errorf("changed while it is read: %v", err)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Orders != 0 {
		t.Errorf("imported: %+v, %v", stats, err)
	}
	path = taobao(t, "a.csv", firstRow)
	p, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Seen: &p.Seen}); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// TestAnImportCanBeCancelledAtEveryReport cancels at the first report of
// progress, at the second, and so on until the import is through.
func TestAnImportCanBeCancelledAtEveryReport(t *testing.T) {
	s := session(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: taobao(t, "a.csv", firstRow, secondRow)}); err != nil {
		t.Fatal(err)
	}
	rows := []string{strings.Replace(firstRow, "买家已付款，等待卖家发货", "交易成功", 1)}
	for i := range 2500 {
		rows = append(rows, fmt.Sprintf("27%014d,买家%d,贝小可,13100%06d,50.00,,交易成功,2026-11-02 10:00:00,木筷,,", i, i, i))
	}
	path := taobao(t, "b.csv", rows...)
	phases := map[usecase.Phase]bool{}
	last := 0.0
	for n := 1; ; n++ {
		before, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		_, err = s.Import(ctx, usecase.ImportRequest{Path: path, Progress: func(p usecase.Progress) {
			phases[p.Phase] = true
			if calls++; calls == n {
				cancel()
			}
			if calls > 1 && p.Part < last {
				t.Errorf("progress falls from %v to %v in %v", last, p.Part, p.Phase)
			}
			last = p.Part
		}})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled at report %d: %v", n, err)
		}
		if after, err := s.Stats(t.Context()); err != nil || !reflect.DeepEqual(after, before) {
			t.Fatalf("cancelled at report %d: %+v, %v", n, after, err)
		}
		if n > 1000 {
			t.Fatal("never through")
		}
	}
	if len(phases) != 4 {
		t.Errorf("phases %v", phases)
	}
	imports, err := s.Imports(t.Context())
	if err != nil || len(imports) != 2 {
		t.Errorf("%d imports, %v", len(imports), err)
	}
}
