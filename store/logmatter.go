package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/pii"
	"kebu/crypto/evidence"
)

// Matter is what an entry of the log was about. The entry commits to it, and it
// stands sealed beside.
type Matter struct {
	Undoes  int64    `json:"undoes,omitempty"` // the step that was taken back, or the undo that was
	File    string   `json:"file,omitempty"`   // of an import or an export
	SHA256  string   `json:"sha256,omitempty"` // of that file, hexadecimal
	Format  string   `json:"format,omitempty"`
	Kind    string   `json:"kind,omitempty"` // of the purpose
	Purpose string   `json:"purpose,omitempty"`
	Rule    string   `json:"rule,omitempty"`
	Columns []string `json:"columns,omitempty"`
	Clear   []string `json:"clear,omitempty"`
	Seen    int64    `json:"seen,omitempty"` // entries of the log that was known before, or was replaced
	Root    string   `json:"root,omitempty"` // of these, base64
	More    int      `json:"more,omitempty"` // changes beyond mostTold

	changes []LoggedChange
}

// mostTold bounds the changes that an entry tells one by one.
const mostTold = 100

// told is what a step changes.
type told struct {
	changes []LoggedChange
	more    int
}

// tell has the log say what the transaction's step changes: of each customer the
// value of that name, such as one of the shop's own fields.
func (t *Tx) tell(ctx context.Context, customers []int64, what, name string, before, after pii.Text) error {
	of := t.told[t.step]
	most := min(len(customers), mostTold-len(of.changes))
	list, err := jsonList(customers[:most])
	if err != nil {
		return err
	}
	ids, err := listOf[string](ctx, t, "name customers", `SELECT lower(hex(id)) FROM customers WHERE num IN (SELECT value FROM json_each(?)) ORDER BY num`, list)
	if err != nil {
		return err
	}
	for _, id := range ids {
		of.changes = append(of.changes, LoggedChange{id, what, name, before, after})
	}
	of.more += len(customers) - most
	t.keepTold(of)
	return nil
}

// tellShop is tell for what is no customer's.
func (t *Tx) tellShop(what, name string, before, after pii.Text) {
	of := t.told[t.step]
	of.changes = append(of.changes, LoggedChange{"", what, name, before, after})
	t.keepTold(of)
}

func (t *Tx) keepTold(of told) {
	if t.told == nil {
		t.told = make(map[int64]told)
	}
	t.told[t.step] = of
}

// matterOf is what the journal knows of steps.
const matterOf = `SELECT s.id, coalesce(s.undoes, 0), coalesce(i.file, d.file, ''), lower(hex(coalesce(i.sha256, d.sha256, x''))), coalesce(i.format, ''),
	coalesce(d.purpose_kind, ''), coalesce(d.purpose, ''), coalesce(d.rule, ''), coalesce(d.columns, ''), coalesce(d.clear_columns, '')
	FROM steps AS s LEFT JOIN imports AS i ON i.step = s.id LEFT JOIN disclosures AS d ON d.step = s.id`

const matterOfStep = matterOf + ` WHERE s.id = ?`

func scanMatter(scan func(...any) error) (step int64, m *Matter, err error) {
	m = &Matter{}
	var columns, clear string
	err = scan(&step, &m.Undoes, &m.File, &m.SHA256, &m.Format, &m.Kind, &m.Purpose, &m.Rule, &columns, &clear)
	m.Columns, m.Clear = splitNames(columns), splitNames(clear)
	return step, m, err
}

// matter reads what the journal knows of a step.
func (t *Tx) matter(ctx context.Context, step int64) (*Matter, error) {
	_, m, err := scanMatter(func(into ...any) error { return t.rowOften(ctx, into, matterOfStep, step) })
	if err != nil {
		return nil, fmt.Errorf("find step: %w", err)
	}
	return m, nil
}

// matters reads what the journal knows of all steps, as JSON.
func (t *Tx) matters(ctx context.Context) (map[int64][]byte, error) {
	all := make(map[int64][]byte)
	return all, t.each(ctx, "read journal", func(r *sql.Rows) error {
		step, m, err := scanMatter(r.Scan)
		if err == nil {
			all[step], err = json.Marshal(m)
		}
		return err
	}, matterOf)
}

func (m *Matter) empty() bool {
	return m.Undoes == 0 && m.File == "" && m.SHA256 == "" && m.Purpose == "" && m.Kind == "" && m.Rule == "" && m.Seen == 0 && len(m.changes) == 0 && m.More == 0
}

// wireMatter is a payload: JSON in this order.
type wireMatter struct {
	Matter
	Changes []wireChange `json:"changes,omitempty"`
}

type wireChange struct {
	Customer string `json:"customer,omitempty"` // id
	What     string `json:"what"`
	Name     string `json:"name,omitempty"`
	Before   string `json:"before,omitempty"`
	After    string `json:"after,omitempty"`
}

// wire is the payload of m. Customers stand in it by their ids, which are random and
// never given again.
func (m *Matter) wire() *wireMatter {
	w := &wireMatter{Matter: *m}
	for _, c := range m.changes {
		w.Changes = append(w.Changes, wireChange{c.Customer, c.What, c.Name, c.Before.Reveal(), c.After.Reveal()})
	}
	return w
}

// customers lists the ids of those whom a payload tells of, each once.
func (w *wireMatter) customers() []string {
	var ids []string
	for _, c := range w.Changes {
		if c.Customer != "" {
			ids = append(ids, c.Customer)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// minuteOf is the time of an entry made at that moment by a clock that was not
// set back.
func minuteOf(at crm.Moment) int64 {
	minute, _ := evidence.Following(int64(at)/1000, 0)
	return minute
}
