package settings

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/backup"
	"kebu/app/phrase"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/look"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// TestTheSectionOfBackups backs up and tries the backup, by a real book.
func TestTheSectionOfBackups(t *testing.T) {
	s := desktest.New(t)
	path := filepath.Join(t.TempDir(), "shop.kebu")
	pass := []byte("viaduct-mellow-thistle-27-orbit")
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: path, Owner: "owner", Passphrase: pass}); err != nil {
		t.Fatal(err)
	}
	session, err := usecase.Open(t.Context(), path, "", pass, s.Desk.Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	s.Desk.Book, s.Desk.Keeper = path, usecase.NewKeeper(t.TempDir(), s.Desk.Clock)
	p := New(s.Desk, session)
	s.Open(p, place.Place{Page: place.Settings, Section: place.Backups})
	s.See(s.Text("settings_backup_now"))
	s.See(usecase.BackupsBeside(path))
	s.See(s.Text("settings_drill_none"))
	p.backupNow()
	s.See(s.Text("backup_reason_hand"))
	s.See(s.Text("backup_generation_monthly"))
	s.See(s.Text("settings_backup_same_disk"))
	restored := ""
	s.Desk.Restore = func(backup string) { restored = backup }
	s.Click(s.Text("settings_backup_restore"))
	if name := filepath.Base(restored); filepath.Dir(restored) != usecase.BackupsBeside(path) || !strings.HasSuffix(name, "-hand.kebu") {
		t.Errorf("to be restored: %q", restored)
	}
	p.drillNow()
	s.See(s.Text("drilled", map[string]any{"Day": s.Desk.Clock().Local().Format("2006-01-02 15:04"), "Orders": "0"}))
}

func TestBackupsAreWorded(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.Local) }
	for _, tag := range []string{"en", "zh-Hans", "zh-Hant"} {
		w := phrase.New(tag)
		for _, f := range []usecase.Failure{usecase.FailedFolder, usecase.FailedFull, usecase.FailedWrite, usecase.FailedDamaged, usecase.FailedStopped, usecase.FailedOther} {
			text, _ := placeText(w, usecase.BackupPlace{Failed: f, Last: now()}, now)
			if !strings.Contains(text, "12:00") || !strings.Contains(text, w.Text("backup_failed_"+string(f))) {
				t.Errorf("%s: %s is told as %q", tag, f, text)
			}
			why := w.Text("backup_failed_" + string(f))
			if f == usecase.FailedDamaged {
				why = w.Text("settings_drill_damaged")
			}
			if text := drillText(w, usecase.DrillResult{At: now(), Failed: f}); !strings.Contains(text, why) {
				t.Errorf("%s: a drill is told as %q", tag, text)
			}
		}
		for _, g := range []usecase.Generation{backup.None, backup.Daily, backup.Weekly, backup.Monthly, backup.Latest} {
			for _, r := range []usecase.BackupReason{backup.Day, backup.Import, backup.Update, backup.Hand} {
				lines := backupLines(w, []usecase.BackupFile{{At: now(), Reason: r, Generation: g, Size: 25 << 20, Whole: true}, {Reason: r}, {Reason: r, Before: true}, {Reason: r, Older: true}})
				for i, want := range []struct {
					text string
					tone look.Tone
				}{
					{w.Text("backup_generation_" + string(g)), look.Plain},
					{w.Text("backup_not_whole"), look.Bad},
					{w.Text("backup_before"), look.Plain},
					{w.Text("backup_older"), look.Plain},
				} {
					if got := lines[i][2]; got.Text != want.text || got.Tone != want.tone || lines[i][1].Text == "" {
						t.Errorf("%s: %+v", tag, lines[i])
					}
				}
				if lines[0][3].Text != "25 MB" {
					t.Errorf("%s: %+v", tag, lines[0])
				}
			}
		}
		for _, d := range []usecase.PlaceDoubt{usecase.SameDisk, usecase.Synchronised, usecase.Networked} {
			if w.Text("settings_backup_"+string(d)) == "" {
				t.Errorf("%s: backups in %s have no text", tag, d)
			}
		}
		for _, d := range []usecase.PlaceDoubt{usecase.Synchronised, usecase.Removable, usecase.Networked} {
			if placeDoubt(w, d) == "" {
				t.Errorf("%s: %s has no text", tag, d)
			}
		}
	}
}
