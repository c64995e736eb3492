package grid

// Texts is a workbook's table of texts, which cells name by number. A text costs its
// bytes and four more, and nothing for the garbage collector.
type Texts struct {
	chunks []textChunk
	n      int64
	bytes  int64
	texts  []byte // of the chunk being filled
	ends   []uint32
	long   map[int]string // those that would make a chunk large; "" stands in it
}

// textsPerChunk keeps small tables small and the list of chunks short; with texts
// below longText a chunk stays below 8 MiB.
const (
	textsPerChunk = 1024
	longText      = 8 << 10
)

type textChunk struct {
	texts string
	ends  []uint32
}

// Add appends a text, which must be at most Limits.CellBytes long.
func (s *Texts) Add(text []byte, limits Limits) error {
	s.n++
	s.bytes += int64(len(text))
	if s.n > limits.SharedStrings {
		return &LimitError{What: "shared texts", Limit: limits.SharedStrings}
	}
	if s.bytes > limits.SharedBytes {
		return &LimitError{What: "bytes of shared texts", Limit: limits.SharedBytes}
	}
	if len(text) < longText {
		s.texts = append(s.texts, text...)
	} else {
		if s.long == nil {
			s.long = map[int]string{}
		}
		s.long[int(s.n-1)] = string(text)
	}
	s.ends = append(s.ends, uint32(len(s.texts))) //nolint:gosec // at most 1024 times longText
	if len(s.ends) == textsPerChunk {
		s.flush()
	}
	return nil
}

// Seal must follow the last Add.
func (s *Texts) Seal() {
	s.flush()
	s.texts, s.ends = nil, nil
}

func (s *Texts) flush() {
	if len(s.ends) == 0 {
		return
	}
	s.chunks = append(s.chunks, textChunk{string(s.texts), append([]uint32(nil), s.ends...)})
	s.texts, s.ends = s.texts[:0], s.ends[:0]
}

// Get returns text number i, and false if there is none.
func (s *Texts) Get(i int) (string, bool) {
	if i < 0 || int64(i) >= s.n {
		return "", false
	}
	c := &s.chunks[i/textsPerChunk]
	in := i % textsPerChunk
	start := uint32(0)
	if in > 0 {
		start = c.ends[in-1]
	}
	if text := c.texts[start:c.ends[in]]; text != "" || s.long == nil {
		return text, true
	}
	return s.long[i], true
}
