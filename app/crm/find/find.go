// Package find searches the customers of a shop while somebody types.
//
// All that the user's keys can open is put, folded to one spelling, into a few
// large byte slices, and every query reads them from end to end: with a million
// customers that takes milliseconds, needs no index on disk, and leaves nothing
// to keep in step with the book. Chinese names are not spelled out in memory.
// How a character can be read belongs to the character, so a query in letters
// is held against the table of readings while the names are walked, with any
// number of readings and without combining them.
//
// The package keeps personal values in ordinary memory for as long as the Index
// lives. It prints none of them: String and every fmt verb give counts only.
package find

import (
	"fmt"
	"io"
)

// Field is a set of kinds of values, such as those in which a query was found.
type Field uint8

// The kinds of values that are searched.
const (
	Name Field = 1 << iota
	Account
	Phone
	City
	Tag
)

// Fields are the searchable values of one customer as the user may see them:
// where the user holds no key, the caller passes the mask or nothing.
// A phone may hold punctuation, which is ignored, and masking marks, across
// which no number matches. Empty values are ignored. Only Names, Cities and
// Tags can be found by pinyin.
type Fields struct {
	Names    []string
	Accounts []string
	Phones   []string
	Cities   []string
	Tags     []string
}

// Format writes how many values there are and never what they are.
func (f Fields) Format(s fmt.State, _ rune) {
	n := len(f.Names) + len(f.Accounts) + len(f.Phones) + len(f.Cities) + len(f.Tags)
	_, _ = fmt.Fprintf(s, "find.Fields(%d values)", n)
}

// Hit is one customer that a query found.
type Hit struct {
	ID int64 // as given to Add
	In Field // every kind of value in which a word of the query was found; 0 for the empty query
}

// Result is the answer to a query.
type Result struct {
	// Hits are the first ones, at most as many as were asked for, best first:
	// the exact name, the start of a name (in characters or in its usual
	// reading), an account, a phone, then the rest; among equals the lower
	// rank, then the lower id.
	Hits []Hit
	// Total counts all hits.
	Total int
}

// String says how many customers the index holds.
func (x *Index) String() string { return fmt.Sprintf("find.Index(%d customers)", x.Len()) }

// Format writes String whatever the verb, so that no value can be printed.
func (x *Index) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, x.String()) }

// Format writes how many customers were added, whatever the verb.
func (b *Builder) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "find.Builder(%d customers)", b.n)
}

// Format writes how many queries are remembered, whatever the verb.
func (s *Session) Format(st fmt.State, _ rune) {
	_, _ = fmt.Fprintf(st, "find.Session(%d queries)", len(s.levels))
}
