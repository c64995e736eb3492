package usecase

import (
	"fmt"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// HiddenError means that a rule, a sort, a filter or a column asks for what the user's
// role does not see: who may ask for it learns it, one question after the other. It is
// a crm.ErrDenied.
type HiddenError struct{ Field access.Field }

func (e *HiddenError) Error() string { return fmt.Sprintf("the role does not see %s", e.Field) }

// Is reports whether the target is the error of what a role may not.
func (e *HiddenError) Is(target error) bool { return target == crm.ErrDenied }

// sees returns what the user's role sees of what lists and rules name so, whatever
// the verb: to ask for it by a tag is to ask.
func (s *Session) sees(name string) access.Level {
	return s.gate.House().Sees(s.gate.Role(), access.Of(name))
}

// asks reports whether the user may ask for what is named: who sees sums of many may
// ask who they are the sums of.
func (s *Session) asks(name string) bool { return s.sees(name) >= access.Aggregates }

// ask fails with *HiddenError if the user may not ask for one of what is named.
func (s *Session) ask(names ...string) error {
	for _, n := range names {
		if !s.asks(n) {
			return &HiddenError{access.Of(n)}
		}
	}
	return nil
}

// rule reads a rule, of which the user may ask all.
func (s *Session) rule(text string) (crm.Rule, error) {
	r, err := crm.ParseRule(text)
	if err != nil {
		return r, err
	}
	for _, f := range r.Fields() {
		if err := s.ask(string(f)); err != nil {
			return r, err
		}
	}
	return r, nil
}

// sortable fails with *HiddenError if the user may not ask by what a list is sorted.
func (s *Session) sortable(keys []store.Sort) error {
	for _, k := range keys {
		if k.By == "id" {
			continue // it tells nothing
		}
		if err := s.ask(k.By); err != nil {
			return err
		}
	}
	return nil
}

// usual is the order of a list for which nobody chose one.
func (s *Session) usual() []store.Sort {
	if s.asks(lastToBuy[0].By) {
		return lastToBuy
	}
	return []store.Sort{{By: "id"}}
}

// askOrders fails with *HiddenError if a selection asks for what the user does not see.
func (s *Session) askOrders(sel OrderSelection) error {
	if sel.Min.Known || sel.Max.Known || sel.Refunded {
		if err := s.ask("paid"); err != nil {
			return err
		}
	}
	return s.sortable(sel.Sort)
}
