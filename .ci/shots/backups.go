package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// kept makes a book that was worked in for a week, which one of its people left, and
// that was backed up three times since, and what this computer remembers of that.
func (s *stage) kept(shop string) (book string, keeper *usecase.Keeper) {
	folder, names := s.exports(shop)
	if s.err != nil {
		return "", nil
	}
	book = filepath.Join(s.folder, "tea.kebu")
	keeper = usecase.NewKeeper(filepath.Join(s.folder, "settings"), clock)
	_, s.err = usecase.Create(context.Background(), usecase.CreateRequest{Path: book, Owner: s.text("welcome_owner"), Shop: "Pomelo Tea", Passphrase: []byte(usecase.DemoPassphrase)})
	request := func(name string) usecase.ImportRequest {
		return usecase.ImportRequest{Path: filepath.Join(folder, name), Shop: "Pomelo Tea"}
	}
	s.work(book, 8, func(ctx context.Context, b *usecase.Session) error {
		_, err := b.Import(ctx, request(names[0]))
		for _, m := range crew[:2] {
			m.Passphrase = []byte(usecase.DemoPassphrase)
			err = errors.Join(err, b.AddUser(ctx, m))
		}
		return errors.Join(err, b.KeepSafe(ctx, keeper, backup.Day, nil))
	})
	s.work(book, 3, func(ctx context.Context, b *usecase.Session) error {
		_, err := b.SaveSegment(ctx, "regulars", "purchases >= 3")
		return errors.Join(err, b.KeepSafe(ctx, keeper, backup.Import, nil))
	})
	s.work(book, 1, func(ctx context.Context, b *usecase.Session) error {
		_, err := b.SaveSegment(ctx, "asleep", "purchases = 2")
		err = errors.Join(err, b.AssignRole(ctx, crew[0].Name, access.Service), b.RemoveUser(ctx, crew[1].Name), b.Reseal(ctx, nil))
		return errors.Join(err, b.KeepSafe(ctx, keeper, backup.Day, nil))
	})
	return book, keeper
}

// work does something in a book, some days ago.
func (s *stage) work(book string, days int, do func(context.Context, *usecase.Session) error) {
	if s.err != nil {
		return
	}
	ctx := context.Background()
	b, err := usecase.Open(ctx, book, "", []byte(usecase.DemoPassphrase), func() time.Time { return now.AddDate(0, 0, -days) })
	if err != nil {
		s.err = err
		return
	}
	s.err = errors.Join(do(ctx, b), b.Close())
}

// backups shows the section of backups of a book with a week behind it; before that,
// change does something to them.
func backups(change func(s *stage, book string, keeper *usecase.Keeper)) func(*stage, string) {
	return func(s *stage, shop string) {
		book, keeper := s.kept(shop)
		if change != nil {
			change(s, book, keeper)
		}
		s.show(keeper)
		s.unlock(book)
		s.settle()
		s.ui.Open(place.Place{Page: place.Settings, Section: place.Backups})
	}
}

// failed has the next backup find no folder.
func failed(s *stage, book string, keeper *usecase.Keeper) {
	s.work(book, 0, func(ctx context.Context, b *usecase.Session) error {
		if err := b.ChooseFolders(ctx, keeper, usecase.BackupsBeside(book), filepath.Join(s.folder, "stick", "kebu")); err != nil {
			return err
		}
		_, err := b.SaveSegment(ctx, "newest", "purchases = 1")
		return errors.Join(err, b.KeepSafe(ctx, keeper, backup.Hand, nil))
	})
}

// cut has the newest backup end in the middle.
func cut(s *stage, book string, keeper *usecase.Keeper) {
	if s.err == nil {
		s.err = os.Truncate(usecase.BackupsOf(keeper, book)[0].Path, 200_000)
	}
}

// restoring goes some steps into the restoring of the middle backup of that book.
func restoring(next func(s *stage)) func(*stage, string) {
	return func(s *stage, shop string) {
		book, keeper := s.kept(shop)
		if s.err != nil {
			return
		}
		s.show(keeper)
		if next == nil {
			s.ui.Restoring(book, "")
			return
		}
		s.ui.Restoring(book, usecase.BackupsOf(keeper, book)[1].Path)
		s.settle()
		next(s)
	}
}

// compared types the passphrase of the backup.
func compared(s *stage) {
	s.write(usecase.DemoPassphrase)
	s.press(fyne.KeyReturn, ctrl)
	s.see(s.text("restoring_now"))
}

// recovering goes to the new passphrase.
func recovering(s *stage, _ string) {
	book := filepath.Join(s.folder, "tea.kebu")
	code, err := usecase.Create(context.Background(), usecase.CreateRequest{Path: book, Owner: "owner", Shop: "Pomelo Tea", Passphrase: []byte(usecase.DemoPassphrase)})
	if s.err = err; err != nil {
		return
	}
	s.ui.Start(book)
	s.click(s.text("unlock_lost"))
	for _, group := range code.Groups() {
		s.write(group)
	}
	s.press(fyne.KeyReturn, ctrl)
}

// lying opens what becomes of a book with a week behind it.
func lying(become func(s *stage, book string, keeper *usecase.Keeper) string) func(*stage, string) {
	return func(s *stage, shop string) {
		book, keeper := s.kept(shop)
		if s.err != nil {
			return
		}
		book = become(s, book, keeper)
		s.show(keeper)
		s.unlock(book)
	}
}

// copied copies a book to a folder that is made for it.
func (s *stage) copied(book, folder string) string {
	to := filepath.Join(s.folder, folder, filepath.Base(book))
	s.err = errors.Join(os.MkdirAll(filepath.Dir(to), 0o700), copyFile(to, book))
	return to
}

// headerSize is how long the part of a book is that says who can open it.
const headerSize = 128 << 10

// foundChanged puts the header of before somebody came into the book.
func foundChanged(s *stage, book string, _ *usecase.Keeper) string {
	before, err := os.ReadFile(book)
	if err != nil {
		s.err = err
		return book
	}
	s.work(book, 0, func(ctx context.Context, b *usecase.Session) error {
		m := crew[1]
		m.Passphrase = []byte(usecase.DemoPassphrase)
		return b.AddUser(ctx, m)
	})
	now, err := os.ReadFile(book)
	if err == nil {
		copy(now, before[:headerSize])
		err = os.WriteFile(book, now, 0o600)
	}
	s.err = errors.Join(s.err, err)
	return book
}
