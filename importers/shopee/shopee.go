// Package shopee describes the order export of Shopee's sellers in the markets'
// languages. It has one row for each line, with the order's amounts on each of
// them; the buyer's user name is plain and stays the same, the recipient is
// mostly masked. Where nothing tells a line's amount it is price × quantity.
package shopee

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format {
	return []*importers.Format{english(), taiwanese(), vietnamese(), thai(), indonesian(), brazilian()}
}

func format(id, locale, zone, currency, country string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: "shopee", Locale: locale, Zone: zone, Currency: currency, Country: country, Rows: importers.LinePerRow,
	}
}

// english is the export of the Philippines, Singapore and Malaysia, which share
// an hour. The currency stands in its headers.
func english() *importers.Format {
	f := format("shopee.orders", "en", "Asia/Singapore", "", "")
	f.ByCountry, f.Decimal = true, '.'
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Order ID"}},
		{Field: importers.OrderedAt, Headers: []string{"Order Creation Date"}},
		{Field: importers.PaidAt, Headers: []string{"Order Paid Time"}},
		{Field: importers.ShippedAt, Headers: []string{"Ship Time"}},
		{Field: importers.CompletedAt, Headers: []string{"Order Complete Time"}},
		{Field: importers.Status, Headers: []string{"Order Status"}},
		{Field: importers.AfterSale, Headers: []string{"Return / Refund Status"}},
		{Field: importers.BuyerNick, Headers: []string{"Username (Buyer)"}},
		{Field: importers.RecipientName, Headers: []string{"Receiver Name"}},
		{Field: importers.RecipientPhone, Headers: []string{"Phone Number"}},
		{Field: importers.Country, Headers: []string{"Country"}},
		{Field: importers.Province, Headers: []string{"Province", "Region"}},
		{Field: importers.City, Headers: []string{"City", "Town"}},
		{Field: importers.District, Headers: []string{"District"}},
		{Field: importers.Street, Headers: []string{"Delivery Address"}},
		{Field: importers.Postcode, Headers: []string{"Zip Code"}},
		{Field: importers.SKU, Headers: []string{"SKU Reference No.", "Parent SKU Reference No."}},
		{Field: importers.Product, Headers: []string{"Product Name"}},
		{Field: importers.Variant, Headers: []string{"Variation Name"}},
		{Field: importers.Quantity, Headers: []string{"Quantity"}},
		{Field: importers.UnitPrice, Headers: []string{"Deal Price", "Original Price"}},
		{Field: importers.LineAmount, Headers: []string{"Product Subtotal"}},
		{Field: importers.Paid, Headers: []string{
			"Grand Total", "Order Total Amount", "Total Amount", "Products' Price Paid by Buyer (" + importers.AnyCurrency + ")",
		}},
		{Field: importers.Message, Headers: []string{"Remark from buyer"}},
		{Field: importers.Memo, Headers: []string{"Note"}},
	}
	f.Distinctive = []string{
		"Username (Buyer)", "Return / Refund Status", "Order Creation Date", "Order Paid Time", "Order Complete Time",
		"Parent SKU Reference No.", "SKU Reference No.", "Deal Price", "Product Subtotal", "Remark from buyer",
		"Products' Price Paid by Buyer (" + importers.AnyCurrency + ")", "Bundle Deals Indicator(Y/N)", "Tracking Number*",
	}
	f.Others = []string{
		"Shipping Option", "Shipment Method", "Estimated Ship Out Date", "Total Discount(¤)", "Price Discount(from Seller)(¤)",
		"Shopee Rebate(¤)", "SKU Total Weight", "Number of Items in Order", "Order Total Weight", "Seller Voucher(¤)",
		"Seller Absorbed Coin Cashback", "Shopee Voucher(¤)", "Shopee Bundle Discount(¤)", "Seller Bundle Discount(¤)",
		"Shopee Coins Offset(¤)", "Credit Card Discount Total(¤)", "Products' Price Paid by Buyer (¤)", "Buyer Paid Shipping Fee",
		"Shipping Rebate Estimate", "Reverse Shipping Fee", "Service Fee", "Estimated Shipping Fee",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"Unpaid"},
		crm.StatusPaid:      {"To ship"},
		crm.StatusShipped:   {"Shipping", "Shipped", "To receive"},
		crm.StatusCompleted: {"Completed"},
		crm.StatusCancelled: {"Cancelled"},
	})
	return f
}

// taiwanese is the export of 蝦皮, which is locked with the last six digits of
// the shop's phone.
func taiwanese() *importers.Format {
	f := format("shopee.orders.tw", "zh-TW", "Asia/Taipei", "TWD", "TW")
	f.Decimal = '.'
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"訂單編號"}},
		{Field: importers.OrderedAt, Headers: []string{"訂單成立日期"}},
		{Field: importers.PaidAt, Headers: []string{"買家付款時間"}},
		{Field: importers.ShippedAt, Headers: []string{"實際出貨時間"}},
		{Field: importers.CompletedAt, Headers: []string{"訂單完成時間"}},
		{Field: importers.Status, Headers: []string{"訂單狀態"}},
		{Field: importers.AfterSale, Headers: []string{"退貨 / 退款狀態"}},
		{Field: importers.BuyerNick, Headers: []string{"買家帳號"}},
		{Field: importers.RecipientName, Headers: []string{"收件者姓名"}},
		{Field: importers.RecipientPhone, Headers: []string{
			"收件者電話", "收件者電話\n(若您是自行配送請使用後方蝦皮專線和包裹查詢碼聯繫買家)",
		}},
		{Field: importers.City, Headers: []string{"城市"}},
		{Field: importers.District, Headers: []string{"行政區"}},
		{Field: importers.Street, Headers: []string{"收件地址"}},
		{Field: importers.Postcode, Headers: []string{"郵遞區號"}},
		{Field: importers.SKU, Headers: []string{"商品選項貨號", "主商品貨號"}},
		{Field: importers.Product, Headers: []string{"商品名稱"}},
		{Field: importers.Variant, Headers: []string{"商品選項名稱"}},
		{Field: importers.Quantity, Headers: []string{"數量"}},
		{Field: importers.UnitPrice, Headers: []string{"商品活動價格", "商品原價"}},
		{Field: importers.Paid, Headers: []string{"買家總支付金額"}},
		{Field: importers.Message, Headers: []string{"買家備註"}},
		{Field: importers.Memo, Headers: []string{"備註"}},
	}
	f.Distinctive = []string{
		"買家帳號", "訂單成立日期", "買家總支付金額", "蝦皮補助運費", "蝦皮補貼金額", "蝦幣折抵", "蝦皮商品編碼 (商品ID_規格ID)",
		"主商品貨號", "商品選項貨號", "商品活動價格", "退貨 / 退款狀態", "收件者姓名", "取件門市店號", "賣家蝦幣回饋券", "不成立原因",
	}
	f.Others = append([]string{
		"熱門商品", "商品總價", "買家支付運費", "退貨運費", "銀行信用卡活動折抵", "優惠代碼", "賣家負擔優惠券", "賣家負擔蝦幣回饋券", "蝦皮負擔優惠券", "成交手續費", "其他服務費", "金流與系統處理費",
		"分期付款期數", "金流與系統處理費率", "成交手續費規則名稱", "商品ID", "規格ID", "退貨數量", "促銷組合指標", "蝦皮促銷組合折扣:促銷組合標籤",
		"蝦皮專線和包裹查詢碼 \n(請複製下方完整編號提供給您配合的物流商當做聯絡電話)", "寄送方式", "出貨方式", "備貨時間", "付款方式", "最晚出貨日期", "包裹查詢號碼",
	}, "賣場優惠券", "優惠券")
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"尚未付款"},
		crm.StatusPaid:      {"待出貨"},
		crm.StatusShipped:   {"運送中", "待收貨"},
		crm.StatusCompleted: {"已完成"},
		crm.StatusCancelled: {"不成立"},
	})
	f.AfterSales = importers.Words(map[crm.Status][]string{crm.StatusRefunded: {"已退款"}})
	return f
}

// vietnamese is the export of shopee.vn. Two of its headers differ in a capital
// alone: người mua's sum is the order's, Người mua's the line's. Where districts
// stood there are wards since 2025.
func vietnamese() *importers.Format {
	f := format("shopee.orders.vn", "vi", "Asia/Ho_Chi_Minh", "VND", "VN")
	f.Decimal = '.'
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"Mã đơn hàng"}},
		{Field: importers.OrderedAt, Headers: []string{"Ngày đặt hàng"}},
		{Field: importers.Status, Headers: []string{"Trạng Thái Đơn Hàng"}},
		{Field: importers.BuyerNick, Headers: []string{"Người Mua"}},
		{Field: importers.RecipientName, Headers: []string{"Tên Người nhận"}},
		{Field: importers.RecipientPhone, Headers: []string{"Số điện thoại"}},
		{Field: importers.Province, Headers: []string{"Tỉnh/Thành phố"}},
		{Field: importers.District, Headers: []string{"TP / Quận / Huyện", "Quận"}},
		{Field: importers.Street, Headers: []string{"Địa chỉ nhận hàng"}},
		{Field: importers.SKU, Headers: []string{"SKU phân loại hàng", "SKU sản phẩm"}},
		{Field: importers.Product, Headers: []string{"Tên sản phẩm"}},
		{Field: importers.Variant, Headers: []string{"Tên phân loại hàng"}},
		{Field: importers.Quantity, Headers: []string{"Số lượng"}},
		{Field: importers.UnitPrice, Headers: []string{"Giá ưu đãi"}},
		{Field: importers.LineAmount, Headers: []string{"Tổng số tiền Người mua thanh toán"}},
		{Field: importers.Paid, Headers: []string{"Tổng số tiền người mua thanh toán"}},
		{Field: importers.Message, Headers: []string{"Nhận xét từ Người mua"}},
		{Field: importers.Memo, Headers: []string{"Ghi chú"}},
	}
	f.Distinctive = []string{
		"Mã đơn hàng", "Mã Kiện Hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "SKU phân loại hàng", "Tên phân loại hàng", "Giá ưu đãi",
		"Tổng số tiền người mua thanh toán", "Người Mua", "Tên Người nhận", "Địa chỉ nhận hàng",
	}
	f.Others = []string{"Mã vận đơn", "Đơn Vị Vận Chuyển", "Ngày giao hàng dự kiến", "Phí vận chuyển mà người mua trả"}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"Chờ xác nhận"},
		crm.StatusPaid:      {"Chờ lấy hàng", "Chờ giao hàng"},
		crm.StatusShipped:   {"Đang giao"},
		crm.StatusDelivered: {"Đã giao"},
		crm.StatusCompleted: {"Hoàn thành"},
		crm.StatusCancelled: {"Đã hủy"},
	})
	return f
}

// thai is the export of shopee.co.th, where a status may be a whole sentence
// with a date.
func thai() *importers.Format {
	f := format("shopee.orders.th", "th", "Asia/Bangkok", "THB", "TH")
	f.Decimal = '.'
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"หมายเลขคำสั่งซื้อ"}},
		{Field: importers.OrderedAt, Headers: []string{"วันที่ทำการสั่งซื้อ"}},
		{Field: importers.PaidAt, Headers: []string{"เวลาการชำระสินค้า"}},
		{Field: importers.ShippedAt, Headers: []string{"เวลาส่งสินค้า"}},
		{Field: importers.Status, Headers: []string{"สถานะการสั่งซื้อ"}},
		{Field: importers.AfterSale, Headers: []string{"สถานะการคืนเงินหรือคืนสินค้า"}},
		{Field: importers.BuyerNick, Headers: []string{"ชื่อผู้ใช้ (ผู้ซื้อ)"}},
		{Field: importers.RecipientName, Headers: []string{"ชื่อผู้รับ"}},
		{Field: importers.RecipientPhone, Headers: []string{"หมายเลขโทรศัพท์"}},
		{Field: importers.Province, Headers: []string{"จังหวัด"}},
		{Field: importers.District, Headers: []string{"เขต/อำเภอ"}},
		{Field: importers.Street, Headers: []string{"ที่อยู่ในการจัดส่ง"}},
		{Field: importers.SKU, Headers: []string{"เลขอ้างอิง SKU (SKU Reference No.)", "เลขอ้างอิง Parent SKU"}},
		{Field: importers.Product, Headers: []string{"ชื่อสินค้า"}},
		{Field: importers.Variant, Headers: []string{"ชื่อตัวเลือก"}},
		{Field: importers.Quantity, Headers: []string{"จำนวน"}},
		{Field: importers.UnitPrice, Headers: []string{"ราคาขาย", "ราคาตั้งต้น"}},
		{Field: importers.LineAmount, Headers: []string{"ราคาขายสุทธิ"}},
		{Field: importers.Paid, Headers: []string{"จำนวนเงินทั้งหมด"}},
	}
	f.Distinctive = []string{
		"หมายเลขคำสั่งซื้อ", "สถานะการสั่งซื้อ", "ชื่อผู้ใช้ (ผู้ซื้อ)", "วันที่ทำการสั่งซื้อ", "เวลาการชำระสินค้า", "เลขอ้างอิง Parent SKU", "ราคาขายสุทธิ",
		"จำนวนเงินทั้งหมด", "ที่อยู่ในการจัดส่ง", "เขต/อำเภอ",
	}
	f.Others = []string{"ตัวเลือกการจัดส่ง", "*หมายเลขติดตามพัสดุ", "เหตุผลในการยกเลิกคำสั่งซื้อ"}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:          {"ยังไม่ชำระ"},
		crm.StatusPaid:             {"ที่ต้องจัดส่ง"},
		crm.StatusShipped:          {"การจัดส่ง"},
		crm.StatusDelivered:        {"จัดส่งสำเร็จแล้ว", "ผู้ซื้อได้รับสินค้าแล้ว…"},
		crm.StatusCompleted:        {"สำเร็จแล้ว"},
		crm.StatusCancelled:        {"ยกเลิกแล้ว"},
		crm.StatusRefundInProgress: {"คืนสินค้า/คืนเงิน"},
	})
	f.AfterSales = f.Statuses
	return f
}

// indonesian is the export of shopee.co.id. A point in its amounts groups
// thousands.
func indonesian() *importers.Format {
	f := format("shopee.orders.id", "id", "Asia/Jakarta", "IDR", "ID")
	f.Decimal = ','
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"No. Pesanan"}},
		{Field: importers.OrderedAt, Headers: []string{"Waktu Pesanan Dibuat"}},
		{Field: importers.CompletedAt, Headers: []string{"Waktu Pesanan Selesai"}},
		{Field: importers.Status, Headers: []string{"Status Pesanan"}},
		{Field: importers.BuyerNick, Headers: []string{"Username (Pembeli)"}},
		{Field: importers.RecipientName, Headers: []string{"Nama Penerima"}},
		{Field: importers.Province, Headers: []string{"Provinsi"}},
		{Field: importers.City, Headers: []string{"Kota/Kabupaten"}},
		{Field: importers.SKU, Headers: []string{"Nomor Referensi SKU"}},
		{Field: importers.Product, Headers: []string{"Nama Produk"}},
		{Field: importers.Quantity, Headers: []string{"Jumlah"}},
		{Field: importers.UnitPrice, Headers: []string{"Harga Setelah Diskon", "Harga Awal"}},
		{Field: importers.Paid, Headers: []string{"Total Pembayaran"}},
	}
	f.Distinctive = []string{
		"No. Pesanan", "Status Pesanan", "Username (Pembeli)", "Waktu Pesanan Dibuat", "Waktu Pesanan Selesai", "Nomor Referensi SKU",
		"Harga Setelah Diskon", "Harga Awal", "Total Pembayaran", "Nama Penerima", "No. Resi",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:   {"Belum dibayar"},
		crm.StatusPaid:      {"Perlu dikirim"},
		crm.StatusShipped:   {"Dikirim"},
		crm.StatusCompleted: {"Selesai"},
		crm.StatusCancelled: {"Dibatalkan"},
	})
	return f
}

// brazilian is the export of shopee.com.br. It names no sum of the order.
func brazilian() *importers.Format {
	f := format("shopee.orders.br", "pt-BR", "America/Sao_Paulo", "BRL", "BR")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"ID do pedido"}},
		{Field: importers.OrderedAt, Headers: []string{"Data de criação do pedido"}},
		{Field: importers.Status, Headers: []string{"Status do pedido"}},
		{Field: importers.BuyerNick, Headers: []string{"Nome de usuário (comprador)"}},
		{Field: importers.SKU, Headers: []string{"Número de referência SKU"}},
		{Field: importers.Product, Headers: []string{"Nome do Produto"}},
		{Field: importers.Quantity, Headers: []string{"Quantidade"}},
		{Field: importers.UnitPrice, Headers: []string{"Preço acordado"}},
	}
	f.Distinctive = []string{
		"ID do pedido", "Data de criação do pedido", "Nome de usuário (comprador)", "Número de referência SKU", "Preço acordado",
		"Taxa de comissão", "Taxa de serviço", "Cupom do vendedor",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusPending:          {"Não pago"},
		crm.StatusPaid:             {"A enviar"},
		crm.StatusShipped:          {"Enviado"},
		crm.StatusCompleted:        {"Concluído"},
		crm.StatusCancelled:        {"Cancelado"},
		crm.StatusRefundInProgress: {"Devolução/Reembolso"},
	})
	return f
}
