package mainland

import (
	"strings"
	"unicode"

	"kebu/app/crm"
	"kebu/app/crm/pii"
)

// SplitAddress takes the one cell of an address apart. Two layouts are known:
//
//	浙江省 杭州市 西湖区 某某路1号(310000)
//	某某，86-13000000000，浙江省 杭州市 西湖区 某某路1号 ，
//
// The second holds the name and the phone as well. Parts that are missing stay
// blank, and what fits neither layout is the street.
func SplitAddress(s string) crm.Recipient {
	var r crm.Recipient
	s = strings.TrimRight(strings.TrimSpace(s), "， ,")
	if name, phone, rest, ok := packed(s); ok {
		r.Name, r.Phone = pii.New(name), pii.New(phone)
		s = rest
	}
	s, r.Postcode = cutPostcode(s)
	parts := strings.Fields(s)
	if len(parts) < 3 {
		r.Street = pii.New(s)
		return r
	}
	r.Province, r.City, parts = parts[0], parts[1], parts[2:]
	if len(parts) > 1 { // places without districts go straight to the street
		r.District, parts = parts[0], parts[1:]
	}
	r.Street = pii.New(strings.Join(parts, " "))
	return r
}

// packed cuts the name and the phone off in front of an address.
func packed(s string) (name, phone, rest string, ok bool) {
	name, s, ok = strings.Cut(s, "，")
	if !ok {
		return "", "", "", false
	}
	phone, rest, ok = strings.Cut(s, "，")
	phone = strings.TrimSpace(phone)
	if !ok || !strings.ContainsFunc(phone, unicode.IsDigit) || strings.Trim(phone, "+-0123456789*转 ") != "" {
		return "", "", "", false
	}
	phone = strings.TrimPrefix(strings.TrimPrefix(phone, "+"), "86-")
	return strings.TrimSpace(name), phone, strings.TrimSpace(rest), true
}

// cutPostcode cuts the six digits in brackets behind an address; those of an
// unknown code are all zeros.
func cutPostcode(s string) (rest, code string) {
	i := strings.LastIndexAny(s, "(（")
	if i < 0 {
		return s, ""
	}
	code = strings.TrimRight(strings.TrimLeft(s[i:], "(（"), ")）")
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return s, ""
	}
	if code == "000000" {
		code = ""
	}
	return strings.TrimSpace(s[:i]), code
}
