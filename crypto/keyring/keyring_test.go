package keyring

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"kebu/crypto/field"
	"kebu/crypto/passphrase"
	"kebu/crypto/passphrase/passphrasetest"
)

const (
	ownerTyped = "viaduct-mellow-thistle-27-orbit"
	clerkTyped = "隔壁的橘猫周三喝了半碗酱油"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

// disk is a header in a file.
type disk struct {
	data   []byte
	writes int
}

func (d *disk) write(place int, data []byte) error {
	copy(d.data[place*CopySize:], data)
	d.writes++
	return nil
}

func (d *disk) save(t testing.TB, r *Ring) {
	t.Helper()
	if err := r.Save(d.write); err != nil {
		t.Fatal(err)
	}
}

func (d *disk) parse(t testing.TB) *Header {
	t.Helper()
	h, err := Parse(d.data[:CopySize], d.data[CopySize:])
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (d *disk) unlock(t testing.TB, user, pass string) *Ring {
	t.Helper()
	r, err := d.parse(t).Unlock(user, []byte(pass))
	if err != nil {
		t.Fatalf("unlock as %q: %v", user, err)
	}
	return r
}

// newBook returns a book of one owner.
func newBook(t testing.TB) (*Ring, RecoveryCode, *disk) {
	t.Helper()
	r, code, err := New(Options{Owner: "Wen", Passphrase: []byte(ownerTyped)})
	if err != nil {
		t.Fatal(err)
	}
	image, err := r.Image()
	if err != nil {
		t.Fatal(err)
	}
	if len(image) != Size {
		t.Fatalf("image of %d bytes", len(image))
	}
	return r, code, &disk{data: image}
}

// newTeam returns a book with an owner, a clerk who reads addresses and a
// manager who reads everything.
func newTeam(t testing.TB) (*Ring, RecoveryCode, *disk) {
	t.Helper()
	r, code, d := newBook(t)
	must(t, r.DefineRole(Role{"clerk", []field.Class{field.Address}}))
	must(t, r.DefineRole(Role{"manager", field.Classes()}))
	add(t, r, "Ling", "clerk", clerkTyped)
	add(t, r, "Mo", "manager", "manager of the shop")
	d.save(t, r)
	return r, code, d
}

func add(t testing.TB, r *Ring, name, role, pass string) User {
	t.Helper()
	u, err := r.AddUser(name, role, []byte(pass), passphrase.Params{})
	if err != nil {
		t.Fatalf("add a user: %v", err)
	}
	return u
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func sameKeys(a, b *Ring) bool {
	return maps.EqualFunc(a.secrets, b.secrets, maps.Equal)
}

func TestNewBookOpensWithItsPassphraseAndCode(t *testing.T) {
	r, code, d := newBook(t)
	for _, name := range []string{"", "Wen", "Ｗｅｎ"} {
		got := d.unlock(t, name, ownerTyped)
		if !sameKeys(got, r) || got.FileID() != r.FileID() || got.BookID() != r.BookID() {
			t.Errorf("opened as %q with other keys", name)
		}
		if u := got.User(); u.ID != 1 || u.Name != "Wen" || u.Role != OwnerRole || !u.Owner || u.Disabled || u.Sign != r.self.signPublic() {
			t.Errorf("user %+v", u)
		}
	}
	got, err := d.parse(t).Recover(code)
	if err != nil || !sameKeys(got, r) {
		t.Errorf("recover: %v", err)
	}
	for _, k := range allKeys() {
		if s, err := r.Secrets(k); err != nil || len(s) != 1 || s[1] == ([32]byte{}) {
			t.Errorf("%s key: %d epochs, %v", k, len(s), err)
		}
	}
}

func TestEveryKeyIsItsOwn(t *testing.T) {
	a, _, _ := newBook(t)
	b, _, _ := newBook(t)
	seen := map[[32]byte]bool{a.self.box: true, a.self.sign: true, b.self.box: true, b.self.sign: true}
	for _, r := range []*Ring{a, b} {
		for _, epochs := range r.secrets {
			for _, s := range epochs {
				if seen[s] {
					t.Error("two keys are one")
				}
				seen[s] = true
			}
		}
	}
	if len(seen) != 16 || a.FileID() == b.FileID() || a.BookID() == b.BookID() || a.FileID() == a.BookID() {
		t.Errorf("%d keys", len(seen))
	}
}

func TestWrongPassphraseUserAndCode(t *testing.T) {
	_, _, d := newBook(t)
	h := d.parse(t)
	for _, pass := range []string{"", "viaduct-mellow-thistle-27-orbiter", "Viaduct-mellow-thistle-27-orbit", "\xff"} {
		_, err := h.Unlock("", []byte(pass))
		refused(t, "wrong passphrase", err, ErrPassphrase)
	}
	_, err := h.Unlock("Nobody", []byte(ownerTyped))
	refused(t, "unknown user", err, ErrNoUser)
	_, err = h.Recover(NewRecoveryCode())
	refused(t, "another code", err, ErrRecoveryCode)
	_, err = h.Recover(RecoveryCode{})
	refused(t, "no code", err, ErrRecoveryCode)
}

func TestNewRefuses(t *testing.T) {
	for _, name := range []string{"", " ", "a\nb", "\xff", string(bytes.Repeat([]byte("a"), 65))} {
		_, _, err := New(Options{Owner: name, Passphrase: []byte(ownerTyped)})
		refused(t, "name", err, ErrName)
	}
	_, _, err := New(Options{Owner: "Wen"})
	refused(t, "no passphrase", err, passphrase.ErrText)
	_, _, err = New(Options{Owner: "Wen", Passphrase: []byte(ownerTyped), Cost: passphrase.Params{Memory: 1, Time: 1, Threads: 1}})
	refused(t, "low cost", err, passphrase.ErrCost)
}

func TestPrintedCodeIsTheOneThatOpens(t *testing.T) {
	printed := NewRecoveryCode()
	r, code, err := New(Options{Owner: "Wen", Passphrase: []byte(ownerTyped), Recovery: printed})
	if err != nil || code != printed {
		t.Fatal(err)
	}
	image, err := r.Image()
	must(t, err)
	if _, err := (&disk{data: image}).parse(t).Recover(printed); err != nil {
		t.Error(err)
	}
}

func TestOldPassphraseIsGoneFromBothCopies(t *testing.T) {
	r, code, d := newBook(t)
	refused(t, "wrong old passphrase", r.ChangePassphrase([]byte("no"), []byte(clerkTyped), passphrase.Params{}), ErrPassphrase)
	must(t, r.ChangePassphrase([]byte(ownerTyped), []byte(clerkTyped), passphrase.Params{}))
	d.save(t, r)
	for place := range 2 {
		one := d.data[place*CopySize:][:CopySize]
		h, err := Parse(one, nil)
		must(t, err)
		_, err = h.Unlock("", []byte(ownerTyped))
		refused(t, "old passphrase", err, ErrPassphrase)
		if _, err = h.Unlock("", []byte(clerkTyped)); err != nil {
			t.Error(err)
		}
	}
	got, err := d.parse(t).Recover(code) // forgotten: the sheet sets another
	must(t, err)
	must(t, got.SetPassphrase([]byte("set after the recovery"), passphrase.Params{}))
	d.save(t, got)
	_, err = d.parse(t).Unlock("", []byte(clerkTyped))
	refused(t, "passphrase before recovery", err, ErrPassphrase)
	if !sameKeys(d.unlock(t, "", "set after the recovery"), r) {
		t.Error("other keys after recovery")
	}
}

func TestNewRecoveryCodeEndsTheOld(t *testing.T) {
	r, old, d := newTeam(t)
	code, err := r.RenewRecovery()
	must(t, err)
	d.save(t, r)
	h := d.parse(t)
	_, err = h.Recover(old)
	refused(t, "old code", err, ErrRecoveryCode)
	if got, err := h.Recover(code); err != nil || !sameKeys(got, r) {
		t.Errorf("new code: %v", err)
	}
}

func TestForkIsAnotherFileOfTheSameBook(t *testing.T) {
	r, code, d := newTeam(t)
	fork := r.Fork()
	if fork.FileID() == r.FileID() || fork.BookID() != r.BookID() {
		t.Error("file or book id")
	}
	image, err := fork.Image()
	must(t, err)
	backup := &disk{data: image}
	if !sameKeys(backup.unlock(t, "", ownerTyped), r) {
		t.Error("owner's keys differ")
	}
	backup.unlock(t, "Ling", clerkTyped)
	if _, err := backup.parse(t).Recover(code); err != nil {
		t.Error(err)
	}
	must(t, fork.RemoveUser("Ling"))
	if d.unlock(t, "", ownerTyped); len(r.Users()) != 3 || len(r.Epochs(BookKey)) != 1 {
		t.Error("a change of the fork reached the original")
	}
	_, err = Parse(backup.data[:CopySize], d.data[CopySize:])
	refused(t, "copies of two files", err, ErrDamaged)
}

func TestSignatures(t *testing.T) {
	_, _, d := newTeam(t)
	clerk, owner := d.unlock(t, "Ling", clerkTyped), d.unlock(t, "", ownerTyped)
	sig := clerk.Sign("audit", []byte("entry"))
	id := clerk.User().ID
	if !owner.Verify(id, "audit", []byte("entry"), sig) {
		t.Error("own signature refused")
	}
	if owner.Verify(id, "audi", []byte("tentry"), sig) || owner.Verify(id, "audit", []byte("other"), sig) ||
		owner.Verify(1, "audit", []byte("entry"), sig) || owner.Verify(99, "audit", []byte("entry"), sig) {
		t.Error("signature holds for something else")
	}
}

func TestWipeForgetsTheKeys(t *testing.T) {
	r, _, _ := newBook(t)
	held := r.secrets[BookKey]
	r.Wipe()
	if held[1] != ([32]byte{}) || r.self != (identity{}) {
		t.Error("keys remain")
	}
	_, err := r.Secrets(BookKey)
	refused(t, "after wipe", err, ErrNoKey)
}

func TestRolesAreListed(t *testing.T) {
	r, _, _ := newTeam(t)
	roles := r.Roles()
	if len(roles) != 3 || roles[0].Name != OwnerRole || !slices.Equal(roles[1].Classes, []field.Class{field.Address}) {
		t.Errorf("%+v", roles)
	}
}

func TestACopyOpensWithTheKeysAtHand(t *testing.T) {
	r, _, _ := newTeam(t)
	copied := func(r *Ring) *disk {
		image, err := r.Fork().Image()
		must(t, err)
		return &disk{data: image}
	}
	old := copied(r)
	must(t, r.Rotate(BookKey)) // a later state holds more keys than the copy names
	add(t, r, "Nan", "manager", "manager of the evening")
	if got, err := old.parse(t).OpenLike(r); err != nil || got.User() != r.User() || len(got.Epochs(BookKey)) != 1 {
		t.Fatalf("older copy: %v", err)
	}
	late := copied(r)
	if got, err := late.parse(t).OpenLike(r); err != nil || !sameKeys(got, r) {
		t.Errorf("copy: %v", err)
	}
	_, err := old.parse(t).OpenLike(late.unlock(t, "Nan", "manager of the evening"))
	refused(t, "a user that the copy does not know", err, ErrNoUser)
	_, err = late.parse(t).OpenLike(old.unlock(t, "", ownerTyped))
	refused(t, "a copy of later keys", err, ErrNoKey)
	other, _, _ := newBook(t)
	_, err = old.parse(t).OpenLike(other)
	refused(t, "a copy of another book", err, ErrOtherBook)
	bent := bytes.Clone(late.data[CopySize:])
	bent[macAt] ^= 1
	_, err = only(repair(bent)).parse(t).OpenLike(r)
	refused(t, "a changed copy", err, ErrDamaged)
}
