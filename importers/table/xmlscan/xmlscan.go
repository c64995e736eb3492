// Package xmlscan takes the XML of workbooks apart as it is read. It does not check
// documents against anything, and what no workbook needs it refuses.
package xmlscan

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"kebu/importers/table/charset"
	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// Scanner takes XML apart in place, as far as workbooks need it: elements with
// attributes, text, CDATA, comments, processing instructions and namespaces. It
// checks that tags match. A document type declaration that is more than a name is
// refused, as OPC demands (ECMA-376 part 2, 9.1.7), and with it every entity but the
// five that XML itself defines. What it has read is valid until the next.
type Scanner struct {
	stream.Window
	limit   int  // bytes of the longest text that is wanted
	settled bool // the encoding is known, whatever the document declares
	decoded bool

	Name  []byte // of the element begun or ended, without its prefix
	Own   bool   // the element is in the namespace of the root element
	Attrs []byte // of the element begun, see Attribute
	Text  []byte // as written, see AppendText
	CDATA bool   // Text is from a CDATA section

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

// Token is what Next has read.
type Token uint8

// The tokens.
const (
	EOF   Token = iota
	Start       // Name, Own, Attrs are set
	End         // the innermost open element has ended
	Text        // Text, CDATA are set
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

// New reads src as UTF-8, or as UTF-16 if it starts like it: the encodings
// that OPC allows. Others are read if the document declares them by a WHATWG name.
func New(src io.Reader, limits grid.Limits) (*Scanner, error) {
	s := &Scanner{limit: int(min(limits.CellBytes, 1<<40)) * markupFactor}
	s.Src, s.Buf = src, make([]byte, stream.WindowBytes)
	for s.W < 4 {
		if ok, err := s.More(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
	}
	head := s.Buf[:s.W]
	name := stream.UTF16(head)
	switch {
	case name != "":
		s.R = len("\xFF\xFE")
	case bytes.HasPrefix(head, []byte("<\x00")):
		name = stream.UTF16LE
	case bytes.HasPrefix(head, []byte("\x00<")):
		name = stream.UTF16BE
	case bytes.HasPrefix(head, []byte(stream.BOM)):
		s.R, s.settled = len(stream.BOM), true
	}
	if name == "" {
		return s, nil
	}
	return s, s.decode(name)
}

// decode reads the rest of the document in the named encoding.
func (s *Scanner) decode(name string) error {
	rest := io.Reader(bytes.NewReader(slices.Clone(s.Buf[s.R:s.W])))
	if !s.Ended {
		rest = io.MultiReader(rest, s.Src)
	}
	text, err := charset.Decoder(rest, name)
	s.Window, s.settled, s.decoded = stream.Window{Src: text, Buf: s.Buf}, true, true
	return err
}

// Decoded reports whether the document is in another encoding than UTF-8, so that
// what it has read so far may hold U+FFFD for bytes that stand for nothing.
func (s *Scanner) Decoded() bool { return s.decoded }

// NewDecoded reads src as UTF-8, from whatever encoding that the document declares it
// was decoded.
func NewDecoded(src io.Reader, limits grid.Limits) (*Scanner, error) {
	s, err := New(src, limits)
	if err == nil {
		s.settled = true
	}
	return s, err
}

// Empty reports whether the element just begun has ended with its tag.
func (s *Scanner) Empty() bool { return s.closing }

// Depth is the number of open elements.
func (s *Scanner) Depth() int { return len(s.marks) }

// Next reads up to the end of the next token. Text is passed over unless wanted.
func (s *Scanner) Next(wantText bool) (Token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return End, nil
	}
	for {
		if ok, err := s.Has(0); err != nil {
			return 0, err
		} else if !ok {
			if s.Depth() > 0 || !s.rooted {
				return 0, io.ErrUnexpectedEOF
			}
			return EOF, nil
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
			s.Text, s.CDATA = s.Buf[s.R:s.R+n], false
			s.R += n
			return Text, nil
		}
		if ok, err := s.Has(1); !ok {
			return 0, orEnd(err)
		}
		switch s.Buf[s.R+1] {
		case '/':
			return End, s.endTag()
		case '!':
			if found, err := s.declaration(wantText); err != nil || found {
				return Text, err
			}
		case '?':
			if err := s.instruction(); err != nil {
				return 0, err
			}
		default:
			return Start, s.startTag()
		}
	}
}

func orEnd(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Plain says that elements of the root's namespace have no prefix and that nothing
// since the root element has declared another namespace.
func (s *Scanner) Plain() bool {
	if len(s.marks) == 0 || len(s.scope) > 0 && s.scope[len(s.scope)-1].depth > 1 {
		return false
	}
	first := s.open
	if len(s.marks) > 1 {
		first = s.open[:s.marks[1]]
	}
	for _, c := range first {
		if c == ':' {
			return false
		}
	}
	return true
}

// find returns where end next stands, counted from r, looking from there on.
func (s *Scanner) find(end string, from, limit int) (int, error) {
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
func (s *Scanner) pass(end string) error {
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
func (s *Scanner) declaration(wantText bool) (bool, error) {
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
		s.Text, s.CDATA = s.Buf[s.R+len(cdata):s.R+n], true
		s.R += n + 3
		return true, nil
	}
	return false, s.documentType()
}

// documentType passes over a document type that only names the root. Any more brings
// entities, from here or from elsewhere.
func (s *Scanner) documentType() error {
	const start = "<!DOCTYPE"
	n, err := s.find(">", 0, maxTag)
	if err != nil {
		return err
	}
	name, ok := bytes.CutPrefix(s.Buf[s.R:s.R+n], []byte(start))
	if s.rooted || !ok || len(bytes.Fields(name)) != 1 || !isSpace(name[0]) || bytes.ContainsAny(name, `[<"'`) {
		return errors.New("document type declaration")
	}
	s.R += n + 1
	return nil
}

// passEnd steps over end too, which must come.
func (s *Scanner) passEnd(end string) error {
	if err := s.pass(end); err != nil {
		return err
	}
	if s.R == s.W {
		return io.ErrUnexpectedEOF
	}
	s.R += len(end)
	return nil
}

// instruction passes over a processing instruction. From the XML declaration on, it
// reads in the encoding that this names.
func (s *Scanner) instruction() error {
	n, err := s.find("?>", 2, maxTag)
	if err != nil {
		return err
	}
	body := s.Buf[s.R+2 : s.R+n]
	s.R += n + 2
	if s.settled || !bytes.HasPrefix(body, []byte("xml ")) {
		return nil
	}
	for rest := body[len("xml"):]; ; {
		var name, value []byte
		if name, value, rest, err = Attribute(rest); err != nil || name == nil {
			return err
		}
		if string(name) != "encoding" {
			continue
		}
		label := strings.ToLower(string(value))
		found, err := charset.Declared(label)
		switch {
		case label == "ascii" || label == "us-ascii": // which WHATWG takes for Windows-1252
		case err != nil || s.rooted && found != "":
			return errors.New("part is in no known encoding") // err quotes the part
		case found != "":
			return s.decode(found)
		}
	}
}

// Skip passes over the rest of the element just begun.
func (s *Scanner) Skip() error {
	for depth := s.Depth(); s.Depth() >= depth; {
		if _, err := s.Next(false); err != nil {
			return err
		}
	}
	return nil
}
