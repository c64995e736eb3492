package customer

import (
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

func (p *Page) titles() []string {
	count := func(key, name string, n int) string {
		return p.desk.Text(key, map[string]any{name: phrase.Count(n)})
	}
	all := []string{
		p.desk.Text("customer_tab_timeline"),
		count("customer_tab_orders", "Orders", len(p.profile.Orders)),
		count("customer_tab_notes", "Notes", len(p.profile.Notes)),
	}
	titles := make([]string, len(p.shownTabs))
	for i, tab := range p.shownTabs {
		titles[i] = all[tab]
	}
	return titles
}

// filterNames are the choices of what the timeline shows.
var filterNames = [shownKinds]string{"customer_show_all", "customer_show_orders", "customer_show_notes", "customer_show_rest"}

// choose shows a tab that the user chose.
func (p *Page) choose(tab int) {
	p.view.Tab = tab
	p.remember()
	p.panel.Close()
	p.showTab()
}

// showTab shows the chosen tab.
func (p *Page) showTab() {
	tab := p.view.Tab
	p.tabs.Set(slices.Index(p.shownTabs, tab))
	show(p.choice, tab == tabTimeline && len(p.filters) > 2) // with two there is nothing to choose
	show(p.write.object, tab != tabOrders && p.desk.May(access.Note))
	p.content.Objects = []fyne.CanvasObject{p.tabContent(tab)}
	p.content.Refresh()
	p.inside.Refresh()
}

func (p *Page) tabContent(tab int) fyne.CanvasObject {
	faint := func(key string) fyne.CanvasObject {
		return middle(parts.NewText(p.desk.Text(key), look.SizeBody, look.Faint))
	}
	switch {
	case tab == tabOrders && len(p.profile.Orders) == 0:
		return faint("customer_no_orders")
	case tab == tabOrders:
		return p.table
	case tab == tabNotes:
		return p.noteList
	case len(p.events) > 0:
		return p.timeline
	case len(p.shownTabs) == 1:
		return faint("customer_unseen")
	case !p.shop.NoOrders && len(p.profile.Orders) == 0 && p.view.Shown <= showOrders:
		return faint("customer_no_orders")
	default:
		return faint("customer_no_events")
	}
}

func show(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

// icons and tones of the events.
var icons = map[kind]struct {
	name string
	tone look.Tone
}{
	kindPurchase: {"bag", look.Good}, kindOrder: {"bag", look.Muted}, kindRefund: {"refund", look.Bad},
	kindNote: {"note", look.Accent}, kindTag: {"tag", look.Muted}, kindJoin: {"merge", look.Muted},
	kindImport: {"import", look.Muted}, kindSeen: {"eye", look.Muted}, kindChange: {"gear", look.Muted},
}

// fillTimeline shows the events that the filter lets through.
func (p *Page) fillTimeline() {
	p.events = events(p.shop, p.shown(), p.view.Shown)
	list := make([]parts.Event, len(p.events))
	for i, e := range p.events {
		year, day, clock := whenOf(p.shop, e.at)
		if clock != "" && e.second != "" {
			clock += " · "
		}
		icon := icons[e.kind]
		list[i] = parts.Event{
			Year: year, Day: day, Icon: icon.name, Tone: icon.tone, Title: e.title, Second: clock + e.second,
			Right: e.right, RightTone: look.Muted, Open: p.mayOpen(e),
		}
		if e.kind == kindPurchase {
			list[i].RightTone = look.Plain
		}
		if e.kind == kindRefund {
			list[i].RightTone = look.Bad
		}
	}
	p.timeline.SetEvents(list)
	if p.view.Tab == tabTimeline {
		p.showTab()
	}
}

// mayOpen reports whether an event opens what it is of.
func (p *Page) mayOpen(e event) bool {
	return e.order != 0 && p.desk.May(access.Orders) || e.note != "" || e.imported != 0 && p.desk.May(access.Imports)
}

// openEvent opens what an event is of.
func (p *Page) openEvent(i int) {
	if i >= len(p.events) {
		return
	}
	switch e := p.events[i]; {
	case !p.mayOpen(e):
	case e.order != 0:
		p.openOrder(e.order)
	case e.note != "":
		p.choose(tabNotes)
	case e.imported != 0:
		p.desk.Open(place.Place{Page: place.Imports, Import: e.imported})
	}
}
