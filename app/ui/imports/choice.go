package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/importers"
)

// choiceOfFormat is the card that asks which of several formats a file has, and
// shows what speaks for each.
func (p *Page) choiceOfFormat(j *job) *parts.Card {
	d := p.desk
	list := []fyne.CanvasObject{parts.NewHead(j.name(), nil), parts.NewPara(d.Text("imports_several"), 0)}
	for _, c := range j.fits {
		read := parts.Second(d.Text("imports_read_as"), "import", func() { p.readAs(j, c.Format.ID) })
		reason := d.Text("imports_speaks", map[string]any{"Headers": phrase.SomeHeaders(c.Headers)})
		list = append(list, parts.NewRule(), parts.NewHead(p.shop.format(c.Format.ID), read), parts.NewPara(reason, 0).SetTone(look.Muted))
	}
	hand := parts.Link(d.Text("imports_by_hand"), "", func() { p.byHand(j) })
	card, _ := inScroll(append(list, parts.NewRule(), newLeft(hand))...)
	return card
}

// choiceOfDates is the card that asks whether the day or the month comes first in a
// file's dates.
func (p *Page) choiceOfDates(j *job) *parts.Card {
	d := p.desk
	date := j.preview.DateDoubt
	day, month := d.Words.Reading(date, importers.DayFirst), d.Words.Reading(date, importers.MonthFirst)
	read := func(text string, order importers.DateOrder) *parts.Button {
		return parts.Second(text, "", func() { p.readDates(j, order) })
	}
	card, _ := inScroll(
		parts.NewHead(j.name(), nil),
		parts.NewTitle(d.Text("imports_which_date", map[string]any{"Date": date, "Day": day, "Month": month}), look.SizeTitle),
		container.NewHBox(read(day, importers.DayFirst), read(month, importers.MonthFirst)),
		parts.NewPara(d.Text("imports_which_date_note"), 0).SetTone(look.Muted),
	)
	return card
}

// dates says how dates are read that the file does not tell, and lets the user say
// otherwise.
func (a *aboutFile) dates() fyne.CanvasObject {
	j, date, order := a.job, a.job.preview.DateDoubt, a.job.preview.DateOrder
	other := importers.MonthFirst
	if order == importers.MonthFirst {
		other = importers.DayFirst
	}
	words := a.p.desk.Words
	change := parts.Link(words.Text("imports_read_date_other", map[string]any{"Day": words.Reading(date, other)}), "", func() { a.p.readDates(j, other) })
	return parts.NewBanner(look.Accent, words.Text("read_date", map[string]any{"Date": date, "Day": words.Reading(date, order)}), change)
}

// readDates makes a dry run of a file with its dates read as the user told.
func (p *Page) readDates(j *job, order importers.DateOrder) {
	j.dates = order
	p.rerun(j)
}
