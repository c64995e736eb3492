package usecase

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/importers"
	"kebu/importers/all"
	"kebu/importers/custom"
	"kebu/importers/table"
	"kebu/store"
)

// ErrShop means that the platform has several shops and none was named.
var ErrShop = errors.New("several shops: name one")

// ImportRequest is a file to read.
type ImportRequest struct {
	Path string
	// Shop names the shop; "" is the platform's only one, a new one if it has none.
	Shop string
	// Mapping is a column mapping as JSON, for files of no known format; it is
	// kept and recognised next time. Nil: by the file's columns.
	Mapping []byte
	// DryRun reports what would change and changes nothing.
	DryRun bool
	// Progress, if not nil, is told how far the work is, from 0 to 1.
	Progress func(part float64)
}

// OrderCounts counts the orders of an import.
type OrderCounts struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// CustomerCounts counts the customers of an import: those it made, and those
// known before to whom orders of the file belong.
type CustomerCounts struct {
	New     int `json:"new"`
	Matched int `json:"matched"`
}

// Rejected is a row or a cell that was not read, and why; it never holds the
// value of a cell.
type Rejected struct {
	Sheet  string           `json:"sheet,omitempty"`
	Row    int              `json:"row"`
	Column string           `json:"column"`
	Reason importers.Reason `json:"reason"`
}

// UnknownWord is a status word that was kept and not mapped.
type UnknownWord struct {
	Word string `json:"word"`
	Rows int    `json:"rows"`
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	Import    string         `json:"import"` // id of the step; "" for a dry run
	File      string         `json:"file"`
	Format    string         `json:"format"`
	Platform  string         `json:"platform"`
	Shop      string         `json:"shop"`
	Rows      int            `json:"rows"` // of data, rejected ones too
	Lines     int            `json:"lines"`
	Orders    OrderCounts    `json:"orders"`
	Customers CustomerCounts `json:"customers"`
	Review    int            `json:"review"` // customers of the file that may be another one
	Rejected  []Rejected     `json:"rejected"`
	Warnings  []Rejected     `json:"warnings,omitempty"`
	Unknown   []UnknownWord  `json:"unknown_statuses,omitempty"`
	Masked    int            `json:"masked"` // cells of people that the marketplace hid
	Skipped   int            `json:"skipped"`
	// OtherShop names the shop that took the same file before.
	OtherShop string `json:"other_shop,omitempty"`
}

// readShare is the part of an import's progress that reading the file takes.
const readShare = 0.4

// Import reads an export into the book, all of it or nothing, as one step.
func (s *Session) Import(ctx context.Context, r ImportRequest) (ImportReport, error) {
	progress := r.Progress
	if progress == nil {
		progress = func(float64) {}
	}
	kept, err := s.mappings(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	f, err := openExport(ctx, r.Path, r.Mapping, kept)
	if err != nil {
		return ImportReport{}, err
	}
	defer f.close()
	result, err := f.read(ctx, func(part float64) { progress(readShare * part) })
	if err != nil {
		return ImportReport{}, err
	}
	report := f.report(result)
	sum, err := f.sha256()
	if err != nil {
		return ImportReport{}, err
	}
	err = s.gate.Update(ctx, access.Import, func(tx *store.Tx) error {
		shop, err := shopOf(ctx, tx, report.Platform, r.Shop)
		if err != nil {
			return err
		}
		report.Shop = shop.Name
		if report.OtherShop, err = tx.ImportedElsewhere(ctx, sum, shop.ID); err != nil {
			return err
		}
		if err := defaults(ctx, tx, result.Orders); err != nil {
			return err
		}
		saved, err := tx.SaveOrders(ctx, shop.ID, result.Orders, store.Watch{Written: func(done int) {
			progress(readShare + (1-readShare)*float64(done)/float64(max(1, len(result.Orders))))
		}})
		if err != nil {
			return err
		}
		report.Orders = OrderCounts{saved.New, saved.Changed, saved.Same}
		report.Customers = CustomerCounts{saved.NewCustomers, saved.Matched}
		report.Review = saved.Review
		if r.DryRun {
			return store.ErrDiscard
		}
		report.Import = strconv.FormatInt(tx.Step(), 10)
		if f.mapping != nil {
			if err := keepMapping(ctx, tx, f.mapping); err != nil {
				return err
			}
		}
		text, err := json.Marshal(report)
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return tx.RecordImport(ctx, store.Import{File: report.File, SHA256: sum, Format: report.Format, Report: string(text)}, shop.ID)
	})
	if err != nil {
		return ImportReport{}, err
	}
	if !r.DryRun {
		s.stale()
		// The import stands already: what fails here is done again on close.
		_ = s.gate.Settle(ctx)
	}
	progress(1)
	return report, nil
}

// mappings returns the column mappings that the book keeps.
func (s *Session) mappings(ctx context.Context) ([]string, error) {
	var list []string
	return list, s.gate.View(ctx, access.Import, func(tx *store.Tx) error {
		var err error
		list, err = tx.Mappings(ctx)
		return err
	})
}

func keepMapping(ctx context.Context, tx *store.Tx, m *custom.Mapping) error {
	body, err := m.MarshalJSON()
	if err != nil {
		return fmt.Errorf("write mapping: %w", err)
	}
	return tx.SaveMapping(ctx, m.Name, string(body))
}

// shopOf finds or makes the shop of an import.
func shopOf(ctx context.Context, tx *store.Tx, platform, name string) (store.Shop, error) {
	shops, err := tx.Shops(ctx, platform)
	if err != nil {
		return store.Shop{}, err
	}
	name = strings.TrimSpace(name)
	switch i := slices.IndexFunc(shops, func(s store.Shop) bool { return s.Name == name }); {
	case i >= 0:
		return shops[i], nil
	case name == "" && len(shops) == 1:
		return shops[0], nil
	case name == "" && len(shops) > 1:
		return store.Shop{}, ErrShop
	case name == "":
		name = platform
	}
	return tx.AddShop(ctx, platform, name)
}

// defaults takes the book's currency and zone from the first orders.
func defaults(ctx context.Context, tx *store.Tx, orders []*crm.Order) error {
	var currency, zone string
	for _, o := range orders {
		if currency == "" {
			currency = o.Currency
		}
		if zone == "" {
			zone = o.Zone
		}
		if currency != "" && zone != "" {
			break
		}
	}
	return tx.DefaultSettings(ctx, currency, zone)
}

// export is an opened export file.
type export struct {
	file    *os.File
	book    *table.Workbook
	matches []importers.Match
	mapping *custom.Mapping // the one given, nil if none was
}

// openExport opens a file and tells its format: that of the mapping if one is
// given, else by its columns.
func openExport(ctx context.Context, path string, mapping []byte, kept []string) (*export, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open export: %w", err)
	}
	e := &export{file: file}
	if err := e.detect(ctx, mapping, kept); err != nil {
		_ = file.Close()
		return nil, err
	}
	return e, nil
}

func (e *export) detect(ctx context.Context, mapping []byte, kept []string) error {
	info, err := e.file.Stat()
	if err != nil {
		return fmt.Errorf("open export: %w", err)
	}
	var formats []*importers.Format
	var options table.Options
	if mapping != nil {
		if e.mapping, err = custom.Parse(mapping); err != nil {
			return err
		}
		f, err := e.mapping.Format()
		if err != nil {
			return err
		}
		formats = []*importers.Format{f}
		options.Encoding = f.Encoding
	} else {
		formats = all.Formats()
		for _, text := range kept {
			m, err := custom.Parse([]byte(text))
			if err != nil {
				return fmt.Errorf("read kept mapping: %w", err)
			}
			f, err := m.Format()
			if err != nil {
				return fmt.Errorf("read kept mapping: %w", err)
			}
			formats = append(formats, f)
		}
	}
	if e.book, err = table.Open(ctx, e.file, info.Size(), options); err != nil {
		return err
	}
	e.matches, err = importers.Detect(ctx, e.book, formats)
	return err
}

func (e *export) close() { _ = e.file.Close() }

func (e *export) read(ctx context.Context, progress func(part float64)) (*importers.Result, error) {
	return importers.Read(ctx, e.book, e.matches, importers.Options{Progress: func(done, total int64) {
		progress(float64(done) / float64(max(1, total)))
	}})
}

func (e *export) sha256() ([]byte, error) {
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read export again: %w", err)
	}
	h := sha256.New()
	if _, err := io.Copy(h, e.file); err != nil {
		return nil, fmt.Errorf("read export again: %w", err)
	}
	return h.Sum(nil), nil
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

func (e *export) report(r *importers.Result) ImportReport {
	report := ImportReport{
		File: filepath.Base(e.file.Name()), Format: e.format(), Platform: e.matches[0].Format.Platform,
		Rows: r.Rows, Lines: r.Lines, Masked: r.Masked, Skipped: r.Skipped,
		Rejected: rejected(r.Rejected), Warnings: rejected(r.Warnings),
	}
	for _, w := range r.Unknown {
		report.Unknown = append(report.Unknown, UnknownWord{w.Text, w.Count})
	}
	return report
}

func rejected(rows []importers.RowError) []Rejected {
	list := make([]Rejected, len(rows))
	for i, r := range rows {
		list[i] = Rejected{r.Sheet, r.Row, r.Column, r.Reason}
	}
	return list
}

// Imported is an import of the past.
type Imported struct {
	Step   int64
	At     crm.Moment
	User   string
	Undone bool
	Report ImportReport
}

// Imports returns the files that were read into the book, newest first.
func (s *Session) Imports(ctx context.Context) ([]Imported, error) {
	var list []Imported
	return list, s.gate.View(ctx, access.Imports, func(tx *store.Tx) error {
		imports, err := tx.Imports(ctx)
		if err != nil {
			return err
		}
		for _, i := range imports {
			entry := Imported{Step: i.Step, At: i.At, User: i.User, Undone: i.UndoneBy != 0}
			if err := json.Unmarshal([]byte(i.Report), &entry.Report); err != nil {
				return fmt.Errorf("read report: %w", err)
			}
			list = append(list, entry)
		}
		return nil
	})
}

// Undo takes a step back, such as an import, and returns what it kept because
// something later changed it.
func (s *Session) Undo(ctx context.Context, step int64) ([]store.Kept, error) {
	var kept []store.Kept
	err := s.gate.Update(ctx, access.Undo, func(tx *store.Tx) error {
		var err error
		kept, err = tx.Undo(ctx, step)
		return err
	})
	s.stale()
	return kept, err
}

// Stats returns the shop in numbers.
func (s *Session) Stats(ctx context.Context) (store.Stats, error) {
	var stats store.Stats
	return stats, s.gate.View(ctx, access.Stats, func(tx *store.Tx) error {
		var err error
		stats, err = tx.Stats(ctx)
		return err
	})
}

// Settings returns the book's settings.
func (s *Session) Settings(ctx context.Context) (store.Settings, error) {
	var settings store.Settings
	return settings, s.gate.View(ctx, access.Settings, func(tx *store.Tx) error {
		var err error
		settings, err = tx.Settings(ctx)
		return err
	})
}
