package phrase

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// parse reads the Go files of a folder, without its tests.
func parse(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	set := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// constants returns the values of the text constants of a type.
func constants(t *testing.T, dir, typ string) []string {
	t.Helper()
	var values []string
	for _, f := range parse(t, dir) {
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := s.Type.(*ast.Ident); !ok || id.Name != typ {
				return true
			}
			for _, v := range s.Values {
				if text, ok := literal(v); ok {
					values = append(values, text)
				}
			}
			return true
		})
	}
	return values
}

func literal(n ast.Node) (string, bool) {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// sources parses everything that speaks to people.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	for _, root := range []string{"../../cmd", ".."} {
		if err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				files = append(files, parse(t, path)...)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// speakers are the functions whose argument of that place is a key.
var speakers = map[string]int{"Text": 0, "say": 0, "warn": 0, "wrongUsage": 0, "askPassphrase": 0}

var helpKey = regexp.MustCompile(`\$\{(help_\w+)\}`)

// dynamic are beginnings of keys that are put together outside the sources that
// this test reads.
var dynamic = []string{"kind_", "advice_", "expect_", "platform_", "letter_"}

// counts reports whether data, a map, has a Count, which asks for plural forms.
func counts(data []ast.Expr) bool {
	if len(data) == 0 {
		return false
	}
	m, ok := data[0].(*ast.CompositeLit)
	if !ok {
		return false
	}
	for _, e := range m.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := literal(kv.Key); ok && key == "Count" {
				return true
			}
		}
	}
	return false
}

// TestKeysOfTheSourcesAndTextsAgree reads the sources: a key that is said is in
// the files, and a text in the files is said somewhere.
func TestKeysOfTheSourcesAndTextsAgree(t *testing.T) {
	texts := load(t, "en")
	said := make(map[string]bool)
	calls := 0
	var put []string // beginnings of keys that are put together
	for _, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			if text, ok := literal(n); ok {
				said[text] = true
				if strings.HasSuffix(text, "_") {
					put = append(put, text)
				}
				for _, m := range helpKey.FindAllStringSubmatch(text, -1) {
					said[m[1]] = true
					if texts[m[1]] == nil {
						t.Errorf("no text has the key %s", m[1])
					}
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			place, ok := speakers[s.Sel.Name]
			if !ok || place >= len(call.Args) {
				return true
			}
			if key, ok := literal(call.Args[place]); ok {
				calls++
				if texts[key] == nil {
					t.Errorf("no text has the key %s", key)
				} else if counts(call.Args[place+1:]) && texts[key]["one"] == "" {
					t.Errorf("%s is said with a count and has no form for one", key)
				}
			}
			return true
		})
	}
	if calls < 40 {
		t.Errorf("only %d keys found in the sources", calls)
	}
next:
	for key := range texts {
		for _, d := range append(put, dynamic...) {
			if strings.HasPrefix(key, d) {
				continue next
			}
		}
		if !said[key] {
			t.Errorf("%s is never said", key)
		}
	}
}
