package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/importers/table/tabletest"
)

// TestHostileFilesLeaveTheBookAsItWas imports the corpus of hostile files into a
// book. Each is refused in one sentence, and nothing of it stays.
func TestHostileFilesLeaveTheBookAsItWas(t *testing.T) {
	if testing.Short() {
		t.Skip("importers/table reads them all")
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", filepath.Join(dir, "temporary"))
	if err := os.Mkdir(filepath.Join(dir, "temporary"), 0o700); err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(dir, "shop.kebu")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: book, Owner: defaultOwner, Passphrase: []byte(testPassphrase)}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(t.Context(), book, "", []byte(testPassphrase), testClock)
	if err != nil {
		t.Fatal(err)
	}
	words := phrase.New("en")
	other, _, _ := strings.Cut(words.Text("error_other", map[string]any{"Detail": "\x00"}), "\x00")
	for _, h := range tabletest.HostileFiles(t) {
		path := filepath.Join(dir, strings.ReplaceAll(h.Name, "/", " "))
		if err := os.WriteFile(path, h.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := s.Import(t.Context(), usecase.ImportRequest{Path: path})
		if err == nil {
			t.Errorf("%s is imported", h.Name)
			continue
		}
		if text := words.Error(err); strings.HasPrefix(text, other) || strings.Contains(text, "\n") || len(text) > 300 {
			t.Errorf("%s: told as %q", h.Name, text)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	imports, err := s.Imports(t.Context())
	if err != nil || len(imports) > 0 {
		t.Errorf("%d imports, %v", len(imports), err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil || stats.Customers > 0 || stats.Lines > 0 {
		t.Errorf("%d customers, %d lines, %v", stats.Customers, stats.Lines, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Join(dir, "temporary"))
	if err != nil || len(left) > 0 {
		t.Errorf("%d temporary files, %v", len(left), err)
	}
}
