package store_test

import (
	"context"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/store"
	"kebu/store/storetest"
)

// loadPayments imports payments of a processor as one step.
func loadPayments(t *testing.T, b *store.Book, payments []*crm.Payment) (step int64, saved store.SavedPayments) {
	t.Helper()
	const platform = "paypal"
	step = update(t, b, "import", func(tx *store.Tx) error {
		shops, err := tx.Shops(t.Context(), platform)
		if err != nil {
			return err
		}
		if len(shops) == 0 {
			shop, err := tx.AddShop(t.Context(), platform, platform)
			if err != nil {
				return err
			}
			shops = append(shops, shop)
		}
		saved, err = tx.SavePayments(t.Context(), shops[0].ID, payments)
		return err
	})
	return step, saved
}

func soldAndPaid() ([]*crm.Order, []*crm.Payment) {
	sold := []*crm.Order{
		{Platform: "woocommerce", Number: "2001", Placed: 1000, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(48_5000), Buyer: crm.Buyer{Email: pii.New("ada@example.test")}},
		{Platform: "woocommerce", Number: "2002", Placed: 2000, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(20_0000), Buyer: crm.Buyer{Email: pii.New("ben@example.test")}},
	}
	paid := []*crm.Payment{
		{Platform: "paypal", Number: "T1", OrderNo: "2001", At: 1500, Kind: crm.PaymentReceived, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(48_5000), Fee: crm.Known(1_2000), Payer: crm.Payer{Name: pii.New("Ada Sample"), Email: pii.New("ada@example.test")}},
		{Platform: "paypal", Number: "T2", Parent: "T1", At: 2500, Kind: crm.PaymentRefund, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(-10_0000)},
		{Platform: "paypal", Number: "T3", OrderNo: "2002", At: 2600, Kind: crm.PaymentReceived, Status: crm.StatusPaid, Currency: "USD", Amount: crm.Known(22_0000)},
		{Platform: "paypal", Number: "T4", At: 2700, Kind: crm.PaymentTransfer, Status: crm.StatusPaid, Currency: "EUR", Amount: crm.Known(-30_0000)},
	}
	return sold, paid
}

// paymentsOf returns the numbers of the payments of each order, by its number.
func paymentsOf(t *testing.T, b *store.Book) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	orders := view(t, b, func(ctx context.Context, tx *store.Tx) (map[int64][]crm.Payment, error) {
		return tx.PaymentsOf(ctx, []int64{1, 2})
	})
	for _, list := range orders {
		for _, p := range list {
			found[list[0].OrderNo] = append(found[list[0].OrderNo], p.Number)
		}
	}
	return found
}

func TestPaymentsStandBesideOrdersInAnyOrderOfImports(t *testing.T) {
	for name, paymentsFirst := range map[string]bool{"orders first": false, "payments first": true} {
		t.Run(name, func(t *testing.T) {
			b := storetest.New(t)
			sold, paid := soldAndPaid()
			if paymentsFirst {
				if _, saved := loadPayments(t, b, paid); saved != (store.SavedPayments{New: 4}) {
					t.Errorf("saved %+v", saved)
				}
			}
			load(t, b, "woocommerce", sold)
			want := stats(t, b)
			if !paymentsFirst {
				if _, saved := loadPayments(t, b, paid); saved != (store.SavedPayments{New: 4, OfOrders: 2}) {
					t.Errorf("saved %+v", saved)
				}
			}
			if got := stats(t, b); got.Money[0] != want.Money[0] || got.Orders != 2 || got.Money[0].Gross != 68_5000 || got.Money[0].Refunded != 0 {
				t.Errorf("payments changed the figures: %+v", got)
			}
			// In another currency it is another order; the refund goes with what it gives back.
			if got := paymentsOf(t, b); len(got) != 1 || len(got["2001"]) != 2 || got["2001"][0] != "T1" || got["2001"][1] != "T2" {
				t.Errorf("payments of orders: %v", got)
			}
			before := dump(t, b)
			if _, saved := loadPayments(t, b, paid); saved != (store.SavedPayments{Same: 4, OfOrders: 2}) {
				t.Errorf("again: %+v", saved)
			}
			if dump(t, b) != before {
				t.Error("the same payments again changed the book")
			}
			check(t, b)
		})
	}
}

func TestPaymentsOfSeveralOrdersOfOneNumberAreOfNone(t *testing.T) {
	b := storetest.New(t)
	sold, paid := soldAndPaid()
	load(t, b, "woocommerce", sold)
	load(t, b, "wix", []*crm.Order{{Platform: "wix", Number: "2001", Currency: "EUR", Amount: crm.Known(1_0000)}})
	if _, saved := loadPayments(t, b, paid[:1]); saved.OfOrders != 0 {
		t.Errorf("saved %+v", saved)
	}
}

func TestUndoTakesPaymentsBack(t *testing.T) {
	b := storetest.New(t)
	sold, paid := soldAndPaid()
	load(t, b, "woocommerce", sold)
	clean := dump(t, b)
	first, _ := loadPayments(t, b, paid[:2])
	was := dump(t, b)
	refunded := *paid[0]
	refunded.Status, refunded.Refund = crm.StatusPartiallyRefunded, crm.Known(10_0000)
	second, saved := loadPayments(t, b, []*crm.Payment{&refunded, paid[2]})
	if saved != (store.SavedPayments{New: 1, Changed: 1, OfOrders: 1}) {
		t.Errorf("saved %+v", saved)
	}
	undo := func(step int64) {
		t.Helper()
		var back store.Undone
		update(t, b, "undo", func(tx *store.Tx) error {
			var err error
			back, err = tx.CountUndo(t.Context(), step)
			return err
		})
		if back.PaymentsGone == 0 || len(back.Kept) > 0 {
			t.Errorf("undone %+v", back)
		}
	}
	undo(second)
	if dump(t, b) != was {
		t.Error("the second import is not wholly taken back")
	}
	undo(first)
	if dump(t, b) != clean {
		t.Error("the first import is not wholly taken back")
	}
	check(t, b)
}
