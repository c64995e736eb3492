package vault

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An event is something done to a file, in the order in which it was done.
type event struct {
	kind opKind
	name string
	at   int64 // offset, or size after a truncation, or whether a deletion syncs the folder
	data []byte
	ack  int // a step whose commit has returned; no other field is set
}

// record runs a workload and returns what it did to the disk.
func record(t *testing.T, mode string, steps int) []event {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book", bookName)
	place(t, filepath.Dir(path), map[string][]byte{bookName: make([]byte, HeaderSize)})
	f := reopen(t, path)
	var all []event
	stop := observe(t, func(op operation) verdict {
		if op.kind != opRead {
			all = append(all, event{kind: op.kind, name: filepath.Base(op.name()), at: op.at, data: bytes.Clone(op.data)})
		}
		return verdict{}
	})
	db := connect(t, f, 1, lossy(mode)...)
	w := workload{steps: steps, onAck: func(n int) { all = append(all, event{ack: n}) }}
	must(t, w.run(t.Context(), db))
	must(t, db.Close())
	stop()
	must(t, f.Close())
	return all
}

// lossy is how a book runs here: as DSN says, but with small caches, and with
// EXTRA for the rollback journal, whose deletion is the commit: the program uses
// it only until the first table is made.
func lossy(mode string) []string {
	s := []string{"journal_mode(" + mode + ")", "cache_size(8)", "wal_autocheckpoint(25)"}
	if mode != "WAL" {
		s = append(s, "synchronous(EXTRA)")
	}
	return s
}

// A disk is what survives a power loss: files as of their last sync, then of what
// came later any part, by sectors of 512 bytes; and folders likewise, by entries.
type disk struct {
	files   map[string]*inode
	entries map[string]*inode // names that last
}

type inode struct {
	data    []byte
	waiting []event
	fresh   bool // its name waits for the first sync of the file, which syncs the folder too
}

func newDisk() *disk {
	book := &inode{data: make([]byte, HeaderSize)}
	return &disk{files: map[string]*inode{bookName: book}, entries: map[string]*inode{bookName: book}}
}

// do applies an event as the system's cache sees it.
func (d *disk) do(e event) {
	f := d.files[e.name]
	switch e.kind {
	case opOpen:
		if f == nil {
			d.files[e.name] = &inode{fresh: true}
		}
	case opWrite, opTruncate:
		f.waiting = append(f.waiting, e)
	case opSync:
		f.flush(nil)
		if f.fresh {
			f.fresh = false
			d.entries = maps.Clone(d.files)
		}
	case opDelete:
		delete(d.files, e.name)
		if e.at != 0 {
			d.entries = maps.Clone(d.files)
		}
	case opRead:
	}
}

// flush applies what waits: all of it, or with r a part.
func (f *inode) flush(r *rand.Rand) {
	for _, e := range f.waiting {
		part := 0
		if r != nil {
			part = r.IntN(3)
		}
		if part == 2 {
			continue // lost
		}
		if e.kind == opTruncate {
			if int64(len(f.data)) > e.at {
				f.data = f.data[:e.at]
			}
			continue
		}
		end := e.at + int64(len(e.data))
		if grow := end - int64(len(f.data)); grow > 0 {
			f.data = append(f.data, make([]byte, grow)...)
		}
		for at := e.at; at < end; {
			next := min(end, at/512*512+512)
			if part == 0 || r.IntN(2) == 0 {
				copy(f.data[at:next], e.data[at-e.at:next-e.at])
			}
			at = next
		}
	}
	f.waiting = nil
}

// lose returns the files after a power loss: every entry of the folder that was
// made or removed since the last sync may be as before or as after.
func (d *disk) lose(r *rand.Rand) map[string][]byte {
	names := slices.Sorted(maps.Keys(d.files))
	for name := range d.entries {
		if d.files[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	image := make(map[string][]byte)
	for _, name := range names {
		f := d.files[name]
		if old := d.entries[name]; old != f && r.IntN(2) == 0 {
			f = old
		}
		if f != nil && !strings.HasSuffix(name, "-shm") {
			c := inode{data: bytes.Clone(f.data), waiting: f.waiting}
			c.flush(r)
			image[name] = c.data
		}
	}
	return image
}

// The power goes at a random moment; a random part of what was not synced reaches
// the disk. No committed step is lost, and the book is whole.
func TestPowerLossLosesNoCommit(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			all := record(t, mode, 9)
			r := random(6)
			dir := filepath.Join(t.TempDir(), "image")
			images, logs := rounds(2000), 0
			if testing.Short() { // one thread: nothing for the race detector
				images /= 4
			}
			for range images {
				cut := r.IntN(len(all) + 1)
				d, acked := newDisk(), 0
				for _, e := range all[:cut] {
					if e.ack > 0 {
						acked = e.ack
						continue
					}
					d.do(e)
				}
				image := d.lose(r)
				if len(image) > 1 {
					logs++
				}
				place(t, dir, image)
				f := reopen(t, filepath.Join(dir, bookName))
				if err := f.CheckLog(); err != nil {
					t.Fatalf("cut at %d of %d: a torn log is taken for a damaged one: %v", cut, len(all), err)
				}
				db := connect(t, f, 1, "journal_mode("+mode+")", "synchronous(OFF)")
				if got := wantState(t, db); got < acked || got > acked+1 {
					t.Fatalf("cut at %d of %d: step %d was committed, the book is at %d", cut, len(all), acked, got)
				}
				must(t, db.Close())
				if mode == "WAL" { // a rollback does not mend pages that were free before
					wantPages(t, f)
				}
				must(t, f.Close())
			}
			if len(all) < 200 || logs < images/4 {
				t.Errorf("%d events, %d images, %d with a log", len(all), images, logs)
			}
			t.Logf("%d events, %d images, %d with a log", len(all), images, logs)
		})
	}
}
