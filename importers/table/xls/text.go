package xls

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"kebu/importers/table/grid"
)

// charsets are the code pages in which BIFF5 has its texts; 0 is what stands for
// those that are not known.
var charsets = map[uint16]encoding.Encoding{
	0: charmap.Windows1252, 1252: charmap.Windows1252, 0x8001: charmap.Windows1252,
	936: simplifiedchinese.GB18030, 950: traditionalchinese.Big5, 932: japanese.ShiftJIS, 949: korean.EUCKR,
	437: charmap.CodePage437, 850: charmap.CodePage850, 866: charmap.CodePage866, 874: charmap.Windows874,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 0x8000: charmap.Macintosh,
}

func charset(page uint16) encoding.Encoding {
	if c, ok := charsets[page]; ok {
		return c
	}
	return charsets[0]
}

// Flags of a text ([MS-XLS] 2.5.293).
const (
	flagWide     = 1
	flagPhonetic = 4
	flagRich     = 8
)

// text reads a text with its length in one byte or two, as UTF-8: of BIFF8 with its
// flags, of BIFF5 in the code page of the workbook. What belongs to its looks and its
// reading is left out.
func (b *Book) text(r *records, short bool) ([]byte, error) {
	var n int
	if short {
		v, err := r.uint8()
		if err != nil {
			return nil, err
		}
		n = int(v)
	} else {
		v, err := r.uint16()
		if err != nil {
			return nil, err
		}
		n = int(v)
	}
	if !b.biff8 {
		raw, err := r.take(n)
		if err != nil {
			return nil, err
		}
		text, err := b.charset.NewDecoder().Bytes(raw)
		if err != nil {
			return nil, fmt.Errorf("text in a code page: %w", err)
		}
		return b.checked(text)
	}
	return b.richText(r, n)
}

// richText reads what follows the length of a BIFF8 text of n code units.
func (b *Book) richText(r *records, n int) ([]byte, error) {
	flags, err := r.uint8()
	if err != nil {
		return nil, err
	}
	behind := int64(0)
	if flags&flagRich != 0 {
		runs, err := r.uint16()
		if err != nil {
			return nil, err
		}
		behind += 4 * int64(runs)
	}
	if flags&flagPhonetic != 0 {
		phonetic, err := r.uint32()
		if err != nil {
			return nil, err
		}
		behind += int64(phonetic)
	}
	text, err := units(r, n, flags&flagWide != 0)
	if err != nil {
		return nil, err
	}
	if err := r.pass(behind); err != nil {
		return nil, err
	}
	return b.checked(text)
}

// units reads n code units of UTF-16, of which the upper byte may be left out. A
// record that continues the text says anew whether it is (2.5.293).
func units(r *records, n int, wide bool) ([]byte, error) {
	text := make([]byte, 0, n)
	var high rune // first half of a pair
	add := func(u rune) {
		if high != 0 {
			if pair := utf16.DecodeRune(high, u); pair != utf8.RuneError {
				text, high = utf8.AppendRune(text, pair), 0
				return
			}
			text, high = utf8.AppendRune(text, utf8.RuneError), 0
		}
		switch {
		case u >= 0xD800 && u < 0xDC00:
			high = u
		default:
			text = utf8.AppendRune(text, u) // the second half of no pair is U+FFFD
		}
	}
	for n > 0 {
		if len(r.data) == 0 {
			if err := r.more(); err != nil {
				return nil, err
			}
			flags, err := r.uint8()
			if err != nil {
				return nil, err
			}
			wide = flags&flagWide != 0
			continue
		}
		if !wide {
			k := min(n, len(r.data))
			for _, c := range r.data[:k] {
				add(rune(c))
			}
			r.data, n = r.data[k:], n-k
			continue
		}
		k := min(n, len(r.data)/2)
		if k == 0 {
			return nil, errShort
		}
		for i := range k {
			add(rune(binary.LittleEndian.Uint16(r.data[2*i:])))
		}
		r.data, n = r.data[2*k:], n-k
	}
	if high != 0 {
		text = utf8.AppendRune(text, utf8.RuneError)
	}
	return text, nil
}

// checked drops NUL characters, with which some programs fill texts up, and stops at
// a text that is too long.
func (b *Book) checked(text []byte) ([]byte, error) {
	if bytes.IndexByte(text, 0) >= 0 {
		text = bytes.ReplaceAll(text, []byte{0}, nil)
	}
	if int64(len(text)) > b.limits.CellBytes {
		return nil, &grid.LimitError{What: "bytes in a cell", Limit: b.limits.CellBytes}
	}
	return text, nil
}

// sst reads the table of shared texts ([MS-XLS] 2.4.265). Its count is not believed:
// where the texts end, the table does.
func (b *Book) sst(r *records) error {
	if _, err := r.uint32(); err != nil { // how often they are used
		return err
	}
	count, err := r.uint32()
	if err != nil {
		return err
	}
	for range count {
		if len(r.data) == 0 {
			if err := r.more(); errors.Is(err, errShort) {
				return nil
			} else if err != nil {
				return err
			}
		}
		text, err := b.text(r, false)
		if err != nil {
			return err
		}
		if err := b.shared.Add([]byte(grid.Unguard(string(text))), b.limits); err != nil {
			return err
		}
	}
	return nil
}
