package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"

	"kebu/app/crm"
)

// packPeople writes numbers of customers as migration 0017 says.
func packPeople(nums []int64) []byte {
	packed := make([]byte, 0, 2*len(nums))
	var last int64
	for _, n := range slices.Sorted(slices.Values(nums)) {
		packed = binary.AppendUvarint(packed, uint64(n-last)) //nolint:gosec // they rise
		last = n
	}
	return packed
}

// unpackPeople reads what packPeople wrote, or fails with ErrDamaged.
func unpackPeople(packed []byte) ([]int64, error) {
	var nums []int64
	var last int64
	for len(packed) > 0 {
		more, size := binary.Uvarint(packed)
		if size <= 0 {
			return nil, fmt.Errorf("read people of list: %w", ErrDamaged)
		}
		last += int64(more) //nolint:gosec // what was written was a number
		nums, packed = append(nums, last), packed[size:]
	}
	return nums, nil
}

// HandedSince returns the customers on lists that a user made since a time and nobody
// had to approve.
func (t *Tx) HandedSince(ctx context.Context, user string, since crm.Moment) (map[int64]bool, error) {
	people := make(map[int64]bool)
	return people, t.each(ctx, "find people of lists", func(r *sql.Rows) error {
		var packed []byte
		if err := r.Scan(&packed); err != nil {
			return err
		}
		nums, err := unpackPeople(packed)
		for _, n := range nums {
			people[n] = true
		}
		return err
	}, `SELECT h.people FROM handed AS h JOIN steps AS s ON s.id = h.step WHERE s.user = ? AND s.at >= ?`, user, int64(since))
}

// RecordHanded records whom the transaction's list holds, and forgets those of lists
// made before a time.
func (t *Tx) RecordHanded(ctx context.Context, nums []int64, before crm.Moment) error {
	if err := t.exec(ctx, "forget people of lists", `DELETE FROM handed WHERE step IN (SELECT id FROM steps WHERE at < ?)`, int64(before)); err != nil {
		return err
	}
	return t.exec(ctx, "record people of list", `INSERT INTO handed (step, people) VALUES (?, ?)`, t.step, packPeople(nums))
}
