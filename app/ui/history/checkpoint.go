package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/paper"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
	"kebu/app/usecase/qr"
	"kebu/app/usecase/sheet"
)

const (
	checkpointWidth = 720
	checkpointSide  = 276
)

// checkpoint signs the log as it is and shows the text, to be kept outside.
func (p *Page) checkpoint() {
	var c usecase.Checkpoint
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		c, err = p.book.Checkpoint(ctx)
		return err
	}, func(err error) {
		if !p.desk.Failed(err) {
			p.stand()
			p.showCheckpoint(c)
		}
	})
}

func (p *Page) showCheckpoint(c usecase.Checkpoint) {
	d := p.desk
	code, err := qr.New(c.Text)
	if d.Failed(err) {
		return
	}
	now := d.Clock().In(p.shop.zone)
	name := d.Text("history_checkpoint_file", map[string]any{"Day": now.Format("2006-01-02")})
	side := parts.NewStack(
		parts.NewPara(d.Text("history_checkpoint_why"), 0),
		parts.NewText(d.Text("history_checkpoint_text"), look.SizeSmall, look.Muted),
		parts.NewBox(parts.NewPara(strings.TrimSpace(c.Text), 0).SetSize(look.SizeSmall)),
		parts.NewText(d.Text("history_key"), look.SizeSmall, look.Muted),
		parts.NewBox(parts.NewPara(c.Key, 0).SetSize(look.SizeSmall)),
	)
	body := container.New(besideCode{}, parts.NewQR(code, checkpointSide), side)
	shown := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("history_checkpoint_title"), body, fyne.NewSize(checkpointWidth, 0))
	shown.SetNote(d.Text("history_checkpoint_note", map[string]any{"Count": int(c.Size)}))
	keep := func(do func()) func() bool {
		return func() bool {
			do()
			return false
		}
	}
	shown.SetSecond(
		parts.DialogAction{Text: d.Text("history_copy"), Do: keep(func() {
			fyne.CurrentApp().Clipboard().SetContent(c.Text)
			d.Layer.Done(d.Text("history_copied"), "", nil)
		})},
		parts.DialogAction{Text: d.Text("history_save"), Icon: "file", Do: keep(func() {
			files.Save(d, name, ".txt", func(path string) {
				d.Tasks.Go(func(context.Context) error { return os.WriteFile(path, []byte(c.Text), 0o600) }, func(err error) {
					if !d.Failed(err) {
						d.Layer.Done(d.Text("history_saved", map[string]any{"File": filepath.Base(path)}), "", nil)
					}
				})
			})
		})},
		parts.DialogAction{Text: d.Text("history_print"), Icon: "print", Do: keep(func() {
			on := sheet.Checkpoint{Shop: p.name, File: filepath.Base(d.Book), Made: now, Entries: int(c.Size), Text: c.Text, Key: c.Key}
			paper.Print(d, func() *sheet.Page { return sheet.MakeCheckpoint(d.Words, on) },
				func() { d.Layer.Info(d.Text("history_printed")) },
				func(err error) {
					if errors.Is(err, sheet.ErrNoPrinter) {
						d.Layer.Fail(d.Text("history_no_printer"), "", nil)
					} else {
						d.Failed(err)
					}
				})
		})},
	)
	shown.Show()
}

// besideCode puts a QR code at the left and the rest beside it.
type besideCode struct{}

const codeGap = 24

// MinSize is both beside each other.
func (besideCode) MinSize(objects []fyne.CanvasObject) fyne.Size {
	code, side := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(code.Width+codeGap+side.Width, max(code.Height, side.Height))
}

// Layout gives the code its size, and its neighbour the rest.
func (besideCode) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	code := objects[0].MinSize()
	objects[0].Resize(code)
	objects[1].Move(fyne.NewPos(code.Width+codeGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-code.Width-codeGap, size.Height))
}
