package lazada_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/table"
)

// TestPhonesAndTimesThatAreNumbers reads a workbook as the marketplace writes
// it: phones are numbers without their first zero, times are dates, and cells
// without a value are not there.
func TestPhonesAndTimesThatAreNumbers(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{
		"A1": "orderItemId", "B1": "lazadaSku", "C1": "createTime", "D1": "orderNumber", "E1": "shippingPhone", "F1": "shippingCountry",
		"G1": "paidPrice", "H1": "unitPrice", "I1": "itemName", "J1": "status", "K1": "lazadaId",
		"A2": "700000000001", "C2": time.Date(2026, 7, 4, 11, 46, 0, 0, time.UTC), "D2": "800000001", "E2": 9170000102.0, "F2": "Philippines",
		"G2": 150.5, "H2": 160, "I2": "Mug", "J2": "delivered",
		"A3": "700000000002", "C3": "05 Jul 2026 08:00", "D3": "800000002", "E3": 639170000103.0, "F3": "Philippines",
		"G3": "1,150.00", "I3": "Mug", "J3": "packed",
	} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	w, err := table.Open(t.Context(), bytes.NewReader(data.Bytes()), int64(data.Len()), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	matches, err := importers.Detect(t.Context(), w, all.Formats())
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(t.Context(), w, matches, importers.Options{})
	if err != nil || len(r.Orders) != 2 {
		t.Fatalf("%d orders, rejected %v, %v", len(r.Orders), r.Rejected, err)
	}
	for i, want := range []struct{ phone, placed, amount string }{
		{"9170000102", "2026-07-04T03:46:00Z", "150.5"}, {"639170000103", "2026-07-05T00:00:00Z", "1150"},
	} {
		o := r.Orders[i]
		placed := o.Placed.In(time.UTC).Format(time.RFC3339)
		if o.Recipient.Phone.Reveal() != want.phone || placed != want.placed || o.Lines[0].Amount.String() != want.amount || o.Currency != "PHP" {
			t.Errorf("order %s: placed %s, %v %s", o.Number, placed, o.Lines[0].Amount, o.Currency)
		}
	}
}
