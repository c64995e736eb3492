package usecase

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/importers"
	"kebu/importers/custom"
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
	// Format is the id of the format to read the file as, where several fit; "":
	// by the file's columns.
	Format string
	// Password opens a locked workbook; "" is what the marketplace makes of the
	// file's name, or what opened such a file before. One that is given is
	// remembered by the import.
	Password string
	// DateOrder tells day from month in dates such as 03/04/2026, where nothing in
	// the file does; "" is what was answered for the format before. An answer is
	// remembered by the import.
	DateOrder importers.DateOrder
	// DryRun reports what would change and changes nothing.
	DryRun bool
	// Keeper, if not nil, says where the book is backed up before, if anything in it
	// changed since the last backup. That this fails is no reason not to import: the
	// keeper remembers it, and the import can be undone.
	Keeper *Keeper
	// Seen, if not nil, is what the file was when it was previewed: the import
	// fails with ErrFileChanged if it is gone or another one now.
	Seen *FileMark
	// Progress, if not nil, is told how far the work is, on the goroutine of
	// the import.
	Progress func(Progress)
}

// Phase is a part of the work of an import.
type Phase string

// The phases, in their order. A dry run ends before the last.
const (
	PhaseRead    Phase = "read"
	PhaseWrite   Phase = "write"   // compares orders with the book and writes them
	PhaseMatch   Phase = "match"   // who bought
	PhaseFigures Phase = "figures" // of the customers concerned
)

// Progress is how far an import is.
type Progress struct {
	Phase       Phase
	Done, Total int         // orders in PhaseWrite, customers in PhaseFigures; Total 0 where it is not known
	Orders      OrderCounts // so far, in PhaseWrite
	Part        float64     // of the whole work, from 0 to 1; it never falls
}

// phaseSpans are the parts of the whole work that the phases take, as they
// were measured on half a million rows.
var phaseSpans = map[Phase]struct{ from, to float64 }{
	PhaseRead: {0, 0.3}, PhaseWrite: {0.3, 0.75}, PhaseMatch: {0.75, 0.8}, PhaseFigures: {0.8, 1},
}

// Import reads an export into the book, all of it or nothing, as one step. It
// can be cancelled until the commit.
func (s *Session) Import(ctx context.Context, r ImportRequest) (ImportReport, error) {
	return s.importing(ctx, r, nil)
}

// Recognise opens an export file and tells its format, as Import does before it
// reads, and changes nothing.
func (s *Session) Recognise(ctx context.Context, r ImportRequest) error {
	kept, err := s.kept(ctx)
	if err != nil {
		return err
	}
	f, err := openExport(ctx, source{r.Path, r.Mapping, r.Format, r.Password, r.DateOrder, kept})
	if err != nil {
		return err
	}
	f.close()
	return nil
}

// FileError is about one of several files.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string { return e.Path + ": " + e.Err.Error() }

func (e *FileError) Unwrap() error { return e.Err }

// importing does an import, or a dry run, of which p takes the details unless
// it is nil.
func (s *Session) importing(ctx context.Context, r ImportRequest, p *Preview) (ImportReport, error) {
	kept, err := s.kept(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	f, err := openExport(ctx, source{r.Path, r.Mapping, r.Format, r.Password, r.DateOrder, kept})
	if err != nil {
		return ImportReport{}, r.replaced(ctx, err)
	}
	defer f.close()
	w := &work{report: r.Progress}
	w.at(PhaseRead, 0, 0, 0)
	result, err := f.read(ctx, func(part float64) { w.at(PhaseRead, part, 0, 0) })
	if err != nil {
		return ImportReport{}, r.replaced(ctx, err)
	}
	mark, err := f.mark(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	if r.Seen != nil && r.Seen.SHA256 != mark.SHA256 {
		return ImportReport{}, ErrFileChanged
	}
	report := f.report(result)
	if p != nil {
		p.describe(f, result, mark)
	}
	if err := s.keepBefore(ctx, r); err != nil {
		return ImportReport{}, err
	}
	err = s.gate.Update(ctx, access.Import, func(tx *store.Tx) error {
		tx.OnFigures(func(done, total int) { w.at(PhaseFigures, float64(done)/float64(max(1, total)), done, total) })
		if err := w.save(ctx, tx, &report, result, r, mark, p); err != nil {
			return err
		}
		if r.DryRun {
			return store.ErrDiscard
		}
		report.Import = strconv.FormatInt(tx.Step(), 10)
		if err := tx.CountRows(ctx, report.changes()); err != nil {
			return err
		}
		return w.record(ctx, tx, f, &report, mark, s.gate.User())
	})
	if err != nil {
		return ImportReport{}, err
	}
	if !r.DryRun {
		s.stale()
		// The import stands already: what fails here is done again on close.
		_ = s.gate.Settle(ctx)
	}
	w.at(PhaseFigures, 1, report.Customers.New+report.Customers.Matched, report.Customers.New+report.Customers.Matched)
	return report, nil
}

// keepBefore backs the book up before an import.
func (s *Session) keepBefore(ctx context.Context, r ImportRequest) error {
	if r.Keeper == nil || r.DryRun {
		return nil
	}
	safe, err := s.Safety(ctx, r.Keeper)
	if err == nil && safe.Worked {
		_ = s.KeepSafe(ctx, r.Keeper, backup.Import, nil) // r.Keeper remembers that it failed
	}
	return ctx.Err()
}

// replaced adds to an error of reading that the file is no longer the one that
// was previewed, if it is not: then what is wrong with it says nothing of that one.
func (r *ImportRequest) replaced(ctx context.Context, err error) error {
	if r.Seen == nil || ctx.Err() != nil || errors.Is(err, ErrFileChanged) {
		return err
	}
	if info, stat := os.Stat(r.Path); stat == nil && info.Size() == r.Seen.Size && info.ModTime().Equal(r.Seen.Modified) ||
		stat != nil && !errors.Is(stat, fs.ErrNotExist) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrFileChanged, err)
}

// work is an import on its way.
type work struct {
	report func(Progress)
	shop   store.Shop
}

// at reports that part of a phase is done.
func (w *work) at(p Phase, part float64, done, total int) {
	if w.report == nil {
		return
	}
	w.report(Progress{Phase: p, Done: done, Total: total, Part: partOf(p, part)})
}

// written reports the orders of so many that are compared and written.
func (w *work) written(sofar store.Saved, total int) {
	if w.report == nil {
		return
	}
	done := sofar.New + sofar.Changed + sofar.Same
	w.report(Progress{PhaseWrite, done, total, OrderCounts{sofar.New, sofar.Changed, sofar.Same}, partOf(PhaseWrite, float64(done)/float64(max(1, total)))})
}

// partOf returns the part of the whole work when that part of a phase is done.
func partOf(p Phase, part float64) float64 {
	span := phaseSpans[p]
	return span.from + (span.to-span.from)*min(1, part)
}

// save brings the orders into the book and counts.
func (w *work) save(ctx context.Context, tx *store.Tx, report *ImportReport, result *importers.Result, r ImportRequest, mark FileMark, p *Preview) error {
	var err error
	if w.shop, err = shopOf(ctx, tx, report, r.Shop, p); err != nil {
		return err
	}
	report.Shop = w.shop.Name
	if report.OtherShop, err = tx.ImportedElsewhere(ctx, mark.SHA256[:], w.shop.ID); err != nil {
		return err
	}
	if err := defaults(ctx, tx, result.Orders); err != nil {
		return err
	}
	total := len(result.Orders)
	watch := store.Watch{
		Written:  func(sofar store.Saved) { w.written(sofar, total) },
		Matching: func() { w.at(PhaseMatch, 0, 0, 0) },
	}
	if p != nil {
		p.watch(&watch)
	}
	saved, err := tx.SaveOrders(ctx, w.shop.ID, result.Orders, watch)
	if err != nil {
		return err
	}
	report.Orders = OrderCounts{saved.New, saved.Changed, saved.Same}
	report.Customers = CustomerCounts{saved.NewCustomers, saved.Matched}
	report.Review, report.Anonymous, report.Erased = saved.Review, saved.Anonymous, saved.Erased
	if len(result.Payments) > 0 {
		paid, err := tx.SavePayments(ctx, w.shop.ID, result.Payments)
		if err != nil {
			return err
		}
		report.Payments = &PaymentCounts{paid.New, paid.Changed, paid.Same, paid.OfOrders}
	}
	if p != nil {
		return p.complete(ctx, tx, report)
	}
	return nil
}

// record keeps the mapping, the password, the order of dates and the report of an
// import.
func (w *work) record(ctx context.Context, tx *store.Tx, f *export, report *ImportReport, mark FileMark, user string) error {
	if f.typed != "" && f.book.Password() == f.typed {
		if err := keepPassword(ctx, tx, user, f.typed); err != nil {
			return err
		}
	}
	if f.settles() {
		if err := keepDateOrder(ctx, tx, user, report.Format, f.dates); err != nil {
			return err
		}
	}
	if f.mapping != nil {
		if err := keepMapping(ctx, tx, f.mapping); err != nil {
			return err
		}
	}
	kept := keptReport{ImportReport: *report, Anonymous: report.Anonymous, Unlisted: max(0, len(report.Rejected)-ListLimit)}
	kept.Rejected = report.Rejected[:len(report.Rejected)-kept.Unlisted]
	kept.Warnings = report.Warnings[:min(ListLimit, len(report.Warnings))]
	text, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return tx.RecordImport(ctx, store.Import{File: report.File, SHA256: mark.SHA256[:], Format: report.Format, Report: string(text)}, w.shop.ID)
}

// kept reads what helps to read a file.
func (s *Session) kept(ctx context.Context) (kept, error) {
	var k kept
	return k, s.gate.View(ctx, access.Import, func(tx *store.Tx) error {
		var err error
		if k.mappings, err = tx.Mappings(ctx); err != nil {
			return err
		}
		if k.passwords, err = keptPasswords(ctx, tx, s.gate.User()); err != nil {
			return err
		}
		if k.dates, err = keptDateOrders(ctx, tx, s.gate.User()); err != nil {
			return err
		}
		k.settings, err = tx.Settings(ctx)
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

// shopOf finds or makes the shop of an import. A preview that names none looks
// at the shop that the last such file was for.
func shopOf(ctx context.Context, tx *store.Tx, report *ImportReport, name string, p *Preview) (store.Shop, error) {
	shops, err := tx.Shops(ctx, report.Platform)
	if err != nil {
		return store.Shop{}, err
	}
	if p != nil {
		for _, s := range shops {
			p.Shops = append(p.Shops, s.Name)
		}
	}
	name = strings.TrimSpace(name)
	if name == "" && len(shops) > 1 {
		if p == nil {
			return store.Shop{}, ErrShop
		}
		if name, err = tx.LastShop(ctx, report.Platform, report.Format); err != nil {
			return store.Shop{}, err
		}
	}
	switch i := slices.IndexFunc(shops, func(s store.Shop) bool { return s.Name == name }); {
	case i >= 0:
		return shops[i], nil
	case name == "" && len(shops) > 0:
		return shops[0], nil
	case name == "":
		name = report.Platform
	}
	if p != nil {
		p.NewShop = true
	}
	return tx.AddShop(ctx, report.Platform, name)
}

// defaults takes the book's currency and zone from the first orders.
func defaults(ctx context.Context, tx *store.Tx, orders []*crm.Order) error {
	var currency, zone string
	for _, o := range orders {
		if currency == "" && o.Currency != crm.NoCurrency {
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

func (e *export) report(r *importers.Result) ImportReport {
	report := ImportReport{
		File: filepath.Base(e.file.Name()), Format: e.format(), Platform: e.matches[0].Format.Platform,
		Rows: r.Rows, Lines: r.Lines, Masked: r.Masked, Skipped: r.Skipped,
		Rejected: rejected(r.Rejected), Warnings: rejected(r.Warnings),
	}
	if report.DateDoubt = r.DateDoubt; r.DateDoubt != "" {
		report.DateOrder = r.DateOrder
	}
	report.Unknown = unknownWords(r)
	return report
}

func rejected(rows []importers.RowError) []Rejected {
	list := make([]Rejected, len(rows))
	for i, r := range rows {
		list[i] = Rejected{r.Sheet, r.Row, r.Column, r.Reason}
	}
	return list
}

func unknownWords(r *importers.Result) []UnknownWord {
	var list []UnknownWord
	for _, w := range r.Unknown {
		list = append(list, UnknownWord{w.Text, w.Count})
	}
	return list
}
