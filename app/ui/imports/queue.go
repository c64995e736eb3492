package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

// queueCard lists the files on their way.
type queueCard struct {
	p    *Page
	list *parts.CardList
	card *parts.Card
}

func newQueueCard(p *Page) *queueCard {
	q := &queueCard{p: p, card: parts.NewCard("", nil, container.NewStack()).Flush(), list: parts.NewCardList(parts.CardColumn{}, parts.CardColumn{Width: 104, Right: true})}
	q.list.OnOpen = func(i int) {
		p.queue.at = i
		p.show()
	}
	q.update()
	const most = 4 // files; more are scrolled to
	scroll := container.NewVScroll(container.New(sides{}, q.list.Whole(200)))
	scroll.SetMinSize(fyne.NewSize(200, look.Height(36)*float32(min(most, len(p.queue.jobs)))+1))
	q.card.SetBody(scroll)
	return q
}

// update shows how far each file is.
func (q *queueCard) update() {
	jobs := q.p.queue.jobs
	q.card.Hidden = len(jobs) < 2
	lines := make([][]parts.CardCell, len(jobs))
	for i, j := range jobs {
		tone := look.Muted
		switch j.stage {
		case done:
			tone = look.Good
		case failed:
			tone = look.Bad
			if j.mappable() || j.isLocked() {
				tone = look.Late
			}
		case byHand:
			tone = look.Late
		case ready:
			if j.isClean() {
				tone = look.Accent
			} else if j.preview.Rejected.Total > 0 {
				tone = look.Late
			}
		default:
		}
		lines[i] = []parts.CardCell{{Text: j.name(), Semibold: i == q.p.queue.at}, {Text: q.p.shop.state(j), Tone: tone}}
	}
	q.list.SetLines(lines)
	q.card.SetTitle(q.p.shop.text("imports_queue", map[string]any{"Count": len(jobs)}))
}
