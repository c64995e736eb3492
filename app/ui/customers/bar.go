package customers

import (
	"context"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/filter"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// fields are what the filter bar can ask for, by group.
var fields = []struct {
	group string // key
	list  []crm.Field
}{
	{"rule_group_buying", []crm.Field{
		crm.FieldPurchases, crm.FieldGross, crm.FieldRefunded, crm.FieldNet, crm.FieldFirstPurchase,
		crm.FieldLastPurchase, crm.FieldPreviousPurchase, crm.FieldMonth, crm.FieldInterval, crm.FieldLateBy, crm.FieldOverdue,
	}},
	{"rule_group_goods", []crm.Field{crm.FieldSKU, crm.FieldProduct}},
	{"rule_group_person", []crm.Field{crm.FieldPlatform, crm.FieldCountry, crm.FieldProvince, crm.FieldCity, crm.FieldDistrict, crm.FieldTag}},
}

// firsts are the operators of a new filter: so much or more, not since so long.
var firsts = map[crm.FieldKind]crm.Op{
	crm.KindCount: crm.OpAtLeast, crm.KindAmount: crm.OpAtLeast, crm.KindDay: crm.OpLess,
}

// kinds are how a field's value is typed.
var kinds = map[crm.FieldKind]parts.FilterKind{
	crm.KindCount: parts.FilterNumber, crm.KindAmount: parts.FilterAmount, crm.KindDay: parts.FilterDay,
	crm.KindText: parts.FilterText, crm.KindSet: parts.FilterText,
}

// asks are the fields that the user may filter by.
func (p *Page) asks() []parts.FilterField {
	var list []parts.FilterField
	for _, g := range fields {
		for _, f := range g.list {
			if !p.desk.Asks(string(f)) {
				continue
			}
			field := parts.FilterField{
				ID: string(f), Group: p.desk.Text(g.group), Title: filter.Title(p.desk.Words, f), Also: string(f),
				Kind: kinds[f.Kind()], First: string(firsts[f.Kind()]),
			}
			if f.Kind() == crm.KindAmount {
				field.Unit = phrase.Symbol(p.shop.currency)
			}
			for _, op := range f.Ops() {
				values := 1
				if op == crm.OpIn {
					values = parts.Many
				}
				field.Ops = append(field.Ops, parts.FilterOp{ID: string(op), Title: filter.Op(p.desk.Words, f, op), Values: values})
			}
			if f == crm.FieldPlatform {
				field.Kind = parts.FilterChoice
				field.Choices = func() []parts.FilterValue { return p.choices.platforms }
			}
			if f == crm.FieldTag {
				field.Choices = func() []parts.FilterValue { return p.choices.tags }
			}
			list = append(list, field)
		}
	}
	return list
}

func (p *Page) newBar() *parts.FilterBar {
	search := "customers_search"
	if !p.desk.Asks("phone") {
		search = "customers_search_names"
	}
	bar := parts.NewFilterBar(p.desk.Words, p.desk.Tasks, p.desk.Text(search), p.asks())
	bar.AllowRules()
	bar.View = p.view
	bar.OnSearch = func(text string) {
		p.ask.search = text
		p.asked()
	}
	bar.OnChange = func(chips []parts.FilterChip, all bool) {
		p.ask.chips, p.ask.all = chipsOf(chips), all
		if len(chips) == 0 {
			p.ask.segment = "" // everybody is none
		}
		p.asked()
	}
	bar.OnDown = p.focusTable
	return bar
}

// choices are values of the book that the filter bar offers.
type choices struct{ platforms, tags []parts.FilterValue }

// choose reads the choices of the filter bar.
func (p *Page) choose() {
	var c choices
	p.desk.Tasks.Go(func(ctx context.Context) error {
		shops, err := p.book.Shops(ctx)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, s := range shops {
			if !seen[s.Platform] {
				seen[s.Platform] = true
				c.platforms = append(c.platforms, parts.FilterValue{ID: s.Platform, Title: p.desk.Words.Platform(s.Platform)})
			}
		}
		tags, err := p.book.Tags(ctx)
		for _, t := range tags {
			c.tags = append(c.tags, parts.FilterValue{ID: t.Tag, Title: t.Tag})
		}
		return err
	}, func(err error) {
		if !p.desk.Failed(err) {
			p.choices = c
		}
	})
}

// asked reads the list anew after the question changed.
func (p *Page) asked() {
	if !p.ready {
		return
	}
	p.table.Selection().None()
	p.table.ScrollTo(0)
	p.read()
	p.desk.Retitle()
}

// clear takes the filter and the search away.
func (p *Page) clear() {
	p.bar.SetSearch("")
	p.ask.chips, p.ask.search, p.ask.segment, p.ask.imported = nil, "", "", 0
	p.showChips()
	p.asked()
}

// showChips shows the filter in the bar.
func (p *Page) showChips() {
	chips := make([]parts.FilterChip, len(p.ask.chips))
	for i, c := range p.ask.chips {
		chips[i] = parts.FilterChip{Field: string(c.Field), Op: string(c.Op), Values: c.Values}
		if c.Custom != "" {
			chips[i] = parts.FilterChip{Custom: true, Values: []string{c.Custom}}
		}
	}
	p.bar.SetChips(chips, p.ask.all)
	p.bar.SetSearch(p.ask.search)
}

func chipOf(c parts.FilterChip) filter.Chip {
	if c.Custom {
		text := ""
		if len(c.Values) > 0 {
			text = c.Values[0]
		}
		return filter.Chip{Custom: text}
	}
	return filter.Chip{Field: crm.Field(c.Field), Op: crm.Op(c.Op), Values: c.Values}
}

func chipsOf(list []parts.FilterChip) []filter.Chip {
	chips := make([]filter.Chip, len(list))
	for i, c := range list {
		chips[i] = chipOf(c)
	}
	return chips
}

// view says how a chip is shown, and what is wrong with it.
func (p *Page) view(c parts.FilterChip) parts.FilterView {
	chip := chipOf(c)
	title, text := filter.Describe(p.desk.Words, chip, p.shop.currency)
	v := parts.FilterView{Title: title, Text: text, Rule: chip.Text()}
	v.Problem, v.From, v.To = filter.Mistake(p.desk.Words, v.Rule)
	if hidden := p.desk.Hidden(v.Rule); hidden != "" {
		v.Problem = p.desk.Words.Error(&usecase.HiddenError{Field: hidden})
	}
	return v
}
