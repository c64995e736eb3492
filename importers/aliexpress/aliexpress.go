// Package aliexpress describes the order list that AliExpress (速卖通) gave its
// Chinese sellers, as known to 2019. It has one row for each order, and all its
// products in one cell, without prices.
package aliexpress

import (
	"regexp"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders is the list of both templates; the older one has the buyer's e-mail
// address, the later one his login.
func orders() *importers.Format {
	return &importers.Format{
		ID: "aliexpress.orders", Platform: "aliexpress", Locale: "zh-CN", Zone: "America/Los_Angeles", Currency: "USD",
		Rows: importers.OrderPerRow, Decimal: '.', SplitBuyer: splitBuyer, SplitLines: splitLines,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"订单号"}},
			{Field: importers.OrderedAt, Headers: []string{"下单时间"}},
			{Field: importers.PaidAt, Headers: []string{"付款时间"}},
			{Field: importers.ShippedAt, Headers: []string{"发货时间"}},
			{Field: importers.CompletedAt, Headers: []string{"确认收货时间"}},
			{Field: importers.Status, Headers: []string{"订单状态"}},
			{Field: importers.BuyerNick, Headers: []string{"买家名称"}},
			{Field: importers.BuyerEmail, Headers: []string{"买家邮箱"}},
			{Field: importers.RecipientName, Headers: []string{"收货人名称"}},
			{Field: importers.RecipientPhone, Headers: []string{"手机", "联系电话"}},
			{Field: importers.Country, Headers: []string{"收货国家"}},
			{Field: importers.Province, Headers: []string{"州/省"}},
			{Field: importers.City, Headers: []string{"城市"}},
			{Field: importers.Street, Headers: []string{"地址", "收货地址"}},
			{Field: importers.Postcode, Headers: []string{"邮编"}},
			{Field: importers.Product, Headers: []string{"产品信息", "产品信息\n（双击单元格展开所有产品信息！）", "产品信息_（双击单元格展开所有产品信息！）"}},
			{Field: importers.Paid, Headers: []string{"订单金额"}},
			{Field: importers.Memo, Headers: []string{"订单备注"}},
		},
		Required: []string{"订单号"},
		Distinctive: []string{
			"负责人(业务员)", "买家名称", "产品总金额", "物流费用", "满立减", "产品信息", "产品信息\n（双击单元格展开所有产品信息！）", "收货人名称", "收货国家",
			"州/省", "买家选择物流", "实际发货物流:运单号",
		},
		Others: []string{"发货期限"},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:   {"等待买家付款"},
			crm.StatusPaid:      {"等待您发货"},
			crm.StatusShipped:   {"等待买家收货"},
			crm.StatusCompleted: {"订单结束"},
			crm.StatusCancelled: {"订单关闭"},
		}),
	}
}

// splitBuyer tells a login, which is a key, from a name, which has spaces.
func splitBuyer(s string) (nick, name string) {
	if strings.Contains(strings.TrimSpace(s), " ") {
		return "", s
	}
	return s, ""
}

var (
	blockStart = regexp.MustCompile(`【\d+】`)
	blockPart  = regexp.MustCompile(`[(（](产品属性|商家编码|产品数量)[:：]\s*([^\n]*?)\s*[)）]\s*(?:\n|$)`)
)

// splitLines takes the cell of products apart: each begins with its number, as
// 【1】, and has its kind, sku and quantity in brackets, a line each.
func splitLines(cell string) []crm.Line {
	cell = strings.ReplaceAll(cell, "\r", "")
	starts := blockStart.FindAllStringIndex(cell, -1)
	var lines []crm.Line
	for i, at := range starts {
		end := len(cell)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		lines = append(lines, splitLine(cell[at[1]:end]))
	}
	return lines
}

func splitLine(block string) crm.Line {
	l := crm.Line{Quantity: crm.One}
	title, _, _ := strings.Cut(strings.TrimSpace(block), "\n")
	l.Product = strings.TrimSpace(title)
	for _, part := range blockPart.FindAllStringSubmatch(block, -1) {
		switch part[1] {
		case "产品属性":
			l.Variant = part[2]
		case "商家编码":
			l.SKU = part[2]
		case "产品数量":
			number, _, _ := strings.Cut(part[2], " ")
			if n, err := strconv.ParseInt(number, 10, 32); err == nil {
				l.Quantity = crm.Quantity(n) * crm.One
			}
		}
	}
	return l
}
