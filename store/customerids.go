package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"kebu/app/crm"
)

// CustomerNum returns the number of the customer with an id, or ErrNotFound, which is a
// *crm.ErasedError for one who was erased.
func (t *Tx) CustomerNum(ctx context.Context, id string) (int64, error) {
	raw, err := hex.DecodeString(id)
	if err != nil || len(raw) != 16 {
		return 0, fmt.Errorf("customer: %w", crm.ErrNotFound)
	}
	var n int64
	err = t.tx.QueryRowContext(ctx, `SELECT num FROM customers WHERE id = ?`, raw).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("customer: %w", cmp.Or(t.erased(ctx, raw), crm.ErrNotFound))
	}
	if err != nil {
		return 0, fmt.Errorf("find customer: %w", err)
	}
	return n, nil
}

// CustomerID returns the id of the customer with a number, or ErrNotFound.
func (t *Tx) CustomerID(ctx context.Context, num int64) (string, error) {
	var id string
	err := t.tx.QueryRowContext(ctx, `SELECT lower(hex(id)) FROM customers WHERE num = ?`, num).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("customer: %w", crm.ErrNotFound)
	}
	if err != nil {
		return "", fmt.Errorf("find customer: %w", err)
	}
	return id, nil
}

// CustomerNums returns the numbers of the customers with the given ids, in
// that order, or fails as CustomerNum.
func (t *Tx) CustomerNums(ctx context.Context, ids []string) ([]int64, error) {
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	numOf := make(map[string]int64, len(ids))
	if err := t.each(ctx, "find customers", func(r *sql.Rows) error {
		var id string
		var num int64
		if err := r.Scan(&id, &num); err != nil {
			return err
		}
		numOf[id] = num
		return nil
	}, `SELECT lower(hex(id)), num FROM customers WHERE id IN (SELECT unhex(value) FROM json_each(?))`, list); err != nil {
		return nil, err
	}
	nums := make([]int64, len(ids))
	for i, id := range ids {
		if nums[i] = numOf[strings.ToLower(id)]; nums[i] == 0 {
			_, err := t.CustomerNum(ctx, id)
			return nil, err
		}
	}
	return nums, nil
}
