package pii

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// compoundSurnames are the surnames of two characters still borne, simplified
// and traditional.
const compoundSurnames = " 欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 司空 司寇 东方 東方 夏侯 尉迟 尉遲 皇甫 公孙 公孫" +
	" 慕容 令狐 宇文 长孙 長孫 独孤 獨孤 南宫 南宮 端木 轩辕 軒轅 钟离 鍾離 闻人 聞人 赫连 赫連 呼延 申屠 太史 澹台 澹臺" +
	" 濮阳 濮陽 淳于 单于 單于 公冶 公羊 公西 宗政 鲜于 鮮于 闾丘 閭丘 亓官 百里 拓跋 万俟 西门 西門 第五 梁丘 左丘 东郭 東郭" +
	" 南门 南門 东门 東門 谷梁 穀梁 段干 巫马 巫馬 漆雕 乐正 樂正 壤驷 壤駟 仲孙 仲孫 羊舌 微生 纳兰 納蘭 完颜 完顏 叶赫 葉赫 太叔 即墨 公良 宰父 颛孙 顓孫 子车 子車 相里 南荣 南榮 "

// MaskName shows the surname of a Chinese name, also a compound one, with two
// asterisks: 张**, 欧阳**; and of any other name the initials of its first four
// words with three: J*** S***. Of a name of one character nothing is shown,
// and never a digit: people write phone numbers there.
func MaskName(s string) string {
	s = strings.TrimSpace(norm.NFKC.String(s))
	letters := []rune(s)
	switch {
	case s == "":
		return ""
	case len(letters) == 1:
		return "*"
	case isSyllable(letters[0]):
		return surname(letters) + "**"
	default:
		return initials(s)
	}
}

// Surname returns the surname of a name that is written with the surname first
// and without spaces, as Chinese ones are: 张 of 张伟, 欧阳 of 欧阳修; "" for other
// names and for one of a single character.
func Surname(s string) string {
	letters := []rune(strings.TrimSpace(norm.NFKC.String(s)))
	if len(letters) < 2 || !isSyllable(letters[0]) || strings.ContainsAny(s, " \t") {
		return ""
	}
	return surname(letters)
}

// isSyllable reports whether r is of a script whose names are written surname
// first and without spaces: Chinese, Japanese, Korean.
func isSyllable(r rune) bool {
	return isHan(r) || unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// surname returns the surname of a name of two characters or more. A given
// name must be left to hide.
func surname(letters []rune) string {
	if len(letters) > 2 && isHan(letters[2]) && strings.Contains(compoundSurnames, " "+string(letters[:2])+" ") {
		return string(letters[:2])
	}
	return string(letters[0])
}

func initials(s string) string {
	const most = 4
	var b strings.Builder
	words := 0
	for word := range strings.FieldsSeq(s) {
		word = strings.TrimLeftFunc(word, func(r rune) bool { return !isWordRune(r) })
		if word == "" || words == most {
			continue
		}
		if words > 0 {
			b.WriteByte(' ')
		}
		words++
		if first := []rune(word)[0]; unicode.IsLetter(first) {
			b.WriteRune(first)
		}
		b.WriteString("***")
	}
	if words == 0 {
		return "*"
	}
	return b.String()
}
