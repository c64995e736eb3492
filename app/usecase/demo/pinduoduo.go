package demo

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
)

// The default columns of today's Pinduoduo export, and, ticked by the shop,
// the payment time, the message and the recipient.
const pinduoduoHeader = `商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,商家备注,买家留言,售后状态,快递单号,快递公司,收货人,手机,省,市,区,街道,订单成交时间,是否分期,分期期数,手续费承担方,分期方式`

var pinduoduoWords = map[stage]string{
	unpaid: "待支付", paid: "待发货", shipped: "已发货，待收货", completed: "已收货", closed: "已取消",
	refundedUnsent: "未发货，退款成功", refundedSent: "已发货，退款成功",
}

// pinduoduoOrders writes all orders as they stand now: UTF-8 with a byte order
// mark, a tab behind each text.
func (s *shop) pinduoduoOrders(now time.Time) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	header := strings.Split(pinduoduoHeader, ",")
	_ = w.Write(header) // the error stays in the writer
	amounts := map[string]bool{
		"商品总价(元)": true, "邮费(元)": true, "店铺优惠折扣(元)": true, "平台优惠折扣(元)": true, "多多支付立减金额(元)": true,
		"用户实付金额(元)": true, "商家实收金额(元)": true, "商品数量(件)": true,
	}
	for _, o := range s.placed(pinduoduoShop, time.Time{}, now) {
		row := pinduoduoRow(o, now)
		cells := make([]string, len(header))
		for i, name := range header {
			cells[i] = row[name]
			if !amounts[name] {
				cells[i] += "\t"
			}
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func pinduoduoRow(o *order, now time.Time) map[string]string {
	stage, it := o.stage(now), o.items[0]
	row := map[string]string{
		"商品": it.title, "订单号": o.number, "订单状态": pinduoduoWords[stage],
		"商品总价(元)": it.amount().Format("CNY"), "邮费(元)": "0.00", "店铺优惠折扣(元)": "0.00", "平台优惠折扣(元)": "0.00", "多多支付立减金额(元)": "0.00",
		"用户实付金额(元)": o.total().Format("CNY"), "商家实收金额(元)": o.total().Format("CNY"), "商品数量(件)": strconv.Itoa(it.pieces),
		"支付时间": stamp(o.payment, now, time.DateTime), "发货时间": stamp(o.sent, now, time.DateTime), "确认收货时间": stamp(o.received, now, time.DateTime),
		"商品id": it.id, "商品规格": it.variant, "样式ID": "9" + it.id, "商家编码-规格维度": it.sku, "商家编码-商品维度": it.sku,
		"商家备注": o.memo, "买家留言": o.message, "售后状态": "无售后或售后取消",
		"收货人": o.to.name, "手机": o.to.phone, "省": o.to.at.province, "市": o.to.at.city, "区": o.to.at.district, "街道": o.to.at.street,
		// An order that is not paid has no deal; its number tells its day.
		"订单成交时间": stamp(o.payment, now, time.DateTime), "是否分期": "否",
	}
	if stage == refundedUnsent || stage == refundedSent {
		row["售后状态"] = "退款成功"
	}
	if stage >= shipped && !o.sent.IsZero() {
		row["快递单号"], row["快递公司"] = parcel(o), "中通快递"
	}
	if o.masked {
		row["收货人"], row["手机"] = mask(o.to.name), o.to.phone[:7]+"****"
		row["省"], row["市"], row["区"], row["街道"] = "****", "****", "****", "****"
	}
	return row
}
