package table

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// xmlScanner takes XML apart in place, as far as workbooks need it: elements with
// attributes, text, CDATA, comments, processing instructions and namespaces. It
// checks that tags match. A document type declaration is refused, as OPC demands
// (ECMA-376 part 2, 9.1.7), and with it every entity but the five that XML itself
// defines.
type xmlScanner struct {
	window
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
func newXMLScanner(src io.Reader, limits Limits) (*xmlScanner, error) {
	s := &xmlScanner{limit: int(min(limits.CellBytes, 1<<40)) * markupFactor}
	s.src, s.buf = src, make([]byte, windowBytes)
	for s.w < 4 {
		if ok, err := s.more(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
	}
	head := s.buf[:s.w]
	little := bytes.HasPrefix(head, []byte("<\x00"))
	big := bytes.HasPrefix(head, []byte("\x00<"))
	if mark := utf16Mark(head); mark != "" || little || big {
		order := unicode.LittleEndian
		if mark == utf16BE || big {
			order = unicode.BigEndian
		}
		whole := src
		if s.ended {
			whole = strings.NewReader("")
		}
		whole = io.MultiReader(bytes.NewReader(slices.Clone(head)), whole)
		s.window = window{src: transform.NewReader(whole, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), buf: s.buf}
		return s, nil
	}
	if bytes.HasPrefix(head, []byte(bom)) {
		s.r = len(bom)
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
		if ok, err := s.has(0); err != nil {
			return 0, err
		} else if !ok {
			if s.depth() > 0 || !s.rooted {
				return 0, io.ErrUnexpectedEOF
			}
			return tokenEOF, nil
		}
		if s.buf[s.r] != '<' {
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
			s.text, s.cdata = s.buf[s.r:s.r+n], false
			s.r += n
			return tokenText, nil
		}
		if ok, err := s.has(1); !ok {
			return 0, orEnd(err)
		}
		switch s.buf[s.r+1] {
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
		have := s.w - s.r
		if from < have {
			if i := bytes.Index(s.buf[s.r+from:s.w], []byte(end)); i >= 0 {
				return from + i, nil
			}
			from = max(from, have-len(end)+1)
		}
		if have > limit {
			return 0, &LimitError{What: "bytes in one piece of XML", Limit: int64(limit)}
		}
		if ok, err := s.more(); !ok {
			return 0, orEnd(err)
		}
	}
}

// pass steps over everything before end, however long. At the end of the stream it
// stops there: next tells whether that is right.
func (s *xmlScanner) pass(end string) error {
	for {
		if i := bytes.Index(s.buf[s.r:s.w], []byte(end)); i >= 0 {
			s.r += i
			return nil
		}
		s.r = max(s.r, s.w-len(end)+1)
		if ok, err := s.more(); !ok {
			s.r = s.w
			return err
		}
	}
}

// declaration reads what starts with "<!" and reports whether it is a wanted text.
func (s *xmlScanner) declaration(wantText bool) (bool, error) {
	const cdata = "<![CDATA["
	if _, err := s.has(len(cdata)); err != nil {
		return false, err
	}
	switch b := s.buf[s.r:s.w]; {
	case bytes.HasPrefix(b, []byte("<!--")):
		s.r += 4
		return false, s.passEnd("-->")
	case bytes.HasPrefix(b, []byte(cdata)):
		if !wantText {
			return false, s.passEnd("]]>")
		}
		n, err := s.find("]]>", len(cdata), s.limit)
		if err != nil {
			return false, err
		}
		s.text, s.cdata = s.buf[s.r+len(cdata):s.r+n], true
		s.r += n + 3
		return true, nil
	}
	return false, errors.New("document type declaration")
}

// passEnd steps over end too, which must come.
func (s *xmlScanner) passEnd(end string) error {
	if err := s.pass(end); err != nil {
		return err
	}
	if s.r == s.w {
		return io.ErrUnexpectedEOF
	}
	s.r += len(end)
	return nil
}

// instruction passes over a processing instruction. An encoding in the XML
// declaration may only be one of those that we read.
func (s *xmlScanner) instruction() error {
	n, err := s.find("?>", 2, maxTag)
	if err != nil {
		return err
	}
	body := s.buf[s.r+2 : s.r+n]
	s.r += n + 2
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

func (s *xmlScanner) startTag() error {
	n, err := s.tagEnd()
	if err != nil {
		return err
	}
	tag := s.buf[s.r+1 : s.r+n]
	s.r += n + 1
	if n > 1 && tag[len(tag)-1] == '/' {
		tag, s.closing = tag[:len(tag)-1], true
	}
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		i++
	}
	name := tag[:i]
	s.attrs = tag[i:]
	if len(name) == 0 || s.depth() == 0 && s.rooted {
		return errSyntax
	}
	if s.depth() == maxDepth {
		return &LimitError{What: "nested elements", Limit: maxDepth}
	}
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, name...)
	if bytes.Contains(s.attrs, []byte("xmlns")) {
		if err := s.declare(); err != nil {
			return err
		}
	}
	uri := s.resolve(name)
	if !s.rooted {
		s.rooted, s.root = true, uri
	}
	s.own = uri == s.root
	s.name = name[bytes.IndexByte(name, ':')+1:]
	return nil
}

// tagEnd returns where the tag's closing '>' stands, counted from r.
func (s *xmlScanner) tagEnd() (int, error) {
	var quote byte
	for i := 1; ; i++ {
		if s.r+i >= s.w {
			if i > maxTag {
				return 0, &LimitError{What: "bytes in one tag", Limit: maxTag}
			}
			if ok, err := s.has(i); !ok {
				return 0, orEnd(err)
			}
		}
		switch c := s.buf[s.r+i]; {
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i, nil
		case c == '<':
			return 0, errSyntax
		}
	}
}

func (s *xmlScanner) endTag() error {
	n, err := s.find(">", 2, maxTag)
	if err != nil {
		return err
	}
	name := bytes.TrimRight(s.buf[s.r+2:s.r+n], " \t\r\n")
	s.r += n + 1
	if s.depth() == 0 || !bytes.Equal(name, s.open[s.marks[s.depth()-1]:]) {
		return errSyntax
	}
	s.pop()
	return nil
}

// pop closes the innermost element.
func (s *xmlScanner) pop() {
	for len(s.scope) > 0 && s.scope[len(s.scope)-1].depth == s.depth() {
		s.scope = s.scope[:len(s.scope)-1]
	}
	last := len(s.marks) - 1
	s.open, s.marks = s.open[:s.marks[last]], s.marks[:last]
}

// declare remembers the namespaces that the attributes declare.
func (s *xmlScanner) declare() error {
	for rest := s.attrs; ; {
		name, value, next, err := attribute(rest)
		if err != nil || name == nil {
			return err
		}
		rest = next
		prefix, ok := bytes.CutPrefix(name, []byte("xmlns"))
		if !ok || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		if len(s.scope) >= 4*maxDepth {
			return &LimitError{What: "namespaces", Limit: 4 * maxDepth}
		}
		s.scope = append(s.scope, namespace{s.depth(), strings.TrimPrefix(string(prefix), ":"), string(value)})
	}
}

// resolve returns the namespace of an element name.
func (s *xmlScanner) resolve(name []byte) string {
	prefix := name[:max(bytes.IndexByte(name, ':'), 0)]
	for i := len(s.scope) - 1; i >= 0; i-- {
		if s.scope[i].prefix == string(prefix) {
			return s.scope[i].uri
		}
	}
	return string(prefix) // undeclared: the same prefix means the same
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

// attribute takes the first attribute off attrs. The name is nil if there is none.
func attribute(attrs []byte) (name, value, rest []byte, err error) {
	attrs = bytes.TrimLeft(attrs, " \t\r\n")
	if len(attrs) == 0 {
		return nil, nil, nil, nil
	}
	name, rest, ok := bytes.Cut(attrs, []byte("="))
	name, rest = bytes.TrimRight(name, " \t\r\n"), bytes.TrimLeft(rest, " \t\r\n")
	if !ok || len(name) == 0 || len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil, errSyntax
	}
	value, rest, ok = bytes.Cut(rest[1:], rest[:1])
	if !ok {
		return nil, nil, nil, errSyntax
	}
	return name, value, rest, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
