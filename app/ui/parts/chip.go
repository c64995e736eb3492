package parts

import "kebu/app/ui/look"

// Chip is a short text on a ground of its tone, such as a tag.
type Chip struct {
	Text string
	Tone look.Tone
}
