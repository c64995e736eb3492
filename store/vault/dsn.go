package vault

import (
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// pragmas are what every connection to a book runs with.
var pragmas = []string{
	"busy_timeout(10000)",          // ms; readers meet the writer's checkpoint
	"cache_size(-65536)",           // KiB per connection, outside of Go's heap
	"cell_size_check(ON)",          // a damaged cell is an error at once
	"foreign_keys(ON)",             // SQLite leaves them off
	"journal_mode(WAL)",            // readers go on while an import writes
	"journal_size_limit(67108864)", // bytes of log that a big import may leave
	"secure_delete(ON)",            // erases what is deleted; leaves no page unwritten, which could not be authenticated
	"synchronous(FULL)",            // a commit outlives the power
	"temp_store(MEMORY)",           // the VFS refuses temporary files
	"trusted_schema(OFF)",          // a schema that someone changed runs nothing
	"wal_autocheckpoint(8000)",     // pages; each checkpoint seals pages anew
}

// DSN returns the data source name for the driver "sqlite", with every setting
// that a book needs. A pragma given, such as "cache_size(-8192)", takes the
// place of ours of that name. DSN is complete but for "&_txlock=immediate",
// which belongs to writers.
func (f *File) DSN(override ...string) string { return f.dsn("1", override) }

// PagesDSN is DSN for a connection that may also write pages as they are, through
// sqlite_dbpage.
func (f *File) PagesDSN() string { return f.dsn("0", nil) }

func (f *File) dsn(defensive string, override []string) string {
	q := url.Values{
		"vfs":        {vfsName},
		"_defensive": {defensive}, // no writing past SQL's rules
		"_dqs":       {"0"},       // "x" is a column, never a text
	}
	if f.book != nil {
		q.Set(bookParam, strconv.FormatUint(f.book.id, 10))
	}
	for _, p := range pragmas {
		name, _, _ := strings.Cut(p, "(")
		for _, o := range override {
			if other, _, _ := strings.Cut(o, "("); strings.EqualFold(name, other) {
				p = ""
			}
		}
		if p != "" {
			q.Add("_pragma", p)
		}
	}
	for _, o := range override {
		q.Add("_pragma", o)
	}
	path := filepath.ToSlash(f.path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	return u.String()
}
