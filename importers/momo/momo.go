// Package momo describes the order sheet (訂單明細) in the settlement workbook of
// mo店+, Taiwan. Sums stand above its headers. It names the buyer, who may be
// masked, and no key of his. The day of confirmation, which is that of shipping,
// is the only time of the order.
package momo

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders has one row for each line. What the seller is paid, and the fees in
// between, are no matter of the buyer's.
func orders() *importers.Format {
	return &importers.Format{
		ID: "momo.orders", Platform: "momo", Locale: "zh-TW", Zone: "Asia/Taipei", Currency: "TWD", Country: "TW",
		Rows: importers.LinePerRow, Decimal: '.',
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"訂單號碼"}},
			{Field: importers.LineNo, Headers: []string{"訂單序號"}},
			{Field: importers.OrderedAt, Headers: []string{"訂單確認日（出貨日）"}},
			{Field: importers.ShippedAt, Headers: []string{"訂單確認日（出貨日）"}},
			{Field: importers.Status, Headers: []string{"訂單狀態"}},
			{Field: importers.BuyerName, Headers: []string{"訂購人"}},
			{Field: importers.SKU, Headers: []string{"商品編號"}},
			{Field: importers.Product, Headers: []string{"商品名稱"}},
			{Field: importers.Variant, Headers: []string{"規格1", "規格2"}, Join: "／"},
			{Field: importers.Quantity, Headers: []string{"數量"}},
			{Field: importers.UnitPrice, Headers: []string{"單筆售價"}},
			{Field: importers.LineAmount, Less: []string{"總折扣金額"}},
		},
		Required: []string{"訂單號碼"},
		Distinctive: []string{
			"訂單確認日（出貨日）", "入帳日", "訂單號碼", "訂單序號", "配送類別", "單筆售價", "總折扣金額", "商品原廠編號", "國際條碼", "訂購人",
			"貨款 - 代收金額", "貨款 - mo點支付", "實際入帳金額",
		},
		Others: []string{
			"NO", "稅別", "商品屬性", "付款方式", "分期數", "貨款 - 全站抵用券支付", "運費代收 - 消費者支付金額", "運費代收 - 消費者支付mo點", "運費補貼 - 商店免運券支付", "超商取貨運費 - 出貨",
			"超商取貨運費 - 退貨", "第三方物流運費 - 出貨", "第三方物流運費 - 退貨", "成交手續費", "預購商品服務費", "發票處理費", "第三方貨到付款手續費", "信用卡手續費", "ATM手續費", "超商付款手續費",
			"超商貨到付款手續費", "免運活動服務費", "mo點活動贊助金", "假回壓罰款", "代收付客訴爭議費", "聯盟行銷費", "物流隱碼服務費",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusShipped:  {"已出貨"},
			crm.StatusRefunded: {"退貨"},
		}),
	}
}
