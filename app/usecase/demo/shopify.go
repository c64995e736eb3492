package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The 79 columns of today's Shopify export.
const shopifyHeader = `Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References`

// shopifyTime is how Shopify writes times.
const shopifyTime = "2006-01-02 15:04:05 -0700"

var shopifyWords = map[stage]string{
	unpaid: "pending", paid: "paid", shipped: "paid", completed: "paid", closed: "voided",
	partlyRefunded: "partially_refunded", refundedUnsent: "refunded", refundedSent: "refunded",
}

// shopifyOrders writes all orders as they stand now, a row for each item. What
// belongs to the order stands on its first row only.
func (s *shop) shopifyOrders(now time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := strings.Split(shopifyHeader, ",")
	_ = w.Write(header) // the error stays in the writer
	for _, o := range s.placed(shopifyShop, time.Time{}, now) {
		for i, it := range o.items {
			row := map[string]string{"Name": o.number}
			if i == 0 {
				row = shopifyOrder(o, now)
			}
			if o.buyer != nil {
				row["Email"] = o.buyer.email
			}
			row["Lineitem quantity"], row["Lineitem name"] = strconv.Itoa(it.pieces), it.title+" - "+it.variant
			row["Lineitem price"], row["Lineitem sku"] = it.price.Format("GBP"), it.sku
			row["Lineitem requires shipping"], row["Lineitem taxable"], row["Lineitem discount"] = "true", "false", "0.00"
			row["Lineitem fulfillment status"], row["Vendor"] = fulfilment(o, now, "pending"), "Mistleaf Tea"
			cells := make([]string, len(header))
			for j, name := range header {
				cells[j] = row[name]
			}
			_ = w.Write(cells)
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// shopifyOrder is what the first row of an order tells of all of it.
func shopifyOrder(o *order, now time.Time) map[string]string {
	stage := o.stage(now)
	row := map[string]string{
		"Name": o.number, "Financial Status": shopifyWords[stage],
		"Paid at": stamp(o.payment, now, shopifyTime), "Fulfilled at": stamp(o.sent, now, shopifyTime),
		"Fulfillment Status": fulfilment(o, now, "unfulfilled"),
		"Accepts Marketing":  "no", "Currency": "GBP", "Subtotal": o.goods().Format("GBP"), "Shipping": o.postage.Format("GBP"), "Taxes": "0.00",
		"Total": o.total().Format("GBP"), "Discount Amount": "0.00", "Shipping Method": "Standard", "Created at": o.placed.Format(shopifyTime),
		"Notes": o.message, "Payment Method": "Shopify Payments", "Refunded Amount": "0.00", "Outstanding Balance": "0.00",
		"Id": fmt.Sprint(5_900_000_000_000 + o.serial*32_768), "Risk Level": "Low", "Source": "web", "Tags": "",
	}
	switch stage {
	case unpaid:
		row["Payment Method"], row["Outstanding Balance"] = "Bank Deposit", o.total().Format("GBP")
	case closed:
		row["Cancelled at"] = o.placed.Add(24 * time.Hour).Format(shopifyTime)
	case partlyRefunded:
		row["Refunded Amount"] = o.refund.Format("GBP")
	case refundedUnsent, refundedSent:
		row["Refunded Amount"] = o.total().Format("GBP")
	case paid, shipped, completed:
	}
	if o.buyer == nil {
		row["Source"], row["Shipping Method"] = "pos", ""
		return row
	}
	put(row, "Billing", o.buyer.home)
	put(row, "Shipping", o.to)
	row["Phone"] = row["Billing Phone"]
	if o.gift {
		row["Note Attributes"] = "gift: yes\nbill: leave out"
	}
	return row
}

// put writes a recipient under Billing or Shipping, with Shopify's apostrophes
// before telephones and codes that begin with 0.
func put(row map[string]string, kind string, r recipient) {
	phone := r.phone
	if r.at.country == "CN" {
		phone = "+86 " + phone
	}
	zip := r.at.postcode
	if strings.HasPrefix(zip, "0") {
		zip = "'" + zip
	}
	city := r.at.city
	street := strings.TrimSpace(fmt.Sprint(r.at.street, " ", r.at.district))
	for name, value := range map[string]string{
		"Name": r.name, "Street": street, "Address1": street, "City": city, "Zip": zip,
		"Province": r.at.code, "Province Name": r.at.province, "Country": r.at.country,
		"Phone": "'" + strings.ReplaceAll(phone, " ", ""),
	} {
		row[kind+" "+name] = value
	}
}

// fulfilment is the word for whether an order has been sent.
func fulfilment(o *order, now time.Time, before string) string {
	if stamp(o.sent, now, shopifyTime) == "" {
		return before
	}
	return "fulfilled"
}
