package keyring

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

// golden is testdata/header.v1.json: a header of format 1 with an owner, a
// clerk who reads addresses, and keys of two epochs after a manager left. It is
// never written anew: every later version must open it.
type golden struct {
	File, Book      string
	OwnerPassphrase string                       `json:"owner_passphrase"`
	ClerkPassphrase string                       `json:"clerk_passphrase"`
	RecoveryCode    string                       `json:"recovery_code"`
	OwnerSignature  string                       `json:"owner_signature"` // of "message" for "vector"
	Keys            map[string]map[uint32]string // by name and epoch
	Copies          [2]struct{ Begin, End string }
}

func TestHeaderOfFormat1(t *testing.T) {
	data, err := os.ReadFile("testdata/header.v1.json")
	must(t, err)
	var g golden
	must(t, json.Unmarshal(data, &g))
	d := &disk{data: make([]byte, Size)}
	for i, c := range g.Copies {
		copy(d.data[i*CopySize:], unhex(t, c.Begin))
		copy(d.data[i*CopySize+macAt:], unhex(t, c.End))
	}

	owner := d.unlock(t, "Wen", g.OwnerPassphrase)
	if owner.FileID() != [16]byte(unhex(t, g.File)) || owner.BookID() != [16]byte(unhex(t, g.Book)) {
		t.Error("ids")
	}
	if !owner.Verify(1, "vector", []byte("message"), unhex(t, g.OwnerSignature)) {
		t.Error("signature")
	}
	code, err := ParseRecoveryCode(g.RecoveryCode)
	must(t, err)
	recovered, err := d.parse(t).Recover(code)
	must(t, err)
	clerk := d.unlock(t, "Ling", g.ClerkPassphrase)

	for r, want := range map[*Ring]int{owner: 6, recovered: 6, clerk: 2} {
		if len(r.secrets) != want {
			t.Errorf("%s: %d keys", r.User().Role, len(r.secrets))
		}
		for k, epochs := range r.secrets {
			if len(epochs) != 2 {
				t.Errorf("%s key: %d epochs", k, len(epochs))
			}
			for e, s := range epochs {
				if hex.EncodeToString(s[:]) != g.Keys[k.String()][e] {
					t.Errorf("%s: %s key of epoch %d", r.User().Role, k, e)
				}
			}
		}
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	must(t, err)
	return b
}
