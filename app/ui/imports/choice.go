package imports

import (
	"fyne.io/fyne/v2"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
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
