package importers

import (
	"cmp"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/importers/table"
)

// mostWords bounds the list of unknown status words: where a column holds
// prose, each row has one of its own.
const mostWords = 100

// word is a status word, or one for the kind of a payment, as one format reads it.
type word[T ~string] struct {
	text    string
	meaning T    // "" for none
	tells   bool // false for words such as "no refund asked for"
}

// vocabulary reads words of one column and counts those it does not know.
type vocabulary[T ~string] struct {
	field Field
	known map[string]T
	seen  map[string]word[T]
	count map[string]int
	rest  int // rows of words beyond mostWords
}

func newVocabulary[T ~string](field Field, known map[string]T) *vocabulary[T] {
	return &vocabulary[T]{field: field, known: known, seen: map[string]word[T]{}, count: map[string]int{}}
}

func (v *vocabulary[T]) read(text string) word[T] {
	text = strings.TrimSpace(text)
	if text == "" {
		return word[T]{}
	}
	w, ok := v.seen[text]
	if !ok {
		meaning, known := v.meaning(table.Normal(text))
		if !known && blank(text) {
			return word[T]{}
		}
		w = word[T]{text: strings.Clone(text), meaning: meaning, tells: !known || meaning != ""}
		if len(v.seen) < mostWords {
			v.seen[w.text] = w
		}
	}
	if w.meaning == "" && w.tells {
		if _, listed := v.count[w.text]; listed || len(v.count) < mostWords {
			v.count[w.text]++
		} else {
			v.rest++
		}
	}
	return w
}

// meaning looks a word up, else the longest beginning of a sentence that fits.
func (v *vocabulary[T]) meaning(normal string) (meaning T, known bool) {
	if meaning, known = v.known[normal]; known {
		return meaning, true
	}
	longest := 0
	for w, s := range v.known {
		if start, open := strings.CutSuffix(w, "..."); open && len(start) > longest && strings.HasPrefix(normal, start) {
			longest, meaning, known = len(start), s, true
		}
	}
	return meaning, known
}

// unknown adds the unknown words to a report.
func (v *vocabulary[T]) unknown(r *Result) {
	r.UnknownRows += v.rest
	for text, n := range v.count {
		r.UnknownRows += n
		i := slices.IndexFunc(r.Unknown, func(w Word) bool { return w.Field == v.field && w.Text == text })
		if i >= 0 {
			r.Unknown[i].Count += n
			continue
		}
		r.Unknown = append(r.Unknown, Word{v.field, text, n})
	}
	slices.SortFunc(r.Unknown, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Text, b.Text))
	})
	r.Unknown = r.Unknown[:min(len(r.Unknown), mostWords)]
}

// progress is the place of a status in the course of an order, 0 if unknown.
func progress(s crm.Status) int { return slices.Index(crm.Statuses, s) + 1 }

// further returns the status that an order's word and an after-sale word make
// together: the one further on, but a cancelled or unpaid order stays so, for
// no money has changed hands for good.
func further(status, after crm.Status) crm.Status {
	if status.Counts() && progress(after) > progress(status) {
		return after
	}
	return status
}

// standing is further for words as read. Beside an unknown word, a known one of
// shipping says too little; one of a refund tells what became of the money.
func standing(w, after word[crm.Status]) crm.Status {
	if w.tells && w.meaning == crm.StatusUnknown && progress(after.meaning) < progress(crm.StatusRefundInProgress) {
		return crm.StatusUnknown
	}
	return further(w.meaning, after.meaning)
}

// statusSet is a set of statuses, a bit for each by its progress.
type statusSet uint16

func (s *statusSet) add(status crm.Status) {
	if status.Known() {
		*s |= 1 << progress(status)
	}
}

// combine gives the status of an order with parts in all of these.
func (s statusSet) combine() crm.Status {
	var list [16]crm.Status
	parts := list[:0]
	for _, status := range crm.Statuses {
		if s&(1<<progress(status)) != 0 {
			parts = append(parts, status)
		}
	}
	return crm.CombineStatus(parts)
}
