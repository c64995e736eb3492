package stamp_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"kebu/crypto/evidence/stamp"
)

// FuzzParse takes stamps apart that are near to good ones: what is taken says what
// one of these says.
func FuzzParse(f *testing.F) {
	const seeds = 5
	names, err := filepath.Glob(filepath.Join("testdata", "openssl*"))
	if err != nil || len(names) != seeds {
		f.Fatalf("%d seeds, %v", len(names), err)
	}
	for _, name := range names {
		f.Add(file(f, filepath.Base(name)))
	}
	good := []*stamp.Stamp{parse(f, file(f, "openssl.tsr")), parse(f, file(f, "openssl-ec.tsr"))}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := stamp.Parse(b)
		if err != nil {
			return
		}
		if !slices.ContainsFunc(good, func(g *stamp.Stamp) bool { return same(s, g) }) {
			t.Errorf("says %+v", s)
		}
	})
}

// FuzzRoots reads what may be certificates.
func FuzzRoots(f *testing.F) {
	f.Add(file(f, "openssl.pem"))
	f.Add(bytes.Repeat(file(f, "openssl.pem"), 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		if pool, err := stamp.Roots(b); (pool == nil) != (err != nil) {
			t.Errorf("%v, %v", pool, err)
		}
	})
}
