package parts

import (
	"strings"

	"fyne.io/fyne/v2"
)

// copied is a text for the clipboard: a head and rows, parted by tabs.
type copied struct {
	strings.Builder
	columns []*column
	cells   []Cell // of the row to add
}

func newCopied(columns []*column) *copied {
	s := &copied{columns: columns, cells: make([]Cell, len(columns))}
	for i, c := range columns {
		s.field(i, c.title)
	}
	s.WriteByte('\n')
	return s
}

func (s *copied) add() {
	for i, c := range s.cells {
		s.field(i, c.text())
	}
	s.WriteByte('\n')
}

var oneField = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func (s *copied) field(i int, text string) {
	if i > 0 {
		s.WriteByte('\t')
	}
	s.WriteString(oneField.Replace(text))
}

// Copy puts the selected rows into the clipboard as they are shown, with the
// head, parted by tabs. See OnCopyUnread.
func (g *grid) Copy() {
	text, rows := newCopied(g.visible()), 0
	unread := func() bool {
		for from, to := range g.chosen.Runs(g.count()) {
			for i := from; i < to; i++ {
				if !g.cells(i, text.columns, text.cells) {
					return true
				}
				text.add()
				rows++
			}
		}
		return false
	}()
	if unread && g.OnCopyUnread != nil {
		g.OnCopyUnread()
		return
	}
	if rows == 0 {
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(text.String())
	if g.OnCopied != nil {
		g.OnCopied(rows)
	}
}
