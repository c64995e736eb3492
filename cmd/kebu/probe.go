//go:build cgo && walk

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"kebu/cmd/kebu/walk/screen"
)

// The program that the walk clicks through answers what can be read in its window. Whoever
// renames a file to "ask" in the folder KEBU_WALK finds the answer under what stood in it.
func init() {
	if folder := os.Getenv("KEBU_WALK"); folder != "" {
		go answer(folder)
	}
}

func answer(folder string) {
	run := time.Now().UnixNano() // tells this start of the program from the next
	for range time.Tick(10 * time.Millisecond) {
		// Renaming decides who answers when the program is just starting itself anew.
		taken := filepath.Join(folder, "taken")
		if os.Rename(filepath.Join(folder, "ask"), taken) != nil {
			continue // nobody asks
		}
		name, err := os.ReadFile(taken)
		if err != nil {
			continue
		}
		said := struct {
			Run     int64
			Process int
			Screen  screen.Screen
		}{Run: run, Process: os.Getpid()}
		fyne.DoAndWait(func() {
			for _, w := range fyne.CurrentApp().Driver().AllWindows() {
				said.Screen = screen.Read(w.Canvas())
				said.Screen.Title = w.Title()
			}
		})
		text, err := json.Marshal(said)
		if err != nil {
			panic(err) // plain fields
		}
		draft := filepath.Join(folder, "draft")
		if os.WriteFile(draft, text, 0o600) == nil {
			_ = os.Rename(draft, filepath.Join(folder, string(name))) // asked again if it fails
		}
	}
}
