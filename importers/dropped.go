package importers

import (
	"strings"

	"kebu/importers/table"
)

// Dropped says why a column is not kept. It is stable: translations depend on it.
type Dropped string

// Why a column is dropped.
const (
	// DroppedSensitive: it holds what a customer file must not hold, such as
	// identity numbers, bank cards and birthdays.
	DroppedSensitive Dropped = "sensitive"
	// DroppedNotNeeded: it tells of people what the kept columns tell already,
	// or what no figure and no service needs.
	DroppedNotNeeded Dropped = "not_needed"
	// DroppedNoUse: it tells nothing of customers.
	DroppedNoUse Dropped = "no_use"
)

// sensitiveWords and personalWords are parts of headers, as table.Normal
// writes them. A header is judged by its words alone: the values of a dropped
// column are never looked at.
var (
	sensitiveWords = []string{
		"身份证", "身分證", "证件", "證件", "护照", "護照", "生日", "出生", "银行卡", "銀行卡", "银行账", "銀行帳", "卡号", "卡號", "密码", "密碼",
		"民族", "宗教", "健康", "病", "指纹", "人脸", "passport", "id number", "identity", "national id", "birth", "ssn", "social security",
		"credit card", "card number", "bank account", "iban", "password", "religion", "health", "tax id", "tax identifier",
		"taxcode", "tax code", "nationalregistrationnumber", "dni", "cpf", "cnpj", "rut", "documento",
	}
	personalWords = []string{
		"买家", "買家", "收货", "收貨", "收件", "姓名", "手机", "手機", "电话", "電話", "地址", "支付宝", "支付寶", "微信", "邮箱", "郵箱", "邮编",
		"发票抬头", "發票抬頭", "会员", "會員", "性别", "性別", "年龄", "年齡", "buyer", "customer", "recipient", "billing", "shipping", "phone", "email", "e-mail",
		"address", "first name", "last name", "company", "gender", "age", "ip address", "browser", "zip", "postcode",
	}
)

// WhyDropped says why a column with a header is not kept.
func WhyDropped(header string) Dropped {
	h := table.Normal(header)
	for _, list := range []struct {
		words  []string
		reason Dropped
	}{{sensitiveWords, DroppedSensitive}, {personalWords, DroppedNotNeeded}} {
		for _, w := range list.words {
			if holds(h, w) {
				return list.reason
			}
		}
	}
	return DroppedNoUse
}

// holds reports whether a header holds a word: Chinese anywhere, Western where
// it stands by itself, so that "age" is not found in "package".
func holds(header, word string) bool {
	if word[0] >= 0x80 {
		return strings.Contains(header, word)
	}
	for rest := header; ; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		before, after := rest[:i], rest[i+len(word):]
		if (before == "" || !isLetter(before[len(before)-1])) && (after == "" || !isLetter(after[0])) {
			return true
		}
		rest = after
	}
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// Sealed reports whether what a column of f holds of people is sealed by
// itself in the book, beside a mask.
func (f Field) Sealed() bool {
	switch f {
	case BuyerName, BuyerPhone, BuyerEmail, BuyerAccount, RecipientName, RecipientPhone, Address, Street, Postcode, Message, Memo:
		return true
	default:
		return false
	}
}
