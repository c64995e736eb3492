package sheet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unsafe"
)

// What ShellExecute is told, and answers: above 32 it has started a program.
const (
	hideWindow = 0
	started    = 32
)

// The program that prints reads the file when it gets to it; after that time it
// has, or never will.
const (
	readTime  = 45 * time.Second
	retryTime = 2 * time.Second
	retries   = 60
)

// Print has the program that shows PDFs print one, from a file that only this
// user can read, which is deleted when that program has read it or ctx ends.
// sent is called when the program has started. It fails with ErrNoPrinter
// where no program prints PDFs.
func Print(ctx context.Context, pdf []byte, sent func()) error {
	dir, err := os.MkdirTemp("", "kebu-sheet-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	file := filepath.Join(dir, "sheet.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return errors.Join(fmt.Errorf("write what is printed: %w", err), os.RemoveAll(dir))
	}
	if err := shellPrint(file); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	sent()
	wait(ctx, readTime)
	for range retries { // it is held open as long as it is read
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		wait(ctx, retryTime)
	}
	return fmt.Errorf("delete what was printed: %w", err)
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

func shellPrint(file string) error {
	verb, err := syscall.UTF16PtrFromString("print")
	if err != nil {
		return err
	}
	name, err := syscall.UTF16PtrFromString(file)
	if err != nil {
		return err
	}
	execute := syscall.NewLazyDLL("shell32.dll").NewProc("ShellExecuteW")
	code, _, _ := execute.Call(0, uintptr(unsafe.Pointer(verb)), uintptr(unsafe.Pointer(name)), 0, 0, hideWindow)
	if code <= started {
		return fmt.Errorf("%w: ShellExecute %d", ErrNoPrinter, code)
	}
	return nil
}
