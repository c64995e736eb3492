package table

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// small limits let a fuzzer reach them.
var small = Limits{
	FileBytes: 1 << 20, Entries: 50, UnzippedBytes: 4 << 20, Rows: 10_000, Columns: 300, TextColumns: 300,
	CellBytes: 4 << 10, RowBytes: 64 << 10, SharedStrings: 5_000, SharedBytes: 1 << 20,
}

func addAll(f *testing.F, least int, seeds []string) {
	f.Helper()
	if len(seeds) < least {
		f.Fatalf("%d seeds, want %d", len(seeds), least)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
}

// isOurs says that an error is one that Open documents.
func isOurs(err error) bool {
	return isLimit(err) || isDamage(err) || errors.As(err, new(*UnsupportedError))
}

// checkRows reads all rows and checks what Row promises.
func checkRows(t *testing.T, w *Workbook) {
	t.Helper()
	for i := range w.Sheets() {
		for row, err := range w.Rows(t.Context(), i) {
			if err != nil {
				if !isOurs(err) {
					t.Fatalf("error %v", err)
				}
				break
			}
			if len(row.Cells) == 0 || row.Cells[len(row.Cells)-1].Kind == CellEmpty || row.Number < 1 {
				t.Fatalf("row %d ends with an empty cell", row.Number)
			}
			for _, c := range row.Cells {
				if (c.Text == "") != (c.Kind == CellEmpty) || !utf8.ValidString(c.Text) {
					t.Fatalf("%v cell %q", c.Kind, c.Text)
				}
				if _, err := c.Decimal(); err != nil && !errors.Is(err, ErrNotNumber) {
					t.Fatal(err)
				}
				c.Long()
			}
		}
	}
}

func FuzzOpenAnyFile(f *testing.F) {
	book := workbook(oneRow+`<row><c t="s"><v>0</v></c></row>`, `<si><t>a</t></si>`).zip(f)
	addAll(f, 10, []string{
		string(book), string(book[:len(book)/2]), string(ole("Workbook")), "<table>", "%PDF-",
		"a,b\n1,2\n", bom + "a;b\n\"1;\"\";2\n", "sep=|\na|b", "\xFF\xFEa\x00,\x00b\x00\n\x00",
		"\xB6\xA9\xB5\xA5,a\n\x81\x30\x81\x30,\xFF", "PK\x05\x06" + strings.Repeat("\x00", 18),
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Limits: small})
		if err == nil {
			checkRows(t, w)
		} else if !isOurs(err) {
			t.Fatalf("error %v", err)
		}
	})
}

// FuzzTextReadsBack writes the cells as encoding/csv does and reads them.
func FuzzTextReadsBack(f *testing.F) {
	addAll(f, 6, []string{"a|b/c|d", "\"|,/\n|;", "'1|\t2\t/=\"3\"|4", "甲|乙/|丙", "\r|\n/\r\n|x", "\"\"|\"x/y\"|z"})
	f.Fuzz(func(t *testing.T, data []byte) {
		text := strings.ToValidUTF8(string(data), "")
		text = strings.NewReplacer("\x00", "", "\uFFFD", "", "\r", "").Replace(text)
		var b bytes.Buffer
		b.WriteString("sep=,\n")
		w := csv.NewWriter(&b)
		var want [][]string
		for record := range strings.SplitSeq(text, "/") {
			cells := strings.Split(record, "|")
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
			for i, c := range cells {
				cells[i] = unguard(c)
			}
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			if len(cells) > 0 {
				want = append(want, cells)
			}
		}
		w.Flush()
		if sniff(b.Bytes()[:min(b.Len(), headBytes)]) != KindText {
			return
		}
		book := open(t, b.Bytes(), Options{Encoding: utf8Plain})
		n := 0
		for row, err := range book.Rows(t.Context(), 0) {
			if isLimit(err) {
				return
			}
			if err != nil || n >= len(want) || row.Flaws != 0 {
				t.Fatalf("row %d of %d, flaws %d: %v", n, len(want), row.Flaws, err)
			}
			if got := texts(row.Cells); !slices.Equal(got, want[n]) {
				t.Fatalf("row %d: got %q, want %q", n, got, want[n])
			}
			n++
		}
		if n != len(want) {
			t.Fatalf("%d rows of %d", n, len(want))
		}
	})
}

func texts(cells []Cell) []string {
	var all []string
	for _, c := range cells {
		all = append(all, c.Text)
	}
	return all
}

// FuzzBothWaysOfReadingCells reads rows once as they are and once under a repeated
// declaration of the namespace, which fastCell leaves to the general way.
func FuzzBothWaysOfReadingCells(f *testing.F) {
	addAll(f, 8, []string{
		oneRow, `<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1"><v>-1.5E+3</v></c></row>`,
		`<row><c/><c r="B1"/><c t="s"><v>1</v></c><c t="n"><v>1</v></c></row>`, `<row><c r="A1"><v> 1</v></c></row>`,
		`<row><c r="A1" t="str"><v>a</v></c><c r="B1" t="b"><v>1</v></c></row>`, `<row><c r="A1"><f>1</f><v>1</v></c></row>`,
		`<row><c r="ZZ9"><v>1</v></c><c r="A1"><v>.</v></c></row>`, `<row><c r="A1" t="s"><v>-0</v></c><c r="A1" t="s"><v>+1</v></c></row>`,
		`<row><c r="A1" t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t xml:space="preserve"> 某_x0041_</t></is></c></row>`,
		`<row><c t="e"><v>#N/A</v></c><c t="str"><v>a&amp;b</v></c><c t="S"><v>1</v></c></row>`,
		`<row><c r="A1" t="s"><v>01</v></c><c s="x"><v>1</v></c></row>`,
	})
	f.Fuzz(func(t *testing.T, rows []byte) {
		shared := &sharedTexts{}
		for _, s := range []string{"zero", ""} {
			if err := shared.add([]byte(s), small); err != nil {
				t.Fatal(err)
			}
		}
		shared.flush()
		all := func(declared string) (rowsRead [][]Cell, failed bool) {
			src := `<worksheet xmlns="u"><sheetData` + declared + `>` + string(rows) + `</sheetData></worksheet>`
			s, err := newSheetScanner(strings.NewReader(src), shared, small)
			if err == nil {
				err = s.rows(t.Context(), func(r Row) bool {
					rowsRead = append(rowsRead, slices.Clone(r.Cells))
					return true
				})
			}
			return rowsRead, err != nil
		}
		fast, fastFailed := all("")
		slow, slowFailed := all(` xmlns="u"`)
		if fastFailed != slowFailed || !slices.EqualFunc(fast, slow, slices.Equal) {
			t.Fatalf("fast %v (failed: %t)\nslow %v (failed: %t)", fast, fastFailed, slow, slowFailed)
		}
	})
}

// FuzzBothWaysOfReadingSharedTexts reads a table once as it is and once under a root
// with a prefix, where fastShared is not used.
func FuzzBothWaysOfReadingSharedTexts(f *testing.F) {
	addAll(f, 5, []string{
		"<si><t>a</t></si>", `<si><t xml:space="preserve"> 某</t></si><si><t/></si>`, "<si><t>='1</t></si><si><t>\t2</t></si>",
		"<si><t>a&amp;b_x0041_</t></si>", "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>", "<si><t>a\rb\n</t></si><x/>", "<si><t>\xFF</t></si>",
	})
	f.Fuzz(func(t *testing.T, entries []byte) {
		all := func(open, end string) (texts []string, failed bool) {
			x, err := newXMLScanner(strings.NewReader(open+string(entries)+end), small)
			if err != nil {
				return nil, true
			}
			s, err := readShared(x, small)
			for i := 0; err == nil; i++ {
				text, ok := s.get(i)
				if !ok {
					break
				}
				texts = append(texts, text)
			}
			return texts, err != nil
		}
		fast, fastFailed := all(`<sst xmlns="u">`, "</sst>")
		slow, slowFailed := all(`<x:sst xmlns="u" xmlns:x="u">`, "</x:sst>")
		if bytes.Contains(entries, []byte("sst")) {
			return
		}
		if fastFailed != slowFailed || !slices.Equal(fast, slow) {
			t.Fatalf("fast %q (failed: %t)\nslow %q (failed: %t)", fast, fastFailed, slow, slowFailed)
		}
	})
}

// FuzzXMLAgainstTheStandardLibrary compares elements and texts of documents that both
// scanners accept. Ours refuses document types and other encodings.
func FuzzXMLAgainstTheStandardLibrary(f *testing.F) {
	addAll(f, 8, []string{
		`<a/>`, `<a b="c">d<e/>f</a>`, `<x:a xmlns:x="u"><x:b>&lt;&#65;&#x4e2d;</x:b></x:a>`, `<a><![CDATA[<&]]>b]]</a>`,
		"<a>\r\n\r</a>", `<?xml version="1.0"?><!-- c --><a>1<!-- c -->2<?p i?>3</a>`, `<a b='>' c="/>">x</a >`, `<?>`, bom + `<a>某</a>`,
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		ours, err := ourTokens(data)
		if err != nil {
			return
		}
		theirs, err := theirTokens(data)
		if err != nil {
			return
		}
		if !slices.Equal(ours, theirs) {
			t.Fatalf("ours   %q\ntheirs %q", ours, theirs)
		}
	})
}

func ourTokens(data []byte) (all []string, err error) {
	x, err := newXMLScanner(bytes.NewReader(data), small)
	if err != nil {
		return nil, err
	}
	var text []byte
	for {
		t, err := x.next(true)
		if err != nil {
			return nil, err
		}
		if t == tokenText {
			if text, err = appendText(text, x.text, x.cdata); err != nil {
				return nil, err
			}
			continue
		}
		if x.depth() > 0 && len(text) > 0 && (t == tokenEnd || x.depth() > 1) || t == tokenEnd && len(text) > 0 {
			all = append(all, "text "+string(text))
		}
		text = text[:0]
		switch t {
		case tokenEOF:
			return all, nil
		case tokenStart:
			all = append(all, "start "+string(x.name))
		case tokenEnd:
			all = append(all, "end")
		case tokenText:
		}
	}
}

func theirTokens(data []byte) (all []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte(bom))))
	depth, text := 0, ""
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if depth > 0 {
				text += string(t)
			}
			continue
		case xml.StartElement:
			if text != "" {
				all = append(all, "text "+text)
			}
			depth++
			all = append(all, "start "+t.Name.Local)
		case xml.EndElement:
			if text != "" {
				all = append(all, "text "+text)
			}
			depth--
			all = append(all, "end")
		default:
			continue
		}
		text = ""
	}
}

func FuzzGuards(f *testing.F) {
	addAll(f, 5, []string{`="1"`, "'1", "\t1\t", `="'1"`, "'Tis"})
	f.Fuzz(func(t *testing.T, data []byte) {
		once := unguard(string(data))
		if again := unguard(once); again != once {
			t.Fatalf("%q, then %q", once, again)
		}
		if got := unescape([]byte(strings.ReplaceAll(string(data), "_", "_x005F_"))); string(got) != string(data) {
			t.Fatalf("escaped %q reads %q", data, got)
		}
	})
}
