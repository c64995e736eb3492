package table

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
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

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	good := tabletest.Workbook(oneRow, `<si><t>a</t></si>`)
	const name = "xl/worksheets/sheet1.xml"
	rows := func(xml string) tabletest.Parts {
		return good.With(name, tabletest.Workbook(xml, "")[name])
	}
	for _, c := range []struct {
		name string
		p    tabletest.Parts
		is   func(error) bool
	}{
		{"shared text -1", rows(`<row><c t="s"><v>-1</v></c></row>`), isDamage},
		{"shared text 1", rows(`<row><c t="s"><v>1</v></c></row>`), isDamage},
		{"shared text 2^63", rows(`<row><c t="s"><v>9223372036854775808</v></c></row>`), isDamage},
		{"shared text 0.5", rows(`<row><c t="s"><v>0.5</v></c></row>`), isDamage},
		{"row 2^31-1", rows(`<row r="2147483647"><c><v>1</v></c></row>`), isLimit},
		{"row 0", rows(`<row r="0"><c><v>1</v></c></row>`), isDamage},
		{"row -5", rows(`<row r="-5"><c><v>1</v></c></row>`), isDamage},
		{"row 1e3", rows(`<row r="1e3"><c><v>1</v></c></row>`), isDamage},
		{"column XFE", rows(`<row r="1"><c r="XFE1"><v>1</v></c></row>`), isLimit},
		{"column XFE in slow form", rows(`<row r="1"><c r="XFE1" x="1"><v>1</v></c></row>`), isLimit},
		{"column behind the last", rows(`<row r="1"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>`), isLimit},
		{"column AAAA", rows(`<row r="1"><c r="AAAA1"><v>1</v></c></row>`), isDamage},
		{"reference without row", rows(`<row r="1"><c r="A"><v>1</v></c></row>`), isDamage},
		{"reference without column", rows(`<row r="1"><c r="1"><v>1</v></c></row>`), isDamage},
		{"undefined entity", rows(`<row><c t="str"><v>&nbsp;</v></c></row>`), isDamage},
		{"entity without end", rows(`<row><c t="str"><v>a & b</v></c></row>`), isDamage},
		{"character 0", rows(`<row><c t="str"><v>&#0;</v></c></row>`), isDamage},
		{"half a surrogate pair", rows(`<row><c t="str"><v>&#xD800;</v></c></row>`), isDamage},
		{"control character", rows("<row><c t=\"str\"><v>\x01</v></c></row>"), isDamage},
		{"bytes that are no UTF-8", rows("<row><c t=\"str\"><v>\xFF</v></c></row>"), isDamage},
		{"tags that cross", rows(`<row><c><v>1</c></v></row>`), isDamage},
		{"tag in a tag", rows(`<row <c/>`), isDamage},
		{"attribute without value", rows(`<row r><c/></row>`), isDamage},
		{"deep nesting", rows(`<row>` + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + `</row>`), isLimit},
		{"long tag", rows(`<row a="` + strings.Repeat("a", 1<<20) + `"/>`), isLimit},
		{"tag that never ends", rows(`<row a="` + strings.Repeat(">", 1<<20)), isLimit},
		{"cell over the limit", rows(`<row><c t="str"><v>` + strings.Repeat("x", 1<<20+1) + `</v></c></row>`), isLimit},
		{"cell of many runs", rows(`<row><c t="inlineStr"><is>` + strings.Repeat("<r><t>"+strings.Repeat("x", 1000)+"</t></r>", 1100) + `</is></c></row>`), isLimit},
		{"row over the limit", rows(`<row>` + strings.Repeat(`<c t="str"><v>`+strings.Repeat("x", 100_000)+`</v></c>`, 200) + `</row>`), isLimit},
		{"entity bomb", good.With(name, `<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`), isDamage},
		{"external entity", good.With(name, `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>`), isDamage},
		{"external entity in the list of sheets", good.With("xl/workbook.xml", `<!DOCTYPE w SYSTEM "http://example.test/w.dtd">`+good["xl/workbook.xml"]), isDamage},
		{"declared as GBK", good.With(name, `<?xml version="1.0" encoding="GBK"?>`+good[name]), isDamage},
		{"two roots", good.With(name, good[name]+good[name]), isDamage},
		{"no root", good.With(name, ""), isDamage},
		{"another part", good.With(name, `<chartsheet/>`), isDamage},
		{"no sheet part", func() tabletest.Parts { p := rows(""); delete(p, name); return p }(), isDamage},
		{"target above the root", good.With("xl/_rels/workbook.xml.rels", strings.ReplaceAll(good["xl/_rels/workbook.xml.rels"], "worksheets/", "../../../../etc/")), isDamage},
	} {
		t.Run(c.name, func(t *testing.T) {
			if rows, err := read(t.Context(), c.p.Zip(t), Options{}); !c.is(err) {
				t.Errorf("%d rows, error %v", rows, err)
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

// patch replaces the 4 bytes at an offset in each entry of a zip's directory.
func patch(data []byte, offset int, value uint32) []byte {
	data = bytes.Clone(data)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return data
		}
		binary.LittleEndian.PutUint32(data[at+i+offset:], value)
		at += i + 4
	}
}

func TestStatedSizesAreNotBelieved(t *testing.T) {
	data := tabletest.Workbook(oneRow, "").Zip(t)
	for name, lie := range map[string][]byte{
		"inflated size 1":     patch(data, 24, 1),
		"inflated size 4 GiB": patch(data, 24, 0xFFFFFFFE),
	} {
		if rows, err := read(t.Context(), lie, Options{}); err != nil || rows != 1 {
			t.Errorf("%s: %d rows, %v", name, rows, err)
		}
	}
	for name, lie := range map[string][]byte{
		"packed size 3":  patch(data, 20, 3),
		"wrong checksum": patch(data, 16, 12345),
		"offset":         patch(data, 42, 0x7FFFFFFF),
		"count":          append(bytes.Clone(data[:len(data)-12]), append([]byte{9, 0}, data[len(data)-10:]...)...),
	} {
		if rows, err := read(t.Context(), lie, Options{}); !isDamage(err) {
			t.Errorf("%s: %d rows, %v", name, rows, err)
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

func TestZipOfManyFilesIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 100_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "xl/../../../" + itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t.Context(), b.Bytes(), Options{}); !isLimit(err) {
		t.Errorf("error %v", err)
	}
}

func TestTwoFilesOfOneNameAreRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"_rels/.rels", "_RELS/.rels"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t.Context(), b.Bytes(), Options{}); !isDamage(err) {
		t.Errorf("error %v", err)
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

// heap is the largest heap seen while f ran, beyond what was there before.
func heap(f func(sample func())) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapInuse, uint64(0)
	sample := func() {
		runtime.ReadMemStats(&m)
		if m.HeapInuse > before {
			most = max(most, m.HeapInuse-before)
		}
	}
	f(sample)
	sample()
	return most
}

func TestBombsCostLittleMemory(t *testing.T) {
	size, limits := 100<<20, Limits{}
	if testing.Short() { // as under the race detector, twenty times as slow
		size, limits.UnzippedBytes = 4<<20, 3<<20
	}
	const open = `<worksheet xmlns="` + tabletest.MainSpace + `"><sheetData>`
	for _, c := range []struct{ name, start, filler string }{
		{"white space", open, " "},
		{"empty rows", open, "<row/>"},
		{"a cell without end", open + `<row><c t="str"><v>`, "x"},
		{"a comment without end", open + `<!--`, "-"},
		{"a row without end", open + `<row>`, "<c/>"},
		{"rows of the last column", open, `<row><c r="XFD1"><v>1</v></c></row>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := bomb(t, c.start, c.filler, size)
			var err error
			used := heap(func(func()) { _, err = read(t.Context(), data, Options{Limits: limits}) })
			if !isLimit(err) {
				t.Errorf("error %v", err)
			}
			if used > 64<<20 {
				t.Errorf("%d MiB for a file of %d KiB", used>>20, len(data)>>10)
			}
		})
	}
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
