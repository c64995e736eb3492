package page

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"testing"
)

var (
	testID    = [16]byte{'f', 'i', 'l', 'e'}
	testBooks = map[uint32][32]byte{1: {1}, 2: {2}, 7: {7}}
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sealer(t testing.TB, id [16]byte, books map[uint32][32]byte) *Sealer {
	t.Helper()
	k, err := NewKeys(id, books)
	must(t, err)
	return k.Sealer()
}

func testPage() []byte {
	p := make([]byte, Size)
	_, _ = rand.Read(p[:Usable])
	return p
}

func places() []Place {
	return []Place{
		InMain(1), InMain(2), InMain(1 << 31),
		InWAL(32, []byte{0, 0, 0, 1, 0, 0, 0, 0}), InWAL(32, []byte{0, 0, 0, 1, 0, 0, 0, 2}), InWAL(4152, []byte{0, 0, 0, 1, 0, 0, 0, 0}),
		InJournal(516, []byte{0, 0, 0, 1}), InJournal(516, []byte{0, 0, 0, 2}), InJournal(4620, []byte{0, 0, 0, 1}),
	}
}

func TestAPageOpensAtItsPlaceAlone(t *testing.T) {
	s := sealer(t, testID, testBooks)
	plain := testPage()
	for i, at := range places() {
		sealed := make([]byte, Size)
		must(t, s.Seal(sealed, plain, at))
		if bytes.Contains(sealed, plain[:16]) || Epoch(sealed) != 7 {
			t.Fatalf("place %d: not sealed under the newest key", i)
		}
		for j, other := range places() {
			got := bytes.Repeat([]byte{9}, Size)
			err := s.Open(got, sealed, other)
			switch {
			case i == j && (err != nil || !bytes.Equal(got, plain)):
				t.Errorf("place %d: %v", i, err)
			case i != j && (!errors.Is(err, ErrDamaged) || !bytes.Equal(got, make([]byte, Size))):
				t.Errorf("the page of place %d opens at %d: %v", i, j, err)
			}
		}
	}
}

func TestSealAndOpenInPlace(t *testing.T) {
	s := sealer(t, testID, testBooks)
	plain := testPage()
	p := bytes.Clone(plain)
	must(t, s.Seal(p, p, InMain(5)))
	again := bytes.Clone(plain)
	must(t, s.Seal(again, again, InMain(5)))
	if bytes.Equal(p[:64], again[:64]) {
		t.Error("the same page sealed twice is the same: it tells that nothing changed")
	}
	must(t, s.Open(p, p, InMain(5)))
	if !bytes.Equal(p, plain) {
		t.Error("it comes back different")
	}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	s := sealer(t, testID, testBooks)
	sealed, got := testPage(), make([]byte, Size)
	must(t, s.Seal(sealed, sealed, InMain(3)))
	for i := range sealed {
		sealed[i] ^= 1 << (i % 8)
		if err := s.Open(got, sealed, InMain(3)); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d: %v", i, err)
		}
		sealed[i] ^= 1 << (i % 8)
	}
	must(t, s.Open(got, sealed, InMain(3)))
	if err := s.Open(got, make([]byte, Size), InMain(3)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a page that was never written: %v", err)
	}
}

func TestKeysOfOtherFilesAndEpochs(t *testing.T) {
	plain, sealed, got := testPage(), make([]byte, Size), make([]byte, Size)
	old := map[uint32][32]byte{1: testBooks[1], 2: testBooks[2]}
	must(t, sealer(t, testID, old).Seal(sealed, plain, InMain(1)))
	must(t, sealer(t, testID, testBooks).Open(got, sealed, InMain(1)))
	for name, s := range map[string]*Sealer{
		"without the epoch": sealer(t, testID, map[uint32][32]byte{1: testBooks[1], 7: testBooks[7]}),
		"other book key":    sealer(t, testID, map[uint32][32]byte{2: {3}}),
		"other file":        sealer(t, [16]byte{'c', 'o', 'p', 'y'}, old),
	} {
		if err := s.Open(got, sealed, InMain(1)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewKeys(testID, nil); err == nil {
		t.Error("no key is no error")
	}
}

func TestFrameHeadersHideChecksums(t *testing.T) {
	s := sealer(t, testID, testBooks)
	plain := testPage()[:FrameHeader]
	seen := make(map[string]bool)
	for _, at := range []int64{32, 4152} {
		for _, number := range []byte{1, 2} {
			h := bytes.Clone(plain)
			h[3] = number
			want := bytes.Clone(h)
			s.SealFrameHeader(h, at)
			if !bytes.Equal(h[:8], want[:8]) || bytes.Equal(h[8:16], want[8:16]) || bytes.Equal(h[16:], want[16:]) {
				t.Errorf("got %x of %x", h, want)
			}
			seen[string(h[8:])] = true
			lost := bytes.Clone(h)
			s.OpenFrameHeader(lost, at, 3)
			if !bytes.Equal(lost, make([]byte, FrameHeader)) {
				t.Error("a header opens under an epoch that is not there")
			}
			s.OpenFrameHeader(h, at, 7)
			if !bytes.Equal(h, want) {
				t.Errorf("it comes back as %x, want %x", h, want)
			}
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d of 4 places differ", len(seen))
	}
}

// vector is one sealed page or frame header of format 1, which every later version
// must open.
type vector struct {
	FileID string `json:"file_id"`
	Book   string `json:"book_key"`
	Epoch  uint32 `json:"epoch"`
	Kind   string `json:"kind"`
	Number uint32 `json:"number,omitempty"`
	Offset int64  `json:"offset,omitempty"`
	Clear  string `json:"clear,omitempty"`
	Plain  string `json:"plain"` // a page repeats it up to its reserve
	Sealed string `json:"sealed"`
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	must(t, err)
	return b
}

func vectors(t testing.TB) (all []vector) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	must(t, err)
	must(t, json.Unmarshal(data, &all))
	return all
}

func TestVectorsOfFormat1(t *testing.T) {
	all := vectors(t)
	kinds := make(map[string]int)
	for i, v := range all {
		s := sealer(t, [16]byte(unhex(t, v.FileID)), map[uint32][32]byte{v.Epoch: [32]byte(unhex(t, v.Book))})
		got, plain := unhex(t, v.Sealed), unhex(t, v.Plain)
		want := make([]byte, Size)
		copy(want, bytes.Repeat(plain, Usable/len(plain)+1)[:Usable])
		var err error
		switch v.Kind {
		case "main":
			err = s.Open(got, got, InMain(v.Number))
		case "wal":
			err = s.Open(got, got, InWAL(v.Offset, unhex(t, v.Clear)))
		case "journal":
			err = s.Open(got, got, InJournal(v.Offset, unhex(t, v.Clear)))
		case "frame":
			want = plain
			s.OpenFrameHeader(got, v.Offset, v.Epoch)
		default:
			t.Fatalf("vector %d: kind %q", i, v.Kind)
		}
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("vector %d (%s): %v", i, v.Kind, err)
		}
		kinds[v.Kind]++
	}
	if len(kinds) != 4 || len(all) < 5 {
		t.Errorf("%d vectors, of kinds %v", len(all), kinds)
	}
}

// What a hostile file holds is refused without a panic. The seeds are the vectors;
// of all pages, only theirs open.
func FuzzOpen(f *testing.F) {
	all := vectors(f)
	genuine := make(map[string]bool)
	for _, v := range all {
		sealed := make([]byte, Size)
		copy(sealed, unhex(f, v.Sealed))
		genuine[string(sealed)] = true
		f.Add(sealed, v.Number, v.Offset)
	}
	if len(all) != 5 {
		f.Fatalf("%d seeds", len(all))
	}
	v := all[0]
	s := sealer(f, [16]byte(unhex(f, v.FileID)), map[uint32][32]byte{v.Epoch: [32]byte(unhex(f, v.Book))})
	f.Fuzz(func(t *testing.T, data []byte, number uint32, offset int64) {
		p := make([]byte, Size)
		copy(p, data)
		if err := s.Open(make([]byte, Size), p, InMain(number)); err == nil && !genuine[string(p)] {
			t.Fatal("a page opens that was never sealed")
		}
		h := bytes.Clone(p[:FrameHeader])
		s.OpenFrameHeader(h, offset, v.Epoch)
		s.SealFrameHeader(h, offset)
		if !bytes.Equal(h, p[:FrameHeader]) {
			t.Fatal("a header does not come back")
		}
	})
}

func TestSealingAllocatesOnlyWhatGCMNeeds(t *testing.T) {
	s := sealer(t, testID, testBooks)
	p := testPage()
	x := s.keys.epochs[7].pages[Main]
	nonce := make([]byte, nonceSize)
	gcm := testing.AllocsPerRun(100, func() { _, _ = x.derive(nonce, &s.derived) })
	got := testing.AllocsPerRun(100, func() {
		_ = s.Seal(p, p, InMain(1))
		_ = s.Open(p, p, InMain(1))
	})
	if got > 2*gcm {
		t.Errorf("%v allocations for sealing and opening, GCM makes %v for each", got, gcm)
	}
}

func BenchmarkSeal(b *testing.B) {
	s, p := sealer(b, testID, testBooks), testPage()
	b.SetBytes(Size)
	b.ReportAllocs()
	for b.Loop() {
		must(b, s.Seal(p, p, InMain(1)))
	}
}

func BenchmarkOpen(b *testing.B) {
	s, sealed, p := sealer(b, testID, testBooks), testPage(), make([]byte, Size)
	must(b, s.Seal(sealed, sealed, InMain(1)))
	b.SetBytes(Size)
	b.ReportAllocs()
	for b.Loop() {
		must(b, s.Open(p, sealed, InMain(1)))
	}
}
