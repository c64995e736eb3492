package usecase

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase/list"
	"kebu/store"
)

// ErrColumn means that a list has no column of that name.
var ErrColumn = errors.New("no such column")

// ExportRequest is a list to write.
type ExportRequest struct {
	Selection
	To      string   // file: .xlsx, .csv or .vcf
	Purpose string   // what the list is for; needed
	Columns []string // of ExportColumns; nil: DefaultColumns
	Reveal  bool     // personal values in clear
	// Title gives a column's heading in the user's language.
	Title func(column string) string
	// Progress, if not nil, is told how many rows are done.
	Progress func(rows int)
}

// ExportReport says what was written.
type ExportReport struct {
	Rows    int      `json:"rows"`
	Columns []string `json:"columns"`
	SHA256  string   `json:"sha256"`
}

// DefaultColumns are those of a list when none are chosen.
var DefaultColumns = []string{
	"name", "phone", "accounts", "purchases", "gross", "refunded", "net", "first_purchase", "last_purchase", "country", "province", "city", "tags",
}

// exportColumns lists every column: what it holds and where it comes from.
var exportColumns = []struct {
	key   string
	kind  list.Kind
	value func(c *store.Customer, e *exportEnv) list.Value
}{
	{"id", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.ID) }},
	{"name", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil && !c.Clear.Name.Empty() {
			return list.TextValue(c.Clear.Name.Reveal())
		}
		return list.TextValue(c.NameMask)
	}},
	{"alias", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Alias.Reveal()) }},
	{"phone", list.Phone, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Phone.Reveal())
		}
		return list.TextValue(c.PhoneMask)
	}},
	{"email", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Email.Reveal())
		}
		return list.TextValue(c.EmailMask)
	}},
	{"address", list.Prose, func(c *store.Customer, _ *exportEnv) list.Value {
		if c.Clear != nil {
			return list.TextValue(c.Clear.Address.Reveal())
		}
		return list.TextValue(c.AddressMask)
	}},
	{"accounts", list.Text, func(c *store.Customer, _ *exportEnv) list.Value {
		accounts := make([]string, len(c.Buyers))
		for i, b := range c.Buyers {
			accounts[i] = b.Platform + ": " + b.ID
		}
		return list.TextValue(strings.Join(accounts, "; "))
	}},
	{"orders", list.Integer, func(c *store.Customer, _ *exportEnv) list.Value { return list.IntegerValue(int64(c.Orders)) }},
	{"purchases", list.Integer, func(c *store.Customer, _ *exportEnv) list.Value { return list.IntegerValue(int64(c.Purchases)) }},
	{"gross", list.Money, func(c *store.Customer, e *exportEnv) list.Value {
		return e.money(c, func(s crm.Sums) crm.Money { return s.Gross })
	}},
	{"refunded", list.Money, func(c *store.Customer, e *exportEnv) list.Value {
		return e.money(c, func(s crm.Sums) crm.Money { return s.Refunded })
	}},
	{"net", list.Money, func(c *store.Customer, e *exportEnv) list.Value { return e.money(c, crm.Sums.Net) }},
	{"first_purchase", list.Time, func(c *store.Customer, _ *exportEnv) list.Value { return list.TimeValue(c.First) }},
	{"last_purchase", list.Time, func(c *store.Customer, _ *exportEnv) list.Value { return list.TimeValue(c.Last) }},
	{"country", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Country) }},
	{"province", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.Province) }},
	{"city", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(c.City) }},
	{"tags", list.Text, func(c *store.Customer, _ *exportEnv) list.Value { return list.TextValue(strings.Join(c.Tags, "; ")) }},
}

// ExportColumns names the columns that a list can have.
func ExportColumns() []string {
	keys := make([]string, len(exportColumns))
	for i, c := range exportColumns {
		keys[i] = c.key
	}
	return keys
}

// exportEnv is what values depend on beside the customer.
type exportEnv struct{ currency string }

// money gives an amount in the book's currency as a number; of a customer with
// others, all as text.
func (e *exportEnv) money(c *store.Customer, of func(crm.Sums) crm.Money) list.Value {
	switch {
	case len(c.Money) == 0:
		return list.MoneyValue(0)
	case len(c.Money) == 1 && c.Money[0].Currency == e.currency:
		return list.MoneyValue(of(c.Money[0]))
	}
	texts := make([]string, len(c.Money))
	for i, s := range c.Money {
		texts[i] = of(s).Format(s.Currency) + " " + s.Currency
	}
	return list.TextValue(strings.Join(texts, "; "))
}

// Export writes a selection of customers to a file and records it: who, when,
// why, which columns, how many rows, and the file's hash. Personal values are
// masked unless revealed. It fails with ErrReason without a purpose.
//
// The list is made in memory and stands on disk only as the finished file, so
// that a crash leaves nothing half written beside it.
func (s *Session) Export(ctx context.Context, r ExportRequest) (ExportReport, error) {
	r.Purpose = strings.TrimSpace(r.Purpose)
	if r.Purpose == "" {
		return ExportReport{}, ErrReason
	}
	format, err := list.FormatOf(r.To)
	if err != nil {
		return ExportReport{}, err
	}
	if info, err := os.Stat(r.To); err == nil && info.IsDir() {
		return ExportReport{}, fmt.Errorf("export to a folder: %w", fs.ErrExist)
	}
	if r.Columns == nil {
		r.Columns = DefaultColumns
		if format == list.VCF {
			r.Columns = []string{"name", "phone", "email", "address"}
		}
	}
	picked, err := pick(r.Columns)
	if err != nil {
		return ExportReport{}, err
	}
	index, err := s.indexFor(ctx, r.Selection)
	if err != nil {
		return ExportReport{}, err
	}
	if len(r.Sort) == 0 {
		r.Sort = lastToBuy
	}
	var file bytes.Buffer
	var ready string // the whole file beside its place
	report := ExportReport{Columns: r.Columns}
	err = s.gate.Update(ctx, access.Export, func(tx *store.Tx) error {
		nums, _, err := s.find(ctx, tx, r.Selection, index)
		if err != nil {
			return err
		}
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		env := &exportEnv{settings.Currency}
		columns := make([]list.Column, len(picked))
		for i, p := range picked {
			columns[i] = list.Column{Key: exportColumns[p].key, Title: r.Title(exportColumns[p].key), Kind: exportColumns[p].kind, Currency: settings.Currency}
		}
		rows := exportRows(ctx, tx, nums, r.Reveal, picked, env)
		if report.Rows, err = list.Write(ctx, &file, format, columns, rows, list.Options{Zone: settings.Zone, Progress: r.Progress}); err != nil {
			return err
		}
		sum := sha256.Sum256(file.Bytes())
		report.SHA256 = fmt.Sprintf("%x", sum)
		if ready, err = writeBeside(r.To, file.Bytes()); err != nil {
			return err
		}
		return tx.RecordDisclosure(ctx, store.Disclosure{
			Kind: "export", Purpose: r.Purpose, Clear: r.Reveal, Columns: r.Columns, Rule: r.Where, Rows: report.Rows, SHA256: sum[:],
		})
	})
	// What is recorded takes its place; a list without its record goes.
	if err == nil {
		err = os.Rename(ready, r.To)
	}
	if err != nil {
		if ready != "" {
			_ = os.Remove(ready)
		}
		return ExportReport{}, fmt.Errorf("export: %w", err)
	}
	return report, nil
}

// pick returns the places of columns in exportColumns.
func pick(names []string) ([]int, error) {
	picked := make([]int, len(names))
	keys := ExportColumns()
	for i, n := range names {
		picked[i] = slices.Index(keys, n)
		if picked[i] < 0 {
			return nil, fmt.Errorf("%s: %w", n, ErrColumn)
		}
	}
	return picked, nil
}

// exportRows loads customers in batches and yields their rows.
func exportRows(ctx context.Context, tx *store.Tx, nums []int64, reveal bool, picked []int, env *exportEnv) iter.Seq2[[]list.Value, error] {
	return func(yield func([]list.Value, error) bool) {
		row := make([]list.Value, len(picked))
		for batch := range slices.Chunk(nums, profileBatch) {
			customers, err := tx.LoadCustomers(ctx, batch, reveal)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range customers {
				for j, p := range picked {
					row[j] = exportColumns[p].value(&customers[i], env)
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// place makes data the content of a file, all of it or nothing.
func place(name string, data []byte) error {
	ready, err := writeBeside(name, data)
	if err != nil {
		return err
	}
	if err := os.Rename(ready, name); err != nil {
		return errors.Join(fmt.Errorf("write list: %w", err), os.Remove(ready))
	}
	return nil
}

// writeBeside writes data to a new file in the folder of name, and returns its
// name once it lasts.
func writeBeside(name string, data []byte) (_ string, err error) {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	f, err := os.CreateTemp(dir, "."+base+".*")
	if err != nil {
		return "", fmt.Errorf("write list: %w", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("write list: %w", err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}
