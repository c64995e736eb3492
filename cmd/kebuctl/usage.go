package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/app/usecase"
)

// usageError is a mistake in the command that parsing cannot see, told in the
// user's language.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func (p *program) wrongUsage(key string, data map[string]any) error {
	return &usageError{p.phrase.Text("error_usage", map[string]any{"Detail": p.phrase.Text(key, data)})}
}

// wrongUsages are the errors of use-cases that the command alone is to blame for.
var wrongUsages = []error{
	usecase.ErrColumn, usecase.ErrListFormat, usecase.ErrNoContact, usecase.ErrNoLock, usecase.ErrReason, usecase.ErrOneCustomer, usecase.ErrFormat,
	usecase.ErrNoRole, usecase.ErrDays, access.ErrWider, usecase.ErrRecipient,
}

func isUsage(err error) bool {
	for _, u := range wrongUsages {
		if errors.Is(err, u) {
			return true
		}
	}
	_, usage := errors.AsType[*usageError](err)
	_, rule := errors.AsType[*crm.RuleError](err)
	_, column := errors.AsType[*usecase.NoColumnError](err)
	_, field := errors.AsType[*usecase.NoFieldError](err)
	return usage || rule || column || field
}

// unparsedKinds tell kong's errors, which are English, by how they begin: the key
// of what is said instead, with the names that stand in the error.
var unparsedKinds = []struct {
	is  *regexp.Regexp
	key string
}{
	{regexp.MustCompile(`^unexpected argument()`), "surplus_argument"},
	{regexp.MustCompile(`^unknown flag (-[-\w]+)`), "surplus_flag"},
	{regexp.MustCompile(`^(?:missing flags: |expected ")([^"]+)`), "missing_arguments"},
	{regexp.MustCompile(`^(--[-\w]+)(?:: | must be )`), "bad_flag"},
}

// unparsed says what is wrong with a command that could not be parsed. It does
// not repeat a surplus argument: that may be half of a note.
func (p *program) unparsed(err error) error {
	if parse, ok := errors.AsType[*kong.ParseError](err); ok {
		if verb := parse.Context.Selected(); verb == nil || !verb.Leaf() {
			return p.wrongUsage("no_verb", nil)
		}
	}
	for _, k := range unparsedKinds {
		if m := k.is.FindStringSubmatch(err.Error()); m != nil {
			return p.wrongUsage(k.key, map[string]any{"Names": m[1]})
		}
	}
	return p.wrongUsage("bad_arguments", map[string]any{"Detail": err.Error()})
}

// printHelp prints kong's help under headings in the user's language.
func (p *program) printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var text bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return fmt.Errorf("make help: %w", err)
	}
	for line := range strings.Lines(text.String()) {
		for _, h := range []struct{ english, key string }{
			{"Usage:", "help_heading_usage"},
			{"Arguments:", "help_heading_arguments"},
			{"Flags:", "help_heading_flags"},
			{"Commands:", "help_heading_commands"},
			{`Run "kebuctl <command> --help" for more information on a command.`, "help_heading_more"},
		} {
			if rest, ok := strings.CutPrefix(line, h.english); ok {
				line = p.phrase.Text(h.key) + rest
				break
			}
		}
		if _, err := io.WriteString(out, line); err != nil {
			return fmt.Errorf("print help: %w", err)
		}
	}
	return nil
}
