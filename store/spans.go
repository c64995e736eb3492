package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Who has bought what, and what sums customers have in other currencies than the
// book's, is kept by spans of customers, so that a rule about them reads all of it
// at once: of a million orders it is few megabytes and few thousand rows.

// spanSize is how many customers a row of a table by spans holds. It fits a byte.
const spanSize = 256

// span holds a list of each of its customers, nil for none.
type span [spanSize][]byte

var errSpan = errors.New("a list of customers is cut off")

// append adds the span as a row holds it: of each customer with a list the place
// in the span, the length of the list, and the list.
func (s *span) append(body []byte) []byte {
	for i, list := range s {
		if len(list) > 0 {
			body = append(body, byte(i))
			body = binary.AppendUvarint(body, uint64(len(list)))
			body = append(body, list...)
		}
	}
	return body
}

// eachList calls fn for every customer of a row by the place in the span.
func eachList(body []byte, fn func(place byte, list []byte)) error {
	for len(body) > 0 {
		size, n := binary.Uvarint(body[1:])
		if n <= 0 {
			return errSpan
		}
		rest := body[1+n:]
		if size > uint64(len(rest)) {
			return errSpan
		}
		fn(body[0], rest[:size])
		body = rest[size:]
	}
	return nil
}

// saveSpans keeps in a table by spans the lists of the customers touched, of
// those left out none.
func (t *Tx) saveSpans(ctx context.Context, table string, lists map[int64][]byte) error {
	touched := make(map[int64]*span)
	for customer := range t.dirty {
		touched[customer/spanSize] = nil
	}
	nums := slices.Sorted(maps.Keys(touched))
	list, err := jsonList(nums)
	if err != nil {
		return err
	}
	if err := t.eachSpan(ctx, func(num int64, body []byte) error {
		s := new(span)
		touched[num] = s
		return eachList(bytes.Clone(body), func(place byte, list []byte) { s[place] = list })
	}, `SELECT span, body FROM `+table+` WHERE span IN (SELECT value FROM json_each(?))`, list); err != nil {
		return err
	}
	for customer := range t.dirty {
		s := touched[customer/spanSize]
		if s == nil {
			s = new(span)
			touched[customer/spanSize] = s
		}
		s[customer%spanSize] = lists[customer]
	}
	if err := t.exec(ctx, "clear "+table, `DELETE FROM `+table+` WHERE span IN (SELECT value FROM json_each(?))`, list); err != nil {
		return err
	}
	rows := t.newBulk(table + ` (span, body)`)
	defer rows.close()
	for _, num := range nums {
		if body := touched[num].append(nil); len(body) > 0 {
			if err := rows.add(ctx, num, body); err != nil {
				return err
			}
		}
	}
	return rows.flush(ctx)
}

// eachSpan calls fn for the rows of a query; a body stays as it is until the next.
func (t *Tx) eachSpan(ctx context.Context, fn func(num int64, body []byte) error, query string, args ...any) error {
	return t.each(ctx, "read lists of customers", func(r *sql.Rows) error {
		var num int64
		var body sql.RawBytes
		if err := r.Scan(&num, &body); err != nil {
			return err
		}
		if err := fn(num, body); err != nil {
			return fmt.Errorf("customers from %d: %w", num*spanSize, err)
		}
		return nil
	}, query, args...)
}
