package crm_test

import (
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/region"
)

func TestPlaceIsOfTheLatestOrderThatTells(t *testing.T) {
	order := func(placed crm.Moment, platform, number, country, province, city string) crm.Order {
		return crm.Order{
			Placed: placed, Platform: platform, Number: number,
			Recipient: crm.Recipient{Country: country, Province: province, City: city},
		}
	}
	orders := []crm.Order{
		order(0, "taobao", "9", "FR", "", "Paris"), // when, nobody knows
		order(1, "taobao", "1", "CN", "浙江省", "杭州市"),
		order(2, "shopify", "5", "US", "CA", ""),
		order(2, "taobao", "2", "CN", "江苏", ""),      // its full name is 江苏省
		order(2, "taobao", "10", "CN", "四川省", "成都市"), // "10" is before "2" as a text
		order(3, "taobao", "3", "", "", ""),
	}
	for range 2 {
		country, place := crm.Place(orders)
		if country != "CN" || place != (region.Place{Province: "江苏省"}) {
			t.Error(country, place)
		}
		slices.Reverse(orders) // the order of imports does not matter
	}
	if country, place := crm.Place(orders[:1]); country != "FR" || place != (region.Place{City: "Paris"}) {
		t.Error(country, place) // better than none
	}
	if country, place := crm.Place(nil); country != "" || place != (region.Place{}) {
		t.Error(country, place)
	}
}

func TestBoughtIsWhatWasKept(t *testing.T) {
	for _, c := range []struct {
		why  string
		line crm.Line
		want bool
	}{
		{"paid", crm.Line{Quantity: crm.One, Amount: 1}, true},
		{"free", crm.Line{Quantity: crm.One}, true},
		{"refunded later", crm.Line{Quantity: crm.One, Amount: 1, Status: crm.StatusRefunded}, true},
		{"returned", crm.Line{Quantity: -crm.One, Amount: -1}, false},
		{"discount", crm.Line{Quantity: crm.One, Amount: -1}, false},
		{"cancelled", crm.Line{Quantity: crm.One, Amount: 1, Status: crm.StatusCancelled}, false},
		{"unpaid", crm.Line{Quantity: crm.One, Amount: 1, Status: crm.StatusPending}, false},
	} {
		if c.line.Bought() != c.want {
			t.Errorf("%s: %t", c.why, !c.want)
		}
	}
}
