// Package kuaishou describes the order export of Kuaishou shops (快手小店). It has
// one row for each order, and an order has one product. It names no buyer: the
// receiver is starred, 账号明细 is where virtual goods are sent, and CPS达人, 团长
// and 快赚客 are those who sold.
package kuaishou

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads the 61 and the 64 columns of today, and those of before under
// their other names.
func orders() *importers.Format {
	f := mainland.Format("kuaishou", "orders")
	f.Rows = importers.ProductPerOrder
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号", "订单编号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"订单支付时间"}},
		{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"售后状态"}},
		{Field: importers.RecipientName, Headers: []string{"收货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"收货人电话"}},
		{Field: importers.Province, Headers: []string{"收货地址-省"}},
		{Field: importers.City, Headers: []string{"收货地址-市"}},
		{Field: importers.District, Headers: []string{"收货地址-区"}},
		{Field: importers.Street, Headers: []string{"收货地址", "收货地址-街道"}},
		{Field: importers.SKU, Headers: []string{"SKU编码", "商品ID"}},
		{Field: importers.Product, Headers: []string{"商品名称"}},
		{Field: importers.Variant, Headers: []string{"商品规格"}},
		{Field: importers.Quantity, Headers: []string{"成交数量"}},
		{Field: importers.UnitPrice, Headers: []string{"商品单价"}},
		{Field: importers.Paid, Headers: []string{"实付款", "订单应付金额"}},
		{Field: importers.Message, Headers: []string{"买家留言"}},
		{Field: importers.Memo, Headers: []string{"订单备注"}},
	}
	f.Distinctive = []string{
		"实付款", "主播补贴", "混资活动优惠", "成交数量", "账号明细", "订单载体", "预售/承诺发货时间", "CPS达人ID", "CPS达人昵称", "预估推广佣金",
		"团长ID", "快赚客ID", "快赚客昵称", "授权推广者ID", "收货地址-省", "收货地址-市", "国补/类国补/消费券", "订单销售主体",
	}
	f.Others = importers.Names("国补类型,发货类型,运单号," +
		"赠品订单号,活动订单编号,预售定金支付时间,快递费,店铺优惠,平台补贴,支付优惠,支付方式,账号类型,旗帜颜色,活动订单," +
		"渠道,预估推广者分佣比例,团长昵称,授权推广者昵称,快递公司,快递单号,物流信息,集运类型,直邮类型,仓库名称,仓库地址," +
		"实名姓名,服务门店ID,服务门店名称,服务门店地址")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:       {"待付款"},
		crm.StatusPaid:          {"待发货"},
		crm.StatusPartlyShipped: {"部分发货"},
		crm.StatusShipped:       {"已发货"},
		crm.StatusDelivered:     {"已收货"},
		crm.StatusCompleted:     {"交易成功"},
		crm.StatusCancelled:     {"交易关闭"},
	})
	f.AfterSales = importers.Words(map[crm.Status][]string{
		crm.StatusRefundInProgress: {"售后处理中"},
		crm.StatusRefunded:         {"退款成功"},
	})
	return f
}
