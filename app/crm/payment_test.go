package crm_test

import (
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

func TestPaymentsMergeTheSameEitherWay(t *testing.T) {
	first := crm.Payment{
		Number: "T1", OrderNo: "1001", At: 1000, Kind: crm.PaymentReceived, Status: crm.StatusPending, RawStatus: "Pending",
		Currency: "EUR", Amount: crm.Known(40_0000), Payer: crm.Payer{Email: pii.New("ada@example.test")},
	}
	settled := crm.Payment{
		Number: "T1", At: 1000, Kind: crm.PaymentReceived, Status: crm.StatusPaid, RawStatus: "Completed",
		Currency: "EUR", Amount: crm.Known(40_0000), Fee: crm.Known(1_2000), Payer: crm.Payer{Name: pii.New("Ada Example")},
	}
	refunded := settled
	refunded.Refund = crm.Known(15_0000)
	corrected := settled
	corrected.Fee = crm.Known(-5000)
	for name, c := range map[string]struct{ a, b crm.Payment }{
		"paid after pending":   {first, settled},
		"a refund later":       {settled, refunded},
		"a fee given back":     {settled, corrected},
		"the same twice":       {settled, settled},
		"pending and refunded": {first, refunded},
	} {
		ab, _ := c.a.Merge(&c.b)
		ba, _ := c.b.Merge(&c.a)
		if !samePayment(ab, ba) {
			t.Errorf("%s: %+v one way, %+v the other", name, ab, ba)
		}
		for _, again := range []crm.Payment{c.a, c.b} {
			if m, changed := ab.Merge(&again); changed || !samePayment(m, ab) {
				t.Errorf("%s: imported again, it changes", name)
			}
		}
	}
	m, changed := first.Merge(&settled)
	if !changed || m.Status != crm.StatusPaid || m.OrderNo != "1001" || m.Fee != crm.Known(1_2000) || m.Payer.Email.Empty() || m.Payer.Name.Empty() {
		t.Errorf("merged %+v, changed %t", m, changed)
	}
}

// samePayment compares payments by the values of people, not by where these stand.
func samePayment(a, b crm.Payment) bool {
	same := a.Payer.Name.Equal(b.Payer.Name) && a.Payer.Email.Equal(b.Payer.Email)
	a.Payer, b.Payer = crm.Payer{}, crm.Payer{}
	return same && a == b
}

func TestPaymentsWithoutNumberKeepTheirs(t *testing.T) {
	read := func() []*crm.Payment {
		list := []*crm.Payment{
			{OrderNo: "A", At: 1, Amount: crm.Known(5)},
			{OrderNo: "A", At: 1, Amount: crm.Known(5)},
			{OrderNo: "A", At: 1, Amount: crm.Known(-5)},
			{Number: "own", OrderNo: "A", At: 1},
		}
		crm.KeyPayments(list, []string{"", "", "", ""})
		return list
	}
	one, two := read(), read()
	seen := map[string]bool{}
	for i := range one {
		if one[i].Number != two[i].Number || seen[one[i].Number] {
			t.Errorf("payment %d: number %q, then %q", i, one[i].Number, two[i].Number)
		}
		seen[one[i].Number] = true
	}
	if one[3].Number != "own" {
		t.Errorf("number %q became %q", "own", one[3].Number)
	}
}
