package table

import (
	"bytes"
	"errors"
	"testing"

	"kebu/importers/table/stream"
	"kebu/importers/table/tabletest"
)

// ole is a compound file of one stream.
func ole(name string) []byte {
	return tabletest.Compound(tabletest.Stream{Name: name, Data: []byte("x")})
}

func TestOtherFilesAreRefusedByName(t *testing.T) {
	good := tabletest.Workbook("", "")
	for _, c := range []struct {
		name string
		data []byte
		want Kind
	}{
		{"empty", nil, KindEmpty},
		{"blank", []byte(stream.BOM + " \r\n"), KindEmpty},
		{"mark of UTF-16 only", []byte{0xFF, 0xFE}, KindEmpty},
		{"zip with a password", tabletest.Patch(good.Zip(t), 8, 1|8<<16), KindEncrypted},
		{"old letter", ole("WordDocument"), KindOLE},
		{"html", []byte("\r\n<HTML xmlns:x='urn'><table><tr>"), KindHTML},
		{"html with mark", []byte(stream.BOM + "<table border=1>"), KindHTML},
		{"xhtml", []byte("<?xml version='1.0'?><html>"), KindHTML},
		{"xml", []byte("<?xml version='1.0'?><!-- a Workbook --><orders xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"), KindXML},
		{"xml spreadsheet without sheets", []byte("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>"), KindXML},
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
