package pii_test

import (
	"testing"

	"kebu/app/crm/pii"
)

// An import does each of these once per buyer and recipient.
func BenchmarkPerson(b *testing.B) {
	for name, work := range map[string]func(){
		"mask name":     func() { pii.MaskName("欧阳娜娜") },
		"mask phone":    func() { pii.MaskPhone("19900001234") },
		"mask email":    func() { pii.MaskEmail("alice@example.test") },
		"mask address":  func() { pii.MaskAddress("浙江省杭州市西湖区文三路1号") },
		"phone":         func() { pii.Phone("19900001234", "CN") },
		"foreign phone": func() { pii.Phone("020 7946 0018", "GB") },
		"email":         func() { pii.Email("alice@example.test") },
		"account":       func() { pii.LooksLikePhone("tb12345_8") },
		"fold":          func() { pii.Fold("White Lantern 茶壶") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				work()
			}
		})
	}
}
