package parts

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
	"kebu/app/ui/task"
)

// Entry is a field to type in. It hands on the keys it has no use for: Esc, F6,
// Ctrl+Enter.
type Entry struct {
	widget.Entry

	// OnKey, if not nil, is offered a key first.
	OnKey func(Press) bool
	// OnLeave, if not nil, is called when the field loses the focus: the time to
	// check what was typed.
	OnLeave func()
	// NoPaste takes what is typed by hand only: a code from paper.
	NoPaste bool

	problem bool
	focused bool
	height  float32 // of one line; 0 is look.FieldHeight
}

// NewEntry returns a field of one line.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.make(e, placeholder)
	return e
}

// NewMultiline returns a field of several lines that shows a number of rows.
func NewMultiline(placeholder string, rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.make(e, placeholder)
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	return e
}

// NewPassword returns a field that shows dots, with an eye that shows the text.
func NewPassword(placeholder string, words Words) *Entry {
	e := &Entry{}
	e.Password = true
	var eye *Button
	eye = IconButton("eye", words.Text("part_show_password"), func() {
		e.Password = !e.Password
		eye.Tip = words.Text("part_show_password")
		if !e.Password {
			eye.Tip = words.Text("part_hide_password")
		}
		e.Refresh()
	})
	e.ActionItem = eye
	e.make(e, placeholder)
	return e
}

func (e *Entry) make(self fyne.Widget, placeholder string) {
	e.PlaceHolder = placeholder
	e.Scroll = fyne.ScrollNone
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(self)
}

// SetHeight sets the height of a field of one line, at the standard text size.
func (e *Entry) SetHeight(height float32) *Entry {
	e.height = height
	e.Refresh()
	return e
}

// SetProblem draws the border red.
func (e *Entry) SetProblem(on bool) {
	if e.problem != on {
		e.problem = on
		e.Refresh()
	}
}

// SelectAll selects the text, so that typing replaces it.
func (e *Entry) SelectAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Focus gives the field the focus.
func (e *Entry) Focus() {
	if c := canvasOf(e); c != nil {
		c.Focus(e)
	}
}

// AcceptsTab leaves Tab to the window: it goes to the next control.
func (e *Entry) AcceptsTab() bool { return false }

// textLeft is where Fyne's text stands further right than Fyne thinks.
func (e *Entry) textLeft() float32 {
	if e.Icon != nil {
		return textMore + theme.IconInlineSize() + theme.LineSpacing()
	}
	return textMore
}

// textMore is added to Fyne's inset, so that the text stands 10 from the border.
const textMore = 4

// MouseDown puts the caret where the pointer is.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	moved := *m
	moved.Position.X -= e.textLeft()
	e.Entry.MouseDown(&moved)
}

// TappedSecondary shows what can be done with the text.
func (e *Entry) TappedSecondary(at *fyne.PointEvent) {
	c := canvasOf(e)
	l := LayerOf(c)
	if l == nil {
		return
	}
	e.Focus()
	clipboard := fyne.CurrentApp().Clipboard()
	item := func(key, keys string, off bool, s fyne.Shortcut) MenuItem {
		return MenuItem{Text: l.words.Text(key), Shortcut: keys, Disabled: off, Do: func() {
			e.Focus()
			e.Entry.TypedShortcut(s)
		}}
	}
	hidden, marked := e.Password, e.SelectedText() != ""
	ShowMenuAt(c, at.AbsolutePosition, []MenuItem{
		item("part_undo", "Ctrl+Z", e.Disabled(), &fyne.ShortcutUndo{}),
		{Separator: true},
		item("part_cut", "Ctrl+X", hidden || !marked || e.Disabled(), &fyne.ShortcutCut{Clipboard: clipboard}),
		item("part_copy", "Ctrl+C", hidden || !marked, &fyne.ShortcutCopy{Clipboard: clipboard}),
		item("part_paste", "Ctrl+V", e.NoPaste || e.Disabled(), &fyne.ShortcutPaste{Clipboard: clipboard}),
		{Separator: true},
		item("part_select_all", "Ctrl+A", e.Text == "", &fyne.ShortcutSelectAll{}),
	})
}

// FocusGained shows the caret.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost hides the caret.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// TypedKey edits, and hands on what is no editing.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if !e.key(e, k) {
		e.Entry.TypedKey(k)
	}
}

// key offers a key to OnKey, and to the canvas if the field has no use for it. A
// letter comes as a key too, and is the field's.
func (e *Entry) key(self fyne.CanvasObject, k *fyne.KeyEvent) bool {
	name := k.Name
	if name == fyne.KeyEnter {
		name = fyne.KeyReturn
	}
	if e.OnKey != nil && e.OnKey(Press{name, modifiers()}) {
		return true
	}
	switch name {
	case fyne.KeyReturn:
		if e.MultiLine || e.OnSubmitted != nil {
			return false
		}
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if e.MultiLine || modifiers() == fyne.KeyModifierShift {
			return false
		}
	case fyne.KeyEscape, desktop.KeyMenu:
	default:
		if !isFunctionKey(name) {
			return false
		}
	}
	return Bubble(self, k)
}

func isFunctionKey(k fyne.KeyName) bool {
	return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9'
}

// TypedShortcut edits, and hands on what is no editing.
func (e *Entry) TypedShortcut(s fyne.Shortcut) { e.combination(e, s) }

func (e *Entry) combination(self fyne.CanvasObject, s fyne.Shortcut) {
	k, ok := s.(*desktop.CustomShortcut)
	if _, paste := s.(*fyne.ShortcutPaste); paste && e.NoPaste {
		return
	}
	if !ok { // undo, redo, cut, copy, paste, select all
		e.Entry.TypedShortcut(s)
		return
	}
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	if k.KeyName == fyne.KeyZ && k.Modifier == ctrl|shift {
		e.Redo()
		return
	}
	name := k.KeyName
	if name == fyne.KeyEnter {
		name = fyne.KeyReturn
	}
	if e.OnKey != nil && e.OnKey(Press{name, k.Modifier}) {
		return
	}
	if k.Modifier&ctrl != 0 {
		switch k.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			e.Entry.TypedShortcut(s)
			return
		}
	}
	BubbleShortcut(self, s)
}

// MinSize is at least the height of a field.
func (e *Entry) MinSize() fyne.Size {
	m := e.Entry.MinSize()
	if !e.MultiLine {
		m.Height = look.FieldHeight()
		if e.height > 0 {
			m.Height = look.Height(e.height)
		}
	}
	m.Width = max(m.Width, 60)
	return m
}

// CreateRenderer draws the field as Fyne does, with its own border and with the
// line in the middle of the height.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	border := canvas.NewRectangle(nil)
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, border: border}
	r.recolour()
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	entry  *Entry
	border *canvas.Rectangle
}

// Objects are Fyne's with the own border in place of its.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := append([]fyne.CanvasObject(nil), r.WidgetRenderer.Objects()...)
	if len(objects) > 1 {
		if _, ok := objects[1].(*canvas.Rectangle); ok {
			objects[1] = r.border
		}
	}
	return objects
}

// Layout places the text in the middle of the height and 10 from the left.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.border.Resize(size)
	r.border.Move(fyne.NewPos(0, 0))
	objects := r.WidgetRenderer.Objects()
	if len(objects) < 3 {
		return
	}
	if box, ok := objects[0].(*canvas.Rectangle); ok {
		box.Move(fyne.NewPos(0, 0))
		box.Resize(size)
	}
	var down float32
	if !r.entry.MultiLine {
		down = look.Px((size.Height - r.entry.Entry.MinSize().Height) / 2)
	}
	action := fyne.CanvasObject(nil)
	if r.entry.ActionItem != nil {
		action = r.entry.ActionItem
	}
	for _, o := range objects[2:] {
		if o == action {
			continue
		}
		if _, icon := o.(*canvas.Image); icon {
			o.Move(fyne.NewPos(o.Position().X+textMore, look.Px((size.Height-o.Size().Height)/2)))
			continue
		}
		o.Move(o.Position().AddXY(textMore, down))
		o.Resize(o.Size().SubtractWidthHeight(textMore, 2*down))
	}
}

// Refresh draws anew.
func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.recolour()
	r.border.Refresh()
}

func (r *entryRenderer) recolour() {
	k := look.Now()
	r.border.CornerRadius = 5
	r.border.FillColor = nil
	switch {
	case r.entry.problem:
		r.border.StrokeColor, r.border.StrokeWidth = k.Danger, 1.5
	case r.entry.Disabled():
		r.border.StrokeColor, r.border.StrokeWidth = k.Line, 1
	case r.entry.focused:
		r.border.StrokeColor, r.border.StrokeWidth = k.Accent, 1.5
	default:
		r.border.StrokeColor, r.border.StrokeWidth = k.Border, 1
	}
}

// searchDelay is how long after the last key a search starts.
const searchDelay = 80 * time.Millisecond

// SearchEntry is a field that searches while one types.
type SearchEntry struct {
	Entry

	// OnSearch is given the text 80 ms after the last key.
	OnSearch func(text string)
	// OnDown is called for ↓ and Enter: into the table.
	OnDown func()

	timer Timer
	wait  *task.Task
}

// NewSearchEntry returns a search field.
func NewSearchEntry(placeholder string, timer Timer) *SearchEntry {
	e := &SearchEntry{timer: timer}
	e.make(e, placeholder)
	e.Icon = look.Icon("search", look.Now().Muted)
	e.OnChanged = func(text string) {
		e.wait.Cancel()
		e.wait = timer.After(searchDelay, func() { e.search(text) })
	}
	return e
}

func (e *SearchEntry) search(text string) {
	if e.OnSearch != nil {
		e.OnSearch(text)
	}
}

// SetQuiet sets the text without searching.
func (e *SearchEntry) SetQuiet(text string) {
	if e.Text == text {
		return
	}
	changed := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.CursorColumn = len([]rune(text))
	e.OnChanged = changed
	e.wait.Cancel()
	e.Refresh()
}

// TypedKey empties the field with Esc and leaves it with ↓.
func (e *SearchEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		if e.Text != "" {
			e.SetText("")
			return
		}
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		if e.OnDown != nil {
			e.OnDown()
			return
		}
	}
	if !e.key(e, k) {
		e.Entry.Entry.TypedKey(k)
	}
}

// TypedShortcut edits, and hands on what is no editing.
func (e *SearchEntry) TypedShortcut(s fyne.Shortcut) { e.combination(e, s) }

// Focus gives the field the focus.
func (e *SearchEntry) Focus() {
	if c := canvasOf(e); c != nil {
		c.Focus(e)
	}
}

// Refresh takes the icon of the current theme.
func (e *SearchEntry) Refresh() {
	e.Icon = look.Icon("search", look.Now().Muted)
	e.Entry.Refresh()
}
