package taobao_test

import (
	"bytes"
	"testing"

	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// The list of orders and that of their lines, as a shop exports them on one day.
const (
	orderList = "订单编号,买家会员名,买家实际支付金额,订单状态,收货人姓名,联系手机,订单创建时间,宝贝标题,宝贝总数量\n" +
		"4100000000000000071,茶客71,199.00,交易成功,茶小白,13000000071,2026-06-01 10:00:00,茶壶，茶杯,3\n" +
		"4100000000000000072,茶客71,20.00,交易成功,茶小白,13000000071,2026-06-02 10:00:00,茶杯,1\n"
	lineList = "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,订单状态,买家实际支付金额,退款状态,退款金额,订单创建时间\n" +
		"4100000000000000171,4100000000000000071,茶壶,160.00,1,T-1,交易成功,159.00,没有申请退款,无退款申请,2026-06-01 10:00:00\n" +
		"4100000000000000172,4100000000000000071,茶杯,20.00,2,T-2,交易成功,40.00,退款成功,40.00,2026-06-01 10:00:00\n"
)

func ordersOf(t *testing.T, text string) map[string]*crm.Order {
	t.Helper()
	w, err := table.Open(t.Context(), bytes.NewReader([]byte(text)), int64(len(text)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	matches, err := importers.Detect(t.Context(), w, all.Formats())
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]*crm.Order{}
	for _, o := range r.Orders {
		m[o.Number] = o
	}
	return m
}

// TestOrderListAndLineListJoin shows that the two files say the same of an
// order, whichever comes first, and that its money counts once.
func TestOrderListAndLineListJoin(t *testing.T) {
	const number = "4100000000000000071"
	orders, lines := ordersOf(t, orderList), ordersOf(t, lineList)
	for name, pair := range map[string][2]*crm.Order{
		"orders first": {orders[number], lines[number]}, "lines first": {lines[number], orders[number]},
	} {
		o, changed := pair[0].Merge(pair[1])
		f, err := o.Figures()
		if err != nil || !changed {
			t.Fatalf("%s: changed %t, %v", name, changed, err)
		}
		if f.Gross.String() != "199" || f.Refunded.String() != "40" || len(o.Lines) != 2 || o.Lines[0].Summary {
			t.Errorf("%s: gross %v, refunded %v, lines %+v", name, f.Gross, f.Refunded, o.Lines)
		}
		if o.Buyer.Nick != "茶客71" || o.Recipient.Phone.Reveal() != "13000000071" || o.Amount.Value.String() != "199" {
			t.Errorf("%s: the buyer or the amount is lost", name)
		}
		if again, changed := o.Merge(pair[0]); changed || again.Amount != o.Amount {
			t.Errorf("%s: the first file again changes something", name)
		}
	}
}
