package main

import (
	"context"

	"kebu/app/usecase"
)

type eraseVerb struct {
	bookFlags
	IDs []string `arg:"" name:"id" help:"${help_erase_ids}"`
}

// Run erases customers.
func (v *eraseVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		d, err := s.Erase(ctx, usecase.KeeperHere(p.clock), v.IDs...)
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(map[string]any{"step": stepText(d.Step), "customers": d.Customers})
		}
		p.say("erased", map[string]any{"Count": d.Customers})
		return nil
	})
}
