package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
)

const (
	reasonWidth = 330
	chartHeight = 96
	// shownGaps are the latest gaps that the chart shows; more would be hairs.
	shownGaps    = 14
	shownRefunds = 6
)

// sheet is a popover with a title and a × at its right.
type sheet struct {
	list []fyne.CanvasObject
	open *parts.Popover
}

func (p *Page) newSheet(title string) *sheet {
	s := &sheet{}
	shut := parts.IconButton("close", p.desk.Text("part_close"), func() { s.open.Hide() })
	s.list = []fyne.CanvasObject{parts.NewHead(title, shut)}
	return s
}

func (s *sheet) add(list ...fyne.CanvasObject) { s.list = append(s.list, list...) }

func (s *sheet) parts(list []part) {
	for _, l := range list {
		s.add(parts.NewCountLine(l.text, "", l.number, l.total, nil))
	}
}

func (s *sheet) show(at fyne.CanvasObject, width float32) {
	s.open = parts.ShowPopover(at, container.New(parts.Pile{Width: scaled(width), Gap: 8}, s.list...), nil)
}

// link leads to orders, and closes the sheet before; nil for who may not see them.
func (p *Page) link(s *sheet, text string, to place.Place) fyne.CanvasObject {
	if !p.desk.May(access.Orders) {
		return nil
	}
	return parts.Link(text, "", func() {
		s.open.Hide()
		p.desk.Open(to)
	})
}

// showReason opens how a figure came about, beside it.
func (p *Page) showReason(figure int, at fyne.CanvasObject) {
	if p.known == "" {
		return
	}
	d, profile := p.desk, p.profile
	all := place.Place{Page: place.Orders, Fresh: true, Customer: p.id}
	purchases := d.Text("customer_see_orders", map[string]any{"Count": len(profile.Orders)})
	var s *sheet
	var link fyne.CanvasObject
	switch figure {
	case figNet:
		s = p.newSheet(d.Text("customer_reason_net"))
		s.parts(netParts(p.shop, profile))
		link = p.link(s, purchases, all)
	case figOrders:
		s = p.newSheet(d.Text("customer_reason_orders"))
		s.parts(orderParts(p.shop, profile))
		link = p.link(s, purchases, all)
	case figInterval:
		s = p.newSheet(d.Text("customer_reason_interval"))
		p.intervalReason(s)
		link = p.link(s, purchases, all)
	case figLast:
		s, link = p.lastReason()
	default:
		s = p.newSheet(d.Text("customer_reason_refunds"))
		if len(profile.Reasons.Refunds) == 0 {
			s.add(parts.NewText(d.Text("person_refunds_none"), look.SizeBody, look.Muted))
			break
		}
		s.parts(refundParts(p.shop, profile, shownRefunds))
		refunded := all
		refunded.Refunded = true
		link = p.link(s, d.Text("customer_see_refunds"), refunded)
	}
	p.reasonFoot(s, link)
	s.show(at, reasonWidth)
}

// reasonFoot says of which day the data are, and leads to the orders.
func (p *Page) reasonFoot(s *sheet, link fyne.CanvasObject) {
	foot := []fyne.CanvasObject{parts.NewText("", look.SizeSmall, look.Faint)}
	if at := imported(p.profile); at.Known() {
		day := p.desk.When(at, p.shop.Zone)
		foot[0] = parts.NewText(p.desk.Text("customer_data_of", map[string]any{"Day": day}), look.SizeSmall, look.Faint)
	}
	if link != nil && len(p.profile.Orders) > 0 {
		foot = append(foot, link)
	}
	s.add(container.New(row{8, 0}, foot...))
}

// intervalReason shows a bar for each time between purchases.
func (p *Page) intervalReason(s *sheet) {
	gaps := p.profile.Reasons.Gaps
	if p.profile.Interval == 0 {
		s.add(parts.NewText(p.desk.Text("person_interval_early"), look.SizeBody, look.Muted))
	}
	if len(gaps) > 0 {
		seen := gaps[max(0, len(gaps)-shownGaps):]
		chart := parts.NewBars()
		labels, values := bars(seen)
		chart.SetSeries(labels, [][]float64{values})
		chart.Tip = func(i int) []string {
			return []string{p.desk.Words.Span(float64(seen[i].Days)), p.desk.Text("customer_gap_between", map[string]any{
				"From": seen[i].From.String(), "To": seen[i].To.String(),
			})}
		}
		s.add(container.New(fixed{chartHeight}, chart))
	}
	if p.profile.Interval != 0 {
		s.parts(intervalParts(p.shop, p.profile))
	}
	s.add(parts.NewPara(p.desk.Text("customer_gaps_note"), 0).SetSize(look.SizeSmall).SetTone(look.Muted))
}

// lastReason shows when the next purchase was to be expected.
func (p *Page) lastReason() (*sheet, fyne.CanvasObject) {
	d, profile := p.desk, p.profile
	title := "customer_reason_last_on_time"
	if profile.LateBy > 0 {
		title = "customer_reason_last"
	}
	s := p.newSheet(d.Text(title))
	if !profile.Last.Known() {
		s.add(parts.NewText(d.Text("person_last_never"), look.SizeBody, look.Muted))
		return s, nil
	}
	s.parts(lastParts(p.shop, profile))
	for i := range profile.Orders {
		if o := &profile.Orders[i]; o.Figures.Purchase { // the newest first
			return s, parts.Link(d.Text("customer_see_last"), "", func() {
				s.open.Hide()
				p.openOrder(o.ID)
			})
		}
	}
	return s, nil
}

// fixed gives an object a height.
type fixed struct{ height float32 }

// MinSize is the height.
func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, look.Height(f.height)) }

// Layout fills the room.
func (f fixed) Layout(list []fyne.CanvasObject, size fyne.Size) {
	put(list[0], 0, 0, size.Width, size.Height)
}
