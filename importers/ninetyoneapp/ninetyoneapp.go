// Package ninetyoneapp describes the order details of shops on 91APP, Taiwan. A
// main order (主單) has several orders, each of one line, and what was paid is
// told of each; shipping is the main order's.
package ninetyoneapp

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

func orders() *importers.Format {
	return &importers.Format{
		ID: "91app.orders", Platform: "91app", Locale: "zh-TW", Zone: "Asia/Taipei", Currency: "TWD", Country: "TW",
		Rows: importers.LinePerRow, Decimal: '.',
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"主單編號"}},
			{Field: importers.LineNo, Headers: []string{"訂單編號"}},
			{Field: importers.OrderedAt, Headers: []string{"訂單轉單日"}},
			{Field: importers.Status, Headers: []string{"訂單狀態"}},
			{Field: importers.BuyerName, Headers: []string{"購買人姓名"}},
			{Field: importers.RecipientName, Headers: []string{"收件人姓名"}},
			{Field: importers.RecipientPhone, Headers: []string{"收件人電話"}},
			{Field: importers.Street, Headers: []string{"收件人完整地址"}},
			{Field: importers.SKU, Headers: []string{"商品料號", "商品選項(SKU)編號"}},
			{Field: importers.Product, Headers: []string{"商品名稱"}},
			{Field: importers.Variant, Headers: []string{"商品選項名稱"}},
			{Field: importers.Quantity, Headers: []string{"商品數量"}},
			{Field: importers.UnitPrice, Headers: []string{"商品單價"}},
			{Field: importers.LineAmount, Headers: []string{"訂單實際付款金額"}},
		},
		Required: []string{"主單編號"},
		Distinctive: []string{
			"購物車編號", "主單編號", "訂單轉單日", "訂單來源", "商品頁序號", "商品選項(SKU)編號", "商品料號", "商品總金額(單價*數量)", "訂單總折扣金額",
			"訂單實際付款金額", "主單(TM)運費", "購買人姓名", "收件人完整地址",
		},
		Others: []string{
			"折扣活動折扣金額", "折價券折扣金額", "點數折抵金額", "商品成本", "商品總成本(成本*數量)", "取消原因",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPaid:      {"已成立", "已確認待出貨"},
			crm.StatusCompleted: {"已完成"},
			crm.StatusCancelled: {"已取消"},
		}),
	}
}
