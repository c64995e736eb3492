package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// awake lies under everything and notes that the pointer moves, so that the
// book is not locked under somebody's hands.
type awake struct {
	widget.BaseWidget
	used    func()
	content fyne.CanvasObject
}

func newAwake(used func(), content fyne.CanvasObject) *awake {
	a := &awake{used: used, content: content}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer shows the content.
func (a *awake) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.content) }

// MouseIn notes that somebody is here.
func (a *awake) MouseIn(*desktop.MouseEvent) { a.used() }

// MouseMoved notes that somebody is here.
func (a *awake) MouseMoved(*desktop.MouseEvent) { a.used() }

// MouseOut does nothing.
func (a *awake) MouseOut() {}
