package usecase

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"kebu/app/usecase/demo"
)

// DemoRequest says where the demo shop goes.
type DemoRequest struct {
	Path    string // the new book
	Exports string // folder for the export files; "" keeps none
	Lang    string // zh or en
	Clock   Clock
	// Progress, if not nil, is told the part of the work that is done, on the
	// goroutine of the call.
	Progress func(part float64)
}

// DemoReport says what was made.
type DemoReport struct {
	Passphrase string
	Customers  int
	Orders     int
	Exports    []string // names of the files
}

// DemoPassphrase opens every demo shop: it holds nobody's data.
const DemoPassphrase = "demo-shop-of-invented-people" //nolint:gosec // public on purpose

// demoOwner is the owner's name in a demo shop.
const demoOwner = "demo"

// demoName is the shop's name.
var demoName = map[string]string{"zh": "雾里茶铺", "en": "Mistleaf Tea"}

// demoSeed makes the demo shop the same for everyone.
const demoSeed = 20261111

// Demo makes a book with an invented shop by importing its export files, the
// way that every shop comes in. It never writes over a file.
func Demo(ctx context.Context, r DemoRequest) (_ DemoReport, err error) {
	exports, _, err := demo.Make(demo.Options{Seed: demoSeed, Lang: r.Lang, End: r.Clock()})
	if err != nil {
		return DemoReport{}, fmt.Errorf("invent shop: %w", err)
	}
	dir := r.Exports
	if dir == "" {
		// The people are invented, so that plain files may lie here for a moment.
		if dir, err = os.MkdirTemp("", "kebu-demo-"); err != nil {
			return DemoReport{}, fmt.Errorf("make folder: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	if _, err := Create(ctx, CreateRequest{
		Path: r.Path, Owner: demoOwner, Shop: demoName[r.Lang], Passphrase: []byte(DemoPassphrase), demo: true,
	}); err != nil {
		return DemoReport{}, err
	}
	s, err := Open(ctx, r.Path, "", []byte(DemoPassphrase), r.Clock)
	if err != nil {
		return DemoReport{}, errors.Join(err, os.Remove(r.Path))
	}
	defer func() {
		if err = errors.Join(err, s.Close()); err != nil { // no half of a shop
			err = errors.Join(err, os.Remove(r.Path))
		}
	}()
	report := DemoReport{Passphrase: DemoPassphrase}
	for i, e := range exports {
		name := filepath.Join(dir, e.Name)
		if err := os.WriteFile(name, e.Data, 0o600); err != nil {
			return DemoReport{}, fmt.Errorf("write export: %w", err)
		}
		told := func(p Progress) {
			if r.Progress != nil {
				r.Progress((float64(i) + p.Part) / float64(len(exports)))
			}
		}
		if _, err := s.Import(ctx, ImportRequest{Path: name, Shop: e.Shop, Progress: told}); err != nil {
			return DemoReport{}, fmt.Errorf("import %s: %w", e.Name, err)
		}
		report.Exports = append(report.Exports, e.Name)
	}
	if err := s.writeDemo(ctx, r.Lang); err != nil {
		return DemoReport{}, err
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		return DemoReport{}, err
	}
	report.Customers, report.Orders = stats.Customers, stats.Orders
	return report, nil
}
