package xmlscan

import (
	"bytes"
	"slices"
	"strings"

	"kebu/importers/table/grid"
)

func (s *Scanner) startTag() error {
	n, err := s.tagEnd()
	if err != nil {
		return err
	}
	tag := s.Buf[s.R+1 : s.R+n]
	s.R += n + 1
	if n > 1 && tag[len(tag)-1] == '/' {
		tag, s.closing = tag[:len(tag)-1], true
	}
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		i++
	}
	name := tag[:i]
	s.Attrs = tag[i:]
	if len(name) == 0 || s.Depth() == 0 && s.rooted {
		return errSyntax
	}
	if s.Depth() == maxDepth {
		return &grid.LimitError{What: "nested elements", Limit: maxDepth}
	}
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, name...)
	if bytes.Contains(s.Attrs, []byte("xmlns")) {
		if err := s.declare(); err != nil {
			return err
		}
	}
	uri := s.resolve(name)
	if !s.rooted {
		s.rooted, s.root = true, uri
	}
	s.Own = uri == s.root
	s.Name = name[bytes.IndexByte(name, ':')+1:]
	return nil
}

// tagEnd returns where the tag's closing '>' stands, counted from r.
func (s *Scanner) tagEnd() (int, error) {
	var quote byte
	for i := 1; ; i++ {
		if s.R+i >= s.W {
			if i > maxTag {
				return 0, &grid.LimitError{What: "bytes in one tag", Limit: maxTag}
			}
			if ok, err := s.Has(i); !ok {
				return 0, orEnd(err)
			}
		}
		switch c := s.Buf[s.R+i]; {
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

func (s *Scanner) endTag() error {
	n, err := s.find(">", 2, maxTag)
	if err != nil {
		return err
	}
	name := bytes.TrimRight(s.Buf[s.R+2:s.R+n], " \t\r\n")
	s.R += n + 1
	if s.Depth() == 0 || !bytes.Equal(name, s.open[s.marks[s.Depth()-1]:]) {
		return errSyntax
	}
	s.pop()
	return nil
}

// pop closes the innermost element.
func (s *Scanner) pop() {
	for len(s.scope) > 0 && s.scope[len(s.scope)-1].depth == s.Depth() {
		s.scope = s.scope[:len(s.scope)-1]
	}
	last := len(s.marks) - 1
	s.open, s.marks = s.open[:s.marks[last]], s.marks[:last]
}

// declare remembers the namespaces that the attributes declare.
func (s *Scanner) declare() error {
	for rest := s.Attrs; ; {
		name, value, next, err := Attribute(rest)
		if err != nil || name == nil {
			return err
		}
		rest = next
		prefix, ok := bytes.CutPrefix(name, []byte("xmlns"))
		if !ok || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		if len(s.scope) >= 4*maxDepth {
			return &grid.LimitError{What: "namespaces", Limit: 4 * maxDepth}
		}
		s.scope = append(s.scope, namespace{s.Depth(), strings.TrimPrefix(string(prefix), ":"), string(value)})
	}
}

// resolve returns the namespace of an element name.
func (s *Scanner) resolve(name []byte) string {
	prefix := name[:max(bytes.IndexByte(name, ':'), 0)]
	for i := len(s.scope) - 1; i >= 0; i-- {
		if s.scope[i].prefix == string(prefix) {
			return s.scope[i].uri
		}
	}
	return string(prefix) // undeclared: the same prefix means the same
}

// Attribute takes the first attribute off attrs. The name is nil if there is none.
func Attribute(attrs []byte) (name, value, rest []byte, err error) {
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

// Attributes returns the values of the named attributes of the element just begun.
// A name that starts with ":" stands for one with any prefix.
func (s *Scanner) Attributes(names ...string) ([]string, error) {
	values := make([]string, len(names))
	for rest := s.Attrs; ; {
		name, value, next, err := Attribute(rest)
		if err != nil || name == nil {
			return values, err
		}
		rest = next
		i := slices.Index(names, string(name))
		if i < 0 {
			i = slices.Index(names, ":"+string(name[strings.IndexByte(string(name), ':')+1:]))
		}
		if i < 0 {
			continue
		}
		if values[i], err = attributeText(value); err != nil {
			return nil, err
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
