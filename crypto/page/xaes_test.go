package page

import (
	"bytes"
	"crypto/sha3"
	"encoding/hex"
	"testing"
)

func sealXAES(t *testing.T, key, nonce, plain, aad []byte) []byte {
	t.Helper()
	x, err := newXAES(key)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := x.derive(nonce, new([keySize]byte))
	if err != nil {
		t.Fatal(err)
	}
	sealed := aead.Seal(nil, nonce[12:], plain, aad)
	opened, err := aead.Open(nil, nonce[12:], sealed, aad)
	if err != nil || !bytes.Equal(opened, plain) {
		t.Fatalf("does not open again: %v", err)
	}
	return sealed
}

// The vectors of the specification, https://c2sp.org/XAES-256-GCM.
func TestXAESAgreesWithItsSpecification(t *testing.T) {
	for _, v := range []struct {
		key  byte
		aad  string
		want string
	}{
		{1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"},
		{3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"},
	} {
		got := sealXAES(t, bytes.Repeat([]byte{v.key}, keySize), []byte("ABCDEFGHIJKLMNOPQRSTUVWX"), []byte("XAES-256-GCM"), []byte(v.aad))
		if hex.EncodeToString(got) != v.want {
			t.Errorf("key %d: got %x, want %s", v.key, got, v.want)
		}
	}
}

// 10,000 random inputs and one hash of all outputs, also from the specification.
func TestXAESAgreesWithItsAccumulatedVector(t *testing.T) {
	const want = "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939"
	in, out := sha3.NewSHAKE128(), sha3.NewSHAKE128()
	take := func(n int) []byte {
		b := make([]byte, n)
		_, _ = in.Read(b)
		return b
	}
	for range 10_000 {
		key, nonce := take(keySize), take(nonceSize)
		plain := take(int(take(1)[0]))
		aad := take(int(take(1)[0]))
		_, _ = out.Write(sealXAES(t, key, nonce, plain, aad))
	}
	got := make([]byte, 32)
	_, _ = out.Read(got)
	if hex.EncodeToString(got) != want {
		t.Errorf("got %x, want %s", got, want)
	}
}
