// Package pinduoduo describes the order export of Pinduoduo shops. It has one
// row for each order, and an order has one product. The default columns name
// nobody; the receiver's are masked from the moment of shipping.
package pinduoduo

import (
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is orders_export, whatever columns the seller has ticked.
func orders() *importers.Format {
	return &importers.Format{
		ID: "pinduoduo.orders", Platform: "pinduoduo", Locale: "zh-CN",
		Zone: "Asia/Shanghai", Currency: "CNY", Country: "CN",
		Rows: importers.ProductPerOrder, Decimal: '.',
		// No column is a key of the buyer of goods, so that the recipient stands
		// for the buyer, whichever columns are ticked.
		RecipientIsBuyer: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"订单号"}},
			{Field: importers.OrderedAt, Headers: []string{"订单成交时间", "拼单成功时间"}},
			{Field: importers.PaidAt, Headers: []string{"支付时间"}},
			{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
			{Field: importers.CompletedAt, Headers: []string{"确认收货时间"}},
			{Field: importers.Status, Headers: []string{"订单状态"}},
			{Field: importers.AfterSale, Headers: []string{"售后状态"}},
			// Filled for virtual goods only, which go to the buyer's own phone.
			{Field: importers.BuyerPhone, Headers: []string{"用户购买手机号"}},
			{Field: importers.RecipientName, Headers: []string{"收货人"}},
			{Field: importers.RecipientPhone, Headers: []string{"手机"}},
			{Field: importers.Province, Headers: []string{"省"}},
			{Field: importers.City, Headers: []string{"市"}},
			{Field: importers.District, Headers: []string{"区"}},
			{Field: importers.Street, Headers: []string{"街道/镇", "街道"}},
			{Field: importers.SKU, Headers: []string{"商家编码-规格维度", "商家编码-SKU维度", "样式ID"}},
			{Field: importers.Product, Headers: []string{"商品"}},
			{Field: importers.Variant, Headers: []string{"商品规格"}},
			{Field: importers.Quantity, Headers: []string{"商品数量(件)"}},
			{Field: importers.LineAmount, Headers: []string{"商品总价(元)"}},
			{Field: importers.Paid, Headers: []string{"用户实付金额(元)"}},
			{Field: importers.Message, Headers: []string{"买家留言"}},
			{Field: importers.Memo, Headers: []string{"商家备注"}},
		},
		Distinctive: []string{
			"商家实收金额(元)", "样式ID", "用户实付金额(元)", "多多支付立减金额(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)",
			"商家编码-规格维度", "商家编码-SKU维度", "商家编码-商品维度", "订单成交时间", "拼单成功时间", "商品数量(件)",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:   {"待支付", "待付款"},
			crm.StatusPaid:      {"待发货"},
			crm.StatusShipped:   {"已发货，待收货", "已发货"},
			crm.StatusCompleted: {"已收货"},
			crm.StatusCancelled: {"已取消"},
			crm.StatusRefunded:  {"已取消，退款成功", "未发货，退款成功", "已发货，退款成功"},
		}),
		AfterSales: importers.Words(map[crm.Status][]string{
			crm.StatusUnknown:          {"无售后或售后取消"},
			crm.StatusRefundInProgress: {"售后处理中", "退款中"},
			crm.StatusRefunded:         {"退款成功"},
		}),
		DayOfOrder: dayOfOrder,
	}
}

// dayOfOrder reads the day that an order number opens with, YYMMDD-….
func dayOfOrder(number string) (year int, month time.Month, day int, ok bool) {
	if len(number) < 8 || number[6] != '-' {
		return 0, 0, 0, false
	}
	t, err := time.Parse("060102", number[:6])
	if err != nil || strings.Trim(number[:6], "0123456789") != "" {
		return 0, 0, 0, false
	}
	year, month, day = t.Date()
	return year, month, day, true
}
