package list

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"kebu/app/crm"
)

// The bounds of a sheet (Excel specifications and limits).
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
)

// defaultSheet is the name of the sheet where the caller gives none.
const defaultSheet = "Kebu"

// workbook writes an Office Open XML workbook (ECMA-376) part by part: each
// sheet as its rows come, and at the end the parts that name the sheets.
// Texts are inline strings, which cannot be formulas; days and times are date
// serials; amounts and counts are numbers.
type workbook struct {
	zip   *zip.Writer
	o     Options
	limit int // rows of a sheet, its header among them

	name    string // of the table's first sheet
	columns []column
	above   int    // rows above the header
	head    []byte // column widths and header row of each sheet of the table
	table   int    // place of the table's first sheet

	part   *bufio.Writer // of the open sheet; nil before the first of a table
	rows   int           // rows of the open sheet
	sheets []sheet       // the open one last
	total  int           // rows of the list
	cells  []byte        // of the row being written
}

// sheet is a sheet that is begun.
type sheet struct {
	name        string
	column      string // letters of its last column
	first, last int    // row of the headers, last row once it is finished
}

// column is what all cells of a column share.
type column struct {
	Column
	ref   string // letters of its cells
	money style
}

func newWorkbook(w io.Writer, columns []Column, o Options) (*workbook, error) {
	b := &workbook{zip: zip.NewWriter(w), o: o, limit: maxRows}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		// Half the time of the default level for a file a quarter larger.
		return flate.NewWriter(w, flate.BestSpeed)
	})
	return b, b.begin(Table{Sheet: cleanSheet(o.Sheet), HeaderRow: 1, Columns: columns})
}

// begin starts a table on sheets of its own.
func (b *workbook) begin(t Table) error {
	if len(t.Columns) > maxColumns {
		return ErrTooManyColumns
	}
	if err := b.endSheet(); err != nil {
		return err
	}
	b.name, b.above, b.table = t.Sheet, t.HeaderRow-1, len(b.sheets)
	b.columns = make([]column, len(t.Columns))
	for i, c := range t.Columns {
		b.columns[i] = column{c, letters(i), moneyStyle(c.Currency)}
	}
	var err error
	b.head, err = b.header()
	return err
}

// header makes what stands before the rows of a list on each sheet.
func (b *workbook) header() ([]byte, error) {
	row := b.above + 1
	head := fmt.Appendf(nil, xml.Header+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`+
		`<cols>`, row, row+1)
	for i, c := range b.columns {
		head = fmt.Appendf(head, `<col min="%d" max="%[1]d" width="%d" style="%d" customWidth="1"/>`, i+1, c.width(), c.style())
	}
	head = fmt.Appendf(head, `</cols><sheetData><row r="%d">`, row)
	for i := range b.columns {
		var err error
		if head, err = appendText(head, b.columns[i].ref, row, styleHeader, b.columns[i].Title); err != nil {
			return nil, &ValueError{0, b.columns[i].Key, err}
		}
	}
	return append(head, `</row>`...), nil
}

func (b *workbook) row(values []Value) (bool, error) {
	if b.part == nil || b.rows == b.limit {
		if err := b.nextSheet(); err != nil {
			return false, err
		}
	}
	b.rows++
	b.total++
	cells := append(b.cells[:0], `<row r="`...)
	cells = appendInt(cells, b.rows)
	cells = append(cells, `">`...)
	for i, v := range values {
		if !v.filled {
			continue
		}
		var err error
		if cells, err = b.columns[i].appendCell(cells, b.rows, v, b.o.Zone); err != nil {
			return false, &ValueError{b.total, b.columns[i].Key, err}
		}
	}
	b.cells = append(cells, `</row>`...)
	_, err := b.part.Write(b.cells)
	return true, err
}

// nextSheet ends the open sheet, if any, and begins another.
func (b *workbook) nextSheet() error {
	if err := b.endSheet(); err != nil {
		return err
	}
	part, err := b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.sheets)+1))
	if err != nil {
		return err
	}
	b.part = bufio.NewWriterSize(part, bufferSize)
	b.rows = b.above + 1
	name := b.name
	if n := len(b.sheets) - b.table; n > 0 { // the second is "Kebu 2"
		name = fmt.Sprintf("%s %d", b.name, n+1)
	}
	b.sheets = append(b.sheets, sheet{name: name, column: b.columns[len(b.columns)-1].ref, first: b.rows})
	_, err = b.part.Write(b.head)
	return err
}

func (b *workbook) endSheet() error {
	if b.part == nil {
		return nil
	}
	s := &b.sheets[len(b.sheets)-1]
	s.last = b.rows
	_, _ = fmt.Fprintf(b.part, `</sheetData><autoFilter ref="A%d:%s%d"/></worksheet>`, s.first, s.column, s.last)
	err := b.part.Flush()
	b.part = nil
	return err
}

func (b *workbook) close() error {
	if err := b.end(); err != nil {
		return err
	}
	for _, p := range b.parts() {
		w, err := b.zip.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+p.content); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// end finishes a table; one without rows still has its header.
func (b *workbook) end() error {
	if len(b.sheets) == b.table {
		if err := b.nextSheet(); err != nil {
			return err
		}
	}
	return b.endSheet()
}

// part is a file of the package that is short.
type part struct{ name, content string }

// parts makes those that name the sheets.
func (b *workbook) parts() []part {
	const (
		documents     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		packages      = "http://schemas.openxmlformats.org/package/2006/"
		spreadsheetML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	var types, sheets, filters, relations strings.Builder
	for i, s := range b.sheets {
		n := i + 1
		name := escape(s.name)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, spreadsheetML)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, name, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, n, documents)
		// Excel finds a filter by this hidden name.
		fmt.Fprintf(&filters, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">'%s'!$A$%d:$%s$%d</definedName>`,
			i, strings.ReplaceAll(name, "&#39;", "&#39;&#39;"), s.first, s.column, s.last)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.sheets)+1, documents)
	return []part{
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + spreadsheetML + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + spreadsheetML + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships">` +
			`<Relationship Id="rId1" Type="` + documents + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + documents + `">` +
			`<sheets>` + sheets.String() + `</sheets><definedNames>` + filters.String() + `</definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships">` + relations.String() + `</Relationships>`},
		{"xl/styles.xml", stylesheet},
	}
}

// cleanSheet makes s a name that a sheet may have, with room for a number:
// none of []:*?/\, no apostrophe at an end, at most 28 of 31 UTF-16 units.
func cleanSheet(s string) string {
	var name strings.Builder
	length := 0
	for _, r := range s {
		if length += utf16.RuneLen(r); length > 28 {
			break
		}
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
			r = '_'
		}
		name.WriteRune(r)
	}
	if clean := strings.Trim(name.String(), "' "); clean != "" {
		return clean
	}
	return defaultSheet
}

// letters returns the name of the i-th column from 0: A, Z, AA.
func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// moneyStyle returns the style of amounts in currency.
func moneyStyle(currency string) style {
	if crm.Money(0).Format(currency) == "0" {
		return styleWhole
	}
	return styleMoney
}
