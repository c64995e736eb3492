package pii

import "testing"

func TestVirtualMask(t *testing.T) {
	for phone, want := range map[string]bool{
		"17000001234-5678": true, "17000001234转5678": true, "17000001234[5678]": true, "17000001234（转5678）": true, "17000001234(5678)": true, "17000001234_5678": true, "+86 17000001234-1234": true,
		"13000000001": false, "130****0001": false, "13000000001(家)": false, "020 7946 (0018)": false, "0571-88880000-8001": false, "+49 30 901820 ext 12": false, "": false, "nobody": false,
	} {
		if got := VirtualMask(MaskPhone(phone)); got != want {
			t.Errorf("%s, shown as %s: virtual %t", phone, MaskPhone(phone), got)
		}
	}
}
