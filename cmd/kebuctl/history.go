package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/usecase"
)

type undoVerb struct {
	bookFlags
	Import string `arg:"" help:"${help_undo_import}"`
	Later  bool   `help:"${help_undo_later}"`
}

// Run takes a step back, and names the imports that changed the same rows
// later, or takes these back before it.
func (v *undoVerb) Run(ctx context.Context, p *program) error {
	step, err := strconv.ParseInt(v.Import, 10, 64)
	if err != nil {
		return p.wrongUsage("no_step", nil)
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		later, err := s.LaterImports(ctx, step)
		if err != nil {
			return err
		}
		steps := []int64{step}
		if v.Later {
			steps = steps[:0]
			for _, m := range later {
				steps = append(steps, m.Step)
			}
			steps, later = append(steps, step), nil
		}
		kept, err := s.UndoSeveral(ctx, steps...)
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(struct {
				Undone string      `json:"undone"`
				Also   []string    `json:"also,omitempty"` // taken back before it
				Kept   []keptValue `json:"kept"`
				Later  []string    `json:"later,omitempty"` // stand, and changed the same rows
			}{v.Import, stepTexts(steps[:len(steps)-1]), keptJSON(kept), stepTexts(stepsOf(later))})
		}
		for _, undone := range steps {
			p.say("took_back", map[string]any{"Step": stepText(undone)})
		}
		p.kept(kept)
		for _, m := range later {
			p.say("undo_later", map[string]any{"Step": stepText(m.Step), "File": m.Report.File})
		}
		return nil
	})
}

func stepsOf(imports []usecase.Imported) []int64 {
	steps := make([]int64, len(imports))
	for i, m := range imports {
		steps[i] = m.Step
	}
	return steps
}

func stepTexts(steps []int64) []string {
	texts := make([]string, len(steps))
	for i, s := range steps {
		texts[i] = stepText(s)
	}
	return texts
}

// kept prints what stays because something else changed it.
func (p *program) kept(kept []usecase.Kept) {
	for _, k := range kept {
		what := []string{p.phrase.Column(k.Table), k.Row}
		if k.Field != "" {
			what = append(what, p.phrase.Column(k.Field))
		}
		p.say("kept", map[string]any{"What": strings.Join(what, " ")})
	}
}

// keptValue is how a value that undo kept is printed for programs.
type keptValue struct {
	Table string `json:"table"`
	Row   string `json:"row"`
	Field string `json:"field,omitempty"`
}

func keptJSON(kept []usecase.Kept) []keptValue {
	list := make([]keptValue, len(kept))
	for i, k := range kept {
		list[i] = keptValue(k)
	}
	return list
}

type redoVerb struct {
	bookFlags
	Step string `arg:"" optional:"" help:"${help_redo_step}"`
}

// Run does a step again that was taken back, and those taken back after it.
func (v *redoVerb) Run(ctx context.Context, p *program) error {
	var step int64
	if v.Step != "" {
		var err error
		if step, err = strconv.ParseInt(v.Step, 10, 64); err != nil || step <= 0 {
			return p.wrongUsage("no_step", nil)
		}
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		done, err := s.Redo(ctx, step)
		if err != nil {
			return err
		}
		if v.JSON {
			list := make([]change, len(done))
			for i, c := range done {
				list[i] = changeJSON(c)
			}
			return p.json(map[string]any{"redone": list})
		}
		for _, c := range done {
			p.say("redid", map[string]any{"Step": stepText(c.Step), "What": p.phrase.Step(c)})
		}
		return nil
	})
}

type historyVerb struct {
	bookFlags
}

// Run lists every change.
func (v *historyVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.History(ctx)
		if err != nil {
			return err
		}
		if v.JSON {
			for _, c := range list {
				if err := p.json(changeJSON(c)); err != nil {
					return err
				}
			}
			return nil
		}
		if len(list) == 0 {
			p.say("no_history", nil)
			return nil
		}
		rows := make([][]string, len(list))
		for i, c := range list {
			state, count := "", ""
			if c.Undone {
				state = p.phrase.Text("undone")
			}
			if c.Rows > 0 {
				count = strconv.Itoa(c.Rows)
			}
			rows[i] = []string{stepText(c.Step), c.At.In(time.Local).Format("2006-01-02 15:04"), c.User, p.phrase.Step(c), count, state}
		}
		return p.table([]string{"step", "at", "user", "what", "rows", "state"}, rows)
	})
}

// change is how a step of the past is printed for programs.
type change struct {
	Step     string  `json:"step"`
	Verb     string  `json:"verb"`
	At       *string `json:"at"`
	User     string  `json:"user"`
	Rows     int     `json:"rows"`
	File     string  `json:"file,omitempty"`
	Final    bool    `json:"final"`
	Undone   bool    `json:"undone"`
	UndoneAt *string `json:"undone_at,omitempty"`
	UndoneBy string  `json:"undone_by,omitempty"`
	Redoable bool    `json:"redoable"`
}

func changeJSON(c usecase.Change) change {
	utc := func(m crm.Moment) *string { return timeText(m, time.UTC) }
	return change{stepText(c.Step), c.Verb, utc(c.At), c.User, c.Rows, c.File, c.Final, c.Undone, utc(c.UndoneAt), c.UndoneBy, c.Redoable}
}
