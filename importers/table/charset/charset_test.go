package charset

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// theirs decodes as x/text does.
func theirs(t testing.TB, data []byte) string {
	t.Helper()
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func ours(t testing.TB, r io.Reader) string {
	t.Helper()
	d, err := Decoder(r, GB18030)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestGB18030IsDecodedAsByTheLibrary(t *testing.T) {
	for lead := range 256 {
		for trail := range 256 {
			data := []byte{'a', byte(lead), byte(trail), 'b', '0'}
			if got, want := ours(t, bytes.NewReader(data)), theirs(t, data); got != want {
				t.Fatalf("% x: %q, want %q", data, got, want)
			}
		}
	}
	const telling = "\x81\x30\x95\x39\xfe\x80\xff\x40\x7f\xd6\xd0a,\n\xe3\x32\x9a\x35"
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		data := make([]byte, rng.IntN(40))
		for i := range data {
			data[i] = telling[rng.IntN(len(telling))]
		}
		want := theirs(t, data)
		if got := ours(t, bytes.NewReader(data)); got != want {
			t.Fatalf("% x: %q, want %q", data, got, want)
		}
		if got := ours(t, iotest.OneByteReader(bytes.NewReader(data))); got != want {
			t.Fatalf("% x byte by byte: %q, want %q", data, got, want)
		}
	}
}

func TestShortRoomLosesNothing(t *testing.T) {
	data := []byte(strings.Repeat("a中€𠮷é某", 50))
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(data)
	if err != nil {
		t.Fatal(err)
	}
	for room := 4; room < 20; room++ {
		d, dst, src := newGB18030(), make([]byte, room), encoded
		var got []byte
		for len(src) > 0 {
			to, from, err := d.Transform(dst, src, true)
			if got = append(got, dst[:to]...); from == 0 && to == 0 {
				t.Fatalf("room %d: stuck with %v", room, err)
			}
			if src = src[from:]; len(src) > 0 && err != transform.ErrShortDst { //nolint:errorlint // transformers return it as it is
				t.Fatalf("room %d: %v", room, err)
			}
		}
		if !bytes.Equal(got, data) {
			t.Errorf("room %d: %q", room, got)
		}
	}
}

func FuzzGB18030(f *testing.F) {
	for _, s := range []string{"a,b", "\xd6\xd0\xce\xc4", "\x81\x30\x81\x30", "\x95\x32\x82\x36", "\xff\x80\x81", "\xfe\x50\xa2\xe3"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, want := ours(t, bytes.NewReader(data)), theirs(t, data); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}
