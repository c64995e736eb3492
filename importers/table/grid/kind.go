package grid

import "fmt"

// Kind is what a file is. The first four, and pages with
// a table, can be read.
type Kind uint8

// The kinds of files that are told apart.
const (
	KindText      Kind = iota + 1 // CSV, TSV and the like
	KindXLSX                      // workbook of Excel 2007 and later, WPS, LibreOffice, …
	KindXLS                       // workbook of Excel 97-2003 (OLE)
	KindXMLSheet                  // workbook in one XML document, "XML Spreadsheet 2003"
	KindEncrypted                 // workbook with a password (OLE around a cipher)
	KindOLE                       // another old Office document
	KindXLSB                      // binary workbook of Excel 2007 and later
	KindODS                       // OpenDocument spreadsheet
	KindHTML                      // web page, often under an .xls name
	KindXML                       // other XML
	KindZip                       // zip archive that is no workbook
	KindArchive                   // archive or packed file of another sort
	KindPDF
	KindImage
	KindBinary // bytes that are no text
	KindEmpty  // no bytes, or none but white space
)

var kindNames = [...]string{
	"", "text", "xlsx workbook", "old xls workbook", "XML spreadsheet", "password-protected workbook", "old Office document",
	"xlsb workbook", "OpenDocument spreadsheet", "HTML page", "XML document", "zip archive",
	"packed archive", "PDF document", "image", "binary file", "empty file",
}

// String is what the kind is called in English.
func (k Kind) String() string {
	if int(k) < len(kindNames) && k > 0 {
		return kindNames[k]
	}
	return fmt.Sprintf("file kind %d", uint8(k))
}
