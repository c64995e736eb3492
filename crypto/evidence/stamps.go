package evidence

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/crypto/evidence/stamp"
)

// slack is how far the shop's clock may be ahead of an authority's: computers that
// set their clocks by themselves are seconds apart, others minutes.
const slack = 10 * time.Minute

// StampedSum is what an authority stamps of a checkpoint: the SHA-256 of the text
// with its signature.
func StampedSum(signed string) [sha256.Size]byte { return sha256.Sum256([]byte(signed)) }

// Precedes reports whether a stamp is of a time at which the checkpoint cannot have
// been there, by more than clocks differ.
func Precedes(s *stamp.Stamp, c *Checkpoint) bool {
	return s.At.Add(slack).Before(time.Unix(c.At, 0))
}

// Stamped is a checkpoint that an authority stamped.
type Stamped struct {
	Checkpoint int    `json:"checkpoint"` // its number, from 1
	Entries    int64  `json:"entries"`
	At         int64  `json:"at"` // Unix seconds, by the authority's clock
	Authority  string `json:"authority"`
}

// stampFile is where the stamp on a checkpoint stands in a pack.
func stampFile(checkpoint int) string {
	return folderStamps + strconv.Itoa(checkpoint) + ".tsr"
}

// stampOf is the checkpoint of a file, 0 for a file that can be none.
func stampOf(file string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(file, folderStamps), ".tsr"))
	if err != nil || n < 1 || stampFile(n) != file {
		return 0
	}
	return n
}

// stamps checks the stamps on checkpoints, and whether authorities that the outsider
// trusts stand behind them.
func (v *verification) stamps() bool {
	r := v.report
	var numbers []int
	for name := range v.files {
		if n := stampOf(name); n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	notes := SplitNotes(string(v.files[fileCheckpoints]))
	stranger := 0
	for _, n := range numbers {
		s, err := stamp.Parse(v.files[stampFile(n)])
		if err != nil || n > len(notes) || s.Sum != StampedSum(notes[n-1]) || Precedes(s, &v.points[n-1]) {
			return r.put(CheckStamps, false, int64(n), int64(len(r.Stamps)))
		}
		r.Stamps = append(r.Stamps, Stamped{n, v.points[n-1].Size, s.At.Unix(), s.Authority})
		if stranger == 0 && v.brought.Authorities != nil && !s.Trusted(v.brought.Authorities) {
			stranger = n
		}
	}
	switch {
	case len(numbers) > 0:
		r.put(CheckStamps, true, 0, int64(len(numbers)))
	case v.brought.Authorities != nil:
		r.missing(CheckStamps)
		return true
	default:
		return true
	}
	if v.brought.Authorities == nil {
		r.missing(CheckAuthorities)
		return true
	}
	return r.put(CheckAuthorities, stranger == 0, int64(stranger), int64(len(numbers)))
}
