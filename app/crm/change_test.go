package crm

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/pii"
)

func TestChangesTellEachFieldMasked(t *testing.T) {
	before := Order{
		Number: "1", Currency: "CNY", Status: StatusShipped, RawStatus: "卖家已发货", Amount: Known(1_000_000),
		Buyer:     Buyer{ID: "tea", Phone: pii.New("13800001234")},
		Recipient: Recipient{Country: "CN", Province: "广东省", City: "佛山市", Street: pii.New("解放路1号"), Name: pii.New("陈小明")},
		Lines:     []Line{{Key: "a", Product: "茶", Amount: 1_000_000, Status: StatusShipped}, {Key: "gone", Product: "杯"}},
	}
	after := before
	after.Status, after.RawStatus = StatusCompleted, "交易成功"
	after.Refund = Known(580_000)
	after.Buyer.ID = "13900005678"
	after.Buyer.Phone = pii.New("13800009999")
	after.Recipient.City = "广州市"
	after.Memo = pii.New("打 13800007777")
	after.Lines = []Line{{Key: "a", Product: "茶", Amount: 1_000_000, Status: StatusCompleted}, {Key: "b", Product: "壶", Amount: 20_000}}

	var told []string
	for _, c := range before.Changes(&after) {
		told = append(told, fmt.Sprint(c.Field, " ", c.Line, " ", show(c.Before), " > ", show(c.After)))
	}
	want := []string{
		"status  shipped 卖家已发货 > completed 交易成功",
		"refund  - > 58",
		"account  tea > *******5678",
		"buyer_phone  *******1234 > *******9999",
		"address  广东省佛山市**** > 广东省广州市****",
		"memo  - > hidden",
		"line 杯 0 > -",
		"line_status 茶 shipped  > completed ",
		"line 壶 - > 2",
	}
	if !slices.Equal(told, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	if same := before.Changes(&before); same != nil {
		t.Errorf("an order differs from itself: %v", same)
	}
}

func TestEveryChangeHasAKnownField(t *testing.T) {
	before := Order{Lines: []Line{{Key: "x", SKU: "a"}}}
	after := Order{
		Status: StatusPaid, Amount: Known(1), Refund: Known(1), Currency: "CNY", Zone: "UTC", Placed: 1, Paid: 1, Shipped: 1, Completed: 1, Changed: 1, PhoneUntil: 1,
		Buyer:     Buyer{ID: "a", Nick: "b", Name: pii.New("c"), Phone: pii.New("d"), Email: pii.New("e")},
		Recipient: Recipient{Name: pii.New("f"), Phone: pii.New("g"), Street: pii.New("h"), Postcode: "1"},
		Message:   pii.New("i"), Memo: pii.New("j"),
		Lines: []Line{
			{Key: "x", SKU: "b", Quantity: One, Price: 1, Amount: 1, Refund: Known(1), Status: StatusPaid},
			{Key: "y"},
		},
	}
	var fields []string
	for _, c := range before.Changes(&after) {
		fields = append(fields, c.Field)
	}
	slices.Sort(fields)
	want := slices.Sorted(slices.Values(ChangeFields))
	if !slices.Equal(fields, want) {
		t.Errorf("got %q, want %q", fields, want)
	}
}

func show(f Fact) string {
	switch f.Kind {
	case NoFact:
		return "-"
	case MoneyFact:
		return f.Money.String()
	case StatusFact:
		return string(f.Status) + " " + f.Text
	case HiddenFact:
		return "hidden"
	default:
		return f.Text
	}
}
