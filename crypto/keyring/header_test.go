package keyring

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"testing"

	"kebu/crypto/passphrase"
)

// repair makes the checksum of a changed copy right again, as anyone can.
func repair(c []byte) []byte {
	sum := sha256.Sum256(c[:sumAt])
	copy(c[sumAt:], sum[:])
	return c
}

// only returns a file with this copy alone.
func only(c []byte) *disk { return &disk{data: append(bytes.Clone(c), make([]byte, CopySize)...)} }

func (d *disk) copies() (older, newer []byte) {
	a, b := d.data[:CopySize], d.data[CopySize:]
	if sequence(a) < sequence(b) {
		return a, b
	}
	return b, a
}

// TestEveryFlipFallsBackToTheOtherCopy flips each byte but those of the padding,
// of which each 13th must do: all cost the same checksum of 64 KiB.
func TestEveryFlipFallsBackToTheOtherCopy(t *testing.T) {
	_, _, d := newTeam(t)
	h := d.parse(t)
	bent := d.data[h.Place()*CopySize:][:CopySize]
	used := len(bytes.TrimRight(bent[:macAt], "\x00"))
	tried := 0
	for i := 0; i < CopySize; i++ {
		if i > used && i < macAt && i%13 != 0 {
			continue
		}
		bent[i] ^= 1 << (i % 8)
		got, err := Parse(d.data[:CopySize], d.data[CopySize:])
		if err != nil || got.Place() == h.Place() || got.Sequence() != h.Sequence()-1 {
			t.Fatalf("byte %d: %v", i, err)
		}
		bent[i] ^= 1 << (i % 8)
		tried++
	}
	if tried < 6000 {
		t.Errorf("%d flips", tried)
	}
}

func TestEveryFlipOfTheOnlyCopyIsRefused(t *testing.T) {
	_, _, d := newTeam(t)
	_, newer := d.copies()
	for i := 0; i < CopySize; i += 1 + i/2048*16 { // every byte of the fields, then fewer
		newer[i] ^= 0x10
		if _, err := Parse(newer, nil); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotBook) {
			t.Errorf("byte %d: %v", i, err)
		}
		newer[i] ^= 0x10
	}
}

// TestEveryFlipByOneWhoRepairsTheChecksum leaves the HMAC, the signature and
// the slots to notice.
func TestEveryFlipByOneWhoRepairsTheChecksum(t *testing.T) {
	_, code, d := newTeam(t)
	_, newer := d.copies()
	used := len(bytes.TrimRight(newer[:macAt], "\x00"))
	tried := 0
	try := func(i int) {
		tried++
		bent := bytes.Clone(newer)
		bent[i] ^= 1 << (i % 8)
		h, err := Parse(repair(bent), nil)
		if err != nil {
			return
		}
		if _, err := h.Unlock("", []byte(ownerTyped)); err == nil {
			t.Errorf("byte %d: unlocked", i)
		}
		if _, err := h.Recover(code); err == nil {
			t.Errorf("byte %d: recovered", i)
		}
	}
	for i := range used {
		try(i)
	}
	for i := used; i < macAt; i += 997 {
		try(i)
	}
	for i := macAt; i < sumAt; i++ {
		try(i)
	}
	if tried < 1000 {
		t.Errorf("%d flips", tried)
	}
}

func TestTornSaveLeavesTheOldOrTheNew(t *testing.T) {
	for write := range 2 {
		for torn := 0; torn <= CopySize; torn += 4096 + 512 {
			_, _, d := newBook(t)
			r := d.unlock(t, "", ownerTyped)
			must(t, r.SetPassphrase([]byte(clerkTyped), passphrase.Params{}))
			crash := errors.New("crash")
			n := 0
			err := r.Save(func(place int, data []byte) error {
				if n++; n <= write {
					return d.write(place, data)
				}
				must(t, d.write(place, append(bytes.Clone(data[:torn]), d.data[place*CopySize+torn:][:CopySize-torn]...)))
				return crash
			})
			if !errors.Is(err, crash) {
				t.Fatal(err)
			}
			_, errOld := d.parse(t).Unlock("", []byte(ownerTyped))
			_, errNew := d.parse(t).Unlock("", []byte(clerkTyped))
			if (errOld == nil) == (errNew == nil) || write == 1 && errNew != nil {
				t.Errorf("write %d torn at %d: old %v, new %v", write, torn, errOld, errNew)
			}
			d.save(t, r) // and after an error, once more
			d.unlock(t, "", clerkTyped)
		}
	}
}

func TestSaveTakesTurns(t *testing.T) {
	r, _, d := newBook(t)
	for range 3 {
		before := d.parse(t)
		var places []int
		must(t, r.Save(func(place int, data []byte) error {
			places = append(places, place)
			return d.write(place, data)
		}))
		after := d.parse(t)
		if after.Sequence() != before.Sequence()+2 || len(places) != 2 || places[0] == before.Place() || places[1] != before.Place() {
			t.Errorf("sequence %d after %d, places %v", after.Sequence(), before.Sequence(), places)
		}
		r = d.unlock(t, "", ownerTyped)
	}
}

func TestWhatIsNoBook(t *testing.T) {
	for name, c := range map[string][2][]byte{
		"nothing":  {nil, nil},
		"zeros":    {make([]byte, CopySize), make([]byte, CopySize)},
		"sqlite":   {append([]byte("SQLite format 3\x00"), make([]byte, CopySize)...), nil},
		"as text":  {[]byte("\x89KEBU\n\x1a"), nil},
		"too late": {make([]byte, 8), append(make([]byte, 8), magic...)},
	} {
		_, err := Parse(c[0], c[1])
		refused(t, name, err, ErrNotBook)
	}
	_, _, d := newBook(t)
	for _, n := range []int{len(magic), 100, CopySize - 1} {
		_, err := Parse(d.data[:n], nil)
		refused(t, "cut short", err, ErrDamaged)
	}
	if _, err := Parse(nil, d.data[CopySize:]); err != nil {
		t.Errorf("second copy alone: %v", err)
	}
}

func TestNewerFormatIsRefusedWithoutAPassphrase(t *testing.T) {
	_, _, d := newBook(t)
	older, _ := d.copies()
	binary.BigEndian.PutUint16(older[formatAt:], Format+1)
	if _, err := Parse(d.data[:CopySize], d.data[CopySize:]); err != nil {
		t.Errorf("damage was taken for a newer format: %v", err)
	}
	clear(older[bodyAt:sumAt]) // whatever it may hold
	repair(older)
	_, err := Parse(d.data[:CopySize], d.data[CopySize:])
	refused(t, "newer format in one copy", err, ErrNewerFormat)
	binary.BigEndian.PutUint16(older[formatAt:], 0)
	_, err = Parse(repair(older), nil)
	refused(t, "format 0", err, ErrDamaged)
}

func TestCopiesThatCannotBeOfOneFile(t *testing.T) {
	_, _, d := newTeam(t)
	older, newer := d.copies()
	same := bytes.Clone(newer)
	if _, err := Parse(same, newer); err != nil {
		t.Errorf("equal copies: %v", err)
	}
	binary.BigEndian.PutUint64(older[sequenceAt:], sequence(newer))
	_, err := Parse(repair(older), newer)
	refused(t, "one number for two headers", err, ErrDamaged)
}

func TestCheapPassphraseCostIsRefused(t *testing.T) {
	_, _, d := newBook(t)
	h := d.parse(t)
	at := bytes.Index(h.raw, h.slots[0].append(nil)) + 4
	for name, cost := range map[string]passphrase.Params{
		"below the floor": {Memory: passphrase.Floor().Memory - 1, Time: 1, Threads: 1},
		"no passes":       {Memory: 64, Time: 0, Threads: 1},
		"all memory":      {Memory: 1<<32 - 1, Time: 3, Threads: 1},
		"for years":       {Memory: 1 << 16, Time: 1 << 31, Threads: 1},
	} {
		bent := bytes.Clone(h.raw)
		copy(bent[at:], slot{cost: cost}.appendCost(nil))
		_, err := Parse(repair(bent), nil)
		refused(t, name, err, ErrDamaged)
		refused(t, name, err, passphrase.ErrCost)
	}
	bent := bytes.Clone(h.raw) // within the bounds, but not the slot's own
	copy(bent[at:], slot{cost: passphrase.Params{Memory: 64, Time: 1, Threads: 1}}.appendCost(nil))
	_, err := only(repair(bent)).parse(t).Unlock("", []byte(ownerTyped))
	refused(t, "another cost", err, ErrPassphrase)
}

func FuzzParse(f *testing.F) {
	_, _, d := newTeam(f)
	older, newer := d.copies()
	body := bytes.TrimRight(newer[:macAt], "\x00")
	seeds := [][]byte{
		body, bytes.TrimRight(older[:macAt], "\x00"), body[:100], body[:bodyAt], []byte(magic), nil,
		append(bytes.Clone(body[:bodyAt]), 0xff, 0xff), append(bytes.Clone(body), bytes.Repeat([]byte{0xff}, 99)...),
	}
	for _, s := range seeds {
		f.Add(s)
	}
	if len(seeds) != 8 || len(body) < 1000 {
		f.Fatalf("%d seeds, %d bytes", len(seeds), len(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c := make([]byte, CopySize)
		copy(c[:macAt], body)
		h, err := Parse(repair(c), nil)
		if err != nil {
			return
		}
		if got := h.policy.encode(); !bytes.Equal(got, h.signed.bytes) {
			t.Error("policy has two forms")
		}
		h.Users()
		if len(h.slots) != len(h.policy.members) || len(h.slots) > MaxUsers {
			t.Errorf("%d slots", len(h.slots))
		}
	})
}
