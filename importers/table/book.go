package table

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"
)

// book is what is known of a workbook besides its rows.
type book struct {
	archive  *archive
	date1904 bool
	parts    []part // of the sheets
	base     []int64
	shared   *sharedTexts
}

// relation is one line of a .rels part: the part named target plays the role kind.
type relation struct{ id, kind, target string }

const (
	zipRoot      = ""
	relWorkbook  = "officeDocument"
	relSheet     = "worksheet"
	relShared    = "sharedStrings"
	binarySuffix = ".bin"
)

func (w *Workbook) openBook(ctx context.Context) error {
	a, err := openArchive(ctx, w.src, w.size, w.limits)
	if err != nil {
		return err
	}
	b := &book{archive: a, shared: &sharedTexts{}}
	main, err := b.mainPart(ctx)
	if err != nil {
		return err
	}
	relations, err := b.relations(ctx, main)
	if err != nil {
		return err
	}
	targets := map[string]string{}
	for _, r := range relations {
		switch r.kind {
		case relSheet:
			targets[r.id] = r.target
		case relShared:
			if err := b.read(ctx, r.target, func(x *xmlScanner) (err error) {
				b.shared, err = readShared(x, w.limits)
				return err
			}); err != nil {
				return err
			}
		}
	}
	err = b.read(ctx, main, func(x *xmlScanner) error { return w.readSheets(x, b, targets) })
	if err != nil {
		return err
	}
	var total int64
	for _, p := range b.parts {
		b.base = append(b.base, total)
		total += p.packed
	}
	w.total.Store(total)
	w.book = b
	return nil
}

// mainPart names the part that lists the sheets. If there is none, the error says
// what the archive is instead.
func (b *book) mainPart(ctx context.Context) (string, error) {
	relations, err := b.relations(ctx, zipRoot)
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind != relWorkbook {
			continue
		}
		if strings.HasSuffix(strings.ToLower(r.target), binarySuffix) {
			return "", &UnsupportedError{Kind: KindXLSB}
		}
		workbook := false
		err := b.read(ctx, r.target, func(x *xmlScanner) error {
			t, err := x.next(false)
			workbook = t == tokenStart && string(x.name) == "workbook"
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
			return "", &UnsupportedError{Kind: KindODS}
		}
	}
	return "", &UnsupportedError{Kind: KindZip}
}

// read hands the part named name to f, if the archive has it.
func (b *book) read(ctx context.Context, name string, f func(*xmlScanner) error) error {
	p, ok := b.archive.parts[partKey(name)]
	if !ok {
		return damaged("", 0, fmt.Errorf("no part %q", name))
	}
	src, err := b.archive.open(ctx, p, b.archive.limits.UnzippedBytes-b.archive.opened, 0, nil)
	if err != nil {
		return err
	}
	in := &counted{src: src}
	x, err := newXMLScanner(in, b.archive.limits)
	if err == nil {
		err = f(x)
	}
	b.archive.opened += in.n
	if err != nil {
		return damaged(p.name, 0, err)
	}
	return nil
}

// relations reads the relations of a part, or of the archive itself. Those to other
// files than this one are left out.
func (b *book) relations(ctx context.Context, of string) ([]relation, error) {
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if _, ok := b.archive.parts[partKey(name)]; !ok {
		return nil, nil
	}
	var all []relation
	err := b.read(ctx, name, func(x *xmlScanner) error {
		for {
			t, err := x.next(false)
			if err != nil || t == tokenEOF {
				return err
			}
			if t != tokenStart || x.depth() != 2 || !x.own || string(x.name) != "Relationship" {
				continue
			}
			attrs, err := x.attributes("Id", "Type", "Target", "TargetMode")
			if err != nil {
				return err
			}
			if attrs[3] == "External" {
				continue
			}
			if int64(len(all)) == b.archive.limits.Entries {
				return &LimitError{What: "relations of parts", Limit: b.archive.limits.Entries}
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

// attributes returns the values of the named attributes of the element just begun.
// A name that starts with ":" stands for one with any prefix.
func (s *xmlScanner) attributes(names ...string) ([]string, error) {
	values := make([]string, len(names))
	for rest := s.attrs; ; {
		name, value, next, err := attribute(rest)
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

// readSheets reads the part that lists the sheets. Charts and the like have tabs but
// no cells: they are not in targets and are left out.
func (w *Workbook) readSheets(x *xmlScanner, b *book, targets map[string]string) error {
	for {
		t, err := x.next(false)
		if err != nil || t == tokenEOF {
			return err
		}
		if t != tokenStart || !x.own {
			continue
		}
		switch name := string(x.name); {
		case x.depth() == 2 && name == "workbookPr":
			attrs, err := x.attributes("date1904")
			if err != nil {
				return err
			}
			b.date1904 = isTrue(attrs[0])
		case x.depth() == 3 && name == "sheet":
			attrs, err := x.attributes("name", "state", ":id")
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
			if int64(len(w.sheets)) == w.limits.Entries {
				return &LimitError{What: "sheets", Limit: w.limits.Entries}
			}
			w.sheets = append(w.sheets, Sheet{Name: attrs[0], Hidden: attrs[1] != "" && attrs[1] != "visible"})
			b.parts = append(b.parts, p)
		}
	}
}

// isTrue reads an xsd:boolean.
func isTrue(s string) bool { return s == "1" || s == "true" }

func (w *Workbook) sheetRows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		b, row := w.book, 0
		p := b.parts[sheet]
		src, err := b.archive.open(ctx, p, w.limits.UnzippedBytes-b.archive.opened, b.base[sheet], &w.done)
		if err == nil {
			var s *sheetScanner
			if s, err = newSheetScanner(src, b.shared, w.limits); err == nil {
				err = s.rows(ctx, func(r Row) bool { return yield(r, nil) })
				row = s.row
			}
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Row{}, damaged(p.name, row, err))
		}
	}
}
