package main

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/crm/access"
	"kebu/app/crm/pii"
	"kebu/app/usecase"
)

// visit opens a book as somebody at a time, of the minutes before now.
func visit(book, name string, minutes int, do func(context.Context, *usecase.Session) error) error {
	ctx := context.Background()
	at := func() time.Time { return now.Add(-time.Duration(minutes) * time.Minute) }
	s, err := usecase.Open(ctx, book, name, []byte(usecase.DemoPassphrase), at)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, s), s.Close())
}

// busyDays has the crew do what the log tells of: notes, looks, a list, a refusal, and a
// clock that is wrong for once.
func (s *stage) busyDays(book string) {
	s.staff(book)
	if s.err != nil {
		return
	}
	var ids []string
	s.err = errors.Join(
		visit(book, "小满", 0, func(ctx context.Context, u *usecase.Session) error {
			_, err := u.Customers(ctx, usecase.Selection{Limit: 6}, func(c usecase.Customer) error {
				ids = append(ids, c.ID)
				return nil
			})
			_, err1 := u.Note(ctx, ids[0], pii.New("教师节要 12 份伴手礼，八月底前联系"))
			_, err2 := u.AddTag(ctx, "gift", usecase.Targets{IDs: ids[1:4]})
			_, err3 := u.Reveal(ctx, ids[0], s.text("customer_reveal_reach"))
			_, refused := u.UndoPreview(ctx, 1)
			if refused == nil {
				err = errors.Join(err, errors.New("nothing is refused"))
			}
			return errors.Join(err, err1, err2, err3)
		}),
		visit(book, "陈默", 180, func(ctx context.Context, u *usecase.Session) error {
			_, err := u.SetField(ctx, ids[0], "school", pii.New("first primary school"))
			_, err1 := u.SaveSegment(ctx, "regulars", "purchases >= 3")
			return errors.Join(err, err1)
		}),
	)
}

// history shows the log to the owner and goes on.
func history(next func(*stage)) func(*stage, string) {
	return func(s *stage, book string) {
		s.busyDays(book)
		s.unlock(book)
		s.press(fyne.Key8, ctrl)
		s.see(s.text("history_check"))
		s.see("小满")
		s.settle()
		if next != nil {
			s.reach("*parts.DataTable[kebu/app/ui/history.row]")
			next(s)
		}
	}
}

// entry opens the entry so many lines below the newest.
func entry(lines int, next func(*stage)) func(*stage, string) {
	return history(func(s *stage) {
		for range lines {
			s.press(fyne.KeyDown, 0)
		}
		s.see(s.text("history_changes"))
		s.settle()
		if next != nil {
			next(s)
		}
	})
}

// logScenes are those of the log.
var logScenes = []scene{
	{"history", history(nil)},
	{"history-filter", history(func(s *stage) {
		s.click(s.text("part_filter_add"))
		s.click(s.text("history_by_kind"))
		s.settle()
		s.click(s.text("history_kind_refused"))
	})},
	{"history-refused", history(func(s *stage) {
		s.click(s.text("part_filter_add"))
		s.click(s.text("history_by_kind"))
		s.settle()
		s.click(s.text("history_kind_refused"))
		s.press(fyne.KeyReturn, ctrl)
	})},
	{"history-entry", entry(3, nil)},
	{"history-reason", entry(3, func(s *stage) { s.click(s.text("history_reveal")) })},
	{"history-clear", entry(3, func(s *stage) {
		s.click(s.text("history_reveal"))
		s.click(s.text("customer_reveal_do"))
		s.see("first primary school")
	})},
	{"history-rules", func(s *stage, book string) {
		s.staff(book)
		if s.err != nil {
			return
		}
		hours := 48
		s.err = visit(book, "", 5, func(ctx context.Context, u *usecase.Session) error {
			return errors.Join(
				u.SetHouse(ctx, access.House{Rows: 99, Most: map[access.Role]map[access.Field]access.Level{access.Service: {access.Amount: access.None}}}),
				u.SetHouse(ctx, access.House{Rows: 50, Delay: &hours, Off: map[access.Role][]access.Verb{access.Service: {access.Export}}, Daily: map[access.Role]int{access.Service: 5}}),
			)
		})
		s.unlock(book)
		s.press(fyne.Key8, ctrl)
		s.see(s.text("history_check"))
		s.settle()
		s.reach("*parts.DataTable[kebu/app/ui/history.row]")
		for range 2 {
			s.press(fyne.KeyDown, 0)
		}
		s.see(s.text("history_changes"))
		s.settle()
		s.click(s.text("history_reveal"))
		s.settle()
		s.click(s.text("customer_reveal_do"))
		s.see(s.text("customer_conceal"))
		s.settle()
	}},
	{"history-checked", history(func(s *stage) {
		s.click(s.text("history_check"))
		s.see(s.text("history_checked"))
	})},
	{"history-checkpoint", history(func(s *stage) {
		s.click(s.text("history_checkpoint"))
		s.see(s.text("history_key"))
	})},
	{"history-pack", history(func(s *stage) { s.click(s.text("history_pack")) })},
	{"history-pack-password", history(func(s *stage) {
		s.click(s.text("history_pack"))
		s.click(s.text("history_pack_for_password"))
	})},
	{"history-auditor", func(s *stage, book string) {
		s.busyDays(book)
		s.enter(book, "Ola Brink")
		s.see(s.text("overview_mix"))
		s.settle()
		s.press(fyne.Key8, ctrl)
		s.see("小满")
		s.settle()
		s.reach("*parts.DataTable[kebu/app/ui/history.row]")
		for range 3 {
			s.press(fyne.KeyDown, 0)
		}
	}},
}
