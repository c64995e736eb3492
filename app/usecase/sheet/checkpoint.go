package sheet

import (
	"strings"
	"time"
)

// Checkpoint is what stands on the sheet of a checkpoint. None of it is secret.
type Checkpoint struct {
	Shop    string // may be blank
	File    string // name of the book's file
	Made    time.Time
	Entries int
	Text    string // the signed note
	Key     string // by which it is checked
}

// checkpointSide is the side of a checkpoint as a QR code, which has more squares.
const checkpointSide = 70

// MakeCheckpoint lays the sheet of a checkpoint out.
func MakeCheckpoint(words Words, c Checkpoint) *Page {
	p := begin(words, "sheet_checkpoint", "sheet_checkpoint_what", c.Made, [][2]string{
		{"sheet_shop", c.Shop},
		{"sheet_file", c.File},
		{"sheet_made", c.Made.Format("2006-01-02 15:04")},
		{"sheet_entries", words.Text("sheet_entries_count", map[string]any{"Count": c.Entries})},
	})
	p.text(left, 13, words.Text("sheet_checkpoint_text"), true, Ink)
	p.y += 8
	for line := range strings.Lines(c.Text) {
		p.pieces(strings.TrimSuffix(line, "\n"), 10)
	}
	p.y += 4
	p.text(left, 13, words.Text("sheet_checkpoint_key"), true, Ink)
	p.y += 8
	p.pieces(c.Key, 10)
	p.y += 2
	p.square(c.Text, left-4, p.y, checkpointSide) // its quiet ground reaches into the margin
	p.y += checkpointSide + 6
	p.line()
	p.y += 9
	p.wrap(words.Text("sheet_checkpoint_keep"), left, right-left, 11)
	return p
}

// pieces writes a line that may have no place to break, such as a signature.
func (p *Page) pieces(line string, points float64) {
	rest := []rune(line)
	for first := true; first || len(rest) > 0; first = false {
		n := len(rest)
		for n > 1 && p.width(string(rest[:n]), points, false) > right-left {
			n--
		}
		p.lines([]string{string(rest[:n])}, left, points)
		rest = rest[n:]
	}
}
