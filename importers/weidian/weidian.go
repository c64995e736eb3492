// Package weidian describes the order report of Weidian shops (微店). It has one
// row for each line, or one for each order with its products in one cell. The
// account (下单账号) is mostly the phone of the buyer.
package weidian

import (
	"strings"

	"kebu/app/crm"
	"kebu/importers"
	"kebu/importers/mainland"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is excelReport. Its status words are not known: they stay as they are.
// 下单微信 is a name of WeChat, which many share.
func orders() *importers.Format {
	f := mainland.Format("weidian", "orders")
	f.Rows, f.SharedNicks = importers.LinePerRow, true
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"订单编号"}},
		{Field: importers.OrderedAt, Headers: []string{"下单时间"}},
		{Field: importers.PaidAt, Headers: []string{"支付时间"}},
		{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
		{Field: importers.CompletedAt, Headers: []string{"确认收货时间"}},
		{Field: importers.Status, Headers: []string{"订单状态"}},
		{Field: importers.AfterSale, Headers: []string{"退款状态"}},
		{Field: importers.BuyerAccount, Headers: []string{"下单账号"}},
		{Field: importers.BuyerNick, Headers: []string{"下单微信"}},
		{Field: importers.RecipientName, Headers: []string{"收货人/提货人姓名", "收件人/提货人姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{"收货人/提货人手机号", "收件人/提货人手机号"}},
		{Field: importers.Province, Headers: []string{"省"}},
		{Field: importers.City, Headers: []string{"市"}},
		{Field: importers.District, Headers: []string{"区"}},
		{Field: importers.Street, Headers: []string{"收货/提货详细地址"}},
		{Field: importers.SKU, Headers: []string{"型号编码", "商品编码", "商品ID"}},
		{Field: importers.Product, Headers: []string{"商品名称"}},
		{Field: importers.Variant, Headers: []string{"商品型号"}},
		{Field: importers.Quantity, Headers: []string{"商品件数"}},
		{Field: importers.Paid, Headers: []string{"实付金额"}},
		{Field: importers.Message, Headers: []string{"买家留言"}},
		{Field: importers.Memo, Headers: []string{"卖家备注"}},
	}
	f.Distinctive = []string{
		"订单描述", "商品型号", "商品件数", "型号编码", "实付金额", "收货人/提货人姓名", "收件人/提货人姓名", "收货人/提货人手机号",
		"收货/提货详细地址", "下单模板信息", "下单微信", "卖家备注",
	}
	f.Others = importers.Names("支付方式,发货状态,商品金额合计")
	f.SplitLines = splitLines
	return f
}

// splitLines takes "茶壶(1);茶杯(2);" apart. It gives nothing where there is no
// semicolon or a part does not end in a number of pieces: then the cell names
// one product.
func splitLines(cell string) []crm.Line {
	packed := strings.TrimRight(cell, "; ")
	if !strings.Contains(cell, ";") {
		return nil
	}
	var lines []crm.Line
	for part := range strings.SplitSeq(packed, ";") {
		name, rest, _ := cutLast(strings.TrimSpace(part), "(")
		pieces, closed := strings.CutSuffix(rest, ")")
		quantity, err := crm.ParseQuantity(pieces)
		if !closed || err != nil || name == "" {
			return nil
		}
		lines = append(lines, crm.Line{Product: name, Quantity: quantity})
	}
	return lines
}

// cutLast slices s around its last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
