package importers_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// pair are two marketplaces that share headers, and a third that shares them all.
func pair() (a, b, c *importers.Format) {
	format := func(id string, distinctive ...string) *importers.Format {
		return &importers.Format{
			ID: id + ".orders", Platform: id, Locale: "zh-CN", Currency: "CNY", Zone: "Asia/Shanghai",
			Columns: []importers.Column{
				{Field: importers.OrderNo, Headers: []string{"订单号"}},
				{Field: importers.Status, Headers: []string{"订单状态"}},
				{Field: importers.Product, Headers: []string{"商品名称"}},
			},
			Distinctive: distinctive, Others: []string{"备注信息"},
		}
	}
	return format("a", "甲优惠"), format("b", "乙优惠"), format("c", "丙优惠")
}

func detect(t *testing.T, text string, formats ...*importers.Format) (string, error) {
	t.Helper()
	matches, err := importers.Detect(t.Context(), open(t, []byte(text)), formats)
	if err != nil {
		return "", err
	}
	return matches[0].Format.ID, nil
}

func TestFormatsThatFitEquallyAreAskedFor(t *testing.T) {
	a, b, c := pair()
	for _, x := range []struct {
		name, headers string
		tick          bool
		want          []string // several are candidates
	}{
		{"a distinctive header", "订单号,订单状态,乙优惠", false, []string{"b.orders"}},
		{"common headers", "订单号,订单状态,商品名称", false, []string{"a.orders", "b.orders", "c.orders"}},
		{"a distinctive header of each", "订单号,甲优惠,乙优惠", false, []string{"a.orders", "b.orders"}},
		{"more distinctive headers", "订单号,甲优惠,乙优惠,丙优惠,丁优惠", false, []string{"a.orders"}},
		{"a header of nobody", "订单号,订单状态,商品名称,颜色", true, nil},
		{"too few", "订单号,订单状态", true, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			formats := []*importers.Format{a, b, c}
			if strings.Contains(x.headers, "丁") {
				more := *a
				more.Distinctive = append(slices.Clone(more.Distinctive), "丁优惠")
				formats[0] = &more
			}
			got, err := detect(t, x.headers+"\n1,2,3,4,5\n", formats...)
			var doubt *importers.AmbiguousError
			switch {
			case len(x.want) == 1 && (err != nil || got != x.want[0]):
				t.Errorf("got %q, %v", got, err)
			case len(x.want) == 0 && !errors.Is(err, importers.ErrNotExport):
				t.Errorf("got %q, %v", got, err)
			case len(x.want) > 1:
				if !errors.Is(err, importers.ErrAmbiguous) || !errors.As(err, &doubt) {
					t.Fatalf("got %q, %v", got, err)
				}
				var ids []string
				for _, c := range doubt.Candidates {
					ids = append(ids, c.Format.ID)
					if len(c.Headers) == 0 || len(c.Kept) == 0 || !strings.Contains(err.Error(), c.Headers[0]) {
						t.Errorf("%s is not explained: %v", c.Format.ID, err)
					}
				}
				if !slices.Equal(ids, x.want) {
					t.Errorf("got %q, want %q", ids, x.want)
				}
			}
		})
	}
}

func TestTickedColumnsNeedNoDistinctiveHeader(t *testing.T) {
	a, b, _ := pair()
	b.Columns[2].Headers = []string{"品名"}
	const text = "订单号,订单状态,商品名称\n1,2,3\n"
	if _, err := detect(t, text, a, b); !errors.Is(err, importers.ErrNotExport) {
		t.Errorf("got %v, want %v", err, importers.ErrNotExport)
	}
	a.AnyColumns = true
	if got, err := detect(t, text, a, b); got != a.ID {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestManyColumnsThatOneMarketplaceAloneHasAreItsOwn(t *testing.T) {
	const few = "Name,Email,Created at,Lineitem quantity,Lineitem name,Lineitem price"
	if _, err := detect(t, few+"\n#1,,,,,\n", all.Formats()...); !errors.Is(err, importers.ErrNotExport) {
		t.Errorf("few: got %v, want %v", err, importers.ErrNotExport)
	}
	got, err := detect(t, few+",Lineitem sku,Financial Status,Fulfillment Status,Currency\n#1,,,,,,,,,\n", all.Formats()...)
	if got != "shopify.orders" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAFormatThatIsChosenNeedsNoDistinctiveHeader(t *testing.T) {
	a, _, _ := pair()
	if got, err := detect(t, "订单号,订单状态\n1,2\n", a); got != a.ID {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := detect(t, "单号,订单状态\n1,2\n", a); !errors.Is(err, importers.ErrNotExport) {
		t.Errorf("got %v, want %v", err, importers.ErrNotExport)
	}
}

func TestVersionsThatReadAlikeAreOne(t *testing.T) {
	a, _, _ := pair()
	later := *a
	later.ID = "a.orders.later"
	if got, err := detect(t, "订单号,订单状态,甲优惠\n1,2,3\n", a, &later); got != a.ID {
		t.Errorf("got %q, %v", got, err)
	}
	later.Rows = importers.LinePerRow
	if got, err := detect(t, "订单号,订单状态,甲优惠\n1,2,3\n", a, &later); !errors.Is(err, importers.ErrAmbiguous) {
		t.Errorf("got %q, %v", got, err)
	}
	later.Others = append(slices.Clone(later.Others), "新列")
	if got, err := detect(t, "订单号,订单状态,甲优惠,新列\n1,2,3,4\n", a, &later); got != later.ID {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAnotherSheetSettlesADoubt(t *testing.T) {
	a, b, _ := pair()
	f := excelize.NewFile()
	for sheet, header := range map[string][]any{"Sheet1": {"订单号", "订单状态", "商品名称"}, "Sheet2": {"订单号", "订单状态", "乙优惠"}} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, "A1", &header); err != nil {
			t.Fatal(err)
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	w, err := table.Open(t.Context(), bytes.NewReader(data.Bytes()), int64(data.Len()), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	matches, err := importers.Detect(t.Context(), w, []*importers.Format{a, b})
	if err != nil {
		t.Fatal(err)
	}
	if len(matches) != 2 || matches[0].Format != b || matches[1].Format != b {
		t.Errorf("got %+v", matches)
	}
}

func TestOfOneMarketplaceTheFormatThatReadsMoreIsMeant(t *testing.T) {
	for headers, want := range map[string]string{
		"订单编号,收货人姓名,联系手机,收货地址":      "taobao.delivery",
		"订单编号,收货人姓名,联系手机,收货地址,商家备注": "taobao.orders",
		"订单编号,收货人姓名,联系手机,收货地址,颜色":   "taobao.delivery",
	} {
		if got, err := detect(t, headers+"\n1,茶小白,13000000051,示例路1号,红\n", all.Formats()...); got != want {
			t.Errorf("%s: got %q, %v, want %s", headers, got, err, want)
		}
	}
}

func TestHeadersOfTwoMarketplacesAreAskedAbout(t *testing.T) {
	for headers, want := range map[string][]string{
		"主订单编号,子订单编号,订单状态,商家编码":            {"taobao.items", "douyin.orders"},
		"主订单编号,子订单编号,订单状态,商家编码,选购商品":       {"douyin.orders"},
		"主订单编号,子订单编号,订单状态,商家编码,外部系统编号":     {"taobao.items"},
		"订单号,订单状态,商品名称,商品ID,支付方式":          {"jd.orders", "kuaishou.orders", "xiaohongshu.orders"},
		"订单号,订单状态,商品名称,商品ID,支付方式,快赚客ID":    {"kuaishou.orders"},
		"订单号,订单状态,商品名称,商品ID,支付方式,下单帐号,京东价": {"jd.orders"},
	} {
		got, err := detect(t, headers+"\n1,2,3,4,5,6,7\n", all.Formats()...)
		ids := []string{got}
		if doubt, ok := errors.AsType[*importers.AmbiguousError](err); ok {
			ids = nil
			for _, c := range doubt.Candidates {
				ids = append(ids, c.Format.ID)
			}
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: got %q, %v, want %q", headers, ids, err, want)
		}
	}
}

func TestAPersonsOwnFormatComesBeforeThoseOfMarketplaces(t *testing.T) {
	a, b, _ := pair()
	own := &importers.Format{
		ID: "custom.own", Platform: "own", Own: true, Distinctive: []string{"订单号", "备注"},
		Columns:  []importers.Column{{Field: importers.OrderNo, Headers: []string{"订单号"}}, {Field: importers.Memo, Headers: []string{"备注"}}},
		Required: []string{"订单号"},
	}
	for headers, want := range map[string]struct {
		format string
		beside []string
	}{
		"订单号,订单状态,商品名称,甲优惠,备注":     {"custom.own", []string{"a.orders"}},
		"订单号,订单状态,商品名称,甲优惠,乙优惠,备注": {"custom.own", []string{"a.orders", "b.orders"}},
		"订单号,备注": {"custom.own", nil},
		"订单号,订单状态,商品名称,甲优惠,乙优惠": {"", nil},
	} {
		w := open(t, []byte(headers+"\n1,2,3,4,5,6\n"))
		matches, err := importers.Detect(t.Context(), w, []*importers.Format{a, b, own})
		if want.format == "" {
			if !errors.Is(err, importers.ErrAmbiguous) {
				t.Errorf("%s: %+v, %v", headers, matches, err)
			}
			continue
		}
		if err != nil || matches[0].Format.ID != want.format {
			t.Errorf("%s: %+v, %v", headers, matches, err)
			continue
		}
		var ids []string
		for _, c := range matches[0].Beside {
			ids = append(ids, c.Format.ID)
		}
		if !slices.Equal(ids, want.beside) {
			t.Errorf("%s: beside it %q, want %q", headers, ids, want.beside)
		}
	}
}
