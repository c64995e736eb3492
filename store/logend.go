package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/crypto/evidence"
)

// logEnd is the end of the log: what the next entry follows. A book remembers that of
// its last commit, so that an entry reads no more than the one before it.
type logEnd struct {
	text string // of the last entry
	last evidence.Entry
	edge *evidence.Edge
}

// logEnd returns the end of the log, which the transaction may move.
func (t *Tx) logEnd(ctx context.Context) (*logEnd, error) {
	if t.end != nil {
		return t.end, nil
	}
	end := &logEnd{edge: &evidence.Edge{}}
	var err error
	if end.text, end.last, err = t.lastEntry(ctx); err != nil {
		return nil, err
	}
	known := t.book.end.Load()
	switch {
	case end.text == "":
	case known != nil && known.text == end.text:
		end.edge = known.edge.Clone()
	default:
		if end.edge, err = evidence.EdgeAt(end.last.N+1, t.hashes(ctx)); err != nil {
			return nil, fmt.Errorf("read log: %w", err)
		}
	}
	t.end = end
	return end, nil
}

const selectLastEntry = `SELECT entry FROM log ORDER BY n DESC LIMIT 1`

// lastEntry returns the newest entry; its text is "" if there is none.
func (t *Tx) lastEntry(ctx context.Context) (text string, e evidence.Entry, err error) {
	err = t.rowOften(ctx, []any{&text}, selectLastEntry)
	if errors.Is(err, sql.ErrNoRows) {
		return "", e, nil
	}
	if err != nil {
		return "", e, fmt.Errorf("read log: %w", err)
	}
	if e, err = evidence.ParseEntry([]byte(text)); err != nil {
		return "", e, fmt.Errorf("read log: %w: %w", ErrDamaged, err)
	}
	return text, e, nil
}
