//go:build walk

package walk

import (
	"bufio"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	program  = flag.String("program", "", "the kebu to walk through, built with -tags walk")
	pictures = flag.String("pictures", "", "folder for pictures of the screen")
)

// A desk is a display in memory with a window manager, for one program.
type desk struct {
	t       *testing.T
	display string
	home    string
}

// newDesk starts both; they end with the test.
func newDesk(t *testing.T) *desk {
	d := &desk{t: t, home: t.TempDir()}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.CommandContext(t.Context(), "Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "+extension", "GLX", "-nolisten", "tcp", "-noreset")
	x.ExtraFiles = []*os.File{write}
	d.start(x)
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	d.display = ":" + strings.TrimSpace(number)
	d.start(d.command("openbox", "--sm-disable"))
	d.wait("window manager", func() bool { return d.command("xdotool", "get_desktop").Run() == nil })
	return d
}

// command is a command on this display. Its home is empty, so that nothing of the person
// who runs the test is read or written, and no message bus is started.
func (d *desk) command(name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(d.t.Context(), name, args...)
	c.Env = []string{
		"PATH=" + os.Getenv("PATH"), "DBUS_SESSION_BUS_ADDRESS=disabled:", "HOME=" + d.home, "TMPDIR=" + d.home, "DISPLAY=" + d.display,
		"LIBGL_ALWAYS_SOFTWARE=1", "LC_CTYPE=C.UTF-8", "LANG=zh_CN.UTF-8", "FYNE_SCALE=1", "TZ=Asia/Shanghai",
	}
	return c
}

// must runs a command that has to succeed.
func (d *desk) must(name string, args ...string) {
	d.t.Helper()
	if out, err := d.command(name, args...).CombinedOutput(); err != nil {
		d.t.Fatalf("%s %s: %v %s", name, strings.Join(args, " "), err, out)
	}
}

// start starts a command that ends with the test at the latest, with all it has started
// itself. What it writes goes to the log of the test if that fails.
func (d *desk) start(c *exec.Cmd) (kill func()) {
	d.t.Helper()
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	log, err := os.Create(filepath.Join(d.t.TempDir(), "log"))
	if err != nil {
		d.t.Fatal(err)
	}
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	ended := false
	kill = func() {
		if ended {
			return
		}
		ended = true
		// SIGTERM would ask the program to end itself, which it may not be able to.
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // gone already is as good
		_ = c.Wait()                                      // killed, as it was told
		if d.t.Failed() {
			_, _ = log.Seek(0, io.SeekStart) // a log that cannot be read is an empty one
			if text, _ := io.ReadAll(log); len(text) > 0 {
				d.t.Logf("%s wrote:\n%s", c.Path, text)
			}
		}
		_ = log.Close() // nothing is in it that matters any more
	}
	d.t.Cleanup(kill)
	return kill
}

// patience is how long anything on the screen may take, on a computer that draws it without a
// graphics card and is busy with ten other things.
const patience = time.Minute

// wait asks again and again until something is so.
func (d *desk) wait(what string, so func() bool) {
	d.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); !so(); <-tick.C {
		if time.Now().After(end) {
			d.t.Fatalf("%s: not within %s", what, patience)
		}
	}
}
