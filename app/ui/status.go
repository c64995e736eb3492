package ui

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// status is the bar at the foot: the state of the book, running work, the user, the lock.
type status struct {
	widget.BaseWidget
	w                           *Window
	sealed, running, stop, lock *touch
	list                        workList
}

func newStatus(w *Window) *status {
	s := &status{w: w}
	words, layer := w.o.Words, w.desk.Layer
	s.sealed = newTouch(layer, func() { w.showSealed(s.sealed) }, func() float32 {
		return look.Width(words.Text("shell_sealed"), look.SizeSmall, false) + 40
	}, func(t *touch) []fyne.CanvasObject {
		k, middle := look.Now().Tokens, t.Size().Height/2
		text, _ := line(words.Text("shell_sealed"), 32, middle, look.SizeSmall, k.Muted, false)
		return []fyne.CanvasObject{icon("shield", k.Positive, 12, middle, 15), text}
	})
	s.running = newTouch(layer, s.openWorks, s.runningWidth, s.paintRunning)
	s.stop = newTouch(layer, s.cancelWork, func() float32 { return 26 }, func(t *touch) []fyne.CanvasObject {
		return []fyne.CanvasObject{icon("close", look.Now().Muted, 6, t.Size().Height/2, 14)}
	})
	s.stop.tip = func() string { return words.Text("shell_cancel") }
	s.lock = newTouch(layer, w.Lock, func() float32 {
		return look.Width(words.Text("shell_lock"), look.SizeSmall, false) + 40
	}, func(t *touch) []fyne.CanvasObject {
		k, middle := look.Now().Tokens, t.Size().Height/2
		text, _ := line(words.Text("shell_lock"), 26, middle, look.SizeSmall, k.Muted, false)
		return []fyne.CanvasObject{icon("lock", k.Muted, 6, middle, 15), text}
	})
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the bar.
func (s *status) CreateRenderer() fyne.WidgetRenderer {
	r := &statusRenderer{s: s}
	r.build()
	return r
}

type statusRenderer struct {
	s       *status
	objects []fyne.CanvasObject
}

func (r *statusRenderer) Destroy()                     {}
func (r *statusRenderer) Layout(fyne.Size)             { r.build() }
func (r *statusRenderer) MinSize() fyne.Size           { return fyne.NewSize(400, look.Height(statHeight)) }
func (r *statusRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *statusRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.s)
}

func (r *statusRenderer) build() {
	s, k, size := r.s, look.Now().Tokens, r.s.Size()
	r.objects = []fyne.CanvasObject{
		ground(k.Sidebar, 0, 0, 0, size.Width, size.Height),
		ground(k.Line, 0, 0, 0, size.Width, 1),
	}
	x := float32(0)
	add := func(t *touch, width float32) {
		put(t, x, 0, width, size.Height)
		t.Refresh()
		r.objects = append(r.objects, t)
		x += width
	}
	add(s.sealed, s.sealed.width())
	if n := len(s.works()); n > 0 {
		r.objects = append(r.objects, ground(k.Line, 0, x+8, size.Height/2-7, 1, 14))
		x += 12
		add(s.running, s.runningWidth())
		if n == 1 {
			add(s.stop, 26)
		}
	}
	x = size.Width - s.lock.width() - 2
	who := s.who()
	user, _ := line(who, x-12-look.Width(who, look.SizeSmall, false), size.Height/2, look.SizeSmall, k.Muted, false)
	r.objects = append(r.objects, user)
	add(s.lock, s.lock.width())
}

// who names the user and the role.
func (s *status) who() string {
	if s.w.session == nil {
		return "" // the window ends
	}
	return s.w.o.Words.User(look.Shorten(s.w.session.User(), look.SizeSmall, false, userWidth), s.w.session.Role())
}

// userWidth is the most that a name takes of the bar.
const userWidth = 160

// showSealed says what sealed means and when the file was last checked, and
// offers to do so now.
func (w *Window) showSealed(at fyne.CanvasObject) {
	words := w.o.Words
	var shown *parts.Popover
	title := parts.NewText(words.Text("shell_sealed_title"), look.SizeCard, look.Plain)
	title.Semibold = true
	check := parts.Second(words.Text("shell_check"), "shield", func() {
		shown.Hide()
		act.Check(w.desk, w.session, nil)
	})
	shown = parts.ShowPopover(at, container.NewVBox(title, parts.NewPara(words.Text("shell_sealed_text"), 300),
		act.NewLastCheck(w.desk, w.session).Line, container.NewHBox(check)), nil)
}

// showBook tells where the book is, and leads to another.
func (w *Window) showBook(at fyne.CanvasObject) {
	words := w.o.Words
	rows := container.New(layout.NewFormLayout(),
		parts.NewText(words.Text("shell_book_place"), look.SizeBody, look.Muted), parts.NewPara(w.desk.Book, 280))
	if info, err := os.Stat(w.desk.Book); err == nil {
		rows.Add(parts.NewText(words.Text("shell_book_size"), look.SizeBody, look.Muted))
		rows.Add(parts.NewText(size(info.Size()), look.SizeBody, look.Plain))
	}
	var shown *parts.Popover
	other := parts.Second(words.Text("shell_book_other"), "book", func() {
		shown.Hide()
		w.Choose()
	})
	shown = parts.ShowPopover(at, container.NewVBox(rows, container.NewHBox(other)), nil)
}

// count fills the numbers of the sidebar.
func (w *Window) count() {
	var stats usecase.Stats
	var segments []usecase.Segment
	var asked []usecase.Approval
	session := w.session
	w.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if w.desk.May(access.Stats) {
			if stats, err = session.Stats(ctx); err != nil {
				return err
			}
		}
		if w.desk.May(access.Segments) {
			if segments, err = session.Segments(ctx); err != nil {
				return err
			}
		}
		if w.desk.May(access.Approvals) {
			asked, err = session.Approvals(ctx)
		}
		return err
	}, func(err error) {
		if err != nil || w.shell == nil {
			return // the pages tell of it
		}
		if w.desk.May(access.Stats) {
			w.shell.learn(stats.Orders)
		}
		side := w.shell.side
		side.count(place.Customers, some(stats.Customers))
		side.count(place.Orders, some(stats.Orders))
		side.count(place.Segments, some(len(segments)))
		side.count(place.Team, some(waiting(asked, session.User())))
	})
}

// waiting returns how many lists of others wait for a user's word.
func waiting(list []usecase.Approval, user string) int {
	n := 0
	for _, a := range list {
		if a.Waits() && a.User != user {
			n++
		}
	}
	return n
}

// some returns a number, nothing for none.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return phrase.Count(n)
}

// size returns the size of a file.
func size(bytes int64) string {
	const mb = 1 << 20
	if bytes < mb {
		return phrase.Count(int(bytes>>10)) + " KB"
	}
	return phrase.Count(int(bytes/mb)) + " MB"
}
