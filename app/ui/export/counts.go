package export

import (
	"context"

	"fyne.io/fyne/v2"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// ask asks the book who would be on the list.
func (x *dialog) ask() {
	request := x.form.request()
	request.To = x.form.path()
	var preview usecase.ExportPreview
	x.asking.Go(func(ctx context.Context) (err error) {
		preview, err = x.book.ExportPreview(ctx, request)
		return err
	}, func(err error) {
		if x.desk.Failed(err) {
			return
		}
		first := len(x.preview.Sample) == 0
		x.preview, x.counted = preview, true
		x.count()
		if first && len(preview.Sample) > 0 {
			x.fill(-1)
		}
		x.button()
	})
}

// count shows who is on the list, and who is not and why.
func (x *dialog) count() {
	d, p := x.desk, x.preview
	text := "export_who_everyone"
	switch {
	case x.form.list.Chosen:
		text = "export_who_chosen"
	case x.form.list.Where != "" || x.form.list.Search != "" || x.form.list.Import != 0:
		text = "export_who_filtered"
	}
	lines := []fyne.CanvasObject{parts.NewCountLine(d.Text(text), "", phrase.Count(p.Selected), false, nil)}
	for _, g := range p.Left {
		ids := g.IDs
		lines = append(lines, parts.NewCountLine(d.Text("export_left_"+string(g.Reason)), d.Text("export_left_list"), phrase.Count(-ids.Total), false, func(at fyne.CanvasObject) {
			x.names(at, ids.First)
		}))
	}
	lines = append(lines, parts.NewCountLine(d.Text("export_who_all"), "", phrase.Count(p.Rows), true, nil))
	x.counts.Objects = []fyne.CanvasObject{parts.NewBox(parts.NewStack(lines...))}
	x.counts.Refresh()
	x.who.Refresh()
	x.half.Refresh()

	x.many.SetText(d.Text("export_columns_note", map[string]any{"Count": len(x.form.columns())}))
	x.warn()
}

// warn says what it means that columns are in clear, and how a long list stands.
func (x *dialog) warn() {
	if x.warning == nil {
		return
	}
	d, p := x.desk, x.preview
	x.warning.Objects = nil
	var list []fyne.CanvasObject
	if clear := x.form.clear(); len(clear) > 0 {
		title := d.Text("export_warning_some")
		if p.ClearPhones > 0 {
			title = d.Text("export_warning_phones", map[string]any{"Count": p.ClearPhones, "Phones": phrase.Count(p.ClearPhones)})
		}
		text := "export_warning"
		if x.form.locked() {
			text = "export_warning_locked"
		}
		list = append(list, parts.NewBanner(look.Late, d.Text(text)).SetTitle(title))
	}
	if v := x.verdict(); v.title != "" {
		list = append(list, parts.NewBanner(v.tone, v.text).SetTitle(v.title))
	}
	if len(list) > 0 {
		x.warning.Objects = []fyne.CanvasObject{parts.NewStack(list...)}
	}
	x.columnSide.Refresh()
	x.sheet.Refresh()
}

// names lists customers who are left out.
func (x *dialog) names(at fyne.CanvasObject, ids []string) {
	const most = 12
	request := x.form.request()
	request.Selection = usecase.Selection{IDs: ids[:min(len(ids), most)]}
	request.PurposeKind = "" // nobody is left out
	var people []string
	x.desk.Tasks.Go(func(ctx context.Context) error {
		// Three at a time is what a preview shows.
		for i := 0; i < min(len(ids), most); i += 3 {
			request.IDs = ids[i:min(i+3, len(ids), most)]
			p, err := x.book.ExportPreview(ctx, request)
			if err != nil {
				return err
			}
			for _, c := range p.Sample {
				name := c.NameMask
				if len(c.Buyers) > 0 {
					name += "  " + c.Buyers[0].ID
				}
				people = append(people, name)
			}
		}
		return nil
	}, func(err error) {
		if x.desk.Failed(err) {
			return
		}
		list := make([]fyne.CanvasObject, 0, len(people)+1)
		for _, name := range people {
			list = append(list, parts.NewText(name, look.SizeBody, look.Plain))
		}
		if rest := len(ids) - len(people); rest > 0 {
			list = append(list, parts.NewText("+"+phrase.Count(rest), look.SizeBody, look.Muted))
		}
		parts.ShowPopover(at, parts.NewStack(list...), nil)
	})
}
