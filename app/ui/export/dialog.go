// Package export is the dialog that writes a list of customers to a file: for a
// purpose, with chosen columns, masked unless somebody says otherwise.
package export

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
	"kebu/app/usecase"
)

// Book is what the dialog needs of the book.
type Book interface {
	ExportPreview(context.Context, usecase.ExportRequest) (usecase.ExportPreview, error)
	Export(context.Context, usecase.ExportRequest) (usecase.ExportReport, error)
	Settings(context.Context) (usecase.Settings, error)
	Remember(ctx context.Context, name, value string) error
	Recall(ctx context.Context, name string) (string, error)
}

const (
	dialogWidth  = 880
	dialogHeight = 604
	leftWidth    = 370
	rightWidth   = 410
	// askAfter is how long the typing of a purpose rests before the book is asked.
	askAfter = 300 * time.Millisecond
)

// memory is what the dialog remembers of each purpose: columns, never in clear.
type memory struct {
	Columns []string `json:"columns"`
	Format  int      `json:"format"`
}

// dialog is an open dialog.
type dialog struct {
	desk                      *desk.Desk
	book                      Book
	form                      *form
	shop                      usecase.Settings
	preview                   usecase.ExportPreview
	counted                   bool // the preview has been read
	asking, typing, recalling task.Latest

	sheet      *parts.Dialog
	kind       *parts.Select
	purpose    *parts.Entry
	field      *parts.Field
	counts     *fyne.Container
	who        *parts.Field
	before     *fyne.Container // a list that was asked for
	half       *parts.Stack    // the left one
	format     *parts.Radio
	path       *parts.Entry
	place      *parts.Field // of the path
	lock       *lock
	reveal     *parts.Check
	columnSide *fyne.Container // the right one
	many       *parts.Text     // how many columns
	columns    *fyne.Container
	warning    *fyne.Container
	checks     []*parts.Check
}

// Open shows the dialog for a list.
func Open(d *desk.Desk, book Book, list List) {
	var shop usecase.Settings
	d.Tasks.Go(func(ctx context.Context) (err error) {
		shop, err = book.Settings(ctx)
		return err
	}, func(err error) {
		if d.Failed(err) {
			return
		}
		folder := files.Folder(d)
		x := &dialog{desk: d, book: book, shop: shop, form: newForm(list, folder, suggest(d.Words, list, d.Clock()), offered(d))}
		x.asking.Runner, x.typing.Runner, x.recalling.Runner = d.Tasks, d.Tasks, d.Tasks
		x.show()
	})
}

// offered are the columns that the user may take out.
func offered(d *desk.Desk) []string {
	return slices.DeleteFunc(usecase.ExportColumns(), func(c string) bool { return !d.Lists(access.Export, c) })
}

// note says of whom the list is.
func (x *dialog) note() string {
	key := "export_everyone"
	switch {
	case x.form.list.Chosen:
		key = "export_chosen"
	case x.form.list.Where != "" || x.form.list.Search != "" || x.form.list.Import != 0:
		key = "export_filtered"
	}
	return x.desk.Text(key, map[string]any{"Count": x.form.list.Count, "Customers": phrase.Count(x.form.list.Count)})
}

func (x *dialog) show() {
	d := x.desk
	body := container.New(&halves{}, x.left(), x.right())
	x.sheet = parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("export_title"), body, fyne.NewSize(dialogWidth, dialogHeight))
	x.sheet.SetNote(x.note())
	x.reveal = parts.NewCheck(d.Text("export_reveal_folder"), func(on bool) { x.form.reveal = on })
	x.reveal.SetChecked(true)
	x.sheet.SetFoot(x.reveal)
	x.sheet.SetFirst(x.kind)
	x.sheet.OnKey = x.key
	x.sheet.OnClosed = func(bool) {
		x.asking.Cancel()
		x.typing.Cancel()
		x.recalling.Cancel()
	}
	x.button()
	x.sheet.Show()
	x.ask()
	x.recall()
}

// left is the purpose, who is on the list, and the file.
func (x *dialog) left() fyne.CanvasObject {
	d := x.desk
	kinds := make([]string, len(usecase.PurposeKinds))
	for i, k := range usecase.PurposeKinds {
		kinds[i] = d.Text("purpose_" + string(k))
	}
	x.kind = parts.NewSelect(kinds, x.chooseKind)
	x.kind.Placeholder = d.Text("export_kind_hint")
	x.kind.Set(-1)
	x.purpose = parts.NewEntry(d.Text("export_purpose_hint"))
	x.purpose.OnChanged = func(text string) {
		x.form.purpose = text
		x.wrong(x.field, "")
		x.button()
		if x.preview.Standing != nil { // it is of this purpose alone
			x.typing.After(askAfter, x.ask)
		}
	}
	x.field = parts.NewField(d.Text("export_purpose"), parts.NewStack(x.kind, x.purpose))
	x.field.SetNote(d.Text("export_purpose_note"), "", look.Muted)
	x.counts = container.NewStack()
	names := make([]string, len(x.form.kinds()))
	for i, ending := range x.form.kinds() {
		names[i] = d.Text("export_" + ending[1:])
	}
	x.format = parts.NewRadio(names, func(i int) {
		x.form.format = i
		x.path.SetText(x.form.path())
		x.relock()
		x.warn()
	})
	x.format.Horizontal = true
	x.format.Set(x.form.format)
	x.path = parts.NewEntry("")
	x.path.SetText(x.form.path())
	x.path.OnChanged = func(text string) {
		x.form.setPath(text)
		x.wrong(x.place, "")
	}
	browse := parts.Second(d.Text("export_browse"), "", func() {
		files.Save(d, x.form.name, formats[x.form.format], func(path string) {
			x.form.setPath(path)
			x.format.Set(x.form.format)
			x.path.SetText(x.form.path())
			x.relock()
		})
	})
	x.who = parts.NewField(d.Text("export_who"), x.counts)
	x.place = parts.NewField(d.Text("export_to"), container.NewBorder(nil, nil, nil, browse, x.path))
	x.before = container.NewStack()
	x.before.Hide()
	x.half = parts.NewStack(
		x.before,
		x.field,
		x.who,
		parts.NewField(d.Text("export_format"), x.format),
		x.place,
		x.newLock(),
	)
	return x.half
}

// right is the columns, and what it means that some are in clear.
func (x *dialog) right() fyne.CanvasObject {
	d := x.desk
	x.many = parts.NewText("", look.SizeSmall, look.Muted)
	same := fyne.CanvasObject(container.NewStack())
	if len(x.form.list.Screen) > 0 {
		same = parts.Link(d.Text("export_same"), "", func() {
			x.form.choose(x.form.list.Screen)
			x.fill(-1)
			x.ask()
		})
	}
	x.columns = container.New(&grid{})
	x.warning = container.NewStack()
	x.fill(-1)
	title := parts.NewTitle(d.Text("export_columns"), look.SizeBody)
	x.columnSide = container.New(&sheet{}, title, x.many, same, parts.NewCard("", nil, container.NewVScroll(x.columns)).Flush(), x.warning)
	return x.columnSide
}

// wrong says below a field what is wrong with it, "" for nothing; what stands
// below makes room.
func (x *dialog) wrong(f *parts.Field, text string) {
	if text == "" && !f.Failed() {
		return
	}
	f.SetError(text)
	x.half.Refresh()
}

// chooseKind takes the columns that this purpose had last.
func (x *dialog) chooseKind(i int) {
	x.form.kind = i
	x.wrong(x.field, "")
	var last memory
	x.desk.Tasks.Go(func(ctx context.Context) error {
		text, err := x.book.Recall(ctx, x.memoryName())
		if err == nil && text != "" {
			err = json.Unmarshal([]byte(text), &last)
		}
		return err
	}, func(err error) {
		if err == nil && len(last.Columns) > 0 {
			x.form.choose(last.Columns)
			x.form.take(last.Format)
			x.format.Set(x.form.format)
			x.path.SetText(x.form.path())
			x.relock()
		}
		x.fill(-1)
		x.ask()
	})
}

func (x *dialog) memoryName() string { return "export." + string(x.form.purposeKind()) }

// fill lists the columns and gives one the focus.
func (x *dialog) fill(focus int) {
	d := x.desk
	x.columns.Objects, x.checks = nil, nil
	var person usecase.Customer
	if len(x.preview.Sample) > 0 {
		person = x.preview.Sample[0]
	}
	for i := range x.form.lines {
		l := &x.form.lines[i]
		check := parts.NewCheck(d.Words.Column(l.id), func(on bool) {
			l.on = on
			x.changed()
		})
		check.SetChecked(l.on)
		x.checks = append(x.checks, check)
		var shown fyne.CanvasObject
		tone := look.Muted
		if !l.on {
			tone = look.Faint
		}
		text := sample(d.Words, person, l.id, x.shop.Currency, x.shop.Zone)
		if canBeClear(l.id) && text != "" {
			shown = parts.NewMaskedText(text)
		} else {
			shown = parts.NewText(text, look.SizeBody, tone).Shrink()
		}
		right := fyne.CanvasObject(container.NewStack())
		if canBeClear(l.id) && d.May(access.ExportClear) {
			right = x.mode(l, check)
		}
		x.columns.Objects = append(x.columns.Objects, check, shown, right, canvas.NewRectangle(look.Now().Line))
	}
	x.columns.Refresh()
	if focus >= 0 && focus < len(x.checks) {
		d.Window.Canvas().Focus(x.checks[focus])
	}
}

// mode is the choice whether a column is masked. What shall be in clear is
// ticked with it.
func (x *dialog) mode(l *line, check *parts.Check) *parts.Select {
	tones := []look.Tone{look.Masked, look.Late}
	var mode *parts.Select
	mode = parts.NewSelect([]string{x.desk.Text("export_masked"), x.desk.Text("export_clear")}, func(i int) {
		l.clear = i == 1
		if l.clear {
			l.on = true
			check.SetChecked(true)
		}
		mode.SetTone(tones[i])
		x.changed()
	})
	chosen := 0
	if l.clear {
		chosen = 1
	}
	mode.Set(chosen)
	return mode.SetTone(tones[chosen])
}

// changed takes over that other columns were chosen.
func (x *dialog) changed() {
	x.relock()
	x.ask()
	x.button()
}

// key moves the column that has the focus by Alt with ↑ or ↓.
func (x *dialog) key(p parts.Press) bool {
	by := 0
	switch p {
	case parts.Press{Key: fyne.KeyUp, Mod: fyne.KeyModifierAlt}:
		by = -1
	case parts.Press{Key: fyne.KeyDown, Mod: fyne.KeyModifierAlt}:
		by = 1
	default:
		return false
	}
	focused := x.desk.Window.Canvas().Focused()
	for i, c := range x.checks {
		if fyne.Focusable(c) == focused && x.form.move(i, i+by) {
			x.fill(i + by)
			return true
		}
	}
	return false
}

// button says on the filled button how many customers leave.
func (x *dialog) button() {
	text := x.desk.Text("export_counting")
	if x.counted {
		text = x.desk.Text("export_do", map[string]any{"Count": x.preview.Rows, "Customers": phrase.Count(x.preview.Rows)})
	}
	v, icon := x.verdict(), "export"
	if v.button != "" {
		text, icon = v.button, "clock"
	}
	x.sheet.SetPrimary(parts.DialogAction{
		Text: text, Icon: icon,
		Do: func() bool {
			x.export()
			return false
		},
		Disabled: !x.counted || v.shut,
	})
}

// export writes the list.
func (x *dialog) export() {
	d := x.desk
	if problem := x.form.problem(x.preview); problem != "" {
		if problem == "export_need_password" {
			x.lock.missing(d.Text(problem))
			return
		}
		x.wrong(x.field, d.Text(problem))
		if problem == "export_need_purpose" {
			x.purpose.Focus()
		}
		return
	}
	request := x.form.request()
	request.To = usecase.FreePath(x.form.path())
	request.Title = d.Words.Column
	total := max(1, x.preview.Rows)
	progress := parts.NewProgress(d.Words)
	progress.Now = d.Clock
	progress.Set(d.Text("export_writing"), 0)
	request.Progress = func(rows int) {
		d.Tasks.Do(func() { progress.Set(d.Text("export_writing"), float64(rows)/float64(total)) })
	}
	kept, err := json.Marshal(memory{x.form.columns(), x.form.format})
	if err != nil {
		kept = nil // names and a number
	}
	name := x.memoryName()
	var report usecase.ExportReport
	work := d.Tasks.Go(func(ctx context.Context) (err error) {
		if report, err = x.book.Export(ctx, request); err != nil {
			return err
		}
		if x.preview.Standing != nil {
			if err := x.book.Remember(ctx, askedName, ""); err != nil {
				return err
			}
		}
		return x.book.Remember(ctx, name, string(kept))
	}, func(err error) {
		x.sheet.SetBusy("", nil)
		_, waits := errors.AsType[*usecase.ApprovalError](err)
		switch {
		case waits:
			x.remember()
			d.Layer.Done(d.Text("export_approval_asked"), "", nil)
			d.Changed()
			x.ask()
		case errors.Is(err, context.Canceled):
			d.Layer.Info(d.Words.Error(err))
		case err != nil:
			x.wrong(x.place, d.Words.Error(err))
		default:
			x.done(request.To, report)
		}
	})
	progress.OnCancel = work.Cancel
	x.sheet.SetBusy(d.Text("export_writing"), progress)
}

// done tells where the list is, and opens its folder.
func (x *dialog) done(path string, report usecase.ExportReport) {
	d := x.desk
	x.sheet.Hide()
	files.Remember(d, filepath.Dir(path))
	folder := &url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	open := func() {
		if err := fyne.CurrentApp().OpenURL(folder); err != nil {
			d.Layer.Info(path)
		}
	}
	text := d.Text("export_done", map[string]any{"Count": report.Rows, "Customers": phrase.Count(report.Rows), "File": filepath.Base(path)})
	d.Layer.Done(text, d.Text("export_open_folder"), open)
	if x.form.reveal {
		open()
	}
	d.Changed()
}
