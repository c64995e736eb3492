// Package qr turns a short text into the squares of a QR code (ISO/IEC 18004). It draws
// nothing: the window, a PDF and a picture each do that their own way.
package qr

import (
	"fmt"

	goqr "github.com/piglig/go-qr"
)

// Quiet is how many squares of ground a reader needs around a code.
const Quiet = 4

// Code is a QR code. It says in clear what it was made of.
type Code struct{ code *goqr.QrCode }

// New returns the code of a text, which may lose about a seventh of its squares and be
// read still. A text of more than 2,331 bytes is an error.
func New(text string) (*Code, error) {
	code, err := goqr.EncodeText(text, goqr.Medium)
	if err != nil {
		return nil, fmt.Errorf("make QR code: %w", err)
	}
	return &Code{code}, nil
}

// Size is how many squares a side has, without the quiet ground.
func (c *Code) Size() int { return c.code.Size() }

// Dark reports whether a square is dark; those outside of the code are not.
func (c *Code) Dark(x, y int) bool { return c.code.Module(x, y) }

// Each calls f for each run of dark squares of a row.
func (c *Code) Each(f func(x, y, width int)) {
	for y := range c.Size() {
		for x := 0; x < c.Size(); x++ {
			from := x
			for c.Dark(x, y) {
				x++
			}
			if x > from {
				f(from, y, x-from)
			}
		}
	}
}
