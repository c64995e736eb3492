package parts

import (
	"fyne.io/fyne/v2"

	"kebu/app/ui/look"
)

// narrowList is the width of a page below which its panel lies over the table:
// that of a window of 1180 with the sidebar.
const narrowList = 1180 - 176

// LayList lays out a page of a list: the bar above, the footer below, the table
// between them, and the panel, if it is shown, beside the table, or over it
// where the page is narrow.
func LayList(size fyne.Size, bar, table, footer fyne.CanvasObject, panel *SidePanel) {
	top, foot := look.Height(filterHeight), look.Height(FooterHeight)
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(bar, 0, 0, size.Width, top)
	width := size.Width
	if panel.Visible() {
		wide := panel.Width()
		if size.Width >= narrowList {
			width -= wide
		}
		put(panel, size.Width-wide, top, wide, size.Height-top)
	}
	put(table, 0, top, width, size.Height-top-foot)
	put(footer, 0, size.Height-foot, width, foot)
}
