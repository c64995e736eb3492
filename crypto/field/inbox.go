package field

import (
	"crypto/hpke"
	"fmt"
)

// Public returns the public half of a class secret, 32 bytes. The policy names
// it, so that everyone may write what only readers of the class can open.
func Public(secret [SecretSize]byte) ([]byte, error) {
	key, err := inboxKey(secret)
	if err != nil {
		return nil, err
	}
	return key.PublicKey().Bytes(), nil
}

// Inbox seals values of a class for those who can read it. It proves nothing
// of who wrote them. It is safe for concurrent use.
type Inbox struct {
	book  [16]byte
	class Class
	epoch uint32
	to    hpke.PublicKey
}

// NewInbox returns the inbox of a class from the public key of its newest
// epoch.
func NewInbox(book [16]byte, c Class, epoch uint32, public []byte) (*Inbox, error) {
	if !c.Valid() {
		return nil, fmt.Errorf("%s: %w", c, ErrNoKey)
	}
	to, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("public key of %s: %w", c, err)
	}
	return &Inbox{book, c, epoch, to}, nil
}

// Seal appends the sealed value to dst and returns the result: 54 bytes more
// than the value padded with one to 16 bytes, at the price of two curve
// operations.
func (i *Inbox) Seal(dst, value []byte, p Place) ([]byte, error) {
	enc, sender, err := hpke.NewSender(i.to, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(labelInbox))
	if err != nil {
		return dst, fmt.Errorf("seal for %s: %w", i.class, err)
	}
	aad := appendPlace(nil, versionInbox, i.class, i.epoch, i.book, p)
	body, err := sender.Seal(aad, appendPadded(nil, value))
	if err != nil {
		return dst, fmt.Errorf("seal for %s: %w", i.class, err)
	}
	dst = appendHead(dst, versionInbox, i.class, i.epoch)
	return append(append(dst, enc...), body...), nil
}

func openInbox(dst []byte, key hpke.PrivateKey, body, aad []byte) ([]byte, error) {
	recipient, err := hpke.NewRecipient(body[:encSize], key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(labelInbox))
	if err != nil {
		return nil, err
	}
	padded, err := recipient.Open(aad, body[encSize:])
	if err != nil {
		return nil, err
	}
	defer clear(padded)
	return append(dst, padded...), nil
}
