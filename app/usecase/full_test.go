package usecase_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/store/vault/vaulttest"
)

// TestFullDiskChangesNothing imports while the disk has room for ever more
// bytes, until it has enough. Each time before, the import fails with one
// sentence that says why, the book is as it was, and it opens and is sound.
func TestFullDiskChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.kebu")
	pass := []byte("viaduct-mellow-thistle-27-orbit")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: pass}); err != nil {
		t.Fatal(err)
	}
	open := func() *usecase.Session {
		t.Helper()
		s, err := usecase.Open(t.Context(), path, "", pass, clock)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	before := figures(t, s)
	failed := 0
	for room := int64(0); ; room += 10_000 {
		free := vaulttest.Fill(t, room)
		_, err := s.Import(t.Context(), usecase.ImportRequest{Path: "../../testdata/exports/shopify/orders_export-79.csv"})
		if err == nil {
			free()
			break
		}
		if !errors.Is(err, usecase.ErrDiskFull) {
			t.Fatalf("with room for %d bytes: %v", room, err)
		}
		if got, want := phrase.New("en").Error(err), phrase.New("en").Text("error_full"); got != want {
			t.Errorf("told as %q", got)
		}
		failed++
		_ = s.Close() // on a full disk it may leave its log
		free()
		s = open()
		if after := figures(t, s); after != before {
			t.Errorf("with room for %d bytes: %s, before %s", room, after, before)
		}
		report, err := s.Check(t.Context(), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Fatalf("with room for %d bytes: %v %v", room, report.Problems, err)
		}
	}
	if failed < 10 {
		t.Errorf("the disk was full %d times", failed)
	}
	if figures(t, s) == before {
		t.Error("the import that had room changed nothing")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// figures renders what a book says of the shop.
func figures(t *testing.T, s *usecase.Session) string {
	t.Helper()
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%+v", stats)
}
