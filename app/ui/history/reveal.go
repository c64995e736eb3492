package history

import (
	"context"
	"time"

	"kebu/app/ui/act"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

const (
	revealFor  = 60 * time.Second
	revealTick = 250 * time.Millisecond
)

// reasons to see the values of an entry; after the last one is written.
var reasons = []string{"history_reason_check", "history_reason_complaint", "customer_reveal_other"}

// revelation is the entry of the panel, and what of it is clear now.
type revelation struct {
	row         row
	names       map[string]usecase.Named
	button      *parts.Button
	clear       []usecase.LogChange // nil while all is masked
	from, until time.Time
	masks       []*parts.MaskedText
	ticking     *task.Task
}

// askReveal asks for the reason, or masks again what is clear.
func (p *Page) askReveal() {
	if p.reveal.clear != nil {
		p.conceal()
		p.showEntry()
		return
	}
	act.AskReason(p.desk, p.reveal.button, p.desk.Text("history_reveal_title"), "", reasons, p.unmask)
}

// unmask shows the values of the entry for a while.
func (p *Page) unmask(reason string) {
	n := p.reveal.row.entry.N
	var list []usecase.LogEntry
	p.detail.Go(func(ctx context.Context) (err error) {
		list, err = p.book.Log(ctx, usecase.LogRequest{Entries: []int64{n}, Reason: reason})
		return err
	}, func(err error) {
		if p.desk.Failed(err) || len(list) != 1 || p.reveal.row.entry.N != n {
			return
		}
		p.stale = true // the look is an entry itself
		r := &p.reveal
		r.clear, r.from = list[0].Changes, p.desk.Clock()
		r.until = r.from.Add(revealFor)
		p.showEntry()
		r.ticking = p.desk.Tasks.Every(revealTick, p.tick)
	})
}

// tick runs the thin lines down, and masks when the time is over.
func (p *Page) tick() {
	now := p.desk.Clock()
	if r := &p.reveal; r.clear != nil && (!now.Before(r.until) || now.Before(r.from)) {
		p.conceal()
		p.showEntry()
		return
	}
	for _, m := range p.reveal.masks {
		m.Tick(now)
	}
}

// conceal masks everything.
func (p *Page) conceal() {
	r := &p.reveal
	r.ticking.Cancel()
	for _, m := range r.masks {
		m.Conceal()
	}
	r.clear, r.masks = nil, nil
}
