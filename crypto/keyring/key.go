package keyring

import (
	"slices"
	"strconv"

	"kebu/crypto/field"
)

// Labels, one for each use of a key.
const (
	labelHeader      = "kebu header mac v1"
	labelPolicy      = "kebu policy v1"
	labelSign        = "kebu user signature v1"
	labelSlot        = "kebu slot v1"
	labelBundle      = "kebu bundle v1"
	labelRecovery    = "kebu recovery v1"
	labelRecoveryPin = "kebu recovery pin v1"
)

// Key names one of the keys of a book. Its number is on disk.
type Key uint8

// The keys beside those of the classes.
const (
	BookKey  Key = 1 // pages, write-ahead log, header; every user holds it
	IndexKey Key = 2 // tags of contacts; goes with the class Contact
)

const firstClassKey = 16

// ClassKey returns the key of a class.
func ClassKey(c field.Class) Key { return firstClassKey + Key(c) }

// String names the key for messages.
func (k Key) String() string {
	switch {
	case k == BookKey:
		return "book"
	case k == IndexKey:
		return "index"
	case k > firstClassKey:
		return field.Class(k - firstClassKey).String()
	default:
		return "key " + strconv.Itoa(int(k))
	}
}

// isClass returns the class of a class key.
func (k Key) isClass() (field.Class, bool) {
	if k <= firstClassKey {
		return 0, false
	}
	c := field.Class(k - firstClassKey)
	return c, c.Valid()
}

// allKeys lists every key in the order of the numbers.
func allKeys() []Key {
	keys := []Key{BookKey, IndexKey}
	for _, c := range field.Classes() {
		keys = append(keys, ClassKey(c))
	}
	return keys
}

// classSet holds class c as bit c-1.
type classSet uint8

const everyClass classSet = 0x0f

func setOf(classes []field.Class) (classSet, bool) {
	var s classSet
	for _, c := range classes {
		if !c.Valid() {
			return 0, false
		}
		s |= 1 << (c - 1)
	}
	return s, true
}

func (s classSet) has(c field.Class) bool { return s&(1<<(c-1)) != 0 }

func (s classSet) list() []field.Class {
	return slices.DeleteFunc(field.Classes(), func(c field.Class) bool { return !s.has(c) })
}

// keys returns the keys that go with the right to read the classes.
func (s classSet) keys() []Key {
	return slices.DeleteFunc(allKeys(), func(k Key) bool { return !s.holds(k) })
}

func (s classSet) holds(k Key) bool {
	if c, ok := k.isClass(); ok {
		return s.has(c)
	}
	return k == BookKey || k == IndexKey && s.has(field.Contact)
}
