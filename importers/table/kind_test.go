package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
	"unicode/utf16"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"

	"github.com/xuri/excelize/v2"
)

// ole is a compound file whose directory has one entry of the given name.
func ole(name string) []byte {
	b := make([]byte, 512*3)
	le := binary.LittleEndian
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(b[30:], 9)
	le.PutUint32(b[48:], 1) // the directory is sector 1, its table sector 0
	for i := range 128 {
		le.PutUint32(b[512+4*i:], 0xFFFFFFFE)
	}
	for i, u := range utf16.Encode([]rune(name)) {
		le.PutUint16(b[1024+128+2*i:], u)
	}
	return b
}

func TestOtherFilesAreRefusedByName(t *testing.T) {
	f := excelize.NewFile()
	var encrypted bytes.Buffer
	if err := f.Write(&encrypted, excelize.Options{Password: "example"}); err != nil {
		t.Fatal(err)
	}
	loop := ole("Root Entry")
	binary.LittleEndian.PutUint32(loop[512+4:], 1)
	good := tabletest.Workbook("", "")
	for _, c := range []struct {
		name string
		data []byte
		want Kind
	}{
		{"empty", nil, KindEmpty},
		{"blank", []byte(stream.BOM + " \r\n"), KindEmpty},
		{"mark of UTF-16 only", []byte{0xFF, 0xFE}, KindEmpty},
		{"old workbook", ole("Workbook"), KindXLS},
		{"older workbook", ole("Book"), KindXLS},
		{"encrypted by hand", ole("EncryptedPackage"), KindEncrypted},
		{"encrypted", encrypted.Bytes(), KindEncrypted},
		{"zip with a password", patch(good.Zip(t), 8, 1|8<<16), KindEncrypted},
		{"old letter", ole("WordDocument"), KindOLE},
		{"directory in a loop", loop, KindOLE},
		{"only the first bytes", ole("x")[:20], KindOLE},
		{"html", []byte("\r\n<HTML xmlns:x='urn'><table><tr>"), KindHTML},
		{"html with mark", []byte(stream.BOM + "<table border=1>"), KindHTML},
		{"xhtml", []byte("<?xml version='1.0'?><html>"), KindHTML},
		{"xml spreadsheet", []byte("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>"), KindXML},
		{"pdf", []byte("%PDF-1.7"), KindPDF},
		{"png", []byte("\x89PNG\r\n\x1a\n"), KindImage},
		{"jpeg", []byte("\xFF\xD8\xFF\xE0"), KindImage},
		{"webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), KindImage},
		{"gzip", []byte("\x1f\x8b\x08"), KindArchive},
		{"rar", []byte("Rar!\x1a\x07\x00"), KindArchive},
		{"junk", bytes.Repeat([]byte{0, 1, 2, 3, 200}, 100), KindBinary},
		{"utf-16 without mark", bytes.Repeat([]byte("a\x00,\x00"), 20), KindBinary},
		{"zip of texts", tabletest.Parts{"a.csv": "a,b"}.Zip(t), KindZip},
		{"zip in a zip", tabletest.Parts{"book.xlsx": string(good.Zip(t))}.Zip(t), KindZip},
		{"letter", good.With("xl/workbook.xml", "<document/>").Zip(t), KindZip},
		{"binary workbook", good.With("_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`).Zip(t), KindXLSB},
		{"open document", tabletest.Parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}.Zip(t), KindODS},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), Options{})
			var other *UnsupportedError
			if !errors.As(err, &other) || other.Kind != c.want {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}
