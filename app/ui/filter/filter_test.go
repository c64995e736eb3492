package filter_test

import (
	"testing"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/filter"
)

func TestChipsSayWhatTheRuleMeans(t *testing.T) {
	zh := phrase.New("zh-Hans")
	for _, c := range []struct {
		rule string
		all  bool
		want []string // title and value of each chip
	}{
		{"", true, nil},
		{"purchases >= 3", true, []string{"订单数", "≥ 3"}},
		{"purchases >= 3 and last_purchase < 90d ago and net > 2000", true, []string{"订单数", "≥ 3", "上次购买", "早于 90 天前", "净消费", "> ¥2,000"}},
		{"city = 成都 or tag in (送礼, 老师)", false, []string{"城市", "成都", "标签", "送礼、老师"}},
		{"platform != taobao", true, []string{"平台", "不是 淘宝"}},
		{"first_purchase = 2026-01-02 and net >= 12.5", true, []string{"首次购买", "在 2026-01-02", "净消费", "≥ ¥12.50"}},
		{"not purchases = 1 and net(USD) > 5", true, []string{"自定规则", "not purchases = 1", "自定规则", "net(USD) > 5"}},
		{"purchases = 1 and (tag = a or tag = b)", true, []string{"订单数", "= 1", "自定规则", "tag = a or tag = b"}},
	} {
		chips, all, err := filter.Parse(c.rule)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		var got []string
		for _, chip := range chips {
			title, value := filter.Describe(zh, chip, "CNY")
			got = append(got, title, value)
		}
		if len(got) != len(c.want) || all != c.all {
			t.Errorf("%s: %q, %v; want %q, %v", c.rule, got, all, c.want, c.all)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %q, want %q", c.rule, got[i], c.want[i])
			}
		}
		// And back: the chips are the rule.
		back, err := filter.Rule(chips, all)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
		}
		rule, _ := crm.ParseRule(c.rule)
		if back != rule.String() {
			t.Errorf("%s came back as %s", c.rule, back)
		}
	}
}

func TestEveryFieldAndOperatorHasAName(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "zh-Hant", "en"} {
		w := phrase.New(lang)
		for _, f := range crm.Fields {
			if filter.Title(w, f) == "" {
				t.Errorf("%s: %s has no name", lang, f)
			}
			for _, op := range f.Ops() {
				if filter.Op(w, f, op) == "" {
					t.Errorf("%s: %s %s has no name", lang, f, op)
				}
			}
		}
	}
}

func TestAValueThatIsNoneIsRefused(t *testing.T) {
	for _, c := range []filter.Chip{
		{Field: crm.FieldPurchases, Op: crm.OpMore, Values: []string{"many"}},
		{Field: crm.FieldLastPurchase, Op: crm.OpLess, Values: []string{"soon"}},
		{Custom: "city ="},
	} {
		if rule, err := filter.Rule([]filter.Chip{c}, true); err == nil {
			t.Errorf("%v made the rule %s", c, rule)
		}
	}
}

func TestATextStaysAText(t *testing.T) {
	odd := filter.Chip{Field: crm.FieldTag, Op: crm.OpEqual, Values: []string{`a "b" and (c)`}}
	rule, err := filter.Rule([]filter.Chip{odd}, true)
	if err != nil {
		t.Fatal(err)
	}
	chips, _, err := filter.Parse(rule)
	if err != nil || len(chips) != 1 || chips[0].Values[0] != odd.Values[0] {
		t.Errorf("%s came back as %v, %v", rule, chips, err)
	}
}

func TestSentence(t *testing.T) {
	en := phrase.New("en")
	if got := filter.Sentence(en, "purchases >= 4 and last_purchase < 90d ago", "GBP"); got != "Orders ≥ 4 and Last order before 90 d ago" {
		t.Error(got)
	}
}

func TestARuleMistakeIsPointedAt(t *testing.T) {
	w := phrase.New("zh-Hans")
	problem, from, to := filter.Mistake(w, "purchases >= many")
	if problem == "" || from != 13 || to != 17 {
		t.Errorf("%q from %d to %d", problem, from, to)
	}
	if problem, _, _ := filter.Mistake(w, "purchases >= 3"); problem != "" {
		t.Error(problem)
	}
}
