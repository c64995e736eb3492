package usecase

import (
	"context"
	"errors"
	"slices"

	"kebu/app/crm/access"
	"kebu/store"
)

// ErrOneCustomer means that a verb on several customers names only one.
var ErrOneCustomer = errors.New("only one customer")

// Joined says what Join did.
type Joined struct {
	Done
	ID string // of the customer that all of them are now
}

// Join decides that customers are one person. They stay one whatever is
// imported, in whatever order, until a newer decision or Undo says otherwise;
// what was written on them is the one's. It fails with ErrOneCustomer unless
// it is given at least two.
func (s *Session) Join(ctx context.Context, ids ...string) (Joined, error) {
	var joined Joined
	done, err := s.typed(ctx, access.Join, func(tx *store.Tx) (int, error) {
		nums, err := several(ctx, tx, ids)
		if err != nil {
			return 0, err
		}
		kept, n, err := tx.Join(ctx, nums)
		if err != nil {
			return 0, err
		}
		joined.ID, err = tx.CustomerID(ctx, kept)
		return n, err
	})
	if err != nil {
		return Joined{}, err
	}
	joined.Done = done
	return joined, nil
}

// Separate decides that two customers are different persons. They stay so
// whatever is imported, in whatever order, until a newer decision or Undo says
// otherwise. It fails with ErrOneCustomer for a customer and itself.
func (s *Session) Separate(ctx context.Context, a, b string) (Done, error) {
	return s.typed(ctx, access.Separate, func(tx *store.Tx) (int, error) {
		nums, err := several(ctx, tx, []string{a, b})
		if err != nil {
			return 0, err
		}
		return tx.Separate(ctx, nums[0], nums[1])
	})
}

// several returns the numbers of at least two customers.
func several(ctx context.Context, tx *store.Tx, ids []string) ([]int64, error) {
	var nums []int64
	for _, id := range ids {
		num, err := one(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(nums, num) {
			nums = append(nums, num)
		}
	}
	if len(nums) < 2 {
		return nil, ErrOneCustomer
	}
	return nums, nil
}
