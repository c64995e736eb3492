package imports

import (
	"testing"

	"kebu/app/usecase"
)

func TestPaymentsAreToldApartFromOrders(t *testing.T) {
	s := open(t, &fakeBook{preview: usecase.Preview{
		Format: "paypal.activity", Platform: "paypal", Shop: "paypal", NewShop: true, Rows: 15, HeaderRow: 1, Encoding: "utf-8",
		Payments: usecase.PaymentCounts{New: 12, Changed: 1, Same: 2, OfOrders: 9}, Seen: usecase.FileMark{Size: 1000},
	}})
	s.take("/x/Download.csv")
	s.See("导入 13 笔收款")
	s.See("PayPal · 收支明细")
	s.See("没有对应的订单")
	s.See("收款不计入销售额")
	s.submit()
	s.See("撤销这次导入…")
	s.See("对应客簿里的订单")
	if len(s.Steps) != 1 || s.Steps[0].Text != "已导入 13 笔收款。" {
		t.Errorf("the step is %+v", s.Steps)
	}
}
