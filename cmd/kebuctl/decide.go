package main

import (
	"context"

	"kebu/app/usecase"
)

type decideVerbs struct {
	Same      decideSameVerb      `cmd:"" help:"${help_decide_same}"`
	Different decideDifferentVerb `cmd:"" help:"${help_decide_different}"`
}

type decideSameVerb struct {
	bookFlags
	IDs []string `arg:"" name:"id" help:"${help_decide_ids}"`
}

// Run decides that customers are one person.
func (v *decideSameVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		d, err := s.Join(ctx, v.IDs...)
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(map[string]any{"step": stepText(d.Step), "customers": d.Customers, "id": d.ID})
		}
		p.say("joined_customers", map[string]any{"Step": d.Step, "Count": d.Customers, "ID": d.ID})
		return nil
	})
}

type decideDifferentVerb struct {
	bookFlags
	ID    string `arg:"" name:"id" help:"${help_id}"`
	Other string `arg:"" name:"other" help:"${help_decide_other}"`
}

// Run decides that two customers are different persons.
func (v *decideDifferentVerb) Run(ctx context.Context, p *program) error {
	return p.do(ctx, &v.bookFlags, func(s *usecase.Session) (usecase.Done, error) { return s.Separate(ctx, v.ID, v.Other) })
}
