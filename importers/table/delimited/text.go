// Package delimited reads CSV, TSV and the like, in any encoding, delimiter and
// state of repair that exports are found in.
package delimited

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync/atomic"

	"kebu/importers/table/charset"
	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// Text is an opened file. Its methods may be used from several goroutines.
type Text struct {
	src       io.ReaderAt
	size      int64
	limits    grid.Limits
	encoding  string
	delimiter byte
	skip      int // bytes of UTF-8 before the first record: mark and "sep=" line
	done      atomic.Int64
}

// headBytes is how much of a file decides its delimiter.
const headBytes = 64 << 10

// Open finds the encoding, unless it is forced by its WHATWG name, and the
// delimiter of the size bytes of r.
func Open(ctx context.Context, r io.ReaderAt, size int64, forced string, limits grid.Limits) (*Text, error) {
	t := &Text{src: r, size: size, limits: limits}
	var err error
	if forced != "" {
		t.encoding, err = charset.Canonical(forced)
	} else {
		t.encoding, err = charset.Detect(ctx, r, size)
	}
	if err != nil {
		return nil, err
	}
	src, err := charset.Decoder(stream.Source(ctx, io.NewSectionReader(t.src, 0, t.size)), t.encoding)
	if err != nil {
		return nil, err
	}
	start := make([]byte, headBytes)
	n, err := io.ReadFull(src, start)
	complete := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if err != nil && !complete {
		return nil, fmt.Errorf("find the delimiter: %w", err)
	}
	start = start[:n]
	if bytes.HasPrefix(start, []byte(stream.BOM)) {
		t.skip = len(stream.BOM)
		start = start[len(stream.BOM):]
	}
	if len(bytes.TrimSpace(start)) == 0 && complete {
		return nil, &grid.UnsupportedError{Kind: grid.KindEmpty}
	}
	delimiter, skip := excelDelimiter(start)
	if skip == 0 {
		delimiter = findDelimiter(start, complete)
	}
	t.delimiter = delimiter
	t.skip += skip
	return t, nil
}

// Encoding names how the file is encoded: "utf-8", "utf-8-bom", "gb18030",
// "utf-16le", "utf-16be", "windows-1252", or what was forced, by its canonical name.
func (t *Text) Encoding() string { return t.encoding }

// Delimiter is the byte between the cells: ',', ';', TAB or '|', or what the file's
// "sep=" line says.
func (t *Text) Delimiter() byte { return t.delimiter }

// Sheets lists the one sheet.
func (t *Text) Sheets() []grid.Sheet { return []grid.Sheet{{}} }

// Progress tells how many of the file's bytes were read for the last Rows.
func (t *Text) Progress() (done, total int64) { return t.done.Load(), t.size }

// Rows yields the rows, leaving out blank ones. An error is yielded once, as the
// last pair.
func (t *Text) Rows(ctx context.Context, _ int) iter.Seq2[grid.Row, error] {
	return func(yield func(grid.Row, error) bool) {
		raw := stream.Metered(stream.Source(ctx, io.NewSectionReader(t.src, 0, t.size)), 0, &t.done)
		src, err := charset.Decoder(raw, t.encoding)
		if err == nil {
			_, err = io.CopyN(io.Discard, src, int64(t.skip))
		}
		if err != nil {
			yield(grid.Row{}, fmt.Errorf("read text: %w", err))
			return
		}
		s := recordScanner{delimiter: t.delimiter, limits: t.limits, line: 1}
		if t.skip > len(stream.BOM) {
			s.line = 2
		}
		s.window.Src = src
		var cells []grid.Cell
		for number := 1; ; number++ {
			if err = ctx.Err(); err == nil {
				err = s.next()
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && int64(number) > t.limits.Rows {
				err = &grid.LimitError{What: "rows", Limit: t.limits.Rows}
			}
			if err != nil {
				yield(grid.Row{}, fmt.Errorf("read text, row %d: %w", number, err))
				return
			}
			cells = s.cells(cells[:0])
			if len(cells) == 0 {
				continue
			}
			if !yield(grid.Row{Number: number, Line: s.began, Cells: cells, Flaws: s.flaws}, nil) {
				return
			}
		}
	}
}

// cells appends the cells of the record, without the empty ones at its end.
func (s *recordScanner) cells(to []grid.Cell) []grid.Cell {
	text, start, used := string(s.arena), 0, 0
	if strings.Contains(text, "�") {
		s.flaws |= grid.FlawEncoding
	}
	for _, end := range s.ends {
		c := grid.TextCell(text[start:end])
		to = append(to, c)
		if c.Kind != grid.CellEmpty {
			used = len(to)
		}
		start = end
	}
	return to[:used]
}
