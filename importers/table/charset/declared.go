package charset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
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
	e, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return found, nil //nolint:nilerr // the document names no encoding that is known
	}
	name, err := htmlindex.Name(e)
	switch {
	case err != nil || name == UTF8: // it is not
		return found, nil //nolint:nilerr // as above
	case name == "gbk" || name == "gb2312":
		return GB18030, nil
	case strings.HasPrefix(name, "utf-16"):
		return found, nil // a document in UTF-16 could not have been read so far
	}
	return name, nil
}
