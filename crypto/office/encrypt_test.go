package office

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/richardlehane/mscfb"
	"github.com/xuri/excelize/v2"

	"kebu/importers/table/compound"
)

var update = flag.Bool("update", false, "write testdata/encrypted.xlsx anew")

// fast makes files that a test need not wait for.
var fast = encryptor{rand.Reader, 10}

// pattern is content that repeats in no segment.
func pattern(n int) []byte {
	b := make([]byte, n)
	_, _ = mathrand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func encrypted(t testing.TB, e encryptor, plain []byte, password string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := e.encrypt(t.Context(), &out, bytes.NewReader(plain), int64(len(plain)), password); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// streams finds the two streams of a file as the importer does.
func streams(t testing.TB, file []byte) (info, pkg []byte) {
	t.Helper()
	c, err := compound.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		s := c.Stream(name)
		if s == nil {
			t.Fatalf("no stream %s", name)
		}
		data, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || int64(len(data)) != s.Size() {
			t.Fatalf("%s: %d of %d bytes, %v", name, len(data), s.Size(), err)
		}
		return data
	}
	return read("EncryptionInfo"), read("EncryptedPackage")
}

// opened opens and checks a file with our own reader.
func opened(t testing.TB, file []byte, password string) []byte {
	t.Helper()
	info, pkg := streams(t, file)
	k := unlock(t, info, password)
	if err := k.Verify(t.Context(), bytes.NewReader(pkg), int64(len(pkg))); err != nil {
		t.Fatal(err)
	}
	return content(t, k, pkg)
}

func TestWhatIsEncryptedOpens(t *testing.T) {
	const password = "密码 Pass-1 🔑"
	for _, size := range []int{
		0, 1, 15, 16, 17, 4080, 4081, 4088, // the package is small up to 4,080 bytes
		4095, 4096, 4097, 8192, 100_000, 7_100_000, 8 << 20, 60 << 20,
	} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			plain := pattern(size)
			var out bytes.Buffer
			if err := Encrypt(t.Context(), &out, bytes.NewReader(plain), int64(size), password); err != nil {
				t.Fatal(err)
			}
			wellFormed(t, out.Bytes())
			if !bytes.Equal(opened(t, out.Bytes(), password), plain) {
				t.Error("other content")
			}
			info, _ := streams(t, out.Bytes())
			i, err := ParseInfo(info)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range []string{"", "密码 Pass-1", strings.ToLower(password)} {
				if _, err := i.Unlock(wrong); !errors.Is(err, ErrPassword) {
					t.Errorf("wrong password: %v", err)
				}
			}
		})
	}
}

func TestAnySizeOpens(t *testing.T) {
	rng := mathrand.New(mathrand.NewPCG(3, 4))
	all := pattern(1 << 20)
	for range 300 {
		size := rng.IntN(1 << (1 + rng.IntN(20)))
		plain := all[:size]
		password := strings.Repeat(string(rune(33+rng.IntN(60_000-33))), 1+rng.IntN(maxPassword))
		file := encrypted(t, fast, plain, password)
		wellFormed(t, file)
		if !bytes.Equal(opened(t, file, password), plain) {
			t.Fatalf("%d bytes: other content", size)
		}
	}
}

func TestAChangedFileIsTold(t *testing.T) {
	for _, size := range []int{1000, 20_000} {
		info, pkg := streams(t, encrypted(t, fast, pattern(size), "a"))
		for bit := 0; bit < 8*len(pkg); bit += 101 {
			changed := bytes.Clone(pkg)
			changed[bit/8] ^= 1 << (bit % 8)
			if err := unlock(t, info, "a").Verify(t.Context(), bytes.NewReader(changed), int64(len(changed))); !errors.Is(err, ErrIntegrity) {
				t.Errorf("bit %d of the package: %v", bit, err)
			}
		}
		for _, name := range []string{`encryptedHmacKey="`, `encryptedHmacValue="`} {
			start := bytes.Index(info, []byte(name)) + len(name)
			text := info[start : start+bytes.IndexByte(info[start:], '"')]
			for bit := range 8 * 64 {
				value, err := base64.StdEncoding.DecodeString(string(text))
				if err != nil || len(value) != 64 {
					t.Fatal(len(value), err)
				}
				value[bit/8] ^= 1 << (bit % 8)
				changed := bytes.Clone(info)
				copy(changed[start:], base64.StdEncoding.EncodeToString(value))
				if err := unlock(t, changed, "a").Verify(t.Context(), bytes.NewReader(pkg), int64(len(pkg))); !errors.Is(err, ErrIntegrity) {
					t.Errorf("%s bit %d: %v", name, bit, err)
				}
			}
		}
	}
}

func workbook(t testing.TB, rows int) []byte {
	t.Helper()
	f := excelize.NewFile()
	for r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", r+1), &[]any{r, "订单", strings.Repeat("x", r%50)}); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExcelizeOpensAWorkbook(t *testing.T) {
	for _, rows := range []int{1, 5000} {
		plain := workbook(t, rows)
		var out bytes.Buffer
		if err := Encrypt(t.Context(), &out, bytes.NewReader(plain), int64(len(plain)), "Pass-1 密码"); err != nil {
			t.Fatal(err)
		}
		if _, err := excelize.OpenReader(bytes.NewReader(out.Bytes()), excelize.Options{Password: "pass-1 密码"}); !errors.Is(err, excelize.ErrWorkbookPassword) {
			t.Errorf("a wrong password: %v, want it refused", err)
		}
		f, err := excelize.OpenReader(&out, excelize.Options{Password: "Pass-1 密码"})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.GetRows("Sheet1")
		if err != nil || len(got) != rows || got[rows-1][1] != "订单" {
			t.Errorf("%d rows, want %d: %v", len(got), rows, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestMscfbReadsEveryStream(t *testing.T) {
	for _, size := range []int{10, 100_000, 8 << 20} {
		file := encrypted(t, fast, pattern(size), "a")
		c, err := mscfb.New(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int64{
			"Root Entry":               0,
			"EncryptedPackage":         sizeBytes + padded(int64(size)),
			"EncryptionInfo":           1285,
			"DataSpaces":               0,
			"DataSpaces/Version":       76,
			"DataSpaces/DataSpaceMap":  112,
			"DataSpaces/DataSpaceInfo": 0,
			"DataSpaces/TransformInfo": 0,
			"DataSpaces/DataSpaceInfo/StrongEncryptionDataSpace":         64,
			"DataSpaces/TransformInfo/StrongEncryptionTransform":         0,
			"DataSpaces/TransformInfo/StrongEncryptionTransform/Primary": 200,
		}
		got := map[string]int64{}
		for _, e := range c.File {
			data, err := io.ReadAll(e)
			if err != nil {
				t.Error(err)
			}
			got[strings.Join(append(slices.Clone(e.Path), e.Name), "/")] = int64(len(data))
		}
		if !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestEncryptGoesThroughTheContentOnce(t *testing.T) {
	const size, held = 20 << 20, 200_000
	var written int64
	read := int64(0)
	r := readerFunc(func(p []byte) (int, error) {
		if read-written > held {
			t.Fatalf("%d bytes read, %d written", read, written)
		}
		n := min(len(p), 1000)
		clear(p[:n])
		read += int64(n)
		return n, nil
	})
	w := writerFunc(func(p []byte) (int, error) {
		if bytes.Contains(p, make([]byte, 600)) {
			t.Fatal("content is written plain")
		}
		written += int64(len(p))
		return len(p), nil
	})
	if err := fast.encrypt(t.Context(), w, r, size, "a"); err != nil {
		t.Fatal(err)
	}
	if read < size || read >= size+1000 || written < size {
		t.Errorf("%d bytes read, %d written", read, written)
	}
}

type (
	readerFunc func(p []byte) (int, error)
	writerFunc func(p []byte) (int, error)
)

func (f readerFunc) Read(p []byte) (int, error)  { return f(p) }
func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestPasswordsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		password string
		ok       bool
	}{
		"empty":              {"", false},
		"one":                {"a", true},
		"255":                {strings.Repeat("密", 255), true},
		"256":                {strings.Repeat("密", 256), false},
		"254 units in pairs": {strings.Repeat("🔑", 127), true},
		"256 units in pairs": {strings.Repeat("🔑", 128), false},
	} {
		var out bytes.Buffer
		err := fast.encrypt(t.Context(), &out, strings.NewReader("content"), 7, c.password)
		if c.ok != (err == nil) || !c.ok && (!errors.Is(err, ErrPasswordLength) || out.Len() > 0) {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
		if c.ok && string(opened(t, out.Bytes(), c.password)) != "content" {
			t.Errorf("%s: other content", name)
		}
	}
}

func TestEncryptReturnsErrors(t *testing.T) {
	broken := errors.New("broken")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	plain := func() io.Reader { return bytes.NewReader(pattern(300_000)) }
	full := writerFunc(func([]byte) (int, error) { return 0, broken })
	for name, c := range map[string]struct {
		ctx  context.Context
		w    io.Writer
		r    io.Reader
		size int64
		want error
	}{
		"negative":          {t.Context(), io.Discard, plain(), -1, errContent},
		"large":             {t.Context(), io.Discard, plain(), MaxContent + 1, errContent},
		"short":             {t.Context(), io.Discard, plain(), 300_001, io.ErrUnexpectedEOF},
		"short by segments": {t.Context(), io.Discard, bytes.NewReader(make([]byte, 8192)), 8193, io.ErrUnexpectedEOF},
		"reader":            {t.Context(), io.Discard, iotest.ErrReader(broken), 10, broken},
		"writer":            {t.Context(), full, plain(), 300_000, broken},
		"writer, small":     {t.Context(), full, plain(), 10, broken},
		"cancelled":         {cancelled, io.Discard, plain(), 300_000, context.Canceled},
	} {
		if err := Encrypt(c.ctx, c.w, c.r, c.size, "a"); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (encryptor{iotest.ErrReader(broken), 10}).encrypt(t.Context(), io.Discard, plain(), 10, "a"); !errors.Is(err, broken) {
		t.Errorf("random source: %v", err)
	}
}

func TestEachFileHasItsOwnSecrets(t *testing.T) {
	plain := pattern(5000)
	a, b := encrypted(t, fast, plain, "a"), encrypted(t, fast, plain, "a")
	infoA, pkgA := streams(t, a)
	infoB, pkgB := streams(t, b)
	if bytes.Equal(infoA, infoB) || bytes.Equal(pkgA[sizeBytes:][:16], pkgB[sizeBytes:][:16]) {
		t.Error("two files are alike")
	}
}

// TestTheVectorIsWrittenAgain keeps the bytes of a file that other programs have
// opened. Its random bytes are 0, 1, 2 and so on.
func TestTheVectorIsWrittenAgain(t *testing.T) {
	const name, password = "testdata/encrypted.xlsx", "Kebu-2026 密码"
	random := make([]byte, 256)
	for i := range random {
		random[i] = byte(i)
	}
	e := encryptor{bytes.NewReader(random), encryptSpins}
	if *update {
		if err := os.WriteFile(name, encrypted(t, e, workbook(t, 3), password), 0o600); err != nil {
			t.Fatal(err)
		}
		e.random = bytes.NewReader(random)
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	plain := opened(t, want, password)
	if !bytes.Equal(encrypted(t, e, plain, password), want) {
		t.Error("other bytes")
	}
}

func FuzzEncrypt(f *testing.F) {
	seeds := 0
	add := func(plain []byte, password string) { f.Add(plain, password); seeds++ }
	add(nil, "a")
	add([]byte("PK"), "密码")
	add(make([]byte, 4088), "\xFF\x00")
	add(pattern(9000), strings.Repeat("🔑", 127))
	add(pattern(100), "")
	if seeds < 5 {
		f.Fatalf("%d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, plain []byte, password string) {
		secret, ok := encoded(password)
		var out bytes.Buffer
		// The same bytes each time, so that the same input goes the same way.
		e := encryptor{bytes.NewReader(make([]byte, 256)), 10}
		err := e.encrypt(t.Context(), &out, bytes.NewReader(plain), int64(len(plain)), password)
		if !ok || len(secret) == 0 {
			if !errors.Is(err, ErrPasswordLength) {
				t.Fatal(err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, out.Bytes())
		if !bytes.Equal(opened(t, out.Bytes(), password), plain) {
			t.Fatal("other content")
		}
	})
}

func BenchmarkEncrypt(b *testing.B) {
	plain := pattern(100 << 20)
	b.SetBytes(int64(len(plain)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Encrypt(b.Context(), io.Discard, bytes.NewReader(plain), int64(len(plain)), "a"); err != nil {
			b.Fatal(err)
		}
	}
}
