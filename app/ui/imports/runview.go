package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// runView shows how far a dry run or an import is.
type runView struct {
	p        *Page
	job      *job
	dry      bool
	progress *parts.Progress
	sofar    *parts.Text
	queue    *queueCard
	sheet    sheet
	body     *fyne.Container
}

func newRunView(p *Page, j *job) *runView {
	d := p.desk
	v := &runView{p: p, job: j, dry: j.stage != importing, queue: newQueueCard(p)}
	title, text, step := "imports_running_title", "imports_running_text", stepImport
	if v.dry {
		title, text, step = "imports_reading_title", "imports_reading_text", stepFormat
	}
	v.progress = parts.NewProgress(d.Words)
	v.progress.Now = d.Clock
	v.sofar = parts.NewText("", look.SizeBody, look.Plain)
	cancel := parts.Second(d.Text("imports_cancel"), "", func() { p.leave(j) })
	card := parts.NewCard(d.Text(title, map[string]any{"File": j.name()}), nil,
		parts.NewStack(v.progress, v.sofar, parts.NewPara(d.Text(text), 0).SetTone(look.Muted)))
	v.sheet = sheet{steps: p.stepsOf(step), right: card, bar: parts.NewActionBar("info", d.Text("imports_safe"), cancel)}
	v.body = container.New(v, v.sheet.steps, v.queue.card, card, v.sheet.bar)
	v.tell()
	return v
}

// tell shows how far the work is.
func (v *runView) tell() {
	if v.job.stage == waiting {
		v.progress.Set(v.p.shop.text("imports_state_waiting"), 0)
		return
	}
	v.progress.Set(v.p.shop.progress(v.job.far, v.dry), v.job.far.Part)
	if text := v.p.shop.sofar(v.job.far); text != "" { // what was counted stays
		v.sofar.SetText(text)
	}
}

// MinSize lets the page be as small as the window.
func (v *runView) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(500, 300) }

// Layout puts the progress where the counts stand later.
func (v *runView) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	above := look.Height(stepsAbove)
	put(v.sheet.steps, margin, marginTop/2, size.Width-2*margin, above-marginTop/2)
	bar := v.sheet.bar.MinSize().Height
	put(v.sheet.bar, 0, size.Height-bar, size.Width, bar)
	y, width := above+8, min(size.Width-2*margin, 720)
	v.sheet.right.Resize(fyne.NewSize(width, 10)) // wrapped text knows its height by its width
	h := max(v.sheet.right.MinSize().Height, look.Height(136))
	put(v.sheet.right, margin, y, width, h)
	y += h + gap
	if v.queue.card.Visible() {
		put(v.queue.card, margin, y, width, min(v.queue.card.MinSize().Height, size.Height-bar-gap-y))
	}
}

func (v *runView) object() fyne.CanvasObject { return v.body }

func (v *runView) focus() { v.p.desk.Window.Canvas().Unfocus() }

func (v *runView) update() {
	v.queue.update()
	v.tell()
}

func (v *runView) header(h *desk.Header) {
	if v.dry {
		h.Fact = v.p.desk.Text("imports_dry_fact")
	}
	h.Actions = []fyne.CanvasObject{v.p.list}
}

func (v *runView) key(k parts.Press) bool {
	if k == (parts.Press{Key: fyne.KeyEscape}) {
		v.p.leave(v.job)
		return true
	}
	return false
}

// failedView says why a file cannot be imported, and what to do, or asks what must be
// known first.
type failedView struct {
	p     *Page
	job   *job
	do    func()
	lock  *locked // of a workbook with a password, else nil
	queue *queueCard
	body  *fyne.Container
	sheet sheet
}

func newFailedView(p *Page, j *job) *failedView {
	v := &failedView{p: p, job: j, queue: newQueueCard(p)}
	v.show()
	v.body = container.New(&v.sheet, v.sheet.objects()...)
	return v
}

// show makes the card: what is asked, or what went wrong.
func (v *failedView) show() {
	p, d, j := v.p, v.p.desk, v.job
	var card *parts.Card
	switch {
	case j.stage == dated:
		card = p.choiceOfDates(j)
	case j.isOpen():
		card = p.choiceOfFormat(j)
	case j.isLocked():
		v.lock = newLocked(p, j)
		card, v.do = v.lock.card, v.lock.open
	default:
		card = v.problem()
	}
	v.sheet = sheet{
		steps: p.stepsOf(stepFormat), right: card,
		bar: parts.NewActionBar("info", d.Text("imports_failed_nothing"), parts.Second(d.Text("imports_cancel"), "", func() { p.leave(j) })),
	}
	if v.queue.card.Visible() {
		v.sheet.left = v.queue.card
	}
}

// problem says what went wrong, and offers a way out.
func (v *failedView) problem() *parts.Card {
	p, d, j := v.p, v.p.desk, v.job
	var action *parts.Button
	switch {
	case j.mappable():
		v.do = func() { p.byHand(j) }
		action = parts.Primary(d.Text("imports_by_hand"), "cols", v.do)
	case j.again:
		v.do = func() { p.rerun(j) }
		action = parts.Primary(d.Text("imports_dry_again"), "import", v.do)
	default:
		v.do = func() {
			p.leave(j)
			p.ask()
		}
		action = parts.Primary(d.Text("imports_another_file"), "file", v.do)
	}
	return parts.NewCard("", nil, parts.NewProblem(j.name(), d.Words.Error(j.err), action))
}

func (v *failedView) object() fyne.CanvasObject { return v.body }
func (v *failedView) update()                   { v.queue.update() }

func (v *failedView) focus() {
	if v.lock != nil {
		v.lock.entry.Focus()
		return
	}
	v.p.desk.Window.Canvas().Unfocus()
}

func (v *failedView) header(h *desk.Header) {
	h.Fact = v.p.desk.Text("imports_failed")
	if v.job.stage == dated || v.job.isOpen() || v.job.isLocked() {
		h.Fact = v.p.desk.Text("imports_dry_fact")
	}
	h.Actions, h.Primary = []fyne.CanvasObject{v.p.list}, v.do
}

func (v *failedView) key(k parts.Press) bool {
	if k == (parts.Press{Key: fyne.KeyEscape}) {
		v.p.leave(v.job)
		return true
	}
	return false
}
