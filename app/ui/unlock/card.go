package unlock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// bookCard shows which book is opened.
type bookCard struct {
	body   *fyne.Container
	desk   *desk.Desk
	change *parts.Button
	sign   *door.Sign
}

const cardHeight = 58

func newBookCard(d *desk.Desk, change *parts.Button) *bookCard {
	c := &bookCard{desk: d, change: change, sign: door.NewSign("book")}
	c.body = container.New(cardLayout{}, c.sign, change)
	return c
}

// show shows a book: its name, its place, when it was last opened here.
func (c *bookCard) show(book string) {
	shop, opened := door.Recall(c.desk.Prefs, book)
	name, where := Caption(book, shop, home())
	if !opened.IsZero() {
		now := c.desk.Clock()
		where = c.desk.Text("unlock_where", map[string]any{"Place": where, "When": c.desk.Words.When(opened.In(now.Location()), now)})
	}
	c.sign.Set(name, where, c.change.MinSize().Width+8)
}

type cardLayout struct{}

// MinSize is the card's.
func (cardLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(door.FormWidth, look.Height(cardHeight))
}

// Layout puts the link on the card.
func (cardLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	m := objects[1].MinSize()
	objects[1].Resize(m)
	objects[1].Move(fyne.NewPos(look.Px(size.Width-m.Width-8), look.Px((size.Height-m.Height)/2)))
}
