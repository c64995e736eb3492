// Package imports is the page that shows what a file will do before anything is
// written, does it, and takes it back.
package imports

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/files"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// fileTypes are the extensions of exports.
var fileTypes = []string{".csv", ".xlsx", ".xls", ".tsv", ".txt", ".xml"}

// Page is the page.
type Page struct {
	desk *desk.Desk
	book Book
	shop shop

	past    []usecase.Imported // the newest first
	changes []usecase.Change   // the newest first
	all     bool               // these are listed, not the imports alone
	known   bool               // past was read
	times   int                // that it was read
	unread  error              // why it could not be
	set     usecase.Settings

	queue  queue
	home   bool // the start page is shown, though files are on their way
	report int64
	told   usecase.Imported // of report

	body   *fyne.Container
	view   view
	of     shown // what view shows
	open   bool  // the page is the one that is open
	choose *parts.Button
	list   *parts.Button // leads to the start page
	twice  *parts.Button // finds people who are listed twice

	reads   task.Latest
	telling task.Latest
	samples task.Latest
	cancel  func() // of what runs, nil while nothing does
}

// shown tells one view from another.
type shown struct {
	job          *job
	stage        stage
	home         bool
	report, told int64
	reads        int // of the past, or of the file
}

// view is what the page shows at a time.
type view interface {
	object() fyne.CanvasObject
	// focus gives the keyboard to what one uses first.
	focus()
	// key is offered a key that nothing else has used.
	key(parts.Press) bool
	// update takes over what changed beside what it shows: the queue.
	update()
	// header adds to the strip above the page.
	header(*desk.Header)
}

// New makes the page; it reads the book when it is first shown.
func New(d *desk.Desk, book Book) *Page {
	p := &Page{desk: d, book: book, body: container.NewStack()}
	p.reads.Runner, p.telling.Runner, p.samples.Runner = d.Tasks, d.Tasks, d.Tasks
	p.shop = shop{words: d.Words, zone: d.Clock().Location(), now: d.Clock}
	p.choose = parts.Primary(d.Text("imports_choose"), "file", p.ask)
	p.list = parts.Second(d.Text("imports_history"), "clock", p.goHome)
	p.twice = parts.Second(d.Text("imports_twice"), "merge", p.askTwice)
	return p
}

// Header is the strip above the page.
func (p *Page) Header() desk.Header {
	h := desk.Header{Title: p.desk.Text("page_imports")}
	if p.view != nil {
		p.view.header(&h)
	}
	return h
}

// Body returns the page.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// Show opens a report, takes files, or shows what is on its way.
func (p *Page) Show(at place.Place) {
	p.report, p.open = at.Import, true
	if at.History {
		p.home, p.all, p.times = true, true, p.times+1
	}
	if len(at.Files) > 0 {
		files.Remember(p.desk, filepath.Dir(at.Files[0])) // importing again looks there
		p.add(at.Files)
	} else {
		p.home = at.Choose || at.History
	}
	if !p.known {
		p.Reload()
	}
	p.show()
	p.view.focus()
	if p.report != 0 {
		p.readReport()
	}
	if at.Choose && p.desk.May(access.Import) {
		p.ask()
	}
}

// Hide takes what a sample says of people from the screen.
func (p *Page) Hide() {
	p.open = false
	p.desk.Layer.HideTooltip()
	for _, j := range p.queue.jobs {
		if j.hand != nil {
			j.hand.forget()
		}
	}
	if v, ok := p.view.(*handView); ok {
		v.showSample()
	}
}

// Reload reads the imports of the past again, and the dry runs of small files:
// they tell what would change now.
func (p *Page) Reload() {
	const small = 20_000 // rows, of which a dry run takes less than a second
	for _, j := range p.queue.jobs {
		if j.stage == ready && j.preview.Rows <= small {
			j.stage = waiting
		}
	}
	p.run()
	var list []usecase.Imported
	var changes []usecase.Change
	var set usecase.Settings
	p.reads.Go(func(ctx context.Context) (err error) {
		if set, err = p.book.Settings(ctx); err != nil {
			return err
		}
		if list, err = p.book.Imports(ctx); err != nil {
			return err
		}
		changes, err = p.book.History(ctx)
		return err
	}, func(err error) {
		p.known, p.unread = true, err
		p.times++
		if err == nil {
			p.past, p.changes, p.set = list, changes, set
			p.queue.learn(list)
			p.shop.currency = set.Currency
			if set.Currency != "" {
				p.shop.zone = set.Zone
			}
		}
		if p.report != 0 {
			p.readReport()
		}
		p.show()
	})
}

// Key is offered to what is shown.
func (p *Page) Key(k parts.Press) bool { return p.view != nil && p.view.key(k) }

// ask asks for files.
func (p *Page) ask() {
	files.Open(p.desk, fileTypes, true, func(paths []string) {
		p.add(paths)
		p.report = 0
		p.show()
	})
}

// add takes files and begins their dry runs.
func (p *Page) add(paths []string) {
	p.queue.add(paths)
	p.home = false
	p.run()
}

// goHome shows the start page; what is on its way stays so.
func (p *Page) goHome() {
	p.home = true
	if p.report != 0 {
		p.desk.Open(place.Place{Page: place.Imports})
		p.home = true
	}
	p.show()
}

// show makes what is to be shown, and gives it the keyboard if the page had it.
func (p *Page) show() {
	j := p.queue.shown()
	of := shown{home: p.home || j == nil, report: p.report, reads: p.times}
	if p.report != 0 {
		of.told = p.told.Step
	} else if !of.home {
		of.job, of.stage, of.reads = j, j.stage, j.reads
	}
	if p.view != nil && of == p.of {
		p.view.update()
		p.desk.Retitle()
		return
	}
	p.of = of
	switch {
	case p.report != 0:
		p.view = newReportView(p, p.told, nil)
	case of.home:
		p.view = newStartView(p)
	case j.stage == done:
		p.view = newReportView(p, j.done, j)
	case j.stage == ready:
		p.view = newDryView(p, j)
	case j.stage == byHand:
		p.view = newHandView(p, j)
	case j.stage == failed, j.stage == dated:
		p.view = newFailedView(p, j)
	default:
		p.view = newRunView(p, j)
	}
	p.body.Objects = []fyne.CanvasObject{p.view.object()}
	p.body.Refresh()
	p.desk.Retitle()
	if p.open && !parts.DialogOpen(p.desk.Window.Canvas()) {
		p.view.focus()
	}
}

// readReport reads the import that the report is of.
func (p *Page) readReport() {
	step := p.report
	var told usecase.Imported
	p.telling.Go(func(ctx context.Context) (err error) {
		told, err = p.book.ImportOf(ctx, step)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			p.report = 0
		}
		p.told = told
		p.show()
	})
}

// leave drops the file that is shown: nothing of it was written.
func (p *Page) leave(j *job) {
	if j.stage == reading || j.stage == importing {
		p.stop()
		return
	}
	p.queue.drop(j)
	p.run()
	p.show()
}

// customers leads to those whom an import made.
func (p *Page) customers(step int64) {
	p.desk.Open(place.Place{Page: place.Customers, Fresh: true, Import: step})
}

// doneText says what an import brought.
func (p *Page) doneText(r usecase.ImportReport) string {
	if r.Payments != nil && r.Orders == (usecase.OrderCounts{}) {
		return p.desk.Text("imports_done_payments", number(r.Payments.New+r.Payments.Changed))
	}
	return p.desk.Text("imports_done", map[string]any{
		"Orders": phrase.Count(r.Orders.New + r.Orders.Changed), "People": phrase.Count(r.Customers.New),
	})
}

// now is this moment.
func (p *Page) now() crm.Moment { return crm.At(p.desk.Clock()) }
