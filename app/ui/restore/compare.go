package restore

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// compareStep says what would be different, and asks before a book is replaced.
type compareStep struct {
	page     *Page
	body     *fyne.Container
	progress *parts.Progress // of the reading that runs
	told     *fyne.Container
	lost     int
}

const askWidth = 440

func newCompareStep(p *Page) *compareStep {
	told := container.NewStack()
	return &compareStep{page: p, told: told, body: door.Stack(door.Row{Object: told})}
}

func (c *compareStep) begin() {
	c.progress = parts.NewProgress(c.page.desk.Words)
	c.progress.Now = c.page.desk.Clock
	c.progress.OnCancel = func() { c.page.running.Cancel() }
	c.set(-1)
	c.put(c.progress)
}

func (c *compareStep) put(o fyne.CanvasObject) {
	c.told.Objects = []fyne.CanvasObject{o}
	c.body.Refresh()
}

func (c *compareStep) set(part float64) {
	c.progress.Set(c.page.desk.Text("restoring_reading_text"), part)
}

// fail says why the backup cannot be restored; the way back chooses another.
func (c *compareStep) fail(text string) {
	c.put(parts.NewBanner(look.Bad, text))
}

// show says what is different.
func (c *compareStep) show(d *usecase.Restoring) {
	w := c.page.desk.Words
	c.lost = len(d.Lost)
	rows := []door.Row{{Object: parts.NewCard(w.Text("restoring_then"), nil, parts.NewPara(stateText(w, d.Backup), 0))}}
	if d.Live != nil {
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewCard(w.Text("restoring_now"), nil, parts.NewPara(stateText(w, *d.Live), 0))})
	}
	if d.Unread != nil {
		rows = append(rows, door.Row{Gap: 12, Object: c.unread(d.Unread)})
	}
	if d.Erased > 0 {
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewPara(w.Text("restore_erased", map[string]any{"Count": d.Erased}), 0)})
	}
	if d.Forged > 0 {
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewBanner(look.Late, w.Text("restore_forged", map[string]any{"Count": d.Forged}))})
	}
	if len(d.Team) > 0 {
		var lines []string
		for _, t := range d.Team {
			lines = append(lines, w.TeamDifference(t))
		}
		lines = append(lines, w.Text("restore_team_pass"))
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewCard(w.Text("restoring_team"), nil, parts.NewPara(strings.Join(lines, "\n"), 0))})
	}
	if len(d.Gained) > 0 {
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewPara(w.Text("restore_gained", map[string]any{"Count": len(d.Gained)}), 0)})
	}
	switch {
	case d.Live == nil:
	case c.lost == 0:
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewEmptyLine("check", w.Text("restore_lost_none"))})
	default:
		list := parts.NewCardList(parts.CardColumn{Width: 120}, parts.CardColumn{}, parts.CardColumn{Width: 90})
		list.SetLines(lostLines(w, d.Lost))
		title := w.Text("restoring_lost", map[string]any{"Count": c.lost, "Number": phrase.Count(c.lost)})
		rows = append(rows, door.Row{Gap: 12, Object: parts.NewCard(title, nil, list.Whole(listWidth-40))})
	}
	c.put(door.Stack(rows...))
}

// unread says why the book now cannot be compared, which is no reason not to restore.
func (c *compareStep) unread(err error) fyne.CanvasObject {
	w := c.page.desk.Words
	if errors.Is(err, usecase.ErrPassphrase) {
		again := parts.Second(w.Text("restoring_pass_now_type"), "", func() { c.page.steps.GoTo(stepPass) })
		return parts.NewBanner(look.Late, w.Text("restoring_pass_differs"), again)
	}
	return parts.NewBanner(look.Late, w.Text("restoring_unread"))
}

// agree asks before a book is replaced. A new file needs no asking.
func (c *compareStep) agree() bool {
	p, w := c.page, c.page.desk.Words
	if p.made == nil || p.pass.where.Selected() == newFile {
		return true
	}
	title := w.Text("restoring_ask")
	if c.lost > 0 {
		title = w.Text("restoring_ask_lost", map[string]any{"Count": c.lost, "Number": phrase.Count(c.lost)})
	}
	ask := parts.NewDialog(p.desk.Window.Canvas(), w, title, parts.NewPara(w.Text("restoring_ask_text"), askWidth-60), fyne.NewSize(askWidth, 0))
	ask.Final(parts.DialogAction{Text: w.Text("restoring_yes"), Do: func() bool {
		p.steps.GoTo(stepDone)
		return true
	}})
	ask.Show()
	return false
}

// doneStep says where the book is, and the one before.
type doneStep struct {
	page *Page
	body *fyne.Container
	told *fyne.Container
	book string // once it is restored
}

func newDoneStep(p *Page) *doneStep {
	told := container.NewStack()
	return &doneStep{page: p, told: told, body: door.Stack(door.Row{Object: told})}
}

func (s *doneStep) begin() {
	s.told.Objects = []fyne.CanvasObject{parts.NewTitle(s.page.desk.Text("restoring_doing"), look.SizeTitle)}
	s.body.Refresh()
}

func (s *doneStep) show(book, kept string) {
	w := s.page.desk.Words
	s.book = book
	sign := door.NewSign("book")
	sign.Set(filepath.Base(book), filepath.Dir(book), 0)
	rows := []door.Row{
		{Object: parts.NewTitle(w.Text("restoring_done"), look.SizeTitle)},
		{Gap: 18, Object: sign},
		{Gap: 12, Object: parts.NewPara(w.Text("restoring_checked"), 0)},
	}
	if kept != "" {
		rows = append(rows, door.Row{Gap: 8, Object: parts.NewPara(w.Text("restored_kept", map[string]any{"Kept": kept}), 0)})
	} else {
		rows = append(rows, door.Row{Gap: 8, Object: parts.NewPara(w.Text("restoring_looked"), 0).SetTone(look.Muted)})
	}
	s.told.Objects = []fyne.CanvasObject{door.Stack(rows...)}
	s.body.Refresh()
	s.page.steps.Update()
}
