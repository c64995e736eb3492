package page

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Keys opens pages of every epoch it was made from and seals under the newest.
// It is safe for concurrent use; the sealers made from it are not.
type Keys struct {
	fileID  [16]byte
	current uint32
	epochs  map[uint32]*epoch
}

// epoch is what one book key gives, each use under a label of its own.
type epoch struct {
	pages [Journal + 1]xaes
	frame cipher.Block // the end of WAL frame headers
	tweak cipher.Block // ties that to its place
}

// NewKeys takes the book keys by epoch; the highest is the current one. It keeps
// no reference to them, but what is derived from them stays in memory until the
// process ends.
func NewKeys(fileID [16]byte, books map[uint32][32]byte) (*Keys, error) {
	if len(books) == 0 {
		return nil, errors.New("make page keys: no book key")
	}
	k := &Keys{fileID: fileID, epochs: make(map[uint32]*epoch, len(books))}
	for number, book := range books {
		e, err := newEpoch(book, fileID)
		if err != nil {
			return nil, err
		}
		k.epochs[number] = e
		k.current = max(k.current, number)
	}
	return k, nil
}

func newEpoch(book [32]byte, fileID [16]byte) (*epoch, error) {
	derive := func(label string) ([]byte, error) {
		key, err := hkdf.Key(sha256.New, book[:], fileID[:], label, keySize)
		if err != nil {
			return nil, fmt.Errorf("derive page key: %w", err)
		}
		return key, nil
	}
	e := new(epoch)
	for kind, label := range map[Kind]string{
		Main:    "kebu page main v1",
		WAL:     "kebu page wal v1",
		Journal: "kebu page journal v1",
	} {
		key, err := derive(label)
		if err != nil {
			return nil, err
		}
		if e.pages[kind], err = newXAES(key); err != nil {
			return nil, err
		}
		clear(key)
	}
	for block, label := range map[*cipher.Block]string{
		&e.frame: "kebu page frame v1",
		&e.tweak: "kebu page frame tweak v1",
	} {
		key, err := derive(label)
		if err != nil {
			return nil, err
		}
		if *block, err = aes.NewCipher(key); err != nil {
			return nil, fmt.Errorf("make page cipher: %w", err)
		}
		clear(key)
	}
	return e, nil
}
