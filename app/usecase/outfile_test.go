package usecase

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/store"
)

// TestWhatACrashLeavesOfAListGoesWhenTheBookIsOpened lets an export end where a
// crash is worst, with the whole list beside its place.
func TestWhatACrashLeavesOfAListGoesWhenTheBookIsOpened(t *testing.T) {
	dir := t.TempDir()
	book, pass := filepath.Join(dir, "shop.kebu"), []byte("viaduct-mellow-thistle-27-orbit")
	if _, err := Create(t.Context(), CreateRequest{Path: book, Owner: "owner", Passphrase: pass}); err != nil {
		t.Fatal(err)
	}
	open := func() *Session {
		s, err := Open(t.Context(), book, "", pass, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	out, err := newOutFile(filepath.Join(dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.gate.Keep(t.Context(), access.Export, func(tx *store.Tx) error { return tx.BeginFile(t.Context(), out.beside) }); err != nil {
		t.Fatal(err)
	}
	if err := out.write([]byte("a list")); err != nil {
		t.Fatal(err)
	}
	if !out.named { // as it is between the name and the place
		if err := linkUnnamed(out.file, out.beside); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(out.beside); err != nil {
		t.Fatal(err)
	}
	if err := open().Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(out.beside); err == nil {
		t.Error("the list is still there")
	}
}
