package tabletest

import (
	"encoding/binary"
	"unicode/utf16"
)

// Record is a record of an old workbook ([MS-XLS] 2.1.4).
type Record struct {
	Kind uint16
	Data []byte
}

// BIFFSheet is a sheet of an old workbook.
type BIFFSheet struct {
	Name    string
	State   byte // 0 shown, 1 hidden
	Records []Record
}

const (
	recordBOF        = 0x0809
	recordEOF        = 0x000A
	recordBoundSheet = 0x0085
)

// BIFF8 writes the stream Workbook of the given records that all sheets share and
// sheets.
func BIFF8(globals []Record, sheets ...BIFFSheet) []byte { return biff(0x0600, globals, sheets) }

// BIFF5 writes the stream Book; names and texts are bytes in its code page.
func BIFF5(globals []Record, sheets ...BIFFSheet) []byte { return biff(0x0500, globals, sheets) }

func biff(version uint16, globals []Record, sheets []BIFFSheet) []byte {
	begin := func(kind uint16) Record {
		return Record{recordBOF, Bytes(version, kind, uint16(0), uint16(0), uint32(0), uint32(0))}
	}
	name := func(s string) []byte {
		if version == 0x0500 {
			return append([]byte{byte(len(s))}, s...)
		}
		text := Text8(s)
		return append([]byte{text[0]}, text[2:]...)
	}
	write := func(at func(i int) uint32) (stream []byte, starts []uint32) {
		add := func(r Record) { stream = append(append(stream, Bytes(r.Kind, uint16(len(r.Data)))...), r.Data...) }
		add(begin(5))
		for _, r := range globals {
			add(r)
		}
		for i, s := range sheets {
			add(Record{recordBoundSheet, append(append(Bytes(at(i)), s.State, 0), name(s.Name)...)})
		}
		add(Record{Kind: recordEOF})
		for _, s := range sheets {
			starts = append(starts, uint32(len(stream)))
			add(begin(0x10))
			for _, r := range s.Records {
				add(r)
			}
			add(Record{Kind: recordEOF})
		}
		return stream, starts
	}
	_, starts := write(func(int) uint32 { return 0 })
	stream, _ := write(func(i int) uint32 { return starts[i] })
	return stream
}

// Bytes writes numbers in little-endian order.
func Bytes(values ...any) []byte {
	var b []byte
	for _, v := range values {
		var err error
		if b, err = binary.Append(b, binary.LittleEndian, v); err != nil {
			panic(err)
		}
	}
	return b
}

// Text8 is a text of BIFF8 with its length in two bytes and wide characters.
func Text8(s string) []byte {
	u := utf16.Encode([]rune(s))
	return append(Bytes(uint16(len(u)), byte(1)), Bytes(u)...)
}
