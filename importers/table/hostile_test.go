package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

// read opens data and reads all rows of all sheets. It returns the first error.
func read(ctx context.Context, data []byte, o Options) (rows int, err error) {
	w, err := Open(ctx, bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		return 0, err
	}
	for i := range w.Sheets() {
		for _, err := range w.Rows(ctx, i) {
			if err != nil {
				return rows, err
			}
			rows++
		}
	}
	return rows, nil
}

func isDamage(err error) bool { return errors.As(err, new(*DamageError)) }
func isLimit(err error) bool  { return errors.As(err, new(*LimitError)) }

const oneRow = `<row r="1"><c r="A1"><v>1</v></c></row>`

// isWanted says that an error is what a file should come to.
func isWanted(err error, want tabletest.Outcome) bool {
	var kind *UnsupportedError
	switch want.Of {
	case tabletest.AnswerRows:
		return err == nil
	case tabletest.AnswerDamage:
		return isDamage(err)
	case tabletest.AnswerLimit:
		return isLimit(err)
	case tabletest.AnswerPassword:
		return errors.As(err, new(*PasswordError))
	default:
		return errors.As(err, &kind) && kind.Kind == want.Kind
	}
}

// watched samples the heap at each read of the file.
type watched struct {
	*bytes.Reader
	lock      sync.Mutex // a sheet is unpacked apart from its scan
	most, now uint64
}

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	w.sample()
	return w.Reader.ReadAt(p, at)
}

func (w *watched) sample() {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	w.lock.Lock()
	defer w.lock.Unlock()
	w.now = s[0].Value.Uint64()
	w.most = max(w.most, w.now)
}

// TestHostileFilesAreRefusedOrBounded reads the corpus. Each file comes to what it
// should, within the memory that the program allows itself for one.
func TestHostileFilesAreRefusedOrBounded(t *testing.T) {
	const (
		most   = 256 << 20
		fewest = 60
	)
	corpus := tabletest.HostileFiles(t)
	if len(corpus) < fewest {
		t.Fatalf("%d files, want %d", len(corpus), fewest)
	}
	for _, h := range corpus {
		t.Run(h.Name, func(t *testing.T) {
			runtime.GC()
			r := &watched{Reader: bytes.NewReader(h.Data)}
			r.sample()
			before := r.now
			r.most = 0
			w, err := Open(t.Context(), r, int64(len(h.Data)), Options{})
			for i := 0; err == nil && i < len(w.Sheets()); i++ {
				for n, rowErr := range w.Rows(t.Context(), i) {
					if n.Number%1000 == 1 {
						r.sample()
					}
					err = rowErr
				}
			}
			r.sample()
			if used := r.most - min(before, r.most); used > most {
				t.Errorf("%d MiB for a file of %d KiB", used>>20, len(h.Data)>>10)
			}
			if !isWanted(err, h.Want) {
				t.Errorf("error %v, want answer %d, kind %v", err, h.Want.Of, h.Want.Kind)
			}
		})
	}
}

func TestLimitOfRowsIsTheLastRow(t *testing.T) {
	for _, data := range [][]byte{[]byte("a,b\nc,d"), tabletest.Workbook(oneRow+`<row><c><v>1</v></c></row>`, "").Zip(t)} {
		if rows, err := read(t.Context(), data, Options{Limits: Limits{Rows: 2}}); rows != 2 || err != nil {
			t.Errorf("limit 2: %d rows, %v", rows, err)
		}
		if rows, err := read(t.Context(), data, Options{Limits: Limits{Rows: 1}}); rows != 1 || !isLimit(err) {
			t.Errorf("limit 1: %d rows, %v", rows, err)
		}
	}
}

func TestLimits(t *testing.T) {
	two := tabletest.Workbook(oneRow+`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1</v></c></row>`, `<si><t>aaa</t></si><si><t>bbb</t></si>`).Zip(t)
	text := []byte("a,b\nccc,d\n")
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
	}{
		{"file", two, Limits{FileBytes: 10}},
		{"entries", two, Limits{Entries: 4}},
		{"unzipped while opening", two, Limits{UnzippedBytes: 100}},
		{"unzipped in the sheet", two, Limits{UnzippedBytes: 800}},
		{"rows", two, Limits{Rows: 1}},
		{"columns", two, Limits{Columns: 1}},
		{"shared texts", two, Limits{SharedStrings: 1}},
		{"bytes of shared texts", two, Limits{SharedBytes: 5}},
		{"cell", two, Limits{CellBytes: 2}},
		{"rows of text", text, Limits{Rows: 1}},
		{"columns of text", text, Limits{TextColumns: 1}},
		{"cell of text", text, Limits{CellBytes: 2}},
		{"row of text", text, Limits{RowBytes: 3}},
	} {
		if rows, err := read(t.Context(), c.data, Options{Limits: c.limits}); !isLimit(err) {
			t.Errorf("%s: %d rows, error %v", c.name, rows, err)
		}
	}
}

func TestTruncatedFilesAreRefused(t *testing.T) {
	data := tabletest.Workbook(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 50), `<si><t>a</t></si>`).Zip(t)
	for n := 4; n < len(data); n++ {
		if rows, err := read(t.Context(), data[:n], Options{}); err == nil || rows > 0 {
			t.Fatalf("%d of %d bytes: %d rows, %v", n, len(data), rows, err)
		}
	}
	p := tabletest.Workbook(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 5), `<si><t>a</t></si>`)
	const name = "xl/worksheets/sheet1.xml"
	for n := range p[name] {
		if _, err := read(t.Context(), p.With(name, p[name][:n]).Zip(t), Options{}); !isDamage(err) {
			t.Fatalf("sheet cut at %d: %v", n, err)
		}
	}
}

// bomb is a workbook whose sheet is start, then filler for size bytes.
func bomb(t testing.TB, start, filler string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range tabletest.Workbook("", "") {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		src := io.Reader(strings.NewReader(content))
		if name == "xl/worksheets/sheet1.xml" {
			src = io.MultiReader(strings.NewReader(start), io.LimitReader(repeated(strings.Repeat(filler, 1+65536/len(filler))), int64(size)))
		}
		if _, err := io.Copy(w, src); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repeated is s without end.
func repeated(s string) io.Reader {
	at := 0
	return stream.Func(func(p []byte) (int, error) {
		n := copy(p, s[at:])
		at = (at + n) % len(s)
		return n, nil
	})
}

func TestNothingIsWrittenToTheTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	data := bomb(t, `<worksheet xmlns="`+tabletest.MainSpace+`"><sheetData>`, oneRow, 100*len(oneRow))
	_, err := read(t.Context(), data, Options{})
	if !isDamage(err) {
		t.Errorf("error %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%d files, %v", len(left), err)
	}
}

// stopAfter cancels a context once so many bytes were read.
type stopAfter struct {
	io.ReaderAt
	cancel context.CancelFunc
	left   int64
	since  int64
}

func (s *stopAfter) ReadAt(p []byte, at int64) (int, error) {
	n, err := s.ReaderAt.ReadAt(p, at)
	if s.left < 0 {
		s.since += int64(n)
	}
	if s.left -= int64(n); s.left < 0 {
		s.cancel()
	}
	return n, err
}

func TestCancelStopsAtTheNextRead(t *testing.T) {
	for name, data := range map[string][]byte{
		"text":           bytes.Repeat([]byte("a,b\n"), 1<<19),
		"one cell":       append([]byte("a,b\n\""), bytes.Repeat([]byte("x"), 2<<20)...),
		"workbook":       tabletest.Workbook("", strings.Repeat("<si><t>a</t></si>", 3)).With("xl/worksheets/sheet1.xml", "<worksheet>"+random(2<<20)).Zip(t),
		"GBK":            tabletest.Workbook("", "").With(sheetPart, declaredGBK+"<worksheet>"+random(2<<20)).Zip(t),
		"shared strings": tabletest.Workbook("", "").With("xl/sharedStrings.xml", "<sst>"+random(2<<20)).Zip(t),
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r := &stopAfter{ReaderAt: bytes.NewReader(data), cancel: cancel, left: 512 << 10}
			w, err := Open(ctx, r, int64(len(data)), Options{})
			if err == nil {
				for _, err = range w.Rows(ctx, 0) {
					if err != nil {
						break
					}
				}
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if r.since > 2*stream.WindowBytes {
				t.Errorf("%d bytes read after the cancel", r.since)
			}
		})
	}
}

// random is text that does not pack well.
func random(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = 'a' + byte(x>>24)%26
	}
	return string(b)
}

func TestStrayQuotesCostNoSquare(t *testing.T) {
	data := append([]byte("a,b\n"), bytes.Repeat([]byte("\"\"x\n"), 1<<20)...)
	rows, err := read(t.Context(), data, Options{Limits: Limits{CellBytes: headBytes + 1<<10}})
	if !isLimit(err) {
		t.Errorf("%d rows, %v", rows, err)
	}
}
