package files

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kebu/app/phrase"
	"kebu/app/ui/desk"
	"kebu/app/ui/desk/desktest"
	"kebu/app/ui/parts"
	"kebu/app/ui/task"
)

// screen is an empty window.
type screen struct {
	*desktest.Hands

	desk   *desk.Desk
	folder string
}

// newScreen has files were last chosen in a folder with two exports, a note and
// a folder in it.
func newScreen(t *testing.T) *screen {
	t.Helper()
	s := &screen{Hands: desktest.NewHands(t), folder: t.TempDir()}
	for _, name := range []string{"b.CSV", "a.xlsx", "note.txt", ".hidden.csv"} {
		if err := os.WriteFile(filepath.Join(s.folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(s.folder, "older"), 0o700); err != nil {
		t.Fatal(err)
	}
	tasks := task.New(s.Later)
	t.Cleanup(tasks.Close)
	s.desk = &desk.Desk{
		Words: s.Words, Tasks: tasks, Layer: parts.NewLayer(s.Words, tasks), Window: s.Window,
		Clock: time.Now, Prefs: fyne.CurrentApp().Preferences(),
	}
	s.Window.SetContent(container.NewStack(s.desk.Layer.Object()))
	s.Window.Resize(fyne.NewSize(1024, 560))
	Remember(s.desk, s.folder)
	return s
}

func (s *screen) submit() { parts.KeysOf(s.Window.Canvas()).Handle(parts.Submit) }

func (s *screen) open() bool { return parts.DialogOpen(s.Window.Canvas()) }

func TestFilesAreChosenByKeyboard(t *testing.T) {
	s := newScreen(t)
	var got []string
	Open(s.desk, []string{".csv", ".xlsx"}, true, func(paths []string) { got = paths })
	s.See("a.xlsx")
	s.Press(fyne.KeyDown) // the folder
	s.Press(fyne.KeyReturn)
	s.See(s.Text("files_none"))
	s.Press(fyne.KeyBackspace)
	s.See("a.xlsx")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown) // a.xlsx
	s.Press(fyne.KeyReturn)
	if want := []string{filepath.Join(s.folder, "a.xlsx")}; !slices.Equal(got, want) || s.open() {
		t.Errorf("chosen %q, want %q; open %v", got, want, s.open())
	}
}

func TestSeveralFilesOnlyWhereTheyAreWanted(t *testing.T) {
	for _, many := range []bool{true, false} {
		s := newScreen(t)
		var got []string
		Open(s.desk, []string{".csv", ".xlsx"}, many, func(paths []string) { got = paths })
		s.See("a.xlsx")
		s.submit() // nothing is selected
		if !s.open() {
			t.Fatal("closed without a file")
		}
		s.Press(fyne.KeyDown)
		s.Ctrl(fyne.KeyA)
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
	s.Type("list")
	s.submit()
	if want := filepath.Join(s.folder, "list.txt"); got != want {
		t.Errorf("saved as %q, want %q", got, want)
	}
}

func TestAFileIsReplacedOnlyWhenSaidTwice(t *testing.T) {
	s := newScreen(t)
	var got string
	Save(s.desk, "b", ".csv", func(path string) { got = path })
	s.See(s.folder)
	s.submit()
	fresh := filepath.Join(s.folder, "b.csv")
	if _, err := os.Stat(fresh); err == nil && got != "" {
		t.Error("a file is replaced without a word") // where case makes no difference
	}
	got = ""
	Save(s.desk, "note", ".txt", func(path string) { got = path })
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
	s.See("a.xlsx")
	s.Press(fyne.KeyEscape)
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
		if got := phrase.Size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}

func TestAFolderIsChosenOrNamedToBeMade(t *testing.T) {
	s := newScreen(t)
	var got string
	choose := func() {
		got = ""
		ChooseFolder(s.desk, "title", func(path string) { got = path })
		s.See("older")
		if s.Screen().Has("a.xlsx") {
			t.Error("files are listed")
		}
	}
	choose()
	s.submit()
	if got != s.folder || s.open() {
		t.Errorf("the open one: %q", got)
	}
	choose()
	s.Press(fyne.KeyDown)
	s.submit()
	if got != filepath.Join(s.folder, "older") {
		t.Errorf("the selected one: %q", got)
	}
	choose()
	s.Window.Canvas().FocusNext()
	s.Type("kept/safe")
	s.submit()
	s.See(s.Text("files_folder_name"))
	s.Press(slices.Repeat([]fyne.KeyName{fyne.KeyBackspace}, len("kept/safe"))...)
	s.Type("note.txt")
	s.submit()
	s.See(s.Text("files_folder_taken"))
	s.Press(slices.Repeat([]fyne.KeyName{fyne.KeyBackspace}, len("note.txt"))...)
	s.Type("kept")
	s.submit()
	if got != filepath.Join(s.folder, "kept") || there(got) {
		t.Errorf("a new one: %q", got)
	}
}
