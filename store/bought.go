package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Who has bought what is kept by spans of customers, so that a rule about
// products reads all of it at once: a million orders are few megabytes and
// few thousand rows.

// spanSize is how many customers a row of bought spans. It fits a byte.
const spanSize = 256

// span holds what each of its customers has bought, nil for nothing.
type span [spanSize]productList

// productList holds the numbers of products, ascending: of each, as a uvarint,
// how much larger it is than the one before.
type productList []byte

// productSet has the bits of products set, the lowest of the first byte for 0.
type productSet []byte

var errBought = errors.New("what customers bought is cut off")

func listProducts(nums []int64) productList {
	slices.Sort(nums)
	var list productList
	last := int64(0)
	for _, n := range slices.Compact(nums) {
		list = binary.AppendUvarint(list, uint64(n-last)) //nolint:gosec // they ascend
		last = n
	}
	return list
}

// newProductSet makes a set of one product or more.
func newProductSet(nums []int64) productSet {
	set := make(productSet, slices.Max(nums)/8+1)
	for _, n := range nums {
		set[n/8] |= 1 << (n % 8)
	}
	return set
}

// meets reports whether one of the products listed is in set.
func (l productList) meets(set productSet) bool {
	product := uint64(0)
	for len(l) > 0 {
		step, n := binary.Uvarint(l)
		product += step
		if n <= 0 || product/8 >= uint64(len(set)) {
			return false
		}
		if set[product/8]&(1<<(product%8)) != 0 {
			return true
		}
		l = l[n:]
	}
	return false
}

// append adds the span as a row holds it: of each customer who has bought
// something the place in the span, the length of the list, and the list.
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
func eachList(body []byte, fn func(place byte, list productList)) error {
	for len(body) > 0 {
		size, n := binary.Uvarint(body[1:])
		if n <= 0 {
			return errBought
		}
		rest := body[1+n:]
		if size > uint64(len(rest)) {
			return errBought
		}
		fn(body[0], rest[:size])
		body = rest[size:]
	}
	return nil
}

// saveBought keeps what the customers touched have bought, those left out nothing.
func (t *Tx) saveBought(ctx context.Context, lists map[int64]productList) error {
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
		return eachList(body, func(place byte, list productList) { s[place] = list })
	}, `SELECT span, body FROM bought WHERE span IN (SELECT value FROM json_each(?))`, list); err != nil {
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
	if err := t.exec(ctx, "clear what customers bought", `DELETE FROM bought WHERE span IN (SELECT value FROM json_each(?))`, list); err != nil {
		return err
	}
	rows := t.newBulk(`bought (span, body)`)
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

// whoBought returns the customers who have bought one of some products.
func (t *Tx) whoBought(ctx context.Context, products []int64) (customerSet, error) {
	if len(products) == 0 {
		return nil, nil
	}
	set := newProductSet(products)
	var who customerSet
	err := t.eachSpan(ctx, func(num int64, body []byte) error {
		return eachList(body, func(place byte, list productList) {
			if list.meets(set) {
				who.add(num*spanSize + int64(place))
			}
		})
	}, `SELECT span, body FROM bought ORDER BY span`)
	return who, err
}

func (t *Tx) eachSpan(ctx context.Context, fn func(num int64, body []byte) error, query string, args ...any) error {
	return t.each(ctx, "read what customers bought", func(r *sql.Rows) error {
		var num int64
		var body []byte
		if err := r.Scan(&num, &body); err != nil {
			return err
		}
		if err := fn(num, body); err != nil {
			return fmt.Errorf("customers from %d: %w", num*spanSize, err)
		}
		return nil
	}, query, args...)
}
