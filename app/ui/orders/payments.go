package orders

import (
	"strings"
	"time"

	"kebu/app/crm"
)

// paymentOf renders a payment that belongs to an order.
func (s shop) paymentOf(m crm.Payment, when func(crm.Moment, *time.Location) string) (title, second, amount string) {
	kind := string(m.Kind)
	if m.Kind == crm.PaymentOther {
		kind = "other"
	}
	title = s.words.Platform(m.Platform) + " · " + s.words.Text("orders_payment_"+kind)
	var facts []string
	if m.At.Known() {
		facts = append(facts, when(m.At, s.zone))
	}
	if m.Status.Known() {
		facts = append(facts, s.status(m.Status))
	}
	for _, a := range []struct {
		key   string
		value crm.Amount
	}{{"orders_payment_fee_of", m.Fee}, {"orders_line_refund", m.Refund}} {
		if a.value.Value != 0 {
			facts = append(facts, s.words.Text(a.key, map[string]any{"Amount": s.amount(a.value.Value, m.Currency)}))
		}
	}
	return title, strings.Join(facts, " · "), s.amount(m.Amount.Value, m.Currency)
}
