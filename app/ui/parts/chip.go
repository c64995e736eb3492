package parts

import "kebu/app/ui/look"

// Chip is a short text on a ground of its tone, such as a tag.
type Chip struct {
	Text string
	Tone look.Tone
	// Marks are the runs of letters that are semibold in a table.
	Marks [][2]int
}
