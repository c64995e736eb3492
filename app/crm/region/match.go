package region

import "strings"

// match is a place found in a text.
type match struct {
	start, end               int
	province, city, district int16
	given                    span // of a district that is not in the table
	sure                     bool // by a full name, or by two levels
	vague                    bool // several cities have the district given
	wide                     bool // the city is named as the prefecture that it was: 哈密地区
}

// span is letters from one to before another.
type span struct{ from, to int }

var nowhere span

// has reports whether a division is known already.
func (m *match) has(n int16) bool { return n == m.province || n == m.city || n == m.district }

// find finds the place in a text: the first one that is sure, else the short
// name with which the text begins.
func (t *text) find() (match, bool) {
	known := theTable()
	var weak match
	for i := range t.n {
		if t.letters[i] < 0x80 {
			continue
		}
		named := len(known.forms[keyOf(t.letters[i], t.letters[i+1])]) > 0
		if !named && (!t.begins(i) || !t.abbreviated(i)) {
			continue
		}
		m := t.walk(i)
		switch {
		case m.end == i:
		case m.vague && t.begins(i):
			return m, true
		case m.sure && (t.begins(i) || t.province(i) || m.city != none && m.district != none):
			return m, true
		case weak.end == 0 && (i == 0 || t.letters[i-1] < 0x80 && m.city != none):
			weak = m
		}
	}
	return weak, weak.end > 0
}

// begins reports whether a word may begin with letter i.
func (t *text) begins(i int) bool { return t.gap[i] || i == 0 || t.letters[i-1] < 0x80 }

// province reports whether the name of a province stands at letter i.
func (t *text) province(i int) bool {
	for _, f := range theTable().forms[keyOf(t.letters[i], t.letters[i+1])] {
		if theTable().divisions[f.division].level == Province && t.has(i, f.text) {
			return true
		}
	}
	return false
}

func (t *text) has(i int, letters []rune) bool {
	if i+len(letters) > t.n {
		return false
	}
	for k, r := range letters {
		if t.letters[i+k] != r || k > 0 && t.cut[i+k] {
			return false
		}
	}
	return true
}

// Words that say nothing: before an address, and between the names of divisions.
var (
	openers = runes("中华人民共和国", "中国")
	fillers = runes("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位", "省直辖行政单位", "自治区直辖县级行政单位",
		"省直辖", "自治区直辖", "生产建设兵团", "兵团")
)

func runes(words ...string) [][]rune {
	list := make([][]rune, len(words))
	for i, w := range words {
		list[i] = []rune(w)
	}
	return list
}

// skip returns where what says nothing ends that begins at letter i.
func (t *text) skip(i int, m *match) int {
	words := fillers
	switch t.letters[i] {
	case '中':
		words = openers
		fallthrough
	case '市', '省', '自', '生', '兵':
		for _, w := range words {
			if t.has(i, w) {
				return i + len(w)
			}
		}
	case '第': // 新疆兵团第八师石河子市
		if t.letters[i+2] == '师' {
			return i + 3
		}
	case '县': // 重庆市县云阳县: the counties of a municipality
		if m.province != none && m.province == m.city {
			return i + 1
		}
	}
	return i
}

// walk reads the names of divisions that follow each other from letter i on.
func (t *text) walk(i int) match {
	m := match{start: i, end: i, province: none, city: none, district: none}
	i = t.skip(i, &m)
	if n, ok := theTable().letters[t.letters[i]]; ok && t.begins(i) && t.abbreviated(i) {
		m.take(&theTable().divisions[n], n)
		i++
		m.end = i
	}
	for i < t.n {
		if next := t.skip(i, &m); next > i && m.end > m.start && m.district == none && t.letters[i] != '中' {
			i, m.end = next, next
			continue
		}
		f, ok := t.next(i, &m)
		again := ok && m.has(f.division)
		if !ok || again && f.kind == short { // 苏州市苏州工业园区
			if end := t.zone(i, &m); end > i && m.given == nowhere {
				m.given = span{i, end}
				i = end
				if m.city != none {
					m.end = end
				}
				continue
			}
		}
		if !ok {
			if end := t.misspelt(i, &m); end > i {
				i = end
				continue
			}
			break
		}
		m.sure = m.sure || f.kind == exact || !again && m.end > m.start
		i += len(f.text)
		m.end = i
		if again {
			continue
		}
		d := &theTable().divisions[f.division]
		m.take(d, f.division)
		m.wide = d.level == City && f.text[len(f.text)-1] == '区' // 地区
		if d.level == District {
			m.given = nowhere
		}
	}
	switch end := m.end; {
	case m.district != none || m.city != none && m.given != nowhere:
	case m.city != none:
		if m.end = t.named(end, &m); m.end > end {
			m.given = span{end, m.end}
		}
	default:
		m.given = nowhere
		if m.end += t.ambiguous(end, &m); m.end > end {
			m.given, m.vague = span{end, m.end}, true
		}
	}
	return m
}

// misspelt returns where a city ends that begins at letter i and is not known,
// if the district behind it tells which it is: 浙江省杭洲市西湖区.
func (t *text) misspelt(i int, m *match) int {
	const shortest, most = 3, 5 // characters
	if m.province == none || m.city != none {
		return i
	}
	for end := i + shortest; end <= i+most && end < t.n; end++ {
		if t.letters[end-1] != '市' {
			continue
		}
		if f, ok := t.next(end, m); ok && f.kind == exact && theTable().divisions[f.division].level == District {
			return end
		}
	}
	return i
}

// abbreviated reports whether letter i stands for a province: 沪 静安区.
func (t *text) abbreviated(i int) bool {
	n, ok := theTable().letters[t.letters[i]]
	if !ok || i+2 >= t.n {
		return false
	}
	m := match{province: theTable().divisions[n].province, city: theTable().divisions[n].city, district: none, start: i, end: i + 1}
	f, ok := t.next(i+1, &m)
	return ok && f.kind != short && f.division != n
}

// take takes in a division.
func (m *match) take(d *division, n int16) {
	m.province = d.province
	if d.city != none {
		m.city = d.city
	}
	if d.level == District {
		m.district = n
	}
}

// next returns the longest and surest form at letter i that goes with what is
// known, or says it again.
func (t *text) next(i int, m *match) (form, bool) {
	known := theTable()
	list := known.forms[keyOf(t.letters[i], t.letters[i+1])]
	for k := 0; k < len(list); k++ {
		f := list[k]
		if !t.has(i, f.text) {
			continue
		}
		// The forms of the same text stand side by side.
		same := k + 1
		for same < len(list) && len(list[same].text) == len(f.text) && t.has(i, list[same].text) {
			same++
		}
		if f, ok := t.choose(i, m, list[k:same]); ok {
			return f, true
		}
		k = same - 1
	}
	return form{}, false
}

// choose returns the one of the forms of one text that goes with what is known.
func (t *text) choose(i int, m *match, forms []form) (form, bool) {
	known := theTable()
	end := i + len(forms[0].text)
	street := forms[0].kind == short && t.street(end)
	var again, inCity, inProvince, anywhere form
	var repeated, local, provincial, national int
	for _, f := range forms {
		d := &known.divisions[f.division]
		if street && (d.level == District || !t.leads(end, f.division)) {
			continue
		}
		switch {
		case m.has(f.division):
			if f.kind == exact || m.district == none {
				again = f
				repeated++
			}
		case m.district != none:
		case d.level == Province:
			if m.province == none {
				return f, true
			}
		case d.level == City:
			if m.city == none && (m.province == none || m.province == d.province) {
				return f, true
			}
		case m.city != none && d.city == m.city:
			if local == 0 || f.kind < inCity.kind {
				inCity = f
				local = 1
			}
		case m.province != none && d.province == m.province:
			if provincial == 0 || f.kind < inProvince.kind {
				inProvince, provincial = f, 0
			}
			if f.kind == inProvince.kind {
				provincial++
			}
		case m.province == none:
			if national == 0 || f.kind < anywhere.kind {
				anywhere, national = f, 0
			}
			if f.kind == anywhere.kind {
				national++
			}
		}
	}
	vague := end == i+2 && t.letters[end-1] == '区' // 城区 is in many cities
	switch {
	case local > 0 && (m.wide || repeated == 0):
		return inCity, true
	case repeated > 0:
		return again, true
	case vague:
		return form{}, false
	case provincial == 1 && m.city != none:
		return inProvince, inProvince.kind == exact && known.divisions[m.city].parted
	case provincial == 1:
		return inProvince, inProvince.kind != short || known.divisions[inProvince.division].alone()
	case national == 1:
		return anywhere, anywhere.kind != short || strings.HasSuffix(known.divisions[anywhere.division].name, "市")
	default:
		return form{}, false
	}
}

// ambiguous returns how long the name of a district at letter i is, whose city
// is not known and which several cities have.
func (t *text) ambiguous(i int, m *match) int {
	const shortest = 3 // 城区 says nothing at all
	if m.city != none {
		return 0
	}
	known := theTable()
	for _, f := range known.forms[keyOf(t.letters[i], t.letters[i+1])] {
		d := &known.divisions[f.division]
		if d.level == District && f.kind == exact && len(f.text) >= shortest && (m.province == none || m.province == d.province) && t.has(i, f.text) {
			return len(f.text)
		}
	}
	return 0
}

// alone reports whether the short name of a district says enough without its city.
func (d *division) alone() bool { return d.city == d.province || !strings.HasSuffix(d.name, "区") }

// leads reports whether a division within another is named at letter i: 台州路桥,
// 江苏镇江.
func (t *text) leads(i int, within int16) bool {
	known := theTable()
	for _, f := range known.forms[keyOf(t.letters[i], t.letters[i+1])] {
		d := &known.divisions[f.division]
		if (d.city == within || d.province == within) && f.division != within && t.has(i, f.text) {
			return true
		}
	}
	return false
}

// street reports whether the name before letter i is that of a street or a
// house: 芙蓉中路, 南京大厦.
func (t *text) street(i int) bool {
	if t.gap[i] {
		return false
	}
	const houses, streets = "里胡桥村镇乡站厦楼园苑庄场区县旗", "路街道巷弄" // 区: of an unknown or an ambiguous name
	if strings.ContainsRune(houses, t.letters[i]) || t.letters[i+1] == '园' && t.letters[i] == '花' || t.letters[i+1] == '区' && t.letters[i] == '小' {
		return i < t.n
	}
	for range 2 {
		if !strings.ContainsRune("东南西北中一二三四五大新老", t.letters[i]) {
			break
		}
		i++
	}
	return i < t.n && strings.ContainsRune(streets, t.letters[i])
}

// place returns the names of what was found.
func (m *match) place(t *text) Place {
	known := theTable()
	var p Place
	name := func(n int16) string {
		if n == none {
			return ""
		}
		d := &known.divisions[n]
		if d.local != "" && t.traditional(m.start, m.end) {
			return d.local
		}
		return d.name
	}
	p.Province, p.City, p.District = name(m.province), name(m.city), name(m.district)
	if m.district == none && m.given != nowhere {
		p.District = t.written(m.given.from, m.given.to)
	}
	return p
}
