package imports

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// reportView says what an import has brought.
type reportView struct {
	p     *Page
	told  usecase.Imported
	job   *job // nil for an import of before
	table *parts.DataTable[line]
	queue *queueCard
	sheet sheet
	body  *fyne.Container
}

func newReportView(p *Page, told usecase.Imported, j *job) *reportView {
	v := &reportView{p: p, told: told, job: j, queue: newQueueCard(p)}
	if told.Step == 0 { // still to be read
		v.body = container.NewStack()
		return v
	}
	r, s := told.Report, p.shop
	rejects := s.rejects(r)
	var right fyne.CanvasObject
	right, v.table = p.listCard(s, listRejected, rejects, nil, s.cut(rejects), "")
	if rejects.total == 0 {
		right = parts.NewCard(s.text("imports_rejected_title"), nil, parts.NewEmptyLine("check", s.text("imports_rejected_none")))
	}
	v.sheet = sheet{steps: p.stepsOf(stepsDone), left: v.about(), top: parts.NewCountCards(cardsOf(s.done(r)), nil), right: right, bar: v.bar()}
	if j != nil {
		v.sheet.queue = v.queue.card
	}
	v.body = container.New(&v.sheet, v.sheet.objects()...)
	return v
}

// about is the card with the file and where it leads.
func (v *reportView) about() fyne.CanvasObject {
	p, d, s, r := v.p, v.p.desk, v.p.shop, v.told.Report
	pair := func(key, value string) fyne.CanvasObject {
		return parts.NewPairLine(s.text(key), value, look.Plain)
	}
	shop := r.Shop
	if shop == r.Platform {
		shop = s.words.Platform(r.Platform)
	}
	list := []fyne.CanvasObject{parts.NewFileHead(r.File, s.format(r.Format))}
	if v.told.Undone {
		list = append(list, parts.NewBanner(look.Late, s.text("imports_report_undone")))
	}
	if alone := r.Payments != nil && r.Orders == (usecase.OrderCounts{}); !v.told.Undone && !alone {
		list = append(list, parts.NewRule(), parts.NewHead(s.text("imports_report_links"), nil))
		if r.Customers.New > 0 {
			list = append(list, newLeft(parts.Link(s.text("imports_see_customers"), "people", func() { p.customers(v.told.Step) })))
		}
		if r.Review > 0 && d.May(access.Review) {
			list = append(list, newLeft(parts.Link(s.text("imports_see_review"), "people", func() { p.desk.Open(place.Place{Page: place.Review}) })))
		}
		if d.May(access.Orders) {
			list = append(list, newLeft(parts.Link(s.text("imports_see_orders"), "orders", func() {
				d.Open(place.Place{Page: place.Orders, Fresh: true, Import: v.told.Step})
			})))
		}
	}
	list = append(list, parts.NewRule(), pair("imports_col_when", s.when(v.told.At)), pair("imports_report_shop", shop),
		pair("imports_report_rows", count(r.Rows)), pair("imports_report_lines", count(r.Lines)),
		parts.NewRule(), parts.NewHead(s.text("imports_customers"), nil),
		pair("imports_customers_new", s.text("imports_people", map[string]any{"Number": count(r.Customers.New)})),
		pair("imports_customers_known", s.text("imports_people", map[string]any{"Number": count(r.Customers.Matched)})),
		pair("imports_customers_none", s.text("imports_orders", map[string]any{"Number": count(r.Anonymous)})))
	if r.Erased > 0 {
		list = append(list, pair("imports_erased", s.text("imports_orders", map[string]any{"Number": count(r.Erased)})))
	}
	if r.Payments != nil {
		list = append(list, s.payments(*r.Payments)...)
	}
	if text := s.unknown(r.Unknown); text != "" {
		list = append(list, parts.NewBanner(look.Late, text))
	}
	card, _ := inScroll(list...)
	return card
}

// bar is the foot: the way back, and to the next.
func (v *reportView) bar() *parts.ActionBar {
	p, d := v.p, v.p.desk
	var buttons []*parts.Button
	switch {
	case !p.mayAct(v.told.Undone):
	case v.told.Undone:
		buttons = append(buttons, parts.Second(d.Text("imports_again"), "import", func() { p.again(v.told.Report.File) }))
	default:
		buttons = append(buttons, parts.Second(d.Text("imports_undo_this"), "undo", func() { p.undo(v.told) }))
	}
	if n := len(v.told.Report.Rejected) + v.told.Report.Unlisted; n > 0 && d.May(access.Import) {
		buttons = append(buttons, parts.Second(d.Text("imports_save_rejected", number(n)), "warn", func() { p.saveRejectedOf(v.told, v.job) }))
	}
	text := "imports_back"
	if v.job != nil && p.queue.open() > 0 {
		text = "imports_next_file"
	}
	buttons = append(buttons, parts.Primary(d.Text(text), "", v.close))
	return parts.NewActionBar("info", d.Text("imports_safe"), buttons...)
}

// close goes to the next file, or back.
func (v *reportView) close() {
	p := v.p
	if v.job == nil {
		p.report = 0
		p.home = true
	} else {
		p.queue.next()
	}
	p.run()
	p.show()
}

func (v *reportView) object() fyne.CanvasObject { return v.body }

func (v *reportView) focus() {
	if v.table != nil {
		v.p.desk.Window.Canvas().Focus(v.table)
		return
	}
	v.p.desk.Window.Canvas().Unfocus()
}

func (v *reportView) update() { v.queue.update() }

func (v *reportView) header(h *desk.Header) {
	if v.told.Step == 0 {
		return
	}
	h.Fact = v.p.shop.text("imports_report_fact", map[string]any{"File": v.told.Report.File, "When": v.p.shop.when(v.told.At)})
	h.Actions, h.Primary = []fyne.CanvasObject{v.p.list}, v.close
}

func (v *reportView) key(k parts.Press) bool {
	if k == (parts.Press{Key: fyne.KeyEscape}) {
		v.close()
		return true
	}
	return false
}

// saveRejectedOf saves the rows that an import did not read. The book does not
// keep them: for an import of the past the file is looked for, else asked for.
func (p *Page) saveRejectedOf(m usecase.Imported, j *job) {
	if j != nil {
		p.saveRejected(j)
		return
	}
	save := func(path string) { p.saveRejected(&job{path: path}) }
	p.find(m.Report.File, func() {
		p.desk.Layer.Info(p.desk.Text("imports_rejected_where", map[string]any{"File": m.Report.File}))
		files.Open(p.desk, fileTypes, false, func(paths []string) { save(paths[0]) })
	}, save)
}

// saveRejected writes the rows of a file that cannot be read to a file of their
// own, to be mended and imported.
func (p *Page) saveRejected(j *job) {
	d := p.desk
	name, extension := p.shop.rejectedName(j)
	files.Save(d, name, extension, func(path string) {
		r := usecase.RejectedRequest{
			Path: j.path, Mapping: j.mapping, Format: j.format, Password: j.password, DateOrder: j.dates, To: path, Title: d.Text("imports_list_reason"),
			Reason: func(r usecase.Rejected) string { return d.Words.Reason(string(r.Reason)) },
		}
		var n int
		var bar desk.Work
		t := d.Tasks.Go(func(ctx context.Context) (err error) {
			n, err = p.book.SaveRejected(ctx, r)
			return err
		}, func(err error) {
			bar.End()
			if d.Failed(err) {
				return
			}
			data := number(n)
			data["File"] = filepath.Base(path)
			d.Layer.Done(d.Text("imports_saved_rejected", data), d.Text("imports_saved_open"), func() { p.openFolder(path) })
		})
		bar = d.Work(d.Text("imports_saving_rejected"), t.Cancel)
	})
}

func (p *Page) openFolder(path string) {
	folder := &url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	if fyne.CurrentApp().OpenURL(folder) != nil {
		p.desk.Layer.Info(path)
	}
}

// undo asks what goes back when an import is taken back, and then does it.
func (p *Page) undo(m usecase.Imported) {
	d, s := p.desk, p.shop
	orders := m.Report.Orders.New + m.Report.Orders.Changed
	do := d.Text("imports_undo_do", number(orders))
	if m.Report.Payments != nil && orders == 0 {
		do = d.Text("imports_undo_do_payments", number(m.Report.Payments.New+m.Report.Payments.Changed))
	}
	body := container.NewStack(parts.NewPara(d.Text("imports_undo_counting"), undoWidth).SetTone(look.Muted))
	sheet := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("imports_undo_title", map[string]any{"File": m.Report.File}), body, fyne.NewSize(undoWidth+60, 0))
	final := func(off bool) {
		sheet.Final(parts.DialogAction{Text: do, Icon: "undo", Disabled: off, Do: func() bool {
			d.TakeBack(s.takeBack(m, nil))
			return true
		}})
	}
	final(true)
	var back usecase.UndoReport
	counting := d.Tasks.Go(func(ctx context.Context) (err error) {
		back, err = p.book.UndoPreview(ctx, m.Step)
		return err
	}, func(err error) {
		if !sheet.Shown() {
			return
		}
		if err != nil {
			body.Objects = []fyne.CanvasObject{parts.NewBanner(look.Bad, d.Words.Error(err))}
		} else {
			body.Objects = []fyne.CanvasObject{parts.NewStack(undoLines(s, back)...)}
			if len(back.Later) > 0 {
				sheet.SetSecond(parts.DialogAction{Text: d.Text("imports_undo_both", number(len(back.Later))), Icon: "undo", Do: func() bool {
					d.TakeBack(s.takeBack(m, back.Later))
					return true
				}})
			}
			final(false)
		}
		body.Refresh()
		sheet.Refresh()
	})
	sheet.OnClosed = func(bool) { counting.Cancel() }
	sheet.Show()
}

const undoWidth = 400

// undoLines say what goes back.
func undoLines(s shop, u usecase.UndoReport) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, l := range s.undone(u) {
		list = append(list, parts.NewPairLine(l[0], l[1], look.Plain))
	}
	for _, text := range s.staying(u) {
		list = append(list, parts.NewBanner(look.Late, text))
	}
	for _, k := range s.keptFields(u) {
		list = append(list, parts.NewPairLine(k[0], k[1], look.Muted))
	}
	if text := s.later(u); text != "" {
		list = append(list, parts.NewBanner(look.Accent, text))
	}
	return append(list, parts.NewPara(s.text("imports_undo_text"), undoWidth).SetTone(look.Muted))
}

// takeBack is what takes an import back, and later ones before it.
func (s shop) takeBack(m usecase.Imported, later []usecase.Imported) desk.Step {
	step := desk.Step{ID: m.Step, Text: s.text("imports_undone_text", map[string]any{"File": m.Report.File})}
	for _, l := range later {
		step.Also = append(step.Also, l.Step)
	}
	return step
}
