package usecase

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/custom"
	"kebu/importers/table"
	"kebu/store"
)

// ErrFileChanged means that an export file is gone, or is not the one that was
// looked at before.
var ErrFileChanged = errors.New("the file changed or is gone")

// ErrNotFile means that a path leads to a pipe or a device, which may never end.
var ErrNotFile = errors.New("not a file")

// ErrFormat means that there is no format with the id that was asked for.
var ErrFormat = errors.New("no such format")

// FileMark tells a file from what it may be later.
type FileMark struct {
	Size     int64
	Modified time.Time
	SHA256   [sha256.Size]byte
}

// export is an opened export file.
type export struct {
	file    *os.File
	info    fs.FileInfo
	book    *table.Workbook
	matches []importers.Match
	mapping *custom.Mapping     // the one given, nil if none was
	typed   string              // the password that a person typed, "" for none
	known   []string            // passwords that opened such files before
	dates   importers.DateOrder // that a person told, "" for none
	told    importers.DateOrder // of the file, once it was read
	answers dateOrders          // what was told of such files before
	home    store.Settings      // the book's currency and zone, for files that name none
}

// source is a file to read, and what there is to read it with.
type source struct {
	path     string
	mapping  []byte              // nil: by the file's columns
	format   string              // id of the format to read it as; "": by the file's columns
	password string              // "": by its name, or one that opened a file before
	dates    importers.DateOrder // "": as the file tells, or was told before
	kept     kept
}

// kept is what the book keeps of earlier imports.
type kept struct {
	mappings  []string
	passwords []string
	dates     dateOrders
	settings  store.Settings
}

// openExport opens a file and tells its format: that of the mapping or the one
// asked for, if there is any, else by its columns.
func openExport(ctx context.Context, s source) (*export, error) {
	e, err := openFile(s.path)
	if err != nil {
		return nil, err
	}
	e.typed, e.known, e.home = s.password, s.kept.passwords, s.kept.settings
	e.dates, e.answers = s.dates, s.kept.dates
	if err := e.detect(ctx, s); err != nil {
		return nil, errors.Join(e.explained(err), e.file.Close())
	}
	return e, nil
}

func openFile(path string) (*export, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open export: %w", err)
	}
	if m := info.Mode(); !m.IsRegular() && !m.IsDir() { // of a pipe, opening alone may wait for ever
		return nil, ErrNotFile
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open export: %w", err)
	}
	info, err = file.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open export: %w", err), file.Close())
	}
	return &export{file: file, info: info}, nil
}

func (e *export) detect(ctx context.Context, s source) error {
	formats, options, err := e.formats(s.mapping, s.kept.mappings)
	if err != nil {
		return err
	}
	if s.format != "" {
		if formats, err = only(formats, s.format); err != nil {
			return err
		}
	}
	if err := e.open(ctx, options); err != nil {
		return err
	}
	e.matches, err = importers.Detect(ctx, e.book, formats)
	return err
}

// open opens the file, if it is locked with the password typed, else with those
// that its name suggests and that opened a file before.
func (e *export) open(ctx context.Context, o table.Options) (err error) {
	if o.Passwords = []string{e.typed}; e.typed == "" {
		o.Passwords = append(importers.FilePasswords(e.file.Name()), e.known...)
	}
	e.book, err = table.Open(ctx, e.file, e.info.Size(), o)
	var locked *table.PasswordError
	if errors.As(err, &locked) && e.typed == "" {
		locked.Wrong = false // nobody gave one
	}
	return err
}

// only leaves the format with an id.
func only(formats []*importers.Format, id string) ([]*importers.Format, error) {
	i := slices.IndexFunc(formats, func(f *importers.Format) bool { return f.ID == id })
	if i < 0 {
		return nil, ErrFormat
	}
	return formats[i : i+1], nil
}

// formats are those that the file may have.
func (e *export) formats(mapping []byte, kept []string) ([]*importers.Format, table.Options, error) {
	if mapping != nil {
		var err error
		if e.mapping, err = custom.Parse(mapping); err != nil {
			return nil, table.Options{}, err
		}
		f, err := e.mapping.Format()
		if err != nil {
			return nil, table.Options{}, err
		}
		return []*importers.Format{f}, table.Options{Encoding: f.Encoding}, nil
	}
	formats := all.Formats()
	for _, text := range kept {
		m, err := custom.Parse([]byte(text))
		if err != nil {
			return nil, table.Options{}, fmt.Errorf("read kept mapping: %w", err)
		}
		f, err := m.Format()
		if err != nil {
			return nil, table.Options{}, fmt.Errorf("read kept mapping: %w", err)
		}
		formats = append(formats, f)
	}
	return formats, table.Options{}, nil
}

func (e *export) close() { _ = e.file.Close() }

func (e *export) read(ctx context.Context, progress func(part float64)) (*importers.Result, error) {
	r, err := importers.Read(ctx, e.book, e.matches, importers.Options{
		Progress: func(done, total int64) { progress(float64(done) / float64(max(1, total))) },
		Currency: e.home.Currency, Zone: e.home.Zone, DateOrder: e.dateOrder(),
	})
	if err == nil {
		e.told = r.DateOrder
	}
	return r, e.explained(err)
}

// mark hashes the file, and fails with ErrFileChanged if it is no longer what
// was opened.
func (e *export) mark(ctx context.Context) (FileMark, error) {
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return FileMark{}, e.explained(fmt.Errorf("read export again: %w", err))
	}
	h := sha256.New()
	if _, err := io.Copy(h, &interruptible{ctx, e.file}); err != nil {
		return FileMark{}, e.explained(fmt.Errorf("read export again: %w", err))
	}
	if e.changed() {
		return FileMark{}, ErrFileChanged
	}
	return FileMark{e.info.Size(), e.info.ModTime(), [sha256.Size]byte(h.Sum(nil))}, nil
}

// explained adds to an error of reading that the file changed meanwhile, if it did.
func (e *export) explained(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || !e.changed() {
		return err
	}
	return fmt.Errorf("%w: %w", ErrFileChanged, err)
}

// changed reports whether the file's name no longer leads to what was opened.
func (e *export) changed() bool {
	now, err := os.Stat(e.file.Name())
	return err != nil || now.Size() != e.info.Size() || !now.ModTime().Equal(e.info.ModTime()) || !os.SameFile(now, e.info)
}

// interruptible reads until the context ends.
type interruptible struct {
	ctx context.Context //nolint:containedctx // as long as one copy
	io.Reader
}

// Read fails once the context has ended.
func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// format names the formats of the file's sheets.
func (e *export) format() string {
	var ids []string
	for _, m := range e.matches {
		if !slices.Contains(ids, m.Format.ID) {
			ids = append(ids, m.Format.ID)
		}
	}
	return strings.Join(ids, "+")
}
