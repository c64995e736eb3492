package usecase_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kebu/app/usecase"
	"kebu/crypto/passphrase/passphrasetest"
	"kebu/store"
	"kebu/store/storetest"
)

func TestMain(m *testing.M) {
	passphrasetest.Lower()
	os.Exit(m.Run())
}

func clock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func session(t *testing.T) *usecase.Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.kebu")
	storetest.Make(t, path)
	s, err := usecase.Open(t.Context(), path, "", []byte(storetest.Passphrase), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

const export = "../../testdata/exports/taobao/ExportOrderList-2015.csv"

func TestReadersGoOnWhileAnImportWrites(t *testing.T) {
	s := session(t)
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: export}); err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	for range 3 {
		work.Go(func() {
			for range 5 {
				for _, sel := range []usecase.Selection{{}, {Where: "purchases >= 1"}, {Search: "a"}} {
					if _, err := s.Customers(t.Context(), sel, func(store.Customer) error { return nil }); err != nil {
						t.Error(err)
					}
				}
				if _, err := s.Stats(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		r, err := s.Import(t.Context(), usecase.ImportRequest{Path: "../../testdata/exports/shopify/orders_export-79.csv"})
		if err != nil {
			t.Fatal(err)
		}
		if r.Orders.New == 0 {
			t.Errorf("imported %+v", r.Orders)
		}
		if len(r.Import) == 0 {
			t.Fatal("no step")
		}
		imports, err := s.Imports(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Undo(t.Context(), imports[0].Step); err != nil {
			t.Fatal(err)
		}
	}
	work.Wait()
}

func TestCancelledImportChangesNothing(t *testing.T) {
	s := session(t)
	for _, at := range []usecase.Phase{usecase.PhaseRead, usecase.PhaseWrite, usecase.PhaseMatch, usecase.PhaseFigures} {
		for _, dry := range []bool{false, true} {
			if dry && at == usecase.PhaseFigures {
				continue // it has none
			}
			ctx, cancel := context.WithCancel(t.Context())
			_, err := s.Import(ctx, usecase.ImportRequest{Path: export, DryRun: dry, Progress: func(p usecase.Progress) {
				if p.Phase == at {
					cancel()
				}
			}})
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled in %v, dry run %t: %v", at, dry, err)
			}
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if stats.Orders != 0 || stats.Customers != 0 {
		t.Errorf("left: %+v", stats)
	}
	imports, err := s.Imports(t.Context())
	if err != nil || len(imports) != 0 {
		t.Errorf("imports %v, %v", imports, err)
	}
}

func TestSearchSeesWhatUndoTookBack(t *testing.T) {
	s := session(t)
	count := func() int {
		n, err := s.Customers(t.Context(), usecase.Selection{Search: "a"}, func(store.Customer) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(); n != 0 {
		t.Fatalf("%d found in an empty book", n)
	}
	if _, err := s.Import(t.Context(), usecase.ImportRequest{Path: "../../testdata/exports/shopify/orders_export-79.csv"}); err != nil {
		t.Fatal(err)
	}
	if n := count(); n == 0 {
		t.Fatal("nobody found after the import")
	}
	if _, err := s.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 0 {
		t.Errorf("%d found after the undo", n)
	}
}
