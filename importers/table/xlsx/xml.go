package xlsx

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// xmlScanner takes XML apart in place, as far as workbooks need it: elements with
// attributes, text, CDATA, comments, processing instructions and namespaces. It
// checks that tags match. A document type declaration is refused, as OPC demands
// (ECMA-376 part 2, 9.1.7), and with it every entity but the five that XML itself
// defines.
type xmlScanner struct {
	stream.Window
	limit int // bytes of the longest text that is wanted

	name  []byte // of the element begun or ended, without its prefix
	own   bool   // the element is in the namespace of the root element
	attrs []byte // of the element begun
	text  []byte // as written
	cdata bool   // text is from a CDATA section

	closing bool // an empty-element tag was read and its end is due
	rooted  bool
	open    []byte // names of the open elements, one behind the other
	marks   []int  // where each starts
	scope   []namespace
	root    string // namespace of the root element
}

type namespace struct {
	depth       int
	prefix, uri string
}

// token is what next has read.
type token uint8

const (
	tokenEOF   token = iota
	tokenStart       // name, own, attrs are set
	tokenEnd         // the innermost open element has ended
	tokenText        // text, cdata are set
)

// Bounds of what no workbook needs: tags with declarations of namespaces are some
// kilobytes long, extensions nest some ten deep.
const (
	maxTag   = 64 << 10
	maxDepth = 256
)

// markupFactor bounds how many bytes of XML stand for one of text: &#x10FFFF; is 10
// for 4, _x000D_ is 7 for 1.
const markupFactor = 8

var errSyntax = errors.New("malformed XML")

// newXMLScanner reads src as UTF-8, or as UTF-16 if it starts like it: the encodings
// that OPC allows.
func newXMLScanner(src io.Reader, limits grid.Limits) (*xmlScanner, error) {
	s := &xmlScanner{limit: int(min(limits.CellBytes, 1<<40)) * markupFactor}
	s.Src, s.Buf = src, make([]byte, stream.WindowBytes)
	for s.W < 4 {
		if ok, err := s.More(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
	}
	head := s.Buf[:s.W]
	little := bytes.HasPrefix(head, []byte("<\x00"))
	big := bytes.HasPrefix(head, []byte("\x00<"))
	if mark := stream.UTF16(head); mark != "" || little || big {
		order := unicode.LittleEndian
		if mark == stream.UTF16BE || big {
			order = unicode.BigEndian
		}
		whole := src
		if s.Ended {
			whole = strings.NewReader("")
		}
		whole = io.MultiReader(bytes.NewReader(slices.Clone(head)), whole)
		s.Window = stream.Window{Src: transform.NewReader(whole, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), Buf: s.Buf}
		return s, nil
	}
	if bytes.HasPrefix(head, []byte(stream.BOM)) {
		s.R = len(stream.BOM)
	}
	return s, nil
}

// depth is the number of open elements.
func (s *xmlScanner) depth() int { return len(s.marks) }

// next reads up to the end of the next token. Text is passed over unless wanted.
func (s *xmlScanner) next(wantText bool) (token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return tokenEnd, nil
	}
	for {
		if ok, err := s.Has(0); err != nil {
			return 0, err
		} else if !ok {
			if s.depth() > 0 || !s.rooted {
				return 0, io.ErrUnexpectedEOF
			}
			return tokenEOF, nil
		}
		if s.Buf[s.R] != '<' {
			if !wantText {
				if err := s.pass("<"); err != nil {
					return 0, err
				}
				continue
			}
			n, err := s.find("<", 0, s.limit)
			if err != nil {
				return 0, err
			}
			s.text, s.cdata = s.Buf[s.R:s.R+n], false
			s.R += n
			return tokenText, nil
		}
		if ok, err := s.Has(1); !ok {
			return 0, orEnd(err)
		}
		switch s.Buf[s.R+1] {
		case '/':
			return tokenEnd, s.endTag()
		case '!':
			if found, err := s.declaration(wantText); err != nil || found {
				return tokenText, err
			}
		case '?':
			if err := s.instruction(); err != nil {
				return 0, err
			}
		default:
			return tokenStart, s.startTag()
		}
	}
}

func orEnd(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// find returns where end next stands, counted from r, looking from there on.
func (s *xmlScanner) find(end string, from, limit int) (int, error) {
	for {
		have := s.W - s.R
		if from < have {
			if i := bytes.Index(s.Buf[s.R+from:s.W], []byte(end)); i >= 0 {
				return from + i, nil
			}
			from = max(from, have-len(end)+1)
		}
		if have > limit {
			return 0, &grid.LimitError{What: "bytes in one piece of XML", Limit: int64(limit)}
		}
		if ok, err := s.More(); !ok {
			return 0, orEnd(err)
		}
	}
}

// pass steps over everything before end, however long. At the end of the stream it
// stops there: next tells whether that is right.
func (s *xmlScanner) pass(end string) error {
	for {
		if i := bytes.Index(s.Buf[s.R:s.W], []byte(end)); i >= 0 {
			s.R += i
			return nil
		}
		s.R = max(s.R, s.W-len(end)+1)
		if ok, err := s.More(); !ok {
			s.R = s.W
			return err
		}
	}
}

// declaration reads what starts with "<!" and reports whether it is a wanted text.
func (s *xmlScanner) declaration(wantText bool) (bool, error) {
	const cdata = "<![CDATA["
	if _, err := s.Has(len(cdata)); err != nil {
		return false, err
	}
	switch b := s.Buf[s.R:s.W]; {
	case bytes.HasPrefix(b, []byte("<!--")):
		s.R += 4
		return false, s.passEnd("-->")
	case bytes.HasPrefix(b, []byte(cdata)):
		if !wantText {
			return false, s.passEnd("]]>")
		}
		n, err := s.find("]]>", len(cdata), s.limit)
		if err != nil {
			return false, err
		}
		s.text, s.cdata = s.Buf[s.R+len(cdata):s.R+n], true
		s.R += n + 3
		return true, nil
	}
	return false, errors.New("document type declaration")
}

// passEnd steps over end too, which must come.
func (s *xmlScanner) passEnd(end string) error {
	if err := s.pass(end); err != nil {
		return err
	}
	if s.R == s.W {
		return io.ErrUnexpectedEOF
	}
	s.R += len(end)
	return nil
}

// instruction passes over a processing instruction. An encoding in the XML
// declaration may only be one of those that we read.
func (s *xmlScanner) instruction() error {
	n, err := s.find("?>", 2, maxTag)
	if err != nil {
		return err
	}
	body := s.Buf[s.R+2 : s.R+n]
	s.R += n + 2
	if !bytes.HasPrefix(body, []byte("xml ")) {
		return nil
	}
	for rest := body[len("xml"):]; ; {
		var name, value []byte
		if name, value, rest, err = attribute(rest); err != nil || name == nil {
			return err
		}
		if string(name) == "encoding" && !slices.Contains(
			[]string{"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"},
			strings.ToLower(string(value))) {
			return errors.New("part is neither UTF-8 nor UTF-16")
		}
	}
}

// skip passes over the rest of the element just begun.
func (s *xmlScanner) skip() error {
	for depth := s.depth(); s.depth() >= depth; {
		if _, err := s.next(false); err != nil {
			return err
		}
	}
	return nil
}
