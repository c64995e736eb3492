package find

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// customer is what the plain searcher below keeps of one.
type customer struct {
	id     int64
	rank   int32
	fields Fields
}

// plainly finds what the doc of Search promises, by the shortest way to say it.
func plainly(all []customer, query string) []Hit {
	type graded struct {
		customer
		grade grade
		in    Field
	}
	words := strings.Fields(string(appendFolded(nil, query)))
	var hits []graded
	for _, c := range all {
		g, in := exactName, Field(0)
		if len(words) > 0 {
			g, in = gradePlainly(c.fields, words)
		}
		if g != notFound {
			hits = append(hits, graded{c, g, in})
		}
	}
	slices.SortFunc(hits, func(a, b graded) int {
		return cmp.Or(cmp.Compare(a.grade, b.grade), cmp.Compare(a.rank, b.rank), cmp.Compare(a.id, b.id))
	})
	out := make([]Hit, len(hits))
	for i, h := range hits {
		out[i] = Hit{h.id, h.in}
	}
	return out
}

func gradePlainly(f Fields, words []string) (grade, Field) {
	best, in, phrase := notFound, Field(0), strings.Join(words, " ")
	for k, w := range words {
		word := notFound
		found := func(g grade, kind Field) { word, in = min(word, g), in|kind }
		fold := func(s string) string { return string(appendFolded(nil, s)) }
		for _, s := range f.Names {
			if s = fold(s); s == w {
				found(exactName, Name)
			} else if strings.HasPrefix(s, w) {
				found(nameStart, Name)
			} else if strings.Contains(s, w) {
				found(theRest, Name)
			}
			if s == phrase {
				best = exactName
			}
			if readsPlainly(s, words[:k+1], true) {
				found(nameStart, Name)
			} else if readsPlainly(s, words[:k+1], false) {
				found(theRest, Name)
			}
		}
		for _, s := range f.Accounts {
			if strings.Contains(fold(s), w) {
				found(anAccount, Account)
			}
		}
		digits := strings.NewReplacer("-", "", "+", "", "(", "", ")", "", ".", "", "/", "").Replace(w)
		for _, s := range f.Phones {
			s = strings.NewReplacer("-", "", "+", "", " ", "").Replace(s)
			if digits != "" && strings.Trim(digits, "0123456789") == "" && strings.Contains(s, digits) {
				found(aPhone, Phone)
			}
		}
		for kind, list := range map[Field][]string{City: f.Cities, Tag: f.Tags} {
			for _, s := range list {
				if s = fold(s); strings.Contains(s, w) || readsPlainly(s, words[:k+1], false) {
					found(theRest, kind)
				}
			}
		}
		if word == notFound {
			return notFound, 0
		}
		best = min(best, word)
	}
	return best, in
}

// readsPlainly reports whether the last of the words reads a value from its
// start or from where the words right before it, in turn, stopped.
func readsPlainly(value string, words []string, usual bool) bool {
	last := len(words) - 1
	for first := range words {
		if readsOn([]rune(value), words[first:last+1], 0, usual) {
			return true
		}
	}
	return false
}

// readsOn reports whether the words, one after another, read runes from place j.
func readsOn(runes []rune, words []string, j int, usual bool) bool {
	w := words[0]
	if strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" || j == len(runes) {
		return false
	}
	r := runes[j]
	if strings.ContainsRune(" ·-+.", r) {
		return readsOn(runes, words, j+1, usual)
	}
	var parts []string
	if 'a' <= r && r <= 'z' {
		parts = []string{string(r)}
	} else {
		reading := readings().of(r)
		if second := append(slices.Clone(runes), 0)[1]; j < 2 {
			reading = readings().surname(j, runes[0], second)
		}
		syllables := reading.syllables
		if usual {
			syllables = syllables[:reading.usual]
		}
		for _, s := range syllables {
			parts = append(parts, s, s[:1])
			if len(s) > 2 && s[1] == 'h' {
				parts = append(parts, s[:2])
			}
			if strings.HasPrefix(s, w) {
				parts = append(parts, w)
			}
		}
	}
	for _, p := range parts {
		rest, ok := strings.CutPrefix(w, p)
		switch {
		case !ok:
		case rest != "" && readsOn(runes, slices.Concat([]string{rest}, words[1:]), j+1, usual):
			return true
		case rest == "" && (len(words) == 1 || readsOn(runes, words[1:], j+1, usual)):
			return true
		}
	}
	return false
}

// random draws values and queries from so few letters that they often meet.
type random struct{ *rand.Rand }

func (r random) text(letters string, longest int) string {
	from, out := []rune(letters), []rune(nil)
	for range 1 + r.IntN(longest) {
		out = append(out, from[r.IntN(len(from))])
	}
	return string(out)
}

func (r random) list(most int, text func() string) (list []string) {
	for range r.IntN(most + 1) {
		list = append(list, text())
	}
	return list
}

func (r random) fields() Fields {
	return Fields{
		Names:    r.list(2, func() string { return r.text("张伟偉曾单重庆乐尉迟安阿a z·", 4) }),
		Accounts: r.list(2, func() string { return r.text("Az张w18-", 5) }),
		Phones:   r.list(2, func() string { return r.text("1830-+* ", 7) }),
		Cities:   r.list(1, func() string { return r.text("重庆安z", 2) }),
		Tags:     r.list(2, func() string { return r.text("乐wz1", 2) }),
	}
}

func (r random) query() string {
	switch r.IntN(4) {
	case 0:
		return r.text("张偉伟曾单重庆乐Ａ ", 3)
	case 1:
		return r.text("138-+ 0", 4)
	case 2:
		return r.text("zhangwecyul ", 6)
	}
	return r.text("张伟z w1qcaeng重l-", 4)
}

func TestSearchKeepsItsPromise(t *testing.T) {
	r := random{rand.New(rand.NewPCG(3, 4))}
	found := 0
	for range 60 {
		var all []customer
		a, b := NewBuilder(), NewBuilder()
		for id := range int64(r.IntN(120)) {
			c := customer{id, int32(r.IntN(10)), r.fields()}
			all = append(all, c)
			[]*Builder{a, b}[r.IntN(2)].Add(c.id, c.rank, c.fields)
		}
		x := Build(a, b)
		for range 20 {
			if r.IntN(3) == 0 {
				c := customer{int64(r.IntN(150)), int32(r.IntN(10)), r.fields()}
				all = slices.DeleteFunc(all, func(o customer) bool { return o.id == c.id })
				if r.IntN(3) == 0 {
					x.Remove(c.id)
				} else {
					x.Replace(c.id, c.rank, c.fields)
					all = append(all, c)
				}
			}
			query := r.query()
			want := plainly(all, query)
			found += len(want)
			limit := r.IntN(40)
			got, err := x.Search(t.Context(), query, limit)
			if err != nil {
				t.Fatal(err)
			}
			if got.Total != len(want) || !slices.Equal(got.Hits, want[:min(limit, len(want))]) {
				t.Fatalf("%q, limit %d: got %v of %d, want %v", query, limit, got.Hits, got.Total, want)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d hits were compared", found)
	}
}

func TestSessionAnswersAsIfNothingWasTypedBefore(t *testing.T) {
	r := random{rand.New(rand.NewPCG(5, 6))}
	for range 20 {
		b := NewBuilder()
		for id := range int64(400) {
			b.Add(id, 0, r.fields())
		}
		x := Build(b)
		s := x.NewSession()
		var query []rune
		for range 150 {
			switch n := len(query); {
			case r.IntN(4) == 0 && n > 0: // a letter goes, anywhere
				i := r.IntN(n)
				query = slices.Delete(query, i, i+1)
			case r.IntN(12) == 0:
				query = query[:0]
			case r.IntN(8) == 0: // a letter comes, anywhere
				query = slices.Insert(query, r.IntN(n+1), []rune(r.query())[0])
			case n < 12:
				query = append(query, []rune(r.query())[0])
			}
			if r.IntN(20) == 0 {
				x.Replace(int64(r.IntN(500)), 0, r.fields())
			}
			sameAnswer(t, x, s, string(query))
		}
	}
}

func sameAnswer(t *testing.T, x *Index, s *Session, query string) {
	t.Helper()
	got, err := s.Search(t.Context(), query, 50)
	if err != nil {
		t.Fatal(err)
	}
	want, err := x.Search(t.Context(), query, 50)
	if err != nil {
		t.Fatal(err)
	}
	if got.Total != want.Total || !slices.Equal(got.Hits, want.Hits) {
		t.Fatalf("%q: the session gives %v of %d, a fresh search %v of %d", query, got.Hits, got.Total, want.Hits, want.Total)
	}
}

func FuzzSessionAnswersAsIfNothingWasTypedBefore(f *testing.F) {
	for _, s := range [][2]string{{"z", "zw"}, {"+", "+8"}, {"张", "張偉"}, {"e", "e\u0301"}, {"zhang", "zhang wei"}, {"a", "b"}, {"\xff", "\x00"}} {
		f.Add(s[0], s[1])
	}
	r := random{rand.New(rand.NewPCG(7, 8))}
	b := NewBuilder()
	for id := range int64(300) {
		b.Add(id, 0, r.fields())
	}
	x := Build(b)
	f.Fuzz(func(t *testing.T, before, query string) {
		x.Replace(300, 1, Fields{Names: []string{query}, Accounts: []string{query}, Phones: []string{query}, Tags: []string{query}})
		s := x.NewSession()
		sameAnswer(t, x, s, before)
		sameAnswer(t, x, s, query)
		if len(appendFolded(nil, query)) > 0 && !slices.ContainsFunc(lookFor(t, x, query), func(h Hit) bool { return h.ID == 300 }) {
			t.Errorf("%q does not find itself", query)
		}
	})
}

func TestManyBlocksAnswerAsOne(t *testing.T) {
	r := random{rand.New(rand.NewPCG(9, 10))}
	const n = blockSize + 5000
	var all []customer
	builders := []*Builder{NewBuilder(), NewBuilder()}
	for id := range int64(n) {
		c := customer{id, int32(r.IntN(n)), r.fields()}
		all = append(all, c)
		builders[id/40_000].Add(c.id, c.rank, c.fields)
	}
	x := Build(builders...)
	for id := range int64(50) {
		all[id*700].fields = r.fields()
		x.Replace(all[id*700].id, all[id*700].rank, all[id*700].fields)
	}
	for _, query := range []string{"1", "z w"} {
		want := plainly(all, query)
		if got := lookFor(t, x, query); !slices.Equal(got, want) {
			t.Errorf("%q finds %d, want %d, or in another order", query, len(got), len(want))
		}
	}
	if _, err := x.Search(canceled(t), "z", 1); err == nil {
		t.Error("a cancelled search gives an answer")
	}
}
