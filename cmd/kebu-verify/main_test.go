package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"kebu/crypto/evidence"
	"kebu/crypto/evidence/stamp"
	"kebu/crypto/evidence/stamp/stamptest"
)

// TestItStandsAlone looks at what the program is made of: an outsider must be able
// to read it, and it must have no way to the book or to a network.
func TestItStandsAlone(t *testing.T) {
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", `{{.ImportPath}} {{join .Imports " "}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for line := range strings.Lines(string(list)) {
		name, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.HasPrefix(name, "kebu/") {
			ours++
		}
		for _, bad := range []string{"kebu/store", "kebu/app", "kebu/crypto/keyring", "modernc.org", "database/sql", "net/http", "crypto/tls", "fyne.io"} {
			if name == bad || strings.HasPrefix(name, bad+"/") {
				t.Errorf("it has %s in it", name)
			}
		}
		// Certificates can name addresses: for these crypto/x509 has net in it.
		if name != "crypto/x509" && slices.Contains(strings.Fields(imports), "net") {
			t.Errorf("%s has a way to the network", name)
		}
	}
	if ours != 3 {
		t.Errorf("it has %d packages of ours in it, want itself, evidence and stamp", ours)
	}
}

// TestNothingOfANetworkIsLinked looks for what connects, listens or asks for names
// in the program as it is built, and at its size.
func TestNothingOfANetworkIsLinked(t *testing.T) {
	program := filepath.Join(t.TempDir(), "kebu-verify")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	net := regexp.MustCompile(`(?m) [Tt] ((?:syscall\.|net\.)\S*(?:(?i:dial|listen|lookup|resolve|connect|sendto)\S*|\.[sS]ocket))$`)
	for _, m := range net.FindAllSubmatch(symbols, -1) {
		t.Errorf("it has %s in it", m[1])
	}
	if !strings.Contains(string(symbols), " main.main\n") {
		t.Error("the program tells nothing of what is in it")
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 8<<20 {
		t.Errorf("it has %d bytes", info.Size())
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

func packed(t *testing.T) made { return stamped(t, nil) }

// stamped is a pack whose checkpoint an authority stamped, if there is one.
func stamped(t *testing.T, by *stamptest.Authority) made {
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
	m := made{dir: t.TempDir(), key: key}
	if by != nil {
		p.Stamps = map[int][]byte{1: by.Stamp(stamp.Request(evidence.StampedSum(signed), 1), time.Unix(c.At, 0).Add(time.Hour))}
		m.write(t, "roots.pem", by.PEM())
	}
	var pack bytes.Buffer
	if err := p.Write(&pack, owner); err != nil {
		t.Fatal(err)
	}
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
	for _, want := range []string{"全部通过 / everything passed", "entries: 9", m.key, "people over time", " owner (0)", "[ ok ] 您保存的摘要"} {
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

func TestTimeStampsAreToldAndJudgedByWhomTheAuditorTrusts(t *testing.T) {
	by := stamptest.New(stamptest.P256, stamptest.Leaf{})
	m := stamped(t, by)
	brought := []string{m.pack, "--key", m.key, "--known", m.path("known.txt")}
	said := command(t, exitPassed, append(brought, "--tsa-roots", m.path("roots.pem"))...)
	for _, want := range []string{"[ ok ] 时间戳完整", "[ ok ] 时间戳出自您信任的机构", `checkpoint 1 (9), 2026-11-18 12:07Z, Invented Time`} {
		if !strings.Contains(said, want) {
			t.Errorf("it says nothing of %q:\n%s", want, said)
		}
	}
	said = command(t, exitIncomplete, brought...)
	for _, want := range []string{"[ ok ] 时间戳完整", "[ ?? ] 时间戳出自您信任的机构", "the authority was not checked", "--tsa-roots", "incomplete"} {
		if !strings.Contains(said, want) {
			t.Errorf("without authorities it says nothing of %q:\n%s", want, said)
		}
	}
	other := m.write(t, "other.pem", stamptest.New(stamptest.P256, stamptest.Leaf{}).PEM())
	if said := command(t, exitFailed, append(brought, "--tsa-roots", other)...); !strings.Contains(said, "[FAIL] 时间戳出自您信任的机构") {
		t.Errorf("of another authority it says\n%s", said)
	}
	command(t, exitIncomplete, append(brought, "--tsa-roots", m.path("known.txt"))...)
	bare := packed(t)
	if said := command(t, exitIncomplete, bare.pack, "--key", bare.key, "--known", bare.path("known.txt"), "--tsa-roots", other); !strings.Contains(said, "包内没有时间戳") {
		t.Errorf("of a pack without time stamps it says\n%s", said)
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
