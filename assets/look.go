package assets

import (
	"embed"
	_ "embed" // the fonts
)

// Icons holds the line icons, 20 x 20, drawn in #000.
//
//go:embed icons/*.svg
var Icons embed.FS

// Icon is the program's, 256 x 256, PNG.
//
//go:embed icons/kebu.png
var Icon []byte

// Regular and Semibold are the two weights of the program's font, TrueType, with
// the same characters: those of everyday Chinese, simplified and traditional,
// Latin, Greek and Cyrillic.
var (
	//go:embed fonts/regular.ttf
	Regular []byte
	//go:embed fonts/semibold.ttf
	Semibold []byte
)
