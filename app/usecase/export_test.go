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

	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

// shop is a book with five customers by account.
func shop(t *testing.T) (*usecase.Session, map[string]string) {
	t.Helper()
	s := session(t)
	row := func(n int, account, phone string) string {
		return fmt.Sprintf("260000000000000%d,%s,贝小可,%s,%d.00,,交易成功,2026-11-0%d 10:00:00,白瓷杯,,", n, account, phone, 10*n, n)
	}
	path := taobao(t, "a.csv", row(1, "海边", "13000000001"), strings.Replace(row(2, "山里", "17000001234-5678"), "2026-11", "2026-01", 1), row(3, "不要", "13000000003"), row(4, "无号", ""), row(5, "城中", "13000000005"))
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path}); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	if _, err := s.Customers(t.Context(), usecase.Selection{}, func(c usecase.Customer) error { ids[c.Buyers[0].ID] = c.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SetContact(t.Context(), usecase.Targets{IDs: []string{ids["不要"]}}, true); err != nil {
		t.Fatal(err)
	}
	return s, ids
}

func title(column string) string { return column }

func TestExportPreviewSaysWhoIsLeftOut(t *testing.T) {
	s, ids := shop(t)
	group := func(why usecase.LeftOut, account string) usecase.LeftGroup {
		return usecase.LeftGroup{Reason: why, IDs: usecase.List[string]{First: []string{ids[account]}, Total: 1}}
	}
	refused, expired, none := group(usecase.LeftRefused, "不要"), group(usecase.LeftExpired, "山里"), group(usecase.LeftNoPhone, "无号")
	for kind, want := range map[usecase.PurposeKind][]usecase.LeftGroup{
		usecase.PurposeSMS: {refused, expired, none}, usecase.PurposeCall: {refused, expired, none}, usecase.PurposeChat: {refused, expired},
		usecase.PurposeShip: nil, usecase.PurposeAccount: nil, usecase.PurposeAnalyse: nil, usecase.PurposeOther: nil, "": nil,
	} {
		to := filepath.Join(t.TempDir(), "list.csv")
		request := usecase.ExportRequest{To: to, PurposeKind: kind, Purpose: "x", Columns: []string{"id", "phone"}, Clear: []string{"phone"}, Title: title}
		p, err := s.ExportPreview(t.Context(), request)
		if err != nil || !reflect.DeepEqual(p.Left, want) || p.Selected != 5 || p.Rows != 5-len(want) {
			t.Errorf("%s: %d of %d, %+v, %v", kind, p.Rows, p.Selected, p.Left, err)
		}
		phones := p.Rows
		if kind == usecase.PurposeChat || !kind.Marketing() {
			phones-- // one without a phone is on it
		}
		if p.ClearPhones != phones || len(p.Sample) != min(3, p.Rows) || p.Sample[0].Clear != nil {
			t.Errorf("%s: %d phones, sample of %d", kind, p.ClearPhones, len(p.Sample))
		}
		report, err := s.Export(t.Context(), request)
		if err != nil || report.Rows != p.Rows || report.Left != len(want) {
			t.Errorf("%s: exported %+v, %v", kind, report, err)
		}
		text := read(t, to)
		for _, g := range want {
			if strings.Contains(text, g.IDs.First[0]) {
				t.Errorf("%s: the list has one who is left out: %s", kind, g.Reason)
			}
		}
	}
	if p, err := s.ExportPreview(t.Context(), usecase.ExportRequest{To: "a.csv", Columns: []string{"phone"}}); err != nil || p.ClearPhones != 0 || p.Clear != nil {
		t.Errorf("masked: %+v, %v", p, err)
	}
}

func TestMarketingReachesVirtualNumbersUntilTheyEnd(t *testing.T) {
	s := session(t)
	today := clock().UTC()
	row := func(n int, phone string, until time.Time) string {
		end := ""
		if !until.IsZero() {
			end = until.Format("2006-01-02 15:04:05")
		}
		return fmt.Sprintf("270000000000000%d,buyer%d,贝小可,%s,%s,10.00,交易成功,%s,白瓷杯", n, n, phone, end, today.AddDate(0, 0, -n).Format("2006-01-02 15:04:05"))
	}
	path := write(t, "a.csv", strings.Join([]string{
		"订单编号,买家会员名,收货人姓名,联系手机,虚拟号过期时间,买家实际支付金额,订单状态,订单创建时间,宝贝标题",
		row(1, "17000000001-1234", today.AddDate(0, 0, 5)),
		row(2, "17000000002-1234", today.AddDate(0, 0, -1)),
		row(3, "17000000003", today.AddDate(0, 0, -1)), // a virtual number by its end alone
		row(4, "17000000004-1234", time.Time{}),        // lasts as long as such numbers do
		row(5, "13000000005", time.Time{}),
	}, "\n")+"\n")
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path}); err != nil {
		t.Fatal(err)
	}
	var ids, virtual, left []string
	if _, err := s.Customers(t.Context(), usecase.Selection{}, func(c usecase.Customer) error { ids = append(ids, c.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	request := usecase.ExportRequest{To: "a.csv", PurposeKind: usecase.PurposeSMS, Purpose: "x", Columns: []string{"id"}, Title: title}
	p, err := s.ExportPreview(t.Context(), request)
	if err != nil || len(p.Left) != 1 || p.Left[0].Reason != usecase.LeftExpired {
		t.Fatalf("%+v, %v", p.Left, err)
	}
	for _, id := range ids {
		profile, err := s.Show(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		account := profile.Buyers[0].ID
		if profile.Phone.Virtual {
			virtual = append(virtual, account)
		}
		if slices.Contains(p.Left[0].IDs.First, id) {
			left = append(left, account)
		}
	}
	slices.Sort(virtual)
	slices.Sort(left)
	if !slices.Equal(virtual, []string{"buyer1", "buyer2", "buyer3", "buyer4"}) || !slices.Equal(left, []string{"buyer2", "buyer3"}) {
		t.Errorf("virtual %v, left out %v", virtual, left)
	}
}

func TestExportColumnsStandOnceInTheList(t *testing.T) {
	columns := usecase.ExportColumns()
	slices.Sort(columns)
	if once := slices.Compact(slices.Clone(columns)); !slices.Equal(once, columns) {
		t.Errorf("columns %v", columns)
	}
	for _, c := range slices.Concat(usecase.ClearColumns, usecase.DefaultColumns) {
		if !slices.Contains(columns, c) {
			t.Errorf("no column %s", c)
		}
	}
}

func TestExportClearsSomeColumns(t *testing.T) {
	s, ids := shop(t)
	if _, err := s.SetAlias(t.Context(), ids["海边"], pii.New("贝老师 13000000001")); err != nil {
		t.Fatal(err)
	}
	one := usecase.Selection{IDs: []string{ids["海边"]}}
	columns := []string{"name", "alias", "phone"}
	for name, c := range map[string]struct {
		clear  []string
		reveal bool
		want   string
	}{
		"nothing":       {nil, false, "海边,贝老师 *******0001,*******0001"},
		"the phone":     {[]string{"phone"}, false, "海边,贝老师 *******0001,13000000001"},
		"one not there": {[]string{"address"}, false, "海边,贝老师 *******0001,*******0001"},
		"the alias":     {[]string{"alias"}, false, "海边,贝老师 13000000001,*******0001"},
		"all":           {nil, true, "海边,贝老师 13000000001,13000000001"},
	} {
		to := filepath.Join(t.TempDir(), "list.csv")
		if _, err := s.Export(t.Context(), usecase.ExportRequest{Selection: one, To: to, Purpose: "x", Columns: columns, Clear: c.clear, Reveal: c.reveal, Title: title}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Split(strings.ReplaceAll(read(t, to), "\r\n", "\n"), "\n")[1]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestExportAsksForItsPurpose(t *testing.T) {
	s, ids := shop(t)
	to := filepath.Join(t.TempDir(), "list.csv")
	for name, c := range map[string]struct {
		request usecase.ExportRequest
		want    error
	}{
		"no purpose at all":          {usecase.ExportRequest{}, usecase.ErrReason},
		"a kind, masked":             {usecase.ExportRequest{PurposeKind: usecase.PurposeAnalyse}, nil},
		"a kind, a column in clear":  {usecase.ExportRequest{PurposeKind: usecase.PurposeShip, Clear: []string{"phone"}, Purpose: " "}, usecase.ErrReason},
		"a kind that there is not":   {usecase.ExportRequest{PurposeKind: "fun", Purpose: "x"}, usecase.ErrReason},
		"a column that has no mask":  {usecase.ExportRequest{Purpose: "x", Clear: []string{"net"}}, usecase.ErrColumn},
		"nobody left":                {usecase.ExportRequest{PurposeKind: usecase.PurposeSMS, Selection: usecase.Selection{IDs: []string{ids["不要"]}}}, usecase.ErrNobody},
		"nobody chosen is not all":   {usecase.ExportRequest{PurposeKind: usecase.PurposeShip, Selection: usecase.Selection{IDs: []string{}}}, usecase.ErrNobody},
		"nobody chosen in a request": {usecase.ExportRequest{Purpose: "x", Selection: usecase.Selection{IDs: []string{}}}, nil},
	} {
		c.request.To, c.request.Title = to, title
		if _, err := s.Export(t.Context(), c.request); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(to); (err == nil) != (c.want == nil) {
			t.Errorf("%s: the file: %v", name, err)
		}
		_ = os.Remove(to)
	}
}

func TestExportsAreLogged(t *testing.T) {
	s, _ := shop(t)
	to := filepath.Join(t.TempDir(), "list.csv")
	if _, err := s.Export(t.Context(), usecase.ExportRequest{To: to, Purpose: "books", Columns: []string{"id", "name"}, Title: title}); err != nil {
		t.Fatal(err)
	}
	report, err := s.Export(t.Context(), usecase.ExportRequest{
		Selection: usecase.Selection{Where: "net > 15"}, To: to, PurposeKind: usecase.PurposeSMS, Purpose: "new tea", Columns: []string{"phone", "name", "net"}, Clear: []string{"phone"}, Title: title,
	})
	if err != nil {
		t.Fatal(err)
	}
	log, err := s.Exports(t.Context())
	if err != nil || len(log) != 2 {
		t.Fatalf("%d in the log, %v", len(log), err)
	}
	want := usecase.Exported{
		Step: log[0].Step, At: log[0].At, User: "owner", Kind: usecase.PurposeSMS, Purpose: "new tea", Rule: "net > 15", Rows: 1,
		Columns: []string{"phone", "name", "net"}, Clear: []string{"phone"}, File: "list.csv", SHA256: report.SHA256,
	}
	if !reflect.DeepEqual(log[0], want) || log[0].Step <= log[1].Step || log[1].Clear != nil {
		t.Errorf("got %+v, want %+v", log, want)
	}
}

func TestCancelledExportLeavesNoFile(t *testing.T) {
	s, _ := shop(t)
	dir := t.TempDir()
	other := filepath.Join(dir, "other.csv")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{filepath.Join(dir, "list.csv"), other} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.Export(ctx, usecase.ExportRequest{To: to, Purpose: "x", Title: title, Progress: func(int) { cancel() }})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || read(t, other) != "mine" {
		t.Errorf("left %v, %v", files, err)
	}
	if log, err := s.Exports(t.Context()); err != nil || len(log) != 0 {
		t.Errorf("logged %+v, %v", log, err)
	}
}

func TestSelectionsOfChosenCustomers(t *testing.T) {
	s, ids := shop(t)
	next := taobao(t, "b.csv", "2600000000000009,新来,新小心,13000000009,80.00,,交易成功,2026-11-09 10:00:00,青花盘,,")
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: next}); err != nil {
		t.Fatal(err)
	}
	imports, err := s.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		sel  usecase.Selection
		want []string
	}{
		"ids in their order":   {usecase.Selection{IDs: []string{ids["城中"], ids["海边"], ids["城中"]}}, []string{"城中", "海边"}},
		"ids and a rule":       {usecase.Selection{IDs: []string{ids["城中"], ids["海边"]}, Where: "net > 20"}, []string{"城中"}},
		"ids and a search":     {usecase.Selection{IDs: []string{ids["城中"], ids["海边"]}, Search: "海边"}, []string{"海边"}},
		"all but some":         {usecase.Selection{Where: "net > 20", Except: []string{ids["城中"], ids["不要"]}}, []string{"新来", "无号"}},
		"of an import":         {usecase.Selection{Import: imports[0].Step}, []string{"新来"}},
		"none":                 {usecase.Selection{IDs: []string{}}, nil},
		"a search but for one": {usecase.Selection{Search: "贝小可", Except: []string{ids["海边"], ids["山里"], ids["不要"], ids["无号"]}}, []string{"城中"}},
	} {
		var got []string
		n, err := s.Customers(t.Context(), c.sel, func(x usecase.Customer) error { got = append(got, x.Buyers[0].ID); return nil })
		if err != nil || n != len(c.want) || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q of %d, %v", name, got, n, err)
		}
	}
}

func TestFreePath(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "老客_1.xlsx")
	for _, want := range []string{"老客_1.xlsx", "老客_1_2.xlsx", "老客_1_3.xlsx"} {
		free := usecase.FreePath(path)
		if filepath.Base(free) != want {
			t.Errorf("free is %s, want %s", filepath.Base(free), want)
		}
		if err := os.WriteFile(free, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADeletedMappingComesBack(t *testing.T) {
	s := session(t)
	const mapping = `{"name":"own","currency":"CNY","time_zone":"Asia/Shanghai","columns":{"order_no":"No","ordered_at":"Day","paid":["Paid","Sum"],"buyer_phone":"Tel"}}`
	path := write(t, "own.csv", "No,Day,Paid,Sum,Tel\nA-1,2026-03-25,10,10,13000000001\n")
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: path, Mapping: []byte(mapping)}); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Mappings(t.Context())
	if err != nil || len(kept) != 1 || kept[0].Name != "own" || kept[0].Platform != "own" || len(kept[0].Columns) != 5 {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	done, err := s.DeleteMapping(t.Context(), "own")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path}); err == nil {
		t.Error("recognised without a mapping")
	}
	if _, err := s.DeleteMapping(t.Context(), "own"); err == nil {
		t.Error("deleted twice")
	}
	if _, err := s.Undo(t.Context(), done.Step); err != nil {
		t.Fatal(err)
	}
	again, err := s.Mappings(t.Context())
	if err != nil || !reflect.DeepEqual(again, kept) {
		t.Errorf("back: %+v, %v", again, err)
	}
	if _, err := s.Preview(t.Context(), usecase.ImportRequest{Path: path}); err != nil {
		t.Errorf("not recognised again: %v", err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
