package stripe_test

import (
	"path/filepath"
	"testing"

	"kebu/importers/all"
	"kebu/importers/importertest"
)

func TestExports(t *testing.T) {
	importertest.Run(t, all.Formats(), filepath.Join("..", "..", "testdata", "exports", "stripe"))
}
