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
