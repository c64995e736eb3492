package unlock

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// recovery is the way into a book by its recovery sheet: the code group by
// group, then a new passphrase.
type recovery struct {
	page *Page
	body *fyne.Container

	groups  []*parts.Entry
	problem *parts.Field // says which group is mistyped
	on      *parts.Button
	filling bool // groups are set by the program

	pass *door.Passphrase // nil before the code is whole
	set  *parts.Button
}

func newRecovery(p *Page) *recovery {
	r := &recovery{page: p}
	d := p.desk
	grid := container.New(codeGrid{})
	for i := range usecase.RecoveryGroups {
		e := parts.NewEntry("").SetHeight(door.FieldHeight)
		e.OnChanged = func(text string) { r.typed(i, text) }
		e.OnLeave = func() { r.judge(true) }
		e.OnSubmitted = func(string) { r.next() }
		r.groups = append(r.groups, e)
		number := parts.NewText(strconv.Itoa(i+1), look.SizeSmall, look.Muted)
		number.Align = fyne.TextAlignTrailing
		grid.Add(number)
		grid.Add(e)
	}
	r.problem = parts.NewField("", grid)
	r.on = parts.Primary(d.Text("unlock_next"), "", r.next)
	r.on.Disable()
	r.body = door.Stack(
		door.Row{Object: parts.NewTitle(d.Text("unlock_sheet_title"), look.SizeTitle)},
		door.Row{Gap: 8, Object: parts.NewPara(d.Text("unlock_sheet_text"), 0).SetTone(look.Muted)},
		door.Row{Gap: 14, Object: p.sheetCard()},
		door.Row{Gap: 14, Object: r.problem},
		door.Row{Gap: 14, Object: r.on, Height: buttonHeight},
		door.Row{Gap: 10, Object: parts.Link(d.Text("unlock_back"), "", r.back), Link: true},
	)
	return r
}

// sheetCard names the book that the sheet must be of.
func (p *Page) sheetCard() fyne.CanvasObject {
	shop, _ := door.Recall(p.desk.Prefs, p.o.Book)
	name, where := Caption(p.o.Book, shop, home())
	sign := door.NewSign("book")
	sign.Set(name, where, 0)
	return sign
}

// typed goes on to the next group when one is right, and spreads a pasted code. What
// stands between groups is left out: a scanner types it.
func (r *recovery) typed(i int, text string) {
	if r.filling {
		return
	}
	list := Spread(text, i)
	if list[i] != text {
		r.filling = true
		last := i
		r.groups[i].SetText("")
		for n, group := range list {
			r.groups[n].SetText(group)
			last = max(last, n)
		}
		r.filling = false
		r.groups[last].Focus()
		r.groups[last].CursorColumn = len(r.groups[last].Text)
	}
	if len(list) == 1 && StateOf(i, list[i], false) == Right && i+1 < len(r.groups) && r.groups[i+1].Text == "" {
		r.groups[i+1].Focus()
	}
	r.judge(false)
}

// judge marks the mistyped groups and names the first of them.
func (r *recovery) judge(left bool) {
	if r.filling {
		return
	}
	first, right := -1, 0
	focused := r.focused()
	for i, e := range r.groups {
		state := StateOf(i, e.Text, left && i != focused)
		e.SetProblem(state == Mistyped)
		switch {
		case state == Right:
			right++
		case state == Mistyped && first < 0:
			first = i
		}
	}
	text := ""
	if first >= 0 {
		text = r.page.desk.Text("unlock_group_wrong", map[string]any{"Group": first + 1})
	}
	r.tell(text)
	r.on.SetEnabled(right == len(r.groups))
}

func (r *recovery) focused() int {
	c := r.page.desk.Window.Canvas()
	for i, e := range r.groups {
		if c.Focused() == fyne.Focusable(e) {
			return i
		}
	}
	return -1
}

func (r *recovery) tell(text string) {
	r.problem.SetError(text)
	door.Reflow(r.page.body)
}

// next goes on to the new passphrase, and from there into the book.
func (r *recovery) next() {
	switch {
	case r.page.busy:
	case r.pass != nil:
		r.finish()
	case !r.on.Disabled():
		r.choose()
	default:
		r.judge(true)
	}
}

// choose asks for the new passphrase.
func (r *recovery) choose() {
	d := r.page.desk
	r.set = parts.Primary(d.Text("unlock_set"), "", r.next)
	r.set.Disable()
	r.pass = door.NewPassphrase(d, func() {
		r.set.SetEnabled(r.pass.Ready() && !r.page.busy)
		door.Reflow(r.page.body)
	}, r.next)
	r.page.show(door.Stack(
		door.Row{Object: parts.NewTitle(d.Text("unlock_set_title"), look.SizeTitle)},
		door.Row{Gap: 8, Object: parts.NewPara(d.Text("unlock_set_text"), 0).SetTone(look.Muted)},
		door.Row{Gap: 16, Object: r.pass.Body},
		door.Row{Gap: 16, Object: r.set, Height: buttonHeight},
		door.Row{Gap: 10, Object: parts.Link(d.Text("unlock_back"), "", r.back), Link: true},
	))
	r.pass.Focus()
}

// back leads back a step; from the first one to the passphrase.
func (r *recovery) back() {
	if r.page.busy {
		return
	}
	if r.pass != nil {
		r.pass.Clear()
		r.pass = nil
		r.page.show(r.body)
		r.focus()
		return
	}
	for _, e := range r.groups {
		e.OnChanged = nil
		e.SetText("")
	}
	r.page.sheet = nil
	r.page.show(nil)
	r.page.Focus()
}

// focus gives the first group that is not right the focus.
func (r *recovery) focus() {
	if r.pass != nil {
		r.pass.Focus()
		return
	}
	for i, e := range r.groups {
		if StateOf(i, e.Text, true) != Right {
			e.Focus()
			return
		}
	}
	r.groups[0].Focus()
}

func (r *recovery) code() string {
	groups := make([]string, len(r.groups))
	for i, e := range r.groups {
		groups[i] = e.Text
	}
	return strings.Join(groups, "-")
}

// finish gives the book the new passphrase and opens it.
func (r *recovery) finish() {
	if !r.pass.Ready() {
		return
	}
	p, d := r.page, r.page.desk
	book, code, pass := p.o.Book, r.code(), r.pass.Bytes()
	p.busy = true
	r.set.Disable()
	r.set.SetText(d.Text("unlock_setting"))
	d.Tasks.Go(func(ctx context.Context) error {
		return usecase.Recover(ctx, usecase.RecoverRequest{
			Path: book, Code: code, Passphrase: pass, Cost: usecase.Calibrate(d.Clock), Clock: d.Clock, Keeper: p.o.Keeper,
		})
	}, func(err error) {
		p.busy = false
		r.set.SetText(d.Text("unlock_set"))
		r.set.SetEnabled(true)
		switch {
		case errors.Is(err, usecase.ErrRecoveryCode):
			r.back()
			r.tell(d.Words.Error(err))
		case d.Failed(err):
		default:
			r.back()
			r.back()
			d.Layer.Info(d.Text("unlock_set_done"))
			p.users.owner()
			p.enter("", pass, nil)
		}
	})
}

// codeGrid stands numbers and groups in four columns.
type codeGrid struct{}

const (
	codeColumns = 4
	codeNumber  = 18
	codeGap     = 8
)

// MinSize is that of four rows.
func (codeGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows := (len(objects)/2 + codeColumns - 1) / codeColumns
	return fyne.NewSize(door.FormWidth, float32(rows)*(look.Height(door.FieldHeight)+codeGap)-codeGap)
}

// Layout places them along the rows.
func (codeGrid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := look.Px((size.Width + codeGap) / codeColumns)
	height := look.Height(door.FieldHeight)
	for i := range len(objects) / 2 {
		x, y := float32(i%codeColumns)*width, float32(i/codeColumns)*(height+codeGap)
		number, entry := objects[2*i], objects[2*i+1]
		m := number.MinSize()
		number.Move(fyne.NewPos(x, y+look.Px((height-m.Height)/2)))
		number.Resize(fyne.NewSize(codeNumber-4, m.Height))
		entry.Move(fyne.NewPos(x+codeNumber, y))
		entry.Resize(fyne.NewSize(width-codeNumber-codeGap, height))
	}
}
