package overview

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// readSafety says above all else what is wrong with the book: who may open it, what it
// is, where it lies, its backups.
func (p *Page) readSafety() {
	var safe usecase.Safety
	var doubt usecase.PlaceDoubt
	d := p.desk
	p.safe.Go(func(ctx context.Context) (err error) {
		if d.Book != "" && d.Keeper != nil {
			doubt = usecase.DoubtOf(d.Book)
		}
		safe, err = p.book.Safety(ctx, d.Keeper)
		return err
	}, func(error) { // also where it could not be remembered
		p.strips.RemoveAll()
		for _, strip := range []fyne.CanvasObject{p.found(), p.copy(), p.place(doubt), p.alarm(safe)} {
			if strip != nil {
				p.strips.Add(strip)
			}
		}
		p.body.Refresh()
	})
}

// found is the strip for who may look that users, keys or passphrases were changed, and
// the log had no entry of it; nil if they were not.
func (p *Page) found() fyne.CanvasObject {
	d, to := p.desk, place.Team
	if !d.May(access.Team) {
		to = place.History
	}
	if !p.book.FoundChanged() || !d.May(access.Team) && !d.May(access.Log) {
		return nil
	}
	return parts.NewStrip(look.Bad, d.Text("overview_found"), p.link("page_"+to, place.Place{Page: to}))
}

// copy is the strip of a copy of a book, or of a backup that is open; nil for others.
func (p *Page) copy() fyne.CanvasObject {
	d := p.desk
	switch {
	case d.Demo:
		return nil
	case usecase.IsBackup(d.Book):
		restore := parts.Link(d.Text("settings_backup_restore"), "", func() { d.Restore(d.Book) })
		return parts.NewStrip(look.Late, d.Text("overview_is_backup"), restore)
	case d.CopyOf != "":
		return parts.NewStrip(look.Late, d.Text("overview_copy", map[string]any{"Path": d.CopyOf}), p.backups())
	default:
		return nil
	}
}

// place is the strip of a book in a folder that others write too, until somebody says
// that it is to stay there; nil for others.
func (p *Page) place(doubt usecase.PlaceDoubt) fyne.CanvasObject {
	d := p.desk
	stay := d.Prefs.StringList(desk.PrefPlaces)
	if doubt != usecase.Synchronised && doubt != usecase.Networked || slices.Contains(stay, d.Book) {
		return nil
	}
	dismiss := parts.Link(d.Text("overview_place_stay"), "", func() {
		d.Prefs.SetStringList(desk.PrefPlaces, append(stay, d.Book))
		p.readSafety()
	})
	return parts.NewStrip(look.Late, d.Text("overview_place_"+string(doubt)), p.backups(), dismiss)
}

// alarm is the strip of backups that went wrong, nil for none.
func (p *Page) alarm(safe usecase.Safety) fyne.CanvasObject {
	text := alarm(p.desk.Words, safe, p.desk.Clock())
	if text == "" {
		return nil
	}
	tone := look.Bad
	if safe.Alarm == usecase.OneFailed || safe.Alarm == usecase.ClockBack || safe.Alarm == usecase.Old {
		tone = look.Late
	}
	link := p.backups()
	if safe.Alarm == usecase.RolledBack && p.desk.May(access.AcceptOlder) {
		link = parts.Link(p.desk.Text("overview_accept"), "", p.acceptState)
	}
	return parts.NewStrip(tone, text, link)
}

// backups leads to where backups are set.
func (p *Page) backups() *parts.Button {
	return p.link("overview_backups", place.Place{Page: place.Settings, Section: place.Backups})
}

func (p *Page) link(key string, to place.Place) *parts.Button {
	return parts.Link(p.desk.Text(key), "", func() { p.desk.Open(to) })
}

// acceptState has the owner go on with an older book.
func (p *Page) acceptState() {
	p.safe.Go(func(ctx context.Context) error { return p.book.AcceptState(ctx, p.desk.Keeper) }, func(err error) {
		if !p.desk.Failed(err) {
			p.readSafety()
		}
	})
}
