package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/ui/look"
)

// WizardPage is a step of a wizard.
type WizardPage struct {
	Title   string // in the list of steps
	Heading string // above the body; blank for none
	Intro   string // below the heading
	Body    fyne.CanvasObject
	Next    string // of the filled button; blank for 下一步：…, and 完成 on the last page
	// Ready returns nil once one may go on; nil is always. Update asks again.
	Ready func() error
	// Enter is called when the page is shown: the time to give the focus.
	Enter func()
	// Leave is called before going on and may refuse, such as for a field that is
	// checked only then; nil never does.
	Leave func() bool
}

// Wizard leads through pages: steps at the left, the page, and below it the way
// back and on. Ctrl+Enter goes on where the page is ready.
type Wizard struct {
	drawnOnly

	// OnCancel leaves the wizard, from the first page or by Esc; nil for no way out.
	OnCancel func()
	// OnPage is told of the page that is shown.
	OnPage func(i int)

	words  Words
	title  string
	pages  []WizardPage
	done   func()
	page   int
	closed bool // no way back any more
	busy   bool

	steps  *Steps
	intro  *Para
	scroll *container.Scroll
	back   *Button
	next   *Button
}

// The size of a wizard, and of its parts.
const (
	WizardWidth  = 760
	WizardHeight = 520

	wizardList   = 210
	wizardMargin = 36
	wizardFoot   = 56

	ringRoom = 3  // for the ring of the focus, which a scroll would cut
	barRoom  = 14 // for the bar of the scroll
)

// NewWizard returns a wizard on its first page; done is called on the last one.
func NewWizard(words Words, title string, pages []WizardPage, done func()) *Wizard {
	titles := make([]string, len(pages))
	for i, page := range pages {
		titles[i] = page.Title
	}
	w := &Wizard{words: words, title: title, pages: pages, done: done, steps: NewStepList(titles...)}
	w.intro = NewPara("", 0).SetTone(look.Muted)
	w.scroll = container.NewVScroll(nil)
	w.back = Second(words.Text("part_wizard_back"), "", w.Back)
	w.next = Primary("", "", w.Next)
	w.ExtendBaseWidget(w)
	w.show(0)
	return w
}

// Page returns the page that is shown, from 0.
func (w *Wizard) Page() int { return w.page }

// Update asks the page whether one may go on: after each change in its body.
func (w *Wizard) Update() {
	w.next.SetEnabled(!w.busy && w.ready())
	w.Refresh()
}

// SetBusy holds the wizard where it is while work runs, with a word on the
// button; "" ends it.
func (w *Wizard) SetBusy(word string) {
	w.busy = word != ""
	w.name(word)
	w.back.SetEnabled(!w.busy)
	w.Update()
}

// NoBack bars the way back: what was done cannot be undone by going back.
func (w *Wizard) NoBack() { w.closed = true; w.Update() }

func (w *Wizard) ready() bool {
	r := w.pages[w.page].Ready
	return r == nil || r() == nil
}

// Next goes on, from the last page out of the wizard. Where the page is not
// ready it stays.
func (w *Wizard) Next() {
	page := w.pages[w.page]
	switch {
	case w.busy || !w.ready():
		w.Update()
	case page.Leave != nil && !page.Leave():
	case w.page == len(w.pages)-1:
		w.done()
	default:
		w.show(w.page + 1)
	}
}

// Back goes back a page, from the first one out of the wizard.
func (w *Wizard) Back() {
	switch {
	case w.busy:
	case w.page > 0 && !w.closed:
		w.show(w.page - 1)
	case w.OnCancel != nil:
		w.OnCancel()
	}
}

// GoTo goes to a page.
func (w *Wizard) GoTo(page int) { w.show(page) }

func (w *Wizard) show(page int) {
	w.page = page
	w.steps.SetStep(page)
	w.intro.SetText(w.pages[page].Intro)
	w.scroll.Content = container.New(inset{ringRoom, ringRoom, barRoom, ringRoom}, w.pages[page].Body)
	w.scroll.Offset = fyne.Position{}
	w.scroll.Refresh()
	w.name("")
	w.Update()
	if enter := w.pages[page].Enter; enter != nil {
		enter()
	}
	if w.OnPage != nil {
		w.OnPage(page)
	}
}

// name writes on the buttons where they lead.
func (w *Wizard) name(busy string) {
	page := w.pages[w.page]
	switch {
	case busy != "":
		w.next.SetText(busy)
	case page.Next != "":
		w.next.SetText(page.Next)
	case w.page == len(w.pages)-1:
		w.next.SetText(w.words.Text("part_wizard_done"))
	default:
		w.next.SetText(w.words.Text("part_wizard_next", map[string]any{"Step": w.pages[w.page+1].Title}))
	}
	if w.page == 0 {
		w.back.SetText(w.words.Text("part_wizard_cancel"))
	} else {
		w.back.SetText(w.words.Text("part_wizard_back"))
	}
}

// Attach lets Ctrl+Enter go on and Esc cancel while the wizard is on a canvas;
// detach ends it.
func (w *Wizard) Attach(c fyne.Canvas) (detach func()) {
	return KeysOf(c).Push(func(p Press) bool {
		switch {
		case p == Submit:
			w.Next()
			return true
		case p.Key == fyne.KeyEscape && p.Mod == 0 && w.OnCancel != nil && !w.busy:
			w.OnCancel()
			return true
		}
		return false
	})
}

// CreateRenderer draws the wizard.
func (w *Wizard) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(w, w.draw, func() (float32, float32) { return WizardWidth, look.Height(WizardHeight) })
}

func (w *Wizard) draw(p *pen, width, height float32) {
	page := w.pages[w.page]
	p.frame(0, 0, width, height, p.Surface, p.Line, 10)
	list := p.box(1, 1, wizardList-1, height-2, p.Sidebar, 0)
	list.TopLeftCornerRadius, list.BottomLeftCornerRadius = 9, 9
	p.box(wizardList, 1, 1, height-2, p.Line, 0)
	p.text(22, 34, fitted(w.title, look.SizePanel, true, wizardList-44), look.SizePanel, p.Text, true)
	p.child(w.steps, 22, 63, wizardList-40, w.steps.MinSize().Height)

	x, right := float32(wizardList+wizardMargin), width-wizardMargin
	y := look.Height(30)
	if page.Heading != "" {
		p.text(x, y+12, fitted(page.Heading, look.SizeTitle, true, right-x), look.SizeTitle, p.Text, true)
		y += look.Height(34)
	}
	if page.Intro != "" {
		w.intro.Resize(fyne.NewSize(right-x, w.intro.Size().Height))
		m := w.intro.MinSize()
		p.child(w.intro, x, y, right-x, m.Height)
		y += m.Height
	}
	y += 20
	foot := height - look.Height(wizardFoot)
	p.child(w.scroll, x-ringRoom, y-ringRoom, right-x+ringRoom+barRoom, foot-y)
	p.box(wizardList+1, foot, width-wizardList-2, 1, p.Line, 0)
	button := foot + look.Px((height-foot-look.FieldHeight())/2)
	if w.page > 0 && !w.closed || w.page == 0 && w.OnCancel != nil {
		m := w.back.MinSize()
		p.child(w.back, x, button, m.Width, m.Height)
	}
	m := w.next.MinSize()
	p.child(w.next, right-m.Width, button, m.Width, m.Height)
}
