package importers

import (
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/crm/region"
)

// withoutProvince are the countries where nobody writes one.
var withoutProvince = []string{"TW", "HK", "MO"}

// settlePlace gives a place in China its full names of today, and reads the
// province and the city that no column tells from the street. Written says that
// the row told the street. It is done for every row, so that places are kept.
func (s *sheetReader) settlePlace(r *crm.Recipient, written bool) {
	country := r.Country
	if country == "" {
		country = s.match.Format.Country
	}
	switch code := pii.CountryCode(country); code {
	case "CN", "TW", "HK", "MO", "":
		given := region.Place{Province: r.Province, City: r.City, District: r.District}
		place := s.normalPlace(given)
		if written && (place.Province == "" || place.City == "") && (code != "" || given == region.Place{}) {
			place = s.placeIn(&r.Street, place)
		}
		if given.Province == "" && slices.Contains(withoutProvince, code) {
			place.Province = ""
		}
		r.Province, r.City, r.District = place.Province, place.City, place.District
	}
}

// normalPlace returns a place in its full names, which is that of many rows.
func (s *sheetReader) normalPlace(p region.Place) region.Place {
	if p == (region.Place{}) {
		return p
	}
	settled, known := s.places[p]
	if !known {
		settled = region.Settle(p)
		if len(s.places) >= mostTexts {
			clear(s.places)
		}
		s.places[p] = settled
	}
	return settled
}

// placeIn returns the place that stands in a street, if it agrees with what is
// known, and takes it off the street.
func (s *sheetReader) placeIn(street *pii.Text, known region.Place) region.Place {
	a := region.Parse(street.Reveal())
	found := s.normalPlace(a.Place)
	if found.City == "" || a.Lead != "" && strings.Trim(a.Lead, "0123456789") != "" ||
		known.Province != "" && known.Province != found.Province || known.City != "" && known.City != found.City {
		return known
	}
	if known.District != "" && known.District != found.District {
		return known
	}
	*street = pii.New(strings.Clone(a.Street))
	return found
}
