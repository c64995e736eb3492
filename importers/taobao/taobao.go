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
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{orders(), orders2021(), orders2015(), items(), delivery(), refunds()}
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
	f := mainland.Format("taobao", id)
	f.Statuses, f.AfterSales, f.SplitAddress = statuses, afterSales, mainland.SplitAddress
	f.RecipientStandsIn = true
	return f
}

// orderColumns are the columns of an order, under their names of all years.
// 买家会员名 is the screen name by which the marketplace knows the buyer; where it
// is masked, the phone to which the order went is what is left of him.
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
		{Field: importers.NotBuyers, Headers: []string{"虚拟号过期时间"}},
		{Field: importers.PhoneUntil, Headers: []string{"虚拟号过期时间"}},
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
	f := format("orders")
	f.Columns, f.AnyColumns = orderColumns(), true
	f.Distinctive = []string{
		"买家实付金额", "买家实付积分", "商品属性SKU", "确认收货打款金额", "总金额(旧版)", "备注标签", "买家应付邮费", "返点积分", "宝贝种类", "宝贝总数量",
	}
	f.Others = importers.Names("订单关闭原因,应发货时间,是否主动赔付,主动赔付金额,主动赔付出账时间,C2B小额收款,含应开票给个人红包," +
		"支付单号,支付详情,总金额,物流单号,物流公司,店铺ID,店铺名称,买家支付积分")
	return f
}

// distinctive2015 are the headers that the lists of 2015 to 2022 share.
var distinctive2015 = []string{
	"买家实际支付积分", "修改后的收货地址", "买家应付邮费", "返点积分", "宝贝种类", "宝贝总数量", "打款商家金额", "买家服务费",
}

// orders2021 is the list ExportOrderList of 2021 and 2022. 联系手机 is mostly a
// virtual number, which 虚拟号过期时间 tells.
func orders2021() *importers.Format {
	f := format("orders.2021")
	f.Columns = orderColumns()
	f.Required = []string{"宝贝标题"}
	f.Distinctive = append([]string{"虚拟号过期时间", "买家会员昵称", "前N有礼", "直播返现状态", "新零售成交门店id"}, distinctive2015...)
	f.Others = importers.Names("支付单号,支付详情,买家支付积分,总金额,运送方式,物流单号,物流公司,店铺Id,店铺名称,订单关闭原因,卖家服务费," +
		"发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku," +
		"异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id," +
		"新零售发货门店名称,新零售发货门店id,预约门店,含应开票给个人的个人红包,是否信用购,体验期结束时间,配送类型,返现金额," +
		"延迟发货自动赔付金额,新零售成交门店昵称,新零售成交经销商id,预售订单")
	return f
}

// orders2015 is the list ExportOrderList of 2015 to 2019.
func orders2015() *importers.Format {
	f := format("orders.2015")
	f.Columns = orderColumns()
	f.Required = []string{"宝贝标题"}
	f.Distinctive = append([]string{"买家支付宝账号"}, distinctive2015...)
	f.Others = importers.Names("新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,含应开票给个人的个人红包," +
		"买家支付积分,总金额,运送方式,物流单号,物流公司,店铺Id,店铺名称,订单关闭原因,卖家服务费,发票抬头,是否手机订单," +
		"分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,异常信息,天猫卡券抵扣," +
		"集分宝抵扣,是否是O2O交易,预约门店")
	return f
}

// items is the list of lines: ExportOrderDetailList to 2022, 销售明细 or
// ExportItemList since.
func items() *importers.Format {
	f := format("items")
	f.Rows, f.AnyColumns = importers.LinePerRow, true
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
	f.Others = importers.Names("支付单号,应发货时间,飞猪购订单信息,免单金额,百亿补贴超链订单信息,超链半托管订单信息,商品ID,分阶段信息,物流单号," +
		"物流公司,是否主动赔付,主动赔付金额,主动赔付出账时间")
	return f
}

// delivery is the sheet 发货报表. Its few headers are not distinctive, so that
// all of them must be there.
func delivery() *importers.Format {
	f := format("delivery")
	f.Required = []string{"订单编号", "收货人姓名", "联系手机", "收货地址"}
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.RecipientName, Headers: []string{"收货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"联系手机"}},
		{Field: importers.Address, Headers: []string{"收货地址"}},
	}
	return f
}

// refunds is the list 退款明细. A refund is no order: it stands beside the one
// that it names, whose own list tells what was paid and given back.
func refunds() *importers.Format {
	f := format("refunds")
	f.Rows, f.Refunds, f.AnyColumns = importers.PaymentPerRow, true, true
	f.Statuses = afterSales
	f.Columns = []importers.Column{
		{Field: importers.PaymentNo, Headers: []string{"退款编号"}},
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.PaidAt, Headers: []string{"退款完结时间", "退款的申请时间"}},
		{Field: importers.Status, Headers: []string{"退款状态"}},
		{Field: importers.SKU, Headers: []string{"商品编码", "商品id"}},
		{Field: importers.Paid, Headers: []string{"买家退款金额"}},
	}
	f.Distinctive = []string{"退款编号", "退款完结时间", "买家退款金额", "手工退款/系统退款", "退款的申请时间", "货物状态"}
	f.Others = importers.Names("支付单号,售后类型,超时时间")
	return f
}
