package customers

import (
	"cmp"
	"context"
	"encoding/json"

	"kebu/app/ui/parts"
)

// layoutName is under which the table's columns and order are remembered: those
// of a segment by its name, until then those of all customers.
func layoutName(segment string) string {
	if segment == "" {
		return "customers.table"
	}
	return "customers.table." + segment
}

// remember keeps how the user arranged the table.
func (p *Page) remember(l parts.TableLayout) {
	text, err := json.Marshal(l)
	if err != nil {
		return // a layout is numbers and names
	}
	name := p.layout
	p.desk.Tasks.Go(func(ctx context.Context) error { return p.book.Remember(ctx, name, string(text)) }, func(err error) {
		p.desk.Failed(err)
	})
}

// setLayout arranges the table as it was remembered, or as at first.
func (p *Page) setLayout(text string) {
	var l parts.TableLayout
	if json.Unmarshal([]byte(text), &l) != nil {
		l = parts.TableLayout{} // nothing is remembered
	}
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
