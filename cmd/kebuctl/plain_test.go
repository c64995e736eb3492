package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"kebu/app/usecase"
)

// newBook returns the bytes of a new book under testPassphrase.
func newBook(t *testing.T) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "new.kebu")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: name, Owner: defaultOwner, Passphrase: []byte(testPassphrase)}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// findPlain fails with the first file of a folder that holds one of the texts.
func findPlain(dir string, texts []string) error {
	root := os.DirFS(dir)
	return fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		for i, s := range texts {
			if bytes.Contains(data, []byte(s)) {
				return fmt.Errorf("%s holds text %d in the clear", path, i)
			}
		}
		return nil
	})
}
