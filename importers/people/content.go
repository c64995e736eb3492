package people

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/pii"
)

// sampled is how many values of a column are looked at.
const sampled = 200

// addressWords stand in Chinese addresses.
var addressWords = regexp.MustCompile(`[省市区縣县區].*[路街道巷弄村镇乡鎮鄉號号栋幢室]|[路街巷弄].*\d+[號号]`)

// residentNumber is the number of a mainland resident: place, birthday, serial
// number, check character.
var residentNumber = regexp.MustCompile(`^[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)

// ofContent tells what the values of a column look like: nine in ten of those
// that are not blank.
func ofContent(values []string) Field {
	tests := []struct {
		field Field
		is    func(string) bool
	}{
		{Email, func(s string) bool { return pii.LooksLikeEmail(s) || pii.Masked(s) && strings.Contains(s, "@") }},
		{Number, residentNumber.MatchString},
		{Phone, looksLikePhone},
		{Address, func(s string) bool { return utf8.RuneCountInString(s) >= 6 && addressWords.MatchString(s) }},
		{FullName, looksLikeChineseName},
	}
	var counts [fieldCount]int
	filled := 0
	for _, v := range values {
		if v == "" {
			continue
		}
		if filled++; filled > sampled {
			break
		}
		for _, t := range tests {
			if t.is(v) {
				counts[t.field]++
				break
			}
		}
	}
	const most, of = 9, 10
	for _, t := range tests {
		if filled > 0 && counts[t.field]*of >= min(filled, sampled)*most {
			return t.field
		}
	}
	return Nothing
}

func looksLikePhone(s string) bool {
	if pii.Masked(s) {
		shown := strings.Trim(strings.ToLower(s), "*x-+ 0123456789")
		return shown == "" && strings.ContainsAny(s, "0123456789") && len(s) >= 8
	}
	_, full := pii.Phone(s, "")
	return full
}

// looksLikeChineseName: two to four characters, or a surname with asterisks.
func looksLikeChineseName(s string) bool {
	letters := []rune(s)
	if len(letters) < 2 || len(letters) > 4 || !unicode.Is(unicode.Han, letters[0]) {
		return false
	}
	for _, r := range letters[1:] {
		if !unicode.Is(unicode.Han, r) && !pii.Masked(string(r)) {
			return false
		}
	}
	return surnames[letters[0]] || len(letters) > 2 && pii.Surname(s) != string(letters[0])
}

// surnames are the 200 most common of one character, simplified and traditional.
var surnames = func() map[rune]bool {
	m := make(map[rune]bool)
	for _, r := range "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
		"常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝" +
		"張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇魏呂盧鍾譚陸範賈韋鄒薛閻龍陶賀顧龔邵萬錢嚴湯溫齊喬龐顏莊聶魯歐關蘭寧紀單塗藍華饒陽時農簡車項連蘆麥婁竇黨宮費衛應閔鄔邊師榮叢鞏遲鄺" {
		m[r] = true
	}
	return m
}()
