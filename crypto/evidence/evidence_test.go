package evidence_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"kebu/crypto/evidence"
)

var book = [16]byte{0x8f, 0x14, 0xe4, 0x5f, 0xce, 0xea, 0x16, 0x7a, 1, 2, 3, 4, 5, 6, 7, 8}

var origin = evidence.Origin(book)

// person is a user who signs.
type person struct {
	key  ed25519.PrivateKey
	role string
}

func newPerson(seed byte, role string) person {
	return person{ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)), role}
}

func (p person) public() ed25519.PublicKey { return ed25519.PublicKey(p.key[ed25519.SeedSize:]) }

func (p person) ref() string { return evidence.Ref(p.public()) }

func (p person) vkey() string {
	text, err := evidence.VerifierKey(origin, p.public())
	if err != nil {
		panic(err)
	}
	return text
}

// Name, KeyHash and Sign make a person a note.Signer.
func (p person) Name() string { return origin }

func (p person) KeyHash() uint32 {
	v, err := note.NewVerifier(p.vkey())
	if err != nil {
		panic(err)
	}
	return v.KeyHash()
}

func (p person) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(p.key, msg), nil }

var owner, clerk = newPerson(1, "owner"), newPerson(2, "clerk")

// text renders an entry.
func text(t testing.TB, e evidence.Entry) []byte {
	t.Helper()
	b, err := e.Text()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// entries invents a log of n entries whose first two are logins.
func entries(t testing.TB, n int) [][]byte {
	t.Helper()
	list := make([][]byte, n)
	for i := range list {
		e := evidence.Entry{N: int64(i), At: 1795000020 + int64(i/3)*60, Act: "note", Who: owner.ref(), Step: int64(i), Rows: 1}
		switch {
		case i < 2:
			e = evidence.Entry{N: e.N, At: e.At, Act: evidence.Login, Who: []person{owner, clerk}[i].ref(), Role: []person{owner, clerk}[i].role}
		case i%7 == 3:
			e.Act, e.Rows = "export", int64(i)
		case i%11 == 5:
			e = evidence.Entry{N: e.N, At: e.At, Act: evidence.Denied, Of: "export", Who: clerk.ref()}
		}
		if e.Step != 0 {
			e.What = evidence.Key{byte(i), byte(i >> 8)}.Commit(e.N, e.Act, []byte("payload"))
		}
		list[i] = text(t, e)
	}
	return list
}

// checkpoint signs a log as it was after so many entries.
func checkpoint(t testing.TB, by person, list [][]byte, size int) string {
	t.Helper()
	var tree evidence.Tree
	for _, e := range list[:size] {
		tree.Add(e)
	}
	root, err := tree.Root(int64(size))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := (&evidence.Checkpoint{Origin: origin, Size: int64(size), Root: root, At: 1795003600}).Sign(by)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func packOf(t testing.TB, list [][]byte, sizes ...int) *evidence.Pack {
	t.Helper()
	p := &evidence.Pack{Origin: origin, Entries: list, Users: []evidence.User{{Key: clerk.public(), Role: "clerk", Since: 1}, {Key: owner.public(), Role: "owner", Since: 0}}}
	for i, s := range sizes {
		p.Checkpoints = append(p.Checkpoints, checkpoint(t, []person{owner, clerk}[i%2], list, s))
	}
	return p
}

func written(t testing.TB, p *evidence.Pack) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, owner); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verify(t testing.TB, pack []byte, b evidence.Brought) *evidence.Report {
	t.Helper()
	r, err := evidence.Verify(pack, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnEntryHasOneForm(t *testing.T) {
	e := evidence.Entry{N: 7, At: 1795000020, Back: 3600, Act: "tag add", Who: owner.ref(), Step: 3, Rows: 12, What: evidence.Commitment{1}}
	want := `{"v":1,"n":7,"t":1795000020,"back":3600,"act":"tag add","who":"` + owner.ref() + `","step":3,"rows":12,"cmt":"01` + strings.Repeat("00", 31) + `"}`
	if got := string(text(t, e)); got != want {
		t.Fatalf("%s\nwant %s", got, want)
	}
	if again, err := evidence.ParseEntry([]byte(want)); err != nil || again != e {
		t.Errorf("%+v %v", again, err)
	}
	for name, bad := range map[string]string{
		"a space":             strings.Replace(want, ",", ", ", 1),
		"another order":       strings.Replace(want, `"v":1,"n":7`, `"n":7,"v":1`, 1),
		"a key more":          strings.Replace(want, `"v":1`, `"v":1,"name":"x"`, 1),
		"a key twice":         strings.Replace(want, `"n":7`, `"n":7,"n":7`, 1),
		"another version":     strings.Replace(want, `"v":1`, `"v":2`, 1),
		"a fraction":          strings.Replace(want, `"n":7`, `"n":7.0`, 1),
		"a time with seconds": strings.Replace(want, "1795000020", "1795000021", 1),
		"capitals":            strings.Replace(want, "tag add", "Tag add", 1),
		"an escape":           strings.Replace(want, "tag add", `t\u0061g add`, 1),
		"a short user":        strings.Replace(want, owner.ref(), owner.ref()[1:], 1),
		"a role":              strings.Replace(want, `,"step"`, `,"role":"owner","step"`, 1),
		"a zero":              strings.Replace(want, `"back":3600`, `"back":0`, 1),
		"a line end":          want + "\n",
		"nothing":             "",
		"no object":           "[]",
	} {
		if _, err := evidence.ParseEntry([]byte(bad)); !errors.Is(err, evidence.ErrForm) {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}

func TestTimesOfEntriesNeverRunBack(t *testing.T) {
	for _, c := range []struct{ now, before, at, back int64 }{
		{1795000079, 0, 1795000020, 0}, {1795000020, 1795000020, 1795000020, 0}, {1795000019, 1795000020, 1795000020, 60}, {1794996400, 1795000020, 1795000020, 3660}, {-1, 0, 0, 60},
	} {
		if at, back := evidence.Following(c.now, c.before); at != c.at || back != c.back {
			t.Errorf("%d after %d: %d, %d behind", c.now, c.before, at, back)
		}
	}
}

func TestACommitmentOpensWithItsKeyAlone(t *testing.T) {
	key := evidence.Key{31: 1}
	e := evidence.Entry{N: 5, Act: "note", What: key.Commit(5, "note", []byte("payload"))}
	// By another implementation of HMAC-SHA256.
	if got, want := hex.EncodeToString(e.What[:]), "b30c6e281c230835ca83a50e4c837a1cf59a110d3f761ce8395f535e753272e7"; got != want {
		t.Errorf("commitment %s, want %s", got, want)
	}
	other := e
	other.N = 6
	if !key.Opens(&e, []byte("payload")) || key.Opens(&e, []byte("payloaD")) || key.Opens(&other, []byte("payload")) || (evidence.Key{30: 1}).Opens(&e, []byte("payload")) {
		t.Error("a commitment opens to another payload, place or key, or not at all")
	}
	if one, other := evidence.NewKey(), evidence.NewKey(); one == other {
		t.Error("keys repeat")
	}
}

func TestACheckpointIsAShortTextThatOnesKeyMade(t *testing.T) {
	signed := checkpoint(t, owner, entries(t, 42), 42)
	const want = "kebu/8f14e45fceea167a\n42\n"
	if !strings.HasPrefix(signed, want) || !strings.Contains(signed, "\ntime 2026-11-18T12:06:40Z\n\n— "+origin+" ") || len(signed) > 250 {
		t.Errorf("%d bytes: %s", len(signed), signed)
	}
	by := func(p person) note.Verifiers {
		v, err := note.NewVerifier(p.vkey())
		if err != nil {
			t.Fatal(err)
		}
		return note.VerifierList(v)
	}
	c, err := evidence.OpenCheckpoint(signed, by(owner))
	if err != nil || c.Size != 42 || c.Origin != origin {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := evidence.OpenCheckpoint(signed, by(clerk)); !errors.Is(err, evidence.ErrSignature) {
		t.Errorf("by somebody else: %v", err)
	}
	if _, err := evidence.OpenCheckpoint(strings.Replace(signed, "\n42\n", "\n43\n", 1), by(owner)); !errors.Is(err, evidence.ErrSignature) {
		t.Errorf("altered: %v", err)
	}
	notes := evidence.SplitNotes("\n" + signed + "\n\n" + strings.ReplaceAll(signed, "\n", "\r\n") + signed)
	if len(notes) != 3 || notes[0] != signed || notes[1] != signed || notes[2] != signed {
		t.Errorf("split: %q", notes)
	}
}

func TestAPackIsTheSameEveryTimeAndPasses(t *testing.T) {
	list := entries(t, 200)
	p := packOf(t, list, 50, 50, 120, 200)
	stampedBy(p, authority, 4)
	pack := written(t, p)
	if !bytes.Equal(pack, written(t, p)) {
		t.Error("two packs of one log differ")
	}
	r := verify(t, pack, evidence.Brought{Key: owner.vkey(), Known: []string{checkpoint(t, owner, list, 77) + "\n" + checkpoint(t, clerk, list, 1), p.Checkpoints[3]}, Authorities: roots(t, authority)})
	if r.State() != evidence.Passed || r.Entries != 200 || r.Origin != origin || r.Key != owner.vkey() {
		t.Errorf("%+v", r)
	}
	for name, b := range map[string]evidence.Brought{
		"key": {Known: p.Checkpoints, Authorities: roots(t, authority)}, "known": {Key: owner.vkey(), Authorities: roots(t, authority)}, "authorities": {Key: owner.vkey(), Known: p.Checkpoints},
	} {
		if r := verify(t, pack, b); r.State() != evidence.Missing {
			t.Errorf("without %s: %+v", name, r)
		}
	}
	longer := entries(t, 201)
	other := entries(t, 100)
	other[50] = text(t, evidence.Entry{N: 50, At: 1795000980, Act: "tag", Who: owner.ref()})
	for name, b := range map[string]evidence.Brought{
		"another key":           {Key: clerk.vkey()},
		"of a log that was cut": {Key: owner.vkey(), Known: []string{checkpoint(t, owner, longer, 201)}},
		"of another history":    {Key: owner.vkey(), Known: []string{checkpoint(t, owner, other, 100)}},
		"by nobody":             {Key: owner.vkey(), Known: []string{checkpoint(t, newPerson(9, "owner"), list, 100)}},
		"no checkpoint":         {Key: owner.vkey(), Known: []string{"\n"}},
	} {
		if r := verify(t, pack, b); r.State() != evidence.Failed {
			t.Errorf("known %s: %+v", name, r)
		}
	}
}

func TestAPackTellsRolesAsTheLogHasThem(t *testing.T) {
	for name, change := range map[string]func(*evidence.Pack){
		"another role":   func(p *evidence.Pack) { p.Users[0].Role = "manager" },
		"another time":   func(p *evidence.Pack) { p.Users[0].Since = 2 },
		"a user too few": func(p *evidence.Pack) { p.Users = p.Users[1:] },
		"two owners":     func(p *evidence.Pack) { p.Users[0].Role = "owner" },
		"a user more": func(p *evidence.Pack) {
			p.Users = append(p.Users, evidence.User{Key: newPerson(3, "").public(), Role: "clerk", Since: 5})
		},
	} {
		p := packOf(t, entries(t, 30), 30)
		change(p)
		if r := verify(t, written(t, p), evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints}); r.State() != evidence.Failed {
			t.Errorf("%s passes", name)
		}
	}
}

// TestAPackTellsWhoCouldOpenTheBookOverTime: also of who never did, and of who is out.
func TestAPackTellsWhoCouldOpenTheBookOverTime(t *testing.T) {
	ling := newPerson(4, "finance")
	acts := func(by person, verbs ...string) [][]byte {
		var list [][]byte
		for i, verb := range verbs {
			e := evidence.Entry{N: int64(i), At: 1795000020 + int64(i)*60, Act: verb, Who: owner.ref()}
			switch verb {
			case evidence.Login:
				e.Role = "owner"
			case "note":
				e.Who = ling.ref()
			case "user remove":
				e.Who = by.ref()
			}
			list = append(list, text(t, e))
		}
		return list
	}
	pack := func(list [][]byte, roles ...string) *evidence.Pack {
		p := &evidence.Pack{Origin: origin, Entries: list, Checkpoints: []string{checkpoint(t, owner, list, len(list))}, Users: []evidence.User{{Key: owner.public(), Role: "owner"}}}
		for i, role := range roles {
			if role != "" {
				p.Users = append(p.Users, evidence.User{Key: ling.public(), Role: role, Since: int64(i)})
			}
		}
		return p
	}
	whole := pack(acts(owner, evidence.Login, "user add", "note", "user role", "user disable", "user enable", "user remove"), "", "finance", "", "clerk", evidence.Out, "clerk", evidence.Out)
	brought := func(p *evidence.Pack) evidence.Brought {
		return evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints}
	}
	r := verify(t, written(t, whole), brought(whole))
	var told []string
	for _, p := range r.People[1:] {
		if p.Who != ling.ref() || p.At != 1795000020+60*p.Entry {
			t.Errorf("%+v", p)
		}
		told = append(told, fmt.Sprint(p.Entry, " ", p.Role))
	}
	if want := []string{"1 finance", "3 clerk", "4 out", "5 clerk", "6 out"}; r.State() == evidence.Failed || !slices.Equal(told, want) {
		t.Errorf("%s: %q\nwant %q", r.State(), told, want)
	}
	for name, p := range map[string]*evidence.Pack{
		"who is out acts":          pack(acts(owner, evidence.Login, "user remove", "note"), "", evidence.Out),
		"another than the owner":   pack(acts(ling, evidence.Login, "user add", "user remove"), "", "finance", evidence.Out),
		"another verb of the kind": pack(acts(owner, evidence.Login, "user passphrase"), "", "finance"),
	} {
		if r := verify(t, written(t, p), brought(p)); r.State() != evidence.Failed {
			t.Errorf("%s passes", name)
		}
	}
}

// mutate drops, alters, swaps or adds an entry among the first n and says which.
func mutate(t *testing.T, r *rand.Rand, list [][]byte, n int) ([][]byte, string) {
	t.Helper()
	out := append([][]byte(nil), list...)
	i := r.IntN(n)
	switch r.IntN(4) {
	case 0:
		return append(out[:i], out[i+1:]...), fmt.Sprintf("%d dropped", i)
	case 1:
		e, err := evidence.ParseEntry(out[i])
		if err != nil {
			t.Fatal(err)
		}
		switch r.IntN(4) {
		case 0:
			e.Rows++
		case 1:
			e.What[r.IntN(32)] ^= 1 << r.IntN(8)
		case 2:
			e.At += 60
		case 3:
			e.Step++
		}
		out[i] = text(t, e)
		return out, fmt.Sprintf("%d altered", i)
	case 2:
		j := (i + 1 + r.IntN(n-1)) % n
		out[i], out[j] = out[j], out[i]
		return out, fmt.Sprintf("%d and %d swapped", i, j)
	default:
		e, err := evidence.ParseEntry(out[i])
		if err != nil {
			t.Fatal(err)
		}
		e.Rows += 1000
		out = append(out[:i], append([][]byte{text(t, e)}, out[i:]...)...)
		return out, fmt.Sprintf("one added at %d", i)
	}
}

// renumber makes a log whole again after a mutation: places and times in order.
func renumber(t *testing.T, list [][]byte) [][]byte {
	t.Helper()
	out := make([][]byte, len(list))
	last := int64(0)
	for i, b := range list {
		e, err := evidence.ParseEntry(b)
		if err != nil {
			t.Fatal(err)
		}
		e.N, e.At = int64(i), max(e.At, last)
		last = e.At
		out[i] = text(t, e)
	}
	return out
}

// TestAThousandMutationsAreFound changes logs after a checkpoint left the book, as
// somebody without keys does, and as the owner does, who can make a new pack of it.
func TestAThousandMutationsAreFound(t *testing.T) {
	const size = 60
	list := entries(t, size)
	good := packOf(t, list, 20, 45, size)
	pack := written(t, good)
	brought := evidence.Brought{Key: owner.vkey(), Known: []string{good.Checkpoints[1]}}
	if r := verify(t, pack, brought); r.State() != evidence.Passed {
		t.Fatalf("%+v", r)
	}
	found, byOwner := 0, 0
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 1))
		bad, what := mutate(t, r, list, size)
		if report := verify(t, replaced(t, pack, "entries.jsonl", append(bytes.Join(bad, []byte("\n")), '\n')), brought); report.State() == evidence.Failed {
			found++
		} else {
			t.Errorf("%s: not found", what)
		}
		// The owner signs it all anew; only what was kept outside is beyond reach.
		bad, what = mutate(t, r, list[2:], 43)
		bad = renumber(t, append(append([][]byte(nil), list[:2]...), bad...))
		if bytes.Equal(bytes.Join(bad[:45], nil), bytes.Join(list[:45], nil)) {
			byOwner++ // two equal entries swapped: nothing happened
			continue
		}
		if report := verify(t, written(t, packOf(t, bad, 20, 45, len(bad))), brought); report.State() == evidence.Failed && report.Checks[len(report.Checks)-1].Name == evidence.CheckKnown {
			byOwner++
		} else {
			t.Errorf("%s by the owner: not found", what)
		}
	}
	t.Logf("found %d and %d of 1,000", found, byOwner)
}

// TestNoFileOfAPackCanBeChanged changes a byte of each file, and takes files away.
func TestNoFileOfAPackCanBeChanged(t *testing.T) {
	p := packOf(t, entries(t, 30), 10, 30)
	stampedBy(p, authority, 1)
	pack := written(t, p)
	brought := evidence.Brought{Key: owner.vkey(), Known: p.Checkpoints, Authorities: roots(t, authority)}
	if r := verify(t, pack, brought); r.State() != evidence.Passed {
		t.Fatalf("%+v", r)
	}
	for name, content := range unzip(t, pack) {
		for _, at := range []int{0, len(content) / 2, len(content) - 1} {
			bad := bytes.Clone(content)
			bad[at] ^= 1
			if r, err := evidence.Verify(replaced(t, pack, name, bad), brought); err == nil && r.State() != evidence.Failed {
				t.Errorf("%s changed at %d passes", name, at)
			}
		}
		if r, err := evidence.Verify(replaced(t, pack, name, nil), brought); err == nil && r.State() != evidence.Failed {
			t.Errorf("passes without %s", name)
		}
	}
	if _, err := evidence.Verify(pack[:len(pack)/2], brought); !errors.Is(err, evidence.ErrForm) {
		t.Errorf("half a pack: %v", err)
	}
}

// TestHashesAreKeptWithTheirEntries reads every hash of a log from where it is said
// to be.
func TestHashesAreKeptWithTheirEntries(t *testing.T) {
	list := entries(t, 100)
	var tree evidence.Tree
	var kept [][]byte
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			n, level := evidence.KeptWith(at)
			copy(out[i][:], kept[n][level*tlog.HashSize:])
		}
		return out, nil
	})
	var edge evidence.Edge
	for n, e := range list {
		again, err := evidence.EdgeAt(int64(n), read)
		if err != nil {
			t.Fatal(err)
		}
		hashes := edge.Add(e)
		if !bytes.Equal(hashes, again.Add(e)) || again.Size() != edge.Size() {
			t.Fatalf("%d entries: the edge that was read goes on otherwise", n)
		}
		kept = append(kept, hashes)
		tree.Add(e)
		want, err := tree.Root(int64(n + 1))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tlog.TreeHash(int64(n+1), read); err != nil || got != want {
			t.Fatalf("%d entries: %v %v, want %v", n+1, got, err, want)
		}
	}
	if _, err := tree.Root(101); !errors.Is(err, evidence.ErrTree) {
		t.Errorf("more than there are: %v", err)
	}
}
