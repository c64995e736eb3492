package main

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"kebu/app/usecase"
)

type segmentsVerb struct {
	bookFlags
}

// Run lists the segments.
func (v *segmentsVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Segments(ctx)
		if err != nil {
			return err
		}
		rows := make([][]string, len(list))
		for i, g := range list {
			told := map[string]any{"name": g.Name, "rule": g.Rule, "customers": g.Customers}
			rows[i] = []string{g.Name, strconv.Itoa(g.Customers), g.Rule}
			if g.Hidden != "" {
				told = map[string]any{"name": g.Name, "hidden": g.Hidden}
				rows[i] = []string{g.Name, "", p.phrase.Text("segments_hidden", map[string]any{"Field": p.phrase.Hidden(g.Hidden)})}
			}
			if v.JSON {
				if err := p.json(told); err != nil {
					return err
				}
			}
		}
		if v.JSON {
			return nil
		}
		if len(list) == 0 {
			p.say("no_segments", nil)
			return nil
		}
		return p.table([]string{"segment", "customers", "rule"}, rows)
	})
}

type segmentVerbs struct {
	Save   segmentSaveVerb   `cmd:"" help:"${help_segment_save}"`
	Delete segmentDeleteVerb `cmd:"" help:"${help_segment_delete}"`
}

type segmentSaveVerb struct {
	bookFlags
	Name  string `arg:"" help:"${help_segment_name}"`
	Where string `required:"" placeholder:"RULE" help:"${help_where}"`
}

// Run saves a segment.
func (v *segmentSaveVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error { return p.doneSegment(v.JSON)(s.SaveSegment(ctx, v.Name, v.Where)) })
}

type segmentDeleteVerb struct {
	bookFlags
	Name string `arg:"" help:"${help_segment_name}"`
}

// Run deletes a segment.
func (v *segmentDeleteVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error { return p.doneSegment(v.JSON)(s.DeleteSegment(ctx, v.Name)) })
}

// doneSegment prints the step of a verb that changes no customer.
func (p *program) doneSegment(json bool) func(usecase.Done, error) error {
	return func(d usecase.Done, err error) error {
		if err != nil {
			return err
		}
		if json {
			return p.json(map[string]string{"step": stepText(d.Step)})
		}
		p.say("done", map[string]any{"Step": d.Step})
		return nil
	}
}

type exportVerb struct {
	bookFlags
	Where   string   `placeholder:"RULE" help:"${help_where}"`
	Search  string   `placeholder:"TEXT" help:"${help_search}"`
	Sort    string   `placeholder:"FIELD" help:"${help_sort}"`
	To      string   `required:"" placeholder:"FILE" help:"${help_to}"`
	Purpose string   `required:"" placeholder:"TEXT" help:"${help_purpose}"`
	Columns []string `placeholder:"NAME" help:"${help_columns}"`
	Reveal  bool     `help:"${help_reveal}"`

	PasswordFile string `placeholder:"FILE" help:"${help_lock_file}"`
}

// Run writes a list.
func (v *exportVerb) Run(ctx context.Context, p *program) error {
	order, err := p.sortBy(v.Sort)
	if err != nil {
		return err
	}
	password, err := p.filePassword(v.PasswordFile)
	if err != nil {
		return err
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.Export(ctx, usecase.ExportRequest{
			Selection: usecase.Selection{Where: v.Where, Search: v.Search, Sort: order},
			To:        v.To, Purpose: v.Purpose, Columns: trimAll(v.Columns), Reveal: v.Reveal, Password: password, Title: p.phrase.Column,
		})
		if err != nil {
			return err
		}
		if len(r.Clear) > 0 && password == "" && strings.EqualFold(filepath.Ext(v.To), ".xlsx") {
			p.warn("exported_open", map[string]any{"File": v.To})
		}
		if v.JSON {
			return p.json(r)
		}
		p.say("exported", map[string]any{"Count": r.Rows, "File": v.To, "SHA256": r.SHA256})
		return nil
	})
}

func trimAll(names []string) []string {
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
	}
	return names
}
