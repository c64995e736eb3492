// Package pinduoduo describes the order export of Pinduoduo shops. It has one
// row for each order, and an order has one product. The default columns name
// nobody; the receiver's are masked from the moment of shipping.
package pinduoduo

import (
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders(), allColumns()} }

// orders is orders_export with the columns that are ticked at first.
func orders() *importers.Format {
	f := format("orders")
	f.Others = importers.Names("邮费(元),商品id,快递单号,快递公司,是否分期,分期期数,手续费承担方,分期方式")
	return f
}

// allColumns is orders_export with all columns ticked, of all years.
func allColumns() *importers.Format {
	f := format("orders.all")
	f.Others = importers.Names("身份证姓名,身份证号码,订单确认时间," +
		"邮费(元),上门安装费(元),送货入户费(元),送货入户并安装费(元),是否审核中,承诺发货时间,承诺送达时间,商品id," +
		"商品一级类目,商品二级类目,商品三级类目,商品四级类目,消费者资料,消费者资料上传时间,赠品名称,赠品id,赠品规格," +
		"赠品数量,团ID,团身份,是否已开始配送,配送员是否已送达,配送状态,同城是否普通快递,快递单号,快递公司,配送员手机号," +
		"是否抽奖或0元试用,是否顺丰加价,旅行类信息,充值号码,是否门店自提,门店名称,门店自定义编码,关联货品编码,货品名称," +
		"货品类型,子货品,仓库名称,仓库所在地址,海淘清关订单号,支付ID,支付方式,保税仓,是否直播间成交,是否直播间引导成交," +
		"预约配送时间,是否节能补贴,是否分期,分期期数,手续费承担方,是否无痕发货,订单来源,是否社区团购,小区送达情况,分期方式")
	return f
}

func format(id string) *importers.Format {
	f := mainland.Format("pinduoduo", id)
	f.Rows, f.AnyColumns = importers.ProductPerOrder, true
	// No column is a key of the buyer of goods, so that the recipient stands for
	// the buyer, whichever columns are ticked.
	f.RecipientIsBuyer = true
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单号"}},
		{Field: importers.OrderedAt, Headers: []string{"订单成交时间", "拼单成功时间"}},
		{Field: importers.PaidAt, Headers: []string{"支付时间"}},
		{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
		{Field: importers.CompletedAt, Headers: []string{"确认收货时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"售后状态"}},
		// Filled for virtual goods only, which go to the buyer's own phone.
		{Field: importers.BuyerPhone, Headers: []string{"用户购买手机号"}},
		{Field: importers.RecipientName, Headers: []string{"收货人"}},
		{Field: importers.RecipientPhone, Headers: []string{"手机"}},
		{Field: importers.Province, Headers: []string{"省"}},
		{Field: importers.City, Headers: []string{"市"}},
		{Field: importers.District, Headers: []string{"区"}},
		{Field: importers.Street, Headers: []string{"街道/镇", "街道"}},
		{Field: importers.SKU, Headers: []string{"商家编码-规格维度", "商家编码-SKU维度", "样式ID"}},
		{Field: importers.Product, Headers: []string{"商品"}},
		{Field: importers.Variant, Headers: []string{"商品规格"}},
		{Field: importers.Quantity, Headers: []string{"商品数量(件)"}},
		{Field: importers.LineAmount, Headers: []string{"商品总价(元)"}},
		{Field: importers.Paid, Headers: []string{"用户实付金额(元)"}},
		{Field: importers.Message, Headers: []string{"买家留言"}},
		{Field: importers.Memo, Headers: []string{"商家备注"}},
	}
	f.Distinctive = []string{
		"商家实收金额(元)", "样式ID", "用户实付金额(元)", "多多支付立减金额(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)",
		"商家编码-规格维度", "商家编码-SKU维度", "商家编码-商品维度", "订单成交时间", "拼单成功时间", "商品数量(件)",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"待支付", "待付款"},
		crm.StatusPaid:      {"待发货"},
		crm.StatusShipped:   {"已发货，待收货", "已发货"},
		crm.StatusCompleted: {"已收货"},
		crm.StatusCancelled: {"已取消"},
		crm.StatusRefunded:  {"已取消，退款成功", "未发货，退款成功", "已发货，退款成功"},
	})
	f.AfterSales = importers.Words(map[crm.Status][]string{
		crm.StatusUnknown:          {"无售后或售后取消"},
		crm.StatusRefundInProgress: {"售后处理中", "退款中"},
		crm.StatusRefunded:         {"退款成功"},
	})
	f.DayOfOrder = dayOfOrder
	return f
}

// dayOfOrder reads the day that an order number opens with, YYMMDD-….
func dayOfOrder(number string) (year int, month time.Month, day int, ok bool) {
	if len(number) < 8 || number[6] != '-' {
		return 0, 0, 0, false
	}
	t, err := time.Parse("060102", number[:6])
	if err != nil || strings.Trim(number[:6], "0123456789") != "" {
		return 0, 0, 0, false
	}
	year, month, day = t.Date()
	return year, month, day, true
}
