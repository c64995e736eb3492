package crm_test

import (
	"testing"
	"time"

	"kebu/app/crm"
)

func TestPhoneEnds(t *testing.T) {
	at := func(day int) crm.Moment { return crm.At(time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC)) }
	first := at(1).Day(time.UTC)
	for name, c := range map[string]struct {
		order crm.Order
		want  crm.Day
	}{
		"as the export tells":   {crm.Order{PhoneUntil: at(4), Completed: at(1), Placed: at(1)}, first + 3},
		"15 days after the end": {crm.Order{Completed: at(3), Placed: at(1)}, first + 2 + 15},
		"no end is told":        {crm.Order{Placed: at(1)}, first + 45},
		"nothing is told":       {crm.Order{}, 0},
	} {
		if got := c.order.PhoneEnds(time.UTC); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestVirtualPhone(t *testing.T) {
	if !crm.VirtualPhone("*******0001-****", 0) || !crm.VirtualPhone("*******0001", 1) || crm.VirtualPhone("*******0001", 0) {
		t.Error("a virtual number is one by its form, or by its end")
	}
}
