package find

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
)

// indexOf builds an index of the customers, whose ids and ranks count from 1.
func indexOf(customers ...Fields) *Index {
	b := NewBuilder()
	for i, f := range customers {
		b.Add(int64(i+1), int32(i+1), f)
	}
	return Build(b)
}

func person(name string) Fields { return Fields{Names: []string{name}} }

func lookFor(t testing.TB, x *Index, query string) []Hit {
	t.Helper()
	r, err := x.Search(t.Context(), query, math.MaxInt)
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != len(r.Hits) {
		t.Fatalf("total %d of %d hits", r.Total, len(r.Hits))
	}
	return r.Hits
}

func ids(hits []Hit) string {
	var s []string
	for _, h := range hits {
		s = append(s, fmt.Sprint(h.ID))
	}
	return strings.Join(s, " ")
}

func TestNamesAreFoundAsTheyAreTyped(t *testing.T) {
	for _, c := range []struct {
		name    string
		finds   string // queries, separated by commas
		doesNot string
	}{
		{"张伟", "张,伟,张伟,張偉,張,z,zw,zhw,zhang,zhangw,zhangwei,zhang wei,zwei,zhwei,zha w,ZW,ｚｗ", "w,wz,wei,zhagw,zwx,伟张,zg,wei zhang"},
		{"張偉", "张伟,张,偉", "弓长"},
		{"曾国藩", "zgf,z,zeng,zengguo,cgf,曾國藩", "g"},
		{"单田芳", "stf,shan,dtf", "tian"},
		{"解晓东", "xxd,xiex", "dong"},
		{"仇英", "qy,qiu,cy", "ying"},
		{"乐嘉", "yj,lj,yuej,lejia,y l", "jia"},
		{"重庆小李", "cq,cqxl,chongqing,zq", "qc"},
		{"吕布", "lb,lvb,lub,lyub,lüb", "lbu b"},
		{"尉迟恭", "ycg,yuchi,wc,yuchigong", "cg"},
		{"欧阳·娜", "oyn,ouyangna,ouyang na,ou yang na", "na"},
		{"〇一", "ly,lingyi", "o"},
		{"乾安", "qa,ga,乾,干安", "xa"},
		{"黑大春", "hdc,hedachun,heida", "ei"},
		{"Zhang Wei", "zhang,wei,zhang wei,zhangwei,WEI,zhangw", "zw"},
		{"José Ñuñez", "jose,nunez,JOSÉ,nuñez", "jx"},
		{"Amy张", "amy,amyz,amyzhang,张,amyzh", "zhang"},
		{"ﾀﾅｶ", "タナカ,ﾀﾅ", "ダ"},
		{"西安", "xian,xa,xi an,xia", "xiian"},
		{"  李 \t 四 ", "李 四,ls,li si", "李四"},
		{"O'Brien", "o'b,brien,obrien", "ob'"},
	} {
		x := indexOf(person("王五"), person(c.name))
		for q := range strings.SplitSeq(c.finds, ",") {
			if got := ids(lookFor(t, x, q)); got != "2" && got != "1 2" && got != "2 1" {
				t.Errorf("%q does not find %q", q, c.name)
			}
		}
		for q := range strings.SplitSeq(c.doesNot, ",") {
			if got := ids(lookFor(t, x, q)); strings.Contains(got, "2") {
				t.Errorf("%q finds %q", q, c.name)
			}
		}
	}
}

func TestOtherFieldsAreFoundByParts(t *testing.T) {
	x := indexOf(Fields{
		Names:    []string{"陈静", "小静"},
		Accounts: []string{"tb_Flower88", "静静的店"},
		Phones:   []string{"+86 000-1234-5678", "199****4321"},
		Cities:   []string{"重庆市"},
		Tags:     []string{"老客户", "VIP"},
	})
	for _, c := range []struct {
		query string
		in    Field
	}{
		{"flower", Account},
		{"FLOWER8", Account},
		{"8", Account | Phone},
		{"000", Phone},
		{"5678", Phone},
		{"234567", Phone},
		{"1234-5678", Phone},
		{"+86", Phone},
		{"000 5678", Phone},
		{"4321", Phone},
		{"1994321", 0},
		{"重庆", City},
		{"cq", City},
		{"chongqing", City},
		{"庆", City},
		{"老客", Tag},
		{"lkh", Tag},
		{"vip", Tag},
		{"静", Name | Account},
		{"cj", Name},
		{"cj cq 5678 vip", Name | City | Phone | Tag},
		{"cj cq 5679", 0},
		{"x", Name},
		{"jing", 0},
	} {
		hits := lookFor(t, x, c.query)
		switch {
		case c.in == 0 && len(hits) > 0:
			t.Errorf("%q is found", c.query)
		case c.in != 0 && len(hits) == 0:
			t.Errorf("%q is not found", c.query)
		case c.in != 0 && hits[0].In != c.in:
			t.Errorf("%q is found in %05b, want %05b", c.query, hits[0].In, c.in)
		}
	}
}

func TestHitsAreOrdered(t *testing.T) {
	x := indexOf(
		Fields{Names: []string{"a"}, Tags: []string{"李明"}},
		Fields{Names: []string{"b"}, Accounts: []string{"x李明x"}},
		person("小李明"),
		person("李明明"),
		person("李明"),
		Fields{Names: []string{"小李明", "李明"}},
		Fields{Names: []string{"小李明"}, Accounts: []string{"李明"}},
	)
	if got := ids(lookFor(t, x, "李明")); got != "5 6 4 2 7 1 3" {
		t.Errorf("order is %s", got)
	}
	r, err := x.Search(t.Context(), "李明", 3)
	if err != nil || ids(r.Hits) != "5 6 4" || r.Total != 7 {
		t.Errorf("the first three are %s of %d, %v", ids(r.Hits), r.Total, err)
	}
	if r, _ := x.Search(t.Context(), "李明", 0); len(r.Hits) != 0 || r.Total != 7 {
		t.Errorf("no limit gives %s of %d", ids(r.Hits), r.Total)
	}
	if got := ids(lookFor(t, x, "")); got != "1 2 3 4 5 6 7" {
		t.Errorf("all are %s", got)
	}
}

func TestPhrasesAndUsualReadingsComeFirst(t *testing.T) {
	x := indexOf(person("Zhang Weiwei"), person("Zhang Wei"), person("曾宁"), person("陈宁"))
	if got := ids(lookFor(t, x, "zhang wei")); got != "2 1" {
		t.Errorf("the phrase gives %s", got)
	}
	if got := ids(lookFor(t, x, "cn")); got != "4 3" {
		t.Errorf("cn gives %s; 曾 is rarely read with c", got)
	}
}

func TestRankThenIDDecideAmongEquals(t *testing.T) {
	a, b := NewBuilder(), NewBuilder()
	a.Add(9, 5, person("李一"))
	a.Add(1, 7, person("李二"))
	b.Add(3, 5, person("李三"))
	b.Add(4, -1, person("李四"))
	x := Build(a, b)
	if got := ids(lookFor(t, x, "李")); got != "4 3 9 1" {
		t.Errorf("order is %s", got)
	}
	x.Replace(2, 6, person("李五"))
	x.Replace(1, -5, person("李六"))
	if got := ids(lookFor(t, x, "l")); got != "1 4 3 9 2" {
		t.Errorf("order after changes is %s", got)
	}
	if r, _ := x.Search(t.Context(), "l", 2); ids(r.Hits) != "1 4" {
		t.Errorf("first two after changes are %s", ids(r.Hits))
	}
}

func TestReplacedAndRemovedAreFoundNoMore(t *testing.T) {
	x := indexOf(person("赵一"), person("钱二"), person("孙三"))
	x.Replace(2, 2, Fields{Names: []string{"周四"}, Tags: []string{"新客"}})
	x.Replace(2, 2, Fields{Names: []string{"吴五"}, Tags: []string{"旧客"}})
	if !x.Remove(3) || x.Remove(3) || x.Remove(77) {
		t.Error("Remove does not tell whether there was one")
	}
	for q, want := range map[string]string{"": "1 2", "钱": "", "zs": "", "新客": "", "ww": "2", "jk": "2", "孙": "", "赵": "1"} {
		if got := ids(lookFor(t, x, q)); got != want {
			t.Errorf("%q gives %q, want %q", q, got, want)
		}
	}
	if x.Len() != 2 {
		t.Errorf("%d customers are left", x.Len())
	}
}

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestSearchesGoOnWhileCustomersChange(t *testing.T) {
	x := indexOf(person("赵一"), person("钱二"))
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 200 {
			x.Replace(int64(i%3), 0, person("孙三"))
			x.Remove(int64(i % 2))
		}
	})
	for range 2 {
		wg.Go(func() {
			s := x.NewSession()
			for i := range 200 {
				r, err := s.Search(t.Context(), "szhao"[:i%5], 10)
				if err != nil || r.Total > 4 {
					t.Errorf("%d hits, %v", r.Total, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestNothingPrintsValues(t *testing.T) {
	f := Fields{Names: []string{"秘密"}, Phones: []string{"0001112222"}}
	b := NewBuilder()
	b.Add(1, 1, f)
	text := fmt.Sprintf("%v %+v %#v %s %q", b, f, f, f, b)
	x := Build(b)
	s := x.NewSession()
	if _, err := s.Search(t.Context(), "秘密", 1); err != nil {
		t.Fatal(err)
	}
	text += fmt.Sprintf("%v %+v %#v %s %d %v %#v", x, x, x, x, x, s, s)
	for _, secret := range []string{"秘", "111", "bytes", "0x"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is printed in %s", secret, text)
		}
	}
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	for r := rune(1); r < 0x2FFFF; r++ {
		once := appendFolded(nil, string(r)+"x"+string(r))
		if twice := appendFolded(nil, string(once)); string(twice) != string(once) {
			t.Errorf("%U folds to %q, then to %q", r, once, twice)
		}
	}
}
