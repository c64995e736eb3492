// Package youzan describes the order export of Youzan shops (有赞). It has one
// row for each order, with all its products in one cell. The buyer's phone
// (买家手机号) is another than the receiver's.
package youzan

import (
	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders reads the 60 columns. The nick is that of WeChat, which many share.
func orders() *importers.Format {
	f := mainland.Format("youzan", "orders")
	f.Rows, f.SharedNicks = importers.OrderPerRow, true
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单创建时间"}},
		{Field: importers.PaidAt, Headers: []string{"买家付款时间"}},
		{Field: importers.CompletedAt, Headers: []string{"交易成功时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"订单退款状态"}},
		{Field: importers.BuyerPhone, Headers: []string{"买家手机号"}},
		{Field: importers.BuyerNick, Headers: []string{"买家昵称"}},
		{Field: importers.RecipientName, Headers: []string{"收货人/提货人"}},
		{Field: importers.RecipientPhone, Headers: []string{"收货人手机号/提货人手机号"}},
		{Field: importers.Province, Headers: []string{"收货人省份"}},
		{Field: importers.City, Headers: []string{"收货人城市"}},
		{Field: importers.District, Headers: []string{"收货人地区"}},
		{Field: importers.Street, Headers: []string{"详细收货地址/提货地址"}},
		{Field: importers.Product, Headers: []string{"全部商品名称"}},
		{Field: importers.Paid, Headers: []string{"订单实付金额"}},
		{Field: importers.Refund, Headers: []string{"订单已退款金额"}},
		{Field: importers.Message, Headers: []string{"买家备注"}},
		{Field: importers.Memo, Headers: []string{"商家订单备注"}},
	}
	f.Distinctive = []string{
		"归属店铺", "全部商品名称", "商品种类数", "应收订单金额", "订单实付金额", "订单实收金额", "订单抵用积分数", "订单已退款金额",
		"商家订单备注", "买家付款时间", "交易成功时间", "买家是否会员", "收货人手机号/提货人手机号", "详细收货地址/提货地址", "同城送达时间/提货时间",
		"分销员所属店铺", "分销员所属团队", "订单风险标签", "挂账主体",
	}
	f.Others = importers.Names("销售渠道,订单类型,推广方式,订单来源,付款方式,支付流水号,运费,店铺优惠合计,支付优惠合计,店铺优惠方式,支付优惠方式," +
		"订单配送方式,订单星级,下单网点,收银员,分销员,销售导购,专属导购,桌号,挂账手机号,团长订单,分销员手机号," +
		"分销员所属分组,分销员等级,订单佣金类型,订单佣金金额,订单下级卖货提成类型,订单下级卖货提成金额")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"待付款"},
		crm.StatusPaid:      {"待发货"},
		crm.StatusShipped:   {"已发货"},
		crm.StatusCompleted: {"交易成功", "交易完成", "已完成"},
		crm.StatusCancelled: {"交易关闭"},
	})
	return f
}
