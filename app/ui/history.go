package ui

import (
	"context"
	"slices"
	"time"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// history holds the steps of this session that can be taken back and done again.
type history struct {
	done   []desk.Step
	undone []desk.Step
}

// Track tells of a step and offers to take it back.
func (w *Window) Track(s desk.Step) {
	w.steps.done = append(w.steps.done, s)
	w.steps.undone = nil
	actions := append(slices.Clone(s.Beside), parts.Action{Text: w.o.Words.Text("shell_undo"), Do: func() { w.undoStep(s.ID) }})
	w.desk.Layer.DoneWith(s.Text, actions...)
}

// TakeBack takes a step back, one of this session's history or one of before.
func (w *Window) TakeBack(s desk.Step) {
	if step, rest, ok := cut(w.steps.done, s.ID); ok {
		w.steps.done, s = rest, step
	}
	w.takeBack(s)
}

// undo takes the last step back.
func (w *Window) undo() {
	if n := len(w.steps.done); n > 0 {
		w.undoStep(w.steps.done[n-1].ID)
		return
	}
	w.desk.Layer.Info(w.o.Words.Text("shell_undo_nothing"))
}

// undoStep takes a step back, in the book and then in the history.
func (w *Window) undoStep(id int64) {
	step, rest, ok := cut(w.steps.done, id)
	if !ok {
		return // already taken back
	}
	w.steps.done = rest
	w.takeBack(step)
}

// takeBack takes a step back that is in the history no more. What takes long,
// such as a large import, is shown in the status bar.
func (w *Window) takeBack(step desk.Step) {
	const long = 500 * time.Millisecond
	var kept int
	var shown desk.Work
	var late *task.Task
	undo := w.desk.Tasks.Go(func(ctx context.Context) error {
		list, err := w.session.Undo(ctx, step.ID)
		kept = len(list)
		return err
	}, func(err error) {
		late.Cancel()
		if shown != nil {
			shown.End()
		}
		if w.desk.Failed(err) {
			return
		}
		words := w.o.Words
		text := words.Text("shell_undone", map[string]any{"Text": step.Text})
		if kept > 0 {
			text = words.Text("shell_undone_kept", map[string]any{"Text": step.Text, "Count": kept})
		}
		if step.Redo == nil {
			w.desk.Layer.Done(text, "", nil)
		} else {
			w.steps.undone = append(w.steps.undone, step)
			w.desk.Layer.Done(text, words.Text("shell_redo"), w.redo)
		}
		w.Changed()
	})
	late = w.desk.Tasks.After(long, func() { shown = w.Work(w.o.Words.Text("shell_undoing"), undo.Cancel) })
}

// redo does the step again that was taken back last.
func (w *Window) redo() {
	n := len(w.steps.undone)
	if n == 0 {
		w.desk.Layer.Info(w.o.Words.Text("shell_redo_nothing"))
		return
	}
	step := w.steps.undone[n-1]
	w.steps.undone = w.steps.undone[:n-1]
	var done usecase.Done
	w.desk.Tasks.Go(func(ctx context.Context) (err error) {
		done, err = step.Redo(ctx)
		return err
	}, func(err error) {
		if w.desk.Failed(err) || done.Step == 0 {
			return
		}
		step.ID = done.Step
		w.steps.done = append(w.steps.done, step)
		text := w.o.Words.Text("shell_redone", map[string]any{"Text": step.Text})
		w.desk.Layer.Done(text, w.o.Words.Text("shell_undo"), func() { w.undoStep(step.ID) })
		w.Changed()
	})
}

// cut returns the step with an id and the others.
func cut(steps []desk.Step, id int64) (desk.Step, []desk.Step, bool) {
	for i, s := range steps {
		if s.ID == id {
			return s, append(append([]desk.Step(nil), steps[:i]...), steps[i+1:]...), true
		}
	}
	return desk.Step{}, steps, false
}
