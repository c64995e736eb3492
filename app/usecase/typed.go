package usecase

import (
	"context"
	"slices"
	"strings"

	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/app/crm/pii"
	"kebu/store"
)

// Done says what a verb that people type did.
type Done struct {
	Step      int64 // takes it back, by Undo; 0 when nothing changed
	Customers int   // how many it changed
}

// Targets are the customers that a verb is for: those with IDs, or those that
// a rule and a search both find, except some. With none of them, the verb fails
// with ErrBlank.
type Targets struct {
	IDs    []string
	Where  string
	Search string
	Except []string // IDs
}

// AddTag gives customers a tag.
func (s *Session) AddTag(ctx context.Context, tag string, to Targets) (Done, error) {
	return s.tag(ctx, access.AddTag, tag, to, (*store.Tx).AddTag)
}

// RemoveTag takes a tag from customers.
func (s *Session) RemoveTag(ctx context.Context, tag string, from Targets) (Done, error) {
	return s.tag(ctx, access.RemoveTag, tag, from, (*store.Tx).RemoveTag)
}

func (s *Session) tag(ctx context.Context, v access.Verb, tag string, to Targets, change func(*store.Tx, context.Context, []int64, string) (int, error)) (Done, error) {
	if tag = strings.TrimSpace(tag); tag == "" || strings.ContainsAny(tag, "\x1f\n\r\t") {
		return Done{}, ErrBlank
	}
	return s.many(ctx, v, to, func(tx *store.Tx, nums []int64) (int, error) { return change(tx, ctx, nums, tag) })
}

// Tags returns every tag with the number of customers who have it, the most
// used first.
func (s *Session) Tags(ctx context.Context) ([]TagCount, error) {
	var tags []TagCount
	return tags, s.gate.View(ctx, access.Customers, func(tx *store.Tx) (err error) {
		if s.asks("tag") {
			tags, err = tx.CountTags(ctx)
		}
		return err
	})
}

// TagStates returns the tags that some of the customers have, with the number
// of them who do, and how many customers there are.
func (s *Session) TagStates(ctx context.Context, of Targets) (tags []TagCount, customers int, err error) {
	index, err := s.indexFor(ctx, Selection{Search: of.Search})
	if err != nil {
		return nil, 0, err
	}
	err = s.gate.View(ctx, access.Customers, func(tx *store.Tx) error {
		nums, err := s.targets(ctx, tx, of, index)
		if err != nil {
			return err
		}
		if customers = len(nums); s.asks("tag") {
			tags, err = tx.CountTagsOf(ctx, nums)
		}
		return err
	})
	return tags, customers, err
}

// SetContact records that customers want no contact, or takes that back.
func (s *Session) SetContact(ctx context.Context, of Targets, refused bool) (Done, error) {
	return s.many(ctx, access.SetContact, of, func(tx *store.Tx, nums []int64) (int, error) { return tx.SetRefusal(ctx, nums, refused) })
}

// SetAlias sets what the shop calls a customer; a blank alias removes it.
func (s *Session) SetAlias(ctx context.Context, id string, alias pii.Text) (Done, error) {
	text := strings.TrimSpace(alias.Reveal())
	if strings.ContainsAny(text, "\n\r\t") {
		return Done{}, ErrBlank
	}
	return s.typed(ctx, access.SetAlias, func(tx *store.Tx) (int, error) {
		num, err := one(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		return tx.SetAlias(ctx, num, pii.New(text))
	})
}

// many runs a verb of one step on customers.
func (s *Session) many(ctx context.Context, v access.Verb, on Targets, change func(*store.Tx, []int64) (int, error)) (Done, error) {
	index, err := s.indexFor(ctx, Selection{Search: on.Search})
	if err != nil {
		return Done{}, err
	}
	return s.typed(ctx, v, func(tx *store.Tx) (int, error) {
		nums, err := s.targets(ctx, tx, on, index)
		if err != nil {
			return 0, err
		}
		return change(tx, nums)
	})
}

func (s *Session) targets(ctx context.Context, tx *store.Tx, to Targets, index *find.Index) ([]int64, error) {
	if len(to.IDs) == 0 && strings.TrimSpace(to.Where) == "" && index == nil {
		return nil, ErrBlank // never everybody by mistake
	}
	var nums []int64
	var err error
	if len(to.IDs) > 0 {
		nums, err = tx.CustomerNums(ctx, to.IDs)
		slices.Sort(nums)
		nums = slices.Compact(nums) // one named twice is one
	} else {
		nums, _, err = s.find(ctx, tx, Selection{Where: to.Where, Search: to.Search, Sort: []store.Sort{{By: "id"}}}, index)
	}
	if err != nil || len(to.Except) == 0 {
		return nums, err
	}
	spared, err := tx.CustomerNums(ctx, to.Except)
	if err != nil {
		return nil, err
	}
	not := make(map[int64]bool, len(spared))
	for _, n := range spared {
		not[n] = true
	}
	return slices.DeleteFunc(nums, func(n int64) bool { return not[n] }), nil
}

// SetField gives one of the shop's own fields of a customer a value; a blank
// value removes the field.
func (s *Session) SetField(ctx context.Context, id, name string, value pii.Text) (Done, error) {
	if name = strings.TrimSpace(name); name == "" {
		return Done{}, ErrBlank
	}
	return s.typed(ctx, access.SetField, func(tx *store.Tx) (int, error) {
		num, err := one(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		return 1, tx.SetField(ctx, num, name, value)
	})
}

// searched are the verbs that change what searches find, or whose orders are whose.
var searched = map[access.Verb]bool{
	access.AddTag: true, access.RemoveTag: true, access.SetAlias: true, access.Join: true, access.Separate: true,
}

// typed runs a verb of one step, which is discarded when nothing changed.
func (s *Session) typed(ctx context.Context, v access.Verb, fn func(*store.Tx) (int, error)) (Done, error) {
	var d Done
	err := s.gate.Update(ctx, v, func(tx *store.Tx) error {
		n, err := fn(tx)
		if err != nil {
			return err
		}
		if n == 0 {
			return store.ErrDiscard
		}
		d = Done{tx.Step(), n}
		return tx.CountRows(ctx, n)
	})
	if err != nil {
		return Done{}, err
	}
	if searched[v] {
		s.stale()
	}
	return d, nil
}
