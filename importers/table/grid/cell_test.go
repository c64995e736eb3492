package grid

import (
	"errors"
	"math"
	"testing"
	"time"
)

func TestDecimal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2.5499999999999998", "2.55"},
		{"0.30000000000000004", "0.3"},
		{"59.969999999999999", "59.97"},
		{"59.970000000000006", "59.97"},
		{"0.00012345678901234567", "0.000123456789012346"},
		{"123456789.12345678", "123456789.123457"},
		{"17850.0", "17850"},
		{"17850", "17850"},
		{"-0", "0"},
		{"-0.0", "0"},
		{"007", "7"},
		{"+1.5", "1.5"},
		{".5", "0.5"},
		{"5.", "5"},
		{"-12.50", "-12.5"},
		{"1E-3", "0.001"},
		{"1.2E+3", "1200"},
		{"9.9999999999999995E-3", "0.01"},
		{"123456789012345", "123456789012345"},
		{"2.6051712345678899E+17", "260517123456789000"},
	} {
		got, err := Cell{Text: c.text, Kind: CellNumber}.Decimal()
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %s", c.text, got, err, c.want)
		}
	}
	if got, err := (Cell{Text: "¥1.50", Kind: CellText}).Decimal(); got != "¥1.50" || err != nil {
		t.Errorf("text: %q, %v", got, err)
	}
	for _, c := range []Cell{{Text: "TRUE", Kind: CellBool}, {Text: "#N/A", Kind: CellError}, {Text: "1E+999", Kind: CellNumber}} {
		if got, err := c.Decimal(); !errors.Is(err, ErrNotNumber) {
			t.Errorf("%v %s: %q, %v", c.Kind, c.Text, got, err)
		}
	}
}

func TestLong(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		want bool
	}{
		{Cell{Text: "260517123456789012", Kind: CellText}, false},
		{Cell{Text: "260517123456789012", Kind: CellNumber}, true},
		{Cell{Text: "2.6051712345678901E17", Kind: CellNumber}, true},
		{Cell{Text: "1234567890123456", Kind: CellNumber}, true},
		{Cell{Text: "123456789012345", Kind: CellNumber}, false},
		{Cell{Text: "40513.351388888892", Kind: CellNumber}, false},
		{Cell{Text: "17850", Kind: CellNumber}, false},
		{Cell{Text: "1E+999", Kind: CellNumber}, true},
		{Cell{Text: "2.60517E+17", Kind: CellText}, true},
		{Cell{Text: "4.0E+18", Kind: CellText}, true},
		{Cell{Text: "4e+18", Kind: CellText}, true},
		{Cell{Text: "2,60517E+17", Kind: CellText}, true},
		{Cell{Text: "12E4", Kind: CellText}, false},
		{Cell{Text: "1E5", Kind: CellText}, false},
		{Cell{Text: "E+18", Kind: CellText}, false},
		{Cell{Text: "1.5E+", Kind: CellText}, false},
		{Cell{Text: "SIZE+10", Kind: CellText}, false},
		{Cell{Text: "", Kind: CellEmpty}, false},
	} {
		if got := c.cell.Long(); got != c.want {
			t.Errorf("%v %s: %t", c.cell.Kind, c.cell.Text, got)
		}
	}
}

func TestSerialTime(t *testing.T) {
	for _, c := range []struct {
		serial float64
		y1904  bool
		want   string
	}{
		{40513.351388888892, false, "2010-12-01 08:26:00"},
		{1, false, "1900-01-01 00:00:00"},
		{59.5, false, "1900-02-28 12:00:00"},
		{61, false, "1900-03-01 00:00:00"},
		{45231.999999, false, "2023-11-02 00:00:00"},
		{2958465.5, false, "9999-12-31 12:00:00"},
		{0, true, "1904-01-01 00:00:00"},
		{40513.351388888892 - 1462, true, "2010-12-01 08:26:00"},
	} {
		got, err := SerialTime(c.serial, c.y1904)
		if err != nil || got.Format(time.DateTime) != c.want {
			t.Errorf("%v: %v, %v; want %s", c.serial, got, err, c.want)
		}
	}
	for _, serial := range []float64{-1, 0, 0.5, 60, 60.9, 2958466, math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		if got, err := SerialTime(serial, false); !errors.Is(err, ErrNoSuchDay) {
			t.Errorf("%v: %v, %v", serial, got, err)
		}
	}
}

func TestGuardsOfLongNumbersAreTakenOff(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`="260517123456789012"`, "260517123456789012"},
		{"123\t", "123"},
		{"\t123", "123"},
		{"\t'123\t", "123"},
		{`="123"` + "\t", "123"},
		{`="` + "\t123" + `"`, "123"},
		{"'123", "123"},
		{"'+86 139", "+86 139"},
		{"'1234 AB", "1234 AB"},
		{"'01234-567", "01234-567"},
		{`="say ""hi"""`, `say "hi"`},
		{`="a"&"b"`, `="a"&"b"`},
		{"'Tis", "'Tis"},
		{"'90s shirt", "'90s shirt"},
		{"'某", "'某"},
		{"'", "'"},
		{"=", "="},
		{`="`, `="`},
		{`=""`, ""},
		{"\t\t", ""},
		{"a\tb", "a\tb"},
		{"-5", "-5"},
	} {
		if got := Unguard(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
