package customers

import (
	"cmp"
	"context"

	"kebu/app/ui/desk"
)

// layoutName is under which the table's columns and order are remembered: those
// of a segment by its name, until then those of all customers.
func layoutName(segment string) string {
	if segment == "" {
		return "customers.table"
	}
	return "customers.table." + segment
}

// setLayout arranges the table as it was remembered, or as at first.
func (p *Page) setLayout(text string) {
	l, _ := desk.KeptLayout(text)
	p.table.SetLayout(l)
	p.ask.sort = p.sorted(l.Sort)
}

// read reads the list, in the layout of its segment.
func (p *Page) read() {
	name := layoutName(p.ask.segment)
	if name == p.layout {
		p.showSort()
		p.list.Reset()
		return
	}
	var own, general string
	p.arrange.Go(func(ctx context.Context) (err error) {
		if own, err = p.book.Recall(ctx, name); err != nil {
			return err
		}
		general, err = p.book.Recall(ctx, layoutName(""))
		return err
	}, func(err error) {
		if err == nil {
			p.layout = name
			p.setLayout(cmp.Or(own, general))
		}
		p.showSort()
		p.list.Reset()
	})
}
