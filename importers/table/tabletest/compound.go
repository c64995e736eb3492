package tabletest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Stream is one stream of a compound file.
type Stream struct {
	Name string
	Data []byte
}

const (
	sectorBytes = 512
	miniBytes   = 64
	miniCutoff  = 4096 // smaller streams stand in the small sectors

	endOfChain = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
	free       = 0xFFFFFFFF
)

// Compound writes streams into a compound file of version 3 ([MS-CFB]).
func Compound(streams ...Stream) []byte {
	var body bytes.Buffer // from sector 0 on
	var fat []uint32
	add := func(data []byte) (first uint32) {
		if len(data) == 0 {
			return endOfChain
		}
		first = uint32(len(fat))
		body.Write(data)
		for n := (len(data) + sectorBytes - 1) / sectorBytes; n > 1; n-- {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat = append(fat, endOfChain)
		body.Write(make([]byte, len(fat)*sectorBytes-body.Len()))
		return first
	}
	var mini bytes.Buffer
	var miniFAT []uint32
	starts := make([]uint32, len(streams))
	for i, s := range streams {
		if len(s.Data) >= miniCutoff {
			starts[i] = add(s.Data)
			continue
		}
		starts[i] = uint32(len(miniFAT))
		mini.Write(s.Data)
		for n := (len(s.Data) + miniBytes - 1) / miniBytes; n > 1; n-- {
			miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
		}
		miniFAT = append(miniFAT, endOfChain)
		mini.Write(make([]byte, len(miniFAT)*miniBytes-mini.Len()))
	}
	root := add(mini.Bytes())
	miniFATStart := add(links(miniFAT))
	child := uint32(1)
	if len(streams) == 0 {
		child = free
	}
	directory := entry("Root Entry", 5, free, child, root, mini.Len())
	for i, s := range streams {
		next := uint32(free)
		if i+1 < len(streams) {
			next = uint32(i + 2)
		}
		directory = append(directory, entry(s.Name, 2, next, free, starts[i], len(s.Data))...)
	}
	for len(directory)%sectorBytes != 0 {
		directory = append(directory, entry("", 0, free, free, 0, 0)...)
	}
	directoryStart := add(directory)
	tables := 1
	for tables*sectorBytes/4 < len(fat)+tables {
		tables++
	}
	header := make([]byte, sectorBytes)
	le := binary.LittleEndian
	copy(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(header[24:], 0x3E)
	le.PutUint16(header[26:], 3)
	le.PutUint16(header[28:], 0xFFFE)
	le.PutUint16(header[30:], 9)
	le.PutUint16(header[32:], 6)
	le.PutUint32(header[44:], uint32(tables))
	le.PutUint32(header[48:], directoryStart)
	le.PutUint32(header[56:], miniCutoff)
	le.PutUint32(header[60:], miniFATStart)
	le.PutUint32(header[64:], uint32((len(miniFAT)*4+sectorBytes-1)/sectorBytes))
	le.PutUint32(header[68:], endOfChain)
	for i := range 109 {
		le.PutUint32(header[76+4*i:], free)
	}
	for i := range tables {
		if i == 109 {
			panic("tabletest: compound file over 7 MB")
		}
		le.PutUint32(header[76+4*i:], uint32(len(fat)))
		fat = append(fat, fatSector)
	}
	return append(append(header, body.Bytes()...), links(fat)...)
}

// links writes a table of sectors, filled up to whole sectors.
func links(table []uint32) []byte {
	var b []byte
	for _, n := range table {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	for len(b)%sectorBytes != 0 {
		b = binary.LittleEndian.AppendUint32(b, free)
	}
	return b
}

// entry is one entry of the directory.
func entry(name string, kind byte, right, child, start uint32, size int) []byte {
	b := make([]byte, 128)
	le := binary.LittleEndian
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		le.PutUint16(b[2*i:], u)
	}
	if name != "" {
		le.PutUint16(b[64:], uint16(2*len(units)+2))
	}
	b[66], b[67] = kind, 1
	le.PutUint32(b[68:], free)
	le.PutUint32(b[72:], right)
	le.PutUint32(b[76:], child)
	le.PutUint32(b[116:], start)
	le.PutUint32(b[120:], uint32(size))
	return b
}
