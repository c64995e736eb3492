package pii

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// chineseDistrict finds province, city and district at the start of a Chinese
// address. Only an address that begins with one of the 34 provinces is read:
// elsewhere 市 and 区 also end the names of markets and estates.
var chineseDistrict = regexp.MustCompile(`^(?:中国)?` +
	`(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)` +
	`(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)?`)

// districtLevels are the levels below: city, then district. A city has at most
// nine characters before its last, a district eight.
var districtLevels = []*regexp.Regexp{
	regexp.MustCompile(`^\p{Han}{1,9}?(?:自治州|地区|市|盟)`),
	regexp.MustCompile(`^\p{Han}{1,8}?(?:自治县|自治旗|新区|[区县旗市])`),
}

// belowDistrict are characters of streets, villages and buildings, and the
// endings of estates and markets: a name that has one is no city or district.
var belowDistrict = regexp.MustCompile(`[路街道巷弄号村乡镇屯楼栋幢室组园]|[小社校厂营景片库]区$|[超门菜夜股都]市$`)

// MaskAddress shows a Chinese address down to its district, without spaces:
// 浙江省杭州市西湖区****. Of an address that does not begin with a province
// nothing is shown; where the export gives the parts apart, show those.
func MaskAddress(s string) string {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), "")
	if s == "" {
		return ""
	}
	end := len(chineseDistrict.FindString(s))
	if end == 0 {
		return hidden
	}
	for _, level := range districtLevels {
		name := level.FindString(s[end:])
		if name == "" || belowDistrict.MatchString(name) {
			continue
		}
		end += len(name)
	}
	if end == len(s) {
		return s
	}
	return s[:end] + hidden
}
