package importers_test

import (
	"testing"

	"kebu/importers"
)

func TestWhyDropped(t *testing.T) {
	for header, want := range map[string]importers.Dropped{
		"买家身份证号": importers.DroppedSensitive, "收件人证件号码": importers.DroppedSensitive, "Date of Birth": importers.DroppedSensitive,
		"Credit Card Number": importers.DroppedSensitive, "Passport No.": importers.DroppedSensitive,
		"DNI": importers.DroppedSensitive, "CPF": importers.DroppedSensitive, "Tipo y número de documento": importers.DroppedSensitive,
		"nationalRegistrationNumber": importers.DroppedSensitive, "Buyer Tax Identifier Value": importers.DroppedSensitive,
		"买家支付宝账号": importers.DroppedNotNeeded, "Billing Name": importers.DroppedNotNeeded, "Customer Age": importers.DroppedNotNeeded,
		"物流公司": importers.DroppedNoUse, "宝贝种类": importers.DroppedNoUse, "Package weight": importers.DroppedNoUse, "Tags": importers.DroppedNoUse, "": importers.DroppedNoUse,
	} {
		if got := importers.WhyDropped(header); got != want {
			t.Errorf("%q is dropped as %s, want %s", header, got, want)
		}
	}
}
