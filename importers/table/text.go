package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// textForm is what is known of a text file.
type textForm struct {
	encoding  string
	delimiter byte
	skip      int // bytes of UTF-8 before the first record: mark and "sep=" line
}

func (w *Workbook) openText(ctx context.Context, forced string) error {
	var err error
	if forced != "" {
		w.text.encoding, err = canonicalEncoding(forced)
	} else {
		w.text.encoding, err = detectEncoding(ctx, w.src, w.size)
	}
	if err != nil {
		return err
	}
	src, err := decoder(source(ctx, io.NewSectionReader(w.src, 0, w.size)), w.text.encoding)
	if err != nil {
		return err
	}
	start := make([]byte, headBytes)
	n, err := io.ReadFull(src, start)
	complete := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if err != nil && !complete {
		return fmt.Errorf("find the delimiter: %w", err)
	}
	start = start[:n]
	if bytes.HasPrefix(start, []byte(bom)) {
		w.text.skip = len(bom)
		start = start[len(bom):]
	}
	if len(bytes.TrimSpace(start)) == 0 && complete {
		return &UnsupportedError{Kind: KindEmpty}
	}
	delimiter, skip := excelDelimiter(start)
	if skip == 0 {
		delimiter = findDelimiter(start, complete)
	}
	w.text.delimiter = delimiter
	w.text.skip += skip
	w.sheets = []Sheet{{}}
	w.total.Store(w.size)
	return nil
}

func (w *Workbook) textRows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		raw := metered(source(ctx, io.NewSectionReader(w.src, 0, w.size)), 0, &w.done)
		src, err := decoder(raw, w.text.encoding)
		if err == nil {
			_, err = io.CopyN(io.Discard, src, int64(w.text.skip))
		}
		if err != nil {
			yield(Row{}, fmt.Errorf("read text: %w", err))
			return
		}
		s := recordScanner{delimiter: w.text.delimiter, limits: w.limits, line: 1}
		if w.text.skip > len(bom) {
			s.line = 2
		}
		s.window.src = src
		var cells []Cell
		for number := 1; ; number++ {
			if err = ctx.Err(); err == nil {
				err = s.next()
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && int64(number) > w.limits.Rows {
				err = &LimitError{What: "rows", Limit: w.limits.Rows}
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("read text, row %d: %w", number, err))
				return
			}
			cells = s.cells(cells[:0])
			if len(cells) == 0 {
				continue
			}
			if !yield(Row{Number: number, Line: s.began, Cells: cells, Flaws: s.flaws}, nil) {
				return
			}
		}
	}
}

// cells appends the cells of the record, without the empty ones at its end.
func (s *recordScanner) cells(to []Cell) []Cell {
	text, start, used := string(s.arena), 0, 0
	if strings.Contains(text, "�") {
		s.flaws |= FlawEncoding
	}
	for _, end := range s.ends {
		c := textCell(text[start:end])
		to = append(to, c)
		if c.Kind != CellEmpty {
			used = len(to)
		}
		start = end
	}
	return to[:used]
}

func textCell(s string) Cell {
	if s = unguard(s); s == "" {
		return Cell{}
	}
	return Cell{Text: s, Kind: CellText}
}
