package field

import (
	"encoding/binary"
	"sync"
)

// scratch keeps buffers for authenticated places: an unlock opens some 200,000
// values.
var scratch = sync.Pool{New: func() any {
	b := make([]byte, 0, 128)
	return &b
}}

func appendHead(dst []byte, version byte, c Class, epoch uint32) []byte {
	return binary.BigEndian.AppendUint32(append(dst, version, byte(c)), epoch)
}

// appendPlace appends what is authenticated with a value. A name of over 255
// bytes is a programmer's mistake.
func appendPlace(dst []byte, version byte, c Class, epoch uint32, book [16]byte, p Place) []byte {
	if len(p.Table) > 255 || len(p.Column) > 255 {
		panic("field: name of a table or column is too long")
	}
	dst = appendHead(dst, version, c, epoch)
	dst = append(dst, book[:]...)
	dst = append(dst, p.Row[:]...)
	return appendName(appendName(dst, p.Table), p.Column)
}

func appendName(dst []byte, name string) []byte {
	return append(append(dst, byte(len(name)&0xff)), name...)
}

// appendPadded appends value, the byte 0x80 and zeros to a multiple of 16.
func appendPadded(dst, value []byte) []byte {
	dst = append(append(dst, value...), 0x80)
	for n := len(value) + 1; n%block != 0; n++ {
		dst = append(dst, 0)
	}
	return dst
}

// unpadded returns the length of the value in b, which was authenticated.
func unpadded(b []byte) (int, bool) {
	for n := len(b) - 1; n >= 0 && n >= len(b)-block; n-- {
		switch b[n] {
		case 0:
		case 0x80:
			return n, true
		default:
			return 0, false
		}
	}
	return 0, false
}
