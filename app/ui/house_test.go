package ui_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"kebu/assets"
)

// The tests of this file read the source of the window and keep rules that no linter has.

// sources calls see with every file below this folder that is part of the program.
func sources(t *testing.T, see func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "desk/desktest") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		seen++
		see(filepath.ToSlash(path), files, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("no source was read")
	}
}

func TestOnlyTaskStartsGoroutines(t *testing.T) {
	sources(t, func(path string, files *token.FileSet, file *ast.File) {
		if strings.HasPrefix(path, "task/") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: give the work to app/ui/task", files.Position(n.Pos()))
			case *ast.SelectorExpr:
				switch name(n) {
				case "time.AfterFunc", "sync.WaitGroup", "context.AfterFunc":
					t.Errorf("%s: %s starts goroutines, or waits for them: that is app/ui/task's", files.Position(n.Pos()), name(n))
				}
			}
			return true
		})
	})
}

// A colour is a token; a part may make it more transparent, but mixes none.
func TestOnlyLookMixesColours(t *testing.T) {
	sources(t, func(path string, files *token.FileSet, file *ast.File) {
		if strings.HasPrefix(path, "look/") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			value, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if kind, ok := value.Type.(*ast.SelectorExpr); ok && strings.HasPrefix(name(kind), "color.") && len(value.Elts) > 0 {
				t.Errorf("%s: a colour of its own: colours are tokens of app/ui/look", files.Position(n.Pos()))
			}
			return true
		})
	})
}

// What a page asks of the book comes in interfaces that one can take in at a glance.
func TestAPageAsksForFewMethods(t *testing.T) {
	const few = 5
	asked := 0
	sources(t, func(_ string, files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			list, ok := n.(*ast.InterfaceType)
			if !ok {
				return true
			}
			methods := 0
			for _, m := range list.Methods.List {
				if f, ok := m.Type.(*ast.FuncType); ok && readsBook(f) {
					methods++
				}
			}
			if methods > few {
				t.Errorf("%s: %d methods of the book: part them by what they are for", files.Position(n.Pos()), methods)
			}
			asked += methods
			return true
		})
	})
	if asked == 0 {
		t.Error("no method was found")
	}
}

// readsBook reports whether a method is of the book: those alone take a context.
func readsBook(f *ast.FuncType) bool {
	if len(f.Params.List) == 0 {
		return false
	}
	kind, ok := f.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && name(kind) == "context.Context"
}

// A text that people read is a key of the locales; what stands in the source is for programs.
func TestNoTextIsWrittenInTheSource(t *testing.T) {
	sources(t, func(path string, files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field: // a struct tag
				n.Tag = nil
			case *ast.CallExpr:
				return !forProgrammers(n)
			case *ast.BasicLit:
				text, ok := literal(n)
				rule := strings.HasPrefix(path, "filter/") // whose words look like English
				if ok && (chinese(text) || sentence(text) && !rule) {
					t.Errorf("%s: %q belongs into assets/locales", files.Position(n.Pos()), text)
				}
			}
			return true
		})
	})
}

func chinese(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

var twoWords = regexp.MustCompile(`\pL{2}[,.:;?]? (\pL )?\pL{2}`)

// sentence reports whether a literal has two words or more, of two letters or more. Markup is
// no sentence.
func sentence(text string) bool {
	return !strings.HasPrefix(text, "<") && twoWords.MatchString(text)
}

// forProgrammers reports whether a call takes a text that no user reads.
func forProgrammers(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		return name(f) == "errors.New" || name(f) == "fmt.Errorf"
	}
	return false
}

// A key is what is passed to Text, and what begins with the name of a page or a part.
func TestEveryKeyHasItsText(t *testing.T) {
	texts := locales(t)
	key := keys(t)
	found := 0
	sources(t, func(_ string, files *token.FileSet, file *ast.File) {
		check := func(n ast.Node, is func(string) bool) {
			text, ok := literal(n)
			if !ok || !is(text) {
				return
			}
			found++
			for language, has := range texts {
				if !has[text] {
					t.Errorf("%s: %s.json has no %q", files.Position(n.Pos()), language, text)
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				check(n, key.MatchString)
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Text" && len(call.Args) > 0 {
				check(call.Args[0], func(text string) bool { return !key.MatchString(text) }) // those that do are seen below
			}
			return true
		})
	})
	if found == 0 {
		t.Error("no key was found")
	}
}

// keys matches the keys of the window: page_overview, part_close, customers_empty.
func keys(t *testing.T) *regexp.Regexp {
	t.Helper()
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	prefixes := []string{"page", "part", "shell"}
	for _, f := range folders {
		if f.IsDir() {
			prefixes = append(prefixes, regexp.QuoteMeta(f.Name()))
		}
	}
	return regexp.MustCompile(`^(` + strings.Join(prefixes, "|") + `)(_[a-z0-9]+)+$`)
}

// locales returns the keys of each language.
func locales(t *testing.T) map[string]map[string]bool {
	t.Helper()
	texts := map[string]map[string]bool{}
	for _, language := range []string{"zh-Hans", "zh-Hant", "en"} {
		file, err := assets.Locales.ReadFile("locales/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(file, &keys); err != nil {
			t.Fatal(err)
		}
		texts[language] = map[string]bool{}
		for key := range keys {
			texts[language][key] = true
		}
	}
	return texts
}

func literal(e ast.Node) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// name returns a selector as it is written: "time.AfterFunc".
func name(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return ""
}
