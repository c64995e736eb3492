package parts

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"kebu/app/usecase/qr"
)

const codeText = "kebu/8f14e45fceea167a\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

func newCode(t *testing.T, text string) *qr.Code {
	t.Helper()
	code, err := qr.New(text)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestCodeLooks(t *testing.T) {
	golden(t, "qr", container.NewCenter(NewQR(newCode(t, codeText), 160)), fyne.NewSize(180, 180))
}

// TestCodeIsReadAtAnySize reads the picture of the window with another library, at sizes
// that are no multiple of the squares; and where there is no room, nothing is read.
func TestCodeIsReadAtAnySize(t *testing.T) {
	q := NewQR(newCode(t, strings.Repeat(codeText, 3)), 100)
	read := func(width, height int) string {
		bits, err := gozxing.NewBinaryBitmapFromImage(q.draw(width, height))
		if err != nil {
			t.Fatal(err)
		}
		result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
		if err != nil {
			return ""
		}
		return result.GetText()
	}
	for _, size := range []image.Point{{150, 150}, {201, 199}, {333, 500}} {
		if got := read(size.X, size.Y); got != strings.Repeat(codeText, 3) {
			t.Errorf("at %v %d bytes are read", size, len(got))
		}
	}
	if read(40, 40) != "" {
		t.Error("squares of less than a pixel are read")
	}
}
