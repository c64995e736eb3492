package act

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

const passphraseWidth = 460

// Passphraser changes the passphrase of the user.
type Passphraser interface {
	ChangePassphrase(ctx context.Context, old, pass []byte, cost usecase.Cost) error
}

// ChangePassphrase asks for the user's passphrase and for a new one; then, if not nil,
// is called once it is changed.
func ChangePassphrase(d *desk.Desk, book Passphraser, then func()) {
	old := parts.NewPassword("", d.Words).SetHeight(door.FieldHeight)
	now := parts.NewField(d.Text("settings_pass_now"), old)
	var pass *door.Passphrase
	var sheet *parts.Dialog
	var change func()
	ready := func() {
		if sheet != nil {
			sheet.SetPrimary(parts.DialogAction{
				Text: d.Text("settings_pass_do"), Disabled: old.Text == "" || !pass.Ready(),
				Do: func() bool {
					change()
					return false
				},
			})
			sheet.Refresh()
		}
	}
	pass = door.NewPassphrase(d, ready, func() {})
	pass.Call(d.Text("settings_pass_new"))
	old.OnChanged = func(string) {
		now.SetError("")
		ready()
	}
	old.OnSubmitted = func(string) { pass.Focus() }
	body := door.Stack(
		door.Row{Object: parts.NewPara(d.Text("settings_pass_text"), passphraseWidth).SetTone(look.Muted)},
		door.Row{Gap: 12, Object: now},
		door.Row{Gap: 12, Object: pass.Body},
	)
	change = func() {
		was, next := []byte(old.Text), pass.Bytes()
		sheet.SetBusy(d.Text("settings_pass_doing"), nil)
		d.Tasks.Go(func(ctx context.Context) error {
			defer clear(was)
			defer clear(next)
			return book.ChangePassphrase(ctx, was, next, usecase.Calibrate(d.Clock))
		}, func(err error) {
			sheet.SetBusy("", nil)
			switch {
			case errors.Is(err, usecase.ErrPassphrase):
				now.SetError(d.Words.Error(err))
				sheet.Refresh()
				old.Focus()
			case d.Failed(err):
			default:
				sheet.Hide()
				d.Layer.Done(d.Text("settings_pass_done"), "", nil)
				if then != nil {
					then()
				}
			}
		})
	}
	sheet = parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("settings_pass_title"), body, fyne.NewSize(passphraseWidth+60, 0))
	sheet.OnClosed = func(bool) {
		pass.Clear()
		old.SetText("")
	}
	sheet.SetFirst(old)
	ready()
	sheet.Show()
}
