package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Bounds of what Verify reads.
const (
	maxFiles = 1000
	maxPack  = 1 << 30 // bytes unpacked
)

// Brought is what the outsider has from elsewhere than the pack.
type Brought struct {
	Key   string   // the owner's verifier key; "" for none
	Known []string // texts with checkpoints that were kept

	Authorities *x509.CertPool // those of time stamps that are trusted; nil: not given
}

// Verify checks a pack, the bytes of the ZIP. It fails with ErrForm for what is no
// pack at all; what is wrong with one stands in the report. It stops at the first
// check on which others rest.
func Verify(data []byte, b Brought) (*Report, error) {
	files, err := readZIP(data)
	if err != nil {
		return nil, err
	}
	v := &verification{files: files, brought: b, report: &Report{}}
	for _, check := range []func() bool{v.signed, v.users, v.entries, v.roles, v.checkpoints, v.proofs, v.known, v.stamps, v.summary} {
		if !check() {
			break
		}
	}
	return v.report, nil
}

// verification is a pack while it is checked.
type verification struct {
	files   map[string][]byte
	brought Brought
	report  *Report

	owner  note.Verifiers
	signer note.Verifiers // all users
	people []User
	held   *Roles
	stray  int64 // the first entry that does not fit them, from 1; 0: none
	logins int64
	tree   Tree
	sum    summary
	points []Checkpoint
}

// signed checks who signed the files, and that they are what was signed.
func (v *verification) signed() bool {
	r := v.report
	// Until the signature is checked, what the list says is only a claim.
	var listed *note.UnverifiedNoteError
	_, err := note.Open(v.files[fileUsers], note.VerifierList())
	if !errors.As(err, &listed) {
		return r.put(CheckFiles, false, 0, 0)
	}
	origin, users, err := parseUsers(listed.Note.Text)
	first := slices.IndexFunc(users, func(u User) bool { return u.Role == OwnerRole })
	if err != nil || first < 0 {
		return r.put(CheckFiles, false, 0, 0)
	}
	r.Origin = origin
	if r.Key, err = VerifierKey(origin, users[first].Key); err != nil {
		return r.put(CheckFiles, false, 0, 0)
	}
	by, err := note.NewVerifier(r.Key)
	if err != nil {
		return r.put(CheckFiles, false, 0, 0)
	}
	v.owner = note.VerifierList(by)
	rest := maps.Clone(v.files)
	delete(rest, fileManifest)
	text, err := open(string(v.files[fileManifest]), v.owner)
	if !r.put(CheckFiles, err == nil && text == manifestText(origin, rest), 0, int64(len(rest))) {
		return false
	}
	switch v.brought.Key {
	case "":
		r.missing(CheckKey)
	default:
		return r.put(CheckKey, v.brought.Key == r.Key, 0, 1)
	}
	return true
}

// users checks the list of users. The owner is one and the same throughout.
func (v *verification) users() bool {
	text, err := open(string(v.files[fileUsers]), v.owner)
	ok := err == nil
	if ok {
		_, v.people, err = parseUsers(text)
		ok = err == nil
	}
	if ok {
		v.signer, err = Verifiers(v.report.Origin, v.people)
		ok = err == nil
	}
	for _, u := range v.people {
		key, err := VerifierKey(v.report.Origin, u.Key)
		ok = ok && err == nil && (u.Role == OwnerRole) == (key == v.report.Key)
	}
	return v.report.put(CheckUsers, ok, 0, int64(len(v.people)))
}

// entries checks each entry and builds the tree of them.
func (v *verification) entries() bool {
	r := v.report
	known := make(map[string]bool)
	for _, u := range v.people {
		known[Ref(u.Key)] = true
	}
	v.held = NewRoles(v.people)
	for line := range bytes.Lines(v.files[fileEntries]) {
		text, ended := bytes.CutSuffix(line, []byte("\n"))
		e, err := ParseEntry(text)
		if err != nil || !ended || e.N != v.tree.Size() || e.At < r.Last || !known[e.Who] {
			return r.put(CheckEntries, false, v.tree.Size()+1, v.tree.Size())
		}
		if e.N == 0 {
			r.First = e.At
		}
		r.Last = e.At
		if e.Back > 0 {
			r.Back++
		}
		v.follow(&e)
		v.sum.add(&e)
		v.tree.Add(text)
	}
	r.Entries = v.tree.Size()
	root, err := v.tree.Root(r.Entries)
	r.Root = root.String()
	return r.put(CheckEntries, err == nil && r.Entries > 0, 0, r.Entries)
}

// follow compares an entry with the roles that users have by then.
func (v *verification) follow(e *Entry) {
	if n := len(v.report.People); n < len(v.people) && v.people[n].Since == e.N {
		v.report.People = append(v.report.People, Person{Ref(v.people[n].Key), v.people[n].Role, e.N, e.At})
	}
	if !v.held.Add(e) && v.stray == 0 {
		v.stray = e.N + 1
	}
	if e.Act == Login {
		v.logins++
	}
}

// roles tells whether the entries agree with the roles of the list, and each line of
// that with an entry.
func (v *verification) roles() bool {
	return v.report.put(CheckRoles, v.stray == 0 && v.held.Done(), v.stray, v.logins)
}

// checkpoints checks the signatures of checkpoints and the roots that they name.
func (v *verification) checkpoints() bool {
	r := v.report
	notes := SplitNotes(string(v.files[fileCheckpoints]))
	if strings.Join(notes, "\n") != string(v.files[fileCheckpoints]) {
		return r.put(CheckCheckpoints, false, 0, 0)
	}
	for i, text := range notes {
		c, err := OpenCheckpoint(text, v.signer)
		if err != nil || !v.of(&c) || i > 0 && c.Size < v.points[i-1].Size {
			return r.put(CheckCheckpoints, false, int64(i)+1, int64(i))
		}
		v.points = append(v.points, c)
	}
	n := int64(len(v.points))
	return r.put(CheckCheckpoints, n > 0, 0, n) && r.put(CheckComplete, v.points[n-1].Size == r.Entries, n, r.Entries)
}

// of reports whether a checkpoint is one of this log.
func (v *verification) of(c *Checkpoint) bool {
	root, err := v.tree.Root(c.Size)
	return err == nil && c.Size > 0 && c.Origin == v.report.Origin && c.Root == root
}

// proofs checks the proofs by themselves, as one would who has no entries.
func (v *verification) proofs() bool {
	lines := strings.SplitAfter(string(v.files[fileProofs]), "\n")
	lines = lines[:len(lines)-1] // after the last line end is nothing, or a piece
	ok := strings.Join(lines, "") == string(v.files[fileProofs]) && len(lines) == max(0, len(v.points)-1)
	for i := 0; ok && i < len(lines); i++ {
		older, newer := &v.points[i], &v.points[i+1]
		parts := strings.Split(strings.TrimSuffix(lines[i], "\n"), " ")
		if len(parts) < 2 || parts[0] != strconv.FormatInt(older.Size, 10) || parts[1] != strconv.FormatInt(newer.Size, 10) {
			return v.report.put(CheckProofs, false, int64(i)+1, int64(i))
		}
		var proof tlog.TreeProof
		for _, text := range parts[2:] {
			h, err := tlog.ParseHash(text)
			if err != nil {
				return v.report.put(CheckProofs, false, int64(i)+1, int64(i))
			}
			proof = append(proof, h)
		}
		if tlog.CheckTree(proof, newer.Size, newer.Root, older.Size, older.Root) != nil {
			return v.report.put(CheckProofs, false, int64(i)+1, int64(i))
		}
	}
	return v.report.put(CheckProofs, ok, 0, int64(len(lines)))
}

// known checks the checkpoints that the outsider kept. One of more entries than
// the pack has is of a log that was cut.
func (v *verification) known() bool {
	n := int64(0)
	for i, text := range v.brought.Known {
		notes := SplitNotes(text)
		for _, one := range notes {
			c, err := OpenCheckpoint(one, v.signer)
			if err != nil || !v.of(&c) {
				return v.report.put(CheckKnown, false, int64(i)+1, n)
			}
			n++
		}
		if len(notes) == 0 {
			return v.report.put(CheckKnown, false, int64(i)+1, n)
		}
	}
	if n == 0 {
		v.report.missing(CheckKnown)
		return true
	}
	return v.report.put(CheckKnown, true, 0, n)
}

// summary works the lists for people out anew.
func (v *verification) summary() bool {
	return v.report.put(CheckSummary, bytes.Equal(v.files[fileExports], v.sum.exports()) && bytes.Equal(v.files[fileCounts], v.sum.counts()), 0, 2)
}

// readZIP unpacks a pack, as far as it is one.
func readZIP(data []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxFiles {
		return nil, formError("pack")
	}
	files := make(map[string][]byte, len(z.File))
	left := int64(maxPack)
	for _, f := range z.File {
		if _, twice := files[f.Name]; twice || !isFile(f.Name) {
			return nil, formError("pack")
		}
		r, err := f.Open()
		if err != nil {
			return nil, formError("pack")
		}
		content, err := io.ReadAll(io.LimitReader(r, left+1))
		left -= int64(len(content))
		if err != nil || r.Close() != nil || left < 0 {
			return nil, formError("pack")
		}
		files[f.Name] = content
	}
	for _, name := range []string{fileManifest, fileReadme, fileUsers, fileEntries, fileCheckpoints, fileProofs, fileExports, fileCounts} {
		if _, ok := files[name]; !ok {
			return nil, formError("pack without %s", name)
		}
	}
	return files, nil
}

// isFile reports whether a pack may have a file of that name.
func isFile(name string) bool {
	switch name {
	case fileManifest, fileReadme, fileUsers, fileEntries, fileCheckpoints, fileProofs, fileExports, fileCounts:
		return true
	}
	return stampOf(name) > 0
}
