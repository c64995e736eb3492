package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"kebu/app/usecase"
)

// bookFlags are those of every verb on a book.
type bookFlags struct {
	Book           string `required:"" placeholder:"FILE" help:"${help_book}"`
	PassphraseFile string `placeholder:"FILE" help:"${help_passphrase_file}"`
	As             string `placeholder:"USER" help:"${help_as}"`
	AcceptOlder    bool   `help:"${help_accept_older}"`
	JSON           bool   `help:"${help_json}"`
}

// maxPassphrase bounds what is read of a passphrase file.
const maxPassphrase = 4096

// passphrase reads the passphrase: from a file, from standard input for "-",
// else from the terminal. One trailing newline does not count.
func (p *program) passphrase(file string) ([]byte, error) {
	var data []byte
	var err error
	switch file {
	case "":
		return p.askPassphrase("ask_passphrase")
	case "-":
		data, err = io.ReadAll(io.LimitReader(p.in, maxPassphrase))
	default:
		data, err = readFile(file, maxPassphrase)
	}
	if err != nil {
		return nil, fmt.Errorf("read passphrase: %w", err)
	}
	data = bytes.TrimSuffix(data, []byte("\n"))
	return bytes.TrimSuffix(data, []byte("\r")), nil
}

// readFile reads a file, of a larger one the first most bytes.
func readFile(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, most))
}

// keyboard is the terminal to type at, if there is one.
func (p *program) keyboard() (in *os.File, ok bool) {
	in, ok = p.in.(*os.File)
	return in, ok && term.IsTerminal(int(in.Fd()))
}

func (p *program) askPassphrase(question string) ([]byte, error) {
	in, ok := p.keyboard()
	if !ok {
		return nil, p.wrongUsage("no_passphrase", nil)
	}
	fmt.Fprint(p.errs, p.phrase.Text(question)+" ")
	if err := p.errs.Flush(); err != nil {
		return nil, fmt.Errorf("ask for passphrase: %w", err)
	}
	pass, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(p.errs)
	if err != nil {
		return nil, fmt.Errorf("read passphrase: %w", err)
	}
	return pass, nil
}

// newPassphrase reads a passphrase that is being chosen; typed, it is asked for
// twice.
func (p *program) newPassphrase(file string) ([]byte, error) {
	if file != "" {
		return p.passphrase(file)
	}
	pass, err := p.askPassphrase("ask_new_passphrase")
	if err != nil {
		return nil, err
	}
	again, err := p.askPassphrase("ask_passphrase_again")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(pass, again) {
		return nil, p.wrongUsage("passphrases_differ", nil)
	}
	return pass, nil
}

// open opens the book of the flags; whoever guesses waits as at the window.
func (p *program) open(ctx context.Context, f *bookFlags) (*usecase.Session, error) {
	pass, err := p.passphrase(f.PassphraseFile)
	if err != nil {
		return nil, err
	}
	defer clear(pass)
	return p.tries.Open(ctx, f.Book, f.As, pass, p.clock)
}

// with opens the book, does fn and closes it.
func (p *program) with(ctx context.Context, f *bookFlags, fn func(*usecase.Session) error) error {
	s, err := p.open(ctx, f)
	if err != nil {
		return err
	}
	return p.during(ctx, s, f.AcceptOlder, fn)
}

type initVerb struct {
	bookFlags
	RecoveryFile string `placeholder:"FILE" help:"${help_recovery_file}"`
}

// defaultOwner names the owner of a new book when --as does not.
const defaultOwner = "owner"

// Run makes a book and its recovery sheet.
func (v *initVerb) Run(ctx context.Context, p *program) (failed error) {
	if v.As == "" {
		v.As = defaultOwner
	}
	pass, err := p.newPassphrase(v.PassphraseFile)
	if err != nil {
		return err
	}
	defer clear(pass)
	write := func(text string) error {
		_, err := io.WriteString(p.out, text)
		return errors.Join(err, p.out.Flush())
	}
	if v.RecoveryFile != "" {
		// The sheet's file comes first: a book without its sheet must not be.
		f, err := os.OpenFile(v.RecoveryFile, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("write recovery sheet: %w", err)
		}
		write = func(text string) error {
			_, err := f.WriteString(text)
			return errors.Join(err, f.Sync(), f.Close())
		}
		defer func() {
			if failed != nil {
				_ = f.Close()
				_ = os.Remove(v.RecoveryFile)
			}
		}()
	}
	code, err := usecase.Create(ctx, usecase.CreateRequest{Path: v.Book, Owner: v.As, Passphrase: pass, Cost: p.cost()})
	if err != nil {
		return err
	}
	if err := write(p.recoverySheet(v.Book, v.As, code)); err != nil {
		return errors.Join(fmt.Errorf("write recovery sheet: %w", err), os.Remove(v.Book))
	}
	if v.JSON {
		return p.json(map[string]string{"book": v.Book, "owner": v.As})
	}
	p.say("made_book", map[string]any{"Book": v.Book})
	return nil
}

// sheetIndent stands before the lines of the code on a recovery sheet, and
// before no other.
const sheetIndent = "    "

// recoverySheet is what is printed and kept on paper.
func (p *program) recoverySheet(book, owner string, code usecase.RecoveryCode) string {
	groups := code.Groups()
	var b strings.Builder
	for i, g := range groups {
		if i > 0 && i%4 == 0 {
			b.WriteString("\n" + sheetIndent)
		} else if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(g)
	}
	return p.phrase.Text("recovery_sheet", map[string]any{
		"Book": filepath.Base(book), "Owner": owner, "Code": b.String(), "Day": p.clock().Format("2006-01-02"),
	}) + "\n"
}

type checkVerb struct {
	bookFlags
}

// errProblems ends a check that found problems.
var errProblems = usecase.ErrProblems

// Run looks for damage.
func (v *checkVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.Check(ctx, p.progressSteps())
		if err != nil {
			return err
		}
		if v.JSON {
			problems := r.Problems
			if problems == nil {
				problems = []string{}
			}
			if err := p.json(map[string]any{"pages": r.Pages, "problems": problems}); err != nil {
				return err
			}
		} else {
			for _, problem := range r.Problems {
				fmt.Fprintln(p.out, problem)
			}
			p.say("checked", map[string]any{"Pages": r.Pages, "Count": len(r.Problems)})
		}
		if len(r.Problems) > 0 {
			return fmt.Errorf("check: %w", errProblems)
		}
		return nil
	})
}

type demoVerb struct {
	File    string `arg:"" help:"${help_demo_file}"`
	Exports string `placeholder:"DIR" help:"${help_demo_exports}"`
	Lang    string `enum:"zh,en," default:"" help:"${help_demo_lang}"`
	JSON    bool   `help:"${help_json}"`
}

// Run makes the demo shop.
func (v *demoVerb) Run(ctx context.Context, p *program) error {
	if v.Lang == "" {
		v.Lang = "en"
		if p.phrase.Chinese() {
			v.Lang = "zh"
		}
	}
	if v.Exports != "" {
		if err := os.MkdirAll(v.Exports, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make folder: %w", err)
		}
	}
	r, err := usecase.Demo(ctx, usecase.DemoRequest{Path: v.File, Exports: v.Exports, Lang: v.Lang, Clock: p.clock})
	if err != nil {
		return err
	}
	if v.JSON {
		return p.json(map[string]any{"book": v.File, "passphrase": r.Passphrase, "customers": r.Customers, "orders": r.Orders, "exports": r.Exports})
	}
	p.say("made_demo", map[string]any{"Book": v.File, "Passphrase": r.Passphrase, "Customers": r.Customers, "Orders": r.Orders})
	return nil
}
