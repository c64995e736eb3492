package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/crm"
	"kebu/crypto/keyring"
	"kebu/crypto/passphrase"
	"kebu/store"
	"kebu/store/storetest"
	"kebu/store/vault"
	"kebu/store/vault/vaulttest"
)

// shop is a book with orders of one platform.
func shop(t *testing.T, orders int) *store.Book {
	t.Helper()
	b := storetest.New(t)
	fillShop(t, b, orders)
	return b
}

func fillShop(t *testing.T, b *store.Book, orders int) {
	t.Helper()
	w := &storetest.World{Rand: rand.New(rand.NewPCG(7, 1)), Platform: "taobao", Accounts: 9, Phones: 9}
	list := make([]*crm.Order, orders)
	for i := range list {
		list[i] = w.Order(i)
	}
	load(t, b, "taobao", list)
}

func backup(t *testing.T, b *store.Book) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.kebu")
	if _, err := b.Backup(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// onlyFiles fails unless a folder holds exactly these.
func onlyFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if len(got) != len(want) {
		t.Fatalf("the folder holds %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("the folder holds %q, want %q", got, want)
		}
	}
}

func TestABackupIsABookOfItsOwn(t *testing.T) {
	b := shop(t, 60)
	before := content(t, b)
	path := filepath.Join(t.TempDir(), "backup.kebu")
	told, last := 0, 0
	facts, err := b.Backup(t.Context(), path, func(done, total int) {
		if done < last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		told, last = told+1, done
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := stats(t, b); facts.Customers != s.Customers || facts.Orders != 60 || facts.Step != 1 || facts.At != 1795000000000 || told == 0 {
		t.Errorf("facts %+v, told %d times", facts, told)
	}
	onlyFiles(t, filepath.Dir(path), "backup.kebu")
	if whole, err := b.LooksWhole(path); err != nil || !whole {
		t.Errorf("whole: %v, %v", whole, err)
	}
	if id, err := store.IDOf(path); err != nil || id != b.ID() {
		t.Errorf("id: %v", err)
	}
	fillShop(t, b, 90)
	copied := storetest.Open(t, path)
	check(t, copied)
	if content(t, copied) != before {
		t.Error("the backup holds something else")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	live, err := os.ReadFile(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(data[16:32], live[16:32]) {
		t.Error("the backup has the file id of the book")
	}
	if _, err := b.Backup(t.Context(), path, nil); !errors.Is(err, fs.ErrExist) && !errors.Is(err, vault.ErrInUse) {
		t.Errorf("over a backup: %v", err)
	}
}

// TestABackupIsOneState backs up while others write: each copy holds all of the
// steps up to one, and nobody waits.
func TestABackupIsOneState(t *testing.T) {
	b := shop(t, 300)
	during := 0
	for round := range 4 {
		midway := func(done, total int) { // on the goroutine of the backup
			if done < total/2 {
				during++
			}
			update(t, b, "note", func(tx *store.Tx) error {
				return tx.Remember(t.Context(), "owner", "x", "y")
			})
		}
		want := view(t, b, func(ctx context.Context, tx *store.Tx) (store.Facts, error) { return tx.Facts(ctx) })
		path := filepath.Join(t.TempDir(), "backup.kebu")
		facts, err := b.Backup(t.Context(), path, midway)
		if err != nil {
			t.Fatal(err)
		}
		if facts != want {
			t.Errorf("round %d: the copy has %+v, begun at %+v", round, facts, want)
		}
		check(t, storetest.Open(t, path))
	}
	if during < 4 {
		t.Errorf("wrote %d times while pages were read", during)
	}
	check(t, b)
}

func TestEveryUserOpensTheBackup(t *testing.T) {
	b := shop(t, 10)
	other, code := []byte("quiet-orchard-saddle-41-lantern"), []byte("brisk-cobalt-meadow-93-ferry")
	if err := b.AddUser("Ling", other); err != nil {
		t.Fatal(err)
	}
	old := backup(t, b)
	if err := b.Keep(t.Context(), func(tx *store.Tx) error {
		return tx.ChangePassphrase(t.Context(), []byte(storetest.Passphrase), code, passphrase.Params{})
	}); err != nil {
		t.Fatal(err)
	}
	late := backup(t, b)
	for _, c := range []struct {
		what, path, user string
		pass             []byte
		want             error
	}{
		{"old backup, old passphrase", old, "", []byte(storetest.Passphrase), nil},
		{"old backup, new passphrase", old, "", code, keyring.ErrPassphrase},
		{"new backup, old passphrase", late, "", []byte(storetest.Passphrase), keyring.ErrPassphrase},
		{"new backup, new passphrase", late, "", code, nil},
		{"new backup, another user", late, "Ling", other, nil},
		{"old backup, another user", old, "Ling", other, nil},
	} {
		opened, err := store.Open(t.Context(), c.path, c.user, c.pass)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
		if err == nil {
			check(t, opened)
			if err := opened.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	for _, path := range []string{old, late} {
		if _, err := b.Rehearse(t.Context(), path, filepath.Join(t.TempDir(), "scratch"), nil); err != nil {
			t.Errorf("rehearsed with the keys at hand: %v", err)
		}
	}
}

func TestRestoredBookIsTheOneBackedUp(t *testing.T) {
	b := shop(t, 60)
	before := content(t, b)
	copied := backup(t, b)
	fillShop(t, b, 90)
	after := content(t, b)
	live := b.Path()
	dir := filepath.Dir(live)
	restore := func() *store.Restored {
		t.Helper()
		r, err := store.Restore(t.Context(), copied, "", []byte(storetest.Passphrase), filepath.Join(dir, "new"), nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if err := restore().Discard(); err != nil {
		t.Fatal(err)
	}
	onlyFiles(t, filepath.Dir(copied), filepath.Base(copied))
	if err := restore().Replace(t.Context(), live, filepath.Join(dir, "kept.kebu")); !errors.Is(err, vault.ErrInUse) {
		t.Fatalf("over a book that is open: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := vault.Remove(filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	if err := restore().Replace(t.Context(), live, filepath.Join(dir, "kept.kebu")); err != nil {
		t.Fatal(err)
	}
	onlyFiles(t, dir, "kept.kebu", filepath.Base(live))
	if got := content(t, storetest.Open(t, live)); got != before {
		t.Error("the restored book holds something else")
	}
	if got := content(t, storetest.Open(t, filepath.Join(dir, "kept.kebu"))); got != after {
		t.Error("the book that was replaced holds something else")
	}
}

// TestADamagedBackupIsRefused flips a bit or cuts the file at many places: neither
// a restore nor a rehearsal takes it, and nothing is left of them.
func TestADamagedBackupIsRefused(t *testing.T) {
	b := shop(t, 20)
	path := backup(t, b)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if _, err := store.Restore(t.Context(), path, "", []byte(storetest.Passphrase), filepath.Join(dir, "new"), nil); !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNotBook) {
			t.Errorf("%s: restored: %v", what, err)
		}
		if _, err := b.Rehearse(t.Context(), path, filepath.Join(dir, "scratch"), nil); !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNotBook) {
			t.Errorf("%s: rehearsed: %v", what, err)
		}
		onlyFiles(t, dir)
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: the backup was changed: %v", what, err)
		}
	}
	random := rand.New(rand.NewPCG(5, 5))
	for range seeds(40) {
		at := keyring.Size + random.IntN(len(good)-keyring.Size)
		bent := bytes.Clone(good)
		bent[at] ^= 1 << random.IntN(8)
		refused("flipped", bent)
		refused("cut", good[:at])
	}
	both := bytes.Clone(good)
	both[100] ^= 1
	both[keyring.CopySize+100] ^= 1
	refused("both headers", both)
	both[100] ^= 1 // one header is enough
	if err := os.WriteFile(path, both, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Rehearse(t.Context(), path, filepath.Join(t.TempDir(), "scratch"), nil); err != nil {
		t.Errorf("one header damaged: %v", err)
	}
}

func TestABackupOfAnotherBook(t *testing.T) {
	b, name := shop(t, 3), filepath.Join(t.TempDir(), "other.kebu")
	if _, err := store.Create(t.Context(), name, keyring.Options{Owner: "owner", Passphrase: []byte(storetest.Passphrase)}, store.Settings{}); err != nil {
		t.Fatal(err)
	}
	path := backup(t, storetest.Open(t, name))
	if _, err := b.LooksWhole(path); !errors.Is(err, store.ErrOtherBook) {
		t.Errorf("look: %v", err)
	}
	if _, err := b.Rehearse(t.Context(), path, filepath.Join(t.TempDir(), "scratch"), nil); !errors.Is(err, store.ErrOtherBook) {
		t.Errorf("rehearse: %v", err)
	}
}

// TestADamagedBookIsNotBackedUp damages a page of the book itself.
func TestADamagedBookIsNotBackedUp(t *testing.T) {
	b := shop(t, 60)
	path := b.Path()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-5000] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	b = storetest.Open(t, path)
	dir := t.TempDir()
	if _, err := b.Backup(t.Context(), filepath.Join(dir, "backup.kebu"), nil); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("backed up: %v", err)
	}
	onlyFiles(t, dir)
}

// TestAFullDiskLeavesNoHalfBackup backs up and restores with ever more room.
func TestAFullDiskLeavesNoHalfBackup(t *testing.T) {
	b := shop(t, 40)
	good := backup(t, b)
	for what, do := range map[string]func(dir string) error{
		"backup": func(dir string) error {
			_, err := b.Backup(t.Context(), filepath.Join(dir, "made"), nil)
			return err
		},
		"restore": func(dir string) error {
			r, err := store.Restore(t.Context(), good, "", []byte(storetest.Passphrase), filepath.Join(dir, "new"), nil)
			if err != nil {
				return err
			}
			return r.Place(filepath.Join(dir, "made"))
		},
	} {
		failed := 0
		for room := int64(0); ; room += 100_000 {
			dir := t.TempDir()
			free := vaulttest.Fill(t, room)
			err := do(dir)
			free()
			if err == nil {
				onlyFiles(t, dir, "made")
				break
			}
			if !errors.Is(err, vault.ErrDiskFull) {
				t.Fatalf("%s with room for %d bytes: %v", what, room, err)
			}
			onlyFiles(t, dir)
			failed++
		}
		if failed < 3 {
			t.Errorf("%s: the disk was full %d times", what, failed)
		}
	}
	check(t, b)
}

func TestACancelledBackupLeavesNothing(t *testing.T) {
	b := shop(t, 300)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := b.Backup(ctx, filepath.Join(dir, "backup.kebu"), func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	onlyFiles(t, dir)
}

// TestAnOlderBookIsCopiedBeforeItIsMigrated opens a book of version 1.
func TestAnOlderBookIsCopiedBeforeItIsMigrated(t *testing.T) {
	path, copied := copyOfVersion1(t), filepath.Join(t.TempDir(), "before.kebu")
	asked := 0
	how := store.Opening{Migrating: func(ctx context.Context, b *store.Book) error {
		asked++
		_, err := b.Backup(ctx, copied, nil)
		return err
	}}
	for range 2 {
		b, err := store.OpenWith(t.Context(), path, "", []byte(storetest.Passphrase), how)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	b := storetest.Open(t, copied)
	check(t, b)
	if stats(t, b).Orders != 19 {
		t.Error("the copy holds something else")
	}
	refusal := errors.New("no room")
	path = copyOfVersion1(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.OpenWith(t.Context(), path, "", []byte(storetest.Passphrase), store.Opening{Migrating: func(context.Context, *store.Book) error { return refusal }}); !errors.Is(err, refusal) {
		t.Errorf("without a copy: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the book changed without a copy: %v", err)
	}
}
