package export

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/usecase"
)

// List is the customers that the dialog is opened for.
type List struct {
	usecase.Selection
	Count  int
	Chosen bool   // one by one, not by a filter
	Name   string // of the segment, "" for none
	Screen []string
}

// formats are the kinds of file, by their ending.
var formats = []string{".xlsx", ".csv", ".vcf"}

// kinds are the files that can be made: without phones there are no contacts.
func (f *form) kinds() []string {
	if !slices.Contains(f.offered, "phone") {
		return formats[:slices.Index(formats, ".vcf")]
	}
	return formats
}

// take chooses a kind of file, if it can be made.
func (f *form) take(format int) { f.format = max(0, min(format, len(f.kinds())-1)) }

// line is a column that can be exported.
type line struct {
	id    string
	on    bool
	clear bool // not masked
}

// form is what is chosen in the dialog.
type form struct {
	list    List
	offered []string // columns
	kind    int      // of usecase.PurposeKinds; -1 before one is chosen
	purpose string
	lines   []line // in the order of the file
	format  int
	folder  string
	name    string // without ending
	reveal  bool   // the folder afterwards

	lock     choice // that the file needs a password
	password string // that it would need
}

// choice is what the user said, if anything.
type choice int

const (
	unsaid choice = iota
	yes
	no
)

// canLock reports whether the file can have a password.
func (f *form) canLock() bool { return formats[f.format] == ".xlsx" }

// locked reports whether it has one: unless somebody says otherwise, where a
// column is in clear.
func (f *form) locked() bool {
	return f.canLock() && (f.lock == yes || f.lock == unsaid && len(f.clear()) > 0)
}

// newForm returns the form of an opened dialog: the columns of before for the
// purpose, never in clear.
func newForm(list List, folder, name string, offered []string) *form {
	f := &form{list: list, offered: offered, kind: -1, folder: folder, name: name, reveal: true, password: usecase.NewFilePassword()}
	f.choose(usecase.DefaultColumns)
	return f
}

// choose ticks those of columns that are offered, in their order; the others stand below,
// masked like all.
func (f *form) choose(columns []string) {
	f.lines = nil
	for _, id := range columns {
		if slices.Contains(f.offered, id) {
			f.lines = append(f.lines, line{id: id, on: true})
		}
	}
	for _, id := range f.offered {
		if !slices.Contains(columns, id) {
			f.lines = append(f.lines, line{id: id})
		}
	}
}

// columns returns those that are ticked.
func (f *form) columns() []string {
	var list []string
	for _, l := range f.lines {
		if l.on {
			list = append(list, l.id)
		}
	}
	return list
}

// clear returns the ticked columns that are not masked.
func (f *form) clear() []string {
	var list []string
	for _, l := range f.lines {
		if l.on && l.clear {
			list = append(list, l.id)
		}
	}
	return list
}

// move changes the place of a column.
func (f *form) move(from, to int) bool {
	if to < 0 || to >= len(f.lines) {
		return false
	}
	l := f.lines[from]
	f.lines = slices.Insert(slices.Delete(f.lines, from, from+1), to, l)
	return true
}

// canBeClear reports whether a column is masked unless somebody says otherwise.
func canBeClear(id string) bool { return slices.Contains(usecase.ClearColumns, id) }

// purposeKind returns the chosen kind, "" before one is chosen.
func (f *form) purposeKind() usecase.PurposeKind {
	if f.kind < 0 {
		return ""
	}
	return usecase.PurposeKinds[f.kind]
}

// path returns where the list goes.
func (f *form) path() string { return filepath.Join(f.folder, f.name+formats[f.format]) }

// setPath takes a chosen file; its ending chooses the format.
func (f *form) setPath(path string) {
	f.folder = filepath.Dir(path)
	ext := strings.ToLower(filepath.Ext(path))
	if i := slices.Index(f.kinds(), ext); i >= 0 {
		f.format = i
		path = path[:len(path)-len(ext)]
	}
	f.name = filepath.Base(path)
}

// request is what the use-case is asked for.
func (f *form) request() usecase.ExportRequest {
	r := usecase.ExportRequest{
		Selection: f.list.Selection, PurposeKind: f.purposeKind(), Purpose: f.purpose,
		Columns: f.columns(), Clear: f.clear(),
	}
	if f.locked() {
		r.Password = f.password
	}
	return r
}

// problem returns the key of what has to be mended first, "" for nothing.
func (f *form) problem(p usecase.ExportPreview) string {
	switch {
	case f.kind < 0, strings.TrimSpace(f.purpose) == "" && (len(f.clear()) > 0 || f.purposeKind() == usecase.PurposeOther):
		return "export_need_purpose"
	case len(f.columns()) == 0:
		return "export_need_column"
	case f.locked() && f.password == "":
		return "export_need_password"
	case p.Rows == 0:
		return "export_nobody"
	default:
		return ""
	}
}

// suggest is the name of the file before anybody typed one.
func suggest(w *phrase.Phrases, list List, now time.Time) string {
	name := list.Name
	if name == "" {
		name = w.Text("export_file_name")
	}
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	return clean + "_" + now.Format("20060102")
}

// sample returns what a column shows of a customer, masked.
func sample(w *phrase.Phrases, c usecase.Customer, id, currency string, zone *time.Location) string {
	switch id {
	case "id":
		return c.ID
	case "name":
		return c.NameMask
	case "alias":
		return c.Alias.Reveal()
	case "phone":
		return c.PhoneMask
	case "email":
		return c.EmailMask
	case "address":
		return c.AddressMask
	case "accounts":
		var names []string
		for _, b := range c.Buyers {
			names = append(names, b.ID)
		}
		return strings.Join(names, w.Text("list_separator"))
	case "orders":
		return phrase.Count(c.Orders)
	case "purchases":
		return phrase.Count(c.Purchases)
	case "gross":
		return amounts(c.Money, func(s crm.Sums) crm.Money { return s.Gross }, currency)
	case "refunded":
		return amounts(c.Money, func(s crm.Sums) crm.Money { return s.Refunded }, currency)
	case "net":
		return amounts(c.Money, crm.Sums.Net, currency)
	case "first_purchase", "last_purchase":
		if !c.Last.Known() {
			return ""
		}
		if id == "first_purchase" {
			return c.First.Day(zone).String()
		}
		return c.Last.Day(zone).String()
	case "country":
		return c.Country
	case "province":
		return c.Province
	case "city":
		return c.City
	case "district":
		return c.District
	case "tags":
		return strings.Join(c.Tags, " ")
	default:
		return "" // of the file alone
	}
}

// amounts shows an amount in the book's currency alone, others with their names,
// as the file does.
func amounts(list []crm.Sums, of func(crm.Sums) crm.Money, currency string) string {
	if len(list) == 0 {
		return phrase.Money(0, currency)
	}
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = phrase.Money(of(s), s.Currency)
		if len(list) > 1 || s.Currency != currency {
			texts[i] += " " + s.Currency
		}
	}
	return strings.Join(texts, "; ")
}
