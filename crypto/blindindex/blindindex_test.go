package blindindex

import (
	"bytes"
	"encoding/hex"
	"os"
	"sync"
	"testing"
)

func index(t testing.TB, key byte) *Index {
	t.Helper()
	x, err := New([KeySize]byte{key})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestTagDependsOnKeyKindAndValue(t *testing.T) {
	x := index(t, 1)
	seen := map[Tag]string{}
	for name, tag := range map[string]Tag{
		"phone":         x.Tag("phone", "+005550100"),
		"another value": x.Tag("phone", "+005550101"),
		"another kind":  x.Tag("email", "+005550100"),
		"moved border":  x.Tag("phone+", "005550100"),
		"empty":         x.Tag("phone", ""),
		"another key":   index(t, 2).Tag("phone", "+005550100"),
	} {
		if was, ok := seen[tag]; ok {
			t.Errorf("%s and %s share a tag", name, was)
		}
		seen[tag] = name
	}
	if x.Tag("phone", "+005550100") != index(t, 1).Tag("phone", "+005550100") {
		t.Error("equal values differ")
	}
}

// TestTagVector is the vector of crypto/FORMAT.md.
func TestTagVector(t *testing.T) {
	tag := index(t, 1).Tag("phone", "+005550100")
	if got, want := hex.EncodeToString(tag[:]), "d352a903624ca549a7a9cd78bd39f100"; got != want {
		t.Errorf("tag %s, want %s", got, want)
	} else if doc, err := os.ReadFile("../FORMAT.md"); err != nil || !bytes.Contains(doc, []byte(want)) {
		t.Errorf("crypto/FORMAT.md has another tag: %v", err)
	}
}

func TestFirstTagStaysUnderLaterKeys(t *testing.T) {
	one, both := index(t, 1), func() *Index {
		x, err := New([KeySize]byte{1}, [KeySize]byte{2})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}()
	first := one.First("phone", "+005550100")
	if first != one.Tag("phone", "+005550100") || first != both.First("phone", "+005550100") {
		t.Error("it changed")
	}
	if both.Tag("phone", "+005550100") != both.Advance(first, 1) || both.Advance(first, 1) == first {
		t.Error("it does not lead to the later tag")
	}
}

func TestTagFromManyGoroutines(t *testing.T) {
	x := index(t, 1)
	want := x.Tag("phone", "+005550100")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				x.Tag("email", "a@example.test")
				if x.Tag("phone", "+005550100") != want {
					t.Error("tag changed")
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkTag(b *testing.B) {
	x := index(b, 1)
	b.ReportAllocs()
	for b.Loop() {
		x.Tag("phone", "+005550100")
	}
}
