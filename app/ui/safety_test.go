package ui

import (
	"path/filepath"
	"testing"
	"time"

	"kebu/app/crm/backup"
	"kebu/app/ui/place"
	"kebu/app/usecase"
)

// keptShop is a window of a shop that is backed up.
func keptShop(t *testing.T) *opened {
	t.Helper()
	o := openShop(t)
	o.desk.Keeper = usecase.NewKeeper(t.TempDir(), o.o.Clock)
	return o
}

func (o *opened) backups() []usecase.BackupFile {
	list, _ := o.session.Backups(o.T.Context(), usecase.BackupsBeside(o.book))
	return list
}

func TestADayOfWorkIsBackedUpByItself(t *testing.T) {
	o := keptShop(t)
	o.idle.Add(int64(24 * time.Hour)) // the demo shop was filled today
	o.used()
	o.keepSafe()
	o.Until("the day is backed up and tried", func() bool {
		safe, err := o.session.Safety(t.Context(), o.desk.Keeper)
		return err == nil && !safe.Due && !safe.DrillDue && safe.Alarm == usecase.NoAlarm && !o.keeping
	})
	if list := o.backups(); len(list) != 1 || list[0].Reason != backup.Day || !list[0].Whole {
		t.Errorf("backups: %+v", list)
	}
	o.idle.Add(int64(time.Minute))
	o.keepSafe()
	o.Until("nothing is due", func() bool { return !o.keeping })
	if list := o.backups(); len(list) != 1 {
		t.Errorf("%d backups, though nothing changed", len(list))
	}
}

func TestTheBookIsBackedUpWhenTheWindowCloses(t *testing.T) {
	o := keptShop(t)
	o.close()
	if o.quitted || len(o.shell.works) != 1 {
		t.Fatal("no backup is in the status bar")
	}
	o.Until("the window is closed", func() bool { return o.quitted })
	s, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.o.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if list, err := s.Backups(t.Context(), usecase.BackupsBeside(o.book)); err != nil || len(list) != 1 || !list[0].Whole {
		t.Errorf("backups: %+v, %v", list, err)
	}
}

// TestACopyIsRestoredInThePlaceOfItsBook, and a backup of no book that is known as a new
// file.
func TestACopyIsRestoredInThePlaceOfItsBook(t *testing.T) {
	for _, c := range []struct{ book, of, in string }{
		{"tea.kebu", "", "tea.kebu"},
		{"copy.kebu", "tea.kebu", "tea.kebu"},
		{"kebu-3f9a2c1d-20261130T211654Z-day.kebu", "tea.kebu", "tea.kebu"},
		{"kebu-3f9a2c1d-20261130T211654Z-day.kebu", "", ""},
	} {
		o := openShop(t)
		o.desk.Book, o.desk.CopyOf = c.book, c.of
		o.desk.Restore("backup.kebu")
		if want := c.in + " backup.kebu"; len(o.restarted) != 1 || o.restarted[0] != want {
			t.Errorf("%+v: restored is %q", c, o.restarted)
		}
	}
}

func TestWorkIsBackedUpBehindTheLock(t *testing.T) {
	o := keptShop(t)
	o.Lock()
	o.See(o.Text("shell_locked"))
	o.Gone(o.Text("page_customers"))
	o.Until("the book is closed", func() bool { return len(o.restarted) == 1 })
	s, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.o.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if list, err := s.Backups(t.Context(), usecase.BackupsBeside(o.book)); err != nil || len(list) != 1 || !list[0].Whole {
		t.Errorf("backups: %+v, %v", list, err)
	}
}

// TestABackupThatTheLockDidNotFinishIsDueLater stops it, and opens the book again.
func TestABackupThatTheLockDidNotFinishIsDueLater(t *testing.T) {
	o := keptShop(t)
	k := o.desk.Keeper
	o.desk.Keeper = nil
	o.Lock()
	o.Until("the book is closed", func() bool { return len(o.restarted) == 1 })
	s, err := usecase.Open(t.Context(), o.book, "", []byte(usecase.DemoPassphrase), o.o.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if safe, err := s.Safety(t.Context(), k); err != nil || !safe.Due {
		t.Errorf("%+v, %v", safe, err)
	}
}

func TestWhatWasDoneIsBackedUpOnceNobodyIsThere(t *testing.T) {
	o := keptShop(t)
	if err := o.session.KeepSafe(t.Context(), o.desk.Keeper, backup.Hand, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.session.SaveSegment(t.Context(), "regulars", "purchases >= 3"); err != nil {
		t.Fatal(err)
	}
	days := func() int {
		n := 0
		for _, f := range o.backups() {
			if f.Reason == backup.Day {
				n++
			}
		}
		return n
	}
	o.used()
	o.keepSafe()
	o.Until("it was looked", func() bool { return !o.keeping })
	o.rest() // what shows the drill of the month is read
	if days() != 0 {
		t.Error("backed up while somebody works")
	}
	o.idle.Add(int64(keepIdle))
	o.keepSafe()
	o.Until("it is backed up", func() bool { return days() == 1 && !o.keeping })
}

func TestTheOverviewSaysThatTheLastBackupFailed(t *testing.T) {
	o := keptShop(t)
	if err := o.session.ChooseFolders(t.Context(), o.desk.Keeper, filepath.Join(t.TempDir(), "not", "there")); err != nil {
		t.Fatal(err)
	}
	if err := o.session.KeepSafe(t.Context(), o.desk.Keeper, backup.Day, nil); err == nil {
		t.Fatal("backed up to nowhere")
	}
	o.Open(place.Place{Page: place.Overview})
	o.See(o.Text("backup_failed_folder"))
}
