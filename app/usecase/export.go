package usecase

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/find"
	"kebu/app/usecase/list"
	"kebu/crypto/office"
	"kebu/store"
)

// ErrNobody means that a list of a purpose would be empty.
var ErrNobody = errors.New("nobody is left")

// ErrNoLock means that only a workbook can be locked with a password.
var ErrNoLock = errors.New("only .xlsx can have a password")

// ExportRequest is a list to write.
type ExportRequest struct {
	Selection
	To string // file: .xlsx, .csv or .vcf; one that is there is replaced
	// PurposeKind and Purpose say what the list is for. The text is needed
	// where there is no kind, and where a column is in clear.
	PurposeKind PurposeKind
	Purpose     string
	Columns     []string // of ExportColumns; nil: DefaultColumns
	Clear       []string // of ClearColumns: those in clear; the others are masked
	Reveal      bool     // all of ClearColumns in clear
	Password    string   // locks a workbook; "" leaves it open
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
	// Clear names the columns in clear, Left counts who was left out.
	Clear []string `json:"-"`
	Left  int      `json:"-"`
}

// PurposeKind is a kind of purpose. Those of marketing leave out who may not,
// or cannot, be reached for it.
type PurposeKind string

// The kinds.
const (
	PurposeSMS     PurposeKind = "sms"  // marketing
	PurposeCall    PurposeKind = "call" // marketing
	PurposeChat    PurposeKind = "chat" // marketing
	PurposeShip    PurposeKind = "ship"
	PurposeAccount PurposeKind = "account"
	PurposeAnalyse PurposeKind = "analyse"
	PurposeOther   PurposeKind = "other"
)

// PurposeKinds lists them in the order in which a list shows them.
var PurposeKinds = []PurposeKind{PurposeSMS, PurposeCall, PurposeChat, PurposeShip, PurposeAccount, PurposeAnalyse, PurposeOther}

// Marketing reports whether k is a kind for which people are asked to buy.
func (k PurposeKind) Marketing() bool { return k == PurposeSMS || k == PurposeCall || k == PurposeChat }

// LeftOut is why a customer is not on a list.
type LeftOut string

// Why a list leaves customers out, but for the last one of marketing.
const (
	LeftRefused LeftOut = "refused"  // they want no contact
	LeftExpired LeftOut = "expired"  // their phone was a marketplace's, for an order long done
	LeftNoPhone LeftOut = "no_phone" // of a list to text or call: none is known
	// LeftUnapproved is who is on the list since it was asked for.
	LeftUnapproved LeftOut = "unapproved"
)

// LeftOuts lists the reasons in the order in which they are looked for.
var LeftOuts = []LeftOut{LeftRefused, LeftExpired, LeftNoPhone, LeftUnapproved}

// leaves tells why a customer is left out of a list of kind k today, "" if none.
func (k PurposeKind) leaves(c *store.Contact, today crm.Day) LeftOut {
	switch {
	case !k.Marketing():
		return ""
	case c.Refused:
		return LeftRefused
	case c.Virtual && c.PhoneEnds < today:
		return LeftExpired
	case c.PhoneMask == "" && k != PurposeChat:
		return LeftNoPhone
	default:
		return ""
	}
}

// Export writes a selection of customers to a file and records it: who, when,
// why, which columns, how many rows, and the file's hash. Personal values are
// masked but for the columns in clear. It fails with ErrReason without a
// purpose, with ErrNobody where its kind leaves nobody, and with *ApprovalError or
// *RefusedError for a long list in clear.
//
// The list is made in memory and stands on disk only as the finished file. The
// book remembers under which name it stands beside its place until it is
// recorded, so that what a crash leaves goes when the book is opened next.
func (s *Session) Export(ctx context.Context, r ExportRequest) (ExportReport, error) {
	plan, err := s.planned(ctx, &r)
	if err != nil {
		return ExportReport{}, err
	}
	if r.Purpose = strings.TrimSpace(r.Purpose); r.Purpose == "" && (r.PurposeKind == "" || len(plan.clear) > 0) {
		return ExportReport{}, ErrReason
	}
	if info, err := os.Stat(r.To); err == nil && info.IsDir() {
		return ExportReport{}, fmt.Errorf("export to a folder: %w", fs.ErrExist)
	}
	index, err := s.indexFor(ctx, r.Selection)
	if err != nil {
		return ExportReport{}, err
	}
	verb := access.Export
	if len(plan.clear) > 0 {
		verb = access.ExportClear
	}
	see := s.sight(verb)
	var file bytes.Buffer
	var made handed
	report := ExportReport{Columns: plan.columns, Clear: plan.clear}
	if err := s.gate.View(ctx, verb, func(tx *store.Tx) error {
		chosen, err := s.choose(ctx, tx, r, index)
		if err != nil {
			return err
		}
		st, err := s.allowed(ctx, tx, r, plan, chosen.nums)
		if err != nil {
			return err
		}
		if st != nil {
			made.approval = st.Asked.ID
			if err := chosen.bind(ctx, tx, st); err != nil {
				return err
			}
		} else if s.bounded(plan) {
			made.people = chosen.nums
		}
		if len(chosen.nums) == 0 && (r.PurposeKind != "" || st != nil) {
			return ErrNobody
		}
		report.Left = chosen.left()
		report.Rows, err = plan.write(ctx, tx, &file, r, chosen.nums, see)
		return err
	}); err != nil {
		return ExportReport{}, fmt.Errorf("export: %w", err)
	}
	if r.Password != "" {
		var locked bytes.Buffer
		if err := office.Encrypt(ctx, &locked, bytes.NewReader(file.Bytes()), int64(file.Len()), r.Password); err != nil {
			return ExportReport{}, fmt.Errorf("export: %w", err)
		}
		file = locked
	}
	sum := sha256.Sum256(file.Bytes())
	report.SHA256 = fmt.Sprintf("%x", sum)
	if err := s.handOut(ctx, made, r.To, file.Bytes(), store.Disclosure{
		Kind: "export", PurposeKind: string(r.PurposeKind), Purpose: r.Purpose, Clear: len(plan.clear) > 0, Columns: plan.columns,
		ClearColumns: plan.clear, Rule: r.Where, Rows: report.Rows, SHA256: sum[:], File: filepath.Base(r.To),
	}); err != nil {
		return ExportReport{}, fmt.Errorf("export: %w", err)
	}
	return report, nil
}

// handed is what lists are counted by: an approval, or else whom one holds, if it
// counts.
type handed struct {
	approval int64
	people   []int64
}

// handOut writes a list and records it: what is recorded takes its place, and a
// list without its record goes.
func (s *Session) handOut(ctx context.Context, made handed, to string, data []byte, d store.Disclosure) error {
	out, err := newOutFile(to)
	if err != nil {
		return err
	}
	err = s.gate.Keep(ctx, access.Export, func(tx *store.Tx) error { return tx.BeginFile(ctx, out.beside) })
	if err == nil {
		err = out.write(data)
	}
	if err == nil {
		err = s.gate.Update(ctx, access.Export, func(tx *store.Tx) error {
			if made.approval != 0 {
				if err := tx.UseApproval(ctx, made.approval); err != nil {
					return err
				}
			}
			if made.people != nil {
				if err := tx.RecordHanded(ctx, made.people, s.dayAgo()); err != nil {
					return err
				}
			}
			return tx.RecordDisclosure(ctx, d)
		})
	}
	if err == nil {
		err = out.place()
	}
	if err = errors.Join(err, out.end()); err != nil {
		return err
	}
	// The list stands already: what fails here is done when the book is opened next.
	ctx = context.WithoutCancel(ctx)
	_ = s.gate.Keep(ctx, access.Export, func(tx *store.Tx) error { return tx.EndFile(ctx, out.beside) })
	return nil
}

// exportPlan is what a request comes to.
type exportPlan struct {
	format  list.Format
	columns []string
	picked  []int // places of the columns in exportColumns
	clear   []string
}

// planned is plan, of which the log has what was refused.
func (s *Session) planned(ctx context.Context, r *ExportRequest) (p exportPlan, err error) {
	return p, s.gate.Do(ctx, access.Export, func() error {
		p, err = s.plan(r)
		return err
	})
}

// plan checks a request, its purpose apart. A list has no column of what the user does
// not see.
func (s *Session) plan(r *ExportRequest) (exportPlan, error) {
	var p exportPlan
	var err error
	if p.format, err = list.FormatOf(r.To); err != nil {
		return p, err
	}
	if r.Password != "" && p.format != list.XLSX {
		return p, ErrNoLock
	}
	if r.PurposeKind != "" && !slices.Contains(PurposeKinds, r.PurposeKind) {
		return p, fmt.Errorf("purpose %q: %w", r.PurposeKind, ErrReason)
	}
	switch p.columns = r.Columns; {
	case p.columns != nil:
	case p.format == list.VCF:
		p.columns = []string{"name", "phone", "email", "address"}
	default:
		p.columns = DefaultColumns
	}
	shows := func(c string) bool { return s.Shows(access.Export, access.Of(c)) >= access.Masked }
	if r.Columns == nil {
		p.columns = slices.DeleteFunc(slices.Clone(p.columns), func(c string) bool { return !shows(c) })
	}
	if p.picked, err = pick(p.columns); err != nil {
		return p, err
	}
	for _, c := range r.Clear {
		if !slices.Contains(ClearColumns, c) {
			return p, fmt.Errorf("%s in clear: %w", c, ErrColumn)
		}
	}
	for _, c := range p.columns {
		if !shows(c) {
			return p, &HiddenError{access.Of(c)}
		}
		if slices.Contains(ClearColumns, c) && (r.Reveal || slices.Contains(r.Clear, c)) {
			p.clear = append(p.clear, c)
		}
	}
	if len(r.Sort) == 0 {
		r.Sort = s.usual()
	}
	return p, nil
}

// chosen are the customers of a list, and those it leaves out.
type chosen struct {
	nums   []int64
	phones int // of nums with a phone
	out    map[LeftOut][]string
}

func (c *chosen) leave(why LeftOut, contact *store.Contact) {
	c.out[why] = append(c.out[why], contact.ID)
}

func (c *chosen) left() int {
	n := 0
	for _, ids := range c.out {
		n += len(ids)
	}
	return n
}

// choose finds the customers of a list.
func (s *Session) choose(ctx context.Context, tx *store.Tx, r ExportRequest, index *find.Index) (chosen, error) {
	c := chosen{out: map[LeftOut][]string{}}
	nums, _, err := s.find(ctx, tx, r.Selection, index)
	if err != nil {
		return c, err
	}
	env, err := s.env(ctx, tx)
	if err != nil {
		return c, err
	}
	for batch := range slices.Chunk(nums, contactBatch) {
		contacts, err := tx.Contacts(ctx, batch)
		if err != nil {
			return c, err
		}
		for i := range contacts {
			if why := r.PurposeKind.leaves(&contacts[i], env.Today); why != "" {
				c.leave(why, &contacts[i])
				continue
			}
			c.nums = append(c.nums, contacts[i].Num)
			if contacts[i].PhoneMask != "" {
				c.phones++
			}
		}
	}
	return c, nil
}

// contactBatch is how many contacts are loaded at once.
const contactBatch = 10_000

// write writes the list of customers to w and returns its rows.
func (p *exportPlan) write(ctx context.Context, tx *store.Tx, w io.Writer, r ExportRequest, nums []int64, see sight) (int, error) {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return 0, err
	}
	columns := make([]list.Column, len(p.picked))
	for i, n := range p.picked {
		columns[i] = list.Column{Key: exportColumns[n].key, Title: r.Title(exportColumns[n].key), Kind: exportColumns[n].kind, Currency: settings.Currency}
	}
	rows := p.rows(ctx, tx, nums, see, &exportEnv{settings.Currency})
	return list.Write(ctx, w, p.format, columns, rows, list.Options{Zone: settings.Zone, Progress: r.Progress})
}

// rows loads customers in batches and yields their rows.
func (p *exportPlan) rows(ctx context.Context, tx *store.Tx, nums []int64, see sight, env *exportEnv) iter.Seq2[[]list.Value, error] {
	inClear := make([]bool, len(p.columns))
	for i, c := range p.columns {
		inClear[i] = slices.Contains(p.clear, c)
	}
	return func(yield func([]list.Value, error) bool) {
		row := make([]list.Value, len(p.picked))
		for batch := range slices.Chunk(nums, profileBatch) {
			customers, err := tx.LoadCustomers(ctx, batch, len(p.clear) > 0)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range customers {
				see.customer(&customers[i])
				hidden := masked(&customers[i])
				for j, n := range p.picked {
					c := hidden
					if inClear[j] {
						c = &customers[i]
					}
					row[j] = exportColumns[n].value(c, env)
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}
