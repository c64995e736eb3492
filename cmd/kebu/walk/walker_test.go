//go:build walk

package walk

import (
	"encoding/json"
	"fmt"
	"image"
	_ "image/png" // what import writes
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kebu/app/phrase"
	"kebu/cmd/kebu/walk/screen"
)

// A walker sits at the window: it reads, clicks and types, and nothing else. What it does
// not find in its patience fails the test, with a picture.
type walker struct {
	*desk
	words  *phrase.Phrases // of the language that the window should have
	window string          // the X window's number
	folder string          // where the program is asked
	asked  int
	code   map[string]string // of the book's recovery sheet, by the groups' numbers
	pass   map[string]string // of the staff, by their names
	run    int64             // of the program, which differs after a restart
	kill   func()
}

// open starts the program and returns when its window is there.
func (d *desk) open(args ...string) *walker {
	d.t.Helper()
	w := &walker{desk: d, words: phrase.New("zh-Hans"), folder: d.t.TempDir()}
	c := d.command(*program, args...)
	c.Env = append(c.Env, "KEBU_WALK="+w.folder)
	began := time.Now()
	w.kill = d.start(c)
	w.find(c.Process.Pid)
	d.t.Logf("the window is there after %d ms", time.Since(began).Milliseconds())
	w.run = w.ask().Run
	return w
}

// find waits for the window of a process.
func (w *walker) find(process int) {
	w.t.Helper()
	w.wait("the window", func() bool {
		out, err := w.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(process)).Output()
		ids := strings.Fields(string(out))
		if err != nil || len(ids) == 0 {
			return false // none yet
		}
		w.window = ids[len(ids)-1]
		return true
	})
	w.must("xdotool", "windowactivate", "--sync", w.window)
}

// restarted waits until the program has started itself anew.
func (w *walker) restarted() {
	w.t.Helper()
	for end := time.Now().Add(patience); ; {
		if a := w.ask(); a.Run != w.run {
			w.run = a.Run
			w.find(a.Process)
			return
		}
		if time.Now().After(end) {
			w.shot("failed")
			w.t.Fatalf("no restart within %s", patience)
		}
	}
}

// look reads the window; not that of a program which is about to end after a restart.
func (w *walker) look() screen.Screen {
	w.t.Helper()
	for end := time.Now().Add(patience); ; {
		a := w.ask()
		if a.Run == w.run {
			return a.Screen
		}
		if time.Now().After(end) {
			w.shot("failed")
			w.t.Fatal("the program has started itself anew")
		}
	}
}

// answer is what the program says of itself.
type answer struct {
	Run     int64 // differs from start to start
	Process int
	Screen  screen.Screen
}

// ask asks the program what can be read, and the same again after a second: it may have ended
// meanwhile and started itself anew. On a busy computer the first may be answered later still.
func (w *walker) ask() (a answer) {
	w.t.Helper()
	w.asked++
	name := fmt.Sprintf("answer-%d", w.asked)
	var asked time.Time
	w.wait("an answer of the program", func() bool {
		if time.Since(asked) > time.Second {
			asked = time.Now()
			draft := filepath.Join(w.folder, "question")
			if err := os.WriteFile(draft, []byte(name), 0o600); err != nil {
				w.t.Fatal(err)
			}
			if err := os.Rename(draft, filepath.Join(w.folder, "ask")); err != nil {
				w.t.Fatal(err)
			}
		}
		text, err := os.ReadFile(filepath.Join(w.folder, name))
		return err == nil && json.Unmarshal(text, &a) == nil
	})
	return a
}

// text returns the text of a key, as the window should show it.
func (w *walker) text(key string, data ...map[string]any) string { return w.words.Text(key, data...) }

// until looks until something is so, and fails with a picture if it does not come.
func (w *walker) until(what string, so func(screen.Screen) bool) screen.Screen {
	w.t.Helper()
	for end := time.Now().Add(patience); ; {
		s := w.look()
		if so(s) {
			return s
		}
		if time.Now().After(end) {
			w.shot("failed")
			w.t.Fatalf("%s: not within %s. The window reads: %v", what, patience, s)
		}
	}
}

// rest is in how many answers a window reads the same when nothing is on its way any more. A
// computer that is busy answers later too.
const rest = 20

// still waits until the window rests, as a person does before a click that counts.
func (w *walker) still() {
	w.t.Helper()
	before, same := "", 0
	w.until("a window at rest", func(s screen.Screen) bool {
		if now := s.String(); now == before {
			same++
		} else {
			before, same = now, 0
		}
		return same >= rest
	})
}

// see waits until texts can be read.
func (w *walker) see(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.until("see "+text, func(s screen.Screen) bool { return s.Has(text) })
	}
}

// gone waits until a text can be read no more.
func (w *walker) gone(text string) {
	w.t.Helper()
	w.until("gone "+text, func(s screen.Screen) bool { return !s.Has(text) })
}

// focus waits until what has the keyboard shows a text.
func (w *walker) focus(text string) {
	w.t.Helper()
	w.until("focus on "+text, func(s screen.Screen) bool { return s.Focus != nil && strings.Contains(s.Focus.Text, text) })
}

// at waits until a control of a kind has the keyboard, such as a *parts.Entry, or "" for any:
// before that, keys would go elsewhere.
func (w *walker) at(kind string) screen.Screen {
	w.t.Helper()
	return w.until("the keyboard at a "+kind, func(s screen.Screen) bool { return s.Focus != nil && strings.HasPrefix(s.Focus.Kind, kind) })
}

// press presses a key that leads to another control, and waits until that has the keyboard.
func (w *walker) press(key string) screen.Screen {
	w.t.Helper()
	before := w.look().Control
	w.key(key)
	return w.until("the keyboard elsewhere after "+key, func(s screen.Screen) bool { return s.Control != "" && s.Control != before })
}

// place waits until a text can be clicked and returns the pixel to click. Of several it
// takes the first.
func (w *walker) place(text string) (x, y int) {
	w.t.Helper()
	s := w.until("find "+text, func(s screen.Screen) bool { return len(s.Find(text)) > 0 })
	return pixel(s, s.Find(text)[0].Middle())
}

func pixel(s screen.Screen, p fyne.Position) (x, y int) {
	return int(p.X * s.Scale), int(p.Y * s.Scale)
}

// point moves the mouse to a text.
func (w *walker) point(text string) {
	w.t.Helper()
	x, y := w.place(text)
	w.pointAt(x, y)
}

// pointAt moves the mouse to a pixel of the window.
func (w *walker) pointAt(x, y int) {
	w.t.Helper()
	w.must("xdotool", "mousemove", "--window", w.window, strconv.Itoa(x), strconv.Itoa(y))
}

func (w *walker) click(text string) {
	w.t.Helper()
	w.point(text)
	w.must("xdotool", "click", "1")
}

// choose opens a list by its text and clicks one of it. What it reads may stand below as well,
// while the list is not open yet, or not closed.
func (w *walker) choose(list, one string) {
	w.t.Helper()
	before := w.look().Overlays
	w.click(list)
	w.until("the list of "+list, func(s screen.Screen) bool { return s.Overlays > before })
	w.click(one)
	w.until("no list of "+list, func(s screen.Screen) bool { return s.Overlays == before })
}

func (w *walker) doubleClick(text string) {
	w.t.Helper()
	w.point(text)
	w.must("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
}

func (w *walker) rightClick(text string) {
	w.t.Helper()
	w.point(text)
	w.must("xdotool", "click", "3")
}

// scroll turns the mouse wheel over a text; down is positive.
func (w *walker) scroll(text string, turns int) {
	w.t.Helper()
	w.point(text)
	button := "5"
	if turns < 0 {
		button, turns = "4", -turns
	}
	w.must("xdotool", "click", "--repeat", strconv.Itoa(turns), "--delay", "15", button)
}

// drag takes a text by its middle and moves it.
func (w *walker) drag(text string, right, down int) {
	w.t.Helper()
	x, y := w.place(text)
	w.pointAt(x, y)
	w.must("xdotool", "mousedown", "1")
	const steps = 8 // a jump is no drag to Fyne
	for i := 1; i <= steps; i++ {
		w.pointAt(x+right*i/steps, y+down*i/steps)
	}
	w.must("xdotool", "mouseup", "1")
}

// drop drops files on the middle of the window, as a file manager does.
func (w *walker) drop(files ...string) {
	w.t.Helper()
	window, err := strconv.ParseUint(w.window, 10, 64)
	if err != nil {
		w.t.Fatal(err)
	}
	s := w.look()
	x, y := pixel(s, fyne.NewPos(s.Size.Width/2, s.Size.Height/2))
	if err := dropFiles(w.display, window, x, y, files); err != nil {
		w.t.Fatal(err)
	}
}

// key presses keys by the names of X: "ctrl+Return", "F6", "Escape".
func (w *walker) key(names ...string) {
	w.t.Helper()
	w.must("xdotool", append([]string{"key", "--delay", "30"}, names...)...)
}

// tabTo goes on by Tab until what has the keyboard shows a text.
func (w *walker) tabTo(text string) {
	w.t.Helper()
	s := w.look()
	const most = 100
	for range most {
		if s.Focus != nil && strings.Contains(s.Focus.Text, text) {
			return
		}
		s = w.press("Tab")
	}
	w.shot("failed")
	w.t.Fatalf("no way to %s by Tab. The window reads: %v", text, s)
}

// typeText types on a Latin keyboard.
func (w *walker) typeText(text string) {
	w.t.Helper()
	w.at("")
	w.must("xdotool", "type", "--delay", "20", "--", text)
}

// paste pastes a text, which Chinese needs, and waits until it is there: the program reads the
// clipboard when it comes to the key, and must not find the next text in it.
func (w *walker) paste(text string) {
	w.t.Helper()
	w.tryPaste(text)
	w.focus(text)
}

// tryPaste puts a text into the clipboard and presses the key.
func (w *walker) tryPaste(text string) {
	w.t.Helper()
	owner := w.command("xclip", "-quiet", "-selection", "clipboard", "-in")
	owner.Stdin = strings.NewReader(text)
	w.start(owner)
	w.wait("the clipboard", func() bool { return w.clipboard() == text })
	w.at("")
	w.key("ctrl+v")
}

// clipboard returns what was copied; empty if nothing was.
func (w *walker) clipboard() string {
	out, err := w.command("xclip", "-selection", "clipboard", "-out").Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// frame is how long the screen may take to show what can be read already.
const frame = 150 * time.Millisecond

// shot takes a picture of the whole screen.
func (w *walker) shot(name string) image.Image {
	w.t.Helper()
	if err := os.MkdirAll(*pictures, 0o750); err != nil {
		w.t.Fatal(err)
	}
	<-time.After(frame)
	path := filepath.Join(*pictures, strings.ReplaceAll(name, " ", "-")+".png")
	w.must("import", "-window", "root", path)
	file, err := os.Open(path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	picture, _, err := image.Decode(file)
	if err != nil {
		w.t.Fatal(err)
	}
	return picture
}
