package taobao_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kebu/importers/importertest"
)

// The headers of the seller centre's three reports, as of 2024.
var (
	orderHeaders = []any{
		"订单编号", "支付单号", "支付详情", "买家应付货款", "买家应付邮费", "总金额", "返点积分", "买家实付金额", "买家实付积分",
		"订单状态", "买家留言", "订单创建时间", "订单付款时间", "商品标题", "宝贝种类", "物流单号", "物流公司", "备注标签", "商家备注",
		"宝贝总数量", "店铺ID", "店铺名称", "商品属性SKU", "确认收货时间", "确认收货打款金额", "买家支付积分", "总金额(旧版)",
	}
	itemHeaders = []any{
		"子订单编号", "主订单编号", "商品标题", "商品价格", "购买数量", "外部系统编号", "商品属性", "套餐信息", "联系方式备注", "订单状态",
		"商家编码", "支付单号", "买家应付货款", "买家实付金额", "退款状态", "退款金额", "订单创建时间", "订单付款时间", "发货时间", "应发货时间",
		"淘鲜达渠道", "飞猪购订单信息", "免单资格", "免单金额", "百亿补贴超链订单信息", "超链半托管订单信息", "商品ID", "分阶段信息", "备注标签",
		"商家备注", "主订单买家留言", "物流单号", "物流公司", "是否主动赔付", "主动赔付金额", "主动赔付出账时间",
	}
	deliveryHeaders = []any{"订单编号", "收货人姓名", "联系手机", "收货地址"}
)

// TestWriteWorkbook writes qianniu-2024.xlsx anew under -update: the three
// reports of one shop, with dates as text and as dates, a sum at the end, an
// order number that was typed as a number, a note sheet and a hidden sheet.
func TestWriteWorkbook(t *testing.T) {
	if !*importertest.Update {
		return // the workbook that is committed is what TestExports reads
	}
	f := excelize.NewFile()
	put := func(sheet string, rows ...[]any) {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	const first, second, third, fourth = "4100000000000000001", "4100000000000000002", "4100000000000000003", "4100000000000000004"
	put("订单报表",
		orderHeaders,
		order(first, 120.0, "交易成功", "2026-06-01 10:00:00", "茶壶，茶杯", 3, "2026-06-10 10:00:00"),
		order(second, 88.8, "买家已付款，等待卖家发货", time.Date(2026, 6, 2, 9, 30, 0, 0, time.UTC), "茶壶", 1, ""),
		order(third, 0.0, "交易关闭", "2026-06-03 11:00:00", "茶壶", 1, ""),
		order(fourth, 40.0, "交易成功", "2026-06-04 11:00:00", "茶杯", 2, "2026-06-09 11:00:00"),
		order(4100000000000000512.0, 40.0, "交易成功", "2026-06-05 11:00:00", "茶杯", 2, ""),
		[]any{"合计", nil, nil, nil, nil, nil, nil, 288.8},
	)
	put("销售明细",
		itemHeaders,
		item("4100000000000000101", first, "茶壶", 80.0, 1, 78.0, "交易成功", "没有申请退款", "无退款申请"),
		item("4100000000000000103", third, "茶壶", 169.0, 1, 0.0, "交易关闭", "退款成功", 169.0),
		item("4100000000000000102", first, "茶杯", 21.0, 2, 42.0, "交易成功", "退款成功", 42.0),
		item("4100000000000000104", fourth, "茶杯", 20.00001, 2, 40.0, "交易成功", "", ""),
	)
	put("发货报表",
		deliveryHeaders,
		[]any{first, "茶小白", "13000000051", "福建省 厦门市 思明区 示例路51号 "},
		[]any{second, "茶小红", 13000000052.0, "茶小红，86-13000000052，福建省 厦门市 思明区 示例路52号 ，"},
		[]any{fourth, "茶**", "130****0053", "福建省 厦门市 **** ****"},
		[]any{"4100000000000000009", "", "", "茶小青，86-13000000059-1234，福建省 厦门市 思明区 示例路59号 ，"},
	)
	put("说明", []any{"本文件由示例小店导出"})
	put("旧数据", orderHeaders, order("4100000000000000099", 1.0, "交易成功", "2020-01-01 00:00:00", "旧茶壶", 1, ""))
	if err := f.SetSheetVisible("旧数据", false); err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(filepath.Join(exports, "qianniu-2024.xlsx")); err != nil {
		t.Fatal(err)
	}
}

func order(number any, paid float64, status string, placed any, title string, pieces int, done string) []any {
	row := make([]any, len(orderHeaders))
	for header, value := range map[string]any{
		"订单编号": number, "买家应付货款": paid, "总金额": paid, "买家实付金额": paid, "订单状态": status, "订单创建时间": placed,
		"订单付款时间": placed, "商品标题": title, "宝贝总数量": pieces, "确认收货时间": done, "店铺名称": "示例小店",
	} {
		row[column(orderHeaders, header)] = value
	}
	return row
}

func item(line, number, title string, price float64, pieces int, paid float64, status, refund string, refunded any) []any {
	row := make([]any, len(itemHeaders))
	for header, value := range map[string]any{
		"子订单编号": line, "主订单编号": number, "商品标题": title, "商品价格": price, "购买数量": pieces, "商家编码": "T-" + line[len(line)-2:],
		"买家应付货款": price * float64(pieces), "买家实付金额": paid, "订单状态": status, "退款状态": refund, "退款金额": refunded,
		"订单创建时间": "2026-06-01 10:00:00", "应发货时间": "子订单A： 2026-06-03 22:17前",
	} {
		row[column(itemHeaders, header)] = value
	}
	return row
}

func column(headers []any, header string) int {
	for i, h := range headers {
		if h == header {
			return i
		}
	}
	panic("no header " + header)
}
