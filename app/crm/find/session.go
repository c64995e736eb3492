package find

import (
	"bytes"
	"context"
)

// Session is one search box: it remembers what the last queries found, so that
// a longer query looks only among the hits of the one that it goes on from. Its
// results are those of Index.Search, whatever was typed before. It is for one
// goroutine. Each query that it remembers takes 125 kB per million customers.
type Session struct {
	index  *Index
	levels []level // each one narrows the one before
}

// maxLevels is how many queries a session remembers: as many as the deletions
// that it answers from memory.
const maxLevels = 8

// level is a query and what it found.
type level struct {
	query   *query
	version uint64
	found   []bitmap // per block
}

// NewSession returns a session without a query.
func (x *Index) NewSession() *Session { return &Session{index: x} }

// Search is Index.Search.
func (s *Session) Search(ctx context.Context, query string, limit int) (Result, error) {
	q, x := parse(query), s.index
	x.mu.RLock()
	defer x.mu.RUnlock()
	for n := len(s.levels); n > 0; n = len(s.levels) {
		if last := s.levels[n-1]; last.version == x.version && last.query.narrows(q) {
			break
		}
		s.levels = s.levels[:n-1]
	}
	run := x.newSearch(q, limit)
	run.keep = true
	if n := len(s.levels); n > 0 {
		run.within = s.levels[n-1].found
	}
	blocks := x.blocks()
	out, err := run.run(ctx, blocks)
	if err != nil {
		return Result{}, err
	}
	s.remember(q, out)
	return x.result(run, out), nil
}

// remember keeps what was found. A query that is the last one again takes its
// place; the oldest but the first makes room, as the first narrows the least.
func (s *Session) remember(q *query, out []found) {
	if n := len(s.levels); n > 0 && bytes.Equal(s.levels[n-1].query.phrase, q.phrase) {
		s.levels = s.levels[:n-1]
	}
	if len(s.levels) == maxLevels {
		s.levels = append(s.levels[:1], s.levels[2:]...)
	}
	now := level{query: q, version: s.index.version, found: make([]bitmap, len(out))}
	for i, f := range out {
		now.found[i] = f.all
	}
	s.levels = append(s.levels, now)
}
