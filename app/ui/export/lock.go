package export

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/parts"
)

// lock is whether the file needs a password to open, and which.
type lock struct {
	check    *parts.Check
	password *parts.Entry
	field    *parts.Field
}

// newLock proposes a password, to be kept or typed over.
func (x *dialog) newLock() fyne.CanvasObject {
	d := x.desk
	l := &lock{password: parts.NewEntry("")}
	x.lock = l
	l.check = parts.NewCheck(d.Text("export_lock"), func(on bool) {
		x.form.lock = no
		if on {
			x.form.lock = yes
		}
		x.relock()
		x.warn()
	})
	l.password.SetText(x.form.password)
	l.password.OnChanged = func(text string) {
		x.form.password = text
		l.field.SetError("")
	}
	copies := parts.Second(d.Text("export_lock_copy"), "", func() {
		d.CopyClear(x.form.password)
		d.Layer.Done(d.Text("export_lock_copied"), "", nil)
	})
	l.field = parts.NewField("", container.NewBorder(nil, nil, nil, copies, l.password))
	l.field.SetHint(d.Text("export_lock_hint"))
	x.relock()
	return parts.NewStack(l.check, l.field)
}

// relock shows whether the file has a password, and whether it can.
func (x *dialog) relock() {
	l := x.lock
	if l == nil {
		return
	}
	show(l.check, x.form.canLock())
	show(l.field, x.form.locked())
	l.check.SetChecked(x.form.locked())
	if x.half != nil {
		x.half.Refresh()
	}
}

func show(o fyne.CanvasObject, so bool) {
	if so {
		o.Show()
	} else {
		o.Hide()
	}
}

// missing says that the password is.
func (l *lock) missing(text string) {
	l.field.SetError(text)
	l.password.Focus()
}
