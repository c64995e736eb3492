package field

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

// vector is one of testdata/vectors.json, which a second implementation in
// another language made.
type vector struct {
	Book, Row, Table, Column string
	Class                    Class
	Epoch                    uint32
	Secret, Public           string
	Value                    string
	Shared, Inbox            string
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) != 4 {
		t.Fatalf("%d vectors", len(vectors))
	}
	for _, v := range vectors {
		s := [SecretSize]byte(unhex(t, v.Secret))
		public, err := Public(s)
		if err != nil || !bytes.Equal(public, unhex(t, v.Public)) {
			t.Errorf("%s: public key %x, %v", v.Class, public, err)
		}
		k, err := NewKeys([16]byte(unhex(t, v.Book)), v.Class, map[uint32][SecretSize]byte{v.Epoch: s})
		if err != nil {
			t.Fatal(err)
		}
		p := Place{v.Table, v.Column, [16]byte(unhex(t, v.Row))}
		for _, sealed := range []string{v.Shared, v.Inbox} {
			if got, err := k.Open(nil, unhex(t, sealed), p); err != nil || string(got) != v.Value {
				t.Errorf("%s: %q, %v", v.Class, got, err)
			}
		}
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
