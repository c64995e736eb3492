package importertest

import (
	"fmt"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/importers"
)

// picture is what was read of a file, as golden files show it. The people in
// it are invented, so that it may show them.
type picture struct {
	Sheets   []sheetPicture   `json:"sheets"`
	Rows     int              `json:"rows"`
	Lines    int              `json:"lines"`
	Skipped  int              `json:"skipped"`
	Masked   int              `json:"masked"`
	Rejected []rowPicture     `json:"rejected"`
	Warnings []rowPicture     `json:"warnings"`
	Unknown  []string         `json:"unknown"`
	Orders   []orderPicture   `json:"orders"`
	Payments []paymentPicture `json:"payments,omitempty"`
}

type sheetPicture struct {
	Format    string   `json:"format"`
	Sheet     string   `json:"sheet,omitempty"`
	HeaderRow int      `json:"header_row"`
	Kept      []string `json:"kept"`
	Dropped   int      `json:"dropped"`
}

type rowPicture struct {
	Sheet  string           `json:"sheet,omitempty"`
	Row    int              `json:"row"`
	Column string           `json:"column,omitempty"`
	Reason importers.Reason `json:"reason"`
	Cause  string           `json:"cause,omitempty"`
}

type orderPicture struct {
	Number    string            `json:"number"`
	Platform  string            `json:"platform"`
	Times     map[string]string `json:"times"`
	Status    crm.Status        `json:"status"`
	RawStatus string            `json:"raw_status"`
	Currency  string            `json:"currency"`
	Amount    string            `json:"amount,omitempty"`
	Refund    string            `json:"refund,omitempty"`
	Figures   string            `json:"figures"`
	Buyer     map[string]string `json:"buyer"`
	Recipient map[string]string `json:"recipient"`
	Same      bool              `json:"recipient_is_buyer"`
	Message   string            `json:"message,omitempty"`
	Memo      string            `json:"memo,omitempty"`
	Lines     []linePicture     `json:"lines"`
}

type paymentPicture struct {
	Number    string            `json:"number"`
	Platform  string            `json:"platform"`
	Order     string            `json:"order,omitempty"`
	Parent    string            `json:"parent,omitempty"`
	At        string            `json:"at"`
	Kind      crm.PaymentKind   `json:"kind"`
	Status    crm.Status        `json:"status"`
	RawStatus string            `json:"raw_status"`
	Currency  string            `json:"currency"`
	Amount    string            `json:"amount,omitempty"`
	Fee       string            `json:"fee,omitempty"`
	Refund    string            `json:"refund,omitempty"`
	Payer     map[string]string `json:"payer,omitempty"`
}

type linePicture struct {
	Key      string     `json:"key"`
	Summary  bool       `json:"summary,omitempty"`
	SKU      string     `json:"sku,omitempty"`
	Product  string     `json:"product"`
	Variant  string     `json:"variant,omitempty"`
	Quantity string     `json:"quantity"`
	Price    string     `json:"price"`
	Amount   string     `json:"amount"`
	Status   crm.Status `json:"status,omitempty"`
	Refund   string     `json:"refund,omitempty"`
}

func pictureOf(r *importers.Result, matches []importers.Match) picture {
	p := picture{
		Rows: r.Rows, Lines: r.Lines, Skipped: r.Skipped, Masked: r.Masked,
		Rejected: rowPictures(r.Rejected), Warnings: rowPictures(r.Warnings),
	}
	for _, m := range matches {
		s := sheetPicture{Format: m.Format.ID, Sheet: m.SheetName, HeaderRow: m.HeaderRow, Dropped: len(m.Dropped)}
		for _, k := range m.Kept {
			s.Kept = append(s.Kept, k.Field.String()+" = "+k.Header)
		}
		p.Sheets = append(p.Sheets, s)
	}
	for _, w := range r.Unknown {
		p.Unknown = append(p.Unknown, fmt.Sprintf("%v: %s, %d rows", w.Field, w.Text, w.Count))
	}
	for _, o := range r.Orders {
		p.Orders = append(p.Orders, orderPictureOf(o))
	}
	for _, m := range r.Payments {
		p.Payments = append(p.Payments, paymentPictureOf(m))
	}
	return p
}

func rowPictures(rows []importers.RowError) []rowPicture {
	var list []rowPicture
	for _, e := range rows {
		p := rowPicture{Sheet: e.Sheet, Row: e.Row, Column: e.Column, Reason: e.Reason}
		if e.CauseRow > 0 {
			p.Cause = strings.TrimSpace(fmt.Sprintf("%s row %d", e.CauseSheet, e.CauseRow))
		}
		list = append(list, p)
	}
	return list
}

func orderPictureOf(o *crm.Order) orderPicture {
	p := orderPicture{
		Number: o.Number, Platform: o.Platform, Status: o.Status, RawStatus: o.RawStatus, Currency: o.Currency,
		Amount: amountText(o.Amount), Refund: amountText(o.Refund), Same: o.RecipientIsBuyer,
		Message: o.Message.Reveal(), Memo: o.Memo.Reveal(),
		Times: map[string]string{}, Buyer: map[string]string{}, Recipient: map[string]string{},
	}
	for name, m := range map[string]crm.Moment{
		"placed": o.Placed, "paid": o.Paid, "shipped": o.Shipped, "completed": o.Completed, "changed": o.Changed, "phone_until": o.PhoneUntil,
	} {
		if m.Known() {
			p.Times[name] = m.In(time.UTC).Format(time.RFC3339)
		}
	}
	figures, err := o.Figures()
	p.Figures = fmt.Sprintf("purchase %t, gross %v, refunded %v", figures.Purchase, figures.Gross, figures.Refunded)
	if err != nil {
		p.Figures = err.Error()
	}
	for name, value := range buyerTexts(&o.Buyer) {
		put(p.Buyer, name, value)
	}
	for name, value := range recipientTexts(&o.Recipient) {
		put(p.Recipient, name, value)
	}
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, linePicture{
			Key: strings.ReplaceAll(l.Key, "\x1f", " | "), Summary: l.Summary, SKU: l.SKU, Product: l.Product,
			Variant: l.Variant, Quantity: l.Quantity.String(), Price: l.Price.String(), Amount: l.Amount.String(),
			Status: l.Status, Refund: amountText(l.Refund),
		})
	}
	return p
}

func paymentPictureOf(m *crm.Payment) paymentPicture {
	p := paymentPicture{
		Number: strings.ReplaceAll(m.Number, "\x1f", " | "), Platform: m.Platform, Order: m.OrderNo, Parent: m.Parent,
		Kind: m.Kind, Status: m.Status, RawStatus: m.RawStatus, Currency: m.Currency,
		Amount: amountText(m.Amount), Fee: amountText(m.Fee), Refund: amountText(m.Refund), Payer: map[string]string{},
	}
	if m.At.Known() {
		p.At = m.At.In(time.UTC).Format(time.RFC3339)
	}
	put(p.Payer, "name", m.Payer.Name.Reveal())
	put(p.Payer, "email", m.Payer.Email.Reveal())
	return p
}

func buyerTexts(b *crm.Buyer) map[string]string {
	return map[string]string{
		"id": b.ID, "nick": b.Nick, "name": b.Name.Reveal(), "phone": b.Phone.Reveal(), "email": b.Email.Reveal(),
	}
}

func recipientTexts(r *crm.Recipient) map[string]string {
	return map[string]string{
		"name": r.Name.Reveal(), "phone": r.Phone.Reveal(), "country": r.Country, "province": r.Province,
		"city": r.City, "district": r.District, "street": r.Street.Reveal(), "postcode": r.Postcode,
	}
}

func put(m map[string]string, name, value string) {
	if value != "" {
		m[name] = value
	}
}

func amountText(a crm.Amount) string {
	if !a.Known {
		return ""
	}
	return a.Value.String()
}

// peopleOf lists the personal values of an order, as pii.Text holds them.
func peopleOf(o *crm.Order) []string {
	return textsOf(o.Buyer.Name, o.Buyer.Phone, o.Buyer.Email, o.Recipient.Name, o.Recipient.Phone, o.Recipient.Street, o.Message, o.Memo)
}

func textsOf(texts ...pii.Text) []string {
	var list []string
	for _, t := range texts {
		if !t.Empty() {
			list = append(list, t.Reveal())
		}
	}
	return list
}

// reports prints all that a caller may show or log of a reading.
func reports(r *importers.Result, matches []importers.Match, err error) string {
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%v", *r, r.Rejected, r.Warnings, r.Unknown, matches, err)
}
