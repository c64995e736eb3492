//go:build !windows

package sheet

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
)

// Print hands a PDF to the printer that is set for this computer, through the
// standard input of lp: no file is made. sent is called when the printer's
// queue has it. It fails with ErrNoPrinter.
func Print(ctx context.Context, pdf []byte, sent func()) error {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoPrinter, err)
	}
	c := exec.CommandContext(ctx, lp, "-s", "-o", "media=A4") //nolint:gosec // the system's lp
	c.Stdin = bytes.NewReader(pdf)
	if err := c.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%w: lp: %w", ErrNoPrinter, err)
	}
	sent()
	return nil
}
