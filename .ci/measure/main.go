// Measure runs a command and prints what it cost: processor seconds of all its threads,
// wall seconds and peak memory of the whole process. It fails if the command does, or if
// a bound is given and exceeded. The command's output goes to standard error, so that
// standard output holds one line per measurement.
//
//	measure [-cpu SECONDS] [-memory MB] NAME COMMAND [ARGUMENT…]
//
// The peak is what the system saw resident, file cache mapped by the process included.
// It does not see what children of the command use while they run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// megabyte is the unit of the budgets.
const megabyte = 1e6

var errOver = errors.New("over budget")

func main() {
	cpu := flag.Float64("cpu", 0, "processor seconds allowed; 0: any")
	memory := flag.Float64("memory", 0, "peak MB allowed; 0: any")
	flag.Parse()
	if flag.NArg() < 2 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := measure(ctx, *cpu, *memory, flag.Arg(0), flag.Args()[1:])
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "measure %s: %v\n", flag.Arg(0), err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, cpu, memory float64, name string, command []string) error {
	c := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // running what it is given is its purpose
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stderr, os.Stderr
	start := time.Now()
	if err := c.Run(); err != nil {
		return err
	}
	wall := time.Since(start).Seconds()
	used := (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	peak, err := peakMemory(c.ProcessState)
	if err != nil {
		return err
	}
	if cpu > 0 && used > cpu || memory > 0 && peak > memory {
		err = errOver
	}
	_, printed := fmt.Fprintf(os.Stdout, "%-14s %6.2f CPU s%s %7.2f s %6.0f MB%s\n", name, used, bound(cpu), wall, peak, bound(memory))
	return errors.Join(err, printed)
}

// peakMemory returns megabytes. The system counts in KiB, except on macOS: in bytes.
func peakMemory(s *os.ProcessState) (float64, error) {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("this system does not tell the peak memory of a process")
	}
	if runtime.GOOS == "darwin" {
		return float64(u.Maxrss) / megabyte, nil
	}
	return float64(u.Maxrss) * 1024 / megabyte, nil
}

func bound(limit float64) string {
	if limit == 0 {
		return ""
	}
	return fmt.Sprintf(" (of %g)", limit)
}
