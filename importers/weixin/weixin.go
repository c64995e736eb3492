// Package weixin describes the order export of WeChat shops (微信小店, before
// 视频号小店). It has one row for each product, with the order's cells and sums
// repeated. It holds no openid: the receiver's phone, where it is full, stands
// for the buyer, but for gifts. 带货账号 is who sold.
package weixin

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads the 57 and the 64 columns of today, and those of 2023 under their
// other names.
func orders() *importers.Format {
	f := mainland.Format("weixin", "orders")
	f.Rows = importers.LinePerRow
	f.RecipientIsBuyer = true
	f.SplitAddress = mainland.SplitAddress
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单下单时间", "下单时间"}},
		{Field: importers.PaidAt, Headers: []string{"支付时间"}},
		{Field: importers.ShippedAt, Headers: []string{"订单发货时间"}},
		{Field: importers.CompletedAt, Headers: []string{"订单确认收货时间", "订单完成结算时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"商品售后"}},
		{Field: importers.BuyerID, Headers: []string{"企业微信加密id"}},
		{Field: importers.RecipientName, Headers: []string{"收件人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"收件人手机"}},
		{Field: importers.NotBuyers, Headers: []string{"礼物单号"}},
		{Field: importers.Province, Headers: []string{"省"}},
		{Field: importers.City, Headers: []string{"市"}},
		{Field: importers.District, Headers: []string{"区"}},
		{Field: importers.Address, Headers: []string{"收件人地址"}},
		{Field: importers.SKU, Headers: []string{"SKU编码(自定义)", "商品编码(自定义)", "商品编码(平台)"}},
		{Field: importers.Product, Headers: []string{"商品名称"}},
		{Field: importers.Variant, Headers: []string{"商品属性"}},
		{Field: importers.Quantity, Headers: []string{"商品数量"}},
		{Field: importers.UnitPrice, Headers: []string{"商品实际价格(单件)", "商品价格(单件)"}},
		{Field: importers.LineAmount, Headers: []string{"商品实际价格(总共)"}},
		{Field: importers.LineRefund, Headers: []string{"商品已退款金额"}},
		{Field: importers.Paid, Headers: []string{"订单实际支付金额"}},
		{Field: importers.Message, Headers: []string{"买家备注"}},
		{Field: importers.Memo, Headers: []string{"商家备注"}},
	}
	f.Distinctive = []string{
		"订单下单时间", "订单确认收货时间", "订单完成结算时间", "订单实际支付金额", "订单实际收款金额", "收件人手机", "打标颜色", "技术服务费",
		"技术服务费（将以人气卡形式返还）", "运费险预计投保费用", "带货方式", "带货账号类型", "带货账号昵称", "带货ID", "带货佣金率", "礼物单号",
		"商品编码(平台)", "商品编码(自定义)", "SKU编码(自定义)", "商品价格(单件)", "商品实际价格(单件)", "商品实际价格(总共)", "商品已退款金额",
		"企业微信加密id", "企微企业ID", "导购最近分享时间",
	}
	f.Others = importers.Names("企微工号,企微备注,活动商家补贴,来源渠道,账号昵称," +
		"发货方式,商品总价,订单运费,商品优惠,跨店优惠,商品改价,积分抵扣,支付方式,交易单号,物流公司,快递单号,带货费用渠道," +
		"带货费用类型,带货费用,是否预售,商品平台券优惠,商品平均运费,定制信息,定制预览图,商品发货")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:       {"待付款"},
		crm.StatusPaid:          {"待发货"},
		crm.StatusPartlyShipped: {"部分发货"},
		crm.StatusShipped:       {"已发货"},
		crm.StatusCompleted:     {"已完成"},
		crm.StatusCancelled:     {"已取消"},
	})
	f.AfterSales = importers.Words(map[crm.Status][]string{
		crm.StatusUnknown:  {"无", "用户取消申请"},
		crm.StatusRefunded: {"退款完成"},
	})
	return f
}
