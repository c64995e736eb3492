package imports

import (
	"encoding/json"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

// shop is what texts need to know of the book.
type shop struct {
	words    *phrase.Phrases
	currency string
	zone     *time.Location
	now      func() time.Time
}

func (s shop) text(key string, data ...map[string]any) string { return s.words.Text(key, data...) }

// number is the data of a text with a count of its own form.
func number(n int) map[string]any { return map[string]any{"Count": n, "Number": phrase.Count(n)} }

// when is a moment as lists show it.
func (s shop) when(m crm.Moment) string { return s.words.When(m.In(s.zone), s.now().In(s.zone)) }

// format names a format; several are those of a workbook's sheets.
func (s shop) format(id string) string { return s.words.Format(id) }

// forFile takes currency and time zone of a file where the book has none yet:
// those that it will have from this import.
func (s shop) forFile(j *job) shop {
	if s.currency != "" {
		return s
	}
	var told struct {
		Currency string `json:"currency"`
		Zone     string `json:"time_zone"`
	}
	if j.mapping != nil {
		_ = json.Unmarshal(j.mapping, &told) // it was read as a mapping before
	} else {
		for _, f := range usecase.Formats() {
			if f.ID == j.preview.Format {
				told.Currency, told.Zone = f.Currency, f.Zone
			}
		}
	}
	s.currency = told.Currency
	if zone, err := time.LoadLocation(told.Zone); err == nil && told.Zone != "" {
		s.zone = zone
	}
	return s
}

// field names a field of an order.
func (s shop) field(name string) string { return s.words.Field(name) }

// amount shows an amount in a column of the book's currency; another is named.
func (s shop) amount(m crm.Money, currency string) string {
	if currency != s.currency && currency != "" {
		return currency + " " + phrase.Money(m, currency)
	}
	return phrase.Money(m, currency)
}

// change is an amount with its sign, "" for none.
func (s shop) change(m crm.Money, currency string) string {
	switch {
	case m == 0:
		return ""
	case m > 0:
		return "+" + s.amount(m, currency)
	default:
		return s.amount(m, currency)
	}
}

// changes are amounts by currency, as one text.
func (s shop) changes(list []usecase.NetChange) string {
	var texts []string
	for _, n := range list {
		if text := s.change(n.Net, n.Currency); text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "  ")
}

// past is an import that was done, as the history shows it.
type past struct {
	step     int64
	number   string
	when     string
	file     string
	format   string
	fresh    string
	changed  string
	same     string
	rejected string
	failed   bool // some rows were not read
	undone   bool
}

// history lists imports, the newest first.
func (s shop) history(list []usecase.Imported) []past {
	rows := make([]past, len(list))
	for i, m := range list {
		r := m.Report
		failed, told := len(r.Rejected)+r.Unlisted, r.Tally()
		rows[i] = past{
			step: m.Step, number: phrase.Count(len(list) - i), when: s.when(m.At), file: r.File, format: s.format(r.Format),
			fresh: phrase.Count(told.New), changed: phrase.Count(told.Changed), same: phrase.Count(told.Same),
			rejected: phrase.Count(failed), failed: failed > 0, undone: m.Undone,
		}
	}
	return rows
}

// fact says how many imports there were.
func (s shop) fact(list []usecase.Imported) string {
	if len(list) == 0 {
		return s.text("imports_fact_none")
	}
	return s.text("imports_fact_count", map[string]any{"Count": len(list), "Times": phrase.Count(len(list)), "When": s.when(list[0].At)})
}

// seenBefore returns the standing import of the same file, nil for none.
func seenBefore(list []usecase.Imported, mark usecase.FileMark) *usecase.Imported {
	for i := range list {
		if !list[i].Undone && string(list[i].SHA256) == string(mark.SHA256[:]) {
			return &list[i]
		}
	}
	return nil
}

// progress says in words how far a work is.
func (s shop) progress(p usecase.Progress, dry bool) string {
	key := string(p.Phase)
	if dry && p.Phase == usecase.PhaseWrite {
		key = "compare"
	}
	phase := s.text("imports_phase_" + key)
	if p.Total == 0 {
		return phase
	}
	return s.text("imports_phase_count", map[string]any{"Phase": phase, "Done": phrase.Count(p.Done), "Total": phrase.Count(p.Total)})
}

// sofar says how many orders were new, changed and the same so far.
func (s shop) sofar(p usecase.Progress) string {
	if p.Phase != usecase.PhaseWrite || p.Orders == (usecase.OrderCounts{}) {
		return ""
	}
	return s.text("imports_phase_orders", map[string]any{
		"New": phrase.Count(p.Orders.New), "Changed": phrase.Count(p.Orders.Changed), "Same": phrase.Count(p.Orders.Same),
	})
}

// size is that of a file.
func size(bytes int64) string {
	const kb, mb = 1 << 10, 1 << 20
	switch {
	case bytes < kb:
		return phrase.Count(int(bytes)) + " B"
	case bytes < mb:
		return phrase.Count(int(bytes/kb)) + " KB"
	default:
		return phrase.Mean(float64(bytes)/mb) + " MB"
	}
}

// count is a number as it is shown.
func count(n int) string { return phrase.Count(n) }

// symbol is the sign in the head of a column of amounts.
func (s shop) symbol() string { return phrase.Symbol(s.currency) }

// shopName names the shop of a dry run: a new one that nobody named is called
// like its marketplace.
func (s shop) shopName(p usecase.Preview) string {
	if p.Shop == p.Platform {
		return s.words.Platform(p.Platform)
	}
	return p.Shop
}

// undone says what goes back with an import, in pairs of what and how many.
func (s shop) undone(u usecase.UndoReport) [][2]string {
	orders := func(n int) string { return s.text("imports_orders", map[string]any{"Number": count(n)}) }
	people := func(n int) string { return s.text("imports_people", map[string]any{"Number": count(n)}) }
	list := [][2]string{{s.text("imports_undo_gone"), orders(u.OrdersGone)}}
	if u.OrdersRestored > 0 {
		list = append(list, [2]string{s.text("imports_undo_restored"), orders(u.OrdersRestored)})
	}
	list = append(list, [2]string{s.text("imports_undo_people"), people(u.CustomersGone)})
	if u.CustomersBack > 0 {
		list = append(list, [2]string{s.text("imports_undo_people_back"), people(u.CustomersBack)})
	}
	if u.PaymentsGone > 0 {
		list = append(list, [2]string{s.text("imports_undo_payments"), s.text("imports_entries", number(u.PaymentsGone))})
	}
	return list
}

// staying says what does not go back with an import.
func (s shop) staying(u usecase.UndoReport) []string {
	var list []string
	if u.CustomersKept > 0 {
		list = append(list, s.text("imports_undo_kept", number(u.CustomersKept)))
	}
	if rest := len(u.Kept) - u.CustomersKept; rest > 0 {
		list = append(list, s.text("imports_undo_changed", number(rest)))
	}
	return list
}

// keptFields names the first of what stays because it was changed since: where,
// and which field.
func (s shop) keptFields(u usecase.UndoReport) [][2]string {
	const named = 5
	var list [][2]string
	for _, k := range u.Kept {
		if k.Table == "customers" || k.Row == "" || len(list) == named {
			continue
		}
		what := ""
		if k.Field != "" {
			what = s.words.Column(k.Field)
		}
		list = append(list, [2]string{s.words.Column(k.Table) + " " + k.Row, what})
	}
	return list
}

// later names the imports that changed the same rows since, "" for none.
func (s shop) later(u usecase.UndoReport) string {
	if len(u.Later) == 0 {
		return ""
	}
	files := make([]string, len(u.Later))
	for i, m := range u.Later {
		files[i] = m.Report.File
	}
	return s.text("imports_undo_later", map[string]any{"Files": strings.Join(files, s.text("imports_undo_and"))})
}

// change is a step of the past, as the list of all shows it.
type change struct {
	step     int64
	when     string
	what     string
	who      string
	rows     string
	state    string
	act      string // the word that takes it back or does it again, "" for neither
	undone   bool
	imported bool
}

// steps lists all changes, the newest first.
func (s shop) steps(list []usecase.Change) []change {
	rows := make([]change, len(list))
	for i, c := range list {
		r := change{step: c.Step, when: s.when(c.At), what: s.words.Step(c), who: c.User, undone: c.Undone, imported: c.Verb == string(access.Import)}
		if c.Rows > 0 {
			r.rows = phrase.Count(c.Rows)
		}
		switch {
		case c.Undone:
			r.state = s.text("imports_change_undone", map[string]any{"When": s.when(c.UndoneAt), "User": c.UndoneBy})
			if c.Redoable {
				r.act = s.text("shell_redo")
			}
		case c.Final:
			r.state = s.text("imports_change_final")
		case r.imported:
			r.act = s.text("imports_undo")
		default:
			r.act = s.text("imports_change_undo")
		}
		rows[i] = r
	}
	return rows
}
