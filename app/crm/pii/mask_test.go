package pii_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/pii"
)

// masks are all masks, with the most that each may show of a value: letters
// and digits, of which so many may be digits.
var masks = []struct {
	name          string
	mask          func(string) string
	shown, digits int
}{
	{"name", pii.MaskName, 4, 0},
	{"phone", pii.MaskPhone, 6, 6}, // an area code of four and the last two
	{"nick", pii.MaskNick, 6, 6},   // one that is a phone is masked as that
	{"id", pii.MaskID, 2, 2},
	{"bank card", pii.MaskBankCard, 6, 6},
	{"order number", pii.MaskOrderNumber, 6, 6},
	{"birthday", pii.MaskBirthday, 4, 4},
	{"birth year", pii.MaskBirthYear, 4, 4},
}

func TestMasks(t *testing.T) {
	tests := map[string]struct {
		mask  func(string) string
		cases map[string]string
	}{
		"name": {pii.MaskName, map[string]string{
			"": "", " ": "", "张伟": "张**", "张伟强": "张**", " 张 伟 ": "张**", "欧阳娜娜": "欧阳**", "歐陽娜": "歐陽**", "欧阳": "欧**", "太叔云": "太叔**", "顓孫": "顓**", "诸葛 亮": "诸**",
			"李": "*", "J": "*", "John Smith": "J*** S***", "  mary-ann  o'Neil": "m*** o***", "Ｊohn": "J***",
			"Maria da Silva dos Santos": "M*** d*** S*** d***", "Иван Петров": "И*** П***", "김철수": "김**", "たなか はな": "た**",
			"迪丽热巴·迪力木拉提": "迪**", "王○○": "王**", "S****** s***": "S*** s***", "张伟13800001234": "张**", "13800001234": "***",
			"(Ann) Lee": "A*** L***", "--": "*", "--- ---": "*", "David 王": "D*** 王***",
		}},
		"phone": {pii.MaskPhone, map[string]string{
			"": "", "13800005678": "*******5678", "+86 138-0000-5678": "*******5678", "8613800005678": "*******5678", "0086 13800005678": "*******5678",
			"１３８００００５６７８": "*******5678", "13800001234-1234": "*******1234-****", "13800001234转5678": "*******1234-****",
			"13800001234,5678": "*******1234-****", "13800001234 分机 56": "*******1234-****", "13800005678（妈妈）": "*******5678",
			"13800005678/13900001234": "*******5678", "'13800005678": "*******5678",
			"0571-88880042": "0571-******42", "(0571) 88880042": "0571-******42", "057188880042": "0571-******42", "010-88880042": "010-******42",
			"02188880042": "021-******42", "0571-88880042-801": "0571-******42-****", "88880042": "******42",
			"+49 171 3920017": "+49 ******17", "0049 171 3920017": "+49 ******17", "+1 202-555-0143": "+1 ******43", "202-555-0143": "******43",
			"+1 202 555 0143 x12": "+1 ******43-****", "+852 5500 0017": "+852 ******17", "07700 900123": "******23", "+86 571 8888 0042": "+86 ******42",
			"+44 12345": "****", "110": "****", "95588": "****", "none": "****", strings.Repeat("1,", 200): "****", "400-000-1234": "******34",
			"138****5678": "*******5678", "1******1234": "*******1234", "1380000****": "*******", "(+60)123****89": "*******89", "09********": "*******",
			"138xxxx1234": "*******1234", "$$abcdefgh123456": "*******3456",
		}},
		"email": {pii.MaskEmail, map[string]string{
			"": "", "alice@qq.example.test": "a***@qq.example.test", "ab@example.test": "***@example.test", "a@example.test": "***@example.test",
			" Bob@Example.test ": "B***@Example.test", "张三丰@例子.测试": "张***@例子.测试", "no address": "****", "x@localhost": "****",
			"Ann <ann@example.test>": "****", "ann@example.test, bob@example.test": "****", "a***@example.test": "a***@example.test",
		}},
		"nick": {pii.MaskNick, map[string]string{
			"": "", "tb12345_8": "t***8", "青山见我": "青***我", "ab": "***", "a": "***", "abc": "a***c",
			"13800005678": "*******5678", "alice@example.test": "a***@example.test", "13800005678_p": "*******5678",
		}},
		"address": {pii.MaskAddress, map[string]string{
			"": "", "浙江省杭州市西湖区文三路1号2幢301室": "浙江省杭州市西湖区****", "浙江省 杭州市 西湖区 文三路 1 号": "浙江省杭州市西湖区****",
			"浙江省杭州市西湖区": "浙江省杭州市西湖区", "北京市朝阳区建国路1号": "北京市朝阳区****", "上海上海市浦东新区世纪大道1号": "上海上海市浦东新区****",
			"江苏省苏州市昆山市某某路": "江苏省苏州市昆山市****", "广东省东莞市东城街道1号": "广东省东莞市****", "浙江省杭州市幸福小区3幢": "浙江省杭州市****",
			"内蒙古自治区呼伦贝尔市鄂温克族自治旗某镇": "内蒙古自治区呼伦贝尔市鄂温克族自治旗****", "云南省西双版纳傣族自治州景洪市某路": "云南省西双版纳傣族自治州景洪市****",
			"香港特别行政区九龙某街": "香港特别行政区****", "浙江省永辉超市旁": "浙江省****", "杭州市西湖区文三路": "****", "1 Main Street, Springfield": "****",
			"张伟 浙江省杭州市": "****",
		}},
		"id": {pii.MaskID, map[string]string{
			"": "", "310000190001010012": "3****************2", "E12345678": "E*******8", "12345": "1***5", "1234": "****",
			strings.Repeat("1", 30): "1****************1",
		}},
		"bank card": {pii.MaskBankCard, map[string]string{
			"": "", "6222000000006688": "**** 6688", "6222 0000 0000 6688": "**** 6688", "6688": "****",
			"alice@example.test": "a***@example.test", "13800005678": "*******5678",
		}},
		"order number": {pii.MaskOrderNumber, map[string]string{
			"": "", "1234567890203311": "...203311", "#1001": "...01", "7": "...", "1234567": "...234567",
		}},
		"birthday": {pii.MaskBirthday, map[string]string{
			"": "", "1990-05-20": "1990-**-**", "19900520": "1990-**-**", "1990年5月20日": "1990-**-**", "05-20": "****-**-**", "born in May": "****-**-**",
		}},
		"birth year": {pii.MaskBirthYear, map[string]string{
			"": "", "1990-05-20": "****-05-20", "19900520": "****-05-20", "1990年5月2日": "****-05-02", "5/20": "****-05-20",
			"1990/5/20 00:00:00": "****-05-20", "1990-13-40": "****-**-**", "1990": "****-**-**",
		}},
	}
	for name, test := range tests {
		for value, want := range test.cases {
			if got := test.mask(value); got != want {
				t.Errorf("%s: %q is masked as %q, want %q", name, value, got, want)
			}
		}
	}
}

var maskSeeds = []string{
	"", "张伟", "欧阳娜娜", "John Smith", "13800005678", "+49 171 3920017", "0571-88880042-801", "13800001234转5678", "alice@example.test",
	"浙江省杭州市西湖区文三路1号", "310000190001010012", "1990-05-20", "#1001", "\xff\xfe", "٠١٢٣٤٥٦٧٨٩", "a@b.c@d.e", "1 2 3 4 5 6 7 8 9",
}

// Whatever is in a column, a mask shows no more than it may.
func FuzzMasksShowNoMore(f *testing.F) {
	const seeds = 17
	if len(maskSeeds) != seeds {
		f.Fatalf("%d seeds", len(maskSeeds))
	}
	for _, s := range maskSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		blank := strings.TrimSpace(value) == ""
		for _, m := range masks {
			masked := m.mask(value)
			if (masked == "") != blank {
				t.Fatalf("%s: %q is masked as %q", m.name, value, masked)
			}
			if at := strings.IndexByte(masked, '@'); at >= 0 {
				masked = masked[:at]
			}
			if shown, digits := count(masked); shown > m.shown || digits > m.digits {
				t.Fatalf("%s: %q is masked as %q, which shows %d letters and digits", m.name, value, masked, shown)
			}
		}
		local, _, _ := strings.Cut(pii.MaskEmail(value), "@")
		if shown, _ := count(local); shown > 1 {
			t.Fatalf("%q is masked as %q", value, local)
		}
		address := pii.MaskAddress(value)
		if _, digits := count(address); digits > 0 {
			t.Fatalf("%q is masked as %q", value, address)
		}
		if shown := strings.TrimSuffix(address, "****"); utf8.RuneCountInString(shown) > 40 {
			t.Fatalf("%q is masked as %q", value, address)
		}
	})
}

// count counts the letters and digits that a mask shows, and the digits among
// them.
func count(mask string) (shown, digits int) {
	for _, r := range mask {
		if unicode.IsNumber(r) {
			digits++
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			shown++
		}
	}
	return shown, digits
}
