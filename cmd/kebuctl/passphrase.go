package main

import (
	"context"

	"kebu/app/usecase"
)

type passphraseVerb struct {
	bookFlags
	NewPassphraseFile string `placeholder:"FILE" help:"${help_new_passphrase_file}"`
}

// Run gives the user another passphrase.
func (v *passphraseVerb) Run(ctx context.Context, p *program) error {
	old, err := p.passphrase(v.PassphraseFile)
	if err != nil {
		return err
	}
	defer clear(old)
	s, err := p.tries.Open(ctx, v.Book, v.As, old, p.clock)
	if err != nil {
		return err
	}
	return p.during(ctx, s, v.AcceptOlder, func(s *usecase.Session) error { return v.change(ctx, p, s, old) })
}

func (v *passphraseVerb) change(ctx context.Context, p *program, s *usecase.Session, old []byte) error {
	pass, err := p.newPassphrase(v.NewPassphraseFile)
	if err != nil {
		return err
	}
	defer clear(pass)
	if err := s.ChangePassphrase(ctx, old, pass, p.cost()); err != nil {
		return err
	}
	if v.JSON {
		return p.json(map[string]string{"book": v.Book})
	}
	p.say("recovered", map[string]any{"Book": v.Book})
	p.say("team_older_copies", nil)
	return nil
}
