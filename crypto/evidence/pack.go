package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The files of a pack.
const (
	fileManifest    = "MANIFEST"
	fileReadme      = "README.txt"
	fileEntries     = "entries.jsonl"
	fileCheckpoints = "checkpoints.txt"
	fileProofs      = "proofs.txt"
	fileUsers       = "users.txt"
	fileExports     = "exports.csv"
	fileCounts      = "counts.csv"
	folderStamps    = "stamps/"
)

// readme tells the outsider what a pack is and what it cannot show.
//
//go:embed readme.txt
var readme []byte

// Pack is a log for an outsider: nothing in it is about a person but the Refs of
// users.
type Pack struct {
	Origin      string
	Entries     [][]byte // their texts in order
	Checkpoints []string // signed, in the order of their sizes; the last is of all entries
	Users       []User
	Stamps      map[int][]byte // authorities' answers, by the number of the checkpoint from 1
}

// Write writes the pack as a ZIP that the owner signs. The same pack gives the same
// bytes. It fails with ErrForm or ErrTree for what Verify would not take.
func (p *Pack) Write(w io.Writer, owner note.Signer) error {
	files := map[string][]byte{fileReadme: readme}
	users, err := usersText(p.Origin, p.Users)
	if err != nil {
		return err
	}
	if users, err = sign(users, owner); err != nil {
		return err
	}
	files[fileUsers] = []byte(users)
	files[fileCheckpoints] = []byte(strings.Join(p.Checkpoints, "\n"))
	var tree Tree
	var entries bytes.Buffer
	var s summary
	for _, text := range p.Entries {
		e, err := ParseEntry(text)
		if err != nil {
			return err
		}
		tree.Add(text)
		s.add(&e)
		entries.Write(text)
		entries.WriteByte('\n')
	}
	files[fileEntries] = entries.Bytes()
	files[fileExports], files[fileCounts] = s.exports(), s.counts()
	known, err := Verifiers(p.Origin, p.Users)
	if err != nil {
		return err
	}
	checkpoints, err := openAll(p.Checkpoints, known)
	if err != nil {
		return err
	}
	if files[fileProofs], err = proofs(&tree, checkpoints); err != nil {
		return err
	}
	for n, answer := range p.Stamps {
		files[stampFile(n)] = answer
	}
	manifest, err := sign(manifestText(p.Origin, files), owner)
	if err != nil {
		return err
	}
	files[fileManifest] = []byte(manifest)
	return writeZIP(w, files)
}

func openAll(notes []string, by note.Verifiers) ([]Checkpoint, error) {
	list := make([]Checkpoint, len(notes))
	for i, text := range notes {
		var err error
		if list[i], err = OpenCheckpoint(text, by); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// manifestText lists the files that are signed: sum, size and name.
func manifestText(origin string, files map[string][]byte) string {
	var b strings.Builder
	b.WriteString(origin + "/pack\nversion 1\n")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		b.WriteString(hex.EncodeToString(sum[:]) + " " + strconv.Itoa(len(files[name])) + " " + name + "\n")
	}
	return b.String()
}

// proofs are those of each checkpoint that the one before it is its beginning, a
// line each: the two sizes and the hashes of RFC 6962 section 2.1.2.
func proofs(t *Tree, checkpoints []Checkpoint) ([]byte, error) {
	var b bytes.Buffer
	for i := 1; i < len(checkpoints); i++ {
		older, newer := checkpoints[i-1].Size, checkpoints[i].Size
		if older < 1 || older > newer || newer > t.Size() {
			return nil, fmt.Errorf("checkpoints of %d and %d entries: %w", older, newer, ErrTree)
		}
		proof, err := tlog.ProveTree(newer, older, t)
		if err != nil {
			return nil, fmt.Errorf("prove: %w", err)
		}
		fmt.Fprintf(&b, "%d %d", older, newer)
		for _, h := range proof {
			b.WriteString(" " + h.String())
		}
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

func writeZIP(w io.Writer, files map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // without a time
		if err != nil {
			return fmt.Errorf("write pack: %w", err)
		}
		if _, err := f.Write(files[name]); err != nil {
			return fmt.Errorf("write pack: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	return nil
}
