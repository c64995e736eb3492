package customers

import (
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/act"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/person"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// recentOrders is how many orders the panel shows.
const recentOrders = 3

// peek is a customer at a glance, in the panel beside the list.
type peek struct {
	page    *Page
	profile usecase.Profile
	row     row
	index   int
	list    []fyne.CanvasObject
}

// newPeek builds the body of the panel.
func newPeek(p *Page, profile usecase.Profile, r row, index int) fyne.CanvasObject {
	k := &peek{page: p, profile: profile, row: r, index: index}
	for _, part := range []func(){k.where, k.contact, k.figures, k.orders, k.note} {
		before := len(k.list)
		part()
		if before > 0 && len(k.list) > before {
			k.list = slices.Insert(k.list, before, fyne.CanvasObject(parts.NewRule()))
		}
	}
	return parts.NewStack(k.list...)
}

func (k *peek) add(o fyne.CanvasObject) { k.list = append(k.list, o) }

// sees reports whether the page of the customer shows a field.
func (k *peek) sees(f access.Field) bool { return k.page.desk.Sees(access.Show, f) }

// where tells where the customer buys and lives, and the tags.
func (k *peek) where() {
	words := k.page.desk.Words
	for _, b := range k.profile.Buyers {
		k.add(parts.NewLetterLine(words.Letter(b.Platform), b.ID, words.Platform(b.Platform)))
	}
	c := k.profile
	if place := person.Place(c.Province, c.City); place != "" {
		k.add(parts.NewText(place, look.SizeBody, look.Muted).Shrink())
	}
	if k.sees(access.Tag) {
		k.tags()
	}
}

func (k *peek) tags() {
	chips := parts.NewChips(0)
	list := make([]parts.Chip, len(k.profile.Tags))
	for i, t := range k.profile.Tags {
		list[i] = parts.Chip{Text: t, Tone: look.Muted}
	}
	chips.Set(list)
	if k.page.desk.May(access.AddTag) {
		chips.OnAdd(k.page.desk.Text("customers_tag_short"), func(at fyne.CanvasObject) {
			act.Tag(k.page.desk, k.page.book, at, usecase.Targets{IDs: []string{k.row.id}}, 1)
		})
	}
	k.add(chips)
}

// contact shows the masks, and leads to where they are revealed.
func (k *peek) contact() {
	c := k.profile
	masks := []struct{ icon, mask string }{{"phone", c.PhoneMask}, {"mail", c.EmailMask}, {"pin", c.AddressMask}}
	shown := false
	for _, m := range masks {
		if m.mask == "" {
			continue
		}
		var reveal *parts.Button
		if !shown && k.page.desk.May(access.Reveal) {
			reveal = parts.Link(k.page.desk.Text("customers_reveal"), "eye", func() { k.page.openAt(k.index, true) })
		}
		shown = true
		k.add(parts.NewMaskLine(m.icon, m.mask, reveal))
	}
	if !shown && (k.sees(access.Phone) || k.sees(access.Street)) {
		k.add(parts.NewText(k.page.desk.Text("customers_no_contact_known"), look.SizeBody, look.Faint).Shrink())
	}
	if c.Refused {
		k.add(parts.NewText(k.page.desk.Text("customers_wants_none"), look.SizeBody, look.Late).Shrink())
	}
}

func (k *peek) figures() {
	shop := k.page.shop.person()
	var list []person.Figure
	if k.sees(access.Amount) {
		list = append(list, shop.Net(k.profile))
	}
	if k.sees(access.Facts) {
		list = append(list, shop.Orders(k.profile), shop.Interval(k.profile), shop.Last(k.profile))
	}
	for _, f := range list {
		tone := look.Faint
		if f.Late {
			tone = look.Late
		}
		line := parts.NewFigureLine(f.Label)
		line.Set(f.Value, f.Why, tone)
		k.add(line)
	}
}

// orders lists the last orders.
func (k *peek) orders() {
	d, orders := k.page.desk, k.profile.Orders
	if len(orders) == 0 {
		return
	}
	var all fyne.CanvasObject // who may not see orders has no way to them
	if d.May(access.Orders) {
		all = parts.Link(d.Text("customers_all_orders", map[string]any{"Count": len(orders)}), "", func() {
			d.Open(place.Place{Page: place.Orders, Fresh: true, Customer: k.row.id})
		})
	}
	k.add(parts.NewHead(d.Text("customers_recent"), all))
	recent := orders[:min(recentOrders, len(orders))]
	layout := days(recent, k.page.shop)
	for _, o := range recent {
		amount, tone := phrase.Money(o.Figures.Net(), o.Currency), look.Plain
		if o.Figures.Net() < 0 {
			tone = look.Bad
		}
		if !k.sees(access.Amount) {
			amount = ""
		}
		day := ""
		if o.Placed.Known() {
			day = o.Placed.In(k.page.shop.zone).Format(layout)
		}
		k.add(parts.NewOrderLine(day, person.Goods(d.Words, o), amount, tone))
	}
}

// note shows the last note.
func (k *peek) note() {
	d, notes := k.page.desk, k.profile.Notes
	if len(notes) == 0 {
		return
	}
	last := notes[0]
	for _, n := range notes {
		if n.At > last.At {
			last = n
		}
	}
	k.add(parts.NewHead(d.Text("customers_last_note"), parts.NewText(d.When(last.At, k.page.shop.zone), look.SizeSmall, look.Muted)))
	k.add(parts.NewPara(last.Text.Reveal(), 0))
}
