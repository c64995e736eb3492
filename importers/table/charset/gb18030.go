package charset

import (
	"encoding/binary"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// gbDecoder reads GB18030 twice as fast as the decoder of x/text, to which it leaves
// everything but ASCII and the characters of two bytes, nearly all there are.
type gbDecoder struct {
	transform.NopResetter
	rest transform.Transformer
	two  *[gbLeads * gbTrails][3]byte
}

// The first byte of two is 0x81 to 0xFE, the second 0x40 to 0xFE.
const (
	gbLeads  = 0xFE - 0x81 + 1
	gbTrails = 0xFE - 0x40 + 1
)

func newGB18030() transform.Transformer {
	return gbDecoder{rest: simplifiedchinese.GB18030.NewDecoder(), two: gbTwo()}
}

// gbTwo lists the characters of two bytes as UTF-8, filled up with 0, which is all
// of those that x/text shall judge.
var gbTwo = sync.OnceValue(func() *[gbLeads * gbTrails][3]byte {
	var table [gbLeads * gbTrails][3]byte
	decoder := simplifiedchinese.GB18030.NewDecoder()
	for i := range table {
		pair := []byte{byte(0x81 + i/gbTrails), byte(0x40 + i%gbTrails)}
		text, err := decoder.Bytes(pair)
		if err != nil || len(text) != 2 && len(text) != 3 || string(text) == "\uFFFD" {
			continue
		}
		if text[0] >= 0xC0 { // one character, not two of one byte
			copy(table[i][:], text)
		}
	}
	return &table
})

// Transform decodes as much as there is room for.
func (d gbDecoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	const high = 0x8080808080808080
	for nSrc < len(src) {
		if c := src[nSrc]; c < 0x80 {
			n := min(len(src)-nSrc, len(dst)-nDst)
			if n == 0 {
				return nDst, nSrc, transform.ErrShortDst
			}
			from, to := src[nSrc:nSrc+n], dst[nDst:nDst+n]
			i := 0
			for ; i+8 <= n; i += 8 {
				word := binary.LittleEndian.Uint64(from[i:])
				if word&high != 0 {
					break
				}
				binary.LittleEndian.PutUint64(to[i:], word)
			}
			for i < n && from[i] < 0x80 {
				to[i] = from[i]
				i++
			}
			nDst, nSrc = nDst+i, nSrc+i
			continue
		}
		if nSrc+1 < len(src) && nDst+3 <= len(dst) {
			lead, trail := int(src[nSrc])-0x81, int(src[nSrc+1])-0x40
			if lead >= 0 && lead < gbLeads && trail >= 0 && trail < gbTrails {
				if text := &d.two[lead*gbTrails+trail]; text[0] != 0 {
					dst[nDst], dst[nDst+1], dst[nDst+2] = text[0], text[1], text[2]
					nDst += 2
					if text[2] != 0 {
						nDst++
					}
					nSrc += 2
					continue
				}
			}
		}
		const longest = 4
		rest := src[nSrc:min(len(src), nSrc+longest)]
		last := nSrc+len(rest) == len(src)
		to, from, err := d.rest.Transform(dst[nDst:], rest, atEOF && last)
		nDst, nSrc = nDst+to, nSrc+from
		if from == 0 {
			if err == nil {
				err = transform.ErrShortSrc
			}
			return nDst, nSrc, err
		}
	}
	return nDst, nSrc, nil
}
