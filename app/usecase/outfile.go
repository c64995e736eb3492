package usecase

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// outFile is a file with people in it that takes its place all at once. Where
// the system can, it has no name until then, and is gone with the program.
type outFile struct {
	to     string
	beside string // its name before it takes its place
	file   *os.File
	named  bool // it has that name already
}

// newOutFile makes an empty file in the folder of to.
func newOutFile(to string) (*outFile, error) {
	to, err := filepath.Abs(to)
	if err != nil {
		return nil, fmt.Errorf("write list: %w", err)
	}
	dir, base := filepath.Split(to)
	o := &outFile{to: to, beside: filepath.Join(dir, "."+base+"."+rand.Text())}
	if o.file, err = openUnnamed(dir); err == nil {
		return o, nil
	}
	o.named = true
	if o.file, err = os.OpenFile(o.beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, fmt.Errorf("write list: %w", err)
	}
	return o, nil
}

// write writes the whole file, so that it lasts.
func (o *outFile) write(data []byte) error {
	_, err := o.file.Write(data)
	if err = errors.Join(err, o.file.Sync()); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}

// place gives the file its place; one that is there is replaced.
func (o *outFile) place() error {
	if !o.named {
		if err := linkUnnamed(o.file, o.beside); err != nil {
			return fmt.Errorf("write list: %w", err)
		}
	}
	if err := o.file.Close(); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	if err := os.Rename(o.beside, o.to); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}

// end removes what has not taken its place.
func (o *outFile) end() error {
	_ = o.file.Close() // again, if it took its place
	if err := os.Remove(o.beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}
