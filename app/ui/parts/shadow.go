package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// shadow draws four nested rectangles behind what stands above the page: Fyne
// has no shadows.
func (p *pen) shadow(x, y, width, height, radius float32) {
	for i := float32(4); i >= 1; i-- {
		p.box(x-i, y-i+2, width+2*i, height+2*i, p.Shadow, radius+i)
	}
}

// Shadow returns an object on a shadow.
func Shadow(obj fyne.CanvasObject) fyne.CanvasObject {
	s := &shadowed{obj: obj}
	s.ExtendBaseWidget(s)
	return s
}

type shadowed struct {
	drawnOnly
	obj fyne.CanvasObject
}

// CreateRenderer draws the shadow and the object.
func (s *shadowed) CreateRenderer() fyne.WidgetRenderer {
	return drawnBy(s, func(p *pen, width, height float32) {
		p.shadow(0, 0, width, height, 8)
		p.child(s.obj, 0, 0, width, height)
	}, func() (float32, float32) {
		m := s.obj.MinSize()
		return m.Width, m.Height
	})
}

// inset is the layout of one object with space around it.
type inset struct{ left, top, right, bottom float32 }

// Layout places the objects.
func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(i.left, i.top))
		o.Resize(fyne.NewSize(look.Px(size.Width-i.left-i.right), look.Px(size.Height-i.top-i.bottom)))
	}
}

// MinSize is that of the objects with the space.
func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m.AddWidthHeight(i.left+i.right, i.top+i.bottom)
}
