package crm_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kebu/app/crm"
)

// parse reads a rule that must be valid.
func parse(t *testing.T, text string) crm.Rule {
	t.Helper()
	r, err := crm.ParseRule(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return r
}

func TestParseRuleBindsNotBeforeAndBeforeOr(t *testing.T) {
	is := func(tag string) crm.Condition {
		return crm.Compare{Field: crm.FieldTag, Op: crm.OpEqual, Values: []crm.Value{{Text: tag}}}
	}
	a, b, c := is("a"), is("b"), is("c")
	for text, want := range map[string]crm.Condition{
		"":                                 nil,
		" \n\u3000\uFEFF":                  nil,
		"tag=a":                            a,
		"((tag = a))":                      a,
		"tag = a or tag = b and tag = c":   crm.Or{Terms: []crm.Condition{a, crm.And{Terms: []crm.Condition{b, c}}}},
		"(tag = a or tag = b) and tag = c": crm.And{Terms: []crm.Condition{crm.Or{Terms: []crm.Condition{a, b}}, c}},
		"not tag = a and tag = b":          crm.And{Terms: []crm.Condition{crm.Not{Term: a}, b}},
		"not (tag = a and tag = b)":        crm.Not{Term: crm.And{Terms: []crm.Condition{a, b}}},
		"not not tag = a":                  crm.Not{Term: crm.Not{Term: a}},
		"(tag = a and tag = b) and tag = c or (tag = a or tag = b)": crm.Or{Terms: []crm.Condition{
			crm.And{Terms: []crm.Condition{a, b, c}}, a, b,
		}},
		"NOT TAG = a AND Tag = b": crm.And{Terms: []crm.Condition{crm.Not{Term: a}, b}},
	} {
		if got := parse(t, text).Root; !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %#v", text, got)
		}
	}
}

func TestParseRuleReadsWhatIsTyped(t *testing.T) {
	for text, canonical := range map[string]string{
		"purchases>=10 and net>1000":       "purchases >= 10 and net > 1000",
		"net(usd) <= -12.50":               "net(USD) <= -12.5",
		"NET ( EUR )!=+0.0001":             "net(EUR) != 0.0001",
		"purchases IN(1,2 , 3)":            "purchases in (1, 2, 3)",
		"first_purchase = 2026-11-11":      "first_purchase = 2026-11-11",
		"last_purchase < 90D Ago":          "last_purchase < 90d ago",
		"last_purchase >= 0d ago":          "last_purchase >= today",
		"last_purchase in (today, 7d ago)": "last_purchase in (today, 7d ago)",
		"last_purchase < 0001-01-01":       "last_purchase < 0001-01-01",
		`sku = "85123A"`:                   "sku = 85123A",
		`tag = 'two words'`:                `tag = "two words"`,
		`tag = "say ""hi"""`:               `tag = "say ""hi"""`,
		`tag = "say \"hi\""`:               `tag = "say ""hi"""`,
		`tag = 'it''s'`:                    "tag = it's",
		`tag = "a\\b\c"`:                   `tag = a\b\c`,
		`tag = "a b\\"`:                    `tag = "a b\\"`,
		`tag = "not" or tag = "In"`:        `tag = "not" or tag = "In"`,
		"tag = ago or tag = today":         "tag = ago or tag = today",
		"tag = net and sku = tag":          "tag = net and sku = tag",
		"city = L'Aquila":                  "city = L'Aquila",
		"tag = 加油!":                        "tag = 加油!",
		"tag=wow!and city!=x":              "",
		"tag=wow! and city!=x":             "tag = wow! and city != x",
		"tag = 老师":                         "tag = 老师",
		"（tag＝“老师”）　AND　ｎｅｔ（ＵＳＤ）＞＝１００":       "tag = 老师 and net(USD) >= 100",
		"tag ！＝老师 and net ≤ 5 and gross ≥ 6": "tag != 老师 and net <= 5 and gross >= 6",
		"city in （北京，上海、广州） or city ≠ 深圳":    "city in (北京, 上海, 广州) or city != 深圳",
		"tag contains“送礼 多”and net＜5":        `tag contains "送礼 多" and net < 5`,
		"tag = ”a b“ or tag = 「c d」":         `tag = "a b" or tag = "c d"`,
		"last_purchase > ２０２６－０１－３１":         "last_purchase > 2026-01-31",
	} {
		r, err := crm.ParseRule(text)
		if canonical == "" {
			if err == nil {
				t.Errorf("%s is read as %s", text, r)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := r.String(); got != canonical {
			t.Errorf("%s prints as %s", text, got)
		}
		if back := parse(t, r.String()); !reflect.DeepEqual(back, r) {
			t.Errorf("%s does not read back equal: %s", text, back)
		}
	}
}

func TestRuleErrorsNamePositionAndExpectation(t *testing.T) {
	for _, c := range []struct {
		text, message string
	}{
		{"purchases >> 10", "at 12: expected a whole number, found >"},
		{"purchases > ten", "at 13: expected a whole number, found ten"},
		{"purchases > 1.5", "at 13: expected a whole number, found 1.5"},
		{"net > 1.00001", "at 7: expected a number of at most 4 decimals, found 1.00001"},
		{"net > 99999999999999999", "at 7: expected a number of at most 4 decimals, found 99999999999999999"},
		{`net > "5"`, `at 7: expected a number of at most 4 decimals, found "5"`},
		{"net(DOLLAR) > 5", "at 5: expected a currency of three letters, found DOLLAR"},
		{"net(USD > 5", `at 9: expected ")", found >`},
		{"purchases(USD) > 5", `at 10: expected "=", "!=", "<", "<=", ">", ">=" or "in", found (`},
		{"net contains 5", `at 5: expected "=", "!=", "<", "<=", ">", ">=" or "in", found contains`},
		{"老师 = 1", `at 1: expected a field, "not" or "(", found 老师`},
		{"tag > 老师", `at 5: expected "=", "!=", "in" or "contains", found >`},
		{"tag not in (a)", `at 5: expected "=", "!=", "in" or "contains", found not`},
		{"tag = and", "at 7: expected a text, found and"},
		{`tag = ""`, `at 7: expected a text, found ""`},
		{"tag = \"a\x1fb\"", "at 7: expected a text, found \"a\x1fb\""},
		{`tag = "老师 and net > 5`, `at 7: expected closing quotes, found "老师 and net > 5`},
		{"tag = 送礼 多", `at 10: expected "and", "or" or the end, found 多`},
		{"tag = a tag = b", `at 9: expected "and", "or" or the end, found tag`},
		{"(tag = a", `at 9: expected "and", "or" or ")", found the end`},
		{"tag = a)", `at 8: expected "and", "or" or the end, found )`},
		{"tag in a", `at 8: expected "(", found a`},
		{"tag in ()", "at 9: expected a text, found )"},
		{"tag in (a b)", `at 11: expected "," or ")", found b`},
		{"tag = a and", `at 12: expected a field, "not" or "(", found the end`},
		{"or tag = a", `at 1: expected a field, "not" or "(", found or`},
		{"last_purchase > 2026-02-30", "at 17: expected a day such as 2026-11-11 or 90d ago, found 2026-02-30"},
		{"last_purchase > 90d", `at 20: expected "ago", found the end`},
		{"last_purchase > -9d ago", "at 17: expected a day such as 2026-11-11 or 90d ago, found -9d"},
		{"last_purchase > 1000001d ago", "at 17: expected a day such as 2026-11-11 or 90d ago, found 1000001d"},
		{"tag = 老师 and purchase > 3", `at 14: expected a field, "not" or "(", found purchase (purchases?)`},
		{"lastpurchase > 3d ago", `at 1: expected a field, "not" or "(", found lastpurchase (last_purchase?)`},
		{"ctiy = x", `at 1: expected a field, "not" or "(", found ctiy (city?)`},
		{"shoe_size = 3", `at 1: expected a field, "not" or "(", found shoe_size`},
		{"tag = a and " + strings.Repeat("z", 60) + " = 1", `at 13: expected a field, "not" or "(", found ` + strings.Repeat("z", 39) + "…"},
	} {
		_, err := crm.ParseRule(c.text)
		var wrong *crm.RuleError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := err.Error(); got != c.message {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.message)
		}
	}
}

func TestRuleErrorHasWhatASentenceNeeds(t *testing.T) {
	_, err := crm.ParseRule("net > 5 or gros > 5")
	want := &crm.RuleError{
		Pos: 12, Found: "gros", Nearest: crm.FieldGross,
		Expected: []crm.Expect{crm.ExpectField, "not", "("},
	}
	if !reflect.DeepEqual(err, want) {
		t.Errorf("%#v", err)
	}
}

func TestParseRuleKeepsItsBounds(t *testing.T) {
	nested := func(open, end string, n int) string {
		return strings.Repeat(open, n) + "tag = a" + strings.Repeat(end, n)
	}
	long := "tag = " + strings.Repeat("长", crm.MaxRuleLength-len("tag = "))
	for _, valid := range []string{nested("(", ")", crm.MaxRuleDepth), nested("not ", "", crm.MaxRuleDepth), long} {
		parse(t, valid)
	}
	for text, want := range map[string]crm.RuleError{
		nested("(", ")", crm.MaxRuleDepth+1):   {Pos: 101, Found: "(", Expected: []crm.Expect{crm.ExpectFlatter}},
		nested("not ", "", crm.MaxRuleDepth+1): {Pos: 401, Found: "not", Expected: []crm.Expect{crm.ExpectFlatter}},
		long + "x":                             {Pos: 10_001, Found: "…", Expected: []crm.Expect{crm.ExpectShorter}},
		// It would be too long only when it is printed.
		"tag=a" + strings.Repeat(" or tag=a", 1100): {Pos: 10_001, Found: "…", Expected: []crm.Expect{crm.ExpectShorter}},
		strings.Repeat("(", 9_000):                  {Pos: 101, Found: "(", Expected: []crm.Expect{crm.ExpectFlatter}},
	} {
		_, err := crm.ParseRule(text)
		if !reflect.DeepEqual(err, &want) {
			t.Errorf("%.20s…: %v", text, err)
		}
	}
}

func TestRuleNamesWhatItAsksFor(t *testing.T) {
	for text, want := range map[string][]crm.Field{
		"": nil,
		"not (tag = a or net > 1) and tag = b and not city = x": {crm.FieldTag, crm.FieldNet, crm.FieldCity},
	} {
		if got := parse(t, text).Fields(); !slices.Equal(got, want) {
			t.Errorf("%q asks for %q", text, got)
		}
	}
}

func TestRuleResolvesDaysFromToday(t *testing.T) {
	today := crm.DayOf(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	r := parse(t, "not (first_purchase > today or last_purchase in (1d ago, 2025-12-24)) and tag = today and net = 3")
	before := r.String()
	const want = "not (first_purchase > 2026-03-01 or last_purchase in (2026-02-28, 2025-12-24)) and tag = today and net = 3"
	if got := r.Resolve(today).String(); got != want {
		t.Error(got)
	}
	if r.String() != before {
		t.Error("resolving changed the rule itself")
	}
	if got := (crm.Rule{}).Resolve(today); got.Root != nil {
		t.Error(got)
	}
}

func TestRuleCheckFindsWhatAProgramPutTogetherWrongly(t *testing.T) {
	number := crm.Compare{Field: crm.FieldNet, Op: crm.OpContains, Values: []crm.Value{{Amount: 5}}}
	if err := (crm.Rule{Root: number}).Check(); err == nil {
		t.Error("net contains is valid")
	}
	number.Op = crm.OpMore
	if err := (crm.Rule{Root: crm.All(number, number)}).Check(); err != nil {
		t.Error(err)
	}
	if err := (crm.Rule{Root: crm.All()}).Check(); err != nil {
		t.Error(err)
	}
}

func TestEveryFieldTakesItsOperatorsAndNoOther(t *testing.T) {
	ops := []crm.Op{crm.OpEqual, crm.OpNotEqual, crm.OpLess, crm.OpAtMost, crm.OpMore, crm.OpAtLeast, crm.OpIn, crm.OpContains}
	for _, f := range crm.Fields {
		value := map[crm.FieldKind]string{crm.KindDay: "2026-01-01"}[f.Kind()]
		if value == "" {
			value = "1"
		}
		for _, op := range ops {
			text := fmt.Sprintf("%s %s %s", f, op, value)
			if op == crm.OpIn {
				text = fmt.Sprintf("%s in (%s)", f, value)
			}
			if _, err := crm.ParseRule(text); (err == nil) != slices.Contains(f.Ops(), op) {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// ruleSeeds are counted, so that none goes missing.
var ruleSeeds = []string{
	"", "purchases >= 10 and net > 1000", "net(USD) <= -12.5 or gross = 0.0001", "not (tag = a or tag != 'b c') and sku in (1, 2)",
	"last_purchase < 90d ago", "first_purchase in (2026-11-11, today)", `tag = "say ""hi"" \\ \"x\""`, "（tag＝“老师”）　AND　ｎｅｔ（ＵＳＤ）＞＝１００",
	"city in （北京，上海、广州） or city ≠ 深圳", "tag = 'unclosed", "((((", "tag contains", "purchases >> 10", "city = L'Aquila", "tag = wow! and city!=x",
	"\xff\xfe tag = \x00", "tag = ‘a’‘", "net = -0", "tag = İ and TAG = ſ",
}

func FuzzParseRule(f *testing.F) {
	const seeds = 19
	if len(ruleSeeds) != seeds {
		f.Fatalf("%d seeds", len(ruleSeeds))
	}
	for _, s := range ruleSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := crm.ParseRule(text)
		if err != nil {
			var wrong *crm.RuleError
			if !errors.As(err, &wrong) {
				t.Fatalf("error of another kind: %v", err)
			}
			if wrong.Pos < 1 || wrong.Pos > utf8.RuneCountInString(text)+1 || len(wrong.Expected) == 0 {
				t.Fatalf("%d in %q: %v", wrong.Pos, text, wrong)
			}
			return
		}
		printed := r.String()
		back, err := crm.ParseRule(printed)
		if err != nil {
			t.Fatalf("%q prints as %q: %v", text, printed, err)
		}
		if !reflect.DeepEqual(r, back) {
			t.Fatalf("%q prints as %q, which is %q", text, printed, back)
		}
	})
}
