package evidence

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says what a log was at a time: the first so many entries have that
// root. As a text it is a C2SP checkpoint with one line more, its time:
//
//	kebu/8f14e45fceea167a
//	42
//	47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
//	time 2026-11-11T09:30:00Z
type Checkpoint struct {
	Origin string
	Size   int64 // entries
	Root   tlog.Hash
	At     int64 // Unix seconds, by the clock of who signs
}

// Text returns what is signed.
func (c *Checkpoint) Text() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\ntime " + time.Unix(c.At, 0).UTC().Format(time.RFC3339) + "\n"
}

// Sign returns the checkpoint as a signed note.
func (c *Checkpoint) Sign(by note.Signer) (string, error) { return sign(c.Text(), by) }

// OpenCheckpoint reads a signed note that one of the verifiers must have signed.
// It fails with ErrForm or ErrSignature.
func OpenCheckpoint(text string, by note.Verifiers) (Checkpoint, error) {
	body, err := open(text, by)
	if err != nil {
		return Checkpoint{}, err
	}
	return parseCheckpoint(body)
}

func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || !isOrigin(lines[0]) {
		return Checkpoint{}, formError("checkpoint")
	}
	size, err1 := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := tlog.ParseHash(lines[2])
	at, err3 := time.Parse("time "+time.RFC3339, lines[3])
	c := Checkpoint{Origin: lines[0], Size: size, Root: root, At: at.Unix()}
	if errors.Join(err1, err2, err3) != nil || size < 0 || c.Text() != text {
		return Checkpoint{}, formError("checkpoint")
	}
	return c, nil
}

// maxNote bounds a signed text in bytes: the list of users may be long.
const maxNote = 1 << 20

func sign(text string, by note.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, by)
	if err != nil {
		return "", formError("sign")
	}
	return string(signed), nil
}

// open returns the text of a note that one of the verifiers signed.
func open(text string, by note.Verifiers) (string, error) {
	if len(text) > maxNote {
		return "", formError("signed text")
	}
	n, err := note.Open([]byte(text), by)
	if err == nil {
		return n.Text, nil
	}
	if _, unknown := errors.AsType[*note.UnverifiedNoteError](err); unknown {
		return "", ErrSignature
	}
	if _, bad := errors.AsType[*note.InvalidSignatureError](err); bad {
		return "", ErrSignature
	}
	return "", formError("signed text")
}

// signature begins the lines of signatures of a note.
const signature = "— "

// SplitNotes takes a file of signed notes apart, with whatever blank lines between
// them: each ends with its signatures.
func SplitNotes(text string) []string {
	var list []string
	var b strings.Builder
	signed := false
	end := func() {
		if b.Len() > 0 {
			list = append(list, b.String())
		}
		b.Reset()
		signed = false
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n") + "\n"
		isSignature := strings.HasPrefix(line, signature)
		if signed && !isSignature {
			end()
		}
		if b.Len() == 0 && line == "\n" {
			continue
		}
		signed = signed || isSignature
		b.WriteString(line)
	}
	end()
	return list
}
