// Package evidence is the log of what was done with a book, in a form in which
// others can check that nothing of it was dropped, altered, put in another order
// or slipped in later.
//
// An [Entry] is a line of canonical JSON without personal data: who is a [Ref],
// values are commitments ([Key.Commit]) whose keys stay in the book, so that the
// line outlives what it tells of. The lines are the leaves of a Merkle tree as
// RFC 6962 has it. A [Checkpoint] is the root of the tree, signed: a short text
// that leaves the book. A [Pack] is all of it for an outsider, and [Verify] what
// the outsider does with it, without the book and without its keys.
//
// What it does not promise. Whoever holds the keys can write another log from the
// beginning: only a checkpoint that was kept outside tells. No log can show what
// was never written into it. An entry is not signed by whom it names; checkpoints
// are. Times are those of the shop's clock.
package evidence

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// What is wrong with evidence.
var (
	// ErrForm means that bytes are not of the one form that they may have.
	ErrForm = errors.New("not in the form of evidence")
	// ErrSignature means that a text is not signed by whom it should be.
	ErrSignature = errors.New("not signed as it should be")
	// ErrTree means that entries are not those of a checkpoint.
	ErrTree = errors.New("the log is not the one of the checkpoint")
)

// refSize is the number of digits of a Ref.
const refSize = 16

// Ref is how the log names a user: the first 16 hexadecimal digits of the SHA-256
// of the user's public key.
func Ref(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:])[:refSize]
}

// Origin names the log of a book: kebu/ and the first 16 hexadecimal digits of the
// book's id. The keys that sign for it have the same name.
func Origin(book [16]byte) string {
	return originPrefix + hex.EncodeToString(book[:])[:refSize]
}

const originPrefix = "kebu/"

func isOrigin(s string) bool {
	return len(s) == len(originPrefix)+refSize && s[:len(originPrefix)] == originPrefix && isHex(s[len(originPrefix):], refSize)
}

func isHex(s string, size int) bool {
	if len(s) != size {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isWord reports whether s is a verb or a role: 1 to 32 of a–z, dash and, between
// words, one space.
func isWord(s string) bool {
	if s == "" || len(s) > 32 || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i, c := range []byte(s) {
		if (c < 'a' || c > 'z') && c != '-' && (c != ' ' || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func formError(what string, args ...any) error {
	return fmt.Errorf(what+": %w", append(args, ErrForm)...)
}
