// Package xiaohongshu describes the order export of Xiaohongshu shops (小红书
// 千帆). It has one row for each SKU, with the order's cells and sums repeated.
// The user number (用户编号) tells buyers apart for good; the receiver is starred
// unless the shop decrypts. Identity cards of cross-border orders are dropped.
package xiaohongshu

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is the sheet 订单信息. No column has the amount of a line: that of the
// order is known alone.
func orders() *importers.Format {
	f := mainland.Format("xiaohongshu", "orders")
	f.Rows = importers.LinePerRow
	f.SplitAddress = mainland.SplitAddress
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"支付时间"}},
		{Field: importers.ShippedAt, Headers: []string{"订单发货时间"}},
		{Field: importers.CompletedAt, Headers: []string{"订单完成时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"售后状态"}},
		{Field: importers.BuyerID, Headers: []string{"用户编号"}},
		{Field: importers.RecipientName, Headers: []string{"收件人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"收件人电话"}},
		{Field: importers.Province, Headers: []string{"省"}},
		{Field: importers.City, Headers: []string{"市"}},
		{Field: importers.District, Headers: []string{"区"}},
		{Field: importers.Address, Headers: []string{"收件人地址"}},
		{Field: importers.SKU, Headers: []string{"商家编码", "规格ID"}},
		{Field: importers.Product, Headers: []string{"商品名称", "SKU名称"}},
		{Field: importers.Variant, Headers: []string{"SKU规格"}},
		{Field: importers.Quantity, Headers: []string{"SKU件数"}},
		{Field: importers.Paid, Headers: []string{"用户应付金额(元)"}},
		{Field: importers.Message, Headers: []string{"用户备注"}},
		{Field: importers.Memo, Headers: []string{"包裹备注信息"}},
	}
	f.Distinctive = []string{
		"小红书编码", "用户编号", "用户应付金额(元)", "商家应收金额(元)（支付金额）", "SKU商家改价(元)", "SKU名称", "SKU规格", "SKU件数", "订单标记",
		"大头笔/Paint Marker", "集包地/Express Extend 1", "三段码/Express Extend 2", "包裹备注标记", "包裹备注信息", "物流方案名称", "国补模式",
		"达人名称(待下线)",
	}
	f.Others = importers.Names("订单类型,区域编码,条形码,达人ID,达人名称,是否为赠品,发票/Invoice,商品总价(元),平台优惠(元)," +
		"店铺优惠(元),支付渠道优惠(元),支付方式,支付渠道订单号,支付期数,利息费用,手续费承担方,sku净重(kg)," +
		"包裹总净重(kg),包裹总运费(元),快递公司,快递单号,发货链接,订购人身份证姓名/ID Name," +
		"订购人身份证号/ID Number,收件人身份证姓名,收件人身份证号,预售订单开始发货时间,预售订单截止发货时间," +
		"承诺发货时间,发货仓库,确认收货类型,是否延迟收货,异常原因,店铺名称,运费模版名称,第三方机构订单号,供应商id," +
		"供应商名称,商品ID")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"待付款"},
		crm.StatusPaid:      {"待配货", "配货中", "待发货"},
		crm.StatusShipped:   {"已发货"},
		crm.StatusCompleted: {"已完成"},
		crm.StatusCancelled: {"已取消"},
	})
	return f
}
