package page

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
)

const (
	keySize   = 32
	nonceSize = 24
	tagSize   = 16
)

// xaes is XAES-256-GCM, https://c2sp.org/XAES-256-GCM: each nonce gives an
// AES-256-GCM key of its own, so that random nonces never run out.
type xaes struct {
	block cipher.Block
	k1    [aes.BlockSize]byte // the CMAC subkey
}

func newXAES(key []byte) (xaes, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return xaes{}, fmt.Errorf("make page cipher: %w", err)
	}
	x := xaes{block: block}
	block.Encrypt(x.k1[:], x.k1[:])
	var carry byte
	for i := len(x.k1) - 1; i >= 0; i-- {
		carry, x.k1[i] = x.k1[i]>>7, x.k1[i]<<1|carry
	}
	x.k1[len(x.k1)-1] ^= carry * 0x87
	return x, nil
}

// derive returns the cipher of a nonce, whose last 12 bytes are the nonce for
// it. It writes the key to scratch, which the caller keeps: here it would be
// allocated for each page.
func (x *xaes) derive(nonce []byte, scratch *[keySize]byte) (cipher.AEAD, error) {
	for i := range 2 {
		half := scratch[i*aes.BlockSize : (i+1)*aes.BlockSize]
		copy(half, []byte{0, byte(i + 1), 'X', 0})
		copy(half[4:], nonce[:12])
		for j := range half {
			half[j] ^= x.k1[j]
		}
		x.block.Encrypt(half, half)
	}
	block, err := aes.NewCipher(scratch[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
