package custom_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"kebu/importers/custom"
)

const full = `{
	"name": "own-shop", "platform": "own", "currency": "EUR", "time_zone": "Europe/Berlin", "header_row": 3,
	"columns": {"order_no": "Bestellung", "buyer_phone": ["Mobil", "Telefon & Fax"], "status": "Status"},
	"sheet": "Liste", "encoding": "windows-1252", "date_order": "dmy", "decimal": ",",
	"status": {"Versandt": "shipped", "Offen": "pending_payment", "-keine-": "none"}, "recipient_is_buyer": true
}`

func TestMappingRoundTrip(t *testing.T) {
	m, err := custom.Parse([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	again, err := custom.Parse(data)
	if err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	for _, x := range []*custom.Mapping{m, again} {
		if len(x.Columns) != 3 || len(x.Status) != 3 {
			t.Fatalf("got %+v", x)
		}
		x.Columns = nil // their order is that of the text
	}
	if !reflect.DeepEqual(m, again) {
		t.Errorf("got %+v, want %+v", again, m)
	}
}

func TestFormatOfAMapping(t *testing.T) {
	m, err := custom.Parse([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	f, err := m.Format()
	if err != nil {
		t.Fatal(err)
	}
	if f.ID != "custom.own-shop" || f.Platform != "own" || f.Decimal != ',' || f.Statuses["versandt"] != "shipped" ||
		f.HeaderRow != 3 || !f.RecipientIsBuyer || len(f.Required) != 2 {
		t.Errorf("got %+v", f)
	}
}

func TestWrongMappings(t *testing.T) {
	const good = `"name":"a","currency":"GBP","time_zone":"UTC"`
	for _, c := range []struct {
		text    string
		problem custom.Problem
		name    string
		line    int
		column  int
	}{
		{``, custom.BadJSON, "", 1, 1},
		{`[]`, custom.BadJSON, "", 1, 1},
		{`{"name":"a",}`, custom.BadJSON, "", 1, 12},
		{"{\n \"name\": \"a\",\n \"colums\": {}}", custom.UnknownKey, "colums", 3, 9},
		{"{" + good + ",\n\"columns\":{\n  \"order_number\":\"No\"}}", custom.UnknownField, "order_number", 3, 16},
		{"{" + good + `,"columns":{"order_no":7}}`, custom.BadValue, "order_no", 1, 70},
		{"{" + good + `,"columns":{"order_no":""}}`, custom.BadValue, "order_no", 1, 71},
		{"{" + good + `,"columns":{"order_no":"a","order_no":"b"}}`, custom.Repeated, "order_no", 1, 83},
		{"{" + good + `,"columns":{"sku":"a"}}`, custom.Missing, "order_no", 0, 0},
		{`{"name":"a","name":"b"}`, custom.Repeated, "name", 1, 18},
		{`{"name":"a","currency":"pounds"}`, custom.BadValue, "currency", 1, 31},
		{`{"time_zone":"Atlantis"}`, custom.BadValue, "time_zone", 1, 23},
		{`{"time_zone":"Local"}`, custom.BadValue, "time_zone", 1, 20},
		{`{"header_row":21}`, custom.BadValue, "header_row", 1, 16},
		{`{"header_row":"1"}`, custom.BadValue, "header_row", 1, 17},
		{`{"date_order":"ymd"}`, custom.BadValue, "date_order", 1, 19},
		{`{"decimal":";"}`, custom.BadValue, "decimal", 1, 14},
		{`{"status":{"x":"gone"}}`, custom.BadValue, "x", 1, 21},
		{`{"columns":{"order_no":"a"},"time_zone":"UTC","currency":"GBP"}`, custom.Missing, "name", 0, 0},
		{`{"columns":{"order_no":"a"},"name":"a","currency":"GBP"}`, custom.Missing, "time_zone", 0, 0},
		{`{"columns":{"order_no":"a"},"name":"a","time_zone":"UTC"}`, custom.Missing, "currency", 0, 0},
		{`{"columns":{"order_no":"a"},"name":"a","time_zone":"UTC","currency":"GBP"} x`, custom.BadJSON, "", 1, 75},
	} {
		_, err := custom.Parse([]byte(c.text))
		var e *custom.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got error %v", c.text, err)
			continue
		}
		if e.Problem != c.problem || e.Name != c.name || e.Line != c.line || e.Column != c.column {
			t.Errorf("%s: got %s %q at %d:%d, want %s %q at %d:%d",
				c.text, e.Problem, e.Name, e.Line, e.Column, c.problem, c.name, c.line, c.column)
		}
	}
}
