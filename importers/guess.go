package importers

import (
	"strings"
	"unicode"

	"kebu/importers/table"
)

// guessWords are headers that tables of no known format often have, in the
// form of guessKey. They outrank those of the formats.
var guessWords = map[Field][]string{
	OrderNo:        {"订单号", "订单编号", "單號", "訂單編號", "訂單號", "訂單號碼", "单号", "orderid", "orderno", "ordernumber", "order", "invoice", "invoiceno", "invoicenumber", "bestellnummer"},
	LineNo:         {"子订单号", "子訂單編號", "lineid", "lineno", "itemid"},
	OrderedAt:      {"下单时间", "下单日期", "订单日期", "订单时间", "日期", "时间", "成交时间", "下單時間", "訂單日期", "訂單成立日期", "date", "orderdate", "ordertime", "createdat", "created", "invoicedate", "purchasedate"},
	PaidAt:         {"付款时间", "支付时间", "付款日期", "付款時間", "paidat", "paymentdate", "paymenttime"},
	ShippedAt:      {"发货时间", "发货日期", "出貨時間", "shippedat", "shipdate"},
	CompletedAt:    {"完成时间", "完成時間", "completedat"},
	Status:         {"状态", "订单状态", "狀態", "訂單狀態", "status", "orderstatus", "state"},
	AfterSale:      {"售后状态", "退款状态", "退款狀態", "refundstatus"},
	BuyerID:        {"买家id", "客户编号", "客户id", "会员号", "会员编号", "顧客編號", "customerid", "buyerid", "clientid", "userid", "memberid", "customerno"},
	BuyerNick:      {"昵称", "买家昵称", "会员名", "账号", "买家账号", "買家帳號", "暱稱", "nickname", "username", "buyerusername", "account"},
	BuyerName:      {"买家姓名", "客户姓名", "客户", "客户名称", "買家姓名", "顧客", "顧客姓名", "customer", "customername", "buyer", "buyername", "clientname"},
	BuyerPhone:     {"买家电话", "买家手机", "客户电话", "客户手机", "買家電話", "customerphone", "buyerphone"},
	BuyerEmail:     {"邮箱", "电子邮箱", "电子邮件", "信箱", "電子郵件", "email", "emailaddress", "customeremail", "buyeremail"},
	RecipientName:  {"姓名", "收货人", "收件人", "收件人姓名", "收貨人", "名字", "name", "recipient", "recipientname", "shipto", "shiptoname", "fullname"},
	RecipientPhone: {"手机", "手机号", "电话", "联系电话", "联系方式", "收货人电话", "收件人电话", "手機", "電話", "收件人電話", "phone", "mobile", "tel", "telephone", "phonenumber", "recipientphone", "shippingphone"},
	Country:        {"国家", "國家", "国家地区", "country", "shipcountry"},
	Province:       {"省", "省份", "州", "province", "state/province", "region", "county"},
	City:           {"市", "城市", "縣市", "city", "town", "shipcity"},
	District:       {"区", "区县", "地区", "區", "鄉鎮市區", "district"},
	Address:        {"地址", "收货地址", "收件地址", "收貨地址", "address", "shippingaddress", "deliveryaddress"},
	Street:         {"街道", "详细地址", "詳細地址", "street", "address1", "streetaddress"},
	Postcode:       {"邮编", "邮政编码", "郵遞區號", "zip", "zipcode", "postcode", "postalcode"},
	SKU:            {"货号", "商品编码", "编码", "商品编号", "貨號", "商品編號", "sku", "stockcode", "itemcode", "productcode", "productid", "asin"},
	Product:        {"商品", "商品名称", "商品名", "品名", "产品", "产品名称", "宝贝", "商品名稱", "產品", "product", "productname", "item", "itemname", "description", "title"},
	Variant:        {"规格", "款式", "颜色尺码", "規格", "variant", "variation", "option", "size"},
	Quantity:       {"数量", "件数", "购买数量", "數量", "件數", "qty", "quantity", "units", "pieces"},
	UnitPrice:      {"单价", "价格", "單價", "價格", "price", "unitprice", "itemprice"},
	LineAmount:     {"小计", "商品金额", "小計", "amount", "linetotal", "subtotal", "itemtotal"},
	Paid:           {"实付", "实付金额", "实收", "付款金额", "支付金额", "订单金额", "总价", "总额", "合计", "金额", "實付金額", "付款金額", "訂單金額", "總金額", "總價", "金額", "paid", "total", "ordertotal", "totalamount", "grandtotal", "totalpaid"},
	Refund:         {"退款", "退款金额", "退款金額", "refund", "refunded", "refundamount"},
	Currency:       {"币种", "货币", "幣別", "貨幣", "currency", "currencycode"},
	Message:        {"留言", "买家留言", "買家留言", "message", "buyermessage", "customernote", "buyernote"},
	Memo:           {"备注", "卖家备注", "商家备注", "備註", "賣家備註", "memo", "note", "notes", "remark", "remarks", "comment"},
}

// guesses are guessWords by word.
var guesses = func() map[string]Field {
	m := map[string]Field{}
	for _, f := range Fields() {
		for _, w := range guessWords[f] {
			m[guessKey(w)] = f
		}
	}
	return m
}()

// Guess tells which field each of a table's headers is likely to mean, 0 where
// it does not tell: by words that tables often have, then by the headers of
// formats. A field is given to the first header that may mean it.
func Guess(headers []string, formats []*Format) []Field {
	known := map[string]Field{}
	for _, f := range formats {
		for _, c := range f.Columns {
			for _, h := range c.Headers {
				if key := guessKey(h); known[key] == 0 {
					known[key] = c.Field
				}
			}
		}
	}
	list := make([]Field, len(headers))
	var given [fieldCount]bool
	for i, h := range headers {
		key := guessKey(h)
		f := guesses[key]
		if f == 0 {
			f = known[key]
		}
		if f != 0 && !given[f] {
			given[f], list[i] = true, f
		}
	}
	return list
}

// guessKey is a header as guesses compare it: its letters and digits alone.
func guessKey(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, table.Normal(header))
}
