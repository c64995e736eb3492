package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// taken holds the steps of this session that can be taken back, and what was
// said of them. What was taken back, the book knows.
type taken struct {
	done []desk.Step
	told map[int64]string
}

// Track tells of a step and offers to take it back.
func (w *Window) Track(s desk.Step) {
	if !w.desk.May(access.Undo) {
		w.desk.Layer.DoneWith(s.Text, s.Beside...)
		return
	}
	w.steps.add(s)
	actions := append(slices.Clone(s.Beside), parts.Action{Text: w.o.Words.Text("shell_undo"), Do: func() { w.undoStep(s.ID) }})
	w.desk.Layer.DoneWith(s.Text, actions...)
}

func (h *taken) add(s desk.Step) {
	if h.told == nil {
		h.told = make(map[int64]string)
	}
	h.done = append(h.done, s)
	h.told[s.ID] = s.Text
}

// drop takes steps from those that stand.
func (h *taken) drop(ids ...int64) {
	h.done = slices.DeleteFunc(h.done, func(s desk.Step) bool { return slices.Contains(ids, s.ID) })
}

// undo takes the last step of this session back. Those of before are taken back
// where all are listed.
func (w *Window) undo() {
	if !w.desk.May(access.Undo) {
		return
	}
	if n := len(w.steps.done); n > 0 {
		w.undoStep(w.steps.done[n-1].ID)
		return
	}
	words := w.o.Words
	w.desk.Layer.Done(words.Text("shell_undo_nothing"), words.Text("shell_history"), func() { w.Open(place.Place{Page: place.Imports, History: true}) })
}

// undoStep takes a step of this session back.
func (w *Window) undoStep(id int64) {
	if i := slices.IndexFunc(w.steps.done, func(s desk.Step) bool { return s.ID == id }); i >= 0 {
		w.TakeBack(w.steps.done[i])
	}
}

// TakeBack takes a step back, one of this session or of before.
func (w *Window) TakeBack(step desk.Step) {
	all := append(slices.Clone(step.Also), step.ID)
	w.steps.drop(all...)
	if text := w.steps.told[step.ID]; text != "" {
		step.Text = text
	}
	var kept int
	w.long("shell_undoing", func(ctx context.Context) error {
		list, err := w.session.UndoSeveral(ctx, all...)
		kept = len(list)
		return err
	}, func(err error) {
		if w.desk.Failed(err) {
			return
		}
		words := w.o.Words
		text := words.Text("shell_undone", map[string]any{"Text": step.Text})
		if kept > 0 {
			text = words.Text("shell_undone_kept", map[string]any{"Text": step.Text, "Count": kept})
		}
		// Of several, the one that was taken back first is done again last.
		w.desk.Layer.Done(text, words.Text("shell_redo"), func() { w.DoAgain(all[0]) })
		w.Changed()
	})
}

// DoAgain does a step again that was taken back, and those that were taken back
// after it; with 0 only the last.
func (w *Window) DoAgain(id int64) {
	var done []usecase.Change
	w.long("shell_redoing", func(ctx context.Context) (err error) {
		done, err = w.session.Redo(ctx, id)
		return err
	}, func(err error) {
		words := w.o.Words
		if errors.Is(err, usecase.ErrNoRedo) {
			w.desk.Layer.Info(words.Text("shell_redo_nothing"))
			return
		}
		if w.desk.Failed(err) {
			return
		}
		var last desk.Step
		for _, c := range done {
			last = desk.Step{ID: c.Step, Text: w.steps.told[c.Step]}
			if last.Text == "" {
				last.Text = words.Step(c)
			}
			w.steps.add(last)
		}
		w.desk.Layer.Done(words.Text("shell_redone", map[string]any{"Text": last.Text}), words.Text("shell_undo"), func() { w.undoStep(last.ID) })
		w.Changed()
	})
}

// redo does the step again that was taken back last.
func (w *Window) redo() {
	if w.desk.May(access.Redo) {
		w.DoAgain(0)
	}
}

// long runs a work that is shown in the status bar if it takes long, as taking
// back a large import does.
func (w *Window) long(title string, do func(context.Context) error, then func(error)) {
	const long = 500 * time.Millisecond
	var shown desk.Work
	var late *task.Task
	work := w.desk.Tasks.Go(do, func(err error) {
		late.Cancel()
		if shown != nil {
			shown.End()
		}
		then(err)
	})
	late = w.desk.Tasks.After(long, func() { shown = w.Work(w.o.Words.Text(title), work.Cancel) })
}
