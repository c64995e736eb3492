// Package blindindex makes tags by which equal values are found without
// storing them: the phone on a new order meets the same phone on an old one.
//
// A tag hides its value only from those without the key. Who holds the key can
// try every phone number in an hour, and who reads the book sees which rows
// are equal, so the key goes with the right to read contacts.
package blindindex

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"hash"
	"sync"
)

// Sizes in bytes.
const (
	KeySize = 32
	TagSize = 16 // no two of 10^9 values are likely to share a tag
)

const label = "kebu blind index v1"

// Tag stands for a value.
type Tag [TagSize]byte

// Index makes tags under one key. It is safe for concurrent use.
type Index struct{ macs sync.Pool }

type mac struct {
	hash hash.Hash
	in   []byte
	out  [sha256.Size]byte
}

// New returns the index of an index key.
func New(key [KeySize]byte) (*Index, error) {
	sub, err := hkdf.Key(sha256.New, key[:], nil, label, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive index key: %w", err)
	}
	x := &Index{}
	x.macs.New = func() any { return &mac{hash: hmac.New(sha256.New, sub)} }
	return x, nil
}

// Tag returns the tag of a value of a kind, such as "phone". Values must be
// normalised by the caller; the tags of different kinds are unrelated. A kind
// of over 255 bytes is a programmer's mistake.
func (x *Index) Tag(kind, value string) Tag {
	if len(kind) > 255 {
		panic("blindindex: name of a kind is too long")
	}
	m := x.macs.Get().(*mac) //nolint:errcheck // the pool holds nothing else
	defer x.macs.Put(m)
	m.in = append(append(m.in[:0], byte(len(kind)&0xff)), kind...)
	m.in = append(m.in, value...)
	m.hash.Reset()
	m.hash.Write(m.in)
	clear(m.in)
	return Tag(m.hash.Sum(m.out[:0])[:TagSize])
}
