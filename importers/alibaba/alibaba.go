// Package alibaba describes the order export of 1688. It has one row for each
// line; the cells of the order, its number too, are merged over its rows. The
// member name (会员名) is the buyer's login.
package alibaba

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads the 49 columns of today and those of 2019, which had one column
// for carrier and parcel. 实付款 is the whole order's.
func orders() *importers.Format {
	f := mainland.Format("1688", "orders")
	f.Rows = importers.LinePerRowMerged
	f.SplitAddress = mainland.SplitAddress
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"订单付款时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.BuyerNick, Headers: []string{"买家会员名"}},
		{Field: importers.BuyerName, Headers: []string{"买家公司名"}},
		{Field: importers.RecipientName, Headers: []string{"收货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"联系手机", "联系电话"}},
		{Field: importers.Address, Headers: []string{"收货地址"}},
		{Field: importers.Postcode, Headers: []string{"邮编"}},
		{Field: importers.SKU, Headers: []string{"单品货号", "货号"}},
		{Field: importers.Product, Headers: []string{"货品标题"}},
		{Field: importers.Variant, Headers: []string{"型号"}},
		{Field: importers.Quantity, Headers: []string{"数量"}},
		{Field: importers.UnitPrice, Headers: []string{"单价(元)"}},
		{Field: importers.Paid, Headers: []string{"实付款(元)"}},
		{Field: importers.Message, Headers: []string{"买家留言"}},
	}
	f.Distinctive = []string{
		"货品总价(元)", "涨价或折扣(元)", "实付款(元)", "买家公司名", "卖家公司名", "卖家会员名", "货品标题", "单品货号", "货品种类", "物料编号",
		"是否代发订单", "代发服务商id", "微商订单号", "下单批次号", "下游订单号", "物流公司运单号", "业务员昵称",
	}
	f.Others = importers.Names("运费(元),发货方,单位,Offer ID,SKU ID,物流公司,运单号,发票：购货单位名称,发票：纳税人识别号," +
		"发票：地址、电话,发票：开户行及账号,发票收取地址,关联编号,代理商姓名,代理商联系方式,下游渠道,下单公司主体," +
		"发起人登录名,是否发起免密支付(1:淘货源诚e赊免密支付2:批量下单免密支付)")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:           {"等待买家付款"},
		crm.StatusPaid:              {"等待卖家发货", "待发货"},
		crm.StatusShipped:           {"等待买家确认收货", "待收货"},
		crm.StatusDelivered:         {"已收货"},
		crm.StatusCompleted:         {"交易成功"},
		crm.StatusCancelled:         {"交易关闭"},
		crm.StatusRefundInProgress:  {"退款中"},
		crm.StatusPartiallyRefunded: {"部分退款"},
		crm.StatusRefunded:          {"退款成功"},
	})
	return f
}
