// Package taobao describes the exports of Taobao and Tmall shops, from the
// order lists of 2015 to the workbooks of today's seller centre (千牛).
//
// A workbook holds up to three sheets that say different things of the same
// orders: the orders (订单报表), their lines (销售明细) and where they were sent
// (发货报表). Since 2023 the first two name no buyer at all.
package taobao

import (
	"kebu/app/crm"
	"kebu/importers"
)

const platform = "taobao"

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{orders(), legacyOrders(), items(), delivery()}
}

var statuses = importers.Words(map[crm.Status][]string{
	crm.StatusPending:       {"等待买家付款"},
	crm.StatusPaid:          {"买家已付款，等待卖家发货"},
	crm.StatusPartlyShipped: {"卖家部分发货"},
	crm.StatusShipped:       {"卖家已发货，等待买家确认"},
	crm.StatusCompleted:     {"交易成功"},
	crm.StatusCancelled:     {"交易关闭"},
})

var afterSales = importers.Words(map[crm.Status][]string{
	crm.StatusUnknown:  {"没有申请退款", "无退款申请"},
	crm.StatusRefunded: {"退款成功"},
})

func format(id string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: platform, Locale: "zh-CN", Zone: "Asia/Shanghai", Currency: "CNY", Country: "CN",
		Decimal: '.', Statuses: statuses, AfterSales: afterSales, SplitAddress: splitAddress,
	}
}

// orderColumns are the columns of an order, under their names of all years.
// 买家会员名 is the screen name by which the marketplace knows the buyer.
func orderColumns() []importers.Column {
	return []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"订单付款时间"}},
		{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
		{Field: importers.CompletedAt, Headers: []string{"确认收货时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.BuyerNick, Headers: []string{"买家会员名", "买家会员昵称"}},
		{Field: importers.BuyerAccount, Headers: []string{"买家支付宝账号"}},
		{Field: importers.RecipientName, Headers: []string{"收货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"联系手机", "联系电话"}},
		{Field: importers.Address, Headers: []string{"修改后的收货地址", "收货地址"}},
		{Field: importers.Product, Headers: []string{"商品标题", "宝贝标题"}},
		{Field: importers.Variant, Headers: []string{"商品属性SKU"}},
		{Field: importers.Quantity, Headers: []string{"宝贝总数量"}},
		{Field: importers.Paid, Headers: []string{"买家实付金额", "买家实际支付金额"}},
		{Field: importers.Refund, Headers: []string{"退款金额"}},
		{Field: importers.Message, Headers: []string{"买家留言"}},
		{Field: importers.Memo, Headers: []string{"商家备注", "订单备注", "商家备忘"}},
	}
}

// orders is the sheet 订单报表 of 2023 and later. The seller ticks its columns.
func orders() *importers.Format {
	f := format("taobao.orders")
	f.Columns = orderColumns()
	f.Distinctive = []string{
		"买家实付金额", "买家实付积分", "商品属性SKU", "确认收货打款金额", "总金额(旧版)", "备注标签", "买家应付邮费", "返点积分", "宝贝种类", "宝贝总数量",
	}
	return f
}

// legacyOrders is the list ExportOrderList of 2015 to 2022.
func legacyOrders() *importers.Format {
	f := format("taobao.orders.2015")
	f.Columns = orderColumns()
	f.Distinctive = []string{
		"买家实际支付金额", "买家实际支付积分", "宝贝标题", "订单备注", "买家会员名", "买家支付宝账号", "修改后的收货地址",
		"买家应付邮费", "返点积分", "宝贝种类", "宝贝总数量", "虚拟号过期时间", "打款商家金额", "买家服务费",
	}
	f.Required = []string{"宝贝标题"}
	return f
}

// items is the list of lines: ExportOrderDetailList to 2022, 销售明细 or
// ExportItemList since.
func items() *importers.Format {
	f := format("taobao.items")
	f.Rows = importers.LinePerRow
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"主订单编号", "订单编号"}},
		{Field: importers.LineNo, Headers: []string{"子订单编号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"订单付款时间"}},
		{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"退款状态"}},
		{Field: importers.SKU, Headers: []string{"商家编码", "外部系统编号"}},
		{Field: importers.Product, Headers: []string{"商品标题", "标题"}},
		{Field: importers.Variant, Headers: []string{"商品属性"}},
		{Field: importers.Quantity, Headers: []string{"购买数量"}},
		{Field: importers.UnitPrice, Headers: []string{"商品价格", "价格"}},
		{Field: importers.LineAmount, Headers: []string{"买家实付金额", "买家实际支付金额", "买家应付货款"}},
		{Field: importers.LineRefund, Headers: []string{"退款金额"}},
		{Field: importers.Message, Headers: []string{"主订单买家留言"}},
		{Field: importers.Memo, Headers: []string{"商家备注", "备注"}},
	}
	f.Distinctive = []string{
		"外部系统编号", "购买数量", "套餐信息", "商品价格", "联系方式备注", "淘鲜达渠道", "免单资格", "主订单买家留言",
	}
	return f
}

// delivery is the sheet 发货报表. Its few headers are not distinctive, so that
// all of them must be there.
func delivery() *importers.Format {
	f := format("taobao.delivery")
	f.Required = []string{"订单编号", "收货人姓名", "联系手机", "收货地址"}
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.RecipientName, Headers: []string{"收货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"联系手机"}},
		{Field: importers.Address, Headers: []string{"收货地址"}},
	}
	return f
}
