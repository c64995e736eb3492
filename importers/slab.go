package importers

import "kebu/app/crm"

// slabLines is the number of lines allocated at once: about half a megabyte.
const slabLines = 4096

// slab hands out the room for lines. The lines of an order mostly stand
// together in a file; they grow in place, and only an order that goes on after
// another pays for a slice of its own.
type slab struct {
	block      []crm.Line
	start, end int // of the lines of last
	last       *crm.Order
}

// add appends a line to an order.
func (s *slab) add(o *crm.Order, l crm.Line) {
	if s.last != o {
		if len(o.Lines) > 0 {
			o.Lines = append(o.Lines, l)
			return
		}
		s.last, s.start = o, s.end
	}
	if s.end == len(s.block) {
		n := s.end - s.start
		block := make([]crm.Line, max(slabLines, 2*n))
		copy(block, s.block[s.start:s.end])
		s.block, s.start, s.end = block, 0, n
	}
	s.block[s.end] = l
	s.end++
	o.Lines = s.block[s.start:s.end:s.end]
}
