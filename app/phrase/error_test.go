package phrase

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"strings"
	"testing"

	"kebu/app/crm"
	"kebu/app/usecase"
	"kebu/importers"
	"kebu/importers/custom"
	"kebu/importers/table"
)

// each calls fn with the texts of every language.
func each(fn func(*Phrases)) {
	for _, l := range languages {
		fn(New(l.String()))
	}
}

func TestEveryKindOfErrorHasItsSentence(t *testing.T) {
	errs := []error{
		fmt.Errorf("shoe: %w", usecase.ErrColumn),
		&custom.Error{Problem: custom.BadJSON, Line: 1, Column: 1, Err: errors.New("bad")},
		&custom.Error{Problem: custom.UnknownField, Name: "order", Known: []string{"order_no"}},
		&importers.NotExportError{},
		&importers.AmbiguousError{Candidates: []importers.Candidate{
			{Match: importers.Match{Format: &importers.Format{ID: "x.orders"}}, Headers: []string{"Number"}},
			{Match: importers.Match{Format: &importers.Format{ID: "y.orders"}}, Headers: []string{"Number"}},
		}},
		&importers.NotExportError{Missing: []string{"Number"}},
		&table.LimitError{What: "rows", Limit: 2_000_000},
		&table.LimitError{What: "namespaces", Limit: 8},
		&table.DamageError{Part: "xl/workbook.xml", Err: fs.ErrInvalid},
		&crm.RuleError{Pos: 3, Found: "x", Expected: []crm.Expect{crm.ExpectField, ")"}, Nearest: "net"},
		&crm.RuleError{Pos: 3, Expected: []crm.Expect{crm.ExpectNumber}},
	}
	for _, k := range kinds {
		errs = append(errs, k.is)
	}
	each(func(p *Phrases) {
		other := strings.TrimRight(p.Text("error_other", map[string]any{"Detail": ""}), ".。 ")
		seen := make(map[string]bool)
		for _, err := range errs {
			text := p.Error(fmt.Errorf("do something: %w", err))
			if strings.HasPrefix(text, other) || strings.Contains(text, "\n") || strings.Contains(text, "<no value>") {
				t.Errorf("%s: %v is told as %q", p.tag, err, text)
			}
			seen[text] = true
		}
		if text := p.Error(errors.New("quite new")); !strings.Contains(text, "quite new") || len(seen) < len(kinds)-5 {
			t.Errorf("%s: %d sentences, an unknown error is told as %q", p.tag, len(seen), text)
		}
	})
}

// TestNoErrorOfUseCasesIsForgotten reads the sources: what a use-case names
// Err… has a place in this package.
func TestNoErrorOfUseCasesIsForgotten(t *testing.T) {
	told := make(map[string]bool)
	for _, f := range parse(t, ".") {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				told[s.Sel.Name] = true
			}
			return true
		})
	}
	n := 0
	for _, dir := range []string{"../usecase", "../crm"} {
		for _, f := range parse(t, dir) {
			for _, d := range f.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok || g.Tok != token.VAR {
					continue
				}
				for _, s := range g.Specs {
					for _, name := range s.(*ast.ValueSpec).Names { //nolint:errcheck // variables have no other
						if !strings.HasPrefix(name.Name, "Err") || notForPeople[name.Name] {
							continue
						}
						n++
						if !told[name.Name] {
							t.Errorf("%s.%s has no sentence", f.Name.Name, name.Name)
						}
					}
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d errors found", n)
	}
}

// notForPeople are errors that importers turn into a Reason.
var notForPeople = map[string]bool{"ErrNotDecimal": true, "ErrTooFine": true}

func TestEveryReasonKindAndProblemHasAText(t *testing.T) {
	reasons := constants(t, "../../importers", "Reason")
	problems := constants(t, "../../importers/custom", "Problem")
	expects := constants(t, "../crm", "Expect")
	if len(reasons) < 20 || len(problems) < 6 || len(expects) < 10 {
		t.Fatalf("found %d reasons, %d problems, %d expectations", len(reasons), len(problems), len(expects))
	}
	each(func(p *Phrases) {
		for _, r := range reasons {
			if p.Reason(r) == r {
				t.Errorf("%s: reason %s has no text", p.tag, r)
			}
		}
		for _, m := range problems {
			if _, err := p.find("mapping_" + m); err != nil {
				t.Error(err)
			}
		}
		for _, x := range expects {
			if _, err := p.find("expect_" + x); err != nil {
				t.Error(err)
			}
		}
		for k := table.KindEncrypted; k <= table.KindEmpty; k++ {
			if text := p.Error(&table.UnsupportedError{Kind: k}); !strings.Contains(text, p.Text("kind_"+kindKeys[k].name)) {
				t.Errorf("%s: %v is told as %q", p.tag, k, text)
			}
		}
		for _, c := range usecase.ExportColumns() {
			if _, err := p.find("column_" + c); err != nil {
				t.Error(err)
			}
		}
	})
	if last := table.KindEmpty + 1; !strings.HasPrefix(last.String(), "file kind") {
		t.Errorf("%v is a kind that this test does not know", last)
	}
}
