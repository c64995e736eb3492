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
	"errors"
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

// Index makes tags under the keys of one or more epochs. It is safe for concurrent use.
//
// The tag of a later epoch is that of the tag before: rows move to it without
// their values, and who holds the former keys alone cannot make it.
type Index struct{ epochs []*pool }

// pool keeps the state of HMACs under one key.
type pool struct{ sync.Pool }

type mac struct {
	hash hash.Hash
	in   []byte
	out  [sha256.Size]byte
}

// New returns the index of the index keys of all epochs, oldest first; there is at
// least one.
func New(keys ...[KeySize]byte) (*Index, error) {
	if len(keys) == 0 {
		return nil, errors.New("make index: no key")
	}
	x := &Index{}
	for _, key := range keys {
		sub, err := hkdf.Key(sha256.New, key[:], nil, label, sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("derive index key: %w", err)
		}
		p := &pool{}
		p.New = func() any { return &mac{hash: hmac.New(sha256.New, sub)} }
		x.epochs = append(x.epochs, p)
	}
	return x, nil
}

// Tag returns the tag of a value of a kind, such as "phone". Values must be
// normalised by the caller; the tags of different kinds are unrelated. A kind
// that is blank or of over 255 bytes is a programmer's mistake.
func (x *Index) Tag(kind, value string) Tag {
	return x.Advance(x.First(kind, value), 1)
}

// First returns the tag under the first epoch alone. It never changes, so that what
// was noted by it is met whatever keys came after; who holds that epoch's key can try
// values on it.
func (x *Index) First(kind, value string) Tag {
	if kind == "" || len(kind) > 255 {
		panic("blindindex: name of a kind is blank or too long")
	}
	return x.epochs[0].tag(kind, value)
}

// Advance returns a tag of epoch number done, from 1, under the epochs after it.
func (x *Index) Advance(t Tag, done int) Tag {
	for _, p := range x.epochs[done:] {
		t = p.tag(again, string(t[:]))
	}
	return t
}

// again is the kind of tags of tags.
const again = ""

func (p *pool) tag(kind, value string) Tag {
	m := p.Get().(*mac) //nolint:errcheck // the pool holds nothing else
	defer p.Put(m)
	m.in = append(append(m.in[:0], byte(len(kind)&0xff)), kind...)
	m.in = append(m.in, value...)
	m.hash.Reset()
	m.hash.Write(m.in)
	clear(m.in)
	return Tag(m.hash.Sum(m.out[:0])[:TagSize])
}
