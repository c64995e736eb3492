package mainland

import (
	"strings"
	"unicode"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/app/crm/region"
)

// SplitAddress takes the one cell of an address apart. The cell may hold a
// postcode, at its end in brackets, and before the place a name, a phone and a
// postcode, with or without words for what they are:
//
//	浙江省 杭州市 西湖区 某某路1号(310000)
//	某某，86-13000000000，浙江省 杭州市 西湖区 某某路1号 ，
//
// Parts that are missing stay blank. Without a place that is known, or spelt in
// Latin letters, what is left is the street.
func SplitAddress(s string) crm.Recipient {
	var r crm.Recipient
	s = strings.TrimRight(strings.TrimSpace(s), "， ,")
	s, r.Postcode = cutPostcode(s)
	a := region.Parse(s)
	if a.Place == (region.Place{}) {
		if name, phone, rest, ok := packed(s); ok {
			r.Name, r.Phone, a.Street = pii.New(name), pii.New(phone), rest
		}
		a.Place, a.Street = spelt(a.Street)
	}
	r.Province, r.City, r.District, r.Street = a.Province, a.City, a.District, pii.New(a.Street)
	lead(&r, a.Lead)
	return r
}

// spelt takes apart an address whose places are spelt in Latin letters:
//
//	Hunan Changsha Yuelu 1 Example Street
func spelt(s string) (place region.Place, street string) {
	words := strings.Fields(s)
	if len(words) < 4 || strings.ContainsFunc(strings.Join(words[:3], ""), func(c rune) bool { return c > unicode.MaxASCII || !unicode.IsLetter(c) }) {
		return region.Place{}, s
	}
	return region.Place{Province: words[0], City: words[1], District: words[2]}, strings.Join(words[3:], " ")
}

// words stand before the parts of an address and say what they are.
const words = " 收货人 收件人 收货人姓名 收件人姓名 姓名 联系人 电话 手机 手机号 手机号码 联系电话 联系方式 地址 收货地址 收件地址 所在地区 详细地址 邮编 邮政编码 "

// lead reads what stands before the place.
func lead(r *crm.Recipient, s string) {
	if s == "" {
		return
	}
	var name []string
	for word := range strings.FieldsFuncSeq(s, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("，,：:;；、|/", c) }) {
		switch rest := strings.Trim(word, "+-0123456789*转"); {
		case strings.Contains(words, " "+word+" "):
		case rest != "":
			name = append(name, word)
		case strings.Trim(word, "0123456789") == "" && len(word) >= 3 && len(word) <= 6: // a postcode, also of Taiwan
			if r.Postcode == "" {
				r.Postcode = postcode(word)
			}
		case r.Phone.Empty() && strings.ContainsFunc(word, unicode.IsDigit) && word != "86" && word != "+86":
			r.Phone = pii.New(withoutCountry(word))
		}
	}
	r.Name = pii.New(strings.Join(name, " "))
}

func withoutCountry(phone string) string {
	return strings.TrimPrefix(strings.TrimPrefix(phone, "+"), "86-")
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
	return strings.TrimSpace(name), withoutCountry(phone), strings.TrimSpace(rest), true
}

// cutPostcode cuts the six digits in brackets behind an address.
func cutPostcode(s string) (rest, code string) {
	i := strings.LastIndexAny(s, "(（")
	if i < 0 {
		return s, ""
	}
	code = strings.TrimRight(strings.TrimLeft(s[i:], "(（"), ")）")
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), postcode(code)
}

// postcode returns a code, "" of an unknown one, which is all zeros.
func postcode(code string) string {
	if code == "000000" {
		return ""
	}
	return code
}
