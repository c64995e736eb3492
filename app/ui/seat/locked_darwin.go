package seat

import (
	"context"
	"os/exec"
	"time"
)

// patience is how long the system may take to answer.
const patience = 2 * time.Second

// Locked reports whether the screen is locked, false where the system does not tell.
func Locked(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	report, err := exec.CommandContext(ctx, "/usr/sbin/ioreg", "-n", "Root", "-d1").Output()
	return err == nil && consoleLocked(report)
}
