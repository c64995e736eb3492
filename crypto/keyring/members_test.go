package keyring

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"

	"kebu/crypto/blindindex"
	"kebu/crypto/field"
	"kebu/crypto/passphrase"
)

var phone = field.Place{Table: "customer", Column: "phone", Row: [16]byte{1}}

func sealed(t testing.TB, r *Ring, c field.Class) []byte {
	t.Helper()
	k, err := r.Class(c)
	must(t, err)
	return k.Seal(nil, []byte("+00 555 0100"), phone)
}

func TestRolesHoldTheirKeysOnly(t *testing.T) {
	owner, _, d := newTeam(t)
	manager, clerk := d.unlock(t, "Mo", "manager of the shop"), d.unlock(t, "Ling", clerkTyped)
	if !sameKeys(owner, manager) {
		t.Error("manager lacks a key")
	}
	for _, c := range field.Classes() {
		k, err := clerk.Class(c)
		if c == field.Address {
			if err != nil {
				t.Errorf("%s: %v", c, err)
			} else if _, err := k.Open(nil, sealed(t, owner, c), phone); err != nil {
				t.Errorf("%s: %v", c, err)
			}
			continue
		}
		refused(t, c.String(), err, ErrNoKey)
		inbox, err := clerk.Inbox(c) // writes what it cannot read
		must(t, err)
		value, err := inbox.Seal(nil, []byte("new"), phone)
		must(t, err)
		reader, err := manager.Class(c)
		must(t, err)
		if got, err := reader.Open(nil, value, phone); err != nil || string(got) != "new" {
			t.Errorf("%s: %q, %v", c, got, err)
		}
	}
	_, err := clerk.Index(0)
	refused(t, "index", err, ErrNoKey)
	a, err := owner.Index(0)
	must(t, err)
	b, err := manager.Index(0)
	must(t, err)
	if a.Tag("phone", "+005550100") != b.Tag("phone", "+005550100") {
		t.Error("tags differ")
	}
}

// TestNothingFromThePassphraseOpensAnotherClass gathers every 32 bytes that a
// clerk's passphrase leads to or that stand in the file, and tries each as each
// key that the clerk must not have.
func TestNothingFromThePassphraseOpensAnotherClass(t *testing.T) {
	owner, _, d := newTeam(t)
	h := d.parse(t)
	m, _ := h.policy.named("Ling")
	s := h.slots[1]
	slow, err := passphrase.Key([]byte(clerkTyped), s.salt[:], s.cost)
	must(t, err)
	slotKey, err := s.key([]byte(clerkTyped))
	must(t, err)
	self, err := s.open(h.policy.book, []byte(clerkTyped))
	must(t, err)
	key, err := boxKey(self.box)
	must(t, err)
	private, err := key.Bytes()
	must(t, err)
	texts := [][]byte{slow, slotKey, self.bytes(), private, self.signer(), bytes.TrimRight(h.raw, "\x00")}

	opened := 0
	for _, other := range h.policy.members {
		for _, id := range []uint32{m.id, other.id} {
			if plain, err := unseal(key, bundleInfo(h.policy.book, id), other.bundle); err == nil {
				opened++
				texts = append(texts, plain)
			}
		}
	}
	if opened != 2 { // the own bundle, tried under both names
		t.Errorf("opened %d bundles", opened)
	}
	if _, err := unseal(key, recoveryInfo(h.policy.book), h.policy.recovery.box); err == nil {
		t.Error("opened the recovery box")
	}
	for _, other := range h.slots {
		if other.user == m.id {
			continue
		}
		if _, err := other.open(h.policy.book, []byte(clerkTyped)); err == nil {
			t.Error("opened another slot")
		}
	}

	candidates := map[[32]byte]bool{}
	for _, text := range texts {
		for i := 0; i+32 <= len(text); i++ {
			candidates[[32]byte(text[i:i+32])] = true
		}
	}
	if len(candidates) < 1000 || !candidates[self.box] || !candidates[owner.secrets[BookKey][1]] ||
		!candidates[owner.secrets[ClassKey(field.Address)][1]] {
		t.Fatalf("%d candidates", len(candidates))
	}
	kept := map[string][32]byte{"index": owner.secrets[IndexKey][1], "owner's key": owner.self.box, "owner's signature": owner.self.sign}
	values := map[field.Class][]byte{}
	for _, c := range []field.Class{field.Contact, field.Text, field.Sensitive} {
		kept[c.String()] = owner.secrets[ClassKey(c)][1]
		values[c] = sealed(t, owner, c)
	}
	for what, secret := range kept {
		if candidates[secret] {
			t.Errorf("the %s key is within reach", what)
		}
	}
	index, err := owner.Index(0)
	must(t, err)
	tag := index.Tag("phone", "+005550100")
	for candidate := range candidates {
		for c, value := range values {
			if opensAs(t, candidate, h.policy.book, c, value) {
				t.Errorf("opened a value of %s", c)
			}
		}
		if x, err := blindindex.New(candidate); err != nil || x.Tag("phone", "+005550100") == tag {
			t.Errorf("made a tag: %v", err)
		}
	}
}

// opensAs tries secret as class secret and as the cipher's own key.
func opensAs(t *testing.T, secret [32]byte, book [16]byte, c field.Class, value []byte) bool {
	t.Helper()
	k, err := field.NewKeys(book, c, map[uint32][32]byte{1: secret})
	must(t, err)
	if _, err := k.Open(nil, value, phone); err == nil {
		return true
	}
	raw, err := chacha20poly1305.NewX(secret[:])
	must(t, err)
	_, err = raw.Open(nil, value[6:30], value[30:], nil)
	return err == nil
}

func TestRemovedUserOpensNothingNew(t *testing.T) {
	owner, _, d := newTeam(t)
	old := d.unlock(t, "Mo", "manager of the shop")
	before := sealed(t, owner, field.Contact)
	must(t, owner.RemoveUser("Mo"))
	d.save(t, owner)
	for place := range 2 { // neither copy keeps the slot
		h, err := Parse(d.data[place*CopySize:][:CopySize], nil)
		must(t, err)
		_, err = h.Unlock("Mo", []byte("manager of the shop"))
		refused(t, "removed user", err, ErrNoUser)
	}
	for _, k := range allKeys() {
		if got := owner.Epochs(k); !slices.Equal(got, []uint32{1, 2}) || owner.secrets[k][1] == owner.secrets[k][2] {
			t.Errorf("%s key: epochs %v", k, got)
		}
	}
	held, err := old.Class(field.Contact)
	must(t, err)
	_, err = held.Open(nil, sealed(t, owner, field.Contact), phone)
	refused(t, "new value with old keys", err, field.ErrNoKey)
	now, err := d.unlock(t, "", ownerTyped).Class(field.Contact)
	must(t, err)
	if _, err := now.Open(nil, before, phone); err != nil {
		t.Errorf("old value with new keys: %v", err)
	}
	clerk := d.unlock(t, "Ling", clerkTyped) // without anyone's passphrase
	if len(clerk.secrets) != 2 || len(clerk.secrets[BookKey]) != 2 || len(clerk.secrets[ClassKey(field.Address)]) != 2 {
		t.Error("clerk's keys")
	}
	if again := add(t, owner, "Mo", "clerk", clerkTyped); again.ID != 4 {
		t.Errorf("id %d given again", again.ID)
	}
}

func TestClerkLeavesOthersKeysAlone(t *testing.T) {
	owner, _, _ := newTeam(t)
	must(t, owner.RemoveUser("Ling"))
	if owner.Current(BookKey) != 2 || owner.Current(ClassKey(field.Address)) != 2 ||
		owner.Current(ClassKey(field.Contact)) != 1 || owner.Current(IndexKey) != 1 {
		t.Error("epochs of keys that the clerk never had")
	}
}

func TestRolesGiveAndTake(t *testing.T) {
	owner, _, d := newTeam(t)
	contact := ClassKey(field.Contact)
	must(t, owner.AssignRole("Ling", "manager"))
	d.save(t, owner)
	if !sameKeys(d.unlock(t, "Ling", clerkTyped), owner) || owner.Current(contact) != 1 {
		t.Error("promotion")
	}
	must(t, owner.AssignRole("Ling", "clerk"))
	d.save(t, owner)
	clerk := d.unlock(t, "Ling", clerkTyped)
	if owner.Current(contact) != 2 || owner.Current(IndexKey) != 2 || owner.Current(BookKey) != 1 || len(clerk.secrets) != 2 {
		t.Error("demotion")
	}
	must(t, owner.DefineRole(Role{"clerk", []field.Class{field.Address, field.Text}}))
	must(t, owner.DefineRole(Role{"manager", []field.Class{field.Contact}}))
	d.save(t, owner)
	if got := d.unlock(t, "Ling", clerkTyped); len(got.secrets) != 3 {
		t.Error("wider role")
	}
	if got := d.unlock(t, "Mo", "manager of the shop"); len(got.secrets) != 3 || owner.Current(ClassKey(field.Text)) != 3 || owner.Current(contact) != 2 {
		t.Errorf("narrower role: %d keys, text epoch %d", len(got.secrets), owner.Current(ClassKey(field.Text)))
	}
	must(t, owner.DefineRole(Role{Name: "unused", Classes: field.Classes()}))
	must(t, owner.DefineRole(Role{Name: "unused"}))
	if owner.Current(contact) != 2 {
		t.Error("a role without users rotated keys")
	}
}

func TestDisabledUserHoldsNothingUntilEnabled(t *testing.T) {
	owner, _, d := newTeam(t)
	must(t, owner.Disable("Ling"))
	must(t, owner.Disable("Ling")) // nothing more happens
	d.save(t, owner)
	_, err := d.parse(t).Unlock("Ling", []byte(clerkTyped))
	refused(t, "disabled", err, ErrDisabled)
	_, err = d.parse(t).Unlock("Ling", []byte("not the passphrase"))
	refused(t, "disabled, wrong passphrase", err, ErrPassphrase)
	if owner.Current(BookKey) != 2 || owner.Current(ClassKey(field.Address)) != 2 || owner.Current(IndexKey) != 1 {
		t.Error("epochs")
	}
	must(t, owner.AssignRole("Ling", "manager"))
	d.save(t, owner)
	_, err = d.parse(t).Unlock("Ling", []byte(clerkTyped))
	refused(t, "disabled with another role", err, ErrDisabled)
	must(t, owner.Enable("Ling"))
	d.save(t, owner)
	if !sameKeys(d.unlock(t, "Ling", clerkTyped), owner) {
		t.Error("enabled user's keys")
	}
	refused(t, "the owner", owner.Disable("Wen"), ErrNoUser)
	refused(t, "by another", d.unlock(t, "Mo", "manager of the shop").Disable("Ling"), ErrNotOwner)
}

func TestResetUserOpensWithTheNewPassphraseAlone(t *testing.T) {
	owner, _, d := newTeam(t)
	before := owner.Users()[1]
	must(t, owner.ResetUser("Ling", []byte("a new one for Ling"), passphrase.Params{}, false))
	d.save(t, owner)
	_, err := d.parse(t).Unlock("Ling", []byte(clerkTyped))
	refused(t, "old passphrase", err, ErrPassphrase)
	now := d.unlock(t, "Ling", "a new one for Ling").User()
	if now.ID != before.ID || now.Role != before.Role || now.Sign == before.Sign {
		t.Errorf("user %+v, before %+v", now, before)
	}
	if owner.Current(BookKey) != 1 {
		t.Error("a forgotten passphrase rotated keys")
	}
	must(t, owner.ResetUser("Ling", []byte("after a leak"), passphrase.Params{}, true))
	if owner.Current(BookKey) != 2 || owner.Current(ClassKey(field.Address)) != 2 {
		t.Error("a leaked passphrase rotated no keys")
	}
	refused(t, "the owner", owner.ResetUser("", []byte("x"), passphrase.Params{}, false), ErrNoUser)
}

// TestTagsMoveToTheNextEpoch: a tag made under the first index key, advanced, is the
// one that a reader of both makes of the value.
func TestTagsMoveToTheNextEpoch(t *testing.T) {
	owner, _, d := newTeam(t)
	first, err := owner.Index(0)
	must(t, err)
	old := first.Tag("phone", "+005550100")
	must(t, owner.Rotate(IndexKey))
	must(t, owner.Rotate(IndexKey))
	d.save(t, owner)
	manager := d.unlock(t, "Mo", "manager of the shop")
	then, err := manager.Index(1)
	must(t, err)
	now, err := manager.Index(0)
	must(t, err)
	if then.Tag("phone", "+005550100") != old {
		t.Error("tags of the first epoch differ")
	}
	if got := now.Tag("phone", "+005550100"); got == old || now.Advance(old, 1) != got {
		t.Error("the tag did not move")
	}
}

func TestRotateAndRetire(t *testing.T) {
	owner, code, d := newTeam(t)
	contact := ClassKey(field.Contact)
	must(t, owner.Rotate(contact, BookKey))
	must(t, owner.Rotate(contact))
	must(t, owner.Retire(contact, 3))
	must(t, owner.Retire(BookKey, 99)) // the newest stays
	d.save(t, owner)
	if got := owner.Epochs(contact); !slices.Equal(got, []uint32{3}) {
		t.Errorf("contact epochs %v", got)
	}
	if got := owner.Epochs(BookKey); !slices.Equal(got, []uint32{2}) {
		t.Errorf("book epochs %v", got)
	}
	if !sameKeys(d.unlock(t, "Mo", "manager of the shop"), owner) {
		t.Error("manager's keys")
	}
	if got, err := d.parse(t).Recover(code); err != nil || !sameKeys(got, owner) {
		t.Errorf("the sheet misses the rotation: %v", err)
	}
	refused(t, "rotate", owner.Rotate(99), ErrNoKey)
	refused(t, "retire", owner.Retire(99, 1), ErrNoKey)
	refused(t, "retire", owner.Retire(IndexKey, 1), ErrNoKey)
}

// TestSuspendingForYearsNeverFillsTheHeader: whoever is suspended and let in again, there
// is room to do so once more, for a new user, and for a role that reads less.
func TestSuspendingForYearsNeverFillsTheHeader(t *testing.T) {
	owner, _, d := newBook(t)
	must(t, owner.DefineRole(Role{"manager", field.Classes()}))
	must(t, owner.DefineRole(Role{Name: "finance"}))
	for n := range 6 {
		add(t, owner, fmt.Sprint("user ", n), "manager", clerkTyped)
	}
	for n := range 300 {
		user := fmt.Sprint("user ", n%6)
		before := owner.Current(BookKey)
		must(t, owner.Disable(user))
		if now := owner.Current(BookKey); now != before+1 || owner.Current(ClassKey(field.Contact)) != now {
			t.Fatalf("book epoch %d after %d", now, before)
		}
		must(t, owner.Enable(user))
		for _, k := range allKeys() {
			if k != IndexKey {
				must(t, owner.Retire(k, owner.Current(k)))
			}
		}
	}
	if n := len(owner.Epochs(IndexKey)); n < 50 || n > 150 {
		t.Errorf("%d epochs of the index key", n)
	}
	add(t, owner, "one more", "manager", clerkTyped)
	index := owner.Current(IndexKey)
	must(t, owner.AssignRole("user 0", "finance"))
	if owner.Current(IndexKey) != index+1 {
		t.Error("who keeps the book keeps the index key")
	}
	d.save(t, owner)
	if !sameKeys(d.unlock(t, "user 1", clerkTyped), owner) {
		t.Error("a user's keys")
	}
}

func TestOnlyTheOwnerChangesOthers(t *testing.T) {
	_, _, d := newTeam(t)
	manager := d.unlock(t, "Mo", "manager of the shop")
	_, err := manager.AddUser("Xin", "clerk", []byte(clerkTyped), passphrase.Params{})
	refused(t, "add", err, ErrNotOwner)
	refused(t, "remove", manager.RemoveUser("Ling"), ErrNotOwner)
	refused(t, "role", manager.DefineRole(Role{Name: "x"}), ErrNotOwner)
	refused(t, "assign", manager.AssignRole("Mo", "clerk"), ErrNotOwner)
	refused(t, "rotate", manager.Rotate(BookKey), ErrNotOwner)
	refused(t, "retire", manager.Retire(BookKey, 1), ErrNotOwner)
	_, err = manager.RenewRecovery()
	refused(t, "recovery", err, ErrNotOwner)

	must(t, manager.ChangePassphrase([]byte("manager of the shop"), []byte("another one"), passphrase.Params{}))
	d.save(t, manager)
	d.unlock(t, "Mo", "another one")
	d.unlock(t, "", ownerTyped)
}

func TestWrongMembers(t *testing.T) {
	owner, _, _ := newTeam(t)
	for name, want := range map[string]error{"Ling": ErrName, "Ｌｉｎｇ": ErrName, "": ErrName, "a\tb": ErrName} {
		_, err := owner.AddUser(name, "clerk", []byte(clerkTyped), passphrase.Params{})
		refused(t, "name", err, want)
	}
	for _, role := range []string{"none", OwnerRole} {
		_, err := owner.AddUser("Xin", role, []byte(clerkTyped), passphrase.Params{})
		refused(t, "role", err, ErrNoRole)
		refused(t, "role", owner.AssignRole("Ling", role), ErrNoRole)
	}
	refused(t, "owner removed", owner.RemoveUser("Wen"), ErrNoUser)
	refused(t, "owner removed", owner.RemoveUser(""), ErrNoUser)
	refused(t, "owner demoted", owner.AssignRole("Wen", "clerk"), ErrNoUser)
	refused(t, "nobody", owner.AssignRole("Nobody", "clerk"), ErrNoUser)
	refused(t, "owner's role", owner.DefineRole(Role{Name: OwnerRole}), ErrName)
	refused(t, "class", owner.DefineRole(Role{"x", []field.Class{9}}), ErrNoKey)
	if len(owner.Users()) != 3 || len(owner.Roles()) != 3 {
		t.Error("a refused change stayed")
	}
}

func TestFullTeamHasRoomForOneRotation(t *testing.T) {
	owner, _, d := newBook(t)
	long := func(n int) string { return fmt.Sprintf("%064d", n) }
	must(t, owner.DefineRole(Role{"manager", field.Classes()}))
	for n := range MaxUsers - 1 {
		add(t, owner, long(n), "manager", clerkTyped)
	}
	_, err := owner.AddUser("one more", "manager", []byte(clerkTyped), passphrase.Params{})
	refused(t, "user 65", err, ErrFull)
	must(t, owner.Rotate(allKeys()...))
	d.save(t, owner)
	if got := d.unlock(t, long(62), clerkTyped); !sameKeys(got, owner) {
		t.Error("last user's keys")
	}
	refused(t, "third epoch", owner.Rotate(allKeys()...), ErrFull)
	if owner.Current(BookKey) != 2 {
		t.Error("a refused rotation stayed")
	}
	others := slices.DeleteFunc(allKeys(), func(k Key) bool { return k == IndexKey })
	for _, k := range others {
		must(t, owner.Retire(k, 2))
	}
	must(t, owner.Rotate(others...))
	for n := range MaxRoles - 2 {
		must(t, owner.DefineRole(Role{Name: fmt.Sprint("role ", n)}))
	}
	refused(t, "role 33", owner.DefineRole(Role{Name: "one more"}), ErrFull)
}

func BenchmarkUnlockWithoutPassphraseCost(b *testing.B) {
	_, _, d := newTeam(b)
	for b.Loop() {
		d.unlock(b, "", ownerTyped)
	}
}

// TestUsersOfAnotherFileAreThoseTheOwnerSigned: no passphrase is needed for that.
func TestUsersOfAnotherFileAreThoseTheOwnerSigned(t *testing.T) {
	owner, _, d := newTeam(t)
	users := func(d *disk) ([]User, error) {
		h, err := Parse(d.data[:CopySize], d.data[CopySize:])
		must(t, err)
		return owner.UsersOf(h)
	}
	now := d.unlock(t, "", ownerTyped)
	must(t, now.Disable("Ling"))
	d.save(t, now)
	if got, err := users(d); err != nil || !slices.Equal(got, now.Users()) {
		t.Errorf("users: %v, %v", got, err)
	}
	clerk := d.unlock(t, "Mo", "manager of the shop")
	_, err := users(forge(t, d, clerk, func(r *Ring) { r.signAs(clerk.self) }))
	refused(t, "signed by another", err, ErrDamaged)
	_, _, other := newTeam(t)
	_, err = users(other)
	refused(t, "another book", err, ErrOtherBook)
}
