package customer

import (
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/ui/person"
	"kebu/app/usecase"
)

// kind is what an event of the timeline is.
type kind int

const (
	kindPurchase kind = iota
	kindOrder         // that does not count
	kindRefund
	kindNote
	kindTag
	kindJoin
	kindImport
	kindSeen // somebody saw clear values
	kindChange
)

// shown says which events a filter of the timeline shows.
type shown int

const (
	showAll shown = iota
	showOrders
	showNotes
	showRest
	shownKinds
)

// has reports whether the filter shows events of a kind.
func (s shown) has(k kind) bool {
	switch k {
	case kindPurchase, kindOrder, kindRefund:
		return s == showAll || s == showOrders
	case kindNote:
		return s == showAll || s == showNotes
	default:
		return s == showAll || s == showRest
	}
}

// event is a line of the timeline.
type event struct {
	at                   crm.Moment
	kind                 kind
	title, second, right string
	order                int64  // id, of what opens an order
	note                 string // id, of what opens a note
	imported             int64  // step, of what opens an import
}

// verbs are the steps that the timeline tells by themselves. What others did
// shows in the orders and notes.
var verbs = map[access.Verb]struct {
	kind kind
	text string // key
}{
	access.AddTag:     {kindTag, "customer_event_tag_add"},
	access.RemoveTag:  {kindTag, "customer_event_tag_remove"},
	access.SetField:   {kindChange, "customer_event_field"},
	access.SetAlias:   {kindChange, "customer_event_alias"},
	access.SetContact: {kindChange, "customer_event_contact"},
	access.EditNote:   {kindChange, "customer_event_note_edit"},
	access.DeleteNote: {kindChange, "customer_event_note_delete"},
	access.PinNote:    {kindChange, "customer_event_note_pin"},
	access.SettleNote: {kindChange, "customer_event_note_settle"},
	access.Join:       {kindJoin, "customer_event_same"},
	access.Separate:   {kindJoin, "customer_event_different"},
	access.Import:     {kindImport, "customer_event_import"},
	access.Reveal:     {kindSeen, "customer_event_reveal"},
	access.Export:     {kindSeen, "customer_event_export"},
}

// sentence is how much of a note the timeline shows.
const sentence = 200

// events tells what happened with a customer, the newest first.
func events(s person.Shop, p usecase.Profile, filter shown) []event {
	var list []event
	add := func(e event) {
		if filter.has(e.kind) {
			list = append(list, e)
		}
	}
	for i := range p.Orders {
		for _, e := range orderEvents(s, &p.Orders[i]) {
			add(e)
		}
	}
	for _, n := range p.Notes {
		title := "customer_event_note"
		if n.Pinned {
			title = "customer_event_pinned"
		}
		add(event{at: n.At, kind: kindNote, title: s.Words.Text(title), second: firstLine(n.Text), right: n.User, note: n.ID})
	}
	for _, e := range p.Events {
		if v, ok := verbs[access.Verb(e.Verb)]; ok && !e.Undone {
			told := event{at: e.At, kind: v.kind, title: s.Words.Text(v.text, map[string]any{"Step": e.Step, "Tag": e.Tag}), second: e.User}
			if v.kind == kindImport {
				told.imported = e.Step
			}
			add(told)
		}
	}
	slices.SortStableFunc(list, func(a, b event) int {
		switch {
		case a.at > b.at:
			return -1
		case a.at < b.at:
			return 1
		default:
			return 0
		}
	})
	return list
}

// orderEvents are the purchase and what was given back of it, the later first.
func orderEvents(s person.Shop, o *usecase.StoredOrder) []event {
	goods := map[string]any{"Goods": person.Goods(s.Words, *o)}
	where := []string{s.Words.Platform(o.Platform), person.Number(s.Words, o.Platform, o.Number), status(s.Words, o.Status, o.RawStatus)}
	second := strings.Join(slices.DeleteFunc(where, func(t string) bool { return t == "" }), " · ")
	bought := event{at: o.Placed, kind: kindPurchase, title: s.Words.Text("customer_event_bought", goods), second: second, order: o.ID}
	if o.Figures.Purchase {
		bought.right = phrase.Price(o.Figures.Gross, o.Currency)
	} else {
		bought.kind, bought.title = kindOrder, s.Words.Text("customer_event_ordered", goods)
	}
	if s.NoAmounts {
		bought.right = ""
	}
	if o.Figures.Refunded == 0 {
		return []event{bought}
	}
	back := event{
		at: refundedAt(o), kind: kindRefund, title: s.Words.Text("customer_event_refund", goods), second: second,
		right: phrase.Price(-o.Figures.Refunded, o.Currency), order: o.ID,
	}
	return []event{back, bought}
}

// refundedAt is the latest time that an order with a refund tells.
func refundedAt(o *usecase.StoredOrder) crm.Moment {
	return max(o.Placed, o.Completed, o.Changed)
}

// status says where an order stands: by the word of all marketplaces, else by
// the marketplace's own.
func status(w *phrase.Phrases, s crm.Status, raw string) string {
	if s.Known() {
		return w.Text("status_" + string(s))
	}
	if raw != "" {
		return w.Text("customer_status_other", map[string]any{"Word": raw})
	}
	return ""
}

// firstLine is the beginning of a note, on one line.
func firstLine(t pii.Text) string {
	letters := []rune(strings.Join(strings.Fields(t.Reveal()), " "))
	return string(letters[:min(len(letters), sentence)])
}

// whenOf says a time of the timeline: its year, and today or yesterday with the
// clock, or month and day. Exports that tell days alone have midnight.
func whenOf(s person.Shop, at crm.Moment) (year, day, clock string) {
	if !at.Known() {
		return "", "", ""
	}
	d := at.Day(s.Zone)
	text := d.String()
	year, day = text[:4], text[5:]
	ago := s.Today - d
	if ago != 0 && ago != 1 {
		return year, day, ""
	}
	if clock = at.In(s.Zone).Format("15:04"); clock == "00:00" {
		clock = ""
	}
	return year, s.Words.Text([]string{"customer_today", "customer_yesterday"}[ago]), clock
}

// name is what stands for a customer: the masked name, else an account.
func name(w *phrase.Phrases, c usecase.Customer) string {
	switch {
	case c.NameMask != "":
		return c.NameMask
	case len(c.Buyers) > 0 && c.Buyers[0].ID != "":
		return c.Buyers[0].ID
	default:
		return w.Text("customer_no_name")
	}
}

// contact is a way to reach a customer, or the name.
type contact struct {
	label string // key
	mask  string
	clear string // "" while masked
	chip  string // key, of what has to be known of it; "" for nothing
}

// contacts are the name and the ways to reach a customer that are known, clear
// where clear has them.
func contacts(s person.Shop, p usecase.Profile, clear *usecase.Clear) []contact {
	var none usecase.Clear
	if clear == nil {
		clear = &none
	}
	list := []contact{
		{label: "customer_name", mask: p.NameMask, clear: clear.Name.Reveal()},
		{label: "customer_phone", mask: p.PhoneMask, clear: clear.Phone.Reveal()},
		{label: "customer_email", mask: p.EmailMask, clear: clear.Email.Reveal()},
		{label: "customer_address", mask: p.AddressMask, clear: clear.Address.Reveal()},
	}
	if p.Phone.Virtual {
		list[1].chip = "customer_virtual"
		if s.Today > p.Phone.PhoneEnds {
			list[1].chip = "customer_expired"
		}
	}
	return slices.DeleteFunc(list, func(c contact) bool {
		return c.mask == "" || c.label == "customer_name" && isAccount(p.Customer, c.mask)
	})
}

// isAccount reports whether a name is only that of an account, which stands below.
func isAccount(c usecase.Customer, name string) bool {
	return slices.ContainsFunc(c.Buyers, func(a usecase.Account) bool { return a.ID == name })
}

// source says which order first told of a customer, and what brought it.
func source(s person.Shop, p usecase.Profile) string {
	f := p.Reasons.FirstSeen
	i := slices.IndexFunc(p.Orders, func(o usecase.StoredOrder) bool { return o.ID == f.Order })
	if i < 0 {
		return ""
	}
	data := map[string]any{"Platform": s.Words.Platform(p.Orders[i].Platform), "Step": f.Step}
	if !f.Placed.Known() {
		return s.Words.Text("customer_source_undated", data)
	}
	data["Day"] = f.Placed.Day(s.Zone).String()
	return s.Words.Text("customer_source_order", data)
}

// times says how often and how much of a product was bought.
func times(w *phrase.Phrases, f usecase.Favourite) (product, count string) {
	product = f.Product
	if product == "" {
		product = f.SKU
	}
	return product, w.Text("customer_times", map[string]any{"Count": f.Orders, "Quantity": f.Quantity.String()})
}

// joinStep is the step that joined accounts to this customer by hand, 0 if
// nobody did.
func joinStep(p usecase.Profile) int64 {
	for _, e := range p.Events { // the newest first
		if e.Verb == string(access.Join) && !e.Undone {
			return e.Step
		}
	}
	return 0
}

// notes are a customer's notes as they are read: pinned first, then the newest.
func notes(p usecase.Profile) []usecase.WrittenNote {
	list := slices.Clone(p.Notes)
	slices.SortStableFunc(list, func(a, b usecase.WrittenNote) int {
		switch {
		case a.Pinned != b.Pinned && a.Pinned, a.Pinned == b.Pinned && a.At > b.At:
			return -1
		case a.Pinned == b.Pinned && a.At == b.At:
			return 0
		default:
			return 1
		}
	})
	return list
}

// masked reports whether a text shows less than what was written, so that
// saving it would lose something.
func masked(t pii.Text) bool { return strings.Contains(t.Reveal(), "*") }

// summary is a customer as text for the clipboard, masked as shown.
func summary(s person.Shop, p usecase.Profile) string {
	lines := []string{name(s.Words, p.Customer)}
	put := func(label, value string) {
		if value != "" {
			lines = append(lines, s.Words.Text("customer_copy_line", map[string]any{"Label": label, "Value": value}))
		}
	}
	put(s.Words.Text("customer_alias"), p.Alias.Reveal())
	for _, c := range contacts(s, p, nil) {
		if c.label != "customer_name" {
			put(s.Words.Text(c.label), c.mask)
		}
	}
	for _, b := range p.Buyers {
		put(s.Words.Platform(b.Platform), b.ID)
	}
	put(s.Words.Text("customer_tags"), strings.Join(p.Tags, ", "))
	for i, f := range figures(s, p) {
		if has(s, i) {
			put(f.Label, f.Value)
		}
	}
	return strings.Join(lines, "\n")
}
