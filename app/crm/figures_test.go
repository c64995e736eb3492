package crm_test

import (
	"testing"

	"kebu/app/crm"
)

func TestAReturnIsGivenBackOnce(t *testing.T) {
	line := crm.Line{Quantity: -crm.One, Amount: -12_9600}
	summary := line
	summary.Summary = true
	for name, o := range map[string]crm.Order{
		"by its lines":          {Lines: []crm.Line{line}},
		"by its amount":         {Amount: crm.Known(-12_9600)},
		"by both":               {Amount: crm.Known(-12_9600), Lines: []crm.Line{line}},
		"by amount and summary": {Amount: crm.Known(-12_9600), Lines: []crm.Line{summary}},
		"by a status as well":   {Amount: crm.Known(-12_9600), Status: crm.StatusRefunded, Lines: []crm.Line{line}},
	} {
		f, err := o.Figures()
		if err != nil || f.Refunded != 12_9600 || f.Purchase != (f.Gross > 0) {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

func TestARefundedOrderIsGivenBackWhole(t *testing.T) {
	line := crm.Line{Quantity: crm.One, Amount: 30_0000}
	refunded := line
	refunded.Status = crm.StatusRefunded
	for name, c := range map[string]struct {
		order crm.Order
		want  crm.Money
	}{
		"without an amount":    {crm.Order{Amount: crm.Known(65_0000), Status: crm.StatusRefunded}, 65_0000},
		"beside a zero":        {crm.Order{Amount: crm.Known(65_0000), Refund: crm.Known(0), Status: crm.StatusRefunded}, 65_0000},
		"with an amount":       {crm.Order{Amount: crm.Known(65_0000), Refund: crm.Known(60_0000), Status: crm.StatusRefunded}, 60_0000},
		"not at all":           {crm.Order{Amount: crm.Known(65_0000), Refund: crm.Known(0), Status: crm.StatusPaid}, 0},
		"by a line":            {crm.Order{Refund: crm.Known(0), Lines: []crm.Line{line, refunded}, Status: crm.StatusPartiallyRefunded}, 30_0000},
		"by a line with zeros": {crm.Order{Lines: []crm.Line{line, {Amount: 30_0000, Refund: crm.Known(0), Status: crm.StatusRefunded}}}, 30_0000},
	} {
		if f, err := c.order.Figures(); err != nil || f.Refunded != c.want {
			t.Errorf("%s: refunded %v, want %v, %v", name, f.Refunded, c.want, err)
		}
	}
}
