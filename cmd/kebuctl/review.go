package main

import (
	"context"
	"math"
	"strconv"
	"strings"

	"kebu/app/usecase"
)

type reviewVerb struct{ bookFlags }

// reviewed is a pair for programs.
type reviewed struct {
	A        string           `json:"a"`
	B        string           `json:"b"`
	Score    float64          `json:"score"`
	Evidence []reviewEvidence `json:"evidence"`
}

type reviewEvidence struct {
	Kind usecase.EvidenceKind `json:"kind"`
	Fit  usecase.Fit          `json:"fit"`
	Bits float64              `json:"bits"`
}

// Run lists customers who are likely one person.
func (v *reviewVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.Review(ctx, nil)
		if err != nil {
			return err
		}
		if r.Capped {
			p.warn("duplicates_capped", nil)
		}
		if v.JSON {
			for _, pair := range r.Pairs {
				line := reviewed{A: pair.One.ID, B: pair.Other.ID, Score: pair.Score}
				for _, e := range pair.Evidence {
					line.Evidence = append(line.Evidence, reviewEvidence{e.Kind, e.Fit, math.Round(e.Bits*10) / 10})
				}
				if err := p.json(line); err != nil {
					return err
				}
			}
			return nil
		}
		p.say("reviewed", map[string]any{"Count": len(r.Pairs)})
		rows := make([][]string, len(r.Pairs))
		for i, pair := range r.Pairs {
			var evidence []string
			for _, e := range pair.Evidence {
				evidence = append(evidence, p.phrase.Text("evidence_"+string(e.Kind))+": "+p.phrase.Text("fit_"+string(e.Fit)))
			}
			rows[i] = []string{pair.One.ID, pair.Other.ID, strconv.FormatFloat(pair.Score, 'f', 2, 64), strings.Join(evidence, ", ")}
		}
		return p.table([]string{"first", "second", "score", "evidence"}, rows)
	})
}
