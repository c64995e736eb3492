package history

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/door"
	"kebu/app/ui/files"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

const packWidth = 500

// packing is the dialog that writes an audit pack.
type packing struct {
	desk *desk.Desk
	book Prover
	done func()

	whom      *parts.Radio
	recipient *parts.Entry
	key       *parts.Field
	pass      *door.Passphrase
	to        *parts.Text
	where     *parts.Field
	path      string
	sheet     *parts.Dialog
	work      *parts.Progress
}

// pack asks for whom an audit pack is and where it goes, and writes it.
func (p *Page) pack() {
	d := p.desk
	k := &packing{desk: d, book: p.book, done: p.again, recipient: parts.NewEntry("age1…")}
	k.key = parts.NewField(d.Text("history_pack_recipient"), k.recipient)
	k.key.SetHint(d.Text("history_pack_recipient_hint"))
	k.pass = door.NewPassphrase(d, k.changed, func() {})
	k.pass.Call(d.Text("history_pack_password"))
	k.pass.Body.Hide()
	k.whom = parts.NewRadio([]string{d.Text("history_pack_for_key"), d.Text("history_pack_for_password")}, func(i int) {
		k.key.Hidden, k.pass.Body.Hidden = i != 0, i != 1
		k.changed()
	})
	k.whom.Horizontal = true
	k.whom.Set(0)
	k.recipient.OnChanged = func(string) {
		k.key.SetError("")
		k.changed()
	}
	name := d.Text("history_pack_file", map[string]any{"Day": d.Clock().In(p.shop.zone).Format("2006-01-02")})
	k.to = parts.NewText("", look.SizeBody, look.Plain).Shrink()
	browse := parts.Second(d.Text("history_pack_browse"), "", func() { files.Save(d, name, ".age", k.put) })
	k.where = parts.NewField(d.Text("history_pack_to"), container.NewBorder(nil, nil, nil, browse, k.to))
	k.put(filepath.Join(filepath.Dir(d.Book), name+".age"))
	body := parts.NewStack(
		parts.NewPara(d.Text("history_pack_text"), 0).SetTone(look.Muted),
		parts.NewField(d.Text("history_pack_for"), k.whom), k.key, k.pass.Body, k.where,
	)
	k.sheet = parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("history_pack_title"), body, fyne.NewSize(packWidth+60, 0))
	k.sheet.OnClosed = func(bool) { k.pass.Clear() }
	k.sheet.SetFirst(k.recipient)
	k.changed()
	k.sheet.Show()
}

// put says where the pack goes.
func (k *packing) put(path string) {
	k.path = path
	k.to.SetText(filepath.Base(path))
	k.where.SetHint(filepath.Dir(path))
}

// locked reports whether a password opens the pack.
func (k *packing) locked() bool { return k.whom.Selected() == 1 }

// changed says whether the pack can be written.
func (k *packing) changed() {
	if k.sheet == nil {
		return
	}
	ready := strings.HasPrefix(strings.TrimSpace(k.recipient.Text), "age1")
	if k.locked() {
		ready = k.pass.Ready()
	}
	k.sheet.SetPrimary(parts.DialogAction{Text: k.desk.Text("history_pack_do"), Icon: "export", Disabled: !ready, Do: func() bool {
		k.write()
		return false
	}})
	k.sheet.Refresh()
}

// write writes the pack apart from the window; it can be stopped until the file stands.
func (k *packing) write() {
	d := k.desk
	r := usecase.PackRequest{To: k.path, Recipient: strings.TrimSpace(k.recipient.Text)}
	if k.locked() {
		r.Recipient, r.Password = "", string(k.pass.Bytes())
	}
	var report usecase.PackReport
	work := d.Tasks.Go(func(ctx context.Context) (err error) {
		report, err = k.book.AuditPack(ctx, r)
		return err
	}, func(err error) {
		k.sheet.SetBusy("", nil)
		switch {
		case errors.Is(err, usecase.ErrRecipient) && !k.locked():
			k.key.SetError(d.Text("history_pack_recipient_bad"))
			k.sheet.Refresh()
			k.recipient.Focus()
		case errors.Is(err, context.Canceled):
			d.Layer.Info(d.Text("history_pack_stopped"))
		case d.Failed(err):
		default:
			k.sheet.Hide()
			k.done()
			k.hand(report)
		}
	})
	k.work = parts.NewProgress(d.Words)
	k.work.OnCancel = work.Cancel
	k.work.Set(d.Text("history_pack_doing"), -1)
	k.sheet.SetBusy("", k.work)
}

// hand says what goes to the auditor beside the pack.
func (k *packing) hand(r usecase.PackReport) {
	d := k.desk
	list := []fyne.CanvasObject{
		parts.NewPara(d.Text("history_pack_written", map[string]any{"Count": int(r.Entries), "File": k.path}), 0),
		parts.NewRule(),
		parts.NewTitle(d.Text("history_pack_hand"), look.SizeCard),
		parts.NewPara(d.Text("history_pack_hand_key"), 0),
		parts.NewBox(parts.NewPara(r.Key, 0).SetSize(look.SizeSmall)),
		parts.NewPara(d.Text("history_pack_hand_first"), 0),
	}
	if k.locked() {
		list = append(list, parts.NewPara(d.Text("history_pack_hand_password"), 0))
	}
	list = append(list, parts.NewPara(d.Text("history_pack_hand_check"), 0).SetTone(look.Muted))
	shown := parts.NewDialog(d.Window.Canvas(), d.Words, d.Text("history_pack_done"), parts.NewStack(list...), fyne.NewSize(packWidth+60, 0))
	shown.SetSecond(parts.DialogAction{Text: d.Text("history_copy_key"), Do: func() bool {
		fyne.CurrentApp().Clipboard().SetContent(r.Key)
		d.Layer.Done(d.Text("history_copied_key"), "", nil)
		return false
	}})
	shown.Show()
}
