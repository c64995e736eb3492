package magento_test

import (
	"path/filepath"
	"testing"

	"kebu/importers/all"
	"kebu/importers/importertest"
)

var exports = filepath.Join("..", "..", "testdata", "exports", "magento")

func TestExports(t *testing.T) { importertest.Run(t, all.Formats(), exports) }

func FuzzExports(f *testing.F) { importertest.Fuzz(f, all.Formats(), exports, 2) }
