package usecase

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/store"
)

// Erase removes what the book knows of customers, for good: names, contacts, addresses,
// messages, what was written on them, and who bought in their orders, whose sums stay.
// Neither a file that is imported again nor a backup brings them back: the list of who
// was erased, which names nobody, is kept in the book, on this computer and with the
// backups, of which k knows the folders.
func (s *Session) Erase(ctx context.Context, k *Keeper, ids ...string) (Done, error) {
	done, err := s.typed(ctx, access.Erase, func(tx *store.Tx) (int, error) {
		nums, err := tx.CustomerNums(ctx, ids)
		if err != nil {
			return 0, err
		}
		return len(nums), tx.Erase(ctx, nums)
	})
	if err != nil {
		return done, err
	}
	// It is done. What cannot be written now, the next opening and the next backup write.
	_ = s.gate.Settle(ctx)
	if k == nil {
		return done, nil
	}
	if list, err := s.gate.Erasures(ctx); err == nil {
		k.seen.keepErased(s.gate.BookID(), list)
		for _, p := range k.of(s.gate.BookID(), s.gate.Path()).Places {
			_ = keepErased(p.Folder, s.gate.BookID(), list)
		}
	}
	return done, nil
}

// eraseAgain erases from an older book whom this computer knows as erased.
func (s *Session) eraseAgain(ctx context.Context, n *Seen) error {
	list, _ := s.gate.Signed(n.erased(s.gate.BookID()))
	_, err := s.typed(ctx, access.Erase, func(tx *store.Tx) (int, error) {
		_, kept, err := tx.EraseAgain(ctx, list)
		return kept, err
	})
	return err
}

// erasedFile is the list of who was erased from a book, beside its backups and beside
// the settings.
func erasedFile(folder string, id [16]byte) string {
	return filepath.Join(folder, "kebu-"+backup.NameOf(id, time.Time{}, backup.Day).Book+"-erased.json")
}

// readErased reads the list of a folder; one that is not there is empty, and one that
// cannot be read is a line that nobody signed.
func readErased(folder string, id [16]byte) []store.SignedErasure {
	var list []store.SignedErasure
	data, err := os.ReadFile(erasedFile(folder, id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || json.Unmarshal(data, &list) != nil {
		return []store.SignedErasure{unreadable}
	}
	return list
}

// unreadable stands for a list that cannot be read.
var unreadable store.SignedErasure

func isUnreadable(e store.SignedErasure) bool { return e.Body == unreadable.Body }

// keepErased adds to the list of a folder, which is there.
func keepErased(folder string, id [16]byte, list []store.SignedErasure) error {
	was := readErased(folder, id)
	whole := slices.DeleteFunc(merged(was, list), isUnreadable)
	if len(whole) == len(was) && !slices.ContainsFunc(was, isUnreadable) {
		return nil
	}
	if err := keepJSON(erasedFile(folder, id), whole); err != nil {
		return fmt.Errorf("list of erased people: %w", err)
	}
	return nil
}

// merged returns what is in any of the lists, each once.
func merged(lists ...[]store.SignedErasure) []store.SignedErasure {
	var whole []store.SignedErasure
	for _, list := range lists {
		for _, e := range list {
			if !slices.ContainsFunc(whole, func(w store.SignedErasure) bool { return w.Body == e.Body && bytes.Equal(w.Signature, e.Signature) }) {
				whole = append(whole, e)
			}
		}
	}
	return whole
}
