package store

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"kebu/app/crm"
)

// productList holds the numbers of products, ascending: of each, as a uvarint,
// how much larger it is than the one before.
type productList []byte

// productMarks are the marks of products by their numbers.
type productMarks []uint64

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

// set marks a product.
func (m *productMarks) set(product int64, marks uint64) {
	if more := int(product) + 1 - len(*m); more > 0 {
		*m = append(*m, make(productMarks, more)...)
	}
	(*m)[product] = marks
}

// marks returns the marks of the products listed.
func (l productList) marks(of productMarks) uint64 {
	var marks uint64
	product := uint64(0)
	for len(l) > 0 {
		step, n := binary.Uvarint(l)
		product += step
		if n <= 0 || product >= uint64(len(of)) {
			break
		}
		marks |= of[product]
		l = l[n:]
	}
	return marks
}

// whoBought calls fn for the customers, in their order, who have bought products
// with marks.
func (t *Tx) whoBought(ctx context.Context, products productMarks, fn func(customer int64, marks uint64)) error {
	if len(products) == 0 {
		return nil
	}
	return t.eachSpan(ctx, func(num int64, body []byte) error {
		return eachList(body, func(place byte, list []byte) {
			if marks := productList(list).marks(products); marks != 0 {
				fn(num*spanSize+int64(place), marks)
			}
		})
	}, `SELECT span, body FROM bought ORDER BY span`)
}

// foreignSums are sums of one currency after another: the length of its name, the
// name, gross and refunded.
type foreignSums []byte

func (f foreignSums) add(currency string, s sums) foreignSums {
	f = binary.AppendUvarint(f, uint64(len(currency)))
	f = append(f, currency...)
	f = binary.AppendVarint(f, int64(s.gross))
	return binary.AppendVarint(f, int64(s.refunded))
}

// each calls fn for each of the sums.
func (f foreignSums) each(fn func(currency []byte, s sums)) error {
	for len(f) > 0 {
		size, n := binary.Uvarint(f)
		if n <= 0 || size > uint64(len(f)-n) { //nolint:gosec // n is at most the length
			return errSpan
		}
		name, rest := f[n:n+int(size)], f[n+int(size):] //nolint:gosec // no more than there is
		gross, n := binary.Varint(rest)
		if n <= 0 {
			return errSpan
		}
		refunded, more := binary.Varint(rest[n:])
		if more <= 0 {
			return errSpan
		}
		fn(name, sums{crm.Money(gross), crm.Money(refunded)})
		f = rest[n+more:]
	}
	return nil
}

// eachForeign calls fn for the sums in other currencies than the book's of each
// customer who has some, in their order.
func (t *Tx) eachForeign(ctx context.Context, fn func(customer int64, list foreignSums) error) error {
	return t.eachSpan(ctx, func(num int64, body []byte) error {
		var failed error
		return errors.Join(eachList(body, func(place byte, list []byte) {
			failed = errors.Join(failed, fn(num*spanSize+int64(place), list))
		}), failed)
	}, `SELECT span, body FROM foreign_sums ORDER BY span`)
}
