package imports

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/importers"
)

// byHand lets the user say what the columns of a file mean.
func (p *Page) byHand(j *job) {
	if j.hand != nil {
		j.stage = byHand
		p.show()
		p.sample(j)
		return
	}
	h := newHand(j.path)
	known := j.preview.Kept
	format := j.preview.Format
	var set usecase.Settings
	var kept []usecase.KeptMapping
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if set, err = p.book.Settings(ctx); err != nil {
			return err
		}
		kept, err = p.book.Mappings(ctx)
		return err
	}, func(err error) {
		if p.desk.Failed(err) {
			return
		}
		h.keptColumns(known)
		for _, m := range kept {
			if format == "custom."+m.Name {
				h.keptMapping(m)
			}
		}
		h.settle(set, p.desk.Words.Language())
		j.hand = h
		p.sample(j)
	})
}

// sample reads the beginning of a file whose columns are chosen.
func (p *Page) sample(j *job) {
	request := j.hand.request
	request.Password = j.password
	var sample usecase.Sample
	p.samples.Go(func(ctx context.Context) (err error) {
		sample, err = p.book.Sample(ctx, request)
		return err
	}, func(err error) {
		switch {
		case err != nil && j.stage == byHand && len(j.hand.sample.Headers) > 0:
			p.desk.Failed(err) // the one before stays
			j.hand.request.Sheet, j.hand.request.HeaderRow = j.hand.sample.Sheet, j.hand.sample.HeaderRow
		case err != nil:
			j.hand = nil
			j.fail(err)
		default:
			j.stage = byHand
			j.hand.look(sample)
			j.reads++
		}
		p.show()
	})
}

// handView chooses what the columns of a file mean.
type handView struct {
	p    *Page
	job  *job
	hand *hand

	name, platform, currency, zone, row *parts.Entry
	nameField, currencyField, zoneField *parts.Field

	missing *fyne.Container
	about   *container.Scroll
	sample  *sampleTable
	card    *parts.Card
	queue   *queueCard
	main    *parts.Button
	sheet   sheet
	body    *fyne.Container
}

func newHandView(p *Page, j *job) *handView {
	d := p.desk
	v := &handView{p: p, job: j, hand: j.hand, queue: newQueueCard(p), missing: container.NewStack()}
	about, scroll := inScroll()
	v.about = scroll
	v.card = parts.NewCard(d.Text("imports_sample_title"), nil, container.NewStack()).Flush()
	v.card.SetNote(d.Text("imports_sample_note"))
	v.main = parts.Primary(d.Text("imports_hand_do"), "right", v.do)
	v.sheet = sheet{
		steps: p.stepsOf(stepFormat), queue: v.queue.card, left: about, right: v.card,
		bar: parts.NewActionBar("info", d.Text("imports_hand_promise"), parts.Second(d.Text("imports_cancel"), "", v.cancel), v.main),
	}
	v.form()
	v.showSample()
	v.check()
	v.body = container.New(&v.sheet, v.sheet.objects()...)
	return v
}

// form is what has to be known beside the columns.
func (v *handView) form() {
	d, c := v.p.desk, &v.hand.choices
	entry := func(value, hint string, set func(string)) *parts.Entry {
		e := parts.NewEntry(hint)
		e.SetText(value)
		e.OnChanged = func(text string) {
			set(text)
			v.check()
		}
		return e
	}
	v.name = entry(c.Name, d.Text("imports_hand_name_hint"), func(s string) { c.Name = s })
	v.platform = entry(c.Platform, d.Text("imports_hand_platform_hint"), func(s string) { c.Platform = s })
	v.currency = entry(c.Currency, "CNY", func(s string) { c.Currency = s })
	v.zone = entry(c.Zone, "Asia/Shanghai", func(s string) { c.Zone = oneLine(s) })
	v.nameField = parts.NewField(d.Text("imports_hand_name"), v.name)
	v.currencyField = parts.NewField(d.Text("imports_hand_currency"), v.currency)
	v.zoneField = parts.NewField(d.Text("imports_hand_zone"), v.zone)
	orders := []importers.DateOrder{importers.DateOrderUnknown, importers.DayFirst, importers.MonthFirst}
	dates := parts.NewSelect([]string{d.Text("imports_dates_auto"), d.Text("imports_dates_dmy"), d.Text("imports_dates_mdy")}, func(i int) { c.DateOrder = orders[i] })
	dates.Set(slices.Index(orders, c.DateOrder))
	marks := []string{"", ".", ","}
	decimal := parts.NewSelect([]string{d.Text("imports_decimal_auto"), d.Text("imports_decimal_point"), d.Text("imports_decimal_comma")}, func(i int) { c.Decimal = marks[i] })
	decimal.Set(slices.Index(marks, c.Decimal))
	same := parts.NewCheck(d.Text("imports_hand_same"), func(on bool) { c.RecipientIsBuyer = on })
	same.SetChecked(c.RecipientIsBuyer)
	list := []fyne.CanvasObject{
		parts.NewFileHead(v.job.name(), v.where()), v.missing, v.nameField, parts.NewField(d.Text("imports_hand_platform"), v.platform),
		container.New(halves{}, v.currencyField, v.zoneField),
		container.New(halves{}, parts.NewField(d.Text("imports_hand_dates"), dates), parts.NewField(d.Text("imports_hand_decimal"), decimal)),
	}
	list = append(list, v.table()...)
	v.about.Content = padded(append(list, same)...)
	v.about.Refresh()
}

// table says where in the file the table stands.
func (v *handView) table() []fyne.CanvasObject {
	d, h := v.p.desk, v.hand
	again := func() { v.p.sample(v.job) }
	v.row = parts.NewEntry("")
	v.row.SetText(strconv.Itoa(h.sample.HeaderRow))
	check := func() {
		n, err := strconv.Atoi(oneLine(v.row.Text))
		v.row.SetProblem(err != nil || n < 1)
		if err == nil && n > 0 && n != h.sample.HeaderRow {
			h.request.HeaderRow = n
			again()
		}
	}
	v.row.OnLeave, v.row.OnSubmitted = check, func(string) { check() }
	header := parts.NewField(d.Text("imports_hand_header"), v.row)
	var other fyne.CanvasObject
	switch {
	case len(h.sample.Sheets) > 1:
		choose := parts.NewSelect(h.sample.Sheets, func(i int) {
			h.request.Sheet, h.request.HeaderRow = h.sample.Sheets[i], 0
			again()
		})
		choose.Set(slices.Index(h.sample.Sheets, h.sample.Sheet))
		other = parts.NewField(d.Text("imports_hand_sheet"), choose)
	case h.sample.Encoding != "" && !slices.Contains(workbooks, h.sample.Encoding):
		encodings := []string{"", "utf-8", "gb18030", "big5", "utf-16le", "windows-1252"}
		options := []string{d.Text("imports_encoding_auto", map[string]any{"Encoding": h.sample.Encoding}), "UTF-8", "GB18030", "Big5", "UTF-16", "Windows-1252"}
		choose := parts.NewSelect(options, func(i int) {
			h.request.Encoding = encodings[i]
			again()
		})
		choose.Set(max(0, slices.Index(encodings, h.request.Encoding)))
		other = parts.NewField(d.Text("imports_hand_encoding"), choose)
	default:
		return []fyne.CanvasObject{container.New(halves{}, header)}
	}
	return []fyne.CanvasObject{container.New(halves{}, header, other)}
}

// workbooks are what stands for the encoding of workbooks, which have none.
var workbooks = []string{"xlsx", "xls"}

// where is the sheet and row of the headers.
func (v *handView) where() string {
	if v.hand.sample.Sheet != "" {
		return v.hand.sample.Sheet
	}
	return v.hand.sample.Encoding
}

// showSample shows the sample, or that it is not shown.
func (v *handView) showSample() {
	if v.hand.sample.Rows == nil && v.sample != nil {
		v.card.SetBody(parts.NewEmptyLine("eye", v.p.desk.Text("imports_sample_hidden")))
		return
	}
	v.sample = newSampleTable(v.p.shop, v.hand, v.check)
	v.card.SetBody(v.sample.object)
}

// check tells what is missing.
func (v *handView) check() {
	s := v.p.shop
	_, problems := v.hand.choices.Mapping()
	list := s.advise(problems)
	fields := map[string]*parts.Field{"name": v.nameField, "currency": v.currencyField, "time_zone": v.zoneField}
	for _, f := range fields {
		f.SetError("")
	}
	var lines []fyne.CanvasObject
	need := false
	for _, pass := range []bool{true, false} {
		head := false
		for _, a := range list {
			if a.need != pass {
				continue
			}
			if f := fields[a.field]; f != nil && v.hand.tried {
				f.SetError(a.text)
			}
			if !head {
				key := "imports_hand_better"
				if pass {
					key, need = "imports_hand_required", true
				}
				lines = append(lines, parts.NewHead(s.text(key), nil))
				head = true
			}
			tone := look.Muted
			if pass {
				tone = look.Late
			}
			lines = append(lines, parts.NewPara("· "+a.text, 0).SetTone(tone))
		}
	}
	if !need {
		lines = append([]fyne.CanvasObject{parts.NewBanner(look.Good, s.text("imports_hand_ready"))}, lines...)
	}
	v.missing.Objects = []fyne.CanvasObject{parts.NewStack(lines...)}
	v.missing.Refresh()
	v.about.Refresh()
}

// do makes the dry run of the file as it was mapped.
func (v *handView) do() {
	mapping, _ := v.hand.choices.Mapping()
	if mapping == nil {
		v.hand.tried = true
		v.check()
		v.about.ScrollToTop()
		return
	}
	v.hand.forget()
	v.p.read(v.job, mapping)
}

// cancel goes back to what the file was before, or leaves it.
func (v *handView) cancel() {
	v.hand.forget()
	if v.job.preview.Format != "" {
		v.job.stage = v.job.previewed()
		v.p.show()
		return
	}
	v.p.leave(v.job)
}

func (v *handView) object() fyne.CanvasObject { return v.body }

func (v *handView) focus() {
	if v.sample == nil || v.hand.sample.Rows == nil {
		v.p.sample(v.job)
		return
	}
	v.sample.focus(v.p.desk.Window.Canvas())
}

func (v *handView) update() { v.queue.update() }

func (v *handView) header(h *desk.Header) {
	h.Fact = v.p.desk.Text("imports_hand_fact")
	h.Actions, h.Primary = []fyne.CanvasObject{v.p.list}, v.do
}

func (v *handView) key(k parts.Press) bool {
	if k == (parts.Press{Key: fyne.KeyEscape}) {
		v.cancel()
		return true
	}
	return false
}
