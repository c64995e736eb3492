package charset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// headBytes is where a document must say how it is encoded (HTML 13.2.3.2), with room
// for the styles that spreadsheet programs put before.
const headBytes = 16 << 10

// Find names the encoding of a document that may declare one: the first group of
// declared finds its WHATWG name. One that is forced by such a name comes first; then
// valid UTF-8, then what the document says, then what its bytes look like.
func Find(ctx context.Context, r io.ReaderAt, size int64, forced string, declared *regexp.Regexp) (string, error) {
	if forced != "" {
		return Canonical(forced)
	}
	found, err := Detect(ctx, r, size)
	if err != nil || found != GB18030 && found != Western {
		return found, err
	}
	head := make([]byte, min(size, headBytes))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the start of the document: %w", err)
	}
	m := declared.FindSubmatch(head)
	if m == nil {
		return found, nil
	}
	name, err := Declared(string(m[1]))
	if err != nil || name == "" {
		return found, nil //nolint:nilerr // the document names no encoding that is known, or one that it is not in
	}
	return name, nil
}

// Declared names the encoding that a document declares by label. It is empty for UTF-8,
// and for UTF-16, in which the label could not have been read.
func Declared(label string) (string, error) {
	name, err := Canonical(label)
	switch {
	case name == "gbk": // GB2312 too
		return GB18030, nil
	case name == UTF8 || strings.HasPrefix(name, "utf-16"):
		return "", nil
	}
	return name, err
}
