package orders

import (
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
)

func TestAPaymentSaysWhatItWasAndWhatWasKept(t *testing.T) {
	s := shop{words: phrase.New("en"), currency: "EUR", zone: time.UTC}
	when := func(m crm.Moment, z *time.Location) string { return m.In(z).Format("15:04") }
	for _, c := range []struct {
		payment               crm.Payment
		title, second, amount string
	}{
		{
			crm.Payment{Platform: "paypal", At: 3_600_000, Kind: crm.PaymentReceived, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(48_5000), Fee: crm.Known(1_9800), Refund: crm.Known(10_0000)},
			"PayPal · payment", "01:00 · Paid · fee 1.98 · refunded 10.00", "48.50",
		},
		{crm.Payment{Platform: "stripe", Currency: "USD", Amount: crm.Known(-5_0000)}, "Stripe · other", "", "USD −5.00"},
	} {
		title, second, amount := s.paymentOf(c.payment, when)
		if title != c.title || second != c.second || amount != c.amount {
			t.Errorf("got %q, %q, %q; want %q, %q, %q", title, second, amount, c.title, c.second, c.amount)
		}
	}
}
