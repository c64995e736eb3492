package act

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/desk"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
)

const reasonWidth = 320

// AskReason asks beside an object why clear values are to be seen, and calls do with the
// reason. Left says how many may still be seen, "" for nothing. The reasons are keys; the
// last one asks for a text.
func AskReason(d *desk.Desk, at fyne.CanvasObject, title, left string, reasons []string, do func(reason string)) {
	var sheet *parts.Popover
	var show *parts.Button
	other := parts.NewEntry(d.Text("customer_reveal_text"))
	other.Hide()
	titles := make([]string, len(reasons))
	for i, key := range reasons {
		titles[i] = d.Text(key)
	}
	reason := titles[0]
	check := func() { show.SetEnabled(reason != "") }
	radio := parts.NewRadio(titles, func(i int) {
		reason = titles[i]
		other.Hidden = i < len(titles)-1
		if !other.Hidden {
			reason = strings.TrimSpace(other.Text)
		}
		check()
		sheet.Refresh()
		if !other.Hidden {
			other.Focus()
		}
	})
	radio.Set(0)
	other.OnChanged = func(text string) {
		reason = strings.TrimSpace(text)
		check()
	}
	run := func() {
		if !show.Disabled() {
			sheet.Hide()
			do(reason)
		}
	}
	show = parts.Primary(d.Text("customer_reveal_do"), "eye", run)
	shut := parts.IconButton("close", d.Text("part_close"), func() { sheet.Hide() })
	list := []fyne.CanvasObject{parts.NewHead(title, shut)}
	if left != "" {
		list = append(list, parts.NewPara(left, reasonWidth))
	}
	list = append(list, radio, other,
		parts.NewPara(d.Text("customer_reveal_log"), reasonWidth).SetSize(look.SizeSmall).SetTone(look.Muted), container.NewHBox(show))
	sheet = parts.ShowPopover(at, container.New(parts.Pile{Width: reasonWidth, Gap: 8}, list...), nil)
	sheet.OnKey = func(p parts.Press) bool {
		if p != parts.Submit {
			return false
		}
		run()
		return true
	}
}
