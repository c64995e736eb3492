package act

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/paper"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/app/usecase/sheet"
)

// Renewer makes a new recovery sheet.
type Renewer interface {
	RenewRecovery(context.Context) (usecase.RecoveryCode, error)
	Settings(context.Context) (usecase.Settings, error)
}

const (
	renewWidth = 480
	leafWidth  = 640
	leafHeight = 520
)

// RenewSheet asks whether the book gets a new recovery sheet, makes it and shows it until it
// is on paper; then, if not nil, is called.
func RenewSheet(d *desk.Desk, book Renewer, then func()) {
	body := parts.NewStack(parts.NewPara(d.Text("act_sheet_text"), renewWidth), parts.NewPara(d.Text("act_sheet_old"), renewWidth).SetTone(look.Muted))
	ask := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("act_sheet_title"), body, fyne.NewSize(renewWidth+60, 0))
	ask.Final(parts.DialogAction{Text: d.Text("act_sheet_do"), Do: func() bool {
		ask.SetBusy(d.Text("act_sheet_making"), nil)
		on := sheet.Sheet{File: filepath.Base(d.Book), Folder: filepath.Dir(d.Book), Made: d.Clock()}
		d.Tasks.Go(func(ctx context.Context) error {
			settings, err := book.Settings(ctx)
			if err != nil {
				return err
			}
			on.Shop = settings.Name
			on.Code, err = book.RenewRecovery(ctx)
			return err
		}, func(err error) {
			ask.SetBusy("", nil)
			if d.Failed(err) {
				return
			}
			ask.Hide()
			showSheet(d, on, then)
		})
		return false
	}})
	ask.Show()
}

// showSheet shows a sheet whose code holds already: it is not left before it is kept.
func showSheet(d *desk.Desk, on sheet.Sheet, then func()) {
	var shown *parts.Dialog
	var leaf *paper.Sheet
	ready := func() {
		shown.SetPrimary(parts.DialogAction{Text: d.Text("act_sheet_kept"), Disabled: !leaf.Kept()})
	}
	leaf = paper.New(d, func() sheet.Sheet { return on }, func() { ready() })
	leaf.Draw()
	shown = parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("welcome_sheet_title"), leaf.Body, fyne.NewSize(leafWidth, leafHeight))
	shown.OnCancel = func() bool {
		if !leaf.Kept() {
			d.Layer.Info(d.Text("act_sheet_keep"))
		}
		return leaf.Kept()
	}
	shown.OnClosed = func(bool) {
		leaf.Clear()
		on.Code = usecase.RecoveryCode{}
		d.Layer.Done(d.Text("act_sheet_done"), "", nil)
		if then != nil {
			then()
		}
	}
	ready()
	shown.Show()
}
