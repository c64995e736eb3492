package keyring_test

import (
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
	"kebu/crypto/keyring"
)

func TestAUserSignsNotesOfTheBooksLogAlone(t *testing.T) {
	ring, _, err := keyring.New(keyring.Options{Owner: "owner", Passphrase: []byte("viaduct-mellow-thistle-27-orbit")})
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ring.NoteSigner()
	if err != nil {
		t.Fatal(err)
	}
	origin := evidence.Origin(ring.BookID())
	key, err := evidence.VerifierKey(origin, ring.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	c := evidence.Checkpoint{Origin: origin, Size: 1, At: 1795000020}
	signed, err := c.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := evidence.OpenCheckpoint(signed, note.VerifierList(v)); err != nil || again != c {
		t.Errorf("%+v %v", again, err)
	}
	for _, text := range []string{"kebu user signature v1\n", "kebu policy v1\n", "\n", origin, origin + "0\n", strings.Repeat("x", 80) + "\n"} {
		if _, err := signer.Sign([]byte(text)); err == nil {
			t.Errorf("signs %q", text)
		}
	}
	if ring.Verify(ring.User().ID, "", []byte(c.Text()), ring.Sign("", []byte(c.Text()))) && v.Verify([]byte(c.Text()), ring.Sign("", []byte(c.Text()))) {
		t.Error("another signature is taken for that of a note")
	}
}
