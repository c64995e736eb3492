package qr_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"kebu/app/usecase/qr"
)

// read reads a code with another library, from squares of so many pixels.
func read(t *testing.T, c *qr.Code, square int) string {
	t.Helper()
	side := (c.Size() + 2*qr.Quiet) * square
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	c.Each(func(x, y, width int) {
		for py := range square {
			for px := range width * square {
				img.SetGray((x+qr.Quiet)*square+px, (y+qr.Quiet)*square+py, color.Gray{})
			}
		}
	})
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func TestAnotherReaderReadsTheText(t *testing.T) {
	for name, text := range map[string]string{
		"letters and digits": "8FJ3K-2M9QW-0000A",
		"a signed note":      "kebu/8f14e45fceea167a\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2026-11-11T09:30:00Z\n\n— kebu/8f14e45fceea167a " + strings.Repeat("Az09+/", 15) + "\n",
		"one letter":         "x",
	} {
		c, err := qr.New(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, c, 3); got != text {
			t.Errorf("%s: read %d bytes, %d were written", name, len(got), len(text))
		}
	}
	if _, err := qr.New(strings.Repeat("x", 3000)); err == nil {
		t.Error("a text that no code holds is taken")
	}
}
