package page

import (
	"encoding/binary"
)

// FrameHeader is the size of the header before each page in the WAL, in bytes:
// page number and commit size, which stay clear, two salts and a checksum.
const FrameHeader = 24

const hiddenAt = 8

// SealFrameHeader hides the salts and the checksum of the WAL frame at offset,
// in place, under the current epoch. The checksum is a linear function of the
// plain pages, so that it would tell about them. It is hidden, not authenticated:
// one block of AES with a tweak (XEX) of its place.
func (s *Sealer) SealFrameHeader(header []byte, offset int64) {
	e := s.keys.epochs[s.keys.current]
	hidden := s.whiten(e, header, offset)
	e.frame.Encrypt(hidden, hidden)
	s.xorTweak(hidden)
}

// OpenFrameHeader undoes SealFrameHeader under an epoch, that of the frame's
// page. Under an epoch that is not held the header becomes zero, as if there
// were no frame.
func (s *Sealer) OpenFrameHeader(header []byte, offset int64, epoch uint32) {
	e, ok := s.keys.epochs[epoch]
	if !ok {
		clear(header[:FrameHeader])
		return
	}
	hidden := s.whiten(e, header, offset)
	e.frame.Decrypt(hidden, hidden)
	s.xorTweak(hidden)
}

// whiten makes the tweak of a place, xors it to the hidden part and returns that.
func (s *Sealer) whiten(e *epoch, header []byte, offset int64) []byte {
	binary.BigEndian.PutUint64(s.tweak[:], uint64(offset)) //nolint:gosec // a file offset is not negative
	copy(s.tweak[8:], header[:hiddenAt])
	e.tweak.Encrypt(s.tweak[:], s.tweak[:])
	hidden := header[hiddenAt:FrameHeader]
	s.xorTweak(hidden)
	return hidden
}

func (s *Sealer) xorTweak(b []byte) {
	for i := range b {
		b[i] ^= s.tweak[i]
	}
}
