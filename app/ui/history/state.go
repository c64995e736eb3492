package history

import (
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// The conditions that the filter bar knows.
const (
	byUser     = "user"
	byKind     = "kind"
	byDay      = "day"
	byCustomer = "customer"
)

// Comparisons of a condition.
const (
	opIs      = "is"
	opSince   = "since"
	opUntil   = "until"
	opBetween = "between"
)

// kinds are what entries are sorted by for people, with their verbs.
var kinds = []struct {
	id    string
	verbs []string
}{
	{"changes", changes()},
	{"seen", append(texts(access.Reveal, access.Export, access.ExportClear, access.Approve), "ask")},
	{"logins", []string{"login"}},
	{"refused", []string{"denied"}},
	{"keys", append(texts(access.AddUser, access.AssignRole, access.DisableUser, access.EnableUser, access.ResetUser, access.RemoveUser,
		access.HouseRules, access.Reseal, access.RenewRecovery, access.Passphrase, access.AuditPack), "recover", "found", "mended")},
	{"backups", append(texts(access.Backup, access.Drill, access.AcceptOlder, access.Restore), "folders")},
}

// changes are the verbs that can be taken back, and that of doing so.
func changes() []string {
	list := texts(access.Undo, access.Erase)
	for _, r := range access.Table {
		if access.Undoable(r.Verb) {
			list = append(list, string(r.Verb))
		}
	}
	return list
}

func texts(verbs ...access.Verb) []string {
	list := make([]string, len(verbs))
	for i, v := range verbs {
		list[i] = string(v)
	}
	return list
}

// chip is one condition.
type chip struct {
	field, op string
	values    []string
}

// question is what the page asks of the log.
type question struct{ chips []chip }

// at takes the filter of a place.
func (q *question) at(p place.Place) {
	q.chips = nil
	if p.Customer != "" {
		q.chips = append(q.chips, chip{byCustomer, opIs, []string{p.Customer}})
	}
}

// request returns what the book is asked; a chip that is not complete says nothing.
func (q question) request(zone *time.Location) usecase.LogRequest {
	var r usecase.LogRequest
	for _, c := range q.chips {
		_ = c.put(&r, zone) // the bar shows what is wrong
	}
	return r
}

// put adds a condition to a request, or reports that a value is none.
func (c chip) put(r *usecase.LogRequest, zone *time.Location) bool {
	value := func(i int) string {
		if i < len(c.values) {
			return strings.TrimSpace(c.values[i])
		}
		return ""
	}
	switch c.field {
	case byUser:
		r.User = value(0)
		return r.User != ""
	case byCustomer:
		r.Customer = value(0)
		return r.Customer != ""
	case byKind:
		for _, k := range kinds {
			if slices.Contains(c.values, k.id) {
				r.Verbs = append(r.Verbs, k.verbs...)
			}
		}
		return len(r.Verbs) > 0
	}
	first, ok := dayOf(value(0), zone)
	last := first
	if c.op == opBetween && ok {
		last, ok = dayOf(value(1), zone)
	}
	if !ok {
		return false
	}
	if last.Before(first) {
		first, last = last, first
	}
	if c.op != opUntil {
		r.From = crm.At(first)
	}
	if c.op != opSince {
		r.To = crm.At(last.AddDate(0, 0, 1))
	}
	return true
}

func dayOf(text string, zone *time.Location) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, text, zone)
	return t, err == nil
}

// shop is what every row needs to know of the book.
type shop struct {
	words *phrase.Phrases
	zone  *time.Location
}

// describe says a chip: the name of its field and what it asks. The customer is one of
// that name.
func (s shop) describe(c chip, customer string) (title, text string) {
	title = s.words.Text("history_by_" + c.field)
	switch {
	case c.field == byCustomer:
		return title, customer
	case len(c.values) == 0:
		return title, ""
	case c.field == byUser:
		return title, s.user(c.values[0])
	case c.field == byKind:
		names := make([]string, len(c.values))
		for i, v := range c.values {
			names[i] = s.words.Text("history_kind_" + v)
		}
		return title, strings.Join(names, s.words.Text("list_separator"))
	case c.op == opBetween:
		return title, strings.Join(c.values, " – ")
	default:
		return title, s.words.Text("orders_day_"+c.op) + " " + c.values[0]
	}
}

// user is what somebody is called; an owner who took no name by the role.
func (s shop) user(name string) string {
	if name == string(access.Owner) {
		return s.words.Text("role_owner")
	}
	return name
}

// row is an entry as the table shows it.
type row struct {
	entry    usecase.LogEntry
	when     string
	late     string // that the clock stood behind; "" if it did not
	who      string
	role     string
	what     string
	icon     string
	tone     look.Tone
	customer string // id of the one it leads to; "" for nobody
	whom     string
	faint    bool // whom is nobody's name
	count    string
	why      string
}

func (s shop) rowOf(e usecase.LogEntry, names map[string]usecase.Named) row {
	r := row{entry: e, when: e.At.In(s.zone).Format("2006-01-02 15:04"), who: s.user(e.User), what: s.words.Logged(&e), why: s.why(&e)}
	if slices.Contains(access.Roles, access.Role(e.As)) {
		if called := s.words.Text("role_" + e.As); called != r.who {
			r.role = called
		}
	}
	if e.Back > 0 {
		r.late = s.words.Text("history_late", map[string]any{"Span": s.span(e.Back)})
	}
	if e.Rows > 1 && e.Verb != "login" { // one, or how many passphrases, the sentence says
		r.count = phrase.Count(int(e.Rows))
	}
	r.icon, r.tone = mark(e.Verb)
	switch about := customers(&e); {
	case e.Forgotten:
		r.whom, r.faint = s.words.Text("history_erased"), true
	case e.Sealed:
		r.whom, r.faint = s.words.Text("history_sealed"), true
	case len(about) > 0:
		r.customer, r.whom, r.faint = s.named(about[0], names)
		if more := len(about) - 1 + e.More; more > 0 {
			r.whom = s.words.Text("history_and_more", map[string]any{"Name": r.whom, "Count": more})
		}
	}
	return r
}

// mark is how an entry stands out.
func mark(verb string) (icon string, tone look.Tone) {
	switch verb {
	case "denied":
		return "warn", look.Bad
	case "login":
		return "lock", look.Muted
	case string(access.Reveal):
		return "eye", look.Masked
	case string(access.Export), string(access.ExportClear):
		return "export", look.Late
	default:
		return "", look.Plain
	}
}

// customers lists whom an entry tells of, each once.
func customers(e *usecase.LogEntry) []string {
	var ids []string
	for _, c := range e.Changes {
		if c.Customer != "" && !slices.Contains(ids, c.Customer) {
			ids = append(ids, c.Customer)
		}
	}
	return ids
}

// named returns a customer's id and name; of one who is no more the id is blank.
func (s shop) named(id string, names map[string]usecase.Named) (known, name string, faint bool) {
	n, ok := names[id]
	switch {
	case !ok:
		return "", s.words.Text("history_gone"), true
	case n.Alias != "":
		return id, s.words.Text("history_alias", map[string]any{"Name": n.Mask, "Alias": n.Alias}), false
	case n.Mask == "":
		return id, s.words.Text("customers_no_name"), true
	default:
		return id, n.Mask, false
	}
}

// why is the purpose of a list, or the reason of a look.
func (s shop) why(e *usecase.LogEntry) string {
	if e.Kind == "" {
		return e.Purpose
	}
	kind := s.words.Text("purpose_" + e.Kind)
	if e.Purpose == "" {
		return kind
	}
	return s.words.Text("settings_set", map[string]any{"Title": kind, "Value": e.Purpose})
}

// span says how long a clock stood behind.
func (s shop) span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return s.words.Text("history_days", map[string]any{"Count": int(d.Hours() / 24)})
	case d >= 2*time.Hour:
		return s.words.Text("history_hours", map[string]any{"Count": int(d.Hours())})
	default:
		return s.words.Text("history_minutes", map[string]any{"Count": int(d.Minutes())})
	}
}

// valued reports whether a change has a value before or after.
func valued(c usecase.LogChange) bool {
	switch c.What {
	case "seen", "same", "different":
		return false
	default:
		return true
	}
}

// standing says how the log stands; checked is what the last look at it in this window
// found.
func (s shop) standing(l usecase.LogState, checked string, when func(crm.Moment) string) string {
	list := []string{s.words.Text("history_entries", map[string]any{"Count": int(l.Entries)})}
	switch since := int(l.Entries - l.Signed); {
	case l.Signed == 0:
		list = append(list, s.words.Text("history_unsigned"))
	case since == 0:
		list = append(list, s.words.Text("history_signed", map[string]any{"When": when(l.At)}))
	default:
		list = append(list, s.words.Text("history_signed_since", map[string]any{"When": when(l.At), "Count": since}))
	}
	if checked != "" {
		list = append(list, checked)
	}
	return strings.Join(list, " · ")
}
