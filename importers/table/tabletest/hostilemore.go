package tabletest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"kebu/importers/table/grid"
)

// hostileCompounds are old and locked workbooks.
func hostileCompounds(t testing.TB) []Hostile {
	le := binary.LittleEndian
	label := func(row, column int, text string) Record {
		return Record{0x0204, append(Bytes(uint16(row), uint16(column), uint16(0)), Text8(text)...)}
	}
	workbook := func(globals []Record, cells ...Record) []byte {
		return Compound(Stream{"Workbook", BIFF8(globals, BIFFSheet{Name: "S", Records: cells})})
	}
	good := workbook(nil, slices.Repeat([]Record{label(0, 0, strings.Repeat("a", 1000))}, 20)...)
	change := func(at int, value uint32) []byte {
		b := bytes.Clone(good)
		le.PutUint32(b[at:], value)
		return b
	}
	table := sectorBytes * (1 + int(le.Uint32(good[76:])))
	directory := int(le.Uint32(good[48:]))
	info := func(text string) []byte {
		return Compound(Stream{"EncryptionInfo", append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, text...)}, Stream{"EncryptedPackage", make([]byte, 40)})
	}
	const spun = `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="1" blockSize="16" keyBits="128" hashSize="20" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA1" saltValue="AQ=="/><dataIntegrity encryptedHmacKey="" encryptedHmacValue=""/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><encryptedKey spinCount="4294967295" saltSize="1" blockSize="16" keyBits="128" hashSize="20" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA1" saltValue="AQ=="/></keyEncryptor></keyEncryptors></encryption>`
	return []Hostile{
		{"sectors in a loop.xls", change(table, 0), Damage},
		{"directory in a loop.xls", change(table+4*directory, uint32(directory)), Damage},
		{"directory elsewhere.xls", change(48, 1<<30), Damage},
		{"siblings in a loop.xls", change(sectorBytes*(1+directory)+128+72, 0), Damage},
		{"many tables.xls", change(72, 1<<20), Damage},
		{"stream of 4 GiB.xls", change(sectorBytes*(1+directory)+128+120, 0xFFFFFFFF), Refused(grid.KindOLE)},
		{"header only.xls", good[:sectorBytes], Damage},
		{"half.xls", good[:len(good)/2], Damage},
		{"nothing but the sign.xls", good[:8], Damage},
		{"no records.xls", Compound(Stream{"Workbook", make([]byte, 5000)}), Damage},
		{"no end.xls", Compound(Stream{"Workbook", BIFF8(nil)[:20]}), Damage},
		{"shared text -1.xls", workbook(nil, Record{0x00FD, Bytes(uint16(0), uint16(0), uint16(0), int32(-1))}), Damage},
		{"4 billion shared texts.xls", workbook([]Record{{0x00FC, append(Bytes(uint32(1), uint32(0xFFFFFFFF)), Text8("a")...)}}, label(0, 0, "a")), Reads},
		{"shared text of 4 GiB.xls", workbook([]Record{{0x00FC, Bytes(uint32(1), uint32(1), uint16(1), byte(4), uint32(0xFFFFFFFF), byte('a'))}}), Damage},
		{"column 65,535.xls", workbook(nil, label(0, 65_535, "a")), Limit},
		{"row 65,535.xls", workbook(nil, label(65_535, 0, "a")), Reads},
		{"cells out of order.xls", workbook(nil, slices.Repeat([]Record{label(2, 0, "b"), label(1, 0, "a")}, 1<<17)...), Reads},
		{"nested sheets.xls", workbook(nil, slices.Repeat([]Record{{recordBOF, make([]byte, 16)}}, 100_000)...), Damage},
		{"with a password.xls", workbook([]Record{{0x002F, make([]byte, 6)}}), Refused(grid.KindEncrypted)},
		{"letter.xls", Compound(Stream{"WordDocument", []byte("x")}), Refused(grid.KindOLE)},
		{"4 billion hashes.xlsx", info(spun), Refused(grid.KindEncrypted)},
		{"lock of nothing.xlsx", info("<encryption/>"), Damage},
		{"lock with entities.xlsx", info(`<!DOCTYPE e [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><encryption>&a;</encryption>`), Damage},
		{"lock without description.xlsx", Compound(Stream{"EncryptedPackage", make([]byte, 40)}), Damage},
		{"locked.xlsx", lockedWorkbook(t), Locked},
	}
}

// hostilePages are web pages under the name of a workbook.
func hostilePages() []Hostile {
	page := func(name, text string, want Outcome) Hostile { return Hostile{name + ".xls", []byte(text), want} }
	return []Hostile{
		page("tables in one another", strings.Repeat("<table><tr><td>a", 100_000), Limit),
		page("many tables", strings.Repeat("<table><tr><td>a</table>", 100_000), Limit),
		page("wide cells", "<table><tr>"+strings.Repeat("<td colspan=1000>", 100_000), Limit),
		page("tall cells", "<table>"+strings.Repeat("<tr><td rowspan=65534>a", 3_000), Limit),
		page("many columns", "<table><tr>"+strings.Repeat("<td>a", 100_000), Limit),
		page("many rows", "<table>"+strings.Repeat("<tr>", 3<<20), Limit),
		page("a long cell", "<table><tr><td>"+strings.Repeat("a", 8<<20), Limit),
		page("a cell of many pieces", "<table><tr><td>"+strings.Repeat("a<b>", 2<<20), Limit),
		page("many attributes", "<table><tr><td "+strings.Repeat("a ", 4<<20)+">x", Limit),
		page("many entities", "<table><tr><td>"+strings.Repeat("&amp;", 1<<20), Limit),
		page("a script without end", "<table><tr><td>a</td><td><script>"+strings.Repeat("<td>", 1<<17), Reads),
		page("no table", "<html><body>Please sign in", Refused(grid.KindHTML)),
	}
}

// hostileDocuments are XML spreadsheets.
func hostileDocuments() []Hostile {
	const head = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`
	whole := func(name, text string, want Outcome) Hostile { return Hostile{name + ".xml", []byte(text), want} }
	rows := func(name, text string, want Outcome) Hostile {
		return whole("spreadsheet with "+name, head+`<Worksheet Name="a"><Table>`+text+`</Table></Worksheet></Workbook>`, want)
	}
	cell := func(text string) string { return `<Row><Cell><Data Type="String">` + text + `</Data></Cell></Row>` }
	return []Hostile{
		whole("spreadsheet with entity bomb", `<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>`+
			strings.TrimPrefix(head, `<?xml version="1.0"?>`)+`<Worksheet><Table>`+cell("&b;")+`</Table></Worksheet></Workbook>`, Refused(grid.KindXML)),
		whole("spreadsheet with external entity", `<!DOCTYPE Workbook SYSTEM "file:///etc/passwd">`+strings.TrimPrefix(head, `<?xml version="1.0"?>`)+`<Worksheet/></Workbook>`, Damage),
		whole("spreadsheet with many sheets", head+strings.Repeat(`<Worksheet Name="a"><Table/></Worksheet>`, 1000)+`</Workbook>`, Limit),
		whole("spreadsheet cut off", head+`<Worksheet><Table>`+cell("a"), Damage),
		whole("spreadsheet and another", head+`<Worksheet/></Workbook><Workbook/>`, Damage),
		rows("unknown entity", cell("&nbsp;"), Damage),
		rows("character 0", cell("&#0;"), Damage),
		rows("crossing tags", `<Row><Cell></Row></Cell>`, Damage),
		rows("row 2^31-1", `<Row Index="2147483647"/>`, Limit),
		rows("row 2^64", `<Row Index="18446744073709551616"/>`, Limit),
		rows("row -1", `<Row Index="-1"/>`, Damage),
		rows("rows that go back", `<Row Index="5"/><Row Index="5"/>`, Damage),
		rows("2^31 rows alike", `<Row Span="2147483647"/><Row/>`, Limit),
		rows("column 2^31-1", `<Row><Cell Index="2147483647"/></Row>`, Limit),
		rows("a cell merged across 2^31", `<Row><Cell MergeAcross="2147483647"/></Row>`, Limit),
		rows("many wide cells", `<Row>`+strings.Repeat(`<Cell MergeAcross="16000"><Data>a</Data></Cell>`, 1000)+`</Row>`, Limit),
		rows("many rows", strings.Repeat("<Row/>", 3<<20), Limit),
		rows("a long cell", cell(strings.Repeat("a", 8<<20)), Limit),
		rows("a cell of many pieces", cell(strings.Repeat("a<b/>", 2<<20)), Limit),
		rows("a long row", `<Row>`+strings.Repeat(`<Cell><Data>`+strings.Repeat("a", 1<<19)+`</Data></Cell>`, 40)+`</Row>`, Limit),
		rows("deep nesting", `<Row><Cell><Data>`+strings.Repeat("<a>", 1000), Limit),
		rows("a long tag", `<Row a="`+strings.Repeat("a", 1<<20)+`"/>`, Limit),
	}
}

// hostileTexts are texts that are no tables, or too much of one.
func hostileTexts() []Hostile {
	return []Hostile{
		{"empty.csv", nil, Refused(grid.KindEmpty)},
		{"blank.csv", []byte("\xEF\xBB\xBF \r\n\t\n"), Refused(grid.KindEmpty)},
		{"a mark.csv", []byte("\xFF\xFE"), Refused(grid.KindEmpty)},
		{"many columns.csv", bytes.Repeat([]byte(","), 1<<20), Limit},
		{"one long line.csv", bytes.Repeat([]byte("x"), 32<<20), Limit},
		{"a quotation that never ends.csv", append([]byte("a,\""), bytes.Repeat([]byte("x\n"), 4<<20)...), Limit},
		{"stray quotations.csv", append([]byte("a,b\n"), bytes.Repeat([]byte("\"x\n"), 1<<20)...), Reads},
		{"many rows.csv", bytes.Repeat([]byte("1\n"), 3<<20), Limit},
		{"long rows.csv", bytes.Repeat([]byte(strings.Repeat("x", 1<<19)+","), 40), Limit},
		{"zeros.csv", make([]byte, 1<<20), Refused(grid.KindBinary)},
		{"half of a character.csv", []byte("订单,买家\n1,某\xE7\x94"), Reads},
	}
}

// otherFiles are what people drop by mistake.
func otherFiles(t testing.TB) []Hostile {
	noise := make([]byte, 1<<20)
	x := uint32(1)
	for i := range noise {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	behind := func(head string) []byte { return append([]byte(head), noise...) }
	good := Workbook("", "")
	return []Hostile{
		{"photo.jpg", behind("\xFF\xD8\xFF\xE0\x00\x10JFIF"), Refused(grid.KindImage)},
		{"photo.xlsx", behind("\xFF\xD8\xFF\xE1"), Refused(grid.KindImage)},
		{"picture.csv", behind("\x89PNG\r\n\x1a\n"), Refused(grid.KindImage)},
		{"paper.xlsx", behind("%PDF-1.7\n"), Refused(grid.KindPDF)},
		{"packed.xlsx", behind("\x1f\x8b\x08"), Refused(grid.KindArchive)},
		{"archive.xls", behind("Rar!\x1a\x07\x00"), Refused(grid.KindArchive)},
		{"noise.xlsx", noise, Refused(grid.KindBinary)},
		{"program.xlsx", append([]byte("MZ"), make([]byte, 1<<16)...), Refused(grid.KindBinary)},
		{"xml.xls", []byte("<?xml version='1.0'?><Workbook/>"), Refused(grid.KindXML)},
		{"letter.xlsx", good.With("xl/workbook.xml", "<document/>").Zip(t), Refused(grid.KindZip)},
		{"binary.xlsx", good.With("_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`).Zip(t), Refused(grid.KindXLSB)},
		{"open.xlsx", Parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}.Zip(t), Refused(grid.KindODS)},
	}
}
