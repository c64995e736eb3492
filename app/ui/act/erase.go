package act

import (
	"context"

	"fyne.io/fyne/v2"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// Eraser erases customers.
type Eraser interface {
	Erase(ctx context.Context, k *usecase.Keeper, ids ...string) (usecase.Done, error)
}

const eraseWidth = 440

// Erase asks whether what is known of a customer goes for good, says what stays, and
// does it; then is called.
func Erase(d *desk.Desk, book Eraser, id, name string, then func()) {
	line := func(key string) *parts.Para { return parts.NewPara(d.Text(key), eraseWidth) }
	body := parts.NewStack(line("act_erase_goes"), line("act_erase_stays").SetTone(look.Muted), line("act_erase_out").SetTone(look.Muted))
	ask := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("act_erase_title", map[string]any{"Name": name}), body, fyne.NewSize(eraseWidth+60, 0))
	ask.Final(parts.DialogAction{Text: d.Text("act_erase_do"), Do: func() bool {
		ask.SetBusy(d.Text("act_erasing"), nil)
		d.Tasks.Go(func(ctx context.Context) error {
			_, err := book.Erase(ctx, d.Keeper, id)
			return err
		}, func(err error) {
			ask.SetBusy("", nil)
			if d.Failed(err) {
				return
			}
			ask.Hide()
			d.Layer.Done(d.Text("act_erased"), "", nil)
			then()
			d.Changed()
		})
		return false
	}})
	ask.Show()
}
