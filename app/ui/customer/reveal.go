package customer

import (
	"context"
	"errors"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/ui/act"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

const (
	revealFor   = 60 * time.Second
	revealTick  = 250 * time.Millisecond
	revealWidth = 320
)

// reasons to see clear values, as radios; the last asks for a text.
var revealReasons = []string{"customer_reveal_reach", "customer_reveal_check", "customer_reveal_ship", "customer_reveal_other"}

// revelation is what is clear now.
type revelation struct {
	profile     *usecase.Profile // nil while all is masked
	from, until time.Time
	masks       []*parts.MaskedText
	ticking     *task.Task
}

// askReveal says how many people may still be revealed and asks for the reason; then
// runs once the values are clear.
func (p *Page) askReveal(then func()) {
	if p.known == "" || !p.desk.May(access.Reveal) {
		return
	}
	if p.reveal.profile != nil {
		if then != nil {
			then()
		}
		return
	}
	id := p.id
	var left usecase.Reveals
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		left, err = p.book.RevealsLeft(ctx, id)
		return err
	}, func(err error) {
		if p.desk.Failed(err) || id != p.known || id != p.id {
			return
		}
		if left.May() {
			act.AskReason(p.desk, p.revealButton, p.desk.Text("customer_reveal_title"), p.left(left), revealReasons, func(reason string) { p.unmask(reason, then) })
			return
		}
		s := p.newSheet(p.desk.Text("customer_reveal_title"))
		s.add(parts.NewPara(p.limit(left), 0))
		s.show(p.revealButton, revealWidth)
	})
}

// limit says why a customer cannot be revealed now, and when it goes on.
func (p *Page) limit(left usecase.Reveals) string {
	if left.Nothing {
		return p.desk.Words.Error(usecase.ErrShipped)
	}
	return p.desk.Text("customer_reveal_limit", map[string]any{
		"Count": left.Most, "When": left.Until.In(p.shop.Zone).Format("2006-01-02 15:04"),
	})
}

// left says how many people may still be revealed today.
func (p *Page) left(left usecase.Reveals) string {
	key := "customer_reveal_left"
	if left.Again {
		key = "customer_reveal_again"
	}
	return p.desk.Text(key, map[string]any{"Left": left.Left, "Most": left.Most})
}

// unmask shows clear values for a while.
func (p *Page) unmask(reason string, then func()) {
	id := p.id
	var clear usecase.Profile
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		clear, err = p.book.Reveal(ctx, id, reason)
		return err
	}, func(err error) {
		if errors.Is(err, crm.ErrDenied) && !passes(err) {
			p.revealButton.SetText(p.desk.Text("customer_reveal_denied"))
			p.revealButton.SetIcon("lock")
			p.revealButton.Disable()
			p.profileC.Refresh()
		}
		if p.desk.Failed(err) || id != p.known || id != p.id {
			return
		}
		r := &p.reveal
		r.ticking.Cancel()
		r.profile, r.from = &clear, p.desk.Clock()
		r.until = r.from.Add(revealFor)
		p.fillProfile()
		p.fillTimeline()
		p.fillNotes()
		p.desk.Retitle()
		r.ticking = p.desk.Tasks.Every(revealTick, p.tick)
		if then != nil {
			then()
		}
	})
}

// passes reports whether what was refused may be shown another day.
func passes(err error) bool {
	_, daily := errors.AsType[*usecase.DailyError](err)
	return daily || errors.Is(err, usecase.ErrShipped)
}

// tick runs the thin lines down, and masks when the time is over.
func (p *Page) tick() {
	now := p.desk.Clock()
	if r := &p.reveal; r.profile != nil && (!now.Before(r.until) || now.Before(r.from)) {
		p.conceal()
		return
	}
	for _, m := range p.reveal.masks {
		m.Tick(now)
	}
}

// conceal masks everything.
func (p *Page) conceal() {
	r := &p.reveal
	if r.profile == nil {
		return
	}
	r.ticking.Cancel()
	for _, m := range r.masks {
		m.Conceal()
	}
	r.profile, r.masks = nil, nil
	p.fillProfile()
	p.fillTimeline()
	p.fillNotes()
	p.desk.Retitle()
}

// showRevealed lets the link mask again what is clear.
func (p *Page) showRevealed() {
	if p.revealButton.Disabled() {
		return
	}
	key := "customer_reveal"
	if p.reveal.profile != nil {
		key = "customer_conceal"
	}
	p.revealButton.SetText(p.desk.Text(key))
	p.profileC.Refresh()
}

// copyClear copies a clear value, for a while.
func (p *Page) copyClear(value string) {
	p.desk.CopyClear(value)
	p.desk.Layer.Done(p.desk.Text("customer_copied_clear"), "", nil)
}
