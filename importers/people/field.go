package people

import (
	"strings"
	"unicode"

	"kebu/importers/table"
)

// Field is what a column of a list tells of a person. The zero Field is nothing.
type Field uint8

// The fields. Their names, which String gives, are those of the command line.
const (
	Nothing Field = iota
	Given
	Surname
	FullName
	Birth
	Phone
	Email
	Address // or a part of it: street, house number
	District
	City
	Province
	Postcode
	Number // of a person: membership, identity card
	ID     // of the row
	fieldCount
)

var fieldNames = [fieldCount]string{
	Nothing: "none", Given: "given_name", Surname: "surname", FullName: "name", Birth: "birth", Phone: "phone", Email: "email",
	Address: "address", District: "district", City: "city", Province: "province", Postcode: "postcode", Number: "number", ID: "id",
}

// String returns the name of the field.
func (f Field) String() string { return fieldNames[f] }

// FieldNames lists the names, "none" of a column that is not to be looked at
// among them.
func FieldNames() []string { return fieldNames[:] }

// FieldNamed returns the field of a name.
func FieldNamed(name string) (Field, bool) {
	for f, n := range fieldNames {
		if n == name {
			return Field(f), true
		}
	}
	return Nothing, false
}

// headerWords are headers of customer lists, in the form of headerKey.
var headerWords = map[Field][]string{
	Given: {"givenname", "firstname", "first", "forename", "given", "fname", "vorname", "prenom", "nombre", "名"},
	Surname: {
		"surname", "lastname", "last", "familyname", "family", "lname", "nachname", "nom", "apellido", "apellidos", "姓", "姓氏",
	},
	FullName: {
		"name", "fullname", "customername", "customer", "contactname", "contact", "clientname", "client", "buyername", "membername", "personname",
		"recipient", "recipientname", "shippingname", "billingname", "姓名", "名字", "名称", "名稱", "客户", "客戶", "客户姓名", "客戶姓名", "客户名称", "客戶名稱", "客户名", "顾客", "顧客",
		"顾客姓名", "顧客姓名", "会员姓名", "會員姓名", "买家姓名", "買家姓名", "联系人", "聯絡人", "联系人姓名", "收货人", "收貨人", "收货人姓名", "收件人", "收件人姓名", "真实姓名", "訂購人",
	},
	Birth: {
		"birth", "birthday", "birthdate", "dateofbirth", "dob", "bday", "born", "geburtsdatum", "生日", "出生日期", "出生年月", "出生年月日", "出生", "会员生日", "會員生日",
	},
	Phone: {
		"phone", "phone1", "phone2", "phonenumber", "phoneno", "mobile", "mobilephone", "mobilenumber", "mobileno", "cell", "cellphone", "tel", "telephone", "telephonenumber",
		"contactnumber", "contactphone", "customerphone", "buyerphone", "homephone", "workphone", "whatsapp", "telefon", "手机", "手機", "手机号", "手機號", "手机号码", "手機號碼", "电话", "電話",
		"电话号码", "電話號碼", "联系电话", "聯絡電話", "联系方式", "聯絡方式", "联系手机", "买家手机", "买家电话", "客户电话", "客户手机", "收货人手机", "收货人电话", "收件人手机", "收件人电话", "收件人電話", "固定电话", "座机", "固话",
	},
	Email: {"email", "emailaddress", "mail", "emailid", "customeremail", "contactemail", "buyeremail", "邮箱", "郵箱", "电子邮箱", "电子邮件", "電子郵件", "電子信箱", "信箱", "邮箱地址"},
	Address: {
		"address", "address1", "address2", "address3", "addressline1", "addressline2", "addressline3", "street", "street1", "street2", "streetaddress", "streetname", "streetnumber", "streetno",
		"housenumber", "houseno", "homeaddress", "postaladdress", "shippingaddress", "shippingaddress1", "shippingaddress2", "shippingstreet", "billingaddress", "mailingaddress", "addr", "apartment", "unit", "adresse",
		"地址", "详细地址", "詳細地址", "收货地址", "收貨地址", "收件地址", "收件人地址", "收货人地址", "联系地址", "聯絡地址", "家庭地址", "通讯地址", "住址", "街道", "街道地址", "门牌号", "門牌號",
	},
	District: {"district", "区", "區", "区县", "區縣", "县区", "鄉鎮市區", "区域"},
	City:     {"city", "town", "suburb", "locality", "cityname", "shippingcity", "billingcity", "市", "城市", "縣市", "地级市", "所在城市", "ort"},
	Province: {"province", "state", "region", "county", "stateprovince", "shippingprovince", "省", "省份", "所在省份", "省市"},
	Postcode: {"postcode", "postalcode", "zip", "zipcode", "postcd", "shippingzip", "billingzip", "plz", "邮编", "郵編", "邮政编码", "郵遞區號"},
	Number: {
		"ssn", "socsecid", "socialsecurity", "socialsecuritynumber", "nationalid", "idnumber", "idcard", "idno", "passport", "passportnumber", "taxid", "membershipnumber", "memberno", "membercard", "cardnumber",
		"wechat", "wechatid", "qq", "openid", "unionid", "loyaltynumber", "account", "accountname", "username", "userid", "nickname", "nick",
		"身份证", "身份证号", "身份证号码", "身分證字號", "证件号", "证件号码", "会员卡号", "會員卡號", "会员名", "微信", "微信号", "qq号", "账号", "買家帳號", "买家账号", "昵称", "暱稱", "旺旺", "旺旺号",
	},
	ID: {
		"id", "recid", "recordid", "rowid", "uid", "uuid", "customerid", "customerno", "customernumber", "clientid", "contactid", "memberid", "no", "number", "index", "key",
		"编号", "編號", "序号", "序號", "客户编号", "客戶編號", "客户id", "会员编号", "會員編號", "会员id", "记录编号", "行号",
	},
}

// words are headerWords by word.
var words = func() map[string]Field {
	m := make(map[string]Field)
	for f, list := range headerWords {
		for _, w := range list {
			m[headerKey(w)] = f
		}
	}
	return m
}()

// parts of longer headers that tell the field, in the order in which they are
// looked for.
var parts = []struct {
	part  string
	field Field
}{
	{"email", Email},
	{"邮箱", Email},
	{"郵箱", Email},
	{"phone", Phone},
	{"mobile", Phone},
	{"手机", Phone},
	{"手機", Phone},
	{"电话", Phone},
	{"電話", Phone},
	{"birth", Birth},
	{"生日", Birth},
	{"出生", Birth},
	{"postcode", Postcode},
	{"postalcode", Postcode},
	{"zipcode", Postcode},
	{"邮编", Postcode},
	{"surname", Surname},
	{"lastname", Surname},
	{"familyname", Surname},
	{"givenname", Given},
	{"firstname", Given},
	{"forename", Given},
	{"姓名", FullName},
	{"fullname", FullName},
	{"地址", Address},
	{"address", Address},
	{"street", Address},
	{"suburb", City},
	{"身份证", Number},
}

// ofHeader tells what a header says of its column.
func ofHeader(header string) Field {
	key := headerKey(header)
	if f, ok := words[key]; ok {
		return f
	}
	for _, p := range parts {
		if strings.Contains(key, p.part) {
			return p.field
		}
	}
	return Nothing
}

// headerKey is the letters and digits of a header.
func headerKey(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, table.Normal(header))
}
