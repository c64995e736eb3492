package imports

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

const (
	twiceWidth  = 860
	twiceHeight = 560
	twiceMost   = 200 // pairs that are listed
)

// askTwice asks for one list of customers, or two, and shows who is listed twice.
func (p *Page) askTwice() {
	files.Open(p.desk, []string{".csv", ".xlsx", ".xls", ".tsv", ".txt"}, true, func(paths []string) {
		// The dialog of files closes when this returns, and takes what is above it along.
		p.desk.Tasks.Go(func(context.Context) error { return nil }, func(error) { p.findTwice(paths) })
	})
}

// findTwice looks for people who are listed twice in a file, or in both of the
// first two. It shows them in clear, as the file does, and keeps nothing.
func (p *Page) findTwice(paths []string) {
	d := p.desk
	request := usecase.DuplicatesRequest{Path: paths[0]}
	if len(paths) > 1 {
		request.Second = paths[1]
	}
	progress := parts.NewProgress(d.Words)
	progress.Now = d.Clock
	progress.Set(d.Text("imports_twice_comparing"), -1)
	body := container.NewStack(progress)
	sheet := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("imports_twice_title"), body, fyne.NewSize(twiceWidth, twiceHeight))
	request.Progress = func(part float64) {
		d.Tasks.Do(func() { progress.Set(d.Text("imports_twice_comparing"), part) })
	}
	var found usecase.Duplicates
	finding := d.Tasks.Go(func(ctx context.Context) (err error) {
		found, err = usecase.FindDuplicates(ctx, request)
		return err
	}, func(err error) {
		if !sheet.Shown() {
			return
		}
		if err != nil {
			body.Objects = []fyne.CanvasObject{parts.NewBanner(look.Bad, d.Words.Error(err))}
		} else {
			body.Objects = []fyne.CanvasObject{p.shop.twice(found)}
		}
		body.Refresh()
		sheet.Refresh()
	})
	sheet.OnClosed = func(bool) { finding.Cancel() }
	sheet.Show()
}

// twice lists who is likely listed twice.
func (s shop) twice(found usecase.Duplicates) fyne.CanvasObject {
	n := len(found.Pairs)
	counts := map[string]any{"Count": n, "Pairs": phrase.Count(n), "People": phrase.Count(found.People)}
	if n == 0 {
		return parts.NewEmptyLine("check", s.text("imports_twice_none", counts))
	}
	list := []fyne.CanvasObject{parts.NewPara(s.text("imports_twice_found", counts), twiceWidth-48).SetTone(look.Muted)}
	if n > twiceMost {
		list = append(list, parts.NewPara(s.text("imports_twice_more", map[string]any{"Count": twiceMost}), twiceWidth-48).SetTone(look.Muted))
	}
	pairs := parts.NewCardList(parts.CardColumn{Title: s.text("imports_twice_row"), Width: 44}, parts.CardColumn{Title: s.text("imports_twice_one")},
		parts.CardColumn{Title: s.text("imports_twice_row"), Width: 44}, parts.CardColumn{Title: s.text("imports_twice_other"), Width: 298},
		parts.CardColumn{Title: s.text("imports_twice_likely"), Width: 64, Right: true})
	pairs.SetLines(twiceLines(found.Pairs[:min(n, twiceMost)]))
	pairs.Tip = func(i int) string { return found.Pairs[i].A.Shown.Reveal() + "\n" + found.Pairs[i].B.Shown.Reveal() }
	return parts.NewStack(append(list, pairs.Whole(twiceWidth-48))...)
}

func twiceLines(pairs []usecase.Duplicate) [][]parts.CardCell {
	const certain = 0.99 // no proposal is
	lines := make([][]parts.CardCell, len(pairs))
	for i, p := range pairs {
		lines[i] = []parts.CardCell{
			{Text: listedAs(p.A)},
			{Text: p.A.Shown.Reveal()},
			{Text: listedAs(p.B)},
			{Text: p.B.Shown.Reveal()},
			{Text: phrase.Percent(min(p.Score, certain))},
		}
	}
	return lines
}

// listedAs is what a file calls a person, else the number of its row.
func listedAs(l usecase.Listed) string {
	if l.ID != "" {
		return l.ID
	}
	return strconv.Itoa(l.Row)
}
