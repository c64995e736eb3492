package crm_test

import (
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

func TestMerge(t *testing.T) {
	base := crm.Order{
		Number: "1", Placed: 1000, Paid: 2000, Status: crm.StatusShipped, RawStatus: "已发货", Amount: crm.Known(100_0000),
		Recipient: crm.Recipient{Phone: pii.New("15400001234"), City: "杭州市"},
		Lines:     []crm.Line{{Key: "a", SKU: "T1", Quantity: crm.One, Amount: 100_0000}},
	}
	for name, c := range map[string]struct {
		next    crm.Order
		changed bool
		check   func(o *crm.Order) bool
	}{
		"the same changes nothing":     {base, false, nil},
		"blanks say nothing":           {crm.Order{Number: "1", Placed: 1000, Paid: 2000}, false, func(o *crm.Order) bool { return o.Amount.Known && o.Recipient.City == "杭州市" }},
		"later status":                 {crm.Order{Placed: 1000, Completed: 9000, Status: crm.StatusCompleted, RawStatus: "成功"}, true, func(o *crm.Order) bool { return o.Status == crm.StatusCompleted && o.RawStatus == "成功" }},
		"a later file may go back":     {crm.Order{Placed: 1000, Changed: 9000, Status: crm.StatusPaid}, true, func(o *crm.Order) bool { return o.Status == crm.StatusPaid }},
		"on a tie status goes forward": {crm.Order{Placed: 1000, Paid: 2000, Status: crm.StatusCompleted}, true, func(o *crm.Order) bool { return o.Status == crm.StatusCompleted }},
		"on a tie never back":          {crm.Order{Placed: 1000, Paid: 2000, Status: crm.StatusPaid, Amount: crm.Known(1)}, false, nil},
		"an older file changes nothing": {
			crm.Order{Placed: 1000, Status: crm.StatusCancelled, Amount: crm.Known(7), Recipient: crm.Recipient{City: "宁波市"}}, false, nil,
		},
		"an older file fills blanks": {crm.Order{Placed: 1000, Refund: crm.Known(5_0000)}, true, func(o *crm.Order) bool { return o.Refund.Value == 5_0000 }},
		"placed at the earliest":     {crm.Order{Placed: 500}, true, func(o *crm.Order) bool { return o.Placed == 500 }},
		"a refund is added":          {crm.Order{Placed: 1000, Paid: 2000, Refund: crm.Known(30_0000)}, true, func(o *crm.Order) bool { return o.Refund == crm.Known(30_0000) }},
		"an unknown word on a tie":   {crm.Order{Placed: 1000, Paid: 2000, RawStatus: "奇怪"}, false, func(o *crm.Order) bool { return o.RawStatus == "已发货" }},
		"a new line":                 {crm.Order{Placed: 1000, Paid: 2000, Lines: []crm.Line{{Key: "b", SKU: "T2"}}}, true, func(o *crm.Order) bool { return len(o.Lines) == 2 && o.Lines[0].SKU == "T1" }},
		"a summary adds no line":     {crm.Order{Placed: 1000, Changed: 9000, Lines: []crm.Line{{Key: "1", Summary: true, SKU: "T1 T2"}}}, false, func(o *crm.Order) bool { return len(o.Lines) == 1 }},
		"the end of the phone":       {crm.Order{Placed: 1000, Paid: 2000, PhoneUntil: 9000}, true, func(o *crm.Order) bool { return o.PhoneUntil == 9000 }},
		"a later amount":             {crm.Order{Placed: 1000, Changed: 9000, Amount: crm.Known(90_0000)}, true, func(o *crm.Order) bool { return o.Amount.Value == 90_0000 }},
	} {
		merged, changed := base.Merge(&c.next)
		// A later time is itself news, so that only claims about values are compared.
		if changed != c.changed && c.next.Changed == 0 {
			t.Errorf("%s: changed is %v", name, changed)
		}
		if c.check != nil && !c.check(&merged) {
			t.Errorf("%s: got status %q (%q), amount %v, refund %v, %d lines", name, merged.Status, merged.RawStatus, merged.Amount, merged.Refund, len(merged.Lines))
		}
		if _, again := merged.Merge(&c.next); again {
			t.Errorf("%s: merged twice is not merged once", name)
		}
		if len(base.Lines) != 1 || base.Lines[0].SKU != "T1" {
			t.Fatalf("%s: the order itself changed", name)
		}
	}
}

func TestAnotherPhoneHasAnotherEnd(t *testing.T) {
	virtual := crm.Order{Placed: 1, PhoneUntil: 9, Recipient: crm.Recipient{Phone: pii.New("15400001234-1234")}}
	own := crm.Order{Placed: 1, Changed: 2, Recipient: crm.Recipient{Phone: pii.New("15400001234")}}
	if merged, _ := virtual.Merge(&own); merged.PhoneUntil.Known() {
		t.Error("the end of a virtual number became that of a phone")
	}
	if merged, _ := own.Merge(&virtual); merged.PhoneUntil.Known() {
		t.Error("an older file gave a phone an end")
	}
}

func TestTheRecipientIsTheBuyerIfAllFilesSaySo(t *testing.T) {
	phone := crm.Recipient{Phone: pii.New("13000000001")}
	says := crm.Order{Recipient: phone, RecipientIsBuyer: true}
	denies := crm.Order{Recipient: phone}
	silent := crm.Order{}
	for name, c := range map[string]struct {
		a, b crm.Order
		want bool
	}{
		"one denies":    {says, denies, false},
		"both say":      {says, says, true},
		"one is silent": {says, silent, true},
	} {
		first, _ := c.a.Merge(&c.b)
		second, _ := c.b.Merge(&c.a)
		if first.RecipientIsBuyer != c.want || second.RecipientIsBuyer != c.want {
			t.Errorf("%s: got %t and %t", name, first.RecipientIsBuyer, second.RecipientIsBuyer)
		}
		if _, again := first.Merge(&c.a); again {
			t.Errorf("%s: the same file changes something", name)
		}
	}
}

func TestRefundsOnlyGrowOnATie(t *testing.T) {
	refunded := func(at crm.Moment, status crm.Status, whole, line crm.Money) *crm.Order {
		return &crm.Order{Placed: 1000, Paid: at, Status: status, Refund: crm.Known(whole), Lines: []crm.Line{{Key: "a", Refund: crm.Known(line)}}}
	}
	o := refunded(2000, crm.StatusShipped, 20_0000, 20_0000)
	for name, c := range map[string]struct {
		next *crm.Order
		want crm.Money
	}{
		"less":                          {refunded(2000, crm.StatusShipped, 0, 0), 20_0000},
		"less, the status further on":   {refunded(2000, crm.StatusCompleted, 0, 0), 20_0000},
		"more":                          {refunded(2000, crm.StatusShipped, 30_0000, 30_0000), 30_0000},
		"more, the status further back": {refunded(2000, crm.StatusPaid, 30_0000, 30_0000), 30_0000},
		"less of an older file":         {refunded(1500, crm.StatusShipped, 0, 0), 20_0000},
		"less of a later file":          {refunded(3000, crm.StatusShipped, 0, 0), 0},
	} {
		m, _ := o.Merge(c.next)
		if m.Refund != crm.Known(c.want) || m.Lines[0].Refund != crm.Known(c.want) {
			t.Errorf("%s: refund %v, of the line %v", name, m.Refund, m.Lines[0].Refund)
		}
	}
}

func TestRealLinesReplaceASummaryEvenFromAnOlderFile(t *testing.T) {
	o := crm.Order{Placed: 1000, Completed: 9000, Lines: []crm.Line{{Key: "1", Summary: true, Product: "茶, 杯"}}}
	merged, changed := o.Merge(&crm.Order{Placed: 1000, Lines: []crm.Line{{Key: "x", Product: "茶"}, {Key: "y", Product: "杯"}}})
	if !changed || len(merged.Lines) != 2 || merged.Lines[0].Summary {
		t.Errorf("lines: %+v", merged.Lines)
	}
}

// TestLinesMeetWhetherNumberedOrNot shows that two exports of an order, of which
// one numbers its lines and the other does not, come to the same lines whichever
// is imported first, and that importing either again changes nothing.
func TestLinesMeetWhetherNumberedOrNot(t *testing.T) {
	priced := crm.Order{Placed: 1000, Changed: 5000, Lines: []crm.Line{
		{SKU: "A", Quantity: crm.One, Price: 10_0000, Amount: 10_0000},
		{SKU: "A", Quantity: crm.One, Price: 10_0000, Amount: 10_0000},
		{Product: "B", Quantity: crm.One, Price: 5_0000, Amount: 5_0000},
	}}
	priced.KeyLines()
	numbered := crm.Order{Placed: 1000, Lines: []crm.Line{
		{Key: "11", SKU: "A", Product: "Mug", Quantity: crm.One},
		{Key: "12", SKU: "A", Product: "Mug", Quantity: crm.One},
		{Key: "13", Product: "B", Quantity: crm.One},
		{Key: "14", SKU: "C", Quantity: crm.One},
	}}
	for name, pair := range map[string][2]*crm.Order{"numbers later": {&priced, &numbered}, "numbers first": {&numbered, &priced}} {
		merged, _ := pair[0].Merge(pair[1])
		var keys []string
		var sum crm.Money
		for _, l := range merged.Lines {
			keys = append(keys, l.Key)
			sum += l.Amount
		}
		// The file without numbers is the later one: what it does not list is kept
		// when known and not added when not.
		want := "11 12 13"
		if name == "numbers first" {
			want += " 14"
		}
		if got := strings.Join(keys, " "); got != want || sum != 25_0000 {
			t.Errorf("%s: got lines %q of %v, want %q", name, got, sum, want)
		}
		for _, again := range pair {
			if _, changed := merged.Merge(again); changed {
				t.Errorf("%s: importing again changes the order", name)
			}
		}
	}
}
