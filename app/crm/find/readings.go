package find

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kebu/app/crm/han"
)

//go:embed readings.txt
var readingsText string

// surnames gives the reading of a character that is read otherwise in a
// surname, which comes first in a name.
const surnames = "曾zeng 单shan 解xie 仇qiu 区ou 任ren 华hua 查zha 朴piao 翟zhai 盖ge 员yun 黑he 纪ji 宁ning " +
	"繁po 覃qin 冼xian 洗xian 召shao 秘bi 折she 缪miao 能nai 牟mou 隗wei 佴nai 郇xun 幺yao 车che 燕yan 应ying " +
	"卜bu 祭zhai 柏bai 谌chen 种chong 重chong 都du 费fei 句gou 勾gou 过guo 阚kan 乐yue 曲qu 沈shen 盛sheng " +
	"石shi 眭sui 相xiang 宿su 乜nie 尉wei 臧zang 藏zang 晁chao 俞yu 万wan 余yu 叶ye 贾jia 葛ge 殷yin 褚chu " +
	"冯feng 薄bo 鲍bao 适kuo 逄pang 瞿qu 角jue 难ning 率shuai 不fou 长zhang 哈ha 干gan 观guan 令ling 莘shen 行xing"

// compoundSurnames are the surnames of two characters that are read otherwise
// than their characters.
const compoundSurnames = "尉迟yu,chi 万俟mo,qi 长孙zhang,sun 澹台tan,tai 单于chan,yu 令狐ling,hu 鲜于xian,yu 宗政zong,zheng"

// reading is how a character can be read.
type reading struct {
	syllables []string // without tones; ü as v, u or yu
	usual     int      // so many of them, the first ones, are the usual reading
	initials  uint32   // bit 0 for a, bit 25 for z
}

// readingTable gives the reading of each character. Characters share the
// readings, of which there are some thousands.
type readingTable struct {
	list      []reading // list[0] is of characters without a reading
	han       [han.Last - han.First + 1]uint16
	zero      uint16                           // of 〇, which stands outside the block
	surnames  [han.Last - han.First + 1]uint16 // as first of a name
	compounds []compound
}

// compound is a surname of two characters and how they are read in it.
type compound struct {
	runes    [2]rune
	readings [2]uint16
}

// readings parses the tables once, in a few milliseconds.
var readings = sync.OnceValue(func() *readingTable {
	p := readingParser{table: &readingTable{list: make([]reading, 1)}, byKey: map[string]uint16{"|": 0}}
	p.parse()
	return p.table
})

// of gives the reading of r wherever it stands.
func (t *readingTable) of(r rune) *reading {
	switch {
	case han.Is(r):
		return &t.list[t.han[r-han.First]]
	case r == '〇':
		return &t.list[t.zero]
	}
	return &t.list[0]
}

// surname gives the reading of the character at place 0 or 1 of a name that
// begins with the two runes.
func (t *readingTable) surname(place int, first, second rune) *reading {
	for i := range t.compounds {
		if c := &t.compounds[i]; c.runes[0] == first && c.runes[1] == second {
			return &t.list[c.readings[place]]
		}
	}
	switch {
	case place == 1:
		return t.of(second)
	case han.Is(first):
		return &t.list[t.surnames[first-han.First]]
	}
	return t.of(first)
}

// readingParser collects the syllables of each character before they are
// shared.
type readingParser struct {
	table *readingTable
	byKey map[string]uint16
	usual [han.Last - han.First + 2][]string // the last place is for 〇
	other [han.Last - han.First + 2][]string
}

func (p *readingParser) parse() {
	for line := range strings.Lines(readingsText) {
		syllable, chars, _ := strings.Cut(strings.TrimSpace(line), " ")
		if syllable == "#" {
			continue
		}
		usual, other, _ := strings.Cut(chars, "|")
		for _, r := range usual {
			i := readingPlace(r)
			p.usual[i] = append(p.usual[i], syllable)
		}
		for _, r := range other {
			i := readingPlace(r)
			p.other[i] = append(p.other[i], syllable)
		}
	}
	t := p.table
	for i := range t.han {
		t.han[i] = p.share(p.usual[i], p.other[i])
	}
	zero := readingPlace('〇')
	t.zero = p.share(p.usual[zero], p.other[zero])

	t.surnames = t.han
	for _, s := range strings.Fields(surnames) {
		r, size := utf8.DecodeRuneInString(s)
		t.surnames[readingPlace(r)] = p.withUsual(r, s[size:])
	}
	for _, s := range strings.Fields(compoundSurnames) {
		first, n := utf8.DecodeRuneInString(s)
		second, m := utf8.DecodeRuneInString(s[n:])
		a, b, _ := strings.Cut(s[n+m:], ",")
		t.compounds = append(t.compounds, compound{
			runes:    [2]rune{first, second},
			readings: [2]uint16{p.withUsual(first, a), p.withUsual(second, b)},
		})
	}
}

// withUsual shares the reading of r in which the given syllable is the usual one.
func (p *readingParser) withUsual(r rune, syllable string) uint16 {
	i := readingPlace(r)
	rest := slices.DeleteFunc(slices.Concat(p.usual[i], p.other[i]), func(s string) bool { return s == syllable })
	return p.share([]string{syllable}, rest)
}

func (p *readingParser) share(usual, other []string) uint16 {
	key := strings.Join(usual, ",") + "|" + strings.Join(other, ",")
	if n, ok := p.byKey[key]; ok {
		return n
	}
	var s reading
	for _, y := range usual {
		s.syllables = append(s.syllables, spellings(y)...)
	}
	s.usual = len(s.syllables)
	for _, y := range other {
		s.syllables = append(s.syllables, spellings(y)...)
	}
	for _, y := range s.syllables {
		s.initials |= letterBit(y[0])
	}
	n := uint16(len(p.table.list)) //nolint:gosec // G115: fewer readings than characters of the plane
	p.table.list = append(p.table.list, s)
	p.byKey[key] = n
	return n
}

func readingPlace(r rune) int {
	if r == '〇' {
		return han.Last - han.First + 1
	}
	return int(r - han.First)
}

// spellings gives the ways to type a syllable: ü, written v in the table, is
// typed as v, as u, and on passports as yu.
func spellings(syllable string) []string {
	before, after, found := strings.Cut(syllable, "v")
	if !found {
		return []string{syllable}
	}
	return []string{syllable, before + "u" + after, before + "yu" + after}
}

func letterBit(c byte) uint32 { return 1 << (c - 'a') }

// SameSound reports whether two Chinese characters share a reading, tones
// aside: whoever types by sound takes one for the other.
func SameSound(a, b rune) bool {
	other := readings().of(b).syllables
	return slices.ContainsFunc(readings().of(a).syllables, func(s string) bool { return slices.Contains(other, s) })
}
