// Package charset finds the encoding of a text and turns it into UTF-8.
package charset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"kebu/importers/table/stream"
)

// Names of the encodings that are found.
const (
	UTF8     = "utf-8"
	UTF8Mark = "utf-8-bom"
	GB18030  = "gb18030"
	Western  = "windows-1252"
)

// ErrEncoding says that the encoding that was asked for is not known.
var ErrEncoding = errors.New("unknown encoding")

// Detect reads the whole text, for Chinese may come after megabytes of
// ASCII. UTF-8 may have one broken character in 50, or be cut within the last one:
// a damaged row is flagged, which is better than reading all others as GB18030.
func Detect(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
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
				return UTF8Mark, nil
			}
		}
		g, b, rest := countRunes(chunk)
		good, bad = good+g, bad+b
		kept = copy(buf, rest)
		if last || bad > decided && bad > good {
			break
		}
	}
	if bad == 0 || good > 50*bad {
		return UTF8, nil
	}
	return detectBytes(ctx, r, size)
}

// decided is how many characters decide an encoding, whatever comes behind them.
const decided = 10_000

// detectBytes tells GB18030 from Windows-1252. A Chinese character is two bytes
// of which the second, too, is beyond ASCII but for rare ones; an accented
// letter stands alone between letters of ASCII. What is mostly alone, twice as
// often as not, is Western. Rare characters of GB18030 are four bytes, of which
// the second and the last are digits.
func detectBytes(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	src := stream.Source(ctx, io.NewSectionReader(r, 0, size))
	buf := make([]byte, stream.WindowBytes)
	var pairs, alone int64
	const lead, digit, second = 1, 2, 3 // how far a character of four is
	state := 0
	for pairs+alone < decided {
		n, err := src.Read(buf)
		for _, c := range buf[:n] {
			high, figure := c >= utf8.RuneSelf, '0' <= c && c <= '9'
			switch {
			case state == 0 && high:
				state = lead
			case state == 0:
			case state == lead && figure:
				state = digit
			case state == digit && high:
				state = second
			case state == lead && high, state == second && figure:
				pairs++
				state = 0
			case state == second && high:
				alone++
				pairs++
				state = 0
			case state == second:
				alone += 2
				state = 0
			default:
				alone++
				state = 0
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("find the encoding: %w", err)
		}
	}
	if alone > 2*pairs {
		return Western, nil
	}
	return GB18030, nil
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

// Decoder turns text of the named encoding into UTF-8, bytes that stand for nothing
// into U+FFFD. The mark at the start is for the reader of the result to drop.
func Decoder(r io.Reader, name string) (io.Reader, error) {
	var e encoding.Encoding
	switch name {
	case UTF8, UTF8Mark:
		e = unicode.UTF8
	case stream.UTF16LE:
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case stream.UTF16BE:
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case GB18030:
		return transform.NewReader(r, newGB18030()), nil
	default:
		var err error
		if e, err = htmlindex.Get(name); err != nil {
			return nil, fmt.Errorf("%w: %q", ErrEncoding, name)
		}
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// Canonical is the one name of an encoding that has several.
func Canonical(name string) (string, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return "", fmt.Errorf("%w: %q", ErrEncoding, name)
	}
	if name, err = htmlindex.Name(e); err != nil {
		return "", fmt.Errorf("%w: %q", ErrEncoding, name)
	}
	return name, nil
}
