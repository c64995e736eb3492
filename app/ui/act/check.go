package act

import (
	"context"
	"encoding/json"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Checker reads every page of the book, and remembers what it found.
type Checker interface {
	Check(ctx context.Context, progress func(done, total int)) (usecase.CheckReport, error)
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

// checked is what the book remembers of the last check, as lastCheck.
type checked struct {
	At       crm.Moment `json:"at"`
	Problems int        `json:"problems,omitempty"`
}

const lastCheck = "check.last"

// Check has every page of the book read and proved, in the status bar, says what
// came of it and remembers it; then, if not nil, is called after it.
func Check(d *desk.Desk, book Checker, then func()) {
	var report usecase.CheckReport
	var shown desk.Work
	task := d.Tasks.Go(func(ctx context.Context) (err error) {
		report, err = book.Check(ctx, func(done, total int) {
			d.Tasks.Do(func() { shown.Set("", float64(done)/float64(max(1, total))) })
		})
		if err != nil {
			return err
		}
		text, err := json.Marshal(checked{crm.At(d.Clock()), len(report.Problems)})
		if err != nil {
			return err
		}
		return book.Remember(ctx, lastCheck, string(text))
	}, func(err error) {
		shown.End()
		switch {
		case len(report.Problems) > 0: // which may be why it was not remembered
			d.Layer.Fail(d.Text("shell_check_bad", map[string]any{"Count": len(report.Problems)}), "", nil)
		case !d.Failed(err):
			d.Layer.Done(d.Text("shell_checked", map[string]any{"Pages": phrase.Count(report.Pages)}), "", nil)
		}
		if then != nil {
			then()
		}
	})
	shown = d.Work(d.Text("shell_checking"), task.Cancel)
}

// LastCheck is a line that says when the book was last checked, and what came of
// it: Line, to be placed.
type LastCheck struct {
	Line *parts.Text

	desk *desk.Desk
	book Checker
}

// NewLastCheck returns a line that is filled once it is read.
func NewLastCheck(d *desk.Desk, book Checker) *LastCheck {
	l := &LastCheck{parts.NewText("", look.SizeSmall, look.Muted).Shrink(), d, book}
	l.Read()
	return l
}

// Read reads it again.
func (l *LastCheck) Read() {
	var last checked
	l.desk.Tasks.Go(func(ctx context.Context) error {
		text, err := l.book.Recall(ctx, lastCheck)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &last)
	}, func(err error) {
		if err != nil {
			return // what is not known is not said
		}
		l.Line.SetText(last.say(l.desk))
		l.Line.SetTone(look.Muted)
		if last.Problems > 0 {
			l.Line.SetTone(look.Bad)
		}
	})
}

func (c checked) say(d *desk.Desk) string {
	when := map[string]any{"When": d.When(c.At, d.Clock().Location()), "Count": c.Problems}
	switch {
	case !c.At.Known():
		return d.Text("shell_check_never")
	case c.Problems > 0:
		return d.Text("shell_check_last_bad", when)
	default:
		return d.Text("shell_check_last", when)
	}
}
