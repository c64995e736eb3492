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
