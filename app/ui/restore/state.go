package restore

import (
	"path/filepath"
	"strings"
	"time"

	"kebu/app/crm"
	"kebu/app/phrase"
	"kebu/app/ui/door"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

const minute = "2006-01-02 15:04"

// lines say the backups, the chosen one with a check, and where that stands, -1 if it
// is not among them.
func lines(w *phrase.Phrases, list []usecase.BackupFile, chosen string) (lines [][]parts.CardCell, at int) {
	at = -1
	for i, f := range list {
		when := parts.CardCell{Icon: "clock", Tone: look.Faint, Text: f.At.Local().Format(minute)}
		if f.Path == chosen {
			when.Icon, when.Tone, when.Semibold, at = "check", look.Accent, true, i
		}
		why := parts.CardCell{Text: w.Text("backup_reason_" + string(f.Reason))}
		holds := ""
		if f.Held != nil {
			holds = w.Text("restoring_held", map[string]any{"Customers": phrase.Count(f.Held.Customers), "Orders": phrase.Count(f.Held.Orders)})
		}
		if !f.Whole {
			why = parts.CardCell{Text: w.Backup(f), Tone: look.Bad}
		}
		lines = append(lines, []parts.CardCell{when, why, {Text: holds, Tone: look.Muted}, {Text: phrase.Size(f.Size), Tone: look.Muted}})
	}
	return lines, at
}

// lookPath proposes where a backup becomes a file of its own: beside the book, else
// among the user's documents.
func lookPath(book, folder string, at time.Time) string {
	name := "shop"
	if book != "" {
		folder, name = filepath.Dir(book), strings.TrimSuffix(filepath.Base(book), filepath.Ext(book))
	}
	return door.FreeName(folder, name+"-"+at.Format(time.DateOnly))
}

// stateText says what a book holds, and of when it is.
func stateText(w *phrase.Phrases, s usecase.BookState) string {
	day := w.Text("restoring_no_change")
	if s.At != 0 {
		day = s.At.In(time.Local).Format(minute)
	}
	return w.Text("restoring_state", map[string]any{"Customers": phrase.Count(s.Customers), "Orders": phrase.Count(s.Orders), "Day": day})
}

// shownLost is how many of the newest steps are listed that would be missing.
const shownLost = 200

// lostLines list the steps that would be missing, newest first.
func lostLines(w *phrase.Phrases, lost []usecase.Change) [][]parts.CardCell {
	var list [][]parts.CardCell
	for i := len(lost) - 1; i >= max(0, len(lost)-shownLost); i-- {
		list = append(list, []parts.CardCell{
			{Text: timeText(lost[i].At), Tone: look.Muted}, {Text: w.Step(lost[i])}, {Text: lost[i].User, Tone: look.Muted},
		})
	}
	return list
}

func timeText(at crm.Moment) string { return at.In(time.Local).Format(minute) }
