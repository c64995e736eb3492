// Package douyin describes the order export of Douyin shops (抖店). It has one
// row for each sub-order. Two sets of columns live side by side, and no buyer
// is named: 达人ID and 达人昵称 are the influencer who sold. The receiver is
// masked or enciphered; deciphered phones are virtual numbers that expire.
package douyin

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads both sets of columns: 商品规格 and 商品单价 of the one are 货号 and
// 商品金额 of the other. 订单应付金额 is the sub-order's.
func orders() *importers.Format {
	return &importers.Format{
		ID: "douyin.orders", Platform: "douyin", Locale: "zh-CN",
		Zone: "Asia/Shanghai", Currency: "CNY", Country: "CN",
		Rows: importers.LinePerRow, Decimal: '.',
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"主订单编号"}},
			{Field: importers.LineNo, Headers: []string{"子订单编号"}},
			{Field: importers.OrderedAt, Headers: []string{"订单提交时间"}},
			{Field: importers.PaidAt, Headers: []string{"支付完成时间"}},
			{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
			{Field: importers.CompletedAt, Headers: []string{"订单完成时间"}},
			{Field: importers.Status, Headers: []string{"订单状态"}},
			{Field: importers.AfterSale, Headers: []string{"售后状态"}},
			{Field: importers.RecipientName, Headers: []string{"收件人"}},
			{Field: importers.RecipientPhone, Headers: []string{"收件人手机号"}},
			{Field: importers.Province, Headers: []string{"省"}},
			{Field: importers.City, Headers: []string{"市"}},
			{Field: importers.District, Headers: []string{"区"}},
			{Field: importers.Street, Headers: []string{"详细地址", "街道"}},
			{Field: importers.SKU, Headers: []string{"商家编码", "商品ID"}},
			{Field: importers.Product, Headers: []string{"选购商品"}},
			{Field: importers.Variant, Headers: []string{"商品规格", "货号"}},
			{Field: importers.Quantity, Headers: []string{"商品数量"}},
			{Field: importers.UnitPrice, Headers: []string{"商品单价", "商品金额"}},
			{Field: importers.LineAmount, Headers: []string{"订单应付金额"}},
			{Field: importers.Message, Headers: []string{"买家留言"}},
			{Field: importers.Memo, Headers: []string{"商家备注"}},
		},
		Distinctive: []string{
			"选购商品", "订单提交时间", "支付完成时间", "订单应付金额", "优惠总金额", "达人优惠", "达人ID", "达人昵称", "鲁班落地页ID", "流量体裁",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:       {"待支付", "待确认"},
			crm.StatusPaid:          {"备货中", "待发货"},
			crm.StatusPartlyShipped: {"部分发货"},
			crm.StatusShipped:       {"已发货"},
			crm.StatusCompleted:     {"已完成"},
			crm.StatusCancelled:     {"已关闭", "已取消"},
		}),
		AfterSales: importers.Words(map[crm.Status][]string{
			crm.StatusRefundInProgress: {"售后处理中"},
			crm.StatusRefunded:         {"退款成功"},
		}),
	}
}
