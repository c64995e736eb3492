package usecase

import (
	"context"
	"sync"

	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/store"
)

// index returns what searches the customers, built on first use after a
// change: two halves of the customers side by side.
func (s *Session) index(ctx context.Context) (*find.Index, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, nil
	}
	var from, to int64
	if err := s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
		var err error
		from, to, err = tx.CustomerRange(ctx)
		return err
	}); err != nil {
		return nil, err
	}
	middle := from + (to-from)/2
	builders := [2]*find.Builder{find.NewBuilder(), find.NewBuilder()}
	ranges := [2][2]int64{{from, middle}, {middle, to}}
	by := store.Searched{
		Name: s.asks("name"), Account: s.asks("account"), Phone: s.asks("phone"), City: s.asks("city"), Tag: s.asks("tag"), Alias: s.asks("alias"),
	}
	var errs [2]error
	var done sync.WaitGroup
	for i := range builders {
		done.Go(func() {
			errs[i] = s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
				return tx.FillIndex(ctx, builders[i], ranges[i][0], ranges[i][1], by)
			})
		})
	}
	done.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	s.found = find.Build(builders[0], builders[1])
	return s.found, nil
}

// Warm builds the search index ahead of the first search.
func (s *Session) Warm(ctx context.Context) error {
	_, err := s.index(ctx)
	return err
}
