package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

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

// forms are the ways in which a text may stand in a file.
func forms(text string) [][]byte {
	list := [][]byte{[]byte(text)}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var wide []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			wide = order.AppendUint16(wide, unit)
		}
		list = append(list, wide)
	}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 { // what stands before it moves its bits
			whole := encoding.EncodeToString(append(make([]byte, before), text...))
			list = append(list, []byte(whole[(before*8+5)/6:(before+len(text))*8/6])) // the ends are others', too
		}
	}
	return list
}

// findForms is findPlain for every form of the texts, in what is packed, too.
func findForms(dir string, texts []string) error {
	root := os.DirFS(dir)
	return fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		parts := [][]byte{data}
		if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				part, err := io.ReadAll(r)
				if err := errors.Join(err, r.Close()); err != nil {
					return err
				}
				parts = append(parts, part)
			}
		}
		for i, text := range texts {
			for n, form := range forms(text) {
				for _, part := range parts {
					if bytes.Contains(part, form) {
						return fmt.Errorf("%s holds text %d in form %d", path, i, n)
					}
				}
			}
		}
		return nil
	})
}

// TestEveryFormOfATextIsFound looks for a text where it is.
func TestEveryFormOfATextIsFound(t *testing.T) {
	const text = "夜莺巷 Plumworthy 4711"
	wide := func(bytesOf func([]byte, uint16) []byte) (b []byte) {
		for _, unit := range utf16.Encode([]rune("<" + text + ">")) {
			b = bytesOf(b, unit)
		}
		return b
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	f, err := z.Create("sheet.xml")
	if err == nil {
		_, err = f.Write([]byte(strings.Repeat("soap ", 99) + text))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"UTF-8": []byte("<" + text + ">"), "UTF-16LE": wide(binary.LittleEndian.AppendUint16), "UTF-16BE": wide(binary.BigEndian.AppendUint16), "packed": packed.Bytes(),
		"base64": []byte(base64.StdEncoding.EncodeToString([]byte(text))), "base64 moved": []byte(base64.StdEncoding.EncodeToString([]byte("a" + text + "b"))),
		"base64 moved by two": []byte(base64.URLEncoding.EncodeToString([]byte("ab" + text + "cd"))),
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "file"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if findForms(dir, []string{text}) == nil {
			t.Errorf("%s is not found", name)
		}
		if err := findForms(dir, []string{"夜莺巷 Plumworthy 4801"}); err != nil {
			t.Errorf("%s: another is found: %v", name, err)
		}
	}
}
