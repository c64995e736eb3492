package evidence_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
)

func FuzzParseEntry(f *testing.F) {
	for _, e := range entries(f, 12) {
		f.Add(e)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := evidence.ParseEntry(b)
		if err != nil {
			return
		}
		if again, err := e.Text(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s is taken and written as %s", b, again)
		}
	})
}

func FuzzOpenCheckpoint(f *testing.F) {
	signed := checkpoint(f, owner, entries(f, 5), 5)
	f.Add(signed)
	f.Add(signed + "\n" + signed)
	v, err := note.NewVerifier(owner.vkey())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, one := range evidence.SplitNotes(text) {
			c, err := evidence.OpenCheckpoint(one, note.VerifierList(v))
			if err != nil {
				continue
			}
			if again, err := note.Open([]byte(one), note.VerifierList(v)); err != nil || again.Text != c.Text() {
				t.Errorf("%q is taken for another checkpoint", one)
			}
		}
	})
}

// FuzzVerify puts what it likes into each file of a pack: only the good one passes.
func FuzzVerify(f *testing.F) {
	p := packOf(f, entries(f, 9), 4, 9)
	pack := written(f, p)
	files := unzip(f, pack)
	for name, content := range files {
		f.Add(name, content)
	}
	brought := evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		if content == nil {
			content = []byte{}
		}
		r, err := evidence.Verify(replaced(t, pack, name, content), brought)
		if err == nil && r.State() == evidence.Passed && !bytes.Equal(files[name], content) {
			t.Errorf("another %s passes", name)
		}
	})
}

// FuzzVerifyBytes feeds bytes that may be no ZIP.
func FuzzVerifyBytes(f *testing.F) {
	p := packOf(f, entries(f, 3), 3)
	f.Add(written(f, p))
	f.Fuzz(func(_ *testing.T, pack []byte) { _, _ = evidence.Verify(pack, evidence.Brought{Key: owner.vkey()}) })
}

// A key that is none is refused, not used.
func TestVerifierKeysHaveTheRightSize(t *testing.T) {
	if _, err := evidence.VerifierKey(origin, ed25519.PublicKey{1}); err == nil {
		t.Error("a key of one byte is one")
	}
}
