package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/crypto/field"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
	"kebu/store/storetest"
)

// fieldOf is a field that is sealed under a class.
var fieldOf = map[field.Class]access.Field{
	field.Contact: access.Phone, field.Address: access.Street, field.Text: access.Writing, field.Sensitive: access.Sensitive,
}

// TestKeysOpenWhatARoleMayRead opens the file with the passphrase of each role, and of
// some that there are not, and tries every key that it finds, as the key of every class,
// on every sealed value of the book, of its images and of what is kept for redo. Some
// are sealed before somebody was removed, some after.
func TestKeysOpenWhatARoleMayRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	roles := map[string][]field.Class{
		"contact": {field.Contact, field.Address}, "sensitive": {field.Sensitive}, "none": nil,
	}
	for _, r := range access.Roles[1:] {
		roles[string(r)] = slices.DeleteFunc(slices.Clone(field.Classes()), func(c field.Class) bool { return !access.House{}.Holds(r, fieldOf[c]) })
	}
	changeTeam(t, b, func(r *keyring.Ring) error {
		var err error
		for name, classes := range roles {
			_, added := r.AddUser(name, name, []byte(managerPass), passphrase.Params{})
			if errors.Is(added, keyring.ErrNoRole) {
				err = errors.Join(err, r.DefineRole(keyring.Role{Name: name, Classes: classes}))
				_, added = r.AddUser(name, name, []byte(managerPass), passphrase.Params{})
			}
			err = errors.Join(err, added)
		}
		return errors.Join(err, r.RemoveUser("Mo"))
	})
	load(t, b, "taobao", []*crm.Order{bought("later", "later", 100)})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for name, may := range roles {
		b, err := store.Open(t.Context(), path, name, []byte(managerPass))
		if err != nil {
			t.Fatal(err)
		}
		values, err := b.SealedValues(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		book := b.Ring().BookID()
		var secrets [][32]byte
		keys := []keyring.Key{keyring.BookKey, keyring.IndexKey}
		for _, c := range field.Classes() {
			keys = append(keys, keyring.ClassKey(c))
		}
		for _, k := range keys {
			held, err := b.Ring().Secrets(k)
			if err != nil && !errors.Is(err, keyring.ErrNoKey) {
				t.Fatal(err)
			}
			for _, s := range held {
				secrets = append(secrets, s)
			}
		}
		seen := map[field.Class]int{}
		for _, v := range values {
			opened := false
			for _, s := range secrets {
				for _, c := range field.Classes() {
					k, err := field.NewKeys(book, c, map[uint32][32]byte{1: s, 2: s})
					if err != nil {
						t.Fatal(err)
					}
					if _, err := k.Open(nil, v.Value, v.At); err == nil {
						opened = true
					}
				}
			}
			seen[v.Class]++
			if want := slices.Contains(may, v.Class); opened != want {
				t.Errorf("%s: a value of %s opens: %t", name, v.Class, opened)
			}
		}
		if seen[field.Contact] < 10 || seen[field.Address] < 5 || seen[field.Text] < 5 {
			t.Errorf("%s: only %v values", name, seen)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhoCannotReadWritesAllTheSame: what a role writes of a class that it cannot
// open, its readers open, and it is sealed anew with the rest.
func TestWhoCannotReadWritesAllTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	changeTeam(t, b, func(r *keyring.Ring) error {
		if err := r.DefineRole(keyring.Role{Name: "clerk"}); err != nil {
			return err
		}
		_, err := r.AddUser("Ling", "clerk", []byte(managerPass), passphrase.Params{})
		return err
	})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	clerk, err := store.Open(t.Context(), path, "Ling", []byte(managerPass))
	if err != nil {
		t.Fatal(err)
	}
	if err := clerk.Update(t.Context(), store.Step{Verb: "note", User: "Ling", At: 1795000000005}, func(tx *store.Tx) error {
		return tx.AddNote(t.Context(), 2, "Ling", pii.New("new number 15400000077"))
	}); err != nil {
		t.Fatal(err)
	}
	noteOf := func(b *store.Book) (texts []string) {
		if err := b.View(t.Context(), func(tx *store.Tx) error {
			notes, err := tx.Notes(t.Context(), 2)
			for _, n := range notes {
				texts = append(texts, n.Text.Reveal())
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return texts
	}
	if got := noteOf(clerk); len(got) != 1 || got[0] != "" {
		t.Errorf("the clerk reads %q", got)
	}
	if err := clerk.Close(); err != nil {
		t.Fatal(err)
	}
	b = storetest.Open(t, path)
	const want = "new number 15400000077"
	if got := noteOf(b); len(got) != 1 || got[0] != want {
		t.Errorf("the owner reads %q", got)
	}
	changeTeam(t, b, func(r *keyring.Ring) error { return r.Disable("Mo") })
	if err := b.ResealUnlogged(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := noteOf(b); len(got) != 1 || got[0] != want {
		t.Errorf("sealed anew the owner reads %q", got)
	}
}

// TestOldHeaderOpensNothingAfterRemoval puts back the header from before somebody
// was removed: neither their passphrase nor the owner's opens the pages under it,
// and nothing is lost.
func TestOldHeaderOpensNothingAfterRemoval(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	before := said(t, b)
	header, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changeTeam(t, b, func(r *keyring.Ring) error { return r.RemoveUser("Mo") })
	if err := errors.Join(b.ResealUnlogged(t.Context(), nil), b.Close()); err != nil {
		t.Fatal(err)
	}
	now, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	replayed := slices.Concat(header[:keyring.Size], now[keyring.Size:])
	if err := os.WriteFile(path, replayed, 0o600); err != nil {
		t.Fatal(err)
	}
	for user, pass := range map[string]string{"Mo": managerPass, "": storetest.Passphrase} {
		if b, err := store.Open(t.Context(), path, user, []byte(pass)); err == nil {
			_ = b.Close()
			t.Errorf("%q opens the book under an old header", user)
		} else if !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%q: %v", user, err)
		}
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, replayed) {
		t.Errorf("the refusal changed the file: %v", err)
	}
	if err := os.WriteFile(path, now, 0o600); err != nil {
		t.Fatal(err)
	}
	if said(t, storetest.Open(t, path)) != before {
		t.Error("the book says something else")
	}
}

// TestForgedRulesAreNotBelieved: rules that somebody wrote into the book without the
// owner's signature are refused.
func TestForgedRulesAreNotBelieved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	b, _ := teamBook(t, path)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	forger, err := store.Open(t.Context(), path, "Mo", []byte(managerPass))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = forger.Close() }()
	if err := forger.Keep(t.Context(), func(tx *store.Tx) error { return tx.SetHouse(t.Context(), `{"daily":{"manager":1000}}`) }); err != nil {
		t.Fatal(err)
	}
	if err := forger.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.House(t.Context())
		return err
	}); !errors.Is(err, store.ErrForged) {
		t.Errorf("a manager's rules: %v", err)
	}
}
