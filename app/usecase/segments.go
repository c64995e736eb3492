package usecase

import (
	"context"
	"errors"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// Segment is a saved rule with what it finds now.
type Segment struct {
	// Hidden is what the rule asks for and the user's role does not see: of such a
	// segment nothing but its name is told.
	Hidden     access.Field
	Name, Rule string
	Customers  int
	Net        crm.Money // of them, in the book's currency
	Few        bool      // Net is left out: they are fewer than the role may know the sum of
	// Since is the day with which today is compared, up to 7 days ago; 0 when
	// nothing is known of these days. Entered and Left are how many customers
	// came and went since.
	Since         crm.Day
	Entered, Left int
	LastExport    crm.Moment // of a list by this rule
}

// Segments returns the saved rules by name. The first time on a day it keeps
// whom they find, to compare the next days with.
func (s *Session) Segments(ctx context.Context) ([]Segment, error) {
	var list []Segment
	var today crm.Day
	fresh := make(map[string]store.Members) // by rule, of which there is no snapshot of today
	err := s.gate.View(ctx, access.Segments, func(tx *store.Tx) error {
		segments, err := tx.Segments(ctx)
		if err != nil {
			return err
		}
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		today = env.Today
		before, taken, err := tx.Snapshots(ctx, today)
		if err != nil {
			return err
		}
		exports, err := lastExports(ctx, tx)
		if err != nil {
			return err
		}
		for _, g := range segments {
			rule, err := s.rule(g.Rule)
			if hidden, ok := errors.AsType[*HiddenError](err); ok {
				list = append(list, Segment{Name: g.Name, Hidden: hidden.Field})
				continue
			}
			if err != nil {
				return err
			}
			members, net, err := membersOf(ctx, tx, rule, env)
			if err != nil {
				return err
			}
			few := s.few("net", members.Len())
			if few || !s.asks("net") {
				net = 0
			}
			if !taken[g.Rule] {
				fresh[g.Rule] = members
			}
			entry := Segment{Name: g.Name, Rule: g.Rule, Customers: members.Len(), Net: net, Few: few, LastExport: exports[g.Rule]}
			if then, ok := before[g.Rule]; ok {
				left, err := tx.CustomerIDs(ctx, then.Members.Without(members))
				if err != nil {
					return err
				}
				entry.Since, entry.Entered, entry.Left = then.Day, len(members.Without(then.Members)), len(left)
			}
			list = append(list, entry)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// The list does not wait for an import that writes, and a full disk does not
	// take it away: the next one keeps what this one could not.
	if len(fresh) > 0 && !s.gate.Writing() {
		_ = s.gate.Keep(ctx, access.Segments, func(tx *store.Tx) error { return tx.SaveSnapshots(ctx, today, fresh) })
	}
	return list, nil
}

// SegmentMoves returns the ids of the customers who entered a segment and who
// left it, as Segments counts them. It fails with crm.ErrNotFound.
func (s *Session) SegmentMoves(ctx context.Context, name string) (entered, left []string, err error) {
	err = s.gate.View(ctx, access.Segments, func(tx *store.Tx) error {
		saved, err := tx.SegmentRule(ctx, name)
		if err != nil {
			return err
		}
		rule, err := s.rule(saved)
		if err != nil {
			return err
		}
		env, err := s.env(ctx, tx)
		if err != nil {
			return err
		}
		before, _, err := tx.Snapshots(ctx, env.Today)
		then, ok := before[saved]
		if err != nil || !ok {
			return err
		}
		now, _, err := membersOf(ctx, tx, rule, env)
		if err != nil {
			return err
		}
		if entered, err = tx.CustomerIDs(ctx, now.Without(then.Members)); err != nil {
			return err
		}
		left, err = tx.CustomerIDs(ctx, then.Members.Without(now))
		return err
	})
	return entered, left, err
}

func membersOf(ctx context.Context, tx *store.Tx, rule crm.Rule, env crm.RuleEnv) (store.Members, crm.Money, error) {
	return tx.MembersOf(ctx, store.Selection{Where: &rule}, env)
}

// lastExports returns when each rule, in its one form, was last exported.
func lastExports(ctx context.Context, tx *store.Tx) (map[string]crm.Moment, error) {
	typed, err := tx.LastExports(ctx)
	if err != nil {
		return nil, err
	}
	last := make(map[string]crm.Moment, len(typed))
	for text, at := range typed {
		if rule, err := crm.ParseRule(text); err == nil {
			form := rule.String()
			last[form] = max(last[form], at)
		}
	}
	return last, nil
}

// SaveSegment keeps a rule under a name, in place of one of the same name.
func (s *Session) SaveSegment(ctx context.Context, name, rule string) (Done, error) {
	if name = strings.TrimSpace(name); name == "" {
		return Done{}, ErrBlank
	}
	if strings.TrimSpace(rule) == "" {
		return Done{}, ErrBlank
	}
	parsed, err := crm.ParseRule(rule)
	if err != nil {
		return Done{}, err
	}
	return s.typed(ctx, access.SaveSegment, func(tx *store.Tx) (int, error) {
		if _, err := s.rule(rule); err != nil {
			return 0, err
		}
		return 1, tx.SaveSegment(ctx, store.Segment{Name: name, Rule: parsed.String()})
	})
}

// RenameSegment gives a saved rule another name. It fails with
// crm.ErrConflict when another has that name.
func (s *Session) RenameSegment(ctx context.Context, name, to string) (Done, error) {
	if to = strings.TrimSpace(to); to == "" {
		return Done{}, ErrBlank
	}
	return s.typed(ctx, access.RenameSegment, func(tx *store.Tx) (int, error) {
		return 1, tx.RenameSegment(ctx, name, to)
	})
}

// DeleteSegment removes a saved rule.
func (s *Session) DeleteSegment(ctx context.Context, name string) (Done, error) {
	return s.typed(ctx, access.DeleteSegment, func(tx *store.Tx) (int, error) {
		return 1, tx.DeleteSegment(ctx, name)
	})
}

// ReadySegment is a segment to start from.
type ReadySegment struct {
	Key  string // of its name, in assets/locales
	Rule string
}

// ReadySegments returns the segments that a shop can copy and change. Amounts
// are in the book's currency.
func ReadySegments() []ReadySegment {
	return []ReadySegment{
		{"ready_regular", "purchases >= 3 and last_purchase >= 180d ago"},
		{"ready_new", "first_purchase >= 30d ago"},
		{"ready_once", "purchases = 1 and last_purchase < 60d ago"},
		{"ready_asleep", "purchases >= 2 and last_purchase < 180d ago"},
		{"ready_big", "net >= 5000"},
		{"ready_refunds", "purchases >= 2 and refunded >= 500"},
	}
}
