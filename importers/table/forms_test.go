package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

const (
	listPart   = "xl/workbook.xml"
	sheetPart  = "xl/worksheets/sheet1.xml"
	sharedPart = "xl/sharedStrings.xml"
	stylePart  = "xl/styles.xml"
	relations  = "xl/_rels/workbook.xml.rels"

	declaredGBK = `<?xml version="1.0" encoding="GBK"?>`
)

// form is a way to write a part of a workbook.
type form struct {
	name  string
	write func(t testing.TB, xml string) string
}

// all writes all parts so.
func (f form) all(t testing.TB, p tabletest.Parts) tabletest.Parts {
	t.Helper()
	q := tabletest.Parts{}
	for name, content := range p {
		q[name] = f.write(t, content)
	}
	return q
}

// forms are those that OPC does not allow and other readers read all the same.
var forms = []form{
	{"GBK", func(t testing.TB, xml string) string { return declared(t, "GBK", simplifiedchinese.GBK, xml) }},
	{"ISO-8859-1", func(t testing.TB, xml string) string { return declared(t, "ISO-8859-1", charmap.ISO8859_1, xml) }},
	{"document type", func(_ testing.TB, xml string) string {
		return prolog.FindString(xml) + "<!DOCTYPE\nroot >" + prolog.ReplaceAllString(xml, "")
	}},
}

// prolog is all that may stand before a document type.
var prolog = regexp.MustCompile(`^\x{FEFF}?(<\?xml [^>]*\?>)?`)

// declared writes a part in an encoding and says so. Characters that this does not have
// become references.
func declared(t testing.TB, label string, e encoding.Encoding, xml string) string {
	t.Helper()
	text, err := encoding.HTMLEscapeUnsupported(e.NewEncoder()).String(prolog.ReplaceAllString(xml, ""))
	if err != nil {
		t.Fatal(err)
	}
	return `<?xml version="1.0" encoding="` + label + `"?>` + text
}

// partsOf unpacks the parts of a workbook that are XML.
func partsOf(t testing.TB, data []byte) tabletest.Parts {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := tabletest.Parts{}
	for _, f := range z.File {
		if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p[f.Name] = string(content)
	}
	return p
}

// everything writes all that is known of a workbook.
func everything(t testing.TB, data []byte) []string {
	t.Helper()
	w := open(t, data, Options{})
	all := []string{fmt.Sprintf("%v, 1904: %t", w.Sheets(), w.Date1904())}
	for i := range w.Sheets() {
		for row, err := range w.Rows(t.Context(), i) {
			all = append(all, fmt.Sprintf("%d: %v %d %v", row.Number, row.Cells, row.Flaws, err))
		}
	}
	return all
}

// dated is a workbook with a Chinese name, texts of both sorts, and a date from 1904.
func dated() tabletest.Parts {
	p := tabletest.Workbook(`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>46000.5</v></c><c r="D2" t="inlineStr"><is><t>浙江é</t></is></c><c r="E2" t="b"><v>1</v></c></row>`, `<si><t>张某</t></si>`)
	p[listPart] = strings.NewReplacer(`name="S"`, `name="订单"`, "<sheets>", `<workbookPr date1904="1"/><sheets>`).Replace(p[listPart])
	p[stylePart] = `<styleSheet xmlns="` + tabletest.MainSpace + `"><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`
	p[relations] = strings.Replace(p[relations], "</Rel", `<Relationship Id="r3" Type="`+tabletest.DocSpace+`/styles" Target="styles.xml"/></Rel`, 1)
	return p
}

func TestEachPartMayHaveAnotherForm(t *testing.T) {
	p := dated()
	want := []string{"[{订单 false}], 1904: true", "2: [{张某 text false} { empty false} {46000.5 number true} {浙江é text false} {TRUE bool false}] 0 <nil>"}
	sameAsExcelize(t, "as it is", p.Zip(t))
	for _, f := range forms {
		for name, content := range p {
			data := p.With(name, f.write(t, content)).Zip(t)
			if got := everything(t, data); !slices.Equal(got, want) {
				t.Errorf("%s in %s:\ngot  %q\nwant %q", name, f.name, got, want)
			}
			sameCells(t, name+" in "+f.name, data)
			w := open(t, data, Options{})
			kinds(t, w, 0)
			if done, total := w.Progress(); done != total || total == 0 {
				t.Errorf("%s in %s: progress %d of %d", name, f.name, done, total)
			}
		}
	}
}

// TestWhatTheBytesSayCountsMore reads parts that declare another encoding than the one
// that they begin with, or that their text shows.
func TestWhatTheBytesSayCountsMore(t *testing.T) {
	p := dated()
	want := everything(t, p.Zip(t))
	utf16 := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, label := range []string{"utf-8", "UTF8", "us-ascii", "ASCII", "utf-16", "UTF-16BE", "unicode-1-1-utf-8"} {
		data := p.With(sheetPart, `<?xml version='1.0' encoding='`+label+`'?>`+p[sheetPart]).Zip(t)
		if got := everything(t, data); !slices.Equal(got, want) {
			t.Errorf("declared as %s: %q", label, got)
		}
	}
	for _, label := range []string{"GBK", "Shift_JIS"} {
		text := `<?xml version="1.0" encoding="` + label + `"?>` + p[sheetPart]
		for name, content := range map[string]string{
			"mark": stream.BOM + text, "UTF-16": string(encode(t, utf16, text)), "UTF-16 with a mark": string(encode(t, utf16, stream.BOM+text)),
		} {
			if got := everything(t, p.With(sheetPart, content).Zip(t)); !slices.Equal(got, want) {
				t.Errorf("%s, declared as %s: %q", name, label, got)
			}
		}
	}
}

func TestOtherEncodingsByTheirNames(t *testing.T) {
	p := dated()
	want := everything(t, p.Zip(t))
	for label, e := range map[string]encoding.Encoding{
		"gb2312": simplifiedchinese.GBK, "GB18030": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5, "Shift_JIS": japanese.ShiftJIS,
		"iso-2022-jp": japanese.ISO2022JP, "EUC-KR": korean.EUCKR, "windows-1251": charmap.Windows1251, "latin1": charmap.Windows1252,
	} {
		f := form{label, func(t testing.TB, xml string) string { return declared(t, label, e, xml) }}
		data := f.all(t, p).Zip(t)
		sameCells(t, label, data)
		if got := everything(t, data); !slices.Equal(got, want) {
			t.Errorf("%s: %q", label, got)
		}
	}
}

func TestPartsThatAreRefused(t *testing.T) {
	p := dated()
	for name, content := range map[string]string{
		"unknown encoding":           `<?xml version="1.0" encoding="none"?>` + p[sheetPart],
		"no encoding":                `<?xml version="1.0" encoding=""?>` + p[sheetPart],
		"encoding of nothing":        `<?xml version="1.0" encoding="hz-gb-2312"?>` + p[sheetPart],
		"encoding declared inside":   strings.Replace(p[sheetPart], "<row", declaredGBK+"<row", 1),
		"broken in GBK":              declaredGBK + "<worksheet><sheetData><row",
		"no such text in GBK":        declaredGBK + `<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>`,
		"entities":                   `<!DOCTYPE a [<!ENTITY x "y">]>` + p[sheetPart],
		"entities without a space":   `<!DOCTYPE a[<!ENTITY x "y">]>` + p[sheetPart],
		"empty list of entities":     `<!DOCTYPE a[]>` + p[sheetPart],
		"entities in GBK":            declaredGBK + `<!DOCTYPE a [<!ENTITY x "y">]>` + p[sheetPart],
		"system":                     `<!DOCTYPE a SYSTEM "a.dtd">` + p[sheetPart],
		"public":                     `<!DOCTYPE a PUBLIC "-//A//B" "a.dtd">` + p[sheetPart],
		"document type without name": `<!DOCTYPE >` + p[sheetPart],
		"document type without end":  `<!DOCTYPE a`,
		"another declaration":        `<!ENTITY x>` + p[sheetPart],
		"document type inside":       strings.Replace(p[sheetPart], "<row", "<!DOCTYPE a><row", 1),
		"document type at the end":   p[sheetPart] + `<!DOCTYPE a>`,
	} {
		if _, err := read(t.Context(), p.With(sheetPart, content).Zip(t), Options{}); !isDamage(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBytesThatStandForNothingAreFlagged(t *testing.T) {
	p := tabletest.Workbook(`<row><c t="s"><v>0</v></c></row><row><c t="str"><v>某?</v></c></row><row><c><v>1</v></c></row>`, `<si><t>某?</t></si>`)
	broken := func(xml string) string {
		return strings.ReplaceAll(declared(t, "GBK", simplifiedchinese.GBK, xml), "?<", "\xFF<")
	}
	for name, c := range map[string]struct {
		parts tabletest.Parts
		want  []string
	}{
		"sheet":  {p.With(sheetPart, broken(p[sheetPart])), []string{"1: 某?", "2: 某\uFFFD !2", "3: 1"}},
		"shared": {p.With(sharedPart, broken(p[sharedPart])), []string{"1: 某\uFFFD !2", "2: 某?", "3: 1"}},
	} {
		if got := dump(t, open(t, c.parts.Zip(t), Options{})); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestNoErrorQuotesAPart breaks each part with a text that must stay inside.
func TestNoErrorQuotesAPart(t *testing.T) {
	const secret = "canary"
	p := dated()
	for name := range p {
		for _, broken := range []string{
			"<" + secret + "></x>", "&" + secret + ";", `<?xml version="1.0" encoding="` + secret + `"?>`, "<!DOCTYPE " + secret + ` "x">`,
			declaredGBK + "<" + secret + "></x>", "<!DOCTYPE " + secret + ">",
		} {
			_, err := read(t.Context(), p.With(name, broken).Zip(t), Options{})
			if err == nil || strings.Contains(err.Error(), secret) || !tabletest.IsDocumented(err) {
				t.Errorf("%s, %s: %v", name, broken, err)
			}
		}
	}
}
