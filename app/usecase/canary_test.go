package usecase_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/pii"
	"kebu/app/usecase"
	"kebu/store"
)

// told are invented personal values; of none a verb tells all unless it is for that.
var told = []string{
	"Ottilie Wrenfold", "Wrenfold", "13000004711", "wrenfold@canary.example.test", "13000004712", "Bartholomew Gladeview", "Gladeview", "13000004713",
	"Nightingale Mews 7", "Nightingale", "QX9-4711", "leave it with Mrs Plumworthy", "Plumworthy", "owes us since Pentecost", "Pentecost",
	"13000004720", "Quillfeather", "13000004719", "ermintrude@canary.example.test", "13000004721",
}

const canaryMapping = `{"name":"own","currency":"EUR","time_zone":"Europe/Berlin","country":"DE","columns":{"order_no":"No","ordered_at":"Day","paid":"Paid","status":"State",` +
	`"buyer_id":"Buyer","buyer_account":"Account","buyer_name":"Name","buyer_phone":"Tel","buyer_email":"Mail","recipient_name":"To","recipient_phone":"To Tel","street":"Street",` +
	`"postcode":"Code","city":"City","message":"Said","memo":"Memo","product":"What"}}`

const canaryHead = "No,Day,Paid,State,Buyer,Account,Name,Tel,Mail,To,To Tel,Street,Code,City,Said,Memo,What\n"

func canaryRow(number, paid, buyer, tel string) string {
	return number + ",2026-11-02 10:00:00," + paid + ",paid," + buyer + ",13000004712,Ottilie Wrenfold," + tel + ",wrenfold@canary.example.test,Bartholomew Gladeview,13000004713,Nightingale Mews 7," +
		"QX9-4711,Springfield,leave it with Mrs Plumworthy,owes us since Pentecost,soap\n"
}

// telltale looks for the values in what a verb gives: as it prints, and in
// every text that is held back from printing but would be shown.
type telltale struct{ t *testing.T }

func (c telltale) look(verb string, v any, err error) {
	c.t.Helper()
	texts := []string{fmt.Sprintf("%+v %#v", v, v)}
	if err != nil {
		texts = append(texts, err.Error(), fmt.Sprintf("%+v", err))
	}
	gather(reflect.ValueOf(v), &texts)
	for _, text := range texts {
		for n, value := range told {
			if strings.Contains(text, value) {
				c.t.Errorf("%s tells value %d", verb, n)
			}
		}
	}
}

// gather reveals the texts inside v.
func gather(v reflect.Value, texts *[]string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		gather(v.Elem(), texts)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			gather(v.Index(i), texts)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			gather(v.MapIndex(k), texts)
		}
	case reflect.Struct:
		if v.CanInterface() {
			if text, ok := v.Interface().(pii.Text); ok {
				*texts = append(*texts, text.Reveal())
				return
			}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				gather(v.Field(i), texts)
			}
		}
	case reflect.String:
		*texts = append(*texts, v.String())
	default:
	}
}

// TestReadingTellsNoPersonalValue plants values, writes them in notes too, and
// looks for them in all that the window is given without asking to see them.
func TestReadingTellsNoPersonalValue(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s, ctx, c := sessionAt(t, &now), t.Context(), telltale{t}
	first := write(t, "first.csv", canaryHead+canaryRow("A-1", "19", "b1", "13000004711")+canaryRow("A-2", "19", "b2", "13000004720"))
	next := write(t, "next.csv", canaryHead+strings.ReplaceAll(canaryRow("A-1", "29", "b1", "13000004721"), "Wrenfold", "Quillfeather")+
		canaryRow("A-3", "see 13000004717 Wrenfold", "b3", "13000004711"))
	preview := func(path string) {
		p, err := s.Preview(ctx, usecase.ImportRequest{Path: path, Mapping: []byte(canaryMapping)})
		c.look("preview", p, err)
	}
	bring := func(path string) {
		r, err := s.Import(ctx, usecase.ImportRequest{Path: path, Mapping: []byte(canaryMapping)})
		if err != nil {
			t.Fatal(err)
		}
		c.look("import", r, err)
	}
	preview(first)
	bring(first)
	list := ids(t, s, usecase.Selection{})
	if len(list) == 0 {
		t.Fatal("nobody")
	}
	id := list[0]
	must(t)(s.Note(ctx, id, pii.New("@2026-11-01 call 13000004719 or ermintrude@canary.example.test")))
	must(t)(s.SetAlias(ctx, id, pii.New("Till 13000004719 ermintrude@canary.example.test")))
	must(t)(s.SetField(ctx, id, "sister", pii.New("13000004719")))
	must(t)(s.SaveSegment(ctx, "all", "purchases >= 0"))
	preview(next)
	bring(next)
	must(t)(s.AddTag(ctx, "gift", usecase.Targets{Search: "13000004711"}))

	reads := map[string]func() (any, error){
		"show":     func() (any, error) { return s.Show(ctx, id) },
		"due":      func() (any, error) { return s.DueNotes(ctx) },
		"imports":  func() (any, error) { return s.Imports(ctx) },
		"stats":    func() (any, error) { return s.Stats(ctx) },
		"settings": func() (any, error) { return s.Settings(ctx) },
		"overview": func() (any, error) { return s.Overview(ctx, usecase.OverviewRequest{}) },
		"segments": func() (any, error) { return s.Segments(ctx) },
		"mappings": func() (any, error) { return s.Mappings(ctx) },
		"tags":     func() (any, error) { return s.Tags(ctx) },
		"shops":    func() (any, error) { return s.Shops(ctx) },
		"totals":   func() (any, error) { return s.Totals(ctx, usecase.Selection{Search: "Wrenfold"}) },
		"check":    func() (any, error) { return s.Check(ctx, nil) },
		"customers": func() (any, error) {
			var found []usecase.Customer
			_, err := s.Customers(ctx, usecase.Selection{Search: "wrenfold"}, func(x usecase.Customer) error { found = append(found, x); return nil })
			if len(found) == 0 {
				t.Error("the search finds nobody")
			}
			return found, err
		},
		"orders": func() (any, error) {
			var rows []usecase.OrderRow
			_, err := s.Orders(ctx, usecase.OrderSelection{}, func(o usecase.OrderRow) error { rows = append(rows, o); return nil })
			for _, o := range rows {
				d, err := s.Order(ctx, o.ID)
				c.look("order", d, err)
			}
			if len(rows) == 0 {
				t.Error("no orders")
			}
			return rows, err
		},
		"undo preview": func() (any, error) {
			imports, err := s.Imports(ctx)
			if err != nil {
				return nil, err
			}
			return s.UndoPreview(ctx, imports[0].Step)
		},
		"export preview": func() (any, error) {
			return s.ExportPreview(ctx, usecase.ExportRequest{To: "a.csv", PurposeKind: usecase.PurposeSMS, Clear: usecase.ClearColumns, Reveal: true})
		},
		"rejected rows": func() (any, error) {
			return s.SaveRejected(ctx, usecase.RejectedRequest{Path: next, Mapping: []byte(canaryMapping), To: filepath.Join(t.TempDir(), "none", "r.csv"), Title: "why", Reason: why})
		},
		"a wrong rule": func() (any, error) { return s.Totals(ctx, usecase.Selection{Where: "city = 'x' nonsense"}) },
	}
	for verb, read := range reads {
		v, err := read()
		c.look(verb, v, err)
	}
	to := filepath.Join(t.TempDir(), "list.csv")
	r, err := s.Export(ctx, usecase.ExportRequest{To: to, Purpose: "books", Columns: usecase.ExportColumns(), Clear: usecase.ClearColumns, Title: title})
	c.look("export", r, err)
	log, err := s.Exports(ctx)
	c.look("exports", log, err)
	joined, err := s.Join(ctx, id, "13000004711")
	if err == nil {
		t.Error("joined with nobody")
	}
	c.look("join", joined, err)
	sound(t, s)
	// What looks for nothing finds nothing.
	p, err := s.Reveal(ctx, id, "she asked")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	gather(reflect.ValueOf(p), &texts)
	for _, value := range []string{"Nightingale Mews 7", "Bartholomew Gladeview", "leave it with Mrs Plumworthy"} {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, value) }) {
			t.Errorf("%d revealed texts without one of the values", len(texts))
		}
	}
	if !strings.Contains(read(t, to), "Nightingale") {
		t.Error("the list in clear has no street")
	}
}

// TestFilesOfTheWindowHoldNoPersonalValue looks at a book of notes, drafts and
// choices as the disk has it.
func TestFilesOfTheWindowHoldNoPersonalValue(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	now := date(time.November, 23)
	dir := t.TempDir()
	path := filepath.Join(dir, "shop.kebu")
	pass := []byte("viaduct-mellow-thistle-27-orbit")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Shop: "Quillfeather", Passphrase: pass}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), path, "", pass, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{
		Path: write(t, "first.csv", canaryHead+canaryRow("A-1", "19", "b1", "13000004711")), Mapping: []byte(canaryMapping),
	}); err != nil {
		t.Fatal(err)
	}
	id := ids(t, s, usecase.Selection{})[0]
	must(t)(s.Note(t.Context(), id, pii.New("13000004719 Pentecost")))
	if err := errors.Join(s.KeepDraft(t.Context(), id, pii.New("ermintrude@canary.example.test")), s.Remember(t.Context(), "filter", "Wrenfold")); err != nil {
		t.Fatal(err)
	}
	look := func(when string) {
		for _, folder := range []string{dir, temp} {
			files, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				data, err := os.ReadFile(filepath.Join(folder, f.Name()))
				if err != nil {
					t.Fatal(err)
				}
				for n, value := range told {
					if strings.Contains(string(data), value) {
						t.Errorf("%s: %s holds value %d", when, filepath.Ext(f.Name()), n)
					}
				}
			}
		}
	}
	look("open")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed")
	if _, err := store.Open(t.Context(), path, "", []byte("viaduct-mellow-thistle-27-orbiter")); err == nil || strings.Contains(err.Error(), "orbiter") {
		t.Errorf("a wrong passphrase: %v", err)
	}
}
