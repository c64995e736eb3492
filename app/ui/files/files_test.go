package files

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
)

// screen is an empty window, and the queue of what comes back to it.
type screen struct {
	t      *testing.T
	desk   *desk.Desk
	folder string

	lock  sync.Mutex
	queue []func()
}

// newScreen has files were last chosen in a folder with two exports, a note and
// a folder in it.
func newScreen(t *testing.T) *screen {
	t.Helper()
	s := &screen{t: t, folder: t.TempDir()}
	for _, name := range []string{"b.CSV", "a.xlsx", "note.txt", ".hidden.csv"} {
		if err := os.WriteFile(filepath.Join(s.folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(s.folder, "older"), 0o700); err != nil {
		t.Fatal(err)
	}
	app := test.NewTempApp(t)
	words := phrase.New("en")
	tasks := task.New(func(f func()) {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.queue = append(s.queue, f)
	})
	t.Cleanup(tasks.Close)
	s.desk = &desk.Desk{
		Words: words, Tasks: tasks, Layer: parts.NewLayer(words, tasks), Window: test.NewTempWindow(t, nil),
		Clock: time.Now, Prefs: app.Preferences(),
	}
	s.desk.Window.SetContent(container.NewStack(s.desk.Layer.Object()))
	s.desk.Window.Resize(fyne.NewSize(1024, 560))
	Remember(s.desk, s.folder)
	return s
}

// settle runs what comes back to the window, which is one reading of a folder.
func (s *screen) settle() {
	s.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); ; <-tick.C {
		s.lock.Lock()
		queue := s.queue
		s.queue = nil
		s.lock.Unlock()
		for _, f := range queue {
			f()
		}
		if len(queue) > 0 {
			return
		}
		if time.Now().After(end) {
			s.t.Fatal("the folder is not read within 20 s")
		}
	}
}

func (s *screen) key(k fyne.KeyName) {
	s.t.Helper()
	focused := s.desk.Window.Canvas().Focused()
	if focused == nil {
		s.t.Fatal("nothing has the focus")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: k})
}

func (s *screen) submit() { parts.KeysOf(s.desk.Window.Canvas()).Handle(parts.Submit) }

func (s *screen) open() bool { return parts.DialogOpen(s.desk.Window.Canvas()) }

func TestFilesAreChosenByKeyboard(t *testing.T) {
	s := newScreen(t)
	var got []string
	Open(s.desk, []string{".csv", ".xlsx"}, true, func(paths []string) { got = paths })
	s.settle()
	s.key(fyne.KeyDown) // the folder
	s.key(fyne.KeyReturn)
	s.settle()
	s.key(fyne.KeyBackspace)
	s.settle()
	s.key(fyne.KeyDown)
	s.key(fyne.KeyDown) // a.xlsx
	s.key(fyne.KeyReturn)
	if want := []string{filepath.Join(s.folder, "a.xlsx")}; !slices.Equal(got, want) || s.open() {
		t.Errorf("chosen %q, want %q; open %v", got, want, s.open())
	}
}

func TestSeveralFilesOnlyWhereTheyAreWanted(t *testing.T) {
	for _, many := range []bool{true, false} {
		s := newScreen(t)
		var got []string
		Open(s.desk, []string{".csv", ".xlsx"}, many, func(paths []string) { got = paths })
		s.settle()
		s.submit() // nothing is selected
		if !s.open() {
			t.Fatal("closed without a file")
		}
		s.key(fyne.KeyDown)
		table, ok := s.desk.Window.Canvas().Focused().(fyne.Shortcutable)
		if !ok {
			t.Fatal("the table has not the focus")
		}
		table.TypedShortcut(&fyne.ShortcutSelectAll{})
		s.submit()
		if many && len(got) != 2 || !many && len(got) > 0 {
			t.Errorf("many %v: %q", many, got)
		}
	}
}

func TestTypingReplacesTheProposedName(t *testing.T) {
	s := newScreen(t)
	var got string
	Save(s.desk, "note", ".txt", func(path string) { got = path })
	s.settle()
	for _, r := range "list" {
		s.desk.Window.Canvas().Focused().TypedRune(r)
	}
	s.submit()
	if want := filepath.Join(s.folder, "list.txt"); got != want {
		t.Errorf("saved as %q, want %q", got, want)
	}
}

func TestAFileIsReplacedOnlyWhenSaidTwice(t *testing.T) {
	s := newScreen(t)
	var got string
	Save(s.desk, "b", ".csv", func(path string) { got = path })
	s.settle()
	s.submit()
	fresh := filepath.Join(s.folder, "b.csv")
	if _, err := os.Stat(fresh); err == nil && got != "" {
		t.Error("a file is replaced without a word") // where case makes no difference
	}
	got = ""
	Save(s.desk, "note", ".txt", func(path string) { got = path })
	s.settle()
	s.submit()
	if got != "" {
		t.Error("a file is replaced without a word")
	}
	s.submit()
	if got != filepath.Join(s.folder, "note.txt") {
		t.Errorf("saved as %q", got)
	}
	data, err := os.ReadFile(got)
	if err != nil || string(data) != "x" {
		t.Error("the dialog touched the file")
	}
}

func TestEscChoosesNothing(t *testing.T) {
	s := newScreen(t)
	Open(s.desk, nil, false, func([]string) { t.Error("chosen") })
	s.settle()
	s.key(fyne.KeyEscape)
	if s.open() {
		t.Error("Esc does not close the dialog")
	}
}

func TestList(t *testing.T) {
	s := newScreen(t)
	entries, err := list(s.folder, []string{".csv", ".xlsx"})
	var names []string
	for _, e := range entries {
		names = append(names, e.name)
	}
	if want := []string{"older", "a.xlsx", "b.CSV"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, want %q, %v", names, want, err)
	}
}

func TestTarget(t *testing.T) {
	for name, want := range map[string]string{
		" ": "", "list": "/home/list.csv", "list.CSV": "/home/list.CSV", "list.txt": "/home/list.txt.csv", "/srv/list": "/srv/list.csv",
	} {
		if got := filepath.ToSlash(target("/home", name, ".csv")); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestSized(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 KB", 20_480: "20 KB", 5 << 20: "5.0 MB"} {
		if got := sized(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}
