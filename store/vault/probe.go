package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"kebu/crypto/page"
)

// probePages bounds the search for a page that opens once page 1 does not.
const probePages = 1024

// opensUnder says whether keys are those of the book. After a crash page 1 may
// be torn, but then the log or the journal was synced before, or nothing was
// ever committed.
func (f *File) opensUnder(keys *page.Keys) (bool, error) {
	info, err := f.raw.Stat()
	if err != nil {
		return false, err
	}
	pages := pagesIn(info.Size())
	if pages == 0 {
		return true, nil
	}
	s := keys.Sealer()
	buf := make([]byte, page.Size)
	opens := func(number int64) (bool, error) {
		if number == lockPage() {
			return false, nil
		}
		_, err := f.raw.ReadAt(buf, offsetOf(number))
		if err != nil {
			return false, ignoreEOF(err)
		}
		return s.Open(buf, buf, page.InMain(uint32(number))) == nil, nil //nolint:gosec // SQLite has fewer than 2^32 pages
	}
	if ok, err := opens(1); ok || err != nil {
		return ok, err
	}
	for _, log := range []func(string, *page.Sealer) (bool, error){walOpens, journalOpens} {
		if ok, err := log(f.path, s); ok || err != nil {
			return ok, err
		}
	}
	for n := int64(2); n <= min(pages, probePages); n++ {
		if ok, err := opens(n); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// walOpens says whether the first frame of the log opens.
func walOpens(path string, s *page.Sealer) (bool, error) {
	frame, err := readStart(path+"-wal", walHeader+frameSize)
	if err != nil || frame == nil {
		return false, err
	}
	frame = frame[walHeader:]
	body := frame[page.FrameHeader:]
	return s.Open(body, body, page.InWAL(walHeader, frame[:8])) == nil, nil
}

// journalMagic begins a rollback journal that is not done with.
var journalMagic = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// journalOpens says whether the first record of the journal opens, or whether
// the journal takes the book back to when it had no page.
func journalOpens(path string, s *page.Sealer) (bool, error) {
	const record = journalSector + 4
	b, err := readStart(path+"-journal", record+page.Size)
	if err != nil || !bytes.HasPrefix(b, journalMagic) {
		return false, err
	}
	if binary.BigEndian.Uint32(b[16:]) == 0 {
		return true, nil
	}
	body := b[record:]
	return s.Open(body, body, page.InJournal(record, b[journalSector:record])) == nil, nil
}

// readStart returns the first n bytes of a file, with zeros for what is
// missing, or nil if there is none.
func readStart(path string, n int) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	b := make([]byte, n)
	if _, err := io.ReadFull(f, b); ignoreEOF(err) != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	return b, nil
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
