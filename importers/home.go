package importers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"kebu/app/crm"
	"kebu/importers/table"
)

// settleHome finds where a shop is whose file names neither currency nor zone:
// the country to which most of its rows go tells, so that it does not matter
// which files were imported before; else the options tell.
func (s *sheetReader) settleHome(ctx context.Context) error {
	if !s.match.Format.HomeTells {
		return nil
	}
	country, sign, err := s.home(ctx)
	if err != nil {
		return err
	}
	m := market{currency: s.options.Currency}
	if list := sharedSigns[sign]; list != nil && !slices.Contains(list, m.currency) {
		m.currency = "" // no amount of it is written so
	}
	if s.options.Zone != nil {
		m.zone = s.options.Zone.String()
	}
	if known := marketOf(country); known != nil {
		m.currency, m.zone = known.currency, cmp.Or(known.zone, m.zone)
	} else if c := currencyOf(country); c != "" {
		m.currency = c
	}
	s.homeCurrency = cmp.Or(m.currency, s.match.Format.Currency, crm.NoCurrency)
	if m.zone != "" {
		return s.setZone(m.zone)
	}
	return nil
}

// home returns the country that stands in most rows of the sheet, and the first
// sign of a currency that several share; "" where there is none.
func (s *sheetReader) home(ctx context.Context) (best, sign string, err error) {
	count := map[string]int{}
	for row, err := range s.book.Rows(ctx, s.match.Sheet) {
		if err != nil {
			return "", "", fmt.Errorf("look for the country: %w", err)
		}
		if err := s.tick(ctx); err != nil {
			return "", "", err
		}
		if row.Number <= s.match.HeaderRow {
			continue
		}
		s.take(row.Cells, s.match.Kept)
		for _, f := range []Field{Paid, LineAmount, UnitPrice} {
			if in := signIn(s.text(f)); sign == "" && sharedSigns[in] != nil {
				sign = in
			}
		}
		name := table.Normal(s.text(Country))
		if name == "" || count[name] == 0 && len(count) >= mostWords {
			continue
		}
		count[name]++
		if n := cmp.Compare(count[name], count[best]); n > 0 || n == 0 && name < best {
			best = name
		}
	}
	return best, sign, nil
}

// currencyOf returns the currency of a country by its ISO 3166 code, "" for any
// other text.
func currencyOf(country string) string {
	if len(country) != 2 {
		return ""
	}
	region, err := language.ParseRegion(strings.ToUpper(country))
	if err != nil {
		return ""
	}
	unit, ok := currency.FromRegion(region)
	if !ok {
		return ""
	}
	return unit.String()
}
