package office

import (
	"bufio"
	"encoding/binary"
	"io"
)

// Sizes and marks of a compound file of version 3 ([MS-CFB] 2.1 to 2.6).
const (
	sectorBytes     = 512
	miniSectorBytes = 64
	miniCutoff      = 4096 // a shorter stream lies in the mini stream

	links       = sectorBytes / 4 // in a sector of the FAT
	difatLinks  = links - 1       // in a sector of the DIFAT: the last leads to the next
	headerLinks = 109             // to the FAT, in the header

	difatSector = 0xFFFFFFFC
	fatSector   = 0xFFFFFFFD
	endOfChain  = 0xFFFFFFFE
	none        = 0xFFFFFFFF // a free sector, no entry
)

// Entries of the directory. Streams lie in the mini stream in this order.
const (
	entryRoot = iota
	entryPackage
	entryDataSpaces
	entryVersion
	entryMap
	entrySpaceInfo
	entrySpace
	entryTransformInfo
	entryTransform
	entryPrimary
	entryInfo
	entryCount
)

// Kinds of entries ([MS-CFB] 2.6.1).
const (
	kindStorage = 1
	kindStream  = 2
	kindRoot    = 5
)

// entry is an entry of the directory. Those of one storage are a red-black tree, by
// the length of the name and then by the name ([MS-CFB] 2.6.4). A link of 0 is none:
// nothing leads to the root.
type entry struct {
	name               string // ASCII
	kind               byte
	red                bool
	left, right, child int64
	start, size        int64 // of a stream, in bytes; of the root: the mini stream
}

// run is some sectors that lie one behind the other.
type run struct{ first, count int64 }

// container is the compound file around a package. All sizes are known before the
// first byte, so that the file is written in one go: the tables, the package if it is
// large, the mini stream.
type container struct {
	entries   [entryCount]entry
	difat     run
	fat       run
	directory run
	miniFAT   run
	content   run // the package, none of it if it is small
	mini      run
	small     []run // streams in the mini stream, in its sectors
}

func newContainer(packageBytes, infoBytes int64) *container {
	c := &container{entries: [entryCount]entry{
		entryRoot:          {name: "Root Entry", kind: kindRoot, child: entryInfo},
		entryPackage:       {name: "EncryptedPackage", kind: kindStream, size: packageBytes},
		entryDataSpaces:    {name: "\x06DataSpaces", kind: kindStorage, child: entryMap},
		entryVersion:       {name: "Version", kind: kindStream},
		entryMap:           {name: "DataSpaceMap", kind: kindStream, left: entryVersion, right: entrySpaceInfo},
		entrySpaceInfo:     {name: "DataSpaceInfo", kind: kindStorage, right: entryTransformInfo, child: entrySpace},
		entrySpace:         {name: "StrongEncryptionDataSpace", kind: kindStream},
		entryTransformInfo: {name: "TransformInfo", kind: kindStorage, red: true, child: entryTransform},
		entryTransform:     {name: "StrongEncryptionTransform", kind: kindStorage, child: entryPrimary},
		entryPrimary:       {name: "\x06Primary", kind: kindStream},
		entryInfo:          {name: "EncryptionInfo", kind: kindStream, left: entryDataSpaces, right: entryPackage, size: infoBytes},
	}}
	for i, stream := range dataSpaces() {
		c.entries[i].size += int64(len(stream))
	}

	var miniSectors int64
	for i := range c.entries {
		e := &c.entries[i]
		if e.kind == kindStream && e.size < miniCutoff {
			r := run{miniSectors, parts(e.size, miniSectorBytes)}
			e.start, miniSectors = r.first, miniSectors+r.count
			c.small = append(c.small, r)
		}
	}
	c.entries[entryRoot].size = miniSectors * miniSectorBytes
	c.directory.count = parts(entryCount, sectorBytes/entryBytes)
	c.miniFAT.count = parts(miniSectors, links)
	c.mini.count = parts(miniSectors*miniSectorBytes, sectorBytes)
	if c.large() {
		c.content.count = parts(packageBytes, sectorBytes)
	}
	c.placeTables()
	c.entries[entryRoot].start = c.mini.first
	if c.large() {
		c.entries[entryPackage].start = c.content.first
	}
	return c
}

// placeTables gives the FAT as many sectors as it needs to lead to all, its own and
// those of the DIFAT among them, and puts the runs one behind the other.
func (c *container) placeTables() {
	others := c.directory.count + c.miniFAT.count + c.content.count + c.mini.count
	for {
		c.difat.count = parts(max(0, c.fat.count-headerLinks), difatLinks)
		need := parts(c.difat.count+c.fat.count+others, links)
		if need == c.fat.count {
			break
		}
		c.fat.count = need
	}
	var next int64
	for _, r := range []*run{&c.difat, &c.fat, &c.directory, &c.miniFAT, &c.content, &c.mini} {
		r.first = next
		next += r.count
	}
}

// large says whether the package has sectors of its own.
func (c *container) large() bool { return c.entries[entryPackage].size >= miniCutoff }

// writeTables writes what stands before the package. The writer keeps its error.
func (c *container) writeTables(w *bufio.Writer) {
	c.writeHeader(w)
	c.writeDIFAT(w)
	for range c.difat.count {
		writeLink(w, difatSector)
	}
	for range c.fat.count {
		writeLink(w, fatSector)
	}
	written := c.difat.count + c.fat.count
	written += writeChains(w, c.directory, c.miniFAT, c.content, c.mini)
	fillLinks(w, written)

	for i := range c.entries {
		_, _ = w.Write(c.entries[i].bytes())
	}
	for range c.directory.count*(sectorBytes/entryBytes) - entryCount {
		_, _ = w.Write((&entry{}).bytes())
	}

	fillLinks(w, writeChains(w, c.small...))
}

// writeHeader writes the first sector ([MS-CFB] 2.2).
func (c *container) writeHeader(w *bufio.Writer) {
	le := binary.LittleEndian
	b := []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	b = append(b, make([]byte, 16)...)
	for _, n := range []uint16{
		0x3E, 3, // minor and major version
		0xFFFE, // little-endian
		9, 6,   // sectors of 2^9 bytes, mini sectors of 2^6
		0, 0, 0,
	} {
		b = le.AppendUint16(b, n)
	}
	_, _ = w.Write(b)
	writeLink(w, 0) // sectors of the directory: not said in version 3
	writeLink(w, c.fat.count)
	writeLink(w, c.directory.first)
	writeLink(w, 0) // of transactions
	writeLink(w, miniCutoff)
	writeLink(w, c.miniFAT.first)
	writeLink(w, c.miniFAT.count)
	if c.difat.count > 0 {
		writeLink(w, c.difat.first)
	} else {
		writeLink(w, endOfChain)
	}
	writeLink(w, c.difat.count)
	for i := range min(c.fat.count, headerLinks) {
		writeLink(w, c.fat.first+i)
	}
	for range headerLinks - c.fat.count {
		writeLink(w, none)
	}
}

// writeDIFAT writes where the sectors of the FAT are that the header has no room for
// ([MS-CFB] 2.5).
func (c *container) writeDIFAT(w *bufio.Writer) {
	at := int64(headerLinks)
	for i := range c.difat.count {
		for range difatLinks {
			if at < c.fat.count {
				writeLink(w, c.fat.first+at)
			} else {
				writeLink(w, none)
			}
			at++
		}
		if i+1 < c.difat.count {
			writeLink(w, c.difat.first+i+1)
		} else {
			writeLink(w, endOfChain)
		}
	}
}

const entryBytes = 128

// bytes is the entry as it is written ([MS-CFB] 2.6.1); the zero entry is a free one.
func (e *entry) bytes() []byte {
	le := binary.LittleEndian
	b := make([]byte, entryBytes)
	for i := range len(e.name) {
		b[2*i] = e.name[i]
	}
	if e.name != "" {
		le.PutUint16(b[64:], uint16(2*len(e.name)+2)) //nolint:gosec // at most 64
	}
	b[66] = e.kind
	if e.kind != 0 && !e.red {
		b[67] = 1
	}
	for i, link := range []int64{e.left, e.right, e.child} {
		if link == 0 {
			link = none
		}
		le.PutUint32(b[68+4*i:], uint32(link))
	}
	le.PutUint32(b[116:], uint32(e.start)) //nolint:gosec // a sector
	le.PutUint64(b[120:], uint64(e.size))  //nolint:gosec // not below 0
	return b
}

// writeChains writes the links of runs and returns how many.
func writeChains(w *bufio.Writer, runs ...run) int64 {
	var written int64
	for _, r := range runs {
		for i := range r.count {
			if i+1 < r.count {
				writeLink(w, r.first+i+1)
			} else {
				writeLink(w, endOfChain)
			}
		}
		written += r.count
	}
	return written
}

// fillLinks fills the sector behind so many links with free ones.
func fillLinks(w *bufio.Writer, written int64) {
	for range parts(written, links)*links - written {
		writeLink(w, none)
	}
}

func writeLink(w *bufio.Writer, n int64) {
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], uint32(n)) //nolint:gosec // at most 2^32-1
	_, _ = w.Write(b[:])
}

// pad writes zeros behind length bytes to a multiple of unit, at most a sector. An
// error is told by the next write or flush of a buffered writer.
func pad(w io.Writer, length int64, unit int64) {
	_, _ = w.Write(make([]byte, parts(length, unit)*unit-length))
}

// parts is how many of a size hold n.
func parts(n, size int64) int64 { return (n + size - 1) / size }
