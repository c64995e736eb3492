package importers_test

import (
	"testing"
	"time"

	"kebu/importers"
)

// homeFormat is of a shop whose files name neither currency nor zone.
func homeFormat() *importers.Format {
	return &importers.Format{
		ID: "test.home", Platform: "test", Locale: "en", Rows: importers.OrderPerRow, HomeTells: true, CurrencyInAmounts: true,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Order"}},
			{Field: importers.OrderedAt, Headers: []string{"Day", "Hour", "Zone"}, Join: " "},
			{Field: importers.Country, Headers: []string{"Country"}},
			{Field: importers.Paid, Headers: []string{"Total"}},
		},
		Required: []string{"Order", "Total"},
	}
}

func TestTheCountryOfMostOrdersTellsCurrencyAndZone(t *testing.T) {
	euros := importers.Options{Currency: "EUR"}
	for name, c := range map[string]struct {
		text           string
		options        importers.Options
		currency, zone string
		hour           int // of the first order, UTC
	}{
		"most orders":           {"Order,Day,Country,Total\n1,2026-07-01 10:00,US,5\n2,2026-07-01 10:00,GB,5\n3,2026-07-01 10:00,GB,5\n", euros, "GBP", "Europe/London", 9},
		"a country by its code": {"Order,Day,Country,Total\n1,2026-07-01 10:00,PL,5\n", euros, "PLN", "", 10},
		"the options":           {"Order,Day,Country,Total\n1,2026-07-01 10:00,,5\n", euros, "EUR", "", 10},
		"the amount":            {"Order,Day,Country,Total\n1,2026-07-01 10:00,GB,€5\n", euros, "EUR", "Europe/London", 9},
		"dollars are no euros":  {"Order,Day,Country,Total\n1,2026-07-01 10:00,,$5\n", euros, "XXX", "", 10},
		"dollars as asked for":  {"Order,Day,Country,Total\n1,2026-07-01 10:00,,$5\n", importers.Options{Currency: "CAD"}, "CAD", "", 10},
		"nothing":               {"Order,Day,Country,Total\n1,2026-07-01 10:00,,5\n", importers.Options{}, "XXX", "", 10},
		"the zone of the row":   {"Order,Day,Hour,Zone,Total\n1,2026-07-01,10:00,Eastern Time (US & Canada),5\n", euros, "EUR", "America/New_York", 14},
		"an abbreviation":       {"Order,Day,Hour,Zone,Total\n1,07/21/2026,10:00:00,CEST,5\n", euros, "EUR", "", 8},
		"a zone by its name":    {"Order,Day,Hour,Zone,Total\n1,2026-07-01,1:30 PM,Europe/Berlin,5\n", euros, "EUR", "Europe/Berlin", 11},
		"no zone known":         {"Order,Day,Hour,Zone,Total\n1,2026-07-01,10:00,Mars,5\n2,2026-07-01,10:00,UTC,5\n", euros, "EUR", "", 10},
		"a day without its day": {"Order,Hour,Country,Total\n1,10:00,GB,5\n", euros, "GBP", "Europe/London", -1},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, []byte(c.text))
			matches, err := importers.Detect(t.Context(), w, []*importers.Format{homeFormat()})
			if err != nil {
				t.Fatal(err)
			}
			r, err := importers.Read(t.Context(), w, matches, c.options)
			if err != nil {
				t.Fatal(err)
			}
			o := r.Orders[0]
			hour := -1
			if o.Placed.Known() {
				hour = o.Placed.In(time.UTC).Hour()
			}
			if o.Currency != c.currency || o.Zone != c.zone || hour != c.hour {
				t.Errorf("%s, zone %q, %d h; want %s, %q, %d h", o.Currency, o.Zone, hour, c.currency, c.zone, c.hour)
			}
		})
	}
}
