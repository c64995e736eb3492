package usecase

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// ExportPreview says what an export would write.
type ExportPreview struct {
	Selected int         // customers that the selection finds
	Left     []LeftGroup // of them not on the list, by reason
	Rows     int         // customers on the list
	// ClearPhones counts the phones that the file would hold in clear.
	ClearPhones int
	Columns     []string
	Clear       []string
	Standing    *Standing // of a long list in clear; nil: it needs no approval
	// Sample shows the first customers of the list, masked, at most 3.
	Sample []Customer
}

// LeftGroup are customers whom a list leaves out.
type LeftGroup struct {
	Reason LeftOut
	IDs    List[string]
}

// exportSample is how many customers a preview shows.
const exportSample = 3

// ExportPreview says what Export would write, for each customer left out why,
// and changes nothing. It needs no purpose text.
func (s *Session) ExportPreview(ctx context.Context, r ExportRequest) (ExportPreview, error) {
	plan, err := s.planned(ctx, &r)
	if err != nil {
		return ExportPreview{}, err
	}
	index, err := s.indexFor(ctx, r.Selection)
	if err != nil {
		return ExportPreview{}, err
	}
	r.Purpose = strings.TrimSpace(r.Purpose)
	p, see := ExportPreview{Columns: plan.columns, Clear: plan.clear}, s.sight(access.Export)
	return p, s.gate.View(ctx, access.Export, func(tx *store.Tx) error {
		c, err := s.choose(ctx, tx, r, index)
		if err != nil {
			return err
		}
		if p.Standing, err = s.standing(ctx, tx, r, plan, c.nums); err != nil {
			return err
		}
		if st := p.Standing; st != nil && st.Asked.ID != 0 {
			if err := c.bind(ctx, tx, st); err != nil {
				return err
			}
		}
		p.Rows, p.Selected = len(c.nums), len(c.nums)+c.left()
		for _, why := range LeftOuts {
			if ids := c.out[why]; len(ids) > 0 {
				p.Left = append(p.Left, LeftGroup{why, listOf(ids)})
			}
		}
		if slices.Contains(plan.clear, "phone") {
			p.ClearPhones = c.phones
		}
		p.Sample, err = tx.LoadCustomers(ctx, c.nums[:min(exportSample, len(c.nums))], false)
		for i := range p.Sample {
			see.customer(&p.Sample[i])
		}
		return err
	})
}

// Exported is a list that left the book.
type Exported struct {
	Step    int64
	At      crm.Moment
	User    string
	Kind    PurposeKind // "" where none was named
	Purpose string
	Rule    string // that found the customers, "" for all or for customers chosen one by one
	Rows    int
	Columns []string
	Clear   []string // of Columns
	File    string   // name; "" of lists written before names were kept
	SHA256  string
}

// Exports returns the lists that left the book, newest first.
func (s *Session) Exports(ctx context.Context) ([]Exported, error) {
	var log []Exported
	return log, s.gate.View(ctx, access.Exports, func(tx *store.Tx) error {
		exports, err := tx.Exports(ctx)
		if err != nil {
			return err
		}
		for _, e := range exports {
			entry := Exported{
				Step: e.Step, At: e.At, User: e.User, Kind: PurposeKind(e.PurposeKind), Purpose: e.Purpose, Rule: e.Rule, Rows: e.Rows,
				Columns: e.Columns, Clear: e.ClearColumns, File: e.File, SHA256: fmt.Sprintf("%x", e.SHA256),
			}
			if e.Clear && entry.Clear == nil { // written when all of them were
				for _, c := range e.Columns {
					if slices.Contains(ClearColumns, c) {
						entry.Clear = append(entry.Clear, c)
					}
				}
			}
			log = append(log, entry)
		}
		return nil
	})
}

// FreePath returns path, or, where a file is, the first of name_2, name_3 and so
// on that is free.
func FreePath(path string) string {
	ext := filepath.Ext(path)
	base := strings.TrimSuffix(path, ext)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = base + "_" + strconv.Itoa(n) + ext
	}
}
