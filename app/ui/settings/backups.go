package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kebu/app/crm/backup"
	"kebu/app/phrase"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Safe is what the section of backups reads and does.
type Safe interface {
	Safety(context.Context, *usecase.Keeper) (usecase.Safety, error)
	Backups(ctx context.Context, folder string) ([]usecase.BackupFile, error)
	ChooseFolders(ctx context.Context, k *usecase.Keeper, folders ...string) error
	KeepSafe(ctx context.Context, k *usecase.Keeper, reason usecase.BackupReason, progress func(done, total int)) error
	DrillNow(ctx context.Context, k *usecase.Keeper, progress func(done, total int)) (usecase.DrillResult, error)
}

// shownBackups is how many of the newest are listed.
const shownBackups = 12

// backups is the section of where the book is kept safe, and how that went.
func (p *Page) backups() fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(12))
	if p.desk.Keeper == nil {
		text := p.desk.Text("settings_backup_demo")
		if !p.desk.Demo {
			text = p.desk.Text("settings_backup_copy")
		}
		box.Add(parts.NewPara(text, 0))
		return box
	}
	var safe usecase.Safety
	lists := map[string][]usecase.BackupFile{}
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		if safe, err = p.book.Safety(ctx, p.desk.Keeper); err != nil {
			return err
		}
		for _, place := range safe.Places {
			// A folder that is not there has none, and its last failure says why.
			lists[place.Folder], _ = p.book.Backups(ctx, place.Folder)
		}
		return nil
	}, func(err error) {
		if err != nil {
			box.Add(parts.NewPara(p.desk.Words.Error(err), 0))
			return
		}
		if text := placeDoubt(p.desk.Words, usecase.DoubtOf(p.desk.Book)); text != "" {
			box.Add(parts.NewBanner(look.Late, text))
		}
		for i := range safe.Places {
			box.Add(p.backupPlace(safe, i, lists[safe.Places[i].Folder]))
		}
		box.Add(container.NewHBox(parts.Second(p.desk.Text("settings_backup_now"), "shield", p.backupNow),
			parts.Link(p.desk.Text("settings_backup_restore_file"), "", func() { p.desk.Restore("") })))
		if len(safe.Places) < usecase.MaxBackupFolders {
			hint := parts.NewPara(p.desk.Text("settings_backup_second_hint"), 0).SetTone(look.Muted)
			box.Add(parts.NewStack(hint, container.NewHBox(parts.Second(p.desk.Text("settings_backup_second"), "", func() { p.chooseFolder(safe, len(safe.Places)) }))))
		}
		drill := parts.NewPara(drillText(p.desk.Words, safe.Drill), 0)
		try := parts.Link(p.desk.Text("settings_drill_now"), "", p.drillNow)
		box.Add(parts.NewCard(p.desk.Text("settings_drill"), nil, parts.NewStack(drill, container.NewHBox(try))))
		p.form.Refresh()
	})
	return box
}

// backupPlace is the card of one folder.
func (p *Page) backupPlace(safe usecase.Safety, at int, list []usecase.BackupFile) fyne.CanvasObject {
	place := safe.Places[at]
	change := parts.Link(p.desk.Text("settings_backup_change"), "", func() { p.chooseFolder(safe, at) })
	state, tone := placeText(p.desk.Words, place, p.desk.Clock)
	about := []fyne.CanvasObject{
		container.NewBorder(nil, nil, nil, change, parts.NewText(place.Folder, look.SizeBody, look.Plain).Shrink()),
		parts.NewText(state, look.SizeBody, tone).Shrink(),
	}
	// Of a drive that is not plugged in nothing can be told.
	if doubt := usecase.DoubtOfBackups(p.desk.Book, place.Folder); doubt != usecase.NoDoubt && place.Failed != usecase.FailedFolder {
		about = append(about, parts.NewPara(p.desk.Text("settings_backup_"+string(doubt)), 0).SetTone(look.Late))
	}
	rows := parts.NewCardList(parts.CardColumn{Width: 124}, parts.CardColumn{}, parts.CardColumn{Width: 150}, parts.CardColumn{Width: 64, Right: true},
		parts.CardColumn{Width: 70, Right: true})
	list = list[:min(len(list), shownBackups)]
	rows.SetLines(backupLines(p.desk.Words, list))
	rows.OnOpen = func(i int) { p.desk.Restore(list[i].Path) }
	if len(list) > 0 {
		about = append(about, rows.Whole(formWidth-56))
	}
	title := p.desk.Text("settings_backup_first")
	if at > 0 {
		title = p.desk.Text("settings_backup_other")
	}
	return parts.NewCard(title, nil, container.New(layout.NewCustomPaddedVBoxLayout(8), about...))
}

// chooseFolder asks for a folder that is there, or is to be made in one.
func (p *Page) chooseFolder(safe usecase.Safety, at int) {
	files.ChooseFolder(p.desk, p.desk.Text("settings_backup_folder_title"), func(path string) {
		var folders []string
		for _, place := range safe.Places {
			folders = append(folders, place.Folder)
		}
		folders = append(folders[:at:at], append([]string{path}, folders[min(at+1, len(folders)):]...)...)
		p.desk.Tasks.Go(func(ctx context.Context) error {
			return p.book.ChooseFolders(ctx, p.desk.Keeper, folders...)
		}, func(err error) {
			if !p.desk.Failed(err) {
				p.backupNow()
			}
		})
	})
}

// backupNow backs up and shows how it went.
func (p *Page) backupNow() {
	bar := p.desk.Work(p.desk.Text("shell_backing_up"), nil)
	p.desk.Tasks.Go(func(ctx context.Context) error {
		return p.book.KeepSafe(ctx, p.desk.Keeper, backup.Hand, nil)
	}, func(err error) {
		bar.End()
		if !p.desk.Failed(err) {
			p.desk.Layer.Done(p.desk.Text("settings_backup_done"), "", nil)
		}
		p.desk.Changed()
		p.build()
	})
}

// drillNow tries whether the newest backup can be restored.
func (p *Page) drillNow() {
	bar := p.desk.Work(p.desk.Text("shell_drilling"), nil)
	p.desk.Tasks.Go(func(ctx context.Context) error {
		_, err := p.book.DrillNow(ctx, p.desk.Keeper, nil)
		return err
	}, func(err error) {
		bar.End()
		_ = p.desk.Failed(err)
		p.desk.Changed()
		p.build()
	})
}

// backupLines say the backups of a folder, and that each can be restored.
func backupLines(w *phrase.Phrases, list []usecase.BackupFile) [][]parts.CardCell {
	lines := make([][]parts.CardCell, len(list))
	for i, f := range list {
		tone := look.Plain
		if !f.Whole && !f.Older && !f.Before {
			tone = look.Bad
		}
		lines[i] = []parts.CardCell{
			{Text: f.At.Local().Format("2006-01-02 15:04")},
			{Text: w.Text("backup_reason_" + string(f.Reason)), Tone: look.Muted},
			{Text: w.Backup(f), Tone: tone},
			{Text: phrase.Size(f.Size), Tone: look.Muted},
			{Text: w.Text("settings_backup_restore"), Tone: look.Accent},
		}
	}
	return lines
}

// placeText says how the last backup to a folder went.
func placeText(w *phrase.Phrases, p usecase.BackupPlace, now usecase.Clock) (string, look.Tone) {
	last := w.Text("overview_alarm_never")
	if !p.Last.IsZero() {
		last = w.When(p.Last.Local(), now())
	}
	if p.Failed != usecase.NoFailure {
		return w.Text("overview_alarm_failed", map[string]any{"Why": w.Text("backup_failed_" + string(p.Failed)), "When": last}), look.Bad
	}
	return w.Text("settings_backup_last", map[string]any{"When": last}), look.Muted
}

// drillText says how the last drill went.
func drillText(w *phrase.Phrases, d usecase.DrillResult) string {
	switch {
	case d.At.IsZero():
		return w.Text("settings_drill_none")
	case d.Failed != usecase.NoFailure:
		why := "backup_failed_" + string(d.Failed)
		if d.Failed == usecase.FailedDamaged { // not the book
			why = "settings_drill_damaged"
		}
		return w.Text("settings_drill_failed", map[string]any{"Day": d.At.Local().Format("2006-01-02 15:04"), "Why": w.Text(why)})
	default:
		return w.Text("drilled", map[string]any{"Day": d.Of.Local().Format("2006-01-02 15:04"), "Orders": phrase.Count(d.Orders)})
	}
}

// placeDoubt says why the book lies in a poor place, "" if it does not.
func placeDoubt(w *phrase.Phrases, doubt usecase.PlaceDoubt) string {
	if doubt == usecase.NoDoubt {
		return ""
	}
	return w.Text("settings_place_" + string(doubt))
}
