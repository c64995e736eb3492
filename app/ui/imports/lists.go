package imports

import (
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/person"
	"kebu/app/usecase"
	"kebu/importers"
)

// The lists of a dry run, in the order of their cards.
const (
	listNew = iota
	listChanged
	listSame
	listReview
	listRejected
	listCount
)

// list is one of them as a table shows it: texts by column, "" where a line
// goes on.
type list struct {
	rows  []line
	total int // of entries; rows may be fewer, or more where an entry has several
	first int // entries that rows tell of
}

// line is a row of any of the lists; each uses what it needs.
type line struct {
	order, name, placed, goods, status, paid string

	field, before, after, net string
	kind                      string // of the field
	loss                      bool

	one, other string

	sheet, row, column, reason string
}

// Count returns the number of rows.
func (l list) Count() int { return len(l.rows) }

// At returns a row.
func (l list) At(i int) (line, bool) {
	if i < 0 || i >= len(l.rows) {
		return line{}, false
	}
	return l.rows[i], true
}

// lists turns what a dry run found into rows.
func (s shop) lists(p usecase.Preview) [listCount]list {
	var all [listCount]list
	all[listNew] = listOf(p.New, func(o usecase.PreviewOrder) []line { return []line{s.order(o)} })
	all[listChanged] = listOf(p.Changed, s.changed)
	all[listSame] = listOf(p.Same, func(o usecase.OrderDay) []line {
		return []line{{order: o.Number, placed: s.moment(o.Placed)}}
	})
	all[listReview] = listOf(p.Review, func(d usecase.Doubt) []line {
		one, other := s.face(d.One.Name, d.One.Account, d.One.City, d.One.Orders), s.face(d.Other.Name, d.Other.Account, d.Other.City, d.Other.Orders)
		if d.One.ID == "" {
			one += " · " + s.text("imports_new_person")
		}
		if d.Other.ID == "" {
			other += " · " + s.text("imports_new_person")
		}
		return []line{{one: one, other: other}}
	})
	all[listRejected] = listOf(p.Rejected, func(r usecase.Rejected) []line { return []line{s.rejected(r)} })
	return all
}

func listOf[T any](from usecase.List[T], rows func(T) []line) list {
	l := list{total: from.Total, first: len(from.First)}
	for _, v := range from.First {
		l.rows = append(l.rows, rows(v)...)
	}
	return l
}

func (s shop) order(o usecase.PreviewOrder) line {
	goods := o.Product
	if o.More > 0 {
		goods += " +" + phrase.Count(o.More)
	}
	return line{
		order: person.Number(s.words, o.Platform, o.Number), name: s.person(o.Name), placed: s.moment(o.Placed), goods: goods,
		status: s.status(o.Status, o.RawStatus), paid: s.amount(o.Figures.Gross, o.Currency),
	}
}

// changed is an order in a row for each thing that changes.
func (s shop) changed(o usecase.ChangedOrder) []line {
	rows := make([]line, max(1, len(o.Changes)))
	for i, c := range o.Changes {
		rows[i] = line{kind: c.Field, field: s.what(c), before: s.told(c.Before, o.Currency), after: s.told(c.After, o.Currency)}
	}
	rows[0].order, rows[0].name = person.Number(s.words, o.Platform, o.Number), s.person(o.Name)
	rows[0].net, rows[0].loss = s.change(o.Net, o.Currency), o.Net < 0
	return rows
}

// what names what changed.
func (s shop) what(c crm.Change) string {
	if c.Line == "" {
		return s.kind(c.Field)
	}
	return s.text("imports_change_of", map[string]any{"Field": s.kind(c.Field), "Line": c.Line})
}

// kind names one of crm.ChangeFields.
func (s shop) kind(field string) string {
	if !slices.Contains(crm.ChangeFields, field) {
		return field
	}
	return s.text("imports_change_" + field)
}

// told is one thing that is known of an order, "" for nothing.
func (s shop) told(f crm.Fact, currency string) string {
	switch f.Kind {
	case crm.TextFact:
		return f.Text
	case crm.MoneyFact:
		return s.amount(f.Money, currency)
	case crm.MomentFact:
		return s.moment(f.Moment)
	case crm.StatusFact:
		return s.status(f.Status, f.Text)
	case crm.QuantityFact:
		return f.Quantity.String()
	case crm.HiddenFact:
		return s.text("imports_hidden")
	default:
		return ""
	}
}

// status is the marketplace's word, which the file's owner knows, else ours.
func (s shop) status(status crm.Status, raw string) string {
	switch {
	case raw != "":
		return raw
	case status == crm.StatusUnknown:
		return ""
	default:
		return s.text("status_" + string(status))
	}
}

func (s shop) person(mask string) string {
	if mask == "" {
		return s.text("imports_nobody")
	}
	return mask
}

func (s shop) moment(m crm.Moment) string {
	if !m.Known() {
		return ""
	}
	return m.In(s.zone).Format("2006-01-02 15:04")
}

func (s shop) face(name, account, city string, orders int) string {
	if name == "" {
		name = account
	} else if account != "" {
		name += "  " + account
	}
	if city == "" {
		return name
	}
	return s.text("imports_of_person", map[string]any{"Name": name, "Place": city, "Number": phrase.Count(orders)})
}

func (s shop) rejected(r usecase.Rejected) line {
	return line{sheet: r.Sheet, row: phrase.Count(r.Row), column: r.Column, reason: s.words.Reason(string(r.Reason))}
}

// rejects lists the rows that a report names: a new one names all that there were.
func (s shop) rejects(r usecase.ImportReport) list {
	named := r.Rejected[:min(len(r.Rejected), usecase.ListLimit)]
	return listOf(usecase.List[usecase.Rejected]{First: named, Total: len(r.Rejected) + r.Unlisted}, func(r usecase.Rejected) []line {
		return []line{s.rejected(r)}
	})
}

// hasSheets reports whether rows stand on named sheets.
func (l list) hasSheets() bool {
	return slices.ContainsFunc(l.rows, func(r line) bool { return r.sheet != "" })
}

// kinds are the fields that change, in the order in which changes are told.
func (l list) kinds() []string {
	var kinds []string
	for _, f := range crm.ChangeFields {
		if slices.ContainsFunc(l.rows, func(r line) bool { return r.kind == f }) {
			kinds = append(kinds, f)
		}
	}
	return kinds
}

// only keeps the rows of a field, each with its order; "" keeps all.
func (l list) only(kind string) list {
	if kind == "" {
		return l
	}
	some := list{total: l.total, first: l.first}
	var head line
	for _, r := range l.rows {
		if r.order != "" {
			head = r
		}
		if r.kind == kind {
			r.order, r.name, r.net, r.loss = head.order, head.name, head.net, head.loss
			some.rows = append(some.rows, r)
		}
	}
	return some
}

// cut says how much of a long list is shown, "" if all of it is.
func (s shop) cut(l list) string {
	if l.first >= l.total {
		return ""
	}
	return s.text("imports_first", map[string]any{"Shown": phrase.Count(l.first), "Total": phrase.Count(l.total)})
}

// card is a count with what it says.
type card struct{ title, count, note string }

// cards are the five counts of a dry run.
func (s shop) cards(p usecase.Preview) [listCount]card {
	none := s.text("imports_note_none")
	fresh, changed, review, rejected := none, none, none, none
	if p.Orders.New > 0 {
		fresh = s.text("imports_note_known")
		if p.Customers.New > 0 {
			fresh = s.text("imports_note_new", number(p.Customers.New))
		}
	}
	if p.Orders.Changed > 0 {
		changed = s.text("imports_note_changed_none")
		if net := s.changes(p.Net); net != "" {
			changed = s.text("imports_note_changed", map[string]any{"Net": net})
		}
	}
	if p.InReview > 0 {
		review = s.text("imports_note_review", number(p.InReview))
	}
	if p.Rejected.Total > 0 {
		rejected = s.text("imports_note_rejected")
	}
	return [listCount]card{
		{s.text("imports_count_new"), phrase.Count(p.Orders.New), fresh},
		{s.text("imports_count_changed"), phrase.Count(p.Orders.Changed), changed},
		{s.text("imports_count_same"), phrase.Count(p.Orders.Same), s.text("imports_note_same")},
		{s.text("imports_count_review"), phrase.Count(p.InReview), review},
		{s.text("imports_count_rejected"), phrase.Count(p.Rejected.Total), rejected},
	}
}

// done are the five counts of a report.
func (s shop) done(r usecase.ImportReport) [listCount]card {
	p := usecase.Preview{Orders: r.Orders, Customers: r.Customers, InReview: r.Review}
	p.Rejected.Total = len(r.Rejected) + r.Unlisted
	cards := s.cards(p)
	if r.Orders.Changed > 0 {
		cards[listChanged].note = s.text("imports_note_done_changed")
	}
	if p.Rejected.Total > 0 {
		cards[listRejected].note = s.text("imports_note_done_rejected")
	}
	return cards
}

// title and note head a list.
func (s shop) title(which int, l list) (title, note string) {
	switch which {
	case listNew:
		return s.text("imports_new_title"), s.text("imports_orders_note", number(l.total))
	case listChanged:
		return s.text("imports_changed_title"), s.text("imports_changed_note", number(l.total))
	case listSame:
		return s.text("imports_same_title"), s.text("imports_orders_note", number(l.total))
	case listReview:
		return s.text("imports_review_title"), s.text("imports_review_note")
	default:
		return s.text("imports_rejected_title"), s.text("imports_rejected_note", number(l.total))
	}
}

// nothing is what a list without rows says.
func (s shop) nothing(which int) string {
	return s.text([listCount]string{
		"imports_none_new", "imports_none_changed", "imports_none_same", "imports_none_review", "imports_none_rejected",
	}[which])
}

// firstList is the list that is shown first: the first with something in it.
func firstList(p usecase.Preview) int {
	switch {
	case p.Orders.Changed > 0 && p.Orders.New == 0:
		return listChanged
	case p.Orders.New == 0 && p.Rejected.Total > 0:
		return listRejected
	case p.Orders.New == 0 && p.Orders.Same > 0:
		return listSame
	default:
		return listNew
	}
}

// kept is a column that is read, as a line shows it.
type kept struct {
	header, field string
	sealed        bool
}

func (s shop) kept(p usecase.Preview) []kept {
	rows := make([]kept, 0, len(p.Kept))
	for _, k := range p.Kept {
		rows = append(rows, kept{oneLine(k.Header), s.field(k.Field), k.Sealed})
	}
	return rows
}

// dropped are columns that are not read, by reason, the most delicate first.
type dropped struct {
	headers, reason string
	refused         bool // too delicate to be kept
}

func (s shop) dropped(p usecase.Preview) []dropped {
	var rows []dropped
	for _, reason := range []importers.Dropped{importers.DroppedNotNeeded, importers.DroppedSensitive, importers.DroppedNoUse} {
		var headers []string
		for _, d := range p.Dropped {
			if d.Reason == reason {
				headers = append(headers, oneLine(d.Header))
			}
		}
		if len(headers) > 0 {
			rows = append(rows, dropped{s.some(headers), s.text("imports_dropped_" + string(reason)), reason == importers.DroppedSensitive})
		}
	}
	return rows
}

// some names one or two of several.
func (s shop) some(names []string) string {
	switch len(names) {
	case 1:
		return names[0]
	case 2:
		return s.text("imports_list_two", map[string]any{"First": names[0], "Second": names[1]})
	default:
		return s.text("imports_list_and", map[string]any{"First": names[0], "Second": names[1]})
	}
}

// unknown tells of status words that are not known, "" if all are.
func (s shop) unknown(words []usecase.UnknownWord) string {
	if len(words) == 0 {
		return ""
	}
	names := make([]string, min(len(words), 3)) // two of which are named
	for i, w := range words[:len(names)] {
		names[i] = s.text("imports_word", map[string]any{"Word": oneLine(w.Word)})
	}
	return s.text("imports_unknown", map[string]any{"Count": len(words), "Words": s.some(names)})
}

// oneLine is a text of a file in one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// facts say what a file is.
func (s shop) facts(p usecase.Preview) string {
	data := map[string]any{"Size": size(p.Seen.Size), "Encoding": strings.ToUpper(p.Encoding), "Rows": phrase.Count(p.Rows), "Header": p.HeaderRow}
	if p.Encoding == "" {
		return s.text("imports_file_facts_book", data)
	}
	return s.text("imports_file_facts", data)
}
