package parts

import (
	"image"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kebu/app/ui/look"
	"kebu/app/usecase/qr"
)

// QR shows a QR code, dark on light in every look: readers may refuse the reverse. Each
// of its squares has the same number of the screen's pixels.
type QR struct {
	widget.BaseWidget
	code *qr.Code
	side float32
}

// NewQR shows a code with its quiet ground in a square of that side.
func NewQR(code *qr.Code, side float32) *QR {
	q := &QR{code: code, side: side}
	q.ExtendBaseWidget(q)
	return q
}

// CreateRenderer draws the code.
func (q *QR) CreateRenderer() fyne.WidgetRenderer {
	return &qrRenderer{q, canvas.NewRaster(func(width, height int) image.Image { return q.draw(width, height) })}
}

// draw fills a picture. Where there is less than a pixel for a square it shows what a
// code looks like, and cannot be read.
func (q *QR) draw(width, height int) image.Image {
	k := look.Now()
	ground, ink := image.NewUniform(k.OnBrand), image.NewUniform(k.Brand)
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, ground, image.Point{}, draw.Src)
	squares := q.code.Size() + 2*qr.Quiet
	room := min(width, height)
	side := max(room/squares, 1) * squares
	if room < squares {
		side = room
	}
	left, top := (width-side)/2, (height-side)/2
	at := func(n int) int { return (n + qr.Quiet) * side / squares }
	q.code.Each(func(x, y, wide int) {
		r := image.Rect(left+at(x), top+at(y), left+at(x+wide), top+at(y+1))
		draw.Draw(img, r, ink, image.Point{}, draw.Src)
	})
	return img
}

type qrRenderer struct {
	q      *QR
	raster *canvas.Raster
}

// MinSize is the side.
func (r *qrRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.q.side) }

// Layout fills the room.
func (r *qrRenderer) Layout(size fyne.Size) { r.raster.Resize(size) }

// Refresh draws anew.
func (r *qrRenderer) Refresh() { r.raster.Refresh() }

// Objects is the picture.
func (r *qrRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.raster} }

// Destroy has nothing to free.
func (r *qrRenderer) Destroy() {}
