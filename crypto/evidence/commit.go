package evidence

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
)

// labelCommitment begins what is committed to.
const labelCommitment = "kebu commitment v1"

// Commitment stands for a payload that it does not tell: without the key, nobody
// can try out what it may have been.
type Commitment [sha256.Size]byte

// Key opens one commitment. It is random and serves one entry; once it is gone,
// nothing links the entry to what it was about.
type Key [32]byte

// NewKey returns a random key.
func NewKey() Key {
	var k Key
	_, _ = rand.Read(k[:]) // it never fails
	return k
}

// Commit returns the commitment to the payload of entry n: the HMAC-SHA256 under
// the key of the label, n, the verb and the payload.
func (k Key) Commit(n int64, act string, payload []byte) Commitment {
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(labelCommitment))
	var head [9]byte
	binary.BigEndian.PutUint64(head[:], uint64(n)) //nolint:gosec // a place is never negative
	head[8] = byte(len(act))                       //nolint:gosec // a verb has at most 32 bytes
	mac.Write(head[:])
	mac.Write([]byte(act))
	mac.Write(payload)
	return Commitment(mac.Sum(nil))
}

// Opens reports whether the key and the payload are those of an entry.
func (k Key) Opens(e *Entry, payload []byte) bool {
	c := k.Commit(e.N, e.Act, payload)
	return hmac.Equal(c[:], e.What[:])
}
