package history

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/usecase"
)

var zone = time.FixedZone("", 8*3600)

func words() shop { return shop{phrase.New("zh-Hans"), zone} }

func TestTheFilterIsAsked(t *testing.T) {
	day := func(d int) crm.Moment { return crm.At(time.Date(2026, 6, d, 0, 0, 0, 0, zone)) }
	for name, c := range map[string]struct {
		chip chip
		want usecase.LogRequest
		bad  bool
	}{
		"user":       {chip{byUser, opIs, []string{"小满"}}, usecase.LogRequest{User: "小满"}, false},
		"customer":   {chip{byCustomer, opIs, []string{"c1"}}, usecase.LogRequest{Customer: "c1"}, false},
		"kinds":      {chip{byKind, opIs, []string{"refused", "logins"}}, usecase.LogRequest{Verbs: []string{"login", "denied"}}, false},
		"since":      {chip{byDay, opSince, []string{"2026-06-02"}}, usecase.LogRequest{From: day(2)}, false},
		"until":      {chip{byDay, opUntil, []string{"2026-06-02"}}, usecase.LogRequest{To: day(3)}, false},
		"between":    {chip{byDay, opBetween, []string{"2026-06-05", "2026-06-02"}}, usecase.LogRequest{From: day(2), To: day(6)}, false},
		"no day":     {chip{byDay, opSince, []string{"soon"}}, usecase.LogRequest{}, true},
		"half":       {chip{byDay, opBetween, []string{"2026-06-05"}}, usecase.LogRequest{}, true},
		"no kind":    {chip{byKind, opIs, nil}, usecase.LogRequest{}, true},
		"other kind": {chip{byKind, opIs, []string{"x"}}, usecase.LogRequest{}, true},
	} {
		var r usecase.LogRequest
		if ok := c.chip.put(&r, zone); ok == c.bad || !reflect.DeepEqual(r, c.want) {
			t.Errorf("%s: %+v, %t", name, r, ok)
		}
	}
}

// TestEachChangeIsOfAKind: what can be taken back is found as a change, and each verb is
// of one kind at most.
func TestEachChangeIsOfAKind(t *testing.T) {
	of := map[string]string{}
	for _, k := range kinds {
		for _, v := range k.verbs {
			if of[v] != "" {
				t.Errorf("%s is of %s and of %s", v, of[v], k.id)
			}
			of[v] = k.id
		}
	}
	for _, r := range access.Table {
		if access.Undoable(r.Verb) && of[string(r.Verb)] != "changes" {
			t.Errorf("%s is of %q", r.Verb, of[string(r.Verb)])
		}
	}
}

func TestAnEntryAsARow(t *testing.T) {
	names := map[string]usecase.Named{"c1": {Mask: "陈**", Alias: "陈老师"}, "c2": {Mask: "林*"}}
	about := func(ids ...string) usecase.LogMatter {
		var m usecase.LogMatter
		for _, id := range ids {
			m.Changes = append(m.Changes, usecase.LogChange{Customer: id, What: "tag"})
		}
		return m
	}
	at := crm.At(time.Date(2026, 6, 30, 10, 12, 0, 0, zone))
	for name, c := range map[string]struct {
		entry usecase.LogEntry
		want  row
	}{
		"login":     {usecase.LogEntry{Verb: "login", User: "owner", As: "owner"}, row{who: "店主", what: "打开客簿", icon: "lock", tone: look.Muted}},
		"refused":   {usecase.LogEntry{Verb: "denied", Of: "log", User: "小满", As: "service"}, row{who: "小满", role: "客服", what: "想看记录，被拒绝", icon: "warn", tone: look.Bad}},
		"of one":    {usecase.LogEntry{Verb: "tag add", Rows: 1, LogMatter: about("c2")}, row{what: "加上标签", customer: "c2", whom: "林*"}},
		"of many":   {usecase.LogEntry{Verb: "tag add", Rows: 3, LogMatter: about("c1", "c2", "c2")}, row{what: "加上标签", customer: "c1", whom: "陈**（陈老师） 和另外 1 位", count: "3"}},
		"of none":   {usecase.LogEntry{Verb: "tag add", Rows: 1, LogMatter: about("c9")}, row{what: "加上标签", whom: "已不在客簿里", faint: true}},
		"forgotten": {usecase.LogEntry{Verb: "note", Forgotten: true}, row{what: "写了备注", whom: "已删除的人", faint: true}},
		"sealed":    {usecase.LogEntry{Verb: "note", Sealed: true}, row{what: "写了备注", whom: "你的钥匙打不开", faint: true}},
		"late":      {usecase.LogEntry{Verb: "undo", Back: 50 * time.Hour}, row{what: "撤销", late: "电脑的时钟比上一条慢 2 天"}},
		"a list": {
			usecase.LogEntry{Verb: "export", Rows: 1200, LogMatter: usecase.LogMatter{File: "a.xlsx", Kind: "ship", Purpose: "寄样"}},
			row{what: "导出 a.xlsx", icon: "export", tone: look.Late, count: "1,200", why: "寄东西：寄样"},
		},
		"a look": {
			usecase.LogEntry{Verb: "reveal", Rows: 1, LogMatter: usecase.LogMatter{Purpose: "发货售后"}},
			row{what: "查看了真实资料", icon: "eye", tone: look.Masked, why: "发货售后"},
		},
	} {
		c.entry.At, c.want.entry, c.want.when = at, c.entry, "2026-06-30 10:12"
		c.want.entry.At = at
		if got := words().rowOf(c.entry, names); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v\nwant %+v", name, got, c.want)
		}
	}
}

func TestHowTheLogStands(t *testing.T) {
	when := func(crm.Moment) string { return "今天" }
	for want, l := range map[string]usecase.LogState{
		"9 条，只增不减 · 还没有取过校验点":          {Entries: 9},
		"9 条，只增不减 · 上次校验点 今天，之后没有新的":   {Entries: 9, Signed: 9},
		"9 条，只增不减 · 上次校验点 今天，之后又有 2 条": {Entries: 9, Signed: 7},
	} {
		if got := words().standing(l, "", when); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestValuesAreOfChangesThatHaveThem(t *testing.T) {
	for what, want := range map[string]bool{"note": true, "field": true, "seen": false, "same": false, "different": false} {
		if valued(usecase.LogChange{What: what}) != want {
			t.Error(what)
		}
	}
	if got := customers(&usecase.LogEntry{LogMatter: usecase.LogMatter{Changes: []usecase.LogChange{{Customer: "b"}, {}, {Customer: "a"}, {Customer: "b"}}}}); !slices.Equal(got, []string{"b", "a"}) {
		t.Error(got)
	}
}
