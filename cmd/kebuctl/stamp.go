package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"kebu/app/usecase"
)

type checkpointVerb struct {
	bookFlags
	Request string `placeholder:"FILE.tsq" help:"${help_checkpoint_request}"`
}

// Run signs the log and prints the text, and that alone, so that it can go to a
// file or a printer.
func (v *checkpointVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		c, err := v.sign(ctx, s)
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(map[string]any{"size": c.Size, "root": c.Root, "text": c.Text, "key": c.Key})
		}
		if _, err := p.out.WriteString(c.Text); err != nil {
			return fmt.Errorf("print: %w", err)
		}
		p.warn("checkpoint_key", map[string]any{"Key": c.Key})
		if v.Request != "" {
			p.warn("wrote_request", map[string]any{"File": v.Request})
		}
		return nil
	})
}

// sign signs the log and writes the request for a time stamp, if one is wanted.
func (v *checkpointVerb) sign(ctx context.Context, s *usecase.Session) (usecase.Checkpoint, error) {
	if v.Request == "" {
		return s.Checkpoint(ctx)
	}
	f, err := os.OpenFile(v.Request, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return usecase.Checkpoint{}, fmt.Errorf("write request: %w", err)
	}
	c, request, err := s.RequestStamp(ctx)
	if err == nil {
		_, err = f.Write(request)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return c, errors.Join(fmt.Errorf("write request: %w", err), os.Remove(v.Request))
	}
	return c, nil
}

type stampVerb struct {
	bookFlags
	File string `arg:"" placeholder:"FILE.tsr" help:"${help_stamp_file}"`
}

// Run keeps the answer of a time-stamping authority.
func (v *stampVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.Stamp(ctx, v.File)
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(r)
		}
		p.say("stamped", map[string]any{"Count": int(r.Entries), "Time": r.At.Local().Format("2006-01-02 15:04:05"), "Authority": r.Authority})
		return nil
	})
}
