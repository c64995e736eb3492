// Package douyin describes the order export of Douyin shops (抖店). It has one
// row for each sub-order. Two sets of columns live side by side, and no buyer
// is named: 达人ID and 达人昵称 are the influencer who sold. The receiver is
// masked or enciphered; deciphered phones are virtual numbers that expire.
package douyin

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders(), ordersB(), afterSales()} }

// orders is the set of 74 columns.
func orders() *importers.Format {
	f := format("orders")
	f.Others = importers.Names("运费,平台优惠,商家优惠,商家改价,支付优惠,红包抵扣,支付方式,手续费,是否修改过地址,地址修改时段,旗帜颜色,APP渠道," +
		"流量来源,承诺发货时间,订单类型,所属门店ID,取消原因,预约发货时间,仓库ID,仓库名称,序列号,是否安心购,广告渠道," +
		"流量类型,流量渠道,发货主体,发货主体明细,降价类优惠,平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额," +
		"预计送达时间,是否平台仓自流转,车型,商品69码,发货SN码,发货IMEI码1,发货IMEI码2,预约送达时间," +
		"建议发货时间（起）,建议发货时间（止）,物流SN码,物流IMEI码1,物流IMEI码2")
	return f
}

// ordersB is the set of 75 columns, close to that of 2022.
func ordersB() *importers.Format {
	f := format("orders.b")
	f.Others = importers.Names("支付方式,承诺发货时间,预约发货时间,旗帜颜色,APP渠道,取消原因,订单类型,车型,是否是以旧换新,换新额外补贴," +
		"换新额外补贴发放状态,运费,平台优惠,商家优惠,商家改价,支付优惠,手续费,红包抵扣,降价类优惠,平台实际承担优惠金额," +
		"商家实际承担优惠金额,达人实际承担优惠金额,是否修改过地址,快递信息,序列号,拼团订单团编号,商品单价是否含税,税费," +
		"所属门店ID,流量来源,仓库ID,仓库名称,是否安心购,广告渠道,流量类型,流量渠道,发货主体,发货主体明细,教育优惠," +
		"预计送达时间,是否平台仓自流转,是否是渠道商品,预约送达时间,建议发货时间（起）,建议发货时间（止）")
	return f
}

// format reads both sets of columns: 商品规格 and 商品单价 of the one are 货号 and
// 商品金额 of the other. 订单应付金额 is the sub-order's.
func format(id string) *importers.Format {
	f := mainland.Format("douyin", id)
	f.Rows = importers.LinePerRow
	f.Columns = []importers.Column{
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
	}
	f.Distinctive = []string{
		"选购商品", "订单提交时间", "支付完成时间", "优惠总金额", "达人优惠", "达人昵称", "鲁班落地页ID", "流量体裁",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:       {"待支付", "待确认"},
		crm.StatusPaid:          {"备货中", "待发货"},
		crm.StatusPartlyShipped: {"部分发货"},
		crm.StatusShipped:       {"已发货"},
		crm.StatusCompleted:     {"已完成"},
		crm.StatusCancelled:     {"已关闭", "已取消"},
	})
	f.AfterSales = importers.Words(map[crm.Status][]string{
		crm.StatusRefundInProgress: {"售后处理中"},
		crm.StatusRefunded:         {"退款成功"},
	})
	return f
}

// afterSales is the list 售后单. An after-sale is no order: it stands beside the
// one that it names, with what was given back for goods and carriage.
func afterSales() *importers.Format {
	f := mainland.Format("douyin", "aftersales")
	f.Rows, f.Refunds = importers.PaymentPerRow, true
	f.Columns = []importers.Column{
		{Field: importers.PaymentNo, Headers: []string{"售后单号"}},
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.SKU, Headers: []string{"商品单号"}},
		{Field: importers.Paid, Headers: []string{"退商品金额（元）"}, Add: []string{"退运费金额（元）"}},
	}
	f.Distinctive = []string{"售后单号", "商品单号", "商品发货状态", "商品税费（元）", "支付优惠（元）", "退商品金额（元）", "退运费金额（元）"}
	f.Others = importers.Names("商品名称,应付金额（元）,商品运费（元）,售后类型")
	return f
}
