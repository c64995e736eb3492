//go:build cgo

// Kebu is the desktop program: kebu [BOOK]. It shows the window of app/ui and
// is the only package that needs C, for OpenGL.
package main

import (
	"flag"
	"log/slog"
	"os"
	"os/exec"
	"runtime/debug"
	"time"

	// Zones of shops are known on computers that know none.
	_ "time/tzdata"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"kebu/app/phrase"
	"kebu/app/ui"
	"kebu/app/usecase"
	"kebu/assets"
)

// The size of the first opening: what a laptop of 1366 x 768 leaves below the
// title and above the task bar.
const (
	firstWidth  = 1366
	firstHeight = 689
)

// What this computer remembers of the window.
const (
	prefWidth  = "width"
	prefHeight = "height"
)

func main() {
	debug.SetGCPercent(60) // a large import takes 250 MB and not 300, for a tenth more time
	anew := flag.Bool("anew", false, "start at the first page")
	restore := flag.Bool("restore", false, "restore a book from a backup: BOOK [BACKUP]")
	flag.Parse()

	a := app.NewWithID("kebu")
	a.SetIcon(fyne.NewStaticResource("kebu.png", assets.Icon))
	prefs := a.Preferences()
	words := phrase.New(language(prefs))
	window := a.NewWindow(words.Text("shell_title"))
	window.Resize(fyne.NewSize(
		float32(prefs.FloatWithFallback(prefWidth, firstWidth)), float32(prefs.FloatWithFallback(prefHeight, firstHeight))))

	var next []string // arguments of the program that follows this one, if any
	w := ui.New(ui.Options{
		App: a, Window: window, Words: words, Clock: time.Now, Tries: usecase.TriesHere(time.Now), Keeper: usecase.KeeperHere(time.Now), Do: fyne.Do,
		Restart: func(book string) {
			next = []string{"-anew"}
			if book != "" {
				next = []string{book}
			}
			a.Quit()
		},
		Restore: func(book, backup string) {
			next = []string{"-restore", book, backup}
			a.Quit()
		},
		// Fyne's own hook at the end is not always run.
		Quit: func() {
			size := window.Canvas().Size()
			prefs.SetFloat(prefWidth, float64(size.Width))
			prefs.SetFloat(prefHeight, float64(size.Height))
			a.Quit()
		},
	})
	switch {
	case *anew:
		w.Welcome()
	case *restore:
		w.Restoring(flag.Arg(0), flag.Arg(1))
	default:
		w.Start(flag.Arg(0))
	}
	window.ShowAndRun()
	// Only now the file of what this computer remembers is whole.
	if next != nil {
		follow(next)
	}
}

// language is the one that was chosen, else the system's.
func language(prefs fyne.Preferences) string {
	if tag := prefs.String(ui.PrefLanguage); tag != "" {
		return tag
	}
	return lang.SystemLocale().LanguageString()
}

// follow starts the program again. This process ends, and with it every
// personal value in its memory.
func follow(args []string) {
	program, err := os.Executable()
	if err != nil {
		slog.Error("find the program", "error", err)
		return
	}
	next := exec.Command(program, args...) //nolint:gosec,noctx // this program, which outlives the caller
	next.Stdout, next.Stderr = os.Stdout, os.Stderr
	if err := next.Start(); err != nil {
		slog.Error("start again", "error", err)
	}
}
