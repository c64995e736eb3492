package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"kebu/app/usecase"
)

type formatsVerb struct {
	JSON bool `help:"${help_json}"`
}

// Run lists the known formats.
func (v *formatsVerb) Run(p *program) error {
	var rows [][]string
	for _, f := range usecase.Formats() {
		if v.JSON {
			if err := p.json(map[string]string{"id": f.ID, "marketplace": f.Platform, "locale": f.Locale}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{f.ID, f.Platform, f.Locale})
	}
	if v.JSON {
		return nil
	}
	return p.table([]string{"format", "marketplace", "locale"}, rows)
}

// maxMapping bounds what is read of a column mapping.
const maxMapping = 1 << 20

// mapping reads a column mapping, if one is named.
func mapping(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	data, err := readFile(file, maxMapping)
	if err != nil {
		return nil, fmt.Errorf("read mapping: %w", err)
	}
	return data, nil
}

type inspectVerb struct {
	File         string `arg:"" help:"${help_export_file}"`
	Mapping      string `placeholder:"FILE" help:"${help_mapping}"`
	Format       string `placeholder:"ID" help:"${help_format}"`
	DateOrder    string `enum:",dmy,mdy" default:"" placeholder:"dmy|mdy" help:"${help_date_order}"`
	PasswordFile string `placeholder:"FILE" help:"${help_password_file}"`
	JSON         bool   `help:"${help_json}"`
}

// Run tells what a file is.
func (v *inspectVerb) Run(ctx context.Context, p *program) error {
	m, err := mapping(v.Mapping)
	if err != nil {
		return err
	}
	password, err := p.filePassword(v.PasswordFile)
	if err != nil {
		return err
	}
	var i usecase.Inspection
	err = p.withPassword(password, func(password string) (err error) {
		i, err = usecase.Inspect(ctx, usecase.InspectRequest{
			Path: v.File, Mapping: m, Format: v.Format, Password: password, DateOrder: usecase.DateOrder(v.DateOrder),
		})
		return err
	})
	if err != nil {
		return err
	}
	if v.JSON {
		return p.json(i)
	}
	return p.inspected(i)
}

func (p *program) inspected(i usecase.Inspection) error {
	p.say("inspected_as", map[string]any{"Name": p.phrase.Format(i.Format)})
	key := "inspected"
	if i.Payments > 0 && i.Orders == 0 {
		key = "inspected_rows"
	}
	p.say(key, map[string]any{"Format": i.Format, "Encoding": i.Encoding, "Row": i.HeaderRow, "Rows": i.Rows, "Orders": i.Orders})
	if i.Payments > 0 {
		p.say("inspected_payments", map[string]any{"Count": i.Payments})
	}
	heads, rows := []string{"field", "header", "means"}, make([][]string, len(i.Kept))
	several := slices.ContainsFunc(i.Kept, func(k usecase.KeptColumn) bool { return k.Sheet != i.Kept[0].Sheet })
	if several {
		heads = append(heads, "sheet")
	}
	for n, k := range i.Kept {
		if rows[n] = []string{k.Field, k.Header, p.phrase.Field(k.Field)}; several {
			rows[n] = append(rows[n], k.Sheet)
		}
	}
	if err := p.table(heads, rows); err != nil {
		return err
	}
	p.say("dropped_columns", map[string]any{"Count": len(i.Dropped)})
	p.rejected(i.Rejected)
	p.doubt(i.DateDoubt, i.DateOrder)
	p.unknown(i.Unknown)
	return nil
}

// doubt asks for the order of dates that the file does not tell, or says how they were
// read.
func (p *program) doubt(date string, order usecase.DateOrder) {
	switch {
	case date == "":
	case order == "":
		data := map[string]any{"Date": date, "Day": p.phrase.Reading(date, usecase.DayFirst), "Month": p.phrase.Reading(date, usecase.MonthFirst)}
		p.say("which_date", data)
	default:
		p.say("read_date", map[string]any{"Date": date, "Day": p.phrase.Reading(date, order)})
	}
}

// rejected names rows that were not read.
func (p *program) rejected(rows []usecase.Rejected) {
	for _, r := range rows {
		key := "rejected_row"
		if r.Column != "" {
			key = "rejected_cell"
		}
		data := map[string]any{"Row": r.Row, "Column": r.Column, "Reason": p.phrase.Reason(string(r.Reason))}
		if r.Sheet != "" {
			p.say("in_sheet", map[string]any{"Sheet": r.Sheet, "Text": p.phrase.Text(key, data)})
		} else {
			p.say(key, data)
		}
	}
}

type importVerb struct {
	bookFlags
	Files        []string `arg:"" name:"file" help:"${help_export_file}"`
	Shop         string   `placeholder:"NAME" help:"${help_shop}"`
	Mapping      string   `placeholder:"FILE" help:"${help_mapping}"`
	Format       string   `placeholder:"ID" help:"${help_format}"`
	DateOrder    string   `enum:",dmy,mdy" default:"" placeholder:"dmy|mdy" help:"${help_date_order}"`
	DryRun       bool     `help:"${help_dry_run}"`
	PasswordFile string   `placeholder:"FILE" help:"${help_password_file}"`
}

// Run reads exports into the book, each as one step.
func (v *importVerb) Run(ctx context.Context, p *program) error {
	m, err := mapping(v.Mapping)
	if err != nil {
		return err
	}
	password, err := p.filePassword(v.PasswordFile)
	if err != nil {
		return err
	}
	var requests []usecase.ImportRequest
	for _, file := range v.Files {
		requests = append(requests, usecase.ImportRequest{
			Path: file, Shop: v.Shop, Mapping: m, Format: v.Format, Password: password, DateOrder: usecase.DateOrder(v.DateOrder),
			DryRun: v.DryRun, Progress: p.progressOfImport(),
		})
	}
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		keeper := p.keeper.For(s)
		for i := range requests {
			requests[i].Keeper = keeper
		}
		each := func(verb func(*usecase.ImportRequest) error) error {
			for i := range requests {
				r := &requests[i]
				if err := p.withPassword(r.Password, func(password string) error {
					r.Password = password
					return verb(r)
				}); err != nil {
					return &usecase.FileError{Path: r.Path, Err: err}
				}
			}
			return nil
		}
		if len(requests) > 1 { // before the first changes anything
			if err := each(func(r *usecase.ImportRequest) error { return s.Recognise(ctx, *r) }); err != nil {
				return err
			}
		}
		return each(func(r *usecase.ImportRequest) error {
			report, err := s.Import(ctx, *r)
			if err != nil {
				return err
			}
			if err := p.imported(v, report); err != nil {
				return err
			}
			if err := p.out.Flush(); err != nil { // the next file may take long
				return fmt.Errorf("print: %w", err)
			}
			return nil
		})
	})
}

func (p *program) imported(v *importVerb, r usecase.ImportReport) error {
	if r.OtherShop != "" {
		p.warn("other_shop", map[string]any{"Shop": r.OtherShop})
	}
	if v.JSON {
		return p.json(r)
	}
	key := "imported"
	if v.DryRun {
		key = "would_import"
	}
	p.say(key, map[string]any{
		"File": r.File, "Format": p.phrase.Format(r.Format), "Shop": r.Shop, "Rows": r.Rows, "Lines": r.Lines, "Import": r.Import,
		"New": r.Orders.New, "Changed": r.Orders.Changed, "Same": r.Orders.Same,
		"NewCustomers": r.Customers.New, "Matched": r.Customers.Matched, "Rejected": len(r.Rejected),
	})
	if c := r.Payments; c != nil {
		p.say("imported_payments", map[string]any{
			"New": c.New, "Changed": c.Changed, "Same": c.Same, "OfOrders": c.OfOrders, "Alone": c.Total() - c.OfOrders,
		})
	}
	if r.Erased > 0 {
		p.say("import_erased", map[string]any{"Count": r.Erased})
	}
	p.rejected(r.Rejected)
	p.doubt(r.DateDoubt, r.DateOrder)
	p.unknown(r.Unknown)
	return nil
}

// unknown names status words that are kept and not mapped.
func (p *program) unknown(words []usecase.UnknownWord) {
	for _, w := range words {
		p.say("unknown_word", map[string]any{"Word": w.Word, "Count": w.Rows})
	}
}

type importsVerb struct {
	bookFlags
}

// Run lists the imports.
func (v *importsVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Imports(ctx)
		if err != nil {
			return err
		}
		rows := make([][]string, len(list))
		for i, m := range list {
			r := m.Report
			if v.JSON {
				if err := p.json(struct {
					usecase.ImportReport
					At     string `json:"at"`
					User   string `json:"user"`
					Undone bool   `json:"undone"`
				}{r, m.At.In(time.UTC).Format(time.RFC3339), m.User, m.Undone}); err != nil {
					return err
				}
				continue
			}
			state := ""
			if m.Undone {
				state = p.phrase.Text("undone")
			}
			told := r.Tally()
			rows[i] = []string{
				r.Import, m.At.In(time.Local).Format("2006-01-02 15:04"), r.File, r.Shop,
				strconv.Itoa(told.New), strconv.Itoa(told.Changed), strconv.Itoa(told.Same), state,
			}
		}
		if v.JSON {
			return nil
		}
		if len(list) == 0 {
			p.say("no_imports", nil)
			return nil
		}
		return p.table([]string{"import", "at", "file", "shop", "new", "changed", "same", "state"}, rows)
	})
}
