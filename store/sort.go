package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm"
)

// sorter is the order of a list of customers, what is left open by number.
type sorter struct {
	first   string // of Sorts, "" for none
	keys    []sortKey
	columns string // of the keys: ", expression AS k0, …"
	order   string // behind ORDER BY
	given   []any  // parameters of given
}

type sortKey struct {
	name       string // of its column
	descending bool
	stored     bool // not worked out
}

// given stands before queries with sort keys: today, and the ranks of places.
const given = `given AS (SELECT ? AS day, ? AS ranks)`

func (t *Tx) newSorter(ctx context.Context, sorts []Sort, today crm.Day) (*sorter, error) {
	s := &sorter{given: []any{int64(today), nil}}
	for i, by := range sorts {
		column := sortColumns[by.By]
		if column == "" {
			return nil, fmt.Errorf("sort by %s: %w", by.By, crm.ErrNotFound)
		}
		if s.given[1] == nil && slices.Contains(placeSorts, by.By) {
			ranks, err := t.placeRanks(ctx)
			if err != nil {
				return nil, err
			}
			s.given[1] = ranks
		}
		if i == 0 {
			s.first = by.By
		}
		k := sortKey{fmt.Sprintf("k%d", i), by.Descending, !strings.ContainsAny(column, " (")}
		s.keys = append(s.keys, k)
		s.columns += ", " + column + " AS " + k.name
		s.order += k.name
		if k.descending {
			s.order += " DESC"
		}
		s.order += " NULLS LAST, "
	}
	s.order += "num"
	return s, nil
}

// before is a condition over keys and num: whether a row stands before the one
// with these keys and this number. It looks at a key that is not stored once, where
// it can: some take longer to work out than all else.
func (s *sorter) before(keys []any, num int64) (query string, args []any) {
	query, args = "num < ?", []any{num}
	for i := len(keys) - 1; i >= 0; i-- {
		k, less := s.keys[i].name, " < ?"
		if s.keys[i].descending {
			less = " > ?"
		}
		first, tied, of := k+less, k+" = ?", []any{keys[i]}
		switch {
		case s.keys[i].stored && keys[i] != nil: // most rows fail the first test
			query = k + less[:2] + "= ? AND (" + first + " OR " + query + ")"
			args = slices.Concat(of, of, args)
		case keys[i] == nil: // last
			first, tied, of = k+" IS NOT NULL", k+" IS NULL", nil
			fallthrough
		case i < len(keys)-1:
			query = first + " OR " + tied + " AND (" + query + ")"
			args = slices.Concat(of, of, args)
		default:
			query = "CASE WHEN " + query + " THEN " + k + less[:2] + "= ? ELSE " + first + " END"
			args = slices.Concat(args, of, of)
		}
	}
	return query, args
}

// placeSorts are the sorts by rank.
var placeSorts = []string{"city", "province", "country"}

// rankSize is how many bytes the rank of a place takes.
const rankSize = 3

// placeRank is the rank of a place among all places, in an order of bytes.
func placeRank(place string) string {
	return fmt.Sprintf("substr((SELECT ranks FROM given), 1 + %d * %s, %[1]d)", rankSize, place)
}

// placeRanks returns the ranks of all places, each at the place's number.
func (t *Tx) placeRanks(ctx context.Context) ([]byte, error) {
	type ranked struct {
		id  int64
		key []byte
	}
	var list []ranked
	last := int64(0)
	if err := t.each(ctx, "rank places", func(r *sql.Rows) error {
		var id int64
		var text string
		if err := r.Scan(&id, &text); err != nil {
			return err
		}
		list = append(list, ranked{id, orderKey(text)})
		last = max(last, id)
		return nil
	}, `SELECT id, text FROM places`); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b ranked) int { return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.id, b.id)) })
	ranks := make([]byte, rankSize*(last+1))
	rank := 0
	for i, p := range list {
		if i > 0 && !bytes.Equal(p.key, list[i-1].key) {
			rank++
		}
		copy(ranks[rankSize*p.id:], []byte{byte(rank >> 16), byte(rank >> 8), byte(rank)})
	}
	return ranks, nil
}
