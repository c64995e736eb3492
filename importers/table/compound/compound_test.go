package compound

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7 >> 2)
	}
	return b
}

func open(t testing.TB, data []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStreamsAreReadAtAnyPlace(t *testing.T) {
	streams := []tabletest.Stream{{Name: "Workbook", Data: pattern(300_001)}, {Name: "small", Data: pattern(1000)}, {Name: "one", Data: []byte("x")}, {Name: "edge", Data: pattern(4096)}, {Name: "none"}}
	f := open(t, tabletest.Compound(streams...))
	rng := rand.New(rand.NewPCG(1, 2))
	for _, want := range streams {
		s := f.Stream(want.Name)
		if s == nil || s.Size() != int64(len(want.Data)) {
			t.Fatalf("stream %s: %v", want.Name, s)
		}
		all, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || !bytes.Equal(all, want.Data) {
			t.Errorf("%s: %d bytes, %v", want.Name, len(all), err)
		}
		for range 500 {
			off := rng.IntN(len(want.Data) + 10)
			got := make([]byte, rng.IntN(2+len(want.Data)/(1+rng.IntN(100))))
			n, err := s.ReadAt(got, int64(off))
			expected := want.Data[min(off, len(want.Data)):min(off+len(got), len(want.Data))]
			if !bytes.Equal(got[:n], expected) || (n < len(got)) != errors.Is(err, io.EOF) || n == len(got) && err != nil {
				t.Fatalf("%s: %d bytes at %d: %d, %v", want.Name, len(got), off, n, err)
			}
		}
	}
	if f.Stream("WORKBOOK") == nil || f.Stream("other") != nil {
		t.Error("names")
	}
}

func TestHostileFilesAreRefusedOrBounded(t *testing.T) {
	le := binary.LittleEndian
	good := tabletest.Compound(tabletest.Stream{Name: "a", Data: pattern(100_000)}, tabletest.Stream{Name: "b", Data: pattern(200)})
	table := 512 * (1 + int(le.Uint32(good[76:])))
	directory := int(le.Uint32(good[48:]))
	change := func(at int, value uint32) []byte {
		b := bytes.Clone(good)
		le.PutUint32(b[at:], value)
		return b
	}
	for name, data := range map[string][]byte{
		"header only":              good[:512],
		"half a header":            good[:100],
		"directory in a loop":      change(table+4*directory, uint32(directory)),
		"directory behind the end": change(48, 1<<30),
		"child that is not there":  change(512*(1+directory)+76, 77),
		"sibling in a loop":        change(512*(1+directory)+128+72, 0),
		"many tables":              change(72, 1<<20),
		"many small tables":        change(64, 1<<20),
		"sector size":              change(30, 3),
	} {
		if _, err := Open(bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	for name, data := range map[string][]byte{
		"stream in a loop":  change(table, 0),
		"stream cut short":  change(table, 0xFFFFFFFE),
		"stream elsewhere":  change(table, 1<<29),
		"small one at 2^32": change(512*(1+directory)+256+116, 0xFFFFFFF0),
	} {
		f := open(t, data)
		for _, s := range []*Stream{f.Stream("a"), f.Stream("b")} {
			n, err := io.Copy(io.Discard, io.NewSectionReader(s, 0, s.Size()))
			if n > int64(len(data)) {
				t.Errorf("%s: %d bytes, %v", name, n, err)
			}
		}
	}
	if f := open(t, change(512*(1+directory)+128+120, 0xFFFFFFFF)); f.Stream("a") != nil {
		t.Error("a stream larger than the file is offered")
	}
}

func TestErrorsOfTheFileAreTold(t *testing.T) {
	own := errors.New("own")
	data := tabletest.Compound(tabletest.Stream{Name: "a", Data: pattern(100_000)})
	for n := range 30 {
		r := &failing{Reader: bytes.NewReader(data), left: n, err: own}
		f, err := Open(r, int64(len(data)))
		if err == nil {
			_, err = f.Stream("a").ReadAt(make([]byte, 100_000), 0)
		}
		if err != nil && (!errors.Is(err, own) || !errors.As(err, new(*stream.SourceError))) {
			t.Fatalf("after %d reads: %v", n, err)
		}
		if n == 0 && err == nil {
			t.Error("no error")
		}
	}
}

// failing fails after some reads.
type failing struct {
	*bytes.Reader
	left int
	err  error
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if f.left--; f.left < 0 {
		return 0, f.err
	}
	return f.Reader.ReadAt(p, off)
}

func FuzzOpen(f *testing.F) {
	good := tabletest.Compound(tabletest.Stream{Name: "Workbook", Data: pattern(5000)}, tabletest.Stream{Name: "b", Data: pattern(70)})
	tabletest.AddSeeds(f, 4, []string{string(good), string(good[:600]), string(tabletest.Compound()), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"})
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for _, name := range []string{"Workbook", "b"} {
			if s := c.Stream(name); s != nil {
				buf := make([]byte, 100)
				_, _ = s.ReadAt(buf, s.Size()/2)
				if n, _ := io.Copy(io.Discard, io.NewSectionReader(s, 0, s.Size())); n > int64(len(data)) {
					t.Fatalf("%d bytes of %d", n, len(data))
				}
			}
		}
	})
}
