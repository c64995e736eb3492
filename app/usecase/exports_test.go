package usecase_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kebu/app/usecase"
)

// fixtures lists the synthetic exports of all marketplaces.
func fixtures(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(filepath.Join("..", "..", "testdata", "exports"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".golden.json") {
			list = append(list, path)
		}
		return err
	})
	if err != nil || len(list) == 0 {
		t.Fatalf("%d exports, %v", len(list), err)
	}
	return list
}

// some is all of a list, or with the race detector, which has nothing to find where
// one file is read after the other, the first few.
func some(list []string) []string {
	if testing.Short() {
		return list[:min(len(list), 6)]
	}
	return list
}

// importEach imports exports, each into a shop of its own, and each twice: the
// second time changes nothing. It returns the steps of the first times.
func importEach(t *testing.T, s *usecase.Session, files []string) []int64 {
	t.Helper()
	var steps []int64
	for _, path := range files {
		request := usecase.ImportRequest{Path: path, Shop: filepath.Base(path)}
		first, err := s.Import(t.Context(), request)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		before, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.Import(t.Context(), request)
		if err != nil {
			t.Fatalf("%s again: %v", path, err)
		}
		if again.Orders.New+again.Orders.Changed > 0 || again.Orders.Same != first.Orders.New+first.Orders.Changed+first.Orders.Same {
			t.Errorf("%s again: orders %+v, at first %+v", path, again.Orders, first.Orders)
		}
		if p := again.Payments; p != nil && p.New+p.Changed > 0 {
			t.Errorf("%s again: payments %+v", path, *p)
		}
		after, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("%s again: figures %+v became %+v", path, before, after)
		}
		step, err := strconv.ParseInt(first.Import, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	return steps
}

func TestEveryExportTwiceIsOnceAndUndoTakesItBack(t *testing.T) {
	s := session(t)
	empty, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	steps := importEach(t, s, some(fixtures(t)))
	for _, step := range slices.Backward(steps) {
		if _, err := s.Undo(t.Context(), step+1); err != nil { // the second time
			t.Fatal(err)
		}
		if _, err := s.Undo(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
	if after, err := s.Stats(t.Context()); err != nil || !reflect.DeepEqual(empty, after) {
		t.Errorf("left behind: %+v, %v", after, err)
	}
}

// TestOrderOfPaymentsDoesNotMatter shows that files of payments change no
// figure, whether they come before the orders or after them.
func TestOrderOfPaymentsDoesNotMatter(t *testing.T) {
	var orders, payments []string
	for _, path := range fixtures(t) {
		i, err := usecase.Inspect(t.Context(), usecase.InspectRequest{Path: path})
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if i.Payments > 0 {
			payments = append(payments, path)
		} else {
			orders = append(orders, path)
		}
	}
	if len(payments) < 2 || len(orders) == 0 {
		t.Fatalf("%d files of payments, %d of orders", len(payments), len(orders))
	}
	orders = some(orders)
	var want any
	for _, files := range [][]string{orders, slices.Concat(orders, payments), slices.Concat(payments, orders)} {
		s := session(t)
		importEach(t, s, files)
		stats, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = stats
		}
		if !reflect.DeepEqual(want, stats) {
			t.Errorf("figures %+v, want %+v", stats, want)
		}
	}
}

func TestADeviceIsNoFile(t *testing.T) {
	if _, err := usecase.Inspect(t.Context(), usecase.InspectRequest{Path: os.DevNull}); !errors.Is(err, usecase.ErrNotFile) {
		t.Errorf("got %v", err)
	}
}
