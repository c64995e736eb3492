package usecase

import (
	"context"
	"slices"
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
		Name: s.depth("name"), Account: s.depth("account"), Phone: s.depth("phone"), Alias: s.depth("alias"), City: s.asks("city"), Tag: s.asks("tag"),
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

// depth is how far into what is named the user's searches look.
func (s *Session) depth(name string) store.Depth {
	l := s.sees(name)
	switch {
	case l < access.Masked:
		return store.SearchNothing
	case l < access.Reveals:
		return store.SearchMasks
	case access.FindsParts(s.gate.Role()):
		return store.SearchParts
	default:
		return store.SearchWhole
	}
}

// hits returns whom a text finds: typed whole, then the best hits.
func hits(ctx context.Context, index *find.Index, text string) ([]int64, error) {
	found, err := index.Search(ctx, text, index.Len())
	if err != nil {
		return nil, err
	}
	first := index.Whole(text)
	nums := append(make([]int64, 0, len(first)+len(found.Hits)), first...)
	for _, h := range found.Hits {
		if _, twice := slices.BinarySearch(first, h.ID); !twice {
			nums = append(nums, h.ID)
		}
	}
	return nums, nil
}

// Warm builds the search index ahead of the first search.
func (s *Session) Warm(ctx context.Context) error {
	_, err := s.index(ctx)
	return err
}
