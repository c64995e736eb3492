package usecase_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
)

const logPass = "viaduct-mellow-thistle-27-orbit"

// open opens a book as a user at a time; the caller closes it.
func open(t *testing.T, path, user string, now time.Time) *usecase.Session {
	t.Helper()
	s, err := usecase.Open(t.Context(), path, user, []byte(logPass), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newBook(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: []byte(logPass)}); err != nil {
		t.Fatal(err)
	}
	return path
}

// acts lists the verbs of a log, oldest first.
func acts(t *testing.T, s *usecase.Session, r usecase.LogRequest) string {
	t.Helper()
	list, err := s.Log(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, e := range slices.Backward(list) {
		verbs = append(verbs, e.Verb)
	}
	return strings.Join(verbs, " ")
}

// packed writes an audit pack for a new key and opens it again.
func packed(t *testing.T, s *usecase.Session) (pack []byte, key string) {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "pack.age")
	r, err := s.AuditPack(t.Context(), usecase.PackRequest{To: to, Recipient: identity.Recipient().String()})
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	plain, err := age.Decrypt(f, identity)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(plain); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), r.Key
}

// verified fails unless a pack of the book passes with checkpoints that were kept.
func verified(t *testing.T, s *usecase.Session, known ...string) {
	t.Helper()
	pack, key := packed(t, s)
	r, err := evidence.Verify(pack, evidence.Brought{Key: key, Known: known})
	if err != nil || r.State() != evidence.Passed {
		t.Fatalf("%v %+v", err, r)
	}
}

// TestTheLogOnlyGrowsAndVerifies imports, undoes and redoes: each adds an entry, and
// every checkpoint that was taken on the way is of the log that came of it.
func TestTheLogOnlyGrowsAndVerifies(t *testing.T) {
	s := session(t)
	ctx := t.Context()
	var known []string
	keep := func() {
		c, err := s.Checkpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, c.Text)
	}
	keep()
	for range 3 {
		r, err := s.Import(ctx, usecase.ImportRequest{Path: export})
		if err != nil {
			t.Fatal(err)
		}
		keep()
		if _, err := s.Import(ctx, usecase.ImportRequest{Path: export, DryRun: true}); err != nil {
			t.Fatal(err)
		}
		imports, err := s.Imports(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.UndoPreview(ctx, imports[0].Step); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Undo(ctx, imports[0].Step); err != nil {
			t.Fatal(err)
		}
		keep()
		if _, err := s.Redo(ctx, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Undo(ctx, imports[0].Step); err != nil {
			t.Fatal(err)
		}
		if r.Import == "" {
			t.Fatal("no step")
		}
	}
	want := "login" + strings.Repeat(" import undo redo undo", 3)
	if got := acts(t, s, usecase.LogRequest{}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	verified(t, s, known...)
	if got := acts(t, s, usecase.LogRequest{}); got != want+" audit-pack" {
		t.Errorf("after the pack: %s", got)
	}
	sound(t, s)
}

func TestTheLogHasWhoWasRefused(t *testing.T) {
	path := newBook(t)
	addUser(t, path, "kiki", "clerk")
	s := open(t, path, "kiki", clock())
	if _, err := s.Checkpoint(t.Context()); err == nil {
		t.Error("a clerk signs checkpoints")
	}
	if _, err := s.SaveSegment(t.Context(), "all", "purchases >= 0"); err == nil {
		t.Error("a clerk saves segments")
	}
	if _, err := s.Log(t.Context(), usecase.LogRequest{}); err == nil {
		t.Error("a clerk reads the log")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path, "", clock().Add(-48*time.Hour))
	defer func() { _ = s.Close() }()
	list, err := s.Log(t.Context(), usecase.LogRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range slices.Backward(list) {
		told = append(told, strings.TrimSpace(fmt.Sprint(e.User, " ", e.Verb, " ", e.Of, e.Role, " ", e.Back)))
	}
	want := []string{"kiki login clerk 0s", "kiki found  0s", "kiki denied checkpoint 0s", "kiki denied segment save 0s", "kiki denied log 0s", "owner login owner 48h0m0s"}
	if !slices.Equal(told, want) {
		t.Errorf("%q\nwant %q", told, want)
	}
	if got := acts(t, s, usecase.LogRequest{User: "kiki", Verb: "denied", From: 1}); got != "denied denied denied" {
		t.Errorf("filtered: %s", got)
	}
	c, err := s.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	verified(t, s, c.Text)
	sound(t, s)
}

// TestTheLogHasWhoCameToABound: a look too many, one that is no business of the role, and
// a list with a column that the role does not see.
func TestTheLogHasWhoCameToABound(t *testing.T) {
	crew := newCrew(t)
	ctx := t.Context()
	crew.as(t, access.Owner, func(s *usecase.Session) {
		if err := s.SetHouse(ctx, access.House{Daily: map[access.Role]int{access.Service: 0}}); err != nil {
			t.Fatal(err)
		}
	})
	words := phrase.New("en")
	refused := func(r access.Role, want error, sentence string, do func(s *usecase.Session) error) {
		t.Helper()
		crew.as(t, r, func(s *usecase.Session) {
			err := do(s)
			if !errors.Is(err, crm.ErrDenied) || want != nil && !errors.Is(err, want) {
				t.Errorf("%s: %v", r, err)
			}
			if got := words.Error(err); got != sentence {
				t.Errorf("%s is told: %s", r, got)
			}
		})
	}
	refused(access.Service, nil, words.Text("error_daily", map[string]any{"Count": 0}), func(s *usecase.Session) error {
		_, err := s.Reveal(ctx, crew.ids[0], "she asked")
		return err
	})
	shipped := crew.ids[0]
	crew.as(t, access.Owner, func(s *usecase.Session) {
		file := write(t, "more.csv", canaryHead+strings.NewReplacer("4712", "4792", "4713", "4793", "wrenfold@", "gwendolen@").Replace(canaryRow("B-9", "19", "b9", "13000004799")))
		if _, err := s.Import(ctx, usecase.ImportRequest{Path: file, Mapping: []byte(canaryMapping)}); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids(t, s, usecase.Selection{}) {
			if !slices.Contains(crew.ids, id) {
				shipped = id
			}
		}
	})
	refused(access.Warehouse, usecase.ErrShipped, words.Text("error_shipped"), func(s *usecase.Session) error {
		_, err := s.Reveal(ctx, shipped, "to ship")
		return err
	})
	refused(access.Finance, nil, words.Error(&usecase.HiddenError{Field: access.Phone}), func(s *usecase.Session) error {
		_, err := s.Export(ctx, usecase.ExportRequest{To: filepath.Join(t.TempDir(), "list.csv"), Purpose: "books", Title: title, Columns: []string{"phone"}})
		return err
	})
	crew.as(t, access.Owner, func(s *usecase.Session) {
		list, err := s.Log(ctx, usecase.LogRequest{Verb: "denied"})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, e := range slices.Backward(list) {
			told = append(told, e.User+" "+e.Of)
		}
		if want := []string{"service reveal", "warehouse reveal", "finance export"}; !slices.Equal(told, want) {
			t.Errorf("%q\nwant %q", told, want)
		}
	})
}

// addUser gives a book a user with the passphrase of all, of which its log does not know.
func addUser(t *testing.T, path, name, role string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	data := make([]byte, 2*keyring.CopySize)
	if _, err := f.ReadAt(data, 0); err != nil {
		t.Fatal(err)
	}
	header, err := keyring.Parse(data[:keyring.CopySize], data[keyring.CopySize:])
	if err != nil {
		t.Fatal(err)
	}
	ring, err := header.Unlock("", []byte(logPass))
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.DefineRole(keyring.Role{Name: role}); err != nil {
		t.Fatal(err)
	}
	if _, err := ring.AddUser(name, role, []byte(logPass), usecase.Cost{}); err != nil {
		t.Fatal(err)
	}
	if err := ring.Save(func(place int, data []byte) error {
		_, err := f.WriteAt(data, int64(place)*keyring.CopySize)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderBookIsToldUntilTheOwnerAcceptsIt(t *testing.T) {
	ctx := t.Context()
	path, folder := newBook(t), filepath.Join(t.TempDir(), "kebu")
	here, keeper := usecase.NewSeen(folder), usecase.NewKeeper(folder, clock)
	visit := func(want string, accept bool, work int) {
		t.Helper()
		s := open(t, path, "", clock())
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		older := here.Compare(ctx, s)
		got := ""
		if older != nil {
			got = older.Error()
		}
		if got != want {
			t.Errorf("told %q, want %q", got, want)
		}
		if older != nil && accept {
			if err := s.AcceptState(ctx, keeper); err != nil {
				t.Fatal(err)
			}
		}
		for n := range work {
			if _, err := s.SaveSegment(ctx, fmt.Sprint("all", n), "purchases >= 0"); err != nil {
				t.Fatal(err)
			}
		}
		if older == nil || accept {
			if err := here.Keep(ctx, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	visit("", false, 1) // 2 entries
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	visit("", false, 2) // 5
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	const missing = "rolled back: entries 3 to 5 are missing"
	visit(missing, false, 0)
	visit("rolled back: entries 4 to 5 are missing", false, 3)
	visit("rolled back: of the 5 entries that were seen some are others", true, 0)
	visit("", false, 0)
	s := open(t, path, "", clock())
	defer func() { _ = s.Close() }()
	if got := acts(t, s, usecase.LogRequest{Verb: evidence.Older}); got != "older" {
		t.Errorf("the log says %q of it", got)
	}
	// What cannot be kept or read tells nothing.
	for _, n := range []*usecase.Seen{nil, usecase.NewSeen(path)} {
		if err := n.Keep(ctx, s); err != nil {
			t.Error(err)
		}
		if o := n.Compare(ctx, s); o != nil {
			t.Error(o)
		}
	}
}

// TestThePackTellsNoPersonalValue looks for what was planted in the files of a pack
// and in what the log shows without a reason.
func TestThePackTellsNoPersonalValue(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s, ctx, c := sessionAt(t, &now), t.Context(), telltale{t}
	if _, err := s.Import(ctx, usecase.ImportRequest{Path: write(t, "first.csv", canaryHead+canaryRow("A-1", "19", "b1", "13000004711")), Mapping: []byte(canaryMapping)}); err != nil {
		t.Fatal(err)
	}
	id := ids(t, s, usecase.Selection{})[0]
	must(t)(s.Note(ctx, id, pii.New("call 13000004719 of Quillfeather")))
	must(t)(s.SetField(ctx, id, "sister", pii.New("ermintrude@canary.example.test")))
	if _, err := s.Reveal(ctx, id, "Wrenfold asked"); err != nil {
		t.Fatal(err)
	}
	list, err := s.Log(ctx, usecase.LogRequest{})
	for i := range list {
		list[i].Purpose = "" // what the shop says of itself
	}
	c.look("log", list, err)
	clear, err := s.Log(ctx, usecase.LogRequest{Reason: "a complaint"})
	if err != nil || clear[2].Changes[0].After.Reveal() != "call 13000004719 of Quillfeather" && clear[2].Changes[0].After.Reveal() != "ermintrude@canary.example.test" {
		t.Errorf("%v, the log tells nothing with a reason: %+v", err, clear)
	}
	if got := acts(t, s, usecase.LogRequest{}); got != "login import note field reveal reveal" {
		t.Errorf("log: %s", got)
	}
	pack, _ := packed(t, s)
	files := unzip(t, pack)
	if len(files) < 8 {
		t.Fatalf("%d files", len(files))
	}
	for name, content := range files {
		for n, value := range append(slices.Clone(told), id, "A-1", "first.csv", "sister") {
			if strings.Contains(content, value) {
				t.Errorf("%s tells value %d", name, n)
			}
		}
	}
}

func TestAPackIsForSomebody(t *testing.T) {
	s := session(t)
	for _, r := range []usecase.PackRequest{{}, {Recipient: "age1", Password: "x"}, {Recipient: "age1nobody"}} {
		r.To = filepath.Join(t.TempDir(), "pack.age")
		if _, err := s.AuditPack(t.Context(), r); !errors.Is(err, usecase.ErrRecipient) {
			t.Errorf("%+v: %v", r, err)
		}
		if _, err := os.Stat(r.To); err == nil {
			t.Error("a pack for nobody is written")
		}
	}
	if got := acts(t, s, usecase.LogRequest{}); got != "login" {
		t.Errorf("log: %s", got)
	}
}

func unzip(t *testing.T, pack []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}
