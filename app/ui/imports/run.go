package imports

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// shownAfter is how long a work may take before the status bar tells of it.
const shownAfter = 400 * time.Millisecond

// run begins the dry run of the next file that waits for one. One file is read
// at a time: they are compared with the same book.
func (p *Page) run() {
	if p.cancel != nil {
		return
	}
	j := p.queue.find(waiting)
	if j == nil {
		return
	}
	j.stage, j.far = reading, usecase.Progress{Phase: usecase.PhaseRead, Part: -1}
	r := j.request()
	var preview usecase.Preview
	p.work(j, "imports_reading", func(ctx context.Context, progress func(usecase.Progress)) (err error) {
		r.Progress = progress
		preview, err = p.book.Preview(ctx, r)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			p.queue.drop(j)
			p.desk.Layer.Info(p.desk.Words.Error(err))
		case err != nil:
			j.fail(err)
		default:
			j.known(preview)
		}
		p.run()
		p.show()
	})
}

// write imports files, one after the other.
func (p *Page) write(jobs []*job) {
	if p.cancel != nil || len(jobs) == 0 {
		return
	}
	p.home, p.report = false, 0
	p.writeNext(jobs, nil)
}

func (p *Page) writeNext(jobs, finished []*job) {
	j := jobs[0]
	j.stage, j.far = importing, usecase.Progress{Phase: usecase.PhaseRead, Part: -1}
	p.showJob(j)
	r := j.write()
	r.Keeper = p.desk.Keeper
	var report usecase.ImportReport
	p.work(j, "imports_importing", func(ctx context.Context, progress func(usecase.Progress)) (err error) {
		r.Progress = progress
		report, err = p.book.Import(ctx, r)
		return err
	}, func(err error) {
		if err != nil {
			p.unwritten(j, err)
			return
		}
		p.written(j, report)
		finished = append(finished, j)
		if len(jobs) > 1 {
			p.writeNext(jobs[1:], finished)
			return
		}
		p.finish(finished)
	})
	p.show()
}

// showJob makes a file the one that is shown.
func (p *Page) showJob(j *job) {
	for i, o := range p.queue.jobs {
		if o == j {
			p.queue.at = i
		}
	}
}

// unwritten takes an import that failed or was cancelled: nothing has changed.
func (p *Page) unwritten(j *job, err error) {
	if errors.Is(err, context.Canceled) {
		j.stage = ready
		p.desk.Layer.Info(p.desk.Words.Error(err))
	} else {
		j.fail(err)
	}
	p.run()
	p.show()
}

// written takes an import that is done.
func (p *Page) written(j *job, report usecase.ImportReport) {
	step, err := strconv.ParseInt(report.Import, 10, 64)
	if p.desk.Failed(err) {
		return // a step is a number
	}
	j.stage = done
	j.done = usecase.Imported{Step: step, At: p.now(), Report: report, SHA256: j.preview.Seen.SHA256[:]}
	p.desk.Track(desk.Step{ID: step, Text: p.doneText(report), Beside: p.beside(j.done)})
}

// beside is the way to the customers that an import made, if it made any.
func (p *Page) beside(done usecase.Imported) []parts.Action {
	if done.Report.Customers.New == 0 {
		return nil
	}
	return []parts.Action{{Text: p.desk.Text("imports_see_them"), Do: func() { p.customers(done.Step) }}}
}

// finish tells of several imports at once, and has every page read the book again.
func (p *Page) finish(jobs []*job) {
	if len(jobs) > 1 {
		orders := 0
		for _, j := range jobs {
			orders += j.done.Report.Orders.New + j.done.Report.Orders.Changed
		}
		p.desk.Layer.Done(p.desk.Text("imports_done_files", map[string]any{"Files": count(len(jobs)), "Orders": count(orders)}), "", nil)
	}
	p.desk.Changed()
	if !p.open {
		p.Reload() // Changed reaches only the page that is open
	}
	p.show()
}

// work runs what takes long, tells in the status bar and on the page how far it
// is, and lets the user stop it.
func (p *Page) work(j *job, title string, do func(context.Context, func(usecase.Progress)) error, done func(error)) {
	d := p.desk
	var bar desk.Work
	var latest atomic.Pointer[usecase.Progress]
	dry := j.stage == reading
	tell := func() {
		far := latest.Swap(nil)
		if far == nil || p.cancel == nil {
			return
		}
		j.far = *far
		if bar != nil {
			bar.Set(p.shop.progress(j.far, dry), j.far.Part)
		}
		if v, ok := p.view.(*runView); ok && v.job == j {
			v.tell()
		}
	}
	var late *task.Task
	t := d.Tasks.Go(func(ctx context.Context) error {
		return do(ctx, func(far usecase.Progress) {
			if latest.Swap(&far) == nil { // else the window has not yet seen the one before
				d.Tasks.Do(tell)
			}
		})
	}, func(err error) {
		p.cancel = nil
		late.Cancel()
		if bar != nil {
			bar.End()
		}
		done(err)
	})
	p.cancel = t.Cancel
	late = d.Tasks.After(shownAfter, func() {
		bar = d.Work(d.Text(title, map[string]any{"File": j.name()}), t.Cancel)
		bar.Set(p.shop.progress(j.far, dry), j.far.Part)
	})
}

// stop cancels what runs.
func (p *Page) stop() {
	if p.cancel != nil {
		p.cancel()
	}
}
