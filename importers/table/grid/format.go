package grid

import "strings"

// IsDateFormat says whether a number format shows a date or a time: a built-in one
// by its number, one of the workbook's own by its code (ECMA-376 part 1, 18.8.30 and
// 18.8.31). A length of time such as [h]:mm is none: it may exceed a day.
func IsDateFormat(id int, code string) bool {
	if code == "" {
		switch {
		case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58:
			return true
		}
		return false
	}
	first, _, _ := strings.Cut(code, ";") // the section of positive numbers
	for i := 0; i < len(first); i++ {
		switch c := first[i] | 0x20; {
		case first[i] == '"':
			end := strings.IndexByte(first[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case first[i] == '[':
			end := strings.IndexByte(first[i:], ']')
			if end < 0 {
				return false
			}
			switch inside := strings.ToLower(first[i+1 : i+end]); inside {
			case "h", "hh", "m", "mm", "s", "ss":
				return false
			}
			i += end
		case first[i] == '\\', first[i] == '_', first[i] == '*':
			i++
		case (c == 'g' || c == 'e') && strings.HasPrefix(strings.ToLower(first[i:]), "general"):
			return false
		case c == 'e' && i+1 < len(first) && (first[i+1] == '+' || first[i+1] == '-'):
			return false
		case c == 'y', c == 'm', c == 'd', c == 'h', c == 's', c == 'e', strings.HasPrefix(first[i:], "年"), strings.HasPrefix(first[i:], "月"):
			return true
		}
	}
	return false
}
