package tabletest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kebu/importers/table/grid"
)

// Outcome is what a hostile file comes to.
type Outcome struct {
	Of   Answer
	Kind grid.Kind // where it is of another kind
}

// Answer is what a reader says to a file.
type Answer uint8

// The answers, by the errors of package grid.
const (
	AnswerRows     Answer = iota // no error
	AnswerDamage                 // DamageError
	AnswerLimit                  // LimitError
	AnswerPassword               // PasswordError
	AnswerKind                   // UnsupportedError
)

// The outcomes of files that are of the kind that they seem to be.
var (
	Reads  = Outcome{}
	Damage = Outcome{Of: AnswerDamage}
	Limit  = Outcome{Of: AnswerLimit}
	Locked = Outcome{Of: AnswerPassword}
)

// Refused is the outcome of a file of a kind that is not read.
func Refused(k grid.Kind) Outcome { return Outcome{AnswerKind, k} }

// Hostile is a file made to cost much, to break something or to mislead.
type Hostile struct {
	Name string // with the extension that it pretends
	Data []byte
	Want Outcome
}

// HostileFiles makes the corpus.
func HostileFiles(t testing.TB) []Hostile {
	t.Helper()
	return slices.Concat(hostileSheets(t), hostileArchives(t), hostileCompounds(t), hostilePages(), hostileDocuments(), hostileTexts(), otherFiles(t))
}

const oneRow = `<row r="1"><c r="A1"><v>1</v></c></row>`

// hostileSheets are workbooks whose parts are not what they should be.
func hostileSheets(t testing.TB) []Hostile {
	good := Workbook(oneRow, `<si><t>a</t></si>`)
	const (
		name   = "xl/worksheets/sheet1.xml"
		shared = "xl/sharedStrings.xml"
		gbk    = `<?xml version="1.0" encoding="GBK"?>`
		latin  = `<?xml version="1.0" encoding="ISO-8859-1"?>`
		texts  = `<sst xmlns="` + MainSpace + `">`
		bomb   = `<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	)
	rows := func(xml string) Parts { return good.With(name, Workbook(xml, "")[name]) }
	without := rows("")
	delete(without, name)
	var all []Hostile
	for _, c := range []struct {
		name string
		p    Parts
		want Outcome
	}{
		{"shared text -1", rows(`<row><c t="s"><v>-1</v></c></row>`), Damage},
		{"shared text 1", rows(`<row><c t="s"><v>1</v></c></row>`), Damage},
		{"shared text 2^63", rows(`<row><c t="s"><v>9223372036854775808</v></c></row>`), Damage},
		{"shared text 0.5", rows(`<row><c t="s"><v>0.5</v></c></row>`), Damage},
		{"row 2^31-1", rows(`<row r="2147483647"><c><v>1</v></c></row>`), Limit},
		{"row 0", rows(`<row r="0"><c><v>1</v></c></row>`), Damage},
		{"row -5", rows(`<row r="-5"><c><v>1</v></c></row>`), Damage},
		{"row 1e3", rows(`<row r="1e3"><c><v>1</v></c></row>`), Damage},
		{"16,384 columns", rows(`<row>` + strings.Repeat(`<c><v>1</v></c>`, 16_384) + `</row>`), Reads},
		{"16,385 columns", rows(`<row>` + strings.Repeat(`<c><v>1</v></c>`, 16_385) + `</row>`), Limit},
		{"column XFE", rows(`<row r="1"><c r="XFE1"><v>1</v></c></row>`), Limit},
		{"column XFE in slow form", rows(`<row r="1"><c r="XFE1" x="1"><v>1</v></c></row>`), Limit},
		{"column behind the last", rows(`<row r="1"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>`), Limit},
		{"column AAAA", rows(`<row r="1"><c r="AAAA1"><v>1</v></c></row>`), Damage},
		{"reference without row", rows(`<row r="1"><c r="A"><v>1</v></c></row>`), Damage},
		{"reference without column", rows(`<row r="1"><c r="1"><v>1</v></c></row>`), Damage},
		{"format 2^63", rows(`<row r="1"><c r="A1" s="9223372036854775808"><v>1</v></c></row>`), Reads},
		{"undefined entity", rows(`<row><c t="str"><v>&nbsp;</v></c></row>`), Damage},
		{"entity without end", rows(`<row><c t="str"><v>a & b</v></c></row>`), Damage},
		{"character 0", rows(`<row><c t="str"><v>&#0;</v></c></row>`), Damage},
		{"half a surrogate pair", rows(`<row><c t="str"><v>&#xD800;</v></c></row>`), Damage},
		{"control character", rows("<row><c t=\"str\"><v>\x01</v></c></row>"), Damage},
		{"bytes that are no UTF-8", rows("<row><c t=\"str\"><v>\xFF</v></c></row>"), Damage},
		{"tags that cross", rows(`<row><c><v>1</c></v></row>`), Damage},
		{"tag in a tag", rows(`<row <c/>`), Damage},
		{"attribute without value", rows(`<row r><c/></row>`), Damage},
		{"deep nesting", rows(`<row>` + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + `</row>`), Limit},
		{"long tag", rows(`<row a="` + strings.Repeat("a", 1<<20) + `"/>`), Limit},
		{"tag that never ends", rows(`<row a="` + strings.Repeat(">", 1<<20)), Limit},
		{"cell over the limit", rows(`<row><c t="str"><v>` + strings.Repeat("x", 1<<20+1) + `</v></c></row>`), Limit},
		{"cell of many runs", rows(`<row><c t="inlineStr"><is>` + strings.Repeat("<r><t>"+strings.Repeat("x", 1000)+"</t></r>", 1100) + `</is></c></row>`), Limit},
		{"row over the limit", rows(`<row>` + strings.Repeat(`<c t="str"><v>`+strings.Repeat("x", 100_000)+`</v></c>`, 200) + `</row>`), Limit},
		{"entity bomb", good.With(name, bomb+`<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`), Damage},
		{"external entity", good.With(name, `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>`), Damage},
		{"external entity in the list of sheets", good.With("xl/workbook.xml", `<!DOCTYPE w SYSTEM "http://example.test/w.dtd">`+good["xl/workbook.xml"]), Damage},
		{"document type", good.With(name, "<!DOCTYPE worksheet>"+good[name]), Reads},
		{"document type without end", good.With(name, "<!DOCTYPE "+strings.Repeat("a", 1<<20)), Limit},
		{"declared as GBK", good.With(name, gbk+good[name]), Reads},
		{"declared as GBK again and again", good.With(name, strings.Repeat(gbk, 100_000)+good[name]), Reads},
		{"declared as an unknown encoding", good.With(name, `<?xml version="1.0" encoding="x"?>`+good[name]), Damage},
		{"entity bomb in GBK", good.With(name, gbk+bomb+good[name]), Damage},
		{"entity bomb in texts in GBK", good.With(shared, gbk+bomb+texts+"<si><t>&b;</t></si></sst>"), Damage},
		{"empty texts in GBK", good.With(shared, gbk+texts+strings.Repeat("<si/>", 520_000)+"</sst>"), Reads},
		{"text of empty runs in GBK", good.With(shared, gbk+texts+"<si>"+strings.Repeat("<r/>", 520_000)+"</si></sst>"), Reads},
		{"texts of escapes in GBK", good.With(shared, gbk+texts+strings.Repeat("<si><t>"+strings.Repeat("_x0041_", 140_000)+"</t></si>", 8)+"</sst>"), Reads},
		{"deep texts in GBK", good.With(shared, gbk+texts+strings.Repeat("<a>", 260_000)), Limit},
		{"many relations in GBK", good.With("xl/_rels/workbook.xml.rels", gbk+strings.Replace(good["xl/_rels/workbook.xml.rels"], "</Rel", strings.Repeat("<Relationship/>", 500_000)+"</Rel", 1)), Limit},
		{"cell that decodes to more than the limit", good.With(name, latin+`<worksheet><sheetData><row><c t="str"><v>`+strings.Repeat("\x80", 1<<20/3+1)+`</v></c></row></sheetData></worksheet>`), Limit},
		{"two roots", good.With(name, good[name]+good[name]), Damage},
		{"no root", good.With(name, ""), Damage},
		{"another part", good.With(name, `<chartsheet/>`), Damage},
		{"no sheet part", without, Damage},
		{"target above the root", good.With("xl/_rels/workbook.xml.rels", strings.ReplaceAll(good["xl/_rels/workbook.xml.rels"], "worksheets/", "../../../../etc/")), Damage},
		{"parts above the root", good.With("../../../etc/cron.d/x", "* * * * * root x"), Reads},
		{"two sheets of one part", good.With("xl/workbook.xml", strings.Replace(good["xl/workbook.xml"], "</sheets>", `<sheet name="T" sheetId="2" r:id="r1"/></sheets>`, 1)), Damage},
	} {
		all = append(all, Hostile{c.name + ".xlsx", c.p.Zip(t), c.want})
	}
	return all
}

// bomb is a workbook of which one part inflates to a gigabyte: start, then filler.
// What is inflated is packed once and written again and again.
func bomb(t testing.TB, name, start, filler string) []byte {
	t.Helper()
	pack := func(text string) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const piece, size = 1 << 20, 1 << 30
	again := pack(strings.Repeat(filler, piece/len(filler)))
	packed := pack(start)
	for n := 0; n < size; n += piece / len(filler) * len(filler) {
		packed = append(packed, again...)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for part, content := range Workbook("", "") {
		if part == name {
			continue
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(packed); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostileArchives are zip archives that lie or swell.
func hostileArchives(t testing.TB) []Hostile {
	const (
		sheet  = "xl/worksheets/sheet1.xml"
		shared = "xl/sharedStrings.xml"
		open   = `<worksheet xmlns="` + MainSpace + `"><sheetData>`
		texts  = `<sst xmlns="` + MainSpace + `">`
	)
	plain := Workbook(oneRow, "")
	good := plain.Zip(t)
	all := []Hostile{
		{"white space.xlsx", bomb(t, sheet, open, " "), Limit},
		{"empty rows.xlsx", bomb(t, sheet, open, "<row/>"), Limit},
		{"a cell without end.xlsx", bomb(t, sheet, open+`<row><c t="str"><v>`, "x"), Limit},
		{"white space in GBK.xlsx", bomb(t, sheet, `<?xml version="1.0" encoding="GBK"?>`+open, " "), Limit},
		{"a comment without end.xlsx", bomb(t, sheet, open+`<!--`, "-"), Limit},
		{"a row without end.xlsx", bomb(t, sheet, open+`<row>`, "<c/>"), Limit},
		{"rows of the last column.xlsx", bomb(t, sheet, open, `<row><c r="XFD1"><v>1</v></c></row>`), Limit},
		{"shared texts.xlsx", bomb(t, shared, texts, "<si><t>a</t></si>"), Limit},
		{"empty shared texts.xlsx", bomb(t, shared, texts, "<si/>"), Limit},
		{"long shared texts.xlsx", bomb(t, shared, texts, "<si><t>"+strings.Repeat("a", 1<<17)+"</t></si>"), Limit},
		{"relations.xlsx", bomb(t, "_rels/.rels", `<Relationships xmlns="`+PackageSpace+`">`, `<Relationship Id="a" Type="a" Target="b"/>`), Limit},
		{"sheets.xlsx", bomb(t, "xl/workbook.xml", `<workbook xmlns="`+MainSpace+`" xmlns:r="`+DocSpace+`"><sheets>`, `<sheet name="S" sheetId="1" r:id="r1"/>`), Damage},
		{"inflated size 1.xlsx", Patch(good, 24, 1), Reads},
		{"inflated size 4 GiB.xlsx", Patch(good, 24, 0xFFFFFFFE), Reads},
		{"packed size 3.xlsx", Patch(good, 20, 3), Damage},
		{"packed size 2 GiB.xlsx", Patch(good, 20, 0x7FFFFFFF), Damage},
		{"wrong checksum.xlsx", Patch(good, 16, 12345), Damage},
		{"offset.xlsx", Patch(good, 42, 0x7FFFFFFF), Damage},
		{"all in one place.xlsx", Patch(good, 42, 0), Damage},
		{"64-bit sizes that are not there.xlsx", Patch(good, 20, 0xFFFFFFFF), Damage},
		{"another method.xlsx", Patch(good, 8, 12<<16), Damage},
		{"locked part.xlsx", Patch(good, 8, 1|8<<16), Refused(grid.KindEncrypted)},
		{"no directory.xlsx", good[:len(good)-22], Damage},
		{"zip in a zip.xlsx", Parts{"book.xlsx": string(good)}.Zip(t), Refused(grid.KindZip)},
		{"archive of texts.xlsx", Parts{"a.csv": "a,b"}.Zip(t), Refused(grid.KindZip)},
		{"an empty archive.xlsx", Parts{}.Zip(t), Refused(grid.KindZip)},
		{"many files.xlsx", manyFiles(t), Limit},
		{"two files of one name.xlsx", twice(t), Damage},
	}
	for _, part := range []int{4, 40, 100} {
		n := max(4, len(good)*part/101)
		all = append(all, Hostile{fmt.Sprintf("cut at %d.xlsx", n), good[:n], Damage})
	}
	count := bytes.Clone(good)
	binary.LittleEndian.PutUint16(count[len(count)-12:], 9)
	return append(all, Hostile{"count of files.xlsx", count, Damage})
}

// Patch replaces the 4 bytes at an offset in each entry of a zip's directory.
func Patch(data []byte, offset int, value uint32) []byte {
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

func manyFiles(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 100_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("xl/../../../%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func twice(t testing.TB) []byte {
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
	return b.Bytes()
}
