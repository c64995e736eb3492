package evidence

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// disclosing are the verbs by which data leaves the book or its masks.
var disclosing = []string{"export", "reveal", "audit-pack"}

// summary is what a person reads first. It follows from the entries, and a
// verifier works it out anew.
type summary struct {
	list bytes.Buffer
	sums map[countKey]count
}

type countKey struct{ verb, who string }

type count struct{ entries, rows int64 }

func (s *summary) add(e *Entry) {
	if s.sums == nil {
		s.sums = make(map[countKey]count)
	}
	k := countKey{e.Act, e.Who}
	c := s.sums[k]
	s.sums[k] = count{c.entries + 1, c.rows + e.Rows}
	if slices.Contains(disclosing, e.Act) {
		fmt.Fprintf(&s.list, "%d,%s,%s,%s,%d\n", e.N, time.Unix(e.At, 0).UTC().Format(time.RFC3339), e.Who, e.Act, e.Rows)
	}
}

// exports lists what left the book or its masks.
func (s *summary) exports() []byte {
	return append([]byte("entry,time,user,verb,rows\n"), s.list.Bytes()...)
}

// counts counts entries, and what they concerned, by verb and user.
func (s *summary) counts() []byte {
	var b bytes.Buffer
	b.WriteString("verb,user,entries,rows\n")
	for _, k := range slices.SortedFunc(maps.Keys(s.sums), func(a, b countKey) int {
		return cmp.Or(cmp.Compare(a.verb, b.verb), cmp.Compare(a.who, b.who))
	}) {
		c := s.sums[k]
		fmt.Fprintf(&b, "%s,%s,%d,%d\n", k.verb, k.who, c.entries, c.rows)
	}
	return b.Bytes()
}
