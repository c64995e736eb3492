package screen_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/parts"
	"kebu/cmd/kebu/walk/screen"
)

func window(t *testing.T, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	return w
}

func TestReadLeavesOutWhatIsHiddenOrScrolledAway(t *testing.T) {
	hidden := widget.NewLabel("hidden")
	hidden.Hide()
	lines := container.NewVBox(hidden)
	for range 50 {
		lines.Add(widget.NewLabel("line"))
	}
	lines.Add(widget.NewLabel("the last"))
	scroll := container.NewVScroll(lines)
	w := window(t, scroll)

	s := screen.Read(w.Canvas())
	if s.Has("hidden") || s.Has("the last") || !s.Has("line") {
		t.Errorf("at the top: %v", s)
	}
	scroll.ScrollToBottom()
	if s := screen.Read(w.Canvas()); !s.Has("the last") {
		t.Errorf("at the bottom: %v", s)
	}
}

func TestAClickInTheMiddleOfATextReachesItsButton(t *testing.T) {
	tapped := 0
	w := window(t, container.NewBorder(nil, container.NewHBox(widget.NewLabel("撤销"),
		widget.NewButton("导入订单…", func() { tapped++ })), nil, nil))
	found := screen.Read(w.Canvas()).Find("导入订单…")
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	test.TapCanvas(w.Canvas(), found[0].Middle())
	if tapped != 1 {
		t.Errorf("tapped %d times", tapped)
	}
}

func TestFindSeesOnlyWhatTheMouseCanReach(t *testing.T) {
	w := window(t, widget.NewLabel("page"))
	popup := widget.NewModalPopUp(widget.NewLabel("dialog"), w.Canvas())
	popup.Show()
	s := screen.Read(w.Canvas())
	if s.Overlays != 1 || len(s.Find("dialog")) != 1 || len(s.Find("page")) != 0 || !s.Has("page") {
		t.Errorf("%v", s)
	}
}

func TestWrappedTextIsReadOverItsLines(t *testing.T) {
	label := widget.NewLabel("a sentence so long that it has to be broken into several lines of the window")
	label.Wrapping = fyne.TextWrapWord
	w := window(t, label)
	w.Resize(fyne.NewSize(150, 300))
	if s := screen.Read(w.Canvas()); !s.Has(label.Text) {
		t.Errorf("%v", s)
	}
}

func TestFocusIsNamedByWhatItShows(t *testing.T) {
	entry := widget.NewEntry()
	entry.SetPlaceHolder("search")
	twin := widget.NewEntry()
	w := window(t, container.NewVBox(widget.NewLabel("x"), entry, twin))
	if s := screen.Read(w.Canvas()); s.Focus != nil {
		t.Errorf("before: %v", s)
	}
	w.Canvas().Focus(entry)
	if s := screen.Read(w.Canvas()); s.Focus == nil || s.Focus.Text != "search" {
		t.Errorf("placeholder: %v", s)
	}
	test.Type(entry, "陈")
	typed := screen.Read(w.Canvas())
	if typed.Focus == nil || typed.Focus.Text != "陈" {
		t.Errorf("typed: %v", typed)
	}
	w.Canvas().Focus(twin)
	test.Type(twin, "陈")
	if s := screen.Read(w.Canvas()); s.Focus == nil || s.Focus.Text != "陈" || s.Control == typed.Control {
		t.Errorf("two fields that read the same: %v", s)
	}
}

func TestAnIconIsFoundByItsTooltip(t *testing.T) {
	tapped := 0
	w := window(t, container.NewHBox(parts.IconButton("close", "关闭", func() { tapped++ })))
	s := screen.Read(w.Canvas())
	if s.Has("关闭") || len(s.Find("关闭")) != 1 {
		t.Fatalf("%v", s)
	}
	test.TapCanvas(w.Canvas(), s.Find("关闭")[0].Middle())
	if tapped != 1 {
		t.Errorf("tapped %d times", tapped)
	}
}

// pressed notes the button of the mouse, and takes no taps.
type pressed struct {
	widget.Label
	down, up int
}

func (p *pressed) MouseDown(*desktop.MouseEvent) { p.down++ }
func (p *pressed) MouseUp(*desktop.MouseEvent)   { p.up++ }

func TestAPressReachesWhatTakesNoTap(t *testing.T) {
	row, below := &pressed{}, &pressed{}
	for text, r := range map[string]*pressed{"row": row, "scrolled away": below} {
		r.ExtendBaseWidget(r)
		r.SetText(text)
	}
	lines := container.NewVBox(row)
	for range 50 {
		lines.Add(widget.NewLabel("line"))
	}
	lines.Add(below)
	tapped := 0
	w := window(t, container.NewBorder(nil, widget.NewButton("button", func() { tapped++ }), nil, nil, container.NewVScroll(lines)))
	c := w.Canvas()
	screen.Press(c, screen.Read(c).Find("row")[0].Middle())
	if row.down != 1 || row.up != 1 {
		t.Errorf("down %d, up %d times", row.down, row.up)
	}
	screen.Press(c, screen.Read(c).Find("button")[0].Middle())
	if tapped != 1 || below.down != 0 {
		t.Errorf("the button is tapped %d times, what lies under it pressed %d times", tapped, below.down)
	}
	entry := widget.NewEntry()
	popup := widget.NewModalPopUp(entry, c)
	popup.Show()
	screen.Press(c, fyne.CurrentApp().Driver().AbsolutePositionForObject(entry).AddXY(5, 5))
	if c.Focused() != fyne.Focusable(entry) {
		t.Error("a field that is clicked takes no focus")
	}
	screen.Press(c, row.Position().AddXY(5, 5))
	if row.down != 1 {
		t.Error("a press goes through a dialog")
	}
}
