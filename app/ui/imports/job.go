package imports

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/importers"
)

// stage is how far a file is.
type stage int

const (
	waiting   stage = iota // for its dry run
	reading                // the dry run runs
	byHand                 // its columns are to be chosen
	ready                  // the dry run is done
	importing              //
	done                   // imported
	failed                 // with err
	dated                  // day and month of its dates are to be told apart
)

// job is one file on its way into the book.
type job struct {
	path     string
	stage    stage
	err      error // of failed
	again    bool  // failed in a way that another dry run may mend
	shop     string
	mapping  []byte
	password string                // of a locked workbook, as typed
	dates    importers.DateOrder   // as the user told, "" before
	format   string                // id of the format that was chosen
	fits     []importers.Candidate // the formats to choose from, if several fit, or beside one made by hand

	preview usecase.Preview
	list    int // the list that is shown
	kind    string
	hand    *hand // choices of columns, nil before
	done    usecase.Imported
	far     usecase.Progress
	reads   int // how often a dry run was made
}

func (j *job) name() string { return filepath.Base(j.path) }

// request is what a dry run is asked.
func (j *job) request() usecase.ImportRequest {
	return usecase.ImportRequest{Path: j.path, Shop: j.shop, Mapping: j.mapping, Format: j.format, Password: j.password, DateOrder: j.dates}
}

// write is what the import is asked, which takes nothing but what was previewed.
func (j *job) write() usecase.ImportRequest {
	r := j.request()
	if r.Shop == "" {
		r.Shop = j.preview.Shop
	}
	r.Seen = &j.preview.Seen
	return r
}

// orders counts the orders that an import would write.
func (j *job) orders() int { return j.preview.Orders.New + j.preview.Orders.Changed }

// writes counts all that an import would write: orders, and payments.
func (j *job) writes() int { return j.orders() + j.preview.Payments.New + j.preview.Payments.Changed }

// isReady reports whether there is something to import.
func (j *job) isReady() bool { return j.stage == ready && j.writes() > 0 }

// isClean reports whether a file may be taken together with others, without
// another look: it was recognised, and all of it was read.
func (j *job) isClean() bool {
	return j.isReady() && j.preview.Rejected.Total == 0 && j.preview.OtherShop == "" && (!j.preview.NewShop || len(j.preview.Shops) == 0)
}

// known takes the result of a dry run.
func (j *job) known(p usecase.Preview) {
	j.err, j.preview = nil, p
	j.stage = j.previewed()
	if len(p.Beside) > 0 {
		j.fits = p.Beside
	}
	j.list, j.kind = firstList(p), ""
	j.reads++
}

// previewed is how far a file is that was read: dates that nothing tells apart are
// asked for once.
func (j *job) previewed() stage {
	if j.preview.DateDoubt != "" && j.preview.DateOrder == "" {
		return dated
	}
	return ready
}

// fail takes an error. A file of no known format is mapped by hand.
func (j *job) fail(err error) {
	j.err, j.stage = err, failed
	j.again = errors.Is(err, usecase.ErrFileChanged)
	if doubt, ok := errors.AsType[*importers.AmbiguousError](err); ok {
		j.fits = doubt.Candidates
	}
}

// isOpen reports whether it is for a person to say which format the file has.
func (j *job) isOpen() bool { return j.stage == failed && errors.Is(j.err, importers.ErrAmbiguous) }

// mappable reports whether choosing columns by hand may help.
func (j *job) mappable() bool {
	return j.stage == failed && (errors.Is(j.err, importers.ErrNotExport) || errors.Is(j.err, usecase.ErrNoTable))
}

// isLocked reports whether a password is to be asked for.
func (j *job) isLocked() bool { return j.stage == failed && usecase.Locked(j.err) }

// state says in the queue how far a file is.
func (s shop) state(j *job) string {
	switch j.stage {
	case reading:
		return s.text("imports_state_reading")
	case byHand:
		return s.text("imports_state_hand")
	case dated:
		return s.text("imports_state_dated")
	case importing:
		return s.text("imports_state_importing")
	case done:
		return s.text("imports_state_done")
	case failed:
		switch {
		case j.isOpen():
			return s.text("imports_state_choose")
		case j.isLocked():
			return s.text("imports_state_locked")
		case j.mappable():
			return s.text("imports_state_hand")
		}
		return s.text("imports_state_failed")
	case ready:
		switch {
		case j.preview.Rejected.Total > 0:
			return s.text("imports_state_rejected", map[string]any{"Number": phrase.Count(j.preview.Rejected.Total)})
		case j.writes() == 0:
			return s.text("imports_state_nothing")
		default:
			return s.text("imports_state_ready", map[string]any{"Number": phrase.Count(j.writes())})
		}
	default:
		return s.text("imports_state_waiting")
	}
}

// queue are the files on their way, in the order in which they came.
type queue struct {
	jobs []*job
	at   int // the one that is shown
}

// add puts files into the queue; one that is there already is not put twice. It
// shows the first of them.
func (q *queue) add(paths []string) {
	q.jobs = slices.DeleteFunc(q.jobs, func(j *job) bool { return j.stage == done || j.stage == failed })
	first := -1
	for _, path := range paths {
		i := slices.IndexFunc(q.jobs, func(j *job) bool { return j.path == path })
		if i < 0 {
			i = len(q.jobs)
			q.jobs = append(q.jobs, &job{path: path})
		}
		if first < 0 {
			first = i
		}
	}
	if first >= 0 {
		q.at = first
	}
}

// learn takes over which imports of its files were taken back.
func (q *queue) learn(past []usecase.Imported) {
	for _, j := range q.jobs {
		i := slices.IndexFunc(past, func(m usecase.Imported) bool { return m.Step == j.done.Step })
		if j.stage == done && i >= 0 && j.done.Undone != past[i].Undone {
			j.done.Undone = past[i].Undone
			j.reads++ // what is shown of it is another
		}
	}
}

// shown is the file that is shown, nil for none.
func (q *queue) shown() *job {
	if q.at < 0 || q.at >= len(q.jobs) {
		return nil
	}
	return q.jobs[q.at]
}

// drop takes a file from the queue and shows the next that waits for the user.
func (q *queue) drop(j *job) {
	i := slices.Index(q.jobs, j)
	if i < 0 {
		return
	}
	q.jobs = slices.Delete(q.jobs, i, i+1)
	if q.at > i {
		q.at--
	}
	q.next()
}

// next shows a file that is not imported yet, from the present one on; without
// one the queue is empty.
func (q *queue) next() {
	for n := range q.jobs {
		if i := (q.at + n) % len(q.jobs); q.jobs[i].stage != done {
			q.at = i
			return
		}
	}
	q.jobs, q.at = nil, 0
}

// find returns the first file of a stage, nil for none.
func (q *queue) find(s stage) *job {
	if i := slices.IndexFunc(q.jobs, func(j *job) bool { return j.stage == s }); i >= 0 {
		return q.jobs[i]
	}
	return nil
}

// clean lists the files that may be imported together.
func (q *queue) clean() []*job {
	var list []*job
	for _, j := range q.jobs {
		if j.isClean() {
			list = append(list, j)
		}
	}
	return list
}

// open counts the files that are not imported yet.
func (q *queue) open() int {
	n := 0
	for _, j := range q.jobs {
		if j.stage != done {
			n++
		}
	}
	return n
}

// verdict says what a dry run comes to, beside the counts: that there is nothing
// to do, or what to look at first; "" for nothing.
func (s shop) verdict(j *job, before *usecase.Imported) (text string, nothing bool) {
	p := j.preview
	switch {
	case j.writes() > 0 && p.OtherShop != "":
		return s.text("imports_other_shop", map[string]any{"Shop": p.OtherShop}), false
	case j.writes() > 0 && before != nil:
		return s.text("imports_seen_new", map[string]any{"When": s.when(before.At)}), false
	case j.writes() > 0:
		return "", false
	case before != nil:
		return s.text("imports_seen", map[string]any{"When": s.when(before.At)}), true
	case p.Orders.Same > 0:
		return s.text("imports_nothing", number(p.Orders.Same)), true
	case p.Payments.Same > 0:
		return s.text("imports_nothing_payments", number(p.Payments.Same)), true
	default:
		return s.text("imports_nothing_read"), true
	}
}

// rejectedName proposes a name for the file of rows that were not read.
func (s shop) rejectedName(j *job) (name, extension string) {
	extension = strings.ToLower(filepath.Ext(j.path))
	if extension != ".csv" {
		extension = ".xlsx"
	}
	base := strings.TrimSuffix(j.name(), filepath.Ext(j.path))
	return s.text("imports_rejected_name", map[string]any{"File": base}), extension
}
