package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// scripts and exports are the folders of testdata.
var (
	scripts = filepath.Join("..", "..", "testdata", "scripts")
	exports = filepath.Join("..", "..", "testdata", "exports")
)

const testPassphrase = "viaduct-mellow-thistle-27-orbit"

// TestScripts runs testdata/scripts, each in a folder of its own. They find
//
//	$EXPORTS        testdata/exports
//	$ON             --book=shop.kebu --passphrase-file=pass
//	pass            a passphrase
//
// and the commands of scriptCommands. KEBU_UPDATE rewrites what they compare.
func TestScripts(t *testing.T) {
	folder, err := filepath.Abs(exports)
	if err != nil {
		t.Fatal(err)
	}
	// Scripts that lose their rights must still reach their own folder.
	root := t.TempDir()
	for _, dir := range []string{root, filepath.Dir(root)} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	params := testscript.Params{
		Dir:         scripts,
		WorkdirRoot: root,
		Cmds:        scriptCommands(),
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXPORTS", folder)
			e.Setenv("LANG", "en_US.UTF-8")
			e.Setenv("LC_ALL", "")
			e.Setenv("LC_MESSAGES", "")
			return os.WriteFile(filepath.Join(e.WorkDir, "pass"), []byte(testPassphrase+"\n"), 0o600)
		},
		UpdateScripts:      os.Getenv("KEBU_UPDATE") != "",
		RequireUniqueNames: true,
	}
	if testing.Short() { // with the race detector: those of verbs that do several things at once
		params.Dir = ""
		for _, verb := range []string{"check", "duplicates", "export", "import", "review", "undo"} {
			params.Files = append(params.Files, filepath.Join(scripts, verb+".txtar"))
		}
	}
	testscript.Run(t, params)
}
