package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
)

// TestItStandsAlone looks at what the program is made of: an outsider must be able
// to read it, and it must have no way to the book or to a network.
func TestItStandsAlone(t *testing.T) {
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for name := range strings.FieldsSeq(string(list)) {
		if strings.HasPrefix(name, "kebu/") {
			ours++
		}
		for _, bad := range []string{"kebu/store", "kebu/app", "kebu/crypto/keyring", "modernc.org", "database/sql", "net/http", "fyne.io"} {
			if name == bad || strings.HasPrefix(name, bad+"/") {
				t.Errorf("it has %s in it", name)
			}
		}
		if name == "net" {
			t.Error("it has a way to the network")
		}
	}
	if ours != 2 {
		t.Errorf("it has %d packages of ours in it, want itself and evidence", ours)
	}
}

// made is a pack on disk, and what an auditor has beside it.
type made struct {
	dir, pack, key string
}

func (m made) path(name string) string { return filepath.Join(m.dir, name) }

func (m made) write(t *testing.T, name string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(m.path(name), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return m.path(name)
}

func packed(t *testing.T) made {
	t.Helper()
	const origin = "kebu/8f14e45fceea167a"
	secret, key, err := note.GenerateKey(nil, origin)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	_, encoded, _ := strings.Cut(key[len(origin)+1:], "+")
	public, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	users := []evidence.User{{Key: ed25519.PublicKey(public[1:]), Role: "owner"}}
	p := evidence.Pack{Origin: origin, Users: users}
	var tree evidence.Tree
	for n := range int64(9) {
		e := evidence.Entry{N: n, At: 1795000020, Act: "note", Who: evidence.Ref(users[0].Key), Step: n, Rows: 1}
		if n == 0 {
			e = evidence.Entry{At: 1795000020, Act: evidence.Login, Who: e.Who, Role: "owner"}
		}
		text, err := e.Text()
		if err != nil {
			t.Fatal(err)
		}
		p.Entries = append(p.Entries, text)
		tree.Add(text)
	}
	root, err := tree.Root(9)
	if err != nil {
		t.Fatal(err)
	}
	c := evidence.Checkpoint{Origin: origin, Size: 9, Root: root, At: 1795000020}
	signed, err := c.Sign(owner)
	if err != nil {
		t.Fatal(err)
	}
	p.Checkpoints = []string{signed}
	var pack bytes.Buffer
	if err := p.Write(&pack, owner); err != nil {
		t.Fatal(err)
	}
	m := made{dir: t.TempDir(), key: key}
	m.pack = m.write(t, "pack.zip", pack.Bytes())
	m.write(t, "known.txt", []byte(signed))
	return m
}

func command(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(args, &out, &errs); code != want {
		t.Errorf("%q: exit code %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

func TestThePackPassesWithWhatTheAuditorBrought(t *testing.T) {
	m := packed(t)
	said := command(t, exitPassed, m.pack, "--key", m.key, "--known", m.path("known.txt"))
	for _, want := range []string{"全部通过 / everything passed", "entries: 9", m.key, "[ ok ] 您保存的摘要"} {
		if !strings.Contains(said, want) {
			t.Errorf("it says nothing of %q:\n%s", want, said)
		}
	}
	said = command(t, exitIncomplete, m.pack)
	if !strings.Contains(said, "--key") || !strings.Contains(said, "--known") || strings.Contains(said, "everything passed") {
		t.Errorf("without anything brought:\n%s", said)
	}
	var report struct {
		State  string
		Checks []struct{ Name, State string }
	}
	if err := json.Unmarshal([]byte(command(t, exitIncomplete, "--json", "--key", m.key, m.pack)), &report); err != nil || report.State != "missing" || len(report.Checks) != 10 {
		t.Errorf("%v %+v", err, report)
	}
	// Every check has its words.
	for name, text := range checks {
		if text.zh == "" || text.en == "" {
			t.Errorf("%s has no words", name)
		}
	}
}

func TestAChangedPackFails(t *testing.T) {
	m := packed(t)
	other := packed(t)
	for _, args := range [][]string{
		{m.pack, "--key", other.key, "--known", m.path("known.txt")},
		{m.pack, "--key", m.key, "--known", other.path("known.txt")},
		{m.write(t, "text.zip", []byte("no zip"))},
	} {
		command(t, exitFailed, args...)
	}
}

func TestAnEncryptedPackOpensForWhomItIsFor(t *testing.T) {
	m := packed(t)
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	password, err := age.NewScryptRecipient("viaduct-mellow")
	if err != nil {
		t.Fatal(err)
	}
	password.SetWorkFactor(10)
	plain, err := os.ReadFile(m.pack)
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]age.Recipient{"for-key": identity.Recipient(), "for-password": password} {
		var b bytes.Buffer
		w, err := age.Encrypt(&b, to)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(plain); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		m.write(t, name, b.Bytes())
	}
	m.write(t, "id", []byte(identity.String()+"\n"))
	m.write(t, "pass", []byte("viaduct-mellow\n"))
	m.write(t, "wrong", []byte("viaduct\n"))
	brought := []string{"--key", m.key, "--known", m.path("known.txt")}
	command(t, exitPassed, append(brought, m.path("for-key"), "--identity", m.path("id"))...)
	command(t, exitPassed, append(brought, m.path("for-password"), "--password-file", m.path("pass"))...)
	command(t, exitIncomplete, append(brought, m.path("for-password"), "--password-file", m.path("wrong"))...)
	command(t, exitIncomplete, append(brought, m.path("for-password"), "--identity", m.path("id"))...)
	if said := command(t, exitIncomplete, m.path("for-key")); !strings.Contains(said, "--identity") {
		t.Errorf("said %q", said)
	}
}

func TestWrongUsage(t *testing.T) {
	m := packed(t)
	for _, args := range [][]string{{}, {m.pack, m.pack}, {m.pack, "--no-such-flag"}, {m.path("none.zip")}, {m.pack, "--known", m.path("none.txt")}, {m.pack, "--password-file", "a", "--identity", "b"}} {
		if said := command(t, exitIncomplete, args...); said == "" {
			t.Errorf("%q: says nothing", args)
		}
	}
	if said := command(t, exitPassed, "--help"); !strings.Contains(said, "PACK") {
		t.Errorf("help: %q", said)
	}
}
