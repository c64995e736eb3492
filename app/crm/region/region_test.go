package region_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kebu/app/crm/region"
)

// labelled are addresses with their places, one a line.
type labelled struct {
	address string
	place   region.Place
}

func read(t testing.TB, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []labelled
	for line := range strings.Lines(string(data)) {
		p := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(p) != 4 {
			t.Fatalf("%s: %q", name, line)
		}
		list = append(list, labelled{strings.ReplaceAll(p[0], `\t`, "\t"), region.Place{Province: p[1], City: p[2], District: p[3]}})
	}
	return list
}

func key(p region.Place) region.Place {
	return region.Place{Province: region.Key(p.Province), City: region.Key(p.City), District: region.Key(p.District)}
}

// frozen.tsv was written by hand before there was a parser and is not changed
// to suit it; drawn.tsv is drawn from the divisions with the noise of exports.
func TestAtLeast98PercentOfDistrictsAreRight(t *testing.T) {
	for _, name := range []string{"frozen", "drawn"} {
		lines := read(t, "testdata/"+name+".tsv")
		right, places := 0, 0
		for _, l := range lines {
			got, want := key(region.Parse(l.address).Place), key(l.place)
			if got.District == want.District && got.City == want.City {
				right++
			}
			if got == want {
				places++
				continue
			}
			t.Logf("%s: %q: got %v, want %v", name, l.address, got, want)
		}
		t.Logf("%s: %d of %d districts right, %d whole places", name, right, len(lines), places)
		if len(lines) < 500 || right*100 < len(lines)*98 {
			t.Errorf("%s: %d of %d districts right", name, right, len(lines))
		}
	}
}

func TestParse(t *testing.T) {
	for address, want := range map[string]string{
		"浙江省杭州市西湖区示例路1号 3幢":                   "浙江省|杭州市|西湖区||示例路1号 3幢",
		"茶小红，86-13000000052，福建 厦门 思明区 示例路52号": "福建省|厦门市|思明区|茶小红，86-13000000052|示例路52号",
		"106臺北市大安區示例路5號":                      "台灣省|台北市|大安區|106|示例路5號",
		"台北市 大安区 示例路":                         "台湾省|台北市|大安区||示例路",
		"廣東省深圳市南山區示例路":                        "广东省|深圳市|南山区||示例路",
		"香港九龍旺角示例街1號":                         "香港特別行政區|九龍|油尖旺區||示例街1號",
		"东莞市 长安镇 示例路":                         "广东省|东莞市|||长安镇 示例路",
		"湖北省仙桃市示例镇":                           "湖北省|仙桃市|仙桃市||示例镇",
		"浙江省杭洲市西湖区示例路":                        "浙江省|杭州市|西湖区||示例路",
		"浙江省城市花园":                             "浙江省||||城市花园",
		"朝阳区示例路":                              "||朝阳区||示例路",
		"江苏省鼓楼区示例路":                           "江苏省||鼓楼区||示例路",
		"江苏省 苏州市 某某区 示例路":                     "江苏省|苏州市|某某区||示例路",
		"苏州市苏州工业园区示例街":                        "江苏省|苏州市|苏州工业园区||示例街",
		"广州市天河北路1号":                           "广东省|广州市|||天河北路1号",
		"浙江台州路桥示例街":                           "浙江省|台州市|路桥区||示例街",
		"江苏镇江京口区示例路":                          "江苏省|镇江市|京口区||示例路",
		"福建厦门示例路":                             "福建省|厦门市|||示例路",
		"南京路1号":                               "||||南京路1号",
		"1 Main Street, Springfield":          "||||1 Main Street, Springfield",
		" ":                                   "||||",
	} {
		a := region.Parse(address)
		if got := strings.Join([]string{a.Province, a.City, a.District, a.Lead, a.Street}, "|"); got != want {
			t.Errorf("%q: got %s, want %s", address, got, want)
		}
	}
}

func TestSettle(t *testing.T) {
	for given, want := range map[region.Place]region.Place{
		{Province: "浙江", City: "杭州", District: "西湖"}:          {Province: "浙江省", City: "杭州市", District: "西湖区"},
		{Province: "上海", City: "市辖区", District: "闸北区"}:        {Province: "上海市", City: "上海市", District: "静安区"},
		{Province: "湖北省", City: "省直辖县级行政区划", District: "仙桃市"}: {Province: "湖北省", City: "仙桃市", District: "仙桃市"},
		{Province: "广东省", City: "东莞市", District: "东莞市"}:       {Province: "广东省", City: "东莞市"},
		{Province: "广东省", City: "东莞市", District: "长安镇"}:       {Province: "广东省", City: "东莞市", District: "长安镇"},
		{City: "臺北市", District: "大安區"}:                        {City: "台北市", District: "大安區"},
		{City: "杭州"}: {Province: "浙江省", City: "杭州市"},
		{Province: "浙江省", City: "某某市", District: "某某区"}: {Province: "浙江省", City: "某某市", District: "某某区"},
		{Province: "浙江省"}:                        {Province: "浙江省"},
		{Province: "Zhejiang", City: "Hangzhou"}: {Province: "Zhejiang", City: "Hangzhou"},
		{Province: "東京都", City: "港区"}:            {Province: "東京都", City: "港区"},
		{Province: "香港特别行政区", City: "香港特别行政区", District: "观塘区"}: {Province: "香港特别行政区", City: "九龙", District: "观塘区"},
		{}: {},
	} {
		got := region.Settle(given)
		if got != want {
			t.Errorf("%v: got %v, want %v", given, got, want)
		}
		if again := region.Settle(got); again != got {
			t.Errorf("%v settles to %v, which settles to %v", given, got, again)
		}
	}
}

func TestKeysFindOneNameByAnother(t *testing.T) {
	for _, c := range []struct {
		level      region.Level
		name, want string
	}{
		{region.City, "杭州", "杭州市"},
		{region.City, "杭州市", "杭州市"},
		{region.City, "襄樊", "襄樊"},
		{region.City, "襄樊市", "襄阳市"},
		{region.City, "臺北", "台北市"},
		{region.City, "新竹", "新竹市"},
		{region.City, "新竹", "新竹县"},
		{region.City, "北京", "北京市"},
		{region.City, "仙桃", "仙桃市"},
		{region.City, "恩施", "恩施土家族苗族自治州"},
		{region.Province, "沪", "上海市"},
		{region.Province, "内蒙古", "内蒙古自治区"},
		{region.Province, "臺灣", "台湾省"},
		{region.District, "宣武区", "西城区"},
		{region.District, "西湖", "西湖区"},
		{region.City, "Ｓpringfield", "springfield"},
	} {
		if got := region.Keys(c.level, c.name); !slices.Contains(got, c.want) {
			t.Errorf("%s: %v has no %s", c.name, got, c.want)
		}
	}
	for _, name := range []string{"杭州市", "朝阳", "", "市"} {
		if got := region.Keys(region.Province, name); len(got) != 1 {
			t.Errorf("province %q: %v", name, got)
		}
	}
	if got := region.Keys(region.City, "杭州市"); len(got) != 1 {
		t.Errorf("a full name: %v", got)
	}
}

// Wherever it stands, what is cut off an address is its end.
func FuzzParse(f *testing.F) {
	for _, l := range append(read(f, "testdata/frozen.tsv"), read(f, "testdata/drawn.tsv")...) {
		f.Add(l.address)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := region.Parse(s)
		if !strings.HasSuffix(strings.TrimRight(s, " \t\r\n"), strings.TrimRight(a.Street, " \t\r\n")) && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("%q: street %q", s, a.Street)
		}
		if again := region.Settle(a.Place); again.Province != a.Province {
			t.Errorf("%q: %v settles to %v", s, a.Place, again)
		}
	})
}
