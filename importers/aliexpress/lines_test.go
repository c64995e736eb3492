package aliexpress_test

import (
	"testing"

	"kebu/app/crm"
	"kebu/importers/aliexpress"
)

func TestTheCellOfProductsIsTakenApart(t *testing.T) {
	split := aliexpress.Formats()[0].SplitLines
	for cell, want := range map[string][]crm.Line{
		"【1】 Mug (350 ml) \r\n(产品属性: Color:Blue (dark) )\r\n(商家编码:M-1)\r\n(产品数量:2 piece)\r\n(物流等级&买家选择物流:Sample)\r\n【2】 Cup": {
			{Product: "Mug (350 ml)", Variant: "Color:Blue (dark)", SKU: "M-1", Quantity: 2 * crm.One}, {Product: "Cup", Quantity: crm.One},
		},
		"【1】 Mug\n（产品属性：Size:L）\n（产品数量：12 lot）": {{Product: "Mug", Variant: "Size:L", Quantity: 12 * crm.One}},
		"Mug, two pieces": nil,
	} {
		got := split(cell)
		if len(got) != len(want) {
			t.Errorf("%q: got %d lines, want %d", cell, len(got), len(want))
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q: got %+v, want %+v", cell, got[i], want[i])
			}
		}
	}
}
