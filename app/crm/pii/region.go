package pii

import "strings"

// regionNames are countries as exports spell them out, folded, for the
// numbering plan of a phone. What is not here is not guessed.
var regionNames = map[string]string{
	"中国": "CN", "中国大陆": "CN", "中华人民共和国": "CN", "china": "CN", "mainland china": "CN",
	"香港": "HK", "中国香港": "HK", "hong kong": "HK", "hong kong sar": "HK",
	"澳门": "MO", "中国澳门": "MO", "macau": "MO", "macao": "MO",
	"台湾": "TW", "臺灣": "TW", "台灣": "TW", "中国台湾": "TW", "taiwan": "TW",
	"日本": "JP", "japan": "JP", "韩国": "KR", "south korea": "KR", "korea": "KR", "republic of korea": "KR",
	"新加坡": "SG", "singapore": "SG", "马来西亚": "MY", "malaysia": "MY", "泰国": "TH", "thailand": "TH",
	"越南": "VN", "vietnam": "VN", "viet nam": "VN", "菲律宾": "PH", "philippines": "PH",
	"印度尼西亚": "ID", "indonesia": "ID", "印度": "IN", "india": "IN",
	"美国": "US", "united states": "US", "united states of america": "US", "usa": "US",
	"加拿大": "CA", "canada": "CA", "墨西哥": "MX", "mexico": "MX", "méxico": "MX",
	"巴西": "BR", "brazil": "BR", "brasil": "BR", "阿根廷": "AR", "argentina": "AR", "智利": "CL", "chile": "CL",
	"哥伦比亚": "CO", "colombia": "CO", "秘鲁": "PE", "peru": "PE", "perú": "PE",
	"英国": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "uk": "GB",
	"爱尔兰": "IE", "ireland": "IE", "eire": "IE", "法国": "FR", "france": "FR", "德国": "DE", "germany": "DE", "deutschland": "DE",
	"西班牙": "ES", "spain": "ES", "españa": "ES", "葡萄牙": "PT", "portugal": "PT", "意大利": "IT", "italy": "IT", "italia": "IT",
	"荷兰": "NL", "netherlands": "NL", "the netherlands": "NL", "比利时": "BE", "belgium": "BE", "瑞士": "CH", "switzerland": "CH",
	"奥地利": "AT", "austria": "AT", "österreich": "AT", "波兰": "PL", "poland": "PL", "瑞典": "SE", "sweden": "SE",
	"挪威": "NO", "norway": "NO", "丹麦": "DK", "denmark": "DK", "芬兰": "FI", "finland": "FI",
	"俄罗斯": "RU", "russia": "RU", "russian federation": "RU", "土耳其": "TR", "turkey": "TR", "türkiye": "TR",
	"以色列": "IL", "israel": "IL", "阿联酋": "AE", "united arab emirates": "AE", "沙特阿拉伯": "SA", "saudi arabia": "SA",
	"南非": "ZA", "south africa": "ZA", "澳大利亚": "AU", "australia": "AU", "新西兰": "NZ", "new zealand": "NZ",
}

// CountryCode returns the code of ISO 3166 for a country as an export writes it,
// "" if it is not known.
func CountryCode(country string) string {
	name := Fold(strings.TrimSpace(country))
	if region, ok := regionNames[name]; ok {
		return region
	}
	if len(name) == 2 && 'a' <= name[0] && name[0] <= 'z' && 'a' <= name[1] && name[1] <= 'z' {
		return strings.ToUpper(name)
	}
	return ""
}
