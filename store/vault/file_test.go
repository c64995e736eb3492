package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestCreateNeverWritesOverAFile(t *testing.T) {
	path := bookPath(t)
	must(t, os.WriteFile(path, []byte("mine"), 0o600))
	if _, err := Create(path, make([]byte, HeaderSize)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want fs.ErrExist", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "mine" {
		t.Error("the file was changed")
	}
	if _, err := Create(path+"2", make([]byte, HeaderSize-1)); err == nil {
		t.Error("a short header was taken")
	}
	if _, err := Create(filepath.Join(path, "x", "y"), make([]byte, HeaderSize)); err == nil {
		t.Error("a folder that is none was taken")
	}
}

func TestSecondOpenIsRefused(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1)
	exec(t, db, `CREATE TABLE t (a)`)
	link := filepath.Join(filepath.Dir(path), "link.kebu")
	must(t, os.Symlink(path, link))
	for _, name := range []string{path, link} {
		if _, err := OpenFile(name); !errors.Is(err, ErrInUse) {
			t.Errorf("%s: got %v, want ErrInUse", filepath.Base(name), err)
		}
	}
	if err := Remove(path); !errors.Is(err, ErrInUse) {
		t.Errorf("remove: got %v, want ErrInUse", err)
	}
	if _, err := Create(path, make([]byte, HeaderSize)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("create: got %v, want fs.ErrExist", err)
	}
	must(t, db.Close())
	must(t, f.Close())
	must(t, reopen(t, path).Close())
}

func TestLockFileLeftByACrashDoesNotLock(t *testing.T) {
	path := bookPath(t)
	must(t, create(t, path).Close())
	must(t, os.WriteFile(path+".lock", nil, 0o600))
	must(t, reopen(t, path).Close())
	if _, err := os.Stat(path + ".lock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the lock file stays: %v", err)
	}
}

func TestCloseLeavesTheBookAlone(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 4)
	must(t, (&workload{steps: 6}).run(t.Context(), db))
	must(t, db.Close())
	wantPages(t, f)
	must(t, f.Close())
	found, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(found) != 1 {
		t.Errorf("got %v, want the book alone", found)
	}
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may open it: %v", info.Mode())
	}
	if err := f.Close(); err == nil {
		t.Error("closed twice")
	}
}

func TestOpenFileRefusesWhatIsNoBook(t *testing.T) {
	dir := t.TempDir()
	short := filepath.Join(dir, "short")
	must(t, os.WriteFile(short, make([]byte, HeaderSize-1), 0o600))
	for _, path := range []string{dir, short} {
		if _, err := OpenFile(path); !errors.Is(err, ErrNotBook) {
			t.Errorf("got %v, want ErrNotBook", err)
		}
	}
	if _, err := OpenFile(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	found, err := os.ReadDir(dir)
	must(t, err)
	if len(found) != 1 {
		t.Errorf("refusing left %v", found)
	}
}

func TestHeaderCopiesAreWrittenApart(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1)
	must(t, (&workload{steps: 3}).run(t.Context(), db))
	want := bytes.Repeat([]byte{0xA5}, HeaderSize)
	for i := range 2 {
		part := bytes.Repeat([]byte{byte(i + 1)}, CopySize)
		must(t, f.WriteHeaderCopy(i, part))
		copy(want[i*CopySize:], part)
		got, err := f.Header()
		must(t, err)
		if !bytes.Equal(got, want) {
			t.Fatalf("copy %d is not where it belongs", i)
		}
	}
	if f.WriteHeaderCopy(2, want[:CopySize]) == nil || f.WriteHeaderCopy(0, want) == nil {
		t.Error("wrote a header where none is")
	}
	must(t, db.Close())
	if got, err := f.Header(); err != nil || !bytes.Equal(got, want) {
		t.Error("SQLite wrote into the header", err)
	}
	wantPages(t, f)
	must(t, f.Close())
}

func TestAnEmptyBookSaysSo(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	if empty, err := f.Empty(); err != nil || !empty {
		t.Errorf("new: %v, %v", empty, err)
	}
	db := connect(t, f, 1)
	exec(t, db, schema)
	if empty, err := f.Empty(); err != nil || empty {
		t.Errorf("with tables: %v, %v", empty, err)
	}
	must(t, db.Close())
	must(t, f.Close())
}

func TestRemoveLeavesNothing(t *testing.T) {
	path := bookPath(t)
	must(t, create(t, path).Close())
	must(t, os.WriteFile(path+"-journal", nil, 0o600))
	must(t, Remove(path))
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Errorf("got %v", left)
	}
	if err := Remove(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

// SQLite would take a log under other keys for an empty one and remove it.
func TestWrongKeysAreRefusedBeforeSQLiteSeesTheFile(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "wal_autocheckpoint(0)")
	must(t, (&workload{steps: 5}).run(t.Context(), db))
	all := files(t, filepath.Dir(path))
	must(t, db.Close())
	must(t, f.Close())

	dir := filepath.Join(t.TempDir(), "copy")
	tried := 0
	for _, keep := range []map[string][]byte{all, {"shop.kebu": all["shop.kebu"]}} {
		place(t, dir, keep)
		f, err := OpenFile(filepath.Join(dir, "shop.kebu"))
		must(t, err)
		if _, _, err := f.CheckPages(t.Context(), nil); !errors.Is(err, ErrKeys) {
			t.Errorf("check without keys: %v", err)
		}
		for _, wrong := range []error{
			f.Attach(keysOf([16]byte{'f', 'i', 'l', 'e'}, 2)),
			f.Attach(keysOf([16]byte{'o', 't', 'h', 'e', 'r'}, 1)),
		} {
			tried++
			if !errors.Is(wrong, ErrKeys) {
				t.Errorf("got %v, want ErrKeys", wrong)
			}
		}
		must(t, f.Attach(testKeys()))
		must(t, f.Close())
		if len(files(t, dir)) != len(keep) {
			t.Error("refusing the keys removed a file")
		}
	}
	if tried != 4 {
		t.Errorf("tried %d keys", tried)
	}
}

// A new epoch seals what is written from then on; older pages stay readable.
func TestNewEpochBesideOldPages(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	db := connect(t, f, 1, "wal_autocheckpoint(0)")
	w := workload{steps: 5}
	must(t, w.run(t.Context(), db))
	before := files(t, filepath.Dir(path)) // pages and frames of epoch 1
	must(t, db.Close())
	must(t, f.Close())

	dir := filepath.Join(t.TempDir(), "copy")
	place(t, dir, before)
	f, err := OpenFile(filepath.Join(dir, "shop.kebu"))
	must(t, err)
	must(t, f.Attach(keysOf([16]byte{'f', 'i', 'l', 'e'}, 1, 7)))
	db = connect(t, f, 2, strained("WAL")...)
	w.steps = 9
	must(t, w.run(t.Context(), db))
	if got := wantState(t, db); got != 9 {
		t.Errorf("got step %d", got)
	}
	must(t, db.Close())
	wantPages(t, f)
	must(t, f.Close())
	if old := files(t, dir)["shop.kebu"]; bytes.Equal(old, before["shop.kebu"]) {
		t.Error("nothing was written")
	}
}

func TestOpeningABookThatIsNotAttached(t *testing.T) {
	path := bookPath(t)
	f := create(t, path)
	dsn := f.DSN()
	other := create(t, bookPath(t))
	swapped := &File{path: path, book: other.book}
	must(t, f.Close())
	refused := 0
	for _, s := range []string{dsn, swapped.DSN(), (&File{path: path}).DSN(), (&File{path: path + "2", book: other.book}).DSN()} {
		db := open(t, s)
		if err := db.PingContext(t.Context()); err != nil {
			refused++
		}
		must(t, db.Close())
	}
	if refused != 4 {
		t.Errorf("refused %d of 4", refused)
	}
	if _, err := os.Stat(path + "2"); err == nil {
		t.Error("SQLite made a file without a header")
	}
	must(t, other.Close())
}

func TestSystemErrorsAreExplained(t *testing.T) {
	for _, c := range []struct{ err, want error }{
		{&fs.PathError{Err: syscall.EACCES}, ErrReadOnly},
		{&fs.PathError{Err: syscall.EPERM}, ErrReadOnly},
		{&fs.PathError{Err: syscall.EROFS}, ErrReadOnly},
		{&fs.PathError{Err: errWriteProtected}, ErrReadOnly},
		{&fs.PathError{Err: syscall.ENOSPC}, ErrDiskFull},
		{&fs.PathError{Err: fullErrors[0]}, ErrDiskFull},
		{&fs.PathError{Err: fullErrors[len(fullErrors)-1]}, ErrDiskFull},
	} {
		if got := explainOS(c.err); !errors.Is(got, c.want) || !errors.Is(got, c.err) {
			t.Errorf("%v: got %v", c.err, got)
		}
	}
	if other := errors.New("other"); !errors.Is(explainOS(other), other) {
		t.Error("another error was changed")
	}
}
