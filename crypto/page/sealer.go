package page

import (
	"crypto/aes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
)

// Sealer seals and opens pages one at a time, without allocating more than
// AES-GCM does. It is not safe for concurrent use.
type Sealer struct {
	keys    *Keys
	derived [keySize]byte
	aad     [41]byte
	tweak   [aes.BlockSize]byte
}

// Sealer returns a new sealer under k.
func (k *Keys) Sealer() *Sealer { return &Sealer{keys: k} }

// Seal writes the page src, sealed under the current epoch, to dst. Both have
// Size bytes and are the same or do not overlap; the reserve of src is not kept.
func (s *Sealer) Seal(dst, src []byte, at Place) error {
	dst, src = dst[:Size], src[:Size]
	nonce := dst[nonceAt:epochAt]
	_, _ = rand.Read(nonce) // never fails
	binary.BigEndian.PutUint32(dst[epochAt:], s.keys.current)
	clear(dst[spareAt:])
	aead, err := s.keys.epochs[s.keys.current].pages[at.kind].derive(nonce, &s.derived)
	if err != nil {
		return fmt.Errorf("seal page: %w", err)
	}
	aead.Seal(dst[:0], nonce[12:], src[:Usable], s.bind(at, dst))
	return nil
}

// Open writes the page that src seals to dst, its reserve zero. Both have Size
// bytes and are the same or do not overlap. On ErrDamaged dst is zero.
func (s *Sealer) Open(dst, src []byte, at Place) error {
	dst, src = dst[:Size], src[:Size]
	if !s.open(dst, src, at) {
		clear(dst)
		return ErrDamaged
	}
	clear(dst[Usable:])
	return nil
}

func (s *Sealer) open(dst, src []byte, at Place) bool {
	e, ok := s.keys.epochs[Epoch(src)]
	if !ok {
		return false
	}
	nonce := src[nonceAt:epochAt]
	aead, err := e.pages[at.kind].derive(nonce, &s.derived)
	if err != nil {
		return false
	}
	_, err = aead.Open(dst[:0], nonce[12:], src[:nonceAt], s.bind(at, src))
	return err == nil
}

// bind returns what is authenticated beside the page: its place, and the epoch
// and spare bytes as they stand in sealed.
func (s *Sealer) bind(at Place, sealed []byte) []byte {
	s.aad[0] = byte(at.kind)
	copy(s.aad[1:], s.keys.fileID[:])
	binary.BigEndian.PutUint64(s.aad[17:], at.at)
	copy(s.aad[25:], at.clear[:])
	copy(s.aad[33:], sealed[epochAt:Size])
	return s.aad[:]
}
