package ui

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// run does one task of the window, and notes how long the window was busy with it.
func (o *opened) run(task func()) {
	began := busy()
	task()
	o.busiest = max(o.busiest, busy()-began)
}

// TestALargeImportLeavesTheWindowFree imports half a million rows and takes them
// back, while somebody looks at every page: nothing of it blocks the window.
func TestALargeImportLeavesTheWindowFree(t *testing.T) {
	const (
		free     = 100 * time.Millisecond
		patience = time.Minute
	)
	orders := 25_900
	if testing.Short() {
		orders = 1_000
	}
	runtime.LockOSThread() // busy is that of the thread
	defer runtime.UnlockOSThread()
	o := openShop(t)
	see := func(text string) {
		t.Helper()
		o.Within(patience, "see "+text, func() bool { return o.Screen().Has(text) })
	}
	press := func(key fyne.KeyName) { o.run(func() { o.Ctrl(key) }) }
	look := func() {
		t.Helper()
		for _, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key5, fyne.Key6} {
			press(key)
			o.Within(patience, "a fact about the page", func() bool { return key == fyne.Key6 || o.shell.header.shown.Fact != "" })
		}
	}
	file := largeExport(t, orders)
	o.busiest = 0
	o.run(func() { o.dropped([]fyne.URI{storage.NewFileURI(file)}) })
	look()
	press(fyne.Key4)
	see(o.Text("imports_promise"))
	press(fyne.KeyReturn)
	look()
	press(fyne.Key4)
	see(o.Text("imports_undo_this"))
	look()
	press(fyne.KeyZ)
	undone, _, _ := strings.Cut(o.Text("shell_undone", map[string]any{"Text": "|"}), "|")
	see(undone)
	t.Logf("busy for %s at most", o.busiest)
	if !testing.Short() && o.busiest > free { // with the race detector, all takes many times as long
		t.Errorf("busy for %s with one task", o.busiest)
	}
}

// largeExport writes an export of Shopify with 21 rows for each order, some of
// which cannot be read.
func largeExport(t *testing.T, orders int) string {
	t.Helper()
	const lines, buyers = 21, 4_372
	path := filepath.Join(t.TempDir(), "orders_export.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(file) // keeps its first error until Flush
	_, _ = fmt.Fprintln(w, "Name,Email,Financial Status,Fulfillment Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku")
	day := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	for i := range orders {
		first, quantity := fmt.Sprintf("buyer%d@example.test,paid,fulfilled,GBP", i*7919%buyers), "1"
		if i%3 == 0 {
			quantity = "some"
		}
		for line := range lines {
			_, _ = fmt.Fprintf(w, "#%d,%s,%s,%s,Tea %d - Tin,10.00,T-%d\n",
				100_000+i, first, day.Add(time.Duration(i)*40*time.Minute).Format("2006-01-02 15:04:05 -0700"), quantity, line, line)
			first = ",,,"
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
