package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kebu/app/ui/place"
)

// otherwise are what only the mouse can hit, and how the keyboard does the same.
var otherwise = map[string]string{
	"*widget.scrollBarArea": "arrows scroll",
	"*widget.listItem":      "arrows go along the list",
	"*parts.timelineRow":    "arrows go along the list",
	"*parts.Figure":         "its ⓘ is a control of its own",
}

// TestTabReachesWhatAClickReaches goes round each page, with a row selected where it has rows.
func TestTabReachesWhatAClickReaches(t *testing.T) {
	o := openShop(t)
	o.Press(fyne.KeyDown)
	o.See(o.Text("customers_reveal"))
	for _, e := range pages {
		t.Run(e.id, func(t *testing.T) {
			if e.id == place.Customer {
				o.Open(place.Place{Page: place.Customers})
				o.Press(fyne.KeyReturn)
				o.See(o.Text("customer_profile"))
			} else {
				o.Open(place.Place{Page: e.id})
			}
			o.rest()
			stops := o.stops()
			if len(stops) < 10 {
				t.Fatalf("Tab stops %d times", len(stops))
			}
			for _, object := range visible(o.canvas().Content(), nil) {
				kind := fmt.Sprintf("%T", object)
				if _, tapped := object.(fyne.Tappable); !tapped || otherwise[kind] != "" {
					continue
				}
				if d, ok := object.(fyne.Disableable); ok && d.Disabled() {
					continue
				}
				if f, ok := object.(fyne.Focusable); !ok || !stops[f] {
					t.Errorf("Tab passes by a %s at %v", kind, fyne.CurrentApp().Driver().AbsolutePositionForObject(object))
				}
			}
		})
	}
}

// rest waits until the page has read all that it reads at first.
func (o *opened) rest() {
	const still = 300 // turns without anything new
	turns, last := 0, 0
	o.Until("the page rests", func() bool {
		if n := len(o.Screen().Texts); n != last {
			turns, last = 0, n
		}
		turns++
		return turns > still
	})
}

// stops goes round by Tab and returns where it stops.
func (o *opened) stops() map[fyne.Focusable]bool {
	c := o.canvas()
	c.Unfocus()
	stops := map[fyne.Focusable]bool{}
	for c.FocusNext(); c.Focused() != nil && !stops[c.Focused()]; c.FocusNext() {
		stops[c.Focused()] = true
	}
	return stops
}

// visible adds an object and what can be seen in it to a list.
func visible(object fyne.CanvasObject, list []fyne.CanvasObject) []fyne.CanvasObject {
	if !object.Visible() || object.Size().IsZero() {
		return list
	}
	list = append(list, object)
	var inside []fyne.CanvasObject
	switch object := object.(type) {
	case *fyne.Container:
		inside = object.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(object).Objects()
	}
	for _, i := range inside {
		list = visible(i, list)
	}
	return list
}
