package evidence

import (
	"bytes"
	"encoding/hex"
	"strconv"
)

// Verbs of the log's own, beside those of the program.
const (
	Login  = "login"  // a user opened the book
	Denied = "denied" // a user tried what the role may not do
	Older  = "older"  // the owner accepted a book older than the computer knew
	Found  = "found"  // users, keys or passphrases are not as the entries before tell
	Mended = "mended" // a copy of the header was damaged and is written anew
)

// Minute is what times are rounded down to, in seconds: a finer one could be
// matched with what others know of a person's day.
const Minute = 60

// maxEntry bounds an entry in bytes; the longest that there can be is shorter.
const maxEntry = 512

// Entry is one event of the log.
type Entry struct {
	N    int64      // its place, from 0
	At   int64      // Unix seconds, of a whole minute; never less than in the entry before
	Back int64      // seconds by which the clock stood behind the entry before; 0: it did not
	Act  string     // the verb
	Of   string     // the verb that was denied; "" unless Act is Denied
	Who  string     // Ref of the user
	Role string     // of the user who logs in; "" unless Act is Login
	Step int64      // of the journal; 0: none
	Rows int64      // how many orders, customers, … it concerned; 0: not counted
	What Commitment // to the payload; zero: there is none
}

// Following returns the time for an entry at now, Unix seconds, after one at
// before: the minute of now, or of before if the clock stands behind it, and by how
// much it does.
func Following(now, before int64) (at, back int64) {
	at = now - (now%Minute+Minute)%Minute
	if at < before {
		return before, before - at
	}
	return at, 0
}

// Append appends the entry as canonical JSON, without a line end: keys in this
// order, those that are zero or empty left out but for v, n and t.
func (e *Entry) Append(b []byte) []byte {
	number := func(key string, v int64) {
		b = append(b, `,"`...)
		b = append(b, key...)
		b = append(b, `":`...)
		b = strconv.AppendInt(b, v, 10)
	}
	text := func(key, v string) {
		b = append(b, `,"`...)
		b = append(b, key...)
		b = append(b, `":"`...)
		b = append(b, v...)
		b = append(b, '"')
	}
	b = append(b, `{"v":1`...)
	number("n", e.N)
	number("t", e.At)
	if e.Back != 0 {
		number("back", e.Back)
	}
	text("act", e.Act)
	if e.Of != "" {
		text("of", e.Of)
	}
	text("who", e.Who)
	if e.Role != "" {
		text("role", e.Role)
	}
	if e.Step != 0 {
		number("step", e.Step)
	}
	if e.Rows != 0 {
		number("rows", e.Rows)
	}
	if e.What != (Commitment{}) {
		text("cmt", hex.EncodeToString(e.What[:]))
	}
	return append(b, '}')
}

// valid reports whether the entry is one that can be.
func (e *Entry) valid() bool {
	return e.N >= 0 && e.At >= 0 && e.At%Minute == 0 && e.Back >= 0 && e.Back%Minute == 0 &&
		isWord(e.Act) && (e.Act == Denied) == (e.Of != "") && (e.Of == "" || isWord(e.Of)) &&
		isHex(e.Who, refSize) && (e.Act == Login) == (e.Role != "") && (e.Role == "" || isWord(e.Role)) &&
		e.Step >= 0 && e.Rows >= 0
}

// Text returns the entry as it stands in the log, or ErrForm if it cannot.
func (e *Entry) Text() ([]byte, error) {
	if !e.valid() {
		return nil, formError("entry %d", e.N)
	}
	return e.Append(make([]byte, 0, 256)), nil
}

// ParseEntry reads an entry in its canonical form, and no other. It fails with
// ErrForm.
func ParseEntry(text []byte) (Entry, error) {
	if len(text) > maxEntry {
		return Entry{}, formError("entry")
	}
	s := scanner{rest: text}
	var e Entry
	if s.has(`{"v":1,"n":`) {
		e.N = s.number()
	}
	if s.has(`,"t":`) {
		e.At = s.number()
	}
	if s.has(`,"back":`) {
		e.Back = s.number()
	}
	if s.has(`,"act":"`) {
		e.Act = s.text()
	}
	if s.has(`,"of":"`) {
		e.Of = s.text()
	}
	if s.has(`,"who":"`) {
		e.Who = s.text()
	}
	if s.has(`,"role":"`) {
		e.Role = s.text()
	}
	if s.has(`,"step":`) {
		e.Step = s.number()
	}
	if s.has(`,"rows":`) {
		e.Rows = s.number()
	}
	if s.has(`,"cmt":"`) {
		digits := s.text()
		if !isHex(digits, 2*len(e.What)) {
			return Entry{}, formError("entry")
		}
		_, _ = hex.Decode(e.What[:], []byte(digits)) // it is hexadecimal
	}
	// What was passed over, or is not as Append writes it, is not the same again.
	var canonical [maxEntry]byte
	if !e.valid() || !bytes.Equal(e.Append(canonical[:0]), text) {
		return Entry{}, formError("entry")
	}
	return e, nil
}

// scanner takes an entry apart. What it takes for something else shows when the
// entry is written again.
type scanner struct{ rest []byte }

// has takes a literal away, if it is next.
func (s *scanner) has(literal string) bool {
	if !bytes.HasPrefix(s.rest, []byte(literal)) {
		return false
	}
	s.rest = s.rest[len(literal):]
	return true
}

// number takes the digits that are next.
func (s *scanner) number() int64 {
	i := 0
	for i < len(s.rest) && s.rest[i] >= '0' && s.rest[i] <= '9' {
		i++
	}
	n, _ := strconv.ParseInt(string(s.rest[:i]), 10, 64) // of too many digits, another number
	s.rest = s.rest[i:]
	return n
}

// text takes what is next up to a quotation mark, and that.
func (s *scanner) text() string {
	text, rest, _ := bytes.Cut(s.rest, []byte{'"'})
	s.rest = rest
	return string(text)
}
