package region

import "strings"

// zones are the ends of the names of development zones by their first
// character, longest first, with how many characters may stand before them.
var zones = func() map[rune][]zoneEnd {
	ends := make(map[rune][]zoneEnd)
	for _, z := range []struct {
		most int
		ends string
	}{
		{2, "工业园区 产业园区 航空港区 政务区 新站区"},
		{4, "新区 保税港区 保税区 管理区 风景名胜区 风景区"},
		{6, "高新技术产业开发区 高新技术产业园区 高新技术开发区 高新区 经济技术开发区 经济开发区 经开区 新技术开发区 开发区 示范区 度假区 合作区"},
		{8, "经济综合实验区 综合实验区 实验区"},
	} {
		for end := range strings.FieldsSeq(z.ends) {
			letters := []rune(end)
			ends[letters[0]] = append(ends[letters[0]], zoneEnd{letters, z.most})
		}
	}
	return ends
}()

type zoneEnd struct {
	text []rune
	most int
}

// zone returns where the name of a development zone at letter i ends, i if none
// begins there. Without a city it may stand behind a province.
func (t *text) zone(i int, m *match) int {
	if m.province == none || m.district != none {
		return i
	}
	const most = 8
	for before := 0; before <= most && i+before < t.n; before++ {
		if before > 0 && (t.gap[i+before] || strings.ContainsRune("路街道巷弄号村镇乡", t.letters[i+before-1]) || t.letters[i+before-1] < 0x80) {
			return i
		}
		for _, z := range zones[t.letters[i+before]] {
			if before <= z.most && t.has(i+before, z.text) {
				return i + before + len(z.text)
			}
		}
	}
	return i
}

// named returns where the word at letter i ends, if it stands by itself and
// ends as the name of a district: one that is not in the table.
func (t *text) named(i int, m *match) int {
	const shortest, most = 2, 10
	if m.city == none || !t.gap[i] {
		return i
	}
	end := i
	for end < t.n && (end == i || !t.gap[end]) {
		end++
	}
	if end-i < shortest || end-i > most || !t.gap[end] || !theTable().divisions[m.city].parted {
		return i
	}
	switch t.letters[end-1] {
	case '区', '县', '旗':
		return end
	default:
		return i
	}
}
