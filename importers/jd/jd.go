// Package jd describes the order export of JD shops (京东). It has one row for
// each line, with the order's cells repeated. The account (下单帐号) is the
// buyer's login; phones are masked but for the first digit and the last four.
package jd

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads the 30 columns of 2016 and all that came later. 应付金额 is what
// was left to pay after the buyer's balance (余额支付): together they are what
// the buyer paid. The address has no separators and stays whole.
func orders() *importers.Format {
	f := mainland.Format("jd", "orders")
	f.Rows = importers.LinePerRow
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.OrderedAt, Headers: []string{"下单时间"}},
		{Field: importers.PaidAt, Headers: []string{"付款确认时间"}},
		{Field: importers.ShippedAt, Headers: []string{"订单出库时间"}},
		{Field: importers.CompletedAt, Headers: []string{"订单完成时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.BuyerNick, Headers: []string{"下单帐号"}},
		{Field: importers.BuyerEmail, Headers: []string{"邮箱地址"}},
		{Field: importers.RecipientName, Headers: []string{"客户姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"联系电话"}},
		{Field: importers.Address, Headers: []string{"客户地址"}},
		{Field: importers.Postcode, Headers: []string{"邮政编码"}},
		{Field: importers.SKU, Headers: []string{"货号", "商家SKUID", "商品ID"}},
		{Field: importers.Product, Headers: []string{"商品名称"}},
		{Field: importers.Quantity, Headers: []string{"订购数量"}},
		{Field: importers.UnitPrice, Headers: []string{"京东价"}},
		{Field: importers.Paid, Headers: []string{"应付金额"}, Add: []string{"余额支付"}},
		{Field: importers.Message, Headers: []string{"订单备注"}},
		{Field: importers.Memo, Headers: []string{"商家备注"}},
	}
	f.Distinctive = []string{
		"京东价", "结算金额", "余额支付", "应付金额", "订购数量", "客户姓名", "客户地址", "付款确认时间", "商家备注等级（等级1-5为由高到低）",
		"商家SKUID", "送装服务", "是否为品牌商订单", "是否为toplife订单", "普通发票纳税编号", "商家应收", "订单出库时间",
	}
	f.Others = importers.Names("纳税人识别号,名称（个人）,单位地址,单位电话,开户银行,银行账号,服务费,仓库id,仓库名称,运单号,快递单号," +
		"支付方式,订单金额,订单类型,发票类型,发票抬头,发票内容,运费金额,增值税发票,订单来源,订单渠道")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"等待付款"},
		crm.StatusPaid:      {"等待出库", "(锁定)等待出库", "锁定"},
		crm.StatusShipped:   {"等待确认收货"},
		crm.StatusCompleted: {"完成"},
		crm.StatusCancelled: {"已取消", "(删除)等待付款", "(删除)等待出库", "(删除)等待确认收货"},
	})
	return f
}
