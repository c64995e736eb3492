package delimited

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"kebu/importers/table/stream"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Names of the encodings that are found.
const (
	utf8Plain = "utf-8"
	utf8Mark  = "utf-8-bom"
	gb18030   = "gb18030"
	western   = "windows-1252"
)

// ErrEncoding says that the encoding that was asked for is not known.
var ErrEncoding = errors.New("unknown encoding")

// detectEncoding reads the whole text, for Chinese may come after megabytes of
// ASCII. UTF-8 may have one broken character in 50, or be cut within the last one:
// a damaged row is flagged, which is better than reading all others as GB18030.
func detectEncoding(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	src := stream.Source(ctx, io.NewSectionReader(r, 0, size))
	var good, bad int64
	buf, kept := make([]byte, 256<<10), 0
	for first := true; ; first = false {
		n, err := io.ReadFull(src, buf[kept:])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return "", fmt.Errorf("find the encoding: %w", err)
		}
		chunk := buf[:kept+n]
		if first {
			if mark := stream.UTF16(chunk); mark != "" {
				return mark, nil
			}
			if bytes.HasPrefix(chunk, []byte(stream.BOM)) {
				return utf8Mark, nil
			}
		}
		g, b, rest := countRunes(chunk)
		good, bad = good+g, bad+b
		kept = copy(buf, rest)
		if last {
			break
		}
	}
	if bad == 0 || good > 50*bad {
		return utf8Plain, nil
	}
	return detectBytes(ctx, r, size)
}

// detectBytes tells GB18030 from Windows-1252. A Chinese character is two bytes
// of which the second, too, is beyond ASCII but for rare ones; an accented
// letter stands alone between letters of ASCII. What is mostly alone, twice as
// often as not, is Western.
func detectBytes(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	src := bufio.NewReaderSize(stream.Source(ctx, io.NewSectionReader(r, 0, size)), 256<<10)
	var pairs, alone int64
	lead := false
	for {
		c, err := src.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("find the encoding: %w", err)
		}
		switch high := c >= utf8.RuneSelf; {
		case !lead:
			lead = high
		case high:
			pairs++
			lead = false
		default:
			alone++
			lead = false
		}
	}
	if alone > 2*pairs {
		return western, nil
	}
	return gb18030, nil
}

// countRunes counts the characters of more than one byte and the bytes that belong
// to none; rest is the start of a character at the end of p.
func countRunes(p []byte) (good, bad int64, rest []byte) {
	if utf8.Valid(p) {
		for _, c := range p {
			if c >= 0xC0 {
				good++
			}
		}
		return good, 0, nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			p = p[1:]
			continue
		}
		if !utf8.FullRune(p) {
			return good, bad, p
		}
		r, n := utf8.DecodeRune(p)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		p = p[n:]
	}
	return good, bad, nil
}

// decoder turns text of the named encoding into UTF-8, bytes that stand for nothing
// into U+FFFD. The mark at the start is for the reader of the result to drop.
func decoder(r io.Reader, name string) (io.Reader, error) {
	var e encoding.Encoding
	switch name {
	case utf8Plain, utf8Mark:
		e = unicode.UTF8
	case stream.UTF16LE:
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case stream.UTF16BE:
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case gb18030:
		e = simplifiedchinese.GB18030
	default:
		var err error
		if e, err = htmlindex.Get(name); err != nil {
			return nil, fmt.Errorf("%w: %q", ErrEncoding, name)
		}
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// canonicalEncoding is the one name of an encoding that has several.
func canonicalEncoding(name string) (string, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return "", fmt.Errorf("%w: %q", ErrEncoding, name)
	}
	if name, err = htmlindex.Name(e); err != nil {
		return "", fmt.Errorf("%w: %q", ErrEncoding, name)
	}
	return name, nil
}
