package find

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"
)

// Invented people: common surnames and given characters, drawn at random.
var (
	someSurnames = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔单解仇")
	someGiven    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉力志永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆重")
	someCities   = []string{"杭州市", "重庆市", "上海市", "广州市", "成都市", "深圳市", "武汉市", "西安市", "苏州市", "天津市", "南京市", "长沙市"}
	someTags     = []string{"老客户", "VIP", "batch2026", "差评", "团购", "开票"}
	someWords    = []string{"flower", "cat", "sunny", "小猫", "happy", "tb", "lee", "梦", "妈妈", "star", "zhao", "wei"}
)

func someone(r *rand.Rand) Fields {
	pick := func(from []rune) string { return string(from[r.IntN(len(from))]) }
	name := pick(someSurnames) + pick(someGiven)
	if r.IntN(3) > 0 {
		name += pick(someGiven)
	}
	f := Fields{
		Names:    []string{name},
		Accounts: []string{fmt.Sprintf("%s%s%d", someWords[r.IntN(len(someWords))], someWords[r.IntN(len(someWords))], r.IntN(10000))},
		Phones:   []string{fmt.Sprintf("100%08d", r.IntN(1e8))},
		Cities:   []string{someCities[r.IntN(len(someCities))]},
	}
	if r.IntN(4) == 0 {
		f.Tags = []string{someTags[r.IntN(len(someTags))]}
	}
	return f
}

func people(n int) []Fields {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]Fields, n)
	for i := range all {
		all[i] = someone(r)
	}
	return all
}

// build indexes the people in two builders side by side, as unlocking does.
func build(all []Fields, interleaved bool) *Index {
	builders := []*Builder{NewBuilder(), NewBuilder()}
	var wg sync.WaitGroup
	for k, b := range builders {
		wg.Go(func() {
			if interleaved {
				for i := k; i < len(all); i += 2 {
					b.Add(int64(i), int32(i), all[i])
				}
				return
			}
			half := len(all) / 2
			for i := k * half; i < half+k*(len(all)-half); i++ {
				b.Add(int64(i), int32(i), all[i])
			}
		})
	}
	wg.Wait()
	return Build(builders...)
}

func BenchmarkBuild200k(b *testing.B) {
	all := people(200_000)
	for _, interleaved := range []bool{false, true} {
		b.Run(fmt.Sprintf("sorts=%t", interleaved), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				build(all, interleaved)
			}
		})
	}
}

// typed are queries that are typed letter by letter.
var typed = []string{
	"张伟", "王小明", "zw", "zhangwei", "zhang wei", "lxm", "10013", "5678", "flower12", "重庆", "cq",
	"陈静", "vip", "batch", "小猫sunny", "zzzz", "不在这里", "888888", "100", "wei", "李 杭州", "l 杭", "hap", "1 2", "妈妈",
}

func BenchmarkSearch1M(b *testing.B) {
	all := people(1_000_000)
	x := build(all, true)
	clear(all)
	size := float64(x.Size()) / float64(x.Len())
	b.Run("fresh", func(b *testing.B) {
		measureTyping(b, func(q string) (Result, error) { return x.Search(b.Context(), q, 200) })
		b.ReportMetric(size, "B/customer")
	})
	s := x.NewSession()
	b.Run("session", func(b *testing.B) {
		measureTyping(b, func(q string) (Result, error) { return s.Search(b.Context(), q, 200) })
	})
	b.Run("all hits", func(b *testing.B) {
		measureTyping(b, func(q string) (Result, error) { return s.Search(b.Context(), q, x.Len()) })
	})
}

// measureTyping types every query letter by letter and reports the spread.
func measureTyping(b *testing.B, search func(string) (Result, error)) {
	var took []time.Duration
	slowest, worst := "", time.Duration(0)
	for b.Loop() {
		for _, q := range typed {
			for i := range q {
				if i == 0 {
					continue
				}
				start := time.Now()
				if _, err := search(q[:i]); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				if took[len(took)-1] > worst {
					worst, slowest = took[len(took)-1], q[:i]
				}
			}
			start := time.Now()
			if _, err := search(q); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	ms := func(p int) float64 { return float64(took[(len(took)-1)*p/100]) / 1e6 }
	b.ReportMetric(ms(50), "p50-ms")
	b.ReportMetric(ms(95), "p95-ms")
	b.ReportMetric(ms(100), "max-ms")
	b.Logf("slowest: %q %v", slowest, worst)
}
