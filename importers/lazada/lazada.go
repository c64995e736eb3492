// Package lazada describes the order export of Lazada's sellers, in camelCase
// and, of 2019, in PascalCase. It has one row for each piece: two equal pieces
// are two rows. Names and phones are masked, and no key tells the buyer. The
// country of the delivery tells currency and zone.
package lazada

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

func orders() *importers.Format {
	return &importers.Format{
		ID: "lazada.orders", Platform: "lazada", Locale: "en", Rows: importers.LinePerRow, Decimal: '.', ByCountry: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"orderNumber"}},
			{Field: importers.LineNo, Headers: []string{"orderItemId"}},
			{Field: importers.OrderedAt, Headers: []string{"createTime", "createdAt"}},
			{Field: importers.CompletedAt, Headers: []string{"deliveredDate"}},
			{Field: importers.ChangedAt, Headers: []string{"updateTime", "updatedAt"}},
			{Field: importers.Status, Headers: []string{"status"}},
			{Field: importers.BuyerName, Headers: []string{"customerName"}},
			{Field: importers.BuyerEmail, Headers: []string{"customerEmail"}},
			{Field: importers.RecipientName, Headers: []string{"shippingName"}},
			{Field: importers.RecipientPhone, Headers: []string{"shippingPhone", "shippingPhone2"}},
			{Field: importers.Country, Headers: []string{"shippingCountry"}},
			{Field: importers.Province, Headers: []string{"shippingRegion", "shippingAddress3"}},
			{Field: importers.City, Headers: []string{"shippingCity", "shippingAddress4"}},
			{Field: importers.District, Headers: []string{"shippingAddress5"}},
			{Field: importers.Street, Headers: []string{"shippingAddress", "shippingAddress2"}, Join: ", "},
			{Field: importers.Postcode, Headers: []string{"shippingPostCode"}},
			{Field: importers.SKU, Headers: []string{"sellerSku", "lazadaSku"}},
			{Field: importers.Product, Headers: []string{"itemName"}},
			{Field: importers.Variant, Headers: []string{"variation"}},
			{Field: importers.UnitPrice, Headers: []string{"unitPrice"}},
			{Field: importers.LineAmount, Headers: []string{"paidPrice"}},
			{Field: importers.LineRefund, Headers: []string{"refundAmount"}},
			{Field: importers.Memo, Headers: []string{"sellerNote"}},
		},
		Required: []string{"orderItemId", "orderNumber"},
		Distinctive: []string{
			"orderItemId", "lazadaId", "lazadaSku", "wareHouse", "rtsSla", "ttsSla", "cdShippingProvider", "shippingProviderFM",
			"paidPrice", "sellerDiscountTotal", "walletCredit", "promisedShippingTime", "buyerFailedDeliveryReason",
		},
		Others: append([]string{
			"orderType", "Guarantee", "deliveryType", "invoiceRequired", "invoiceNumber", "nationalRegistrationNumber", "billingName",
			"billingAddr", "billingAddr2", "billingAddr3", "billingAddr4", "billingAddr5", "billingPhone", "billingPhone2",
			"billingCity", "billingPostCode", "billingCountry", "taxCode", "branchNumber", "taxInvoiceRequested", "payMethod",
			"shippingFee", "shippingProvider", "shipmentTypeName", "shippingProviderType", "cdTrackingCode", "trackingCode",
			"trackingUrl", "trackingCodeFM", "trackingUrlFM", "premium", "buyerFailedDeliveryReturnInitiator",
			"buyerFailedDeliveryDetail", "buyerFailedDeliveryUserName", "bundleId", "bundleDiscount",
		}, "orderFlag"),
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusPending:   {"unpaid"},
			crm.StatusPaid:      {"pending", "packed", "ready to ship", "pending collection"},
			crm.StatusShipped:   {"shipped by 3pl", "in transit"},
			crm.StatusDelivered: {"delivered"},
			crm.StatusCompleted: {"confirmed"},
			crm.StatusCancelled: {"canceled", "failed delivery", "lost by third party"},
			crm.StatusRefunded:  {"returned"},
		}),
	}
}
