package keyring

import (
	"bytes"
	"crypto/ed25519"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
)

// NoteSigner signs notes of the book's log as the user: checkpoints, and what goes
// to an outsider. It signs nothing but texts that begin with the log's origin,
// which no other signed message does.
func (r *Ring) NoteSigner() (note.Signer, error) {
	origin := evidence.Origin(r.policy.book)
	key, err := evidence.VerifierKey(origin, r.PublicKey())
	if err != nil {
		return nil, err
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("key of notes: %w", err)
	}
	return noteSigner{r.self.signer(), origin, v.KeyHash()}, nil
}

// PublicKey returns the key by which others check what the user signs.
func (r *Ring) PublicKey() ed25519.PublicKey {
	key := r.self.signPublic()
	return key[:]
}

// noteSigner is a note.Signer.
type noteSigner struct {
	key    ed25519.PrivateKey
	origin string
	hash   uint32
}

func (s noteSigner) Name() string    { return s.origin }
func (s noteSigner) KeyHash() uint32 { return s.hash }

func (s noteSigner) Sign(text []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(text, []byte(s.origin))
	if !ok || len(rest) == 0 || rest[0] != '\n' && rest[0] != '/' {
		return nil, fmt.Errorf("sign note: %w", evidence.ErrForm)
	}
	return ed25519.Sign(s.key, text), nil
}
