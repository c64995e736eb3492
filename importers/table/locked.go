package table

import (
	"context"
	"errors"
	"io"

	"kebu/crypto/office"
	"kebu/importers/table/compound"
	"kebu/importers/table/grid"
	"kebu/importers/table/stream"
)

// Streams of a compound file ([MS-OFFCRYPTO] 2.3.4.1, [MS-XLS] 2.1.2).
const (
	streamInfo     = "EncryptionInfo"
	streamPackage  = "EncryptedPackage"
	streamWorkbook = "Workbook"
	streamBook     = "Book" // of Excel 5 and 95
)

// mostPasswords bounds the attempts, each of which may take a second.
const mostPasswords = 4

// unlock opens the workbook inside a locked one with the first of passwords that
// fits. What it gives is decrypted as it is read.
func unlock(ctx context.Context, c *compound.File, passwords []string) (*office.Package, string, error) {
	description, content := c.Stream(streamInfo), c.Stream(streamPackage)
	if description == nil || description.Size() > office.MaxInfo {
		return nil, "", &DamageError{Part: streamInfo, Err: io.ErrUnexpectedEOF}
	}
	text := make([]byte, description.Size())
	if _, err := description.ReadAt(text, 0); err != nil {
		return nil, "", grid.Damaged(streamInfo, 0, err)
	}
	info, err := office.ParseInfo(text)
	switch {
	case errors.Is(err, office.ErrUnsupported):
		return nil, "", &UnsupportedError{Kind: KindEncrypted}
	case err != nil:
		return nil, "", grid.Damaged(streamInfo, 0, err)
	}
	for _, password := range passwords[:min(len(passwords), mostPasswords)] {
		if err := ctx.Err(); err != nil {
			return nil, "", grid.Damaged("", 0, &stream.SourceError{Err: err})
		}
		key, err := info.Unlock(password)
		if errors.Is(err, office.ErrPassword) {
			continue
		}
		if err == nil {
			err = key.Verify(ctx, content, content.Size())
		}
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			err = &stream.SourceError{Err: err}
		}
		if err != nil {
			return nil, "", grid.Damaged(streamPackage, 0, err)
		}
		opened, err := key.Open(content, content.Size())
		if err != nil {
			return nil, "", grid.Damaged(streamPackage, 0, err)
		}
		return opened, password, nil
	}
	return nil, "", &PasswordError{Wrong: len(passwords) > 0}
}
