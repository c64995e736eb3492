// Package restore makes a book from a backup: which backup, with which passphrase, and
// what would be different, before anything is done. No book is open meanwhile.
package restore

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Options say what is restored, and what follows.
type Options struct {
	Book   string         // in whose place the backup may be put, "" for none: it becomes a new file
	Backup string         // chosen before, "" to choose
	Tries  *usecase.Tries // nil counts none
	Keeper *usecase.Keeper
	Opened func(s *usecase.Session, book string, first place.Place)
	Unlock func(book string) // asks for the passphrase of a book
	Leave  func()            // nothing was done
}

// The steps.
const (
	stepBackup = iota
	stepPass
	stepCompare
	stepDone
)

// Page is the page.
type Page struct {
	desk  *desk.Desk
	o     Options
	body  *fyne.Container
	steps *parts.Wizard

	choose  *chooseStep
	pass    *passStep
	compare *compareStep
	done    *doneStep

	running *task.Task         // reads the backup
	made    *usecase.Restoring // what it became, until it is put in its place
}

// New makes the page.
func New(d *desk.Desk, o Options) *Page {
	p := &Page{desk: d, o: o}
	p.choose, p.pass, p.compare, p.done = newChooseStep(p), newPassStep(p), newCompareStep(p), newDoneStep(p)
	p.steps = parts.NewWizard(d.Words, d.Text("restoring_title"), []parts.WizardPage{
		stepBackup: {
			Title: d.Text("restoring_step_backup"), Heading: d.Text("restoring_backup_title"), Intro: d.Text("restoring_backup_text"),
			Body: p.choose.body, Ready: unless(func() bool { return p.choose.chosen != "" }), Enter: p.choose.enter,
		},
		stepPass: {
			Title: d.Text("restoring_step_pass"), Heading: d.Text("restoring_pass_title"), Intro: d.Text("restoring_pass_text"),
			Body: p.pass.body, Ready: unless(p.pass.filled), Enter: p.pass.enter, Leave: p.pass.check,
		},
		stepCompare: {
			Title: d.Text("restoring_step_compare"), Heading: d.Text("restoring_compare_title"), Intro: d.Text("restoring_compare_text"),
			Body: p.compare.body, Ready: unless(func() bool { return p.made != nil }), Enter: p.read, Leave: p.compare.agree,
			Next: d.Text("restoring_do"),
		},
		stepDone: {
			Title: d.Text("restoring_step_done"), Body: p.done.body,
			Ready: unless(func() bool { return p.done.book != "" }), Enter: p.finish, Next: d.Text("restoring_open"),
		},
	}, p.open)
	p.steps.OnCancel = p.leave
	p.steps.OnPage = func(step int) {
		if step < stepCompare {
			p.discard()
		}
	}
	p.body = door.Centre(p.steps)
	if o.Backup != "" {
		p.choose.choose(o.Backup)
		p.steps.GoTo(stepPass)
	}
	return p
}

// errNotYet holds the wizard on a step.
var errNotYet = errors.New("not yet")

func unless(ready func() bool) func() error {
	return func() error {
		if ready() {
			return nil
		}
		return errNotYet
	}
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Focus gives the first control of the step the focus.
func (p *Page) Focus() {
	if p.steps.Page() == stepPass {
		p.pass.enter()
		return
	}
	p.choose.enter()
}

// Key goes on with Ctrl+Enter and back with Esc, which stops the reading first.
func (p *Page) Key(k parts.Press) bool {
	switch {
	case k == parts.Submit:
		p.steps.Next()
	case k != parts.Press{Key: fyne.KeyEscape}:
		return false
	case p.running != nil:
		p.compare.progress.Cancel()
	default:
		p.steps.Back()
	}
	return true
}

// leave goes back to where one came from.
func (p *Page) leave() {
	if p.done.book == "" {
		p.Close()
		p.o.Leave()
	}
}

// Close ends the page: what was made and not put in its place goes.
func (p *Page) Close() {
	p.running.Cancel()
	p.discard()
	p.pass.clear()
}

func (p *Page) discard() {
	if p.made != nil {
		_ = p.made.Discard() // what stays is removed by the next one
		p.made = nil
	}
}

// read makes a book of the backup, and says what is different in it.
func (p *Page) read() {
	if p.made != nil || p.running != nil {
		return
	}
	d, c := p.desk, p.compare
	request := p.pass.request()
	request.Backup, request.Keeper, request.Tries = p.choose.chosen, p.o.Keeper, p.o.Tries
	request.Progress = d.Tasks.Told(c.set)
	c.begin()
	p.steps.SetBusy(d.Text("restoring_reading"))
	var made *usecase.Restoring
	p.running = d.Tasks.Go(func(ctx context.Context) (err error) {
		defer clear(request.Passphrase)
		defer clear(request.OverPassphrase)
		if made, err = usecase.Restore(ctx, request); err == nil && ctx.Err() != nil {
			err = errors.Join(ctx.Err(), made.Discard())
		}
		return err
	}, func(err error) {
		p.running = nil
		p.steps.SetBusy("")
		switch {
		case errors.Is(err, context.Canceled):
			p.steps.GoTo(stepPass)
			d.Layer.Info(d.Text("error_cancelled"))
		case errors.Is(err, usecase.ErrPassphrase), isWait(err):
			p.steps.GoTo(stepPass)
			p.pass.fail(d.Words.Error(err))
		case err != nil:
			c.fail(d.Words.Error(err))
		default:
			p.made = made
			c.show(made)
			p.pass.compared(made)
		}
		p.steps.Update()
	})
}

func isWait(err error) bool {
	_, ok := errors.AsType[*usecase.WaitError](err)
	return ok
}

// finish puts the book in its place.
func (p *Page) finish() {
	if p.made == nil {
		return
	}
	d, made := p.desk, p.made
	p.made = nil
	p.steps.SetBusy(d.Text("restoring_doing"))
	p.done.begin()
	var kept string
	d.Tasks.Go(func(ctx context.Context) (err error) {
		if kept, err = made.Finish(ctx, p.o.Keeper); err != nil {
			_ = made.Discard() // as far as something of it is left
		}
		return err
	}, func(err error) {
		p.steps.SetBusy("")
		if err != nil {
			p.steps.GoTo(stepCompare - 1)
			p.pass.fail(d.Words.Error(err))
			return
		}
		p.done.show(p.pass.place(), kept)
		p.steps.NoBack()
	})
}

// open opens the restored book, or asks for its passphrase where that does not do.
func (p *Page) open() {
	d, book, pass := p.desk, p.done.book, p.pass.bytes()
	p.steps.SetBusy(d.Text("unlock_opening"))
	var session *usecase.Session
	d.Tasks.Go(func(ctx context.Context) (err error) {
		defer clear(pass)
		session, err = p.o.Tries.Open(ctx, book, "", pass, d.Clock)
		return err
	}, func(err error) {
		p.pass.clear()
		if err != nil {
			p.o.Unlock(book)
			return
		}
		door.RememberUser(d.Prefs, book, "")
		p.o.Opened(session, book, place.Place{})
	})
}
