package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/crypto/passphrase"
)

// canaries are invented personal values, one of each sort, by column.
var canaries = map[string]string{
	"buyer_name": "Ottilie Wrenfold", "buyer_phone": "13000004711", "buyer_email": "wrenfold@canary.example.test",
	"buyer_account": "13000004712", "recipient_name": "Bartholomew Gladeview", "recipient_phone": "13000004713",
	"street": "Nightingale Mews 7", "postcode": "QX9-4711", "message": "leave it with Mrs Plumworthy", "memo": "owes us since Pentecost",
}

// badCells are personal values where no person belongs: the row is refused.
var badCells = map[string]string{
	"order_no": "1.30000004714E+20", "ordered_at": "ask Ottilie 13000004715", "quantity": "call 13000004716", "paid": "see 13000004717", "currency": "cash 13000004718",
}

const canaryNote = "her sister is Ermintrude 13000004719"

// canaryBook is a book with the canaries, and a shell on it.
type canaryBook struct {
	t   *testing.T
	dir string
}

// do runs a command and returns all that it printed.
func (c *canaryBook) do(lang string, want int, args ...string) string {
	c.t.Helper()
	var out bytes.Buffer
	p := newProgram(strings.NewReader(testPassphrase), &out, &out, testClock, passphrase.Floor, phrase.New(lang))
	if code := p.run(c.t.Context(), append(args, "--book", filepath.Join(c.dir, "shop.kebu"), "--passphrase-file", "-")); code != want {
		c.t.Fatalf("%s: exit code %d, want %d", args[0], code, want)
	}
	return out.String()
}

// silent runs a command in each language, for people and for programs, and
// fails if it tells one of the values.
func (c *canaryBook) silent(want int, values []string, args ...string) {
	c.t.Helper()
	for _, lang := range []string{"en", "zh-Hans", "zh-Hant"} {
		for _, form := range [][]string{nil, {"--json"}} {
			out := c.do(lang, want, slices.Concat(args, form)...)
			for _, v := range values {
				if strings.Contains(out, v) {
					c.t.Errorf("%s %s in %s tells value %d", args[0], form, lang, slices.Index(values, v))
				}
			}
		}
	}
}

// TestPersonalValuesAreToldOnPurposeOnly plants values and looks for them in
// every output and every file.
func TestPersonalValuesAreToldOnPurposeOnly(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	c := &canaryBook{t, t.TempDir()}
	export := canaryExport(t)
	values := slices.AppendSeq(slices.Collect(maps.Values(canaries)), maps.Values(badCells))
	values = append(values, "4711", "4712", "4713", "Wrenfold", "Gladeview", "Plumworthy")
	if err := os.WriteFile(filepath.Join(c.dir, "shop.kebu"), newBook(t), 0o600); err != nil {
		t.Fatal(err)
	}
	// Masks show the last four digits, so that these alone are no leak.
	full := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return len(v) == 4 })

	c.silent(exitDone, full, "import", "--dry-run", "--mapping", export+".json", export)
	for _, name := range []string{"bad_cell", "no_export"} {
		c.silent(exitFailed, full, "import", export+"."+name)
	}
	var dry usecase.ImportReport
	if err := json.Unmarshal([]byte(c.do("en", exitDone, "import", "--dry-run", "--json", "--mapping", export+".json", export)), &dry); err != nil {
		t.Fatal(err)
	}
	if dry.Orders.New != 1 || len(dry.Rejected) != len(badCells) {
		t.Fatalf("%d orders, %d rows refused, want 1 and %d", dry.Orders.New, len(dry.Rejected), len(badCells))
	}
	c.silent(exitDone, full, "import", "--mapping", export+".json", export)
	var found struct{ ID string }
	if err := json.Unmarshal([]byte(c.do("en", exitDone, "customers", "--search", "wrenfold", "--json")), &found); err != nil {
		t.Fatal(err)
	}
	c.silent(exitDone, full, "note", found.ID, canaryNote)
	c.silent(exitDone, []string{canaryNote, "Ermintrude"}, "note", found.ID, canaryNote)
	c.silent(exitDone, []string{canaryNote, "Ermintrude"}, "field", found.ID, "sister="+canaryNote)
	c.silent(exitUsage, []string{"Ermintrude", "13000004719"}, "note", found.ID, "sister", "Ermintrude", "13000004719")
	for _, args := range [][]string{
		{"customers"},
		{"customers", "--search", "Gladeview"},
		{"customers", "--search", canaries["buyer_phone"]},
		{"show", found.ID},
		{"imports"},
		{"stats"},
		{"check"},
		{"segments"},
		{"tag", "add", "gift", "--where", "purchases >= 0"},
		{"segment", "save", "gifts", "--where", "tag = gift"},
		{"segments"},
		{"export", "--purpose", "books", "--to", filepath.Join(c.dir, "masked.csv")},
		{"export", "--purpose", "books", "--columns", "id,name,phone,email,address,accounts,tags", "--to", filepath.Join(c.dir, "masked.xlsx")},
		{"export", "--purpose", "books", "--to", filepath.Join(c.dir, "masked.vcf")},
	} {
		c.silent(exitDone, full, args...)
	}
	c.silent(exitDone, []string{"13000004719"}, "show", found.ID) // numbers inside a note, too
	c.silent(exitUsage, full, "show", "--reveal", found.ID)
	c.silent(exitFailed, full, "decide", "same", found.ID, canaries["buyer_phone"])
	c.silent(exitFailed, full, "decide", "different", found.ID, canaries["buyer_name"])
	c.silent(exitFailed, full, "tag", "add", "gift", canaries["buyer_email"])
	c.silent(exitFailed, full, "undo", "1"+canaries["recipient_phone"])
	c.silent(exitUsage, full, "undo", canaries["buyer_name"])
	c.silent(exitFailed, full, "export", "--reveal", "--purpose", "books", "--to", filepath.Join(c.dir, "none", "list.csv"))
	for _, dir := range []string{c.dir, temp} {
		if err := findPlain(dir, append(full, canaryNote, "Ermintrude")); err != nil {
			t.Error(err)
		}
	}
	c.revealed(found.ID)
}

// revealed proves that the values are there and that asking for them tells them.
func (c *canaryBook) revealed(id string) {
	c.t.Helper()
	shown := c.do("en", exitDone, "show", "--json", "--reveal", "--reason", "she asked", id)
	for _, column := range []string{"buyer_name", "buyer_email", "recipient_name", "recipient_phone", "street", "message", "memo"} {
		if !strings.Contains(shown, canaries[column]) {
			c.t.Errorf("show --reveal does not tell %s", column)
		}
	}
	list := filepath.Join(c.dir, "clear.csv")
	c.do("en", exitDone, "export", "--reveal", "--purpose", "she asked", "--columns", "name,phone,email,address", "--to", list)
	if findPlain(c.dir, []string{canaries["buyer_name"]}) == nil {
		c.t.Error("export --reveal does not tell the name")
	}
	if err := os.Remove(list); err != nil {
		c.t.Error(err)
	}
	if err := findPlain(c.dir, []string{canaries["buyer_name"]}); err != nil {
		c.t.Error(err)
	}
}

// canaryExport writes an export with the canaries in one good row and in bad
// rows, its mapping, and files that cannot be imported at all.
func canaryExport(t *testing.T) string {
	t.Helper()
	good := map[string]string{"order_no": "A1", "ordered_at": "2026-11-02 10:00:00", "buyer_id": "b1", "quantity": "2", "paid": "19", "currency": "EUR", "product": "soap", "city": "Springfield"}
	maps.Copy(good, canaries)
	fields := slices.Sorted(maps.Keys(good))
	row := func(with map[string]string) string {
		cells := make([]string, len(fields))
		for i, f := range fields {
			cells[i] = good[f]
			if v, ok := with[f]; ok {
				cells[i] = v
			}
		}
		return strings.Join(cells, ",") + "\n"
	}
	text := strings.Join(fields, ",") + "\n" + row(nil)
	n := byte('2')
	for field, cell := range badCells {
		text += row(map[string]string{"order_no": "A" + string(n), field: cell})
		n++
	}
	columns := make(map[string]string)
	for _, f := range fields {
		columns[f] = f
	}
	mapping, err := json.Marshal(map[string]any{"name": "own", "time_zone": "Europe/Berlin", "columns": columns, "recipient_is_buyer": false})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "own.csv")
	for file, data := range map[string]string{
		name: text, name + ".json": string(mapping), name + ".no_export": row(nil) + row(nil), name + ".bad_cell": canaries["buyer_name"] + "\x00\x01\x02" + canaries["street"],
	} {
		err = errors.Join(err, os.WriteFile(file, []byte(data), fs.FileMode(0o600)))
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}
