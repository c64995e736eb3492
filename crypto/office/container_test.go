package office

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// wellFormed checks what [MS-CFB] asks of a compound file of version 3 and what
// readers may not look at: each sector belongs to one thing, each chain is as long as
// its stream, the entries of a storage are a red-black tree in order.
func wellFormed(t testing.TB, file []byte) {
	t.Helper()
	if len(file)%sectorBytes != 0 || len(file) < 2*sectorBytes {
		t.Fatalf("%d bytes", len(file))
	}
	c := &checked{TB: t, data: file, owner: make([]string, len(file)/sectorBytes-1)}
	c.readFAT()
	c.readDirectory()
	for i, owner := range c.owner {
		if owner == "" {
			t.Fatalf("sector %d is nobody's", i)
		}
	}
	for i := len(c.owner); i < len(c.fat); i++ {
		if c.fat[i] != none {
			t.Fatalf("sector %d behind the end is in use", i)
		}
	}
}

type checked struct {
	testing.TB
	data    []byte
	owner   []string // of each sector
	fat     []uint32
	miniFAT []uint32
	entries [][]byte
	mini    []string // owner of each sector of the mini stream
}

func (c *checked) number(at int) uint32 { return binary.LittleEndian.Uint32(c.data[at:]) }

// sector takes a sector for its owner.
func (c *checked) sector(n uint32, owner string) []byte {
	c.Helper()
	if int(n) >= len(c.owner) {
		c.Fatalf("%s: sector %d is behind the end", owner, n)
	}
	if c.owner[n] != "" {
		c.Fatalf("%s: sector %d is of %s", owner, n, c.owner[n])
	}
	c.owner[n] = owner
	return c.data[sectorBytes*(int(n)+1):][:sectorBytes]
}

// chain takes the sectors of a chain.
func (c *checked) chain(first uint32, owner string) (data []byte) {
	c.Helper()
	for n := first; n != endOfChain; n = c.fat[n] {
		data = append(data, c.sector(n, owner)...)
	}
	return data
}

func numbers(b []byte) (out []uint32) {
	for ; len(b) > 0; b = b[4:] {
		out = append(out, binary.LittleEndian.Uint32(b))
	}
	return out
}

func (c *checked) readFAT() {
	c.Helper()
	want := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 16) +
		"\x3E\x00\x03\x00\xFE\xFF\x09\x00\x06\x00" + strings.Repeat("\x00", 10))
	if !slices.Equal(c.data[:len(want)], want) || c.number(52) != 0 || c.number(56) != miniCutoff {
		c.Fatal("header")
	}
	places := numbers(c.data[76:sectorBytes])
	next, sectors := c.number(68), 0
	for ; next != endOfChain; sectors++ {
		n := numbers(c.sector(next, "DIFAT"))
		places, next = append(places, n[:difatLinks]...), n[difatLinks]
	}
	count := int(c.number(44))
	if sectors != int(c.number(72)) || count > len(places) || len(places)-count >= difatLinks && sectors > 0 {
		c.Fatalf("%d sectors of the DIFAT, %d of the FAT", sectors, count)
	}
	for i, n := range places {
		if (n == none) != (i >= count) {
			c.Fatalf("sector %d of the FAT is %X", i, n)
		}
		if n != none {
			c.fat = append(c.fat, numbers(c.sector(n, "FAT"))...)
		}
	}
	if len(c.fat) < len(c.owner) || len(c.fat)-len(c.owner) >= links {
		c.Fatalf("FAT of %d for %d", len(c.fat), len(c.owner))
	}
	for i, owner := range c.owner {
		if (owner == "DIFAT") != (c.fat[i] == difatSector) || (owner == "FAT") != (c.fat[i] == fatSector) {
			c.Fatalf("sector %d of %q is %X", i, owner, c.fat[i])
		}
	}
}

func (c *checked) readDirectory() {
	c.Helper()
	directory := c.chain(c.number(48), "directory")
	for ; len(directory) > 0; directory = directory[entryBytes:] {
		c.entries = append(c.entries, directory[:entryBytes])
	}
	miniFAT := c.chain(c.number(60), "mini FAT")
	if len(miniFAT) != sectorBytes*int(c.number(64)) {
		c.Fatalf("mini FAT of %d bytes", len(miniFAT))
	}
	c.miniFAT = numbers(miniFAT)

	root := c.entry(0)
	if root.kind != kindRoot || root.name != "Root Entry" || root.left != none || root.right != none || root.size%miniSectorBytes != 0 {
		c.Fatalf("root %+v", root)
	}
	mini := c.chain(root.start, "mini stream")
	if over := len(mini) - root.size; over < 0 || over >= sectorBytes {
		c.Fatalf("mini stream of %d bytes for %d", len(mini), root.size)
	}
	c.mini = make([]string, root.size/miniSectorBytes)
	found := 1 + c.tree(root.child, false, "", "")
	for i, owner := range c.mini {
		if owner == "" {
			c.Fatalf("mini sector %d is nobody's", i)
		}
	}
	for i := len(c.mini); i < len(c.miniFAT); i++ {
		if c.miniFAT[i] != none {
			c.Fatalf("mini sector %d is in use", i)
		}
	}
	for i := range c.entries {
		e := c.entry(uint32(i))
		if e.kind == 0 {
			if e != (checkedEntry{left: none, right: none, child: none}) {
				c.Fatalf("free entry %+v", e)
			}
			found++
		}
	}
	if found != len(c.entries) {
		c.Fatalf("%d of %d entries", found, len(c.entries))
	}
}

type checkedEntry struct {
	name                      string
	kind                      byte
	black                     bool
	left, right, child, start uint32
	size                      int
}

func (c *checked) entry(n uint32) checkedEntry {
	c.Helper()
	if int(n) >= len(c.entries) {
		c.Fatalf("entry %d", n)
	}
	le, b := binary.LittleEndian, c.entries[n]
	e := checkedEntry{"", b[66], b[67] == 1, le.Uint32(b[68:]), le.Uint32(b[72:]), le.Uint32(b[76:]), le.Uint32(b[116:]), int(le.Uint64(b[120:]))}
	var units []uint16
	for i := 0; i+2 < int(le.Uint16(b[64:])); i += 2 {
		units = append(units, le.Uint16(b[i:]))
	}
	e.name = string(utf16.Decode(units))
	return e
}

// tree checks the entries below n, whose names stand between two others, and returns
// how many there are, with those of their storages.
func (c *checked) tree(n uint32, underRed bool, low, high string) int {
	c.Helper()
	if n == none {
		return 0
	}
	e := c.entry(n)
	before := func(a, b string) bool {
		return len(a) < len(b) || len(a) == len(b) && strings.ToUpper(a) < strings.ToUpper(b)
	}
	if low != "" && !before(low, e.name) || high != "" && !before(e.name, high) {
		c.Fatalf("%q is not between %q and %q", e.name, low, high)
	}
	if underRed && !e.black {
		c.Fatalf("%q: red below red", e.name)
	}
	if left, right := c.blacks(e.left), c.blacks(e.right); left != right {
		c.Fatalf("%q: %d and %d black entries below", e.name, left, right)
	}
	count := 1 + c.tree(e.left, !e.black, low, e.name) + c.tree(e.right, !e.black, e.name, high)
	switch e.kind {
	case kindStorage:
		if e.child != none && !c.entry(e.child).black {
			c.Fatalf("%q: red root", e.name)
		}
		return count + c.tree(e.child, false, "", "")
	case kindStream:
		if e.child != none {
			c.Fatalf("%q has a child", e.name)
		}
		c.stream(e)
	default:
		c.Fatalf("%q is of kind %d", e.name, e.kind)
	}
	return count
}

// blacks is how many black entries are on the way down.
func (c *checked) blacks(n uint32) int {
	if n == none {
		return 0
	}
	e := c.entry(n)
	count := c.blacks(e.left)
	if e.black {
		count++
	}
	return count
}

func (c *checked) stream(e checkedEntry) {
	c.Helper()
	if e.size >= miniCutoff {
		if over := len(c.chain(e.start, e.name)) - e.size; over < 0 || over >= sectorBytes {
			c.Fatalf("%q: %d bytes too many", e.name, over)
		}
		return
	}
	found := 0
	for n := e.start; n != endOfChain; n = c.miniFAT[n] {
		if int(n) >= len(c.mini) || c.mini[n] != "" {
			c.Fatalf("%q: mini sector %d", e.name, n)
		}
		c.mini[n] = e.name
		found += miniSectorBytes
	}
	if over := found - e.size; over < 0 || over >= miniSectorBytes {
		c.Fatalf("%q: %d bytes too many", e.name, over)
	}
}

func TestTheTablesFitAnySize(t *testing.T) {
	// Where a sector more asks for one more of the FAT, and that for one of the DIFAT.
	counts := map[int64]bool{}
	for _, fat := range []int64{1, 2, headerLinks, headerLinks + difatLinks} {
		for sectors := fat*links - fat - 12; sectors < fat*links-fat+2; sectors++ {
			c := newContainer(max(miniCutoff, sectors*sectorBytes), 1300)
			counts[c.fat.count] = true
			var out bytes.Buffer
			w := bufio.NewWriter(&out)
			c.writeTables(w)
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			end := c.mini.first + c.mini.count
			out.Write(make([]byte, int(1+end)*sectorBytes-out.Len()))
			wellFormed(t, out.Bytes())
		}
		if !counts[fat] || !counts[fat+1] {
			t.Errorf("%v sectors of the FAT, want %d and one more", counts, fat)
		}
	}
	c := newContainer(sizeBytes+MaxContent, 1300)
	if end := (1 + c.mini.first + c.mini.count) * sectorBytes; end >= 1<<31-1<<8 {
		t.Errorf("a file of %d bytes", end)
	}
}

func TestDataSpacesAreThoseOfTheSpecification(t *testing.T) {
	want := map[int]string{
		entryVersion: "3C000000 Microsoft.Container.DataSpaces 01000000 01000000 01000000",
		entryMap:     "08000000 01000000 68000000 01000000 00000000 20000000 EncryptedPackage 32000000 StrongEncryptionDataSpace 0000",
		entrySpace:   "08000000 01000000 32000000 StrongEncryptionTransform 0000",
		entryPrimary: "58000000 01000000 4C000000 {FF9A3F03-56EF-4613-BDD5-5A41C1D07246} 4E000000 Microsoft.Container.EncryptionTransform 0000 " +
			"01000000 01000000 01000000 00000000 00000000 00000000 04000000",
	}
	for i, stream := range dataSpaces() {
		var b []byte
		for _, word := range strings.Fields(want[i]) {
			if strings.ContainsAny(word, "MESF") && len(word) > 8 {
				for _, letter := range []byte(word) {
					b = append(b, letter, 0)
				}
				continue
			}
			for ; word != ""; word = word[2:] {
				var n byte
				if _, err := fmt.Sscanf(word[:2], "%02X", &n); err != nil {
					t.Fatal(err)
				}
				b = append(b, n)
			}
		}
		if !slices.Equal(b, stream) {
			t.Errorf("stream %d: %X, want %X", i, stream, b)
		}
	}
}
