package usecase_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

// safeShop is a book on a computer whose clock the test sets.
type safeShop struct {
	*testing.T
	now    time.Time
	path   string
	keeper *usecase.Keeper
	*usecase.Session
}

var shopPass = []byte("viaduct-mellow-thistle-27-orbit")

func newSafeShop(t *testing.T) *safeShop {
	t.Helper()
	dir := t.TempDir()
	s := &safeShop{T: t, now: clock(), path: filepath.Join(dir, "shop.kebu")}
	s.keeper = usecase.NewKeeper(filepath.Join(dir, "settings"), s.clock)
	if _, err := usecase.Create(t.Context(), usecase.CreateRequest{Path: s.path, Owner: "owner", Passphrase: shopPass}); err != nil {
		t.Fatal(err)
	}
	s.open()
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (s *safeShop) clock() time.Time { return s.now }

func (s *safeShop) open() {
	s.Helper()
	var err error
	if s.Session, err = usecase.Open(s.Context(), s.path, "", shopPass, s.clock); err != nil {
		s.Fatal(err)
	}
}

// work makes a step.
func (s *safeShop) work() {
	s.Helper()
	if _, err := s.SaveSegment(s.Context(), "old "+s.now.String(), "purchases >= 1"); err != nil {
		s.Fatal(err)
	}
}

func (s *safeShop) keep() error {
	return s.KeepSafe(s.Context(), s.keeper, backup.Day, nil)
}

func (s *safeShop) wants(what string, alarm usecase.Alarm, days int, due bool) usecase.Safety {
	s.Helper()
	safe, err := s.Safety(s.Context(), s.keeper)
	if err != nil {
		s.Fatal(err)
	}
	if safe.Alarm != alarm || safe.Days != days || safe.Due != due {
		s.Errorf("%s: alarm %q, %d days, due %v; want %q, %d, %v", what, safe.Alarm, safe.Days, safe.Due, alarm, days, due)
	}
	return safe
}

// TestTheLogHasWhichCopiesSomebodyMade: those by hand and where copies go, before they
// leave; of those that the program makes by itself the checkpoints tell.
func TestTheLogHasWhichCopiesSomebodyMade(t *testing.T) {
	s := newSafeShop(t)
	ctx := t.Context()
	report, err := s.Backup(ctx, usecase.BackupRequest{Folder: filepath.Join(t.TempDir(), "drive"), Reason: backup.Hand})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		s.ChooseFolders(ctx, s.keeper, filepath.Join(t.TempDir(), "other")),
		s.keep(),
		s.KeepSafe(ctx, s.keeper, backup.Hand, nil),
	); err != nil {
		t.Fatal(err)
	}
	if got, want := acts(t, s.Session, usecase.LogRequest{}), "login backup folders backup"; got != want {
		t.Errorf("log: %s, want %s", got, want)
	}
	list, err := s.Log(ctx, usecase.LogRequest{Entries: []int64{1}})
	if err != nil || list[0].File != filepath.Base(report.Path) {
		t.Errorf("%+v %v", list, err)
	}
	beside, err := os.ReadFile(strings.TrimSuffix(report.Path, ".kebu") + ".checkpoint")
	if err != nil || strings.Split(string(beside), "\n")[1] != "2" {
		t.Errorf("beside the copy: %q %v", beside, err)
	}
}

func TestTheBookIsKeptSafe(t *testing.T) {
	s := newSafeShop(t)
	s.wants("new", usecase.NoAlarm, 0, false)
	s.work()
	s.wants("a day of work, not over", usecase.NoAlarm, 1, false)
	s.now = s.now.AddDate(0, 0, 1)
	s.wants("the day after", usecase.NoAlarm, 1, true)
	s.work()
	s.now = s.now.AddDate(0, 0, 1)
	s.work()
	s.wants("three days", usecase.Old, 3, true)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	s.wants("backed up", usecase.NoAlarm, 0, false)
	list, err := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
	if err != nil || len(list) != 1 || !list[0].Whole || list[0].Reason != backup.Day || list[0].Generation != backup.Monthly || list[0].Size == 0 {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	s.now = s.now.AddDate(0, 0, 40)
	s.wants("holidays need none", usecase.NoAlarm, 0, false)

	first, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "drive", "second")
	if err := s.ChooseFolders(t.Context(), s.keeper, first, second); err != nil {
		t.Fatal(err)
	}
	s.work()
	if err := s.keep(); err != nil {
		t.Errorf("one folder of two is enough: %v", err)
	}
	if safe := s.wants("a drive is not plugged in", usecase.OneFailed, 0, false); safe.Places[1].Failed != usecase.FailedFolder {
		t.Errorf("places: %+v", safe.Places)
	}
	if _, err := os.Stat(filepath.Dir(second)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was written in place of the drive")
	}
	if err := os.Mkdir(filepath.Dir(second), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	s.wants("both", usecase.NoAlarm, 0, false)
	for _, folder := range []string{filepath.Dir(first), filepath.Dir(filepath.Dir(second))} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	s.work()
	if err := s.keep(); err == nil {
		t.Error("no folder, and no failure")
	}
	s.wants("none", usecase.Failed, 1, false)
}

func TestAClockSetBackIsNamed(t *testing.T) {
	s := newSafeShop(t)
	s.work()
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.AddDate(-1, 0, 0)
	s.wants("a year back", usecase.ClockBack, 0, false)
	s.work()
	for range 3 { // all at one time
		if err := s.keep(); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
	if err != nil || len(list) < 2 || list[0].At.Year() != 2026 || list[1].At.Year() != 2025 {
		t.Errorf("backups: %+v, %v", list, err)
	}
	s.now = s.now.AddDate(1, 0, 1)
	s.work()
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	s.wants("right again", usecase.NoAlarm, 0, false)
}

func TestARolledBackBookIsNamed(t *testing.T) {
	s := newSafeShop(t)
	s.work()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	s.work()
	s.wants("newer", usecase.NoAlarm, 1, true) // what was done before it was opened
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	s.wants("kept", usecase.NoAlarm, 0, false)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.wants("put back", usecase.RolledBack, 0, false)
	if err := s.AcceptState(t.Context(), s.keeper); err != nil {
		t.Fatal(err)
	}
	s.wants("accepted", usecase.NoAlarm, 1, true)
}

// TestOnlyBackupsOfThisBookAreDeleted works for months beside files of others.
func TestOnlyBackupsOfThisBookAreDeleted(t *testing.T) {
	s, other := newSafeShop(t), newSafeShop(t)
	folder := filepath.Join(t.TempDir(), "both")
	for _, shop := range []*safeShop{s, other} {
		if err := shop.ChooseFolders(t.Context(), shop.keeper, folder); err != nil {
			t.Fatal(err)
		}
		if err := shop.keep(); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := s.Backups(t.Context(), folder)
	if err != nil || len(mine) != 1 {
		t.Fatalf("backups: %+v, %v", mine, err)
	}
	theirs, err := other.Backups(t.Context(), folder)
	if err != nil || len(theirs) != 1 {
		t.Fatalf("backups: %+v, %v", theirs, err)
	}
	name, _ := backup.Parse(filepath.Base(mine[0].Path))
	in := func(day int, r backup.Reason) string {
		return filepath.Join(folder, backup.Name{Book: name.Book, At: s.now.AddDate(0, 0, -day), Reason: r}.String())
	}
	stays := map[string][]byte{
		filepath.Join(folder, "accounts.xlsx"): []byte("a file of the shop"),
		in(3, backup.Hand):                     []byte("a damaged backup"),
		in(900, backup.Hand):                   nil,
		theirs[0].Path:                         nil,
	}
	data, err := os.ReadFile(theirs[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	stays[in(900, backup.Hand)], stays[theirs[0].Path] = data, data // named as one of this book
	leftover := in(5, backup.Day) + ".unfinished"
	if err := os.WriteFile(leftover, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, data := range stays {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	removed := 0
	for range 45 {
		s.now = s.now.AddDate(0, 0, 1)
		r, err := s.Backup(t.Context(), usecase.BackupRequest{Folder: folder, Reason: backup.Day})
		if err != nil {
			t.Fatal(err)
		}
		removed += r.Removed
	}
	for path, data := range stays {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s was changed: %v", filepath.Base(path), err)
		}
	}
	if _, err := os.Stat(leftover); !errors.Is(err, fs.ErrNotExist) {
		t.Error("half a backup is still there")
	}
	list, err := s.Backups(t.Context(), folder)
	if err != nil || removed != 46-(len(list)-1) || len(list) > backup.Days+backup.Weeks+backup.Months+1 {
		t.Errorf("%d backups, %d removed, %v", len(list), removed, err)
	}
	if i := slices.IndexFunc(list, func(f usecase.BackupFile) bool { return !f.Whole }); i < 0 || list[i].Generation != backup.None || list[i].Reason != backup.Hand {
		t.Errorf("the damaged one is not named: %+v", list)
	}
}

// TestBackupsUnderFormerKeysGoInTime makes two on a day, with other keys between.
func TestBackupsUnderFormerKeysGoInTime(t *testing.T) {
	s, ctx := newSafeShop(t), t.Context()
	if err := errors.Join(
		s.AddUser(ctx, usecase.NewMember{Name: "Ling", Role: access.Manager, Passphrase: shopPass}), s.keep(),
		s.RemoveUser(ctx, "Ling"), s.Reseal(ctx, nil),
	); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(ctx, usecase.BackupsBeside(s.path))
	if err != nil || len(list) != 1 || !list[0].Older {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	s.now = s.now.Add(time.Minute)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	list, err = s.Backups(ctx, usecase.BackupsBeside(s.path))
	if err != nil || len(list) != 1 || list[0].Older {
		t.Errorf("backups: %+v, %v", list, err)
	}
}

func TestTheDrillOfTheMonth(t *testing.T) {
	s := newSafeShop(t)
	if _, err := s.DrillNow(t.Context(), s.keeper, nil); err == nil {
		t.Error("a drill without a backup")
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if safe, _ := s.Safety(t.Context(), s.keeper); safe.Alarm != usecase.NoAlarm && safe.Alarm != usecase.DrillFailed {
		t.Errorf("alarm %q", safe.Alarm)
	}
	result, err := s.DrillNow(t.Context(), s.keeper, nil)
	if err != nil || result.Orders != 7 || !result.Of.Equal(s.now) || result.Failed != usecase.NoFailure {
		t.Fatalf("drill: %+v, %v", result, err)
	}
	if safe := s.wants("after the drill", usecase.NoAlarm, 0, false); safe.DrillDue || safe.Drill != result {
		t.Errorf("drill: %+v", safe.Drill)
	}
	s.now = s.now.AddDate(0, 0, 30)
	if safe := s.wants("a month later", usecase.NoAlarm, 0, false); !safe.DrillDue {
		t.Error("no drill is due")
	}
	list, err := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(list[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-100] ^= 1
	if err := os.WriteFile(list[0].Path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DrillNow(t.Context(), s.keeper, nil); !errors.Is(err, usecase.ErrBadBackup) {
		t.Errorf("a damaged backup: %v", err)
	}
	s.wants("after it failed", usecase.DrillFailed, 0, false)
	if left, _ := filepath.Glob(s.path + ".*"); slices.ContainsFunc(left, func(p string) bool { return strings.Contains(p, "drill") }) {
		t.Errorf("left: %q", left)
	}
}

// TestABookOfAnOlderVersionIsBackedUpBeforeItIsUpdated opens each twice: one without a
// log, one with five entries.
func TestABookOfAnOlderVersionIsBackedUpBeforeItIsUpdated(t *testing.T) {
	for version, signed := range map[string]int{"v1": 0, "v15": 1} {
		data, err := os.ReadFile("../../testdata/formats/" + version + ".kebu")
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		path := filepath.Join(dir, "shop.kebu")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		folder := usecase.BackupsBeside(path)
		for range 2 {
			s, err := usecase.NewTries(filepath.Join(dir, "settings"), clock).Open(t.Context(), path, "", shopPass, clock)
			if err != nil {
				t.Fatal(err)
			}
			list, err := s.Backups(t.Context(), folder)
			if err != nil || len(list) != 1 || list[0].Reason != backup.Update || !list[0].Whole {
				t.Errorf("%s: backups: %+v, %v", version, list, err)
			}
			checkpoints, _ := filepath.Glob(filepath.Join(folder, "*.checkpoint"))
			if len(checkpoints) != signed {
				t.Fatalf("%s: checkpoints %q", version, checkpoints)
			}
			for _, c := range checkpoints {
				text, err := os.ReadFile(c)
				if err != nil || !strings.Contains(string(text), "\n5\n") {
					t.Errorf("%s: %q, %v", version, text, err)
				}
				verified(t, s, string(text))
			}
			if got := acts(t, s, usecase.LogRequest{Verb: "found"}); got != "" {
				t.Errorf("%s: log: %s", version, got)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTheBookIsBackedUpBeforeAnImport(t *testing.T) {
	s := newSafeShop(t)
	request := usecase.ImportRequest{Path: export, Keeper: s.keeper}
	count := func() int {
		list, _ := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
		return len(list)
	}
	if _, err := s.Import(t.Context(), request); err != nil || count() != 0 {
		t.Fatalf("an empty book was backed up, or %v", err)
	}
	request.Path = "../../testdata/exports/shopify/orders_export-79.csv"
	dry := request
	dry.DryRun = true
	if _, err := s.Import(t.Context(), dry); err != nil || count() != 0 {
		t.Fatalf("backed up before a dry run, or %v", err)
	}
	if _, err := s.Import(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(t.Context(), usecase.BackupsBeside(s.path))
	if err != nil || len(list) != 1 || list[0].Reason != backup.Import {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	d, err := usecase.Restore(t.Context(), usecase.RestoreRequest{Backup: list[0].Path, Passphrase: shopPass, To: filepath.Join(t.TempDir(), "x.kebu"), Clock: s.clock})
	if err != nil || d.Backup.Orders != 7 {
		t.Fatalf("before the import: %+v, %v", d, err)
	}
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
}
