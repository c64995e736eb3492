// Package xlsx reads the rows of .xlsx workbooks (ECMA-376, transitional and strict).
//
// The reader is our own because the product needs what the known ones do not give
// together: the type of each cell (a number where an order number belongs has lost
// digits), no plain copy of the sheet in the temporary folder, and a second for
// half a million rows. Formulas count by their stored result, a merged range by
// its first cell, hidden rows as rows.
package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
	"kebu/importers/table/xmlscan"
)

// Book is an opened workbook. Its methods may be used from several goroutines.
type Book struct {
	archive  *archive
	date1904 bool
	sheets   []grid.Sheet
	parts    []part  // of the sheets
	base     []int64 // packed bytes of the sheets before
	shared   *grid.Texts
	decoded  bool   // the shared texts were, see xmlscan.Scanner.Decoded
	dates    []bool // by the number of a cell's format

	done, total atomic.Int64
}

// relation is one line of a .rels part: the part named target plays the role kind.
type relation struct{ id, kind, target string }

const (
	zipRoot      = ""
	relWorkbook  = "officeDocument"
	relSheet     = "worksheet"
	relShared    = "sharedStrings"
	relStyles    = "styles"
	binarySuffix = ".bin"
)

// Open reads everything but the rows of the zip archive of size bytes in r. An
// archive that is no workbook gives a [*grid.UnsupportedError] that says what it is.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits grid.Limits) (*Book, error) {
	a, err := openArchive(ctx, r, size, limits)
	if err != nil {
		return nil, err
	}
	b := &Book{archive: a, shared: &grid.Texts{}}
	main, err := b.mainPart(ctx)
	if err != nil {
		return nil, err
	}
	relations, err := b.relations(ctx, main)
	if err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range relations {
		switch r.kind {
		case relSheet:
			targets[r.id] = r.target
		case relShared:
			if err := b.read(ctx, r.target, func(x *xmlscan.Scanner) (err error) {
				b.shared, err = readShared(x, limits)
				b.decoded = x.Decoded()
				return err
			}); err != nil {
				return nil, err
			}
		case relStyles:
			if err := b.read(ctx, r.target, func(x *xmlscan.Scanner) (err error) {
				b.dates, err = readStyles(x)
				return err
			}); err != nil {
				return nil, err
			}
		}
	}
	err = b.read(ctx, main, func(x *xmlscan.Scanner) error { return b.readSheets(x, targets) })
	if err != nil {
		return nil, err
	}
	var total int64
	for _, p := range b.parts {
		b.base = append(b.base, total)
		total += p.packed
	}
	b.total.Store(total)
	return b, nil
}

// mainPart names the part that lists the sheets. If there is none, the error says
// what the archive is instead.
func (b *Book) mainPart(ctx context.Context) (string, error) {
	relations, err := b.relations(ctx, zipRoot)
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind != relWorkbook {
			continue
		}
		if strings.HasSuffix(strings.ToLower(r.target), binarySuffix) {
			return "", &grid.UnsupportedError{Kind: grid.KindXLSB}
		}
		workbook := false
		err := b.read(ctx, r.target, func(x *xmlscan.Scanner) error {
			t, err := x.Next(false)
			workbook = t == xmlscan.Start && string(x.Name) == "workbook"
			return err
		})
		if err != nil {
			return "", err
		}
		if workbook {
			return r.target, nil
		}
	}
	if _, ok := b.archive.parts["mimetype"]; ok {
		if _, ok := b.archive.parts["content.xml"]; ok {
			return "", &grid.UnsupportedError{Kind: grid.KindODS}
		}
	}
	return "", &grid.UnsupportedError{Kind: grid.KindZip}
}

// read hands the part named name to f, if the archive has it.
func (b *Book) read(ctx context.Context, name string, f func(*xmlscan.Scanner) error) error {
	p, ok := b.archive.parts[partKey(name)]
	if !ok {
		return grid.Damaged("", 0, fmt.Errorf("no part %q", name))
	}
	src, err := b.archive.open(ctx, p, b.archive.limits.UnzippedBytes-b.archive.opened, 0, nil)
	if err != nil {
		return err
	}
	in := &stream.Counted{Src: src}
	x, err := xmlscan.New(in, b.archive.limits)
	if err == nil {
		err = f(x)
	}
	b.archive.opened += in.N
	if err != nil {
		return grid.Damaged(p.name, 0, err)
	}
	return nil
}

// relations reads the relations of a part, or of the archive itself. Those to other
// files than this one are left out.
func (b *Book) relations(ctx context.Context, of string) ([]relation, error) {
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if _, ok := b.archive.parts[partKey(name)]; !ok {
		return nil, nil
	}
	var all []relation
	err := b.read(ctx, name, func(x *xmlscan.Scanner) error {
		for {
			t, err := x.Next(false)
			if err != nil || t == xmlscan.EOF {
				return err
			}
			if t != xmlscan.Start || x.Depth() != 2 || !x.Own || string(x.Name) != "Relationship" {
				continue
			}
			attrs, err := x.Attributes("Id", "Type", "Target", "TargetMode")
			if err != nil {
				return err
			}
			if attrs[3] == "External" {
				continue
			}
			if int64(len(all)) == b.archive.limits.Entries {
				return &grid.LimitError{What: "relations of parts", Limit: b.archive.limits.Entries}
			}
			all = append(all, relation{
				id: attrs[0], kind: attrs[1][strings.LastIndexByte(attrs[1], '/')+1:], target: resolve(dir, attrs[2]),
			})
		}
	})
	return all, err
}

// resolve makes the target of a relation a name of the archive.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// readSheets reads the part that lists the sheets. Charts and the like have tabs but
// no cells: they are not in targets and are left out.
func (b *Book) readSheets(x *xmlscan.Scanner, targets map[string]string) error {
	for {
		t, err := x.Next(false)
		if err != nil || t == xmlscan.EOF {
			return err
		}
		if t != xmlscan.Start || !x.Own {
			continue
		}
		switch name := string(x.Name); {
		case x.Depth() == 2 && name == "workbookPr":
			attrs, err := x.Attributes("date1904")
			if err != nil {
				return err
			}
			b.date1904 = isTrue(attrs[0])
		case x.Depth() == 3 && name == "sheet":
			attrs, err := x.Attributes("name", "state", ":id")
			if err != nil {
				return err
			}
			target, ok := targets[attrs[2]]
			if !ok {
				continue
			}
			p, ok := b.archive.parts[partKey(target)]
			if !ok {
				return errors.New("sheet without its part")
			}
			if slices.ContainsFunc(b.parts, func(q part) bool { return q.offset == p.offset }) {
				return errors.New("two sheets of one part")
			}
			if int64(len(b.sheets)) == b.archive.limits.Entries {
				return &grid.LimitError{What: "sheets", Limit: b.archive.limits.Entries}
			}
			b.sheets = append(b.sheets, grid.Sheet{Name: attrs[0], Hidden: attrs[1] != "" && attrs[1] != "visible"})
			b.parts = append(b.parts, p)
		}
	}
}

// isTrue reads an xsd:boolean.
func isTrue(s string) bool { return s == "1" || s == "true" }

// Sheets lists the sheets in the order of the tabs. Charts and the like are none.
func (b *Book) Sheets() []grid.Sheet { return b.sheets }

// Date1904 says that the serial numbers of dates count from 1904-01-01, as in
// workbooks that began on an old Macintosh.
func (b *Book) Date1904() bool { return b.date1904 }

// Progress tells how many of the packed bytes of all sheets, one after the other,
// were read.
func (b *Book) Progress() (done, total int64) { return b.done.Load(), b.total.Load() }

// Rows yields the rows of a sheet that have a cell that is not empty. An error is
// yielded once, as the last pair.
func (b *Book) Rows(ctx context.Context, sheet int) iter.Seq2[grid.Row, error] {
	return func(yield func(grid.Row, error) bool) {
		row := 0
		p := b.parts[sheet]
		src, err := b.archive.open(ctx, p, b.archive.limits.UnzippedBytes-b.archive.opened, b.base[sheet], &b.done)
		if err == nil {
			if p.packed > aheadFrom {
				ahead := stream.NewAhead(src)
				defer ahead.Stop()
				src = ahead
			}
			var s *sheetScanner
			if s, err = newSheetScanner(src, b.shared, b.dates, b.archive.limits); err == nil {
				err = s.rows(ctx, func(r grid.Row) bool {
					if (b.decoded || s.x.Decoded()) && slices.ContainsFunc(r.Cells, isBroken) {
						r.Flaws = grid.FlawEncoding
					}
					return yield(r, nil)
				})
				row = s.row
			}
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(grid.Row{}, grid.Damaged(p.name, row, err))
		}
	}
}

// isBroken says that a cell of a part that was decoded holds what could not be.
func isBroken(c grid.Cell) bool { return strings.Contains(c.Text, "\uFFFD") }

// aheadFrom is from how many packed bytes on a sheet is unpacked in a goroutine of
// its own, which takes a third off the time of large ones and costs a tenth of their
// processor time.
const aheadFrom = 1 << 20
