package importers

// Field is what a column of an export tells about an order. The zero Field is
// no field.
type Field uint8

// The fields. Their names, which String gives, are those of mappings and reports.
const (
	_ Field = iota
	OrderNo
	LineNo
	LinePart // number of a part of a line, such as a shipment: the line is the sum of its parts
	OrderedAt
	PaidAt
	ShippedAt
	CompletedAt
	ChangedAt
	CancelledAt // any time here means that the order is cancelled
	Status
	AfterSale // a second column of status words: refunds, fulfilment
	BuyerID
	BuyerNick
	BuyerName
	BuyerPhone
	BuyerEmail
	BuyerAccount // login that is an e-mail address or a phone number
	RecipientName
	RecipientPhone
	NotBuyers // anything here means that the recipient's phone is not the buyer's own: a gift, a virtual number
	Country
	Province
	City
	District
	Address // one cell that may hold all of the address
	Street
	Postcode
	SKU
	Product
	Variant
	Quantity
	UnitPrice
	LineAmount
	Paid       // what the buyer paid for the whole order
	Refund     // what was given back of the whole order
	LineRefund // what was given back of the line
	Currency
	Message
	Memo
	// Of formats alone; mappings by hand have no use for them.
	PaymentNo   // number of a payment
	ParentNo    // number of the payment that this one gives back or belongs to
	PaymentKind // word for what a payment was for
	PhoneUntil  // until when the recipient's phone leads to the buyer
	Fee         // what was kept of a payment
	FeeCurrency // where it may be another one; such a fee is left out
	fieldCount
)

var fieldNames = [fieldCount]string{
	OrderNo: "order_no", LineNo: "line_no", LinePart: "line_part",
	OrderedAt: "ordered_at", PaidAt: "paid_at", ShippedAt: "shipped_at",
	CompletedAt: "completed_at", ChangedAt: "changed_at", CancelledAt: "cancelled_at",
	Status: "status", AfterSale: "after_sale",
	BuyerID: "buyer_id", BuyerNick: "buyer_nick", BuyerName: "buyer_name",
	BuyerPhone: "buyer_phone", BuyerEmail: "buyer_email", BuyerAccount: "buyer_account",
	RecipientName: "recipient_name", RecipientPhone: "recipient_phone", NotBuyers: "not_buyers",
	Country: "country", Province: "province", City: "city", District: "district",
	Address: "address", Street: "street", Postcode: "postcode",
	SKU: "sku", Product: "product", Variant: "variant", Quantity: "quantity",
	UnitPrice: "unit_price", LineAmount: "amount",
	Paid: "paid", Refund: "refund", LineRefund: "line_refund",
	Currency: "currency", Message: "message", Memo: "memo",
	PaymentNo: "payment_no", ParentNo: "parent_no", PaymentKind: "payment_kind", PhoneUntil: "phone_until", Fee: "fee", FeeCurrency: "fee_currency",
}

// Fields lists the fields that a mapping may name, in the order of an order's parts.
func Fields() []Field {
	list := make([]Field, 0, Memo)
	for f := OrderNo; f <= Memo; f++ {
		list = append(list, f)
	}
	return list
}

// FieldNamed returns the field of a name.
func FieldNamed(name string) (Field, bool) {
	for f := OrderNo; f < fieldCount; f++ {
		if fieldNames[f] == name {
			return f, true
		}
	}
	return 0, false
}

// String returns the name that mappings and reports use.
func (f Field) String() string {
	if f >= fieldCount {
		return ""
	}
	return fieldNames[f]
}

// MarshalText gives the name that mappings and reports use.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// IsTime reports whether f holds times.
func (f Field) IsTime() bool { return f >= OrderedAt && f <= CancelledAt || f == PhoneUntil }

// keysBuyer reports whether f tells one buyer of a platform from another.
func (f Field) keysBuyer() bool {
	switch f {
	case BuyerID, BuyerNick, BuyerPhone, BuyerEmail, BuyerAccount:
		return true
	default:
		return false
	}
}

// ofLine reports whether f makes a row a line of its order.
func (f Field) ofLine() bool {
	switch f {
	case SKU, Product, Variant, Quantity, UnitPrice, LineAmount:
		return true
	default:
		return false
	}
}
