package demo

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"kebu/app/usecase/list"
)

// The order list of Taobao as it was from 2015 to 2017, some names with a
// space behind them as the marketplace wrote them.
const taobaoListHeader = `订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,退款金额,预约门店`

// The list of sub-orders as the seller centre exports it today.
const taobaoItemsHeader = `子订单编号,主订单编号,商品标题,商品价格,购买数量,外部系统编号,商品属性,套餐信息,联系方式备注,订单状态,商家编码,支付单号,买家应付货款,买家实付金额,退款状态,退款金额,订单创建时间,订单付款时间,发货时间,应发货时间,淘鲜达渠道,飞猪购订单信息,免单资格,免单金额,百亿补贴超链订单信息,超链半托管订单信息,商品ID,分阶段信息,备注标签,商家备注,主订单买家留言,物流单号,物流公司,是否主动赔付,主动赔付金额,主动赔付出账时间`

var taobaoWords = map[stage]string{
	unpaid: "等待买家付款", paid: "买家已付款，等待卖家发货", shipped: "卖家已发货，等待买家确认",
	completed: "交易成功", partlyRefunded: "交易成功",
	closed: "交易关闭", refundedUnsent: "交易关闭", refundedSent: "交易关闭",
}

// taobaoList writes the orders placed in a period as they stand at its end:
// GB18030, each cell in quotes, numbers in ="…", telephones behind an
// apostrophe.
func (s *shop) taobaoList(from, now time.Time) ([]byte, error) {
	var b strings.Builder
	header := strings.Split(taobaoListHeader, ",")
	quoted(&b, header)
	for _, o := range s.placed(taobao, from, now) {
		stage := o.stage(now)
		row := map[string]string{
			"订单编号": formula(o.number), "买家会员名": o.buyer.nick, "买家支付宝账号": o.buyer.account,
			"买家应付货款": o.goods().Format("CNY"), "买家应付邮费": o.postage.Format("CNY"), "买家支付积分": "0",
			"总金额": o.total().Format("CNY"), "返点积分": "0", "买家实际支付金额": "0.00", "买家实际支付积分": "0",
			"订单状态": taobaoWords[stage], "买家留言": o.message,
			"收货人姓名": o.to.name, "收货地址 ": packedAddress(o.to.at), "运送方式": "快递",
			"联系电话 ": "'", "联系手机": "'" + o.to.phone,
			"订单创建时间": o.placed.Format(time.DateTime), "订单付款时间 ": stamp(o.payment, now, time.DateTime),
			"宝贝标题 ": titles(o), "宝贝种类 ": strconv.Itoa(len(o.items)),
			"物流单号 ": formula(""), "订单备注": o.memo, "宝贝总数量": strconv.Itoa(o.pieces()),
			"店铺Id": "0", "店铺名称": "雾里茶铺", "订单关闭原因": "订单未关闭",
			"卖家服务费": "0", "买家服务费": "0元", "是否手机订单": "手机订单", "特权订金订单id": formula(""),
			"是否上传合同照片": "否", "是否上传小票": "否", "是否代付": "否", "修改后的收货地址": "null",
			"天猫卡券抵扣": "0", "集分宝抵扣": "0", "是否是O2O交易": "否", "退款金额": "0.00",
		}
		if o.masked {
			row["买家会员名"], row["买家支付宝账号"] = mask(o.buyer.nick), ""
			row["收货人姓名"], row["联系手机"] = mask(o.to.name), "'"+o.to.phone[:3]+"****"+o.to.phone[7:]
			row["收货地址 "] = fmt.Sprintf("%s %s %s ****(000000)", o.to.at.province, o.to.at.city, o.to.at.district)
		}
		switch stage {
		case closed:
			row["订单关闭原因"] = "买家未付款"
		case refundedUnsent, refundedSent:
			row["订单关闭原因"], row["退款金额"] = "退款", o.total().Format("CNY")
		case partlyRefunded:
			row["退款金额"] = o.refund.Format("CNY")
			fallthrough
		case paid, shipped, completed:
			row["买家实际支付金额"] = o.total().Format("CNY")
		case unpaid:
		}
		if stage >= shipped && !o.sent.IsZero() {
			row["物流单号 "], row["物流公司"] = formula("No:"+parcel(o)), "中通快递"
		}
		cells := make([]string, len(header))
		for i, name := range header {
			cells[i] = row[name]
		}
		quoted(&b, cells)
	}
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(b.String()))
	if err != nil {
		return nil, fmt.Errorf("encode order list: %w", err)
	}
	return data, nil
}

// taobaoItems writes the sub-orders of a period, without any buyer.
func (s *shop) taobaoItems(from, now time.Time) ([]byte, error) {
	names := strings.Split(taobaoItemsHeader, ",")
	columns := make([]list.Column, len(names))
	for i, name := range names {
		columns[i] = list.Column{Key: name, Title: name}
	}
	rows := func(yield func([]list.Value, error) bool) {
		cells := make([]list.Value, len(names))
		for _, o := range s.placed(taobao, from, now) {
			for i := range o.items {
				row := taobaoItem(o, i, now)
				for j, name := range names {
					cells[j] = list.TextValue(row[name])
				}
				if !yield(cells, nil) {
					return
				}
			}
		}
	}
	var b bytes.Buffer
	_, err := list.Write(context.Background(), &b, list.XLSX, columns, rows, list.Options{Sheet: "销售明细"})
	return b.Bytes(), err
}

// taobaoItem is the i-th sub-order of o.
func taobaoItem(o *order, i int, now time.Time) map[string]string {
	it, stage := o.items[i], o.stage(now)
	row := map[string]string{
		"子订单编号": suborder(o.number, i, len(o.items)), "主订单编号": o.number,
		"商品标题": it.title, "商品价格": it.price.Format("CNY"), "购买数量": strconv.Itoa(it.pieces),
		"外部系统编号": it.sku, "商品ID": it.id, "商家编码": it.sku, "商品属性": it.variant, "订单状态": taobaoWords[stage],
		"买家应付货款": it.amount().Format("CNY"), "买家实付金额": it.amount().Format("CNY"),
		"退款状态": "没有申请退款", "退款金额": "无退款申请",
		"订单创建时间": o.placed.Format(time.DateTime), "订单付款时间": stamp(o.payment, now, time.DateTime),
		"发货时间": stamp(o.sent, now, time.DateTime), "商家备注": o.memo, "主订单买家留言": o.message,
	}
	switch stage {
	case refundedUnsent, refundedSent:
		row["退款状态"], row["退款金额"], row["买家实付金额"] = "退款成功", it.amount().Format("CNY"), "0.00"
	case partlyRefunded:
		if i == 0 {
			row["退款状态"], row["退款金额"] = "退款成功", o.refund.Format("CNY")
		}
	case unpaid, closed:
		row["买家实付金额"] = "0.00"
	case paid, shipped, completed:
	}
	return row
}

// placed returns the orders of a platform from one time to another.
func (s *shop) placed(on platform, from, to time.Time) []*order {
	var some []*order
	for _, o := range s.orders {
		if o.on == on && !o.placed.Before(from) && !o.placed.After(to) {
			some = append(some, o)
		}
	}
	return some
}

// suborder numbers a position: the only one like the order, others onward.
func suborder(number string, i, n int) string {
	if n == 1 {
		return number
	}
	return fmt.Sprintf("%s%02d", number[:len(number)-2], i+1)
}

// parcel is the number under which the order is sent.
func parcel(o *order) string { return fmt.Sprintf("77%012d", 400_000_000_000+o.serial*6_151) }

func titles(o *order) string {
	list := make([]string, len(o.items))
	for i, it := range o.items {
		list[i] = it.title
	}
	return strings.Join(list, "，")
}

func packedAddress(a address) string {
	return fmt.Sprintf("%s %s %s %s(%s)", a.province, a.city, a.district, a.street, a.postcode)
}

// formula is a number that Excel keeps as it is.
func formula(s string) string { return `="` + s + `"` }

// quoted writes a record with each cell in quotes.
func quoted(b *strings.Builder, cells []string) {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
}
