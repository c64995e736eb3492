package vault

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	osexec "os/exec"
	"strconv"
	"testing"
)

// What else the child is told: its journal mode, and before which change of a file
// it kills itself, 0 for never.
const (
	modeEnv   = childEnv + "_MODE"
	changeEnv = childEnv + "_CHANGE"
)

// strained settings make transactions spill and checkpoints frequent. EXTRA
// matters to the rollback journal only, whose deletion is the commit.
func strained(mode string) []string {
	return []string{"journal_mode(" + mode + ")", "cache_size(8)", "wal_autocheckpoint(20)", "synchronous(EXTRA)"}
}

// writeUntilKilled is the child: it goes on with the steps of a book and prints
// the number of each that is committed.
func writeUntilKilled(path string) int {
	if err := writeSteps(path); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return childFailed
}

// childFailed is the exit code of a child that ended by itself.
const childFailed = 3

func writeSteps(path string) error {
	last, err := strconv.Atoi(os.Getenv(changeEnv))
	if err != nil {
		return err
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	changes := 0
	w := func(op operation) verdict { //nolint:unparam // what a watcher is
		if op.kind != opRead && op.kind != opOpen {
			if changes++; changes == last {
				_ = self.Kill()
				select {}
			}
		}
		return verdict{}
	}
	watcher.Store(&w)
	f, err := OpenFile(path)
	if err != nil {
		return err
	}
	if err := f.Attach(testKeys()); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", f.DSN(strained(os.Getenv(modeEnv))...))
	if err != nil {
		return err
	}
	ctx := context.Background()
	steps := workload{steps: 1 << 20, onAck: func(n int) { _, _ = fmt.Fprintln(os.Stdout, n) }}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM step`).Scan(&steps.acked); err != nil {
		return err
	}
	return errors.Join(errors.New("the steps ran out"), steps.run(ctx, db))
}

// A child writes and is killed, by us at some moment after a commit or by itself
// before some change of a file. What it said was committed must be there, the lock
// it left must not lock, and the next child goes on.
func TestKilledWriterLosesNothing(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			path := bookPath(t)
			must(t, create(t, path).Close())
			r := random(1)
			last, hot, kills := 0, 0, 0
			for ; kills < rounds(30); kills++ {
				acked := last
				if kills%2 == 0 {
					acked = max(acked, killChild(t, path, mode, 1+r.IntN(9), 0))
				} else {
					acked = max(acked, killChild(t, path, mode, 0, 1+r.IntN(150)))
				}
				for _, suffix := range []string{"-wal", "-journal"} {
					if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
						hot++
					}
				}
				f := reopen(t, path)
				db := connect(t, f, 1, strained(mode)...)
				if last = wantState(t, db); last < acked {
					t.Fatalf("step %d was committed, the book ends at %d", acked, last)
				}
				must(t, db.Close())
				wantPages(t, f)
				must(t, f.Close())
			}
			if hot < kills/4 || last < kills {
				t.Errorf("%d kills, %d with a log left, %d steps", kills, hot, last)
			}
			t.Logf("%d kills, %d with a log left, %d steps", kills, hot, last)
		})
	}
}

// killChild runs a child until it has told of so many steps, or until it kills
// itself, and returns the last step that it told of.
func killChild(t *testing.T, path, mode string, steps, change int) int {
	t.Helper()
	cmd := osexec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this test itself
	cmd.Env = append(os.Environ(), childEnv+"="+path, modeEnv+"="+mode, changeEnv+"="+strconv.Itoa(change))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	acked := 0
	for i := 0; lines.Scan(); i++ {
		if acked, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if i+1 == steps {
			must(t, cmd.Process.Kill())
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() == childFailed {
		t.Fatal("the child was not killed", err)
	}
	return acked
}
