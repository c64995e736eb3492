package customer

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/ui/act"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// profile builds the card at the left.
type profile struct {
	page   *Page
	shown  usecase.Profile
	label  float32
	object []fyne.CanvasObject
}

// fillProfile shows what is known of the person.
func (p *Page) fillProfile() {
	b := &profile{page: p, shown: p.shown(), label: p.labels()}
	p.reveal.masks = nil
	b.contacts()
	b.accounts()
	above := len(b.object)
	if b.page.desk.Sees(access.Show, access.Tag) {
		b.tags()
	}
	b.line("customer_source", b.text(source(p.shop, b.shown)))
	if len(b.object) > above {
		b.object = slices.Insert(b.object, above, fyne.CanvasObject(parts.NewRule()))
	}
	b.favourites()
	if b.page.desk.Sees(access.Show, access.Writing) {
		b.pinned()
		b.fields()
	}
	stack := parts.NewStack(b.object...)
	offset := p.scroll.Offset
	p.scroll.Content = in(stack, cardSide-1, 0, 12)
	p.scroll.Offset = offset
	p.scroll.Refresh()
	p.profileC.SetBody(p.scroll)
	p.showRevealed()
}

// labels is the width of the labels in the user's language and text size.
func (p *Page) labels() float32 {
	width := scaled(labelWidth)
	for _, key := range []string{"customer_name", "customer_phone", "customer_email", "customer_address", "customer_accounts", "customer_tags", "customer_source"} {
		width = max(width, look.Px(look.Width(p.desk.Text(key), look.SizeBody, false))+12)
	}
	return width
}

func (b *profile) add(o fyne.CanvasObject) { b.object = append(b.object, o) }

func (b *profile) text(text string) fyne.CanvasObject {
	if text == "" {
		return nil
	}
	return parts.NewPara(text, 0)
}

// line adds what is known under a label; nothing known adds nothing.
func (b *profile) line(label string, values ...fyne.CanvasObject) {
	list := []fyne.CanvasObject{parts.NewText(b.page.desk.Text(label), look.SizeBody, look.Muted)}
	for _, v := range values {
		if v != nil {
			list = append(list, v)
		}
	}
	if len(list) > 1 {
		b.add(container.New(fact{b.label}, list...))
	}
}

// head begins a part of the card.
func (b *profile) head(key string, right fyne.CanvasObject) {
	b.add(parts.NewRule())
	b.add(parts.NewHead(b.page.desk.Text(key), right))
}

// room is the width of the values.
func (b *profile) room() float32 { return scaled(leftWidth) - 2*cardSide - b.label }

// contacts shows the name and the ways to reach the person, masked or, for a
// while, clear.
func (b *profile) contacts() {
	d, r := b.page.desk, &b.page.reveal
	var clear *usecase.Clear
	if r.profile != nil {
		clear = r.profile.Clear
	}
	list := contacts(b.page.shop, b.page.profile, clear)
	for _, c := range list {
		if c.clear == "" && !strings.Contains(c.mask, "*") {
			b.line(c.label, b.text(c.mask)) // nothing is hidden
			continue
		}
		value := parts.NewMaskedText(c.mask)
		objects := []fyne.CanvasObject{value}
		room := b.room()
		if c.clear != "" {
			copied := parts.Link(d.Text("customer_copy_clear"), "", func() { b.page.copyClear(c.clear) })
			objects = append(objects, copied)
			room -= copied.MinSize().Width + 6
		} else if c.chip != "" {
			chip := parts.NewChips(0)
			chip.Set([]parts.Chip{{Text: d.Text(c.chip), Tone: look.Late}})
			objects = append(objects, chip)
			room -= chip.MinSize().Width + 6
		}
		value.SetWidth(room)
		if c.clear != "" {
			value.Reveal(c.clear, r.from, r.until)
			r.masks = append(r.masks, value)
		}
		b.line(c.label, container.New(beside{6}, objects...))
	}
	if len(list) == 0 && d.Sees(access.Show, access.Phone) {
		b.add(parts.NewText(d.Text("customer_nothing_known"), look.SizeBody, look.Faint).Shrink())
	}
	if b.shown.Refused {
		chip := parts.NewChips(0)
		chip.Set([]parts.Chip{{Text: d.Text("customer_no_contact"), Tone: look.Late}})
		b.add(chip)
	}
}

// accounts shows the accounts, and takes those apart that were joined by hand.
func (b *profile) accounts() {
	words := b.page.desk.Words
	var list []fyne.CanvasObject
	for _, a := range b.shown.Buyers {
		list = append(list, parts.NewLetterLine(words.Letter(a.Platform), a.ID, words.Platform(a.Platform)))
	}
	if step := joinStep(b.shown); step != 0 && b.page.desk.May(access.Undo) {
		var apart *parts.Button
		apart = parts.Link(b.page.desk.Text("customer_apart"), "", func() { b.page.askApart(apart, step) })
		list = append(list, container.New(row{0, -1}, apart))
	}
	b.line("customer_accounts", list...)
}

// tags shows the tags, each to be taken away.
func (b *profile) tags() {
	p, tags := b.page, b.shown.Tags
	p.chips = parts.NewChips(0)
	p.chips.SetWidth(b.room())
	list := make([]parts.Chip, len(tags))
	for i, t := range tags {
		list[i] = parts.Chip{Text: t, Tone: look.Muted}
	}
	p.chips.Set(list)
	if p.desk.May(access.RemoveTag) {
		p.chips.OnRemove(func(i int) { p.untag(tags[i]) })
	}
	if p.desk.May(access.AddTag) {
		p.chips.OnAdd("", func(at fyne.CanvasObject) { act.Tag(p.desk, p.book, at, p.target(), 1) })
	} else if len(tags) == 0 {
		return
	}
	b.line("customer_tags", p.chips)
}

// favourites shows what is bought most.
func (b *profile) favourites() {
	if len(b.shown.Favourites) == 0 {
		return
	}
	b.head("customer_favourites", nil)
	for _, f := range b.shown.Favourites {
		product, count := times(b.page.desk.Words, f)
		b.add(container.New(row{10, 0}, parts.NewText(product, look.SizeBody, look.Plain).Shrink(), parts.NewText(count, look.SizeSmall, look.Muted)))
	}
}

// pinned shows the notes that are pinned.
func (b *profile) pinned() {
	first := true
	for _, n := range notes(b.shown) {
		if !n.Pinned {
			continue
		}
		if first {
			b.head("customer_pinned", nil)
			first = false
		}
		b.add(parts.NewPara(n.Text.Reveal(), 0))
	}
}

// fields shows the shop's own fields, each to be changed.
func (b *profile) fields() {
	p, d := b.page, b.page.desk
	if !d.May(access.SetField) {
		for i, f := range b.shown.Fields {
			if i == 0 {
				b.head("customer_fields", nil)
			}
			b.add(container.New(fact{b.label}, parts.NewText(f.Name, look.SizeBody, look.Muted).Shrink(), parts.NewPara(f.Value.Reveal(), 0)))
		}
		return
	}
	var add *parts.Button
	add = parts.Link(d.Text("customer_field_add"), "plus", func() { p.askField(add, usecase.Field{}) })
	b.head("customer_fields", add)
	for _, f := range b.shown.Fields {
		var change *parts.Button
		change = parts.IconButton("note", d.Text("customer_field_edit", map[string]any{"Name": f.Name}), func() { p.askField(change, f) })
		label := parts.NewText(f.Name, look.SizeBody, look.Muted).Shrink()
		b.add(container.New(ownField{b.label}, label, parts.NewPara(f.Value.Reveal(), 0), change))
	}
}

// ownField is a fact with a button at its right.
type ownField struct{ label float32 }

// MinSize is as high as the value.
func (f ownField) MinSize(list []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.label+60, max(list[1].MinSize().Height, look.Height(24)))
}

// Layout places label, value and button.
func (f ownField) Layout(list []fyne.CanvasObject, size fyne.Size) {
	line, button := look.Height(24), list[2].MinSize()
	label := list[0].MinSize()
	put(list[0], 0, (line-label.Height)/2, f.label-4, label.Height)
	put(list[1], f.label, (line-look.Height(20))/2, size.Width-f.label-button.Width-4, size.Height)
	put(list[2], size.Width-button.Width, (line-button.Height)/2, button.Width, button.Height)
}
