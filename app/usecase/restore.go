package usecase

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/store"
)

// RestoreRequest says what to restore, and where.
type RestoreRequest struct {
	Backup     string
	User       string // the owner for ""
	Passphrase []byte // that the user had when the backup was made
	// To is a file that is not there yet; Over is a book, which is kept beside under
	// another name. One of the two is given.
	To, Over string
	// OverPassphrase opens the book to be replaced, to compare it; nil: the same.
	OverPassphrase []byte
	Clock          Clock
	// Keeper knows whom this computer saw erased, and where a book was of which nothing
	// can be read any more: no other file that is no book is replaced. It may be nil.
	Keeper   *Keeper
	Tries    *Tries                // of passphrases, may be nil
	Progress func(done, total int) // may be nil
}

// BookState is what tells a book from an earlier or a later state of it.
type BookState struct {
	Customers, Orders int
	Steps             int
	At                crm.Moment // of the last step
	Verb              string     // of the last step, "" for none
}

// Restoring is a backup that was read, checked and made into a new book, which is
// not in its place yet. Finish or Discard ends it.
type Restoring struct {
	Backup BookState
	// Live is the book to be replaced, nil if there is none or it did not open, for
	// the reason Unread.
	Live   *BookState
	Unread error
	// Lost are the steps of the live book that the backup has not, but for erasing, which
	// is done again, and Gained those of the backup that the live book has not, oldest first.
	Lost, Gained []Change
	// Erased counts the people of the backup who were erased since, and are from what
	// is restored, too; Forged the lines of lists of them that the owner did not sign.
	Erased, Forged int
	// Team are the people who can open the restored book otherwise than Live.
	Team []TeamDifference

	request RestoreRequest
	erased  []store.SignedErasure // from the live book
	made    *store.Restored
	id      [16]byte
	step    int64
	logged  bool          // the log of made has that the user opened it
	was     *store.Matter // the log of Live; nil: not known
}

// Restore reads a backup into a new file, checks all of it, and tells what would be
// different; the book in use is not touched. It fails with ErrOtherBook for the
// backup of another book, with crm.ErrDenied for all but its owner, with ErrBadBackup,
// ErrPassphrase, ErrInUse, fs.ErrExist, or another error of Open.
func Restore(ctx context.Context, r RestoreRequest) (_ *Restoring, failed error) {
	id, err := store.IDOf(r.Backup)
	if err != nil {
		return nil, badBackup(err)
	}
	to := r.To
	if r.Over != "" {
		to = r.Over
		if sameFile(r.Backup, r.Over) {
			return nil, fmt.Errorf("restore a book over itself: %w", fs.ErrExist)
		}
		if of, err := store.IDOf(r.Over); err == nil && of != id { // one that cannot be read may be replaced
			return nil, ErrOtherBook
		} else if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNotBook) && !r.Keeper.was(id, r.Over) {
			return nil, err
		}
	} else if _, err := os.Lstat(to); err == nil {
		return nil, fmt.Errorf("restore: %w", fs.ErrExist)
	}
	if to, err = resolved(to); err != nil {
		return nil, fmt.Errorf("restore: %w", err)
	}
	if r.Over != "" {
		r.Over = to
	} else {
		r.To = to
	}
	made := to + ".restored" + store.UnfinishedSuffix
	if err := store.RemoveCopy(made); err != nil && !errors.Is(err, fs.ErrNotExist) { // what a crash left
		return nil, err
	}
	var book *store.Restored
	if err := r.Tries.try(r.Backup, func(int) (err error) {
		if book, err = store.Restore(ctx, r.Backup, r.User, r.Passphrase, made, r.Progress); errors.Is(err, ErrUnfit) {
			err = fmt.Errorf("%w: %w", ErrPassphrase, err)
		}
		return err
	}); err != nil {
		return nil, badBackup(err)
	}
	d := &Restoring{request: r, made: book, id: id}
	if !access.May(access.Role(book.User().Role), access.Restore) {
		return nil, errors.Join(crm.ErrDenied, d.Discard())
	}
	if err := d.compare(ctx); err != nil {
		return nil, errors.Join(err, d.Discard())
	}
	return d, nil
}

// ErrBadBackup means that it is the backup that is damaged or was cut.
var ErrBadBackup = errors.New("the backup is damaged")

// badBackup adds to an error that the damage is the backup's.
func badBackup(err error) error {
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%w: %w", ErrBadBackup, err)
	}
	return err
}

// resolved returns where a file is or will be, so that a link is not replaced but
// what it leads to.
func resolved(path string) (string, error) {
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		return filepath.Abs(whole)
	}
	return filepath.Abs(path)
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// compare looks at both books.
func (d *Restoring) compare(ctx context.Context) error {
	state, trail, err := stateOf(ctx, d.made.Book)
	if err != nil {
		return err
	}
	d.Backup = state
	if len(trail) > 0 {
		d.step = trail[len(trail)-1].Step
	}
	if d.request.Over != "" {
		if err := d.compareLive(ctx, trail); err != nil {
			return err
		}
		if err := d.compareTeam(ctx); err != nil {
			return err
		}
	}
	return d.erase(ctx)
}

// erase erases from what is restored who was erased since.
func (d *Restoring) erase(ctx context.Context) error {
	lists := [][]store.SignedErasure{d.erased, readErased(filepath.Dir(d.request.Backup), d.id)}
	if k := d.request.Keeper; k != nil {
		lists = append(lists, k.seen.erased(d.id))
	}
	list, forged := d.made.Signed(merged(lists...))
	d.Forged = forged
	step := store.Step{Verb: string(access.Erase), User: d.made.User().Name, At: crm.At(d.request.Clock())}
	if err := d.update(ctx, step, func(tx *store.Tx) error {
		people, kept, err := tx.EraseAgain(ctx, list)
		if err != nil {
			return err
		}
		if d.Erased = people; kept == 0 {
			return store.ErrDiscard
		}
		if err := tx.CountRows(ctx, people); err != nil {
			return err
		}
		return tx.LogSteps(ctx)
	}); err != nil {
		return err
	}
	state, _, err := stateOf(ctx, d.made.Book)
	d.Backup.Customers = state.Customers
	return err
}

// update does fn as a step of what is restored.
func (d *Restoring) update(ctx context.Context, step store.Step, fn func(*store.Tx) error) error {
	return d.change(ctx, func(ctx context.Context, fn func(*store.Tx) error) error { return d.made.Update(ctx, step, fn) }, fn)
}

// change does fn in a transaction that in opens. The first one logs before that the
// user opened what is restored, and how its header is.
func (d *Restoring) change(ctx context.Context, in func(context.Context, func(*store.Tx) error) error, fn func(*store.Tx) error) error {
	whole := false // a change may be discarded without an error
	at := crm.At(d.request.Clock())
	err := in(ctx, func(tx *store.Tx) error {
		if !d.logged {
			if err := tx.LogLogin(ctx, at, 0); err != nil {
				return err
			}
			if _, err := tx.LogFound(ctx, at); err != nil {
				return err
			}
		}
		if err := fn(tx); err != nil {
			return err
		}
		whole = true
		return nil
	})
	d.logged = d.logged || err == nil && whole
	return err
}

// compareLive looks at the book to be replaced.
func (d *Restoring) compareLive(ctx context.Context, trail []store.Mark) error {
	pass, tries := d.request.OverPassphrase, d.request.Tries
	if pass == nil { // that of the backup may well be another
		pass, tries = d.request.Passphrase, nil
	}
	var live *store.Book
	err := tries.try(d.request.Over, func(int) (err error) {
		live, err = store.Open(ctx, d.request.Over, d.request.User, pass)
		return err
	})
	if errors.Is(err, ErrInUse) || ctx.Err() != nil {
		return err
	}
	if err != nil {
		d.Unread = err
		return nil //nolint:nilerr // it is told, and is no reason not to restore
	}
	liveState, liveTrail, err := stateOf(ctx, live)
	if err == nil {
		err = live.View(ctx, func(tx *store.Tx) error {
			if d.erased, err = tx.Erasures(ctx); err != nil {
				return err
			}
			d.was, err = logOf(ctx, tx)
			return err
		})
	}
	if err = errors.Join(err, live.Close()); err != nil {
		d.Unread = err
		return nil //nolint:nilerr // a book that cannot be read is what backups are for
	}
	d.Live = &liveState
	d.Lost, d.Gained = without(liveTrail, trail), without(trail, liveTrail)
	d.Lost = slices.DeleteFunc(d.Lost, func(c Change) bool { return c.Verb == string(access.Erase) })
	return nil
}

// logOf is the log of a book that is replaced: by it, a checkpoint of it that was kept is
// told from one of a log that never was.
func logOf(ctx context.Context, tx *store.Tx) (*store.Matter, error) {
	size, err := tx.LogSize(ctx)
	if err != nil {
		return nil, err
	}
	root, err := tx.LogRoot(ctx, size)
	return &store.Matter{Seen: size, Root: root.String()}, err
}

func stateOf(ctx context.Context, b *store.Book) (BookState, []store.Mark, error) {
	var state BookState
	var trail []store.Mark
	err := b.View(ctx, func(tx *store.Tx) error {
		facts, err := tx.Facts(ctx)
		if err != nil {
			return err
		}
		if trail, err = tx.Trail(ctx); err != nil {
			return err
		}
		state = BookState{Customers: facts.Customers, Orders: facts.Orders, Steps: len(trail), At: facts.At}
		if len(trail) > 0 {
			state.Verb = trail[len(trail)-1].Verb
		}
		return nil
	})
	return state, trail, err
}

// without returns the steps of a that b has not.
func without(a, b []store.Mark) []Change {
	has := make(map[store.Mark]bool, len(b))
	for _, m := range b {
		has[m] = true
	}
	var list []Change
	for _, m := range a {
		if !has[m] {
			list = append(list, Change{Change: store.Change{Step: m.Step, Verb: m.Verb, At: m.At, User: m.User}})
		}
	}
	return list
}

// Discard leaves everything as it is.
func (d *Restoring) Discard() error { return d.made.Discard() }

// Finish puts the restored book in its place and returns under which name the one
// before is kept, "" if there was none. k remembers that the book is meant to be as
// it is.
func (d *Restoring) Finish(ctx context.Context, k *Keeper) (kept string, err error) {
	if err := d.change(ctx, d.made.Keep, func(tx *store.Tx) error {
		return tx.LogEvent(ctx, crm.At(d.request.Clock()), string(access.Restore), int64(d.Backup.Orders), d.was)
	}); err != nil {
		return "", err
	}
	if d.request.Over == "" {
		return "", d.made.Place(d.request.To)
	}
	origin := d.made.Origin()
	kept = keptName(d.request.Over, d.request.Clock())
	if err := d.made.Replace(ctx, d.request.Over, kept); err != nil {
		return "", err
	}
	// It stands. What cannot be remembered costs a question when the book is opened.
	_ = k.set(d.id, d.request.Over, func(b *BookSafety) { b.wentBackTo(d.step) })
	if k != nil {
		k.seen.Forget(origin)
	}
	return kept, nil
}

// wentBackTo forgets of what no book in use knows any more.
func (b *BookSafety) wentBackTo(step int64) {
	for i := range b.Places {
		b.Places[i].Step = min(b.Places[i].Step, step)
	}
}

// keptName is what the book that a restored one replaces is called from then on:
// shop.before-restore-20261130T211654Z.kebu.
func keptName(book string, now time.Time) string {
	ext := filepath.Ext(book)
	stem := strings.TrimSuffix(book, ext) + ".before-restore-"
	for {
		name := stem + now.UTC().Format("20060102T150405Z") + ext
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		now = now.Add(time.Second)
	}
}
