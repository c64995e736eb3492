// Package tabletest makes the files that the tests of table readers read.
package tabletest

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"
)

// Namespaces of workbooks.
const (
	MainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	StrictSpace  = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	DocSpace     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	PackageSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// Parts are the files of a workbook by name.
type Parts map[string]string

// Workbook is a small workbook with the given rows and shared texts as XML.
func Workbook(rows, shared string) Parts {
	return Parts{
		"_rels/.rels": `<Relationships xmlns="` + PackageSpace + `"><Relationship Id="a" Type="` + DocSpace +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="` + MainSpace + `" xmlns:r="` + DocSpace +
			`"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + PackageSpace + `"><Relationship Id="r1" Type="` + DocSpace +
			`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + DocSpace +
			`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + MainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":     `<sst xmlns="` + MainSpace + `">` + shared + `</sst>`,
	}
}

// With is p with other content in one part.
func (p Parts) With(name, content string) Parts {
	q := Parts{}
	for n, c := range p {
		q[n] = c
	}
	q[name] = content
	return q
}

// Zip packs the parts in the order of their names.
func (p Parts) Zip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range p {
			if !yield(n) {
				return
			}
		}
	}) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
