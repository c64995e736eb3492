// Command kebuctl does from a terminal what the Kebu window does: it makes and
// opens books, reads order exports, finds customers and writes lists.
//
// It prints for people, in the language of LANG, or with --json for programs.
// It exits with 0 when the work is done, 1 when it failed and nothing changed,
// 2 when the command was wrong.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // a book's zone must be known on every system

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"kebu/app/phrase"
	"kebu/app/usecase"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// cli is the command line. Its verbs and flags are a contract: scripts rely on them.
type cli struct {
	Init       initVerb       `cmd:"" help:"${help_init}"`
	Formats    formatsVerb    `cmd:"" help:"${help_formats}"`
	Inspect    inspectVerb    `cmd:"" help:"${help_inspect}"`
	Duplicates duplicatesVerb `cmd:"" help:"${help_duplicates}"`
	Import     importVerb     `cmd:"" help:"${help_import}"`
	Imports    importsVerb    `cmd:"" help:"${help_imports}"`
	Undo       undoVerb       `cmd:"" help:"${help_undo}"`
	Redo       redoVerb       `cmd:"" help:"${help_redo}"`
	History    historyVerb    `cmd:"" help:"${help_history}"`
	Stats      statsVerb      `cmd:"" help:"${help_stats}"`
	Customers  customersVerb  `cmd:"" help:"${help_customers}"`
	Show       showVerb       `cmd:"" help:"${help_show}"`
	Note       noteVerb       `cmd:"" help:"${help_note}"`
	Tag        tagVerbs       `cmd:"" help:"${help_tag}"`
	Field      fieldVerb      `cmd:"" help:"${help_field}"`
	Decide     decideVerbs    `cmd:"" help:"${help_decide}"`
	Erase      eraseVerb      `cmd:"" help:"${help_erase}"`
	Review     reviewVerb     `cmd:"" help:"${help_review}"`
	Segments   segmentsVerb   `cmd:"" help:"${help_segments}"`
	Segment    segmentVerbs   `cmd:"" help:"${help_segment}"`
	Export     exportVerb     `cmd:"" help:"${help_export}"`
	Demo       demoVerb       `cmd:"" help:"${help_demo}"`
	Check      checkVerb      `cmd:"" help:"${help_check}"`
	Backup     backupVerb     `cmd:"" help:"${help_backup}"`
	Backups    backupsVerb    `cmd:"" help:"${help_backups}"`
	Drill      drillVerb      `cmd:"" help:"${help_drill}"`
	Restore    restoreVerb    `cmd:"" help:"${help_restore}"`
	Log        logVerb        `cmd:"" help:"${help_log}"`
	Checkpoint checkpointVerb `cmd:"" help:"${help_checkpoint}"`
	Stamp      stampVerb      `cmd:"" help:"${help_stamp}"`
	AuditPack  auditPackVerb  `cmd:"" help:"${help_audit_pack}"`
	Passphrase passphraseVerb `cmd:"" help:"${help_passphrase}"`
	Team       teamVerb       `cmd:"" help:"${help_team}"`
	User       userVerbs      `cmd:"" help:"${help_user}"`
	Rules      rulesVerb      `cmd:"" help:"${help_rules}"`
	Reseal     resealVerb     `cmd:"" help:"${help_reseal}"`
	Sheet      sheetVerb      `cmd:"" help:"${help_sheet}"`
	Approvals  approvalsVerb  `cmd:"" help:"${help_approvals}"`
	Approve    approveVerb    `cmd:"" help:"${help_approve}"`
	Recover    recoverVerb    `cmd:"" help:"${help_recover}"`
}

// program is what verbs run in. Its writers keep their first error, which run
// tells at the end.
type program struct {
	in        io.Reader
	out, errs *bufio.Writer
	terminal  bool // somebody watches errs
	clock     func() time.Time
	cost      func() usecase.Cost // of a new passphrase
	phrase    *phrase.Phrases
	seen      *usecase.Seen   // what this computer knows of books; nil: nothing
	tries     *usecase.Tries  // of wrong passphrases, on this computer; nil counts none
	keeper    *usecase.Keeper // of backups; nil: nothing is known of them
}

func newProgram(in io.Reader, out, errs io.Writer, clock func() time.Time, cost func() usecase.Cost, texts *phrase.Phrases) *program {
	f, ok := errs.(*os.File)
	return &program{
		in: in, out: bufio.NewWriter(out), errs: bufio.NewWriter(errs), terminal: ok && term.IsTerminal(int(f.Fd())),
		clock: clock, cost: cost, phrase: texts,
	}
}

func main() {
	debug.SetGCPercent(60) // a large import takes 250 MB and not 300, for a tenth more time
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := newProgram(os.Stdin, os.Stdout, os.Stderr, time.Now, calibrated, phrase.FromEnvironment(os.Getenv))
	p.seen, p.tries, p.keeper = usecase.SeenHere(), usecase.TriesHere(time.Now), usecase.KeeperHere(time.Now)
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// calibrated is a cost that takes a quarter of a second here.
func calibrated() usecase.Cost { return usecase.Calibrate(time.Now) }

// run does one command and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	code := p.command(ctx, args)
	if err := p.out.Flush(); err != nil && code == exitDone {
		code = p.fail(fmt.Errorf("print: %w", err))
	}
	_ = p.errs.Flush() // there is nowhere else to tell
	return code
}

func (p *program) command(ctx context.Context, args []string) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("kebuctl"), kong.Description(p.phrase.Text("help_program")), kong.Writers(p.out, p.errs),
		kong.Exit(func(code int) { exit = code }), kong.Help(p.printHelp), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.PostBuild(func(k *kong.Kong) error {
			k.Model.HelpFlag.Help = "${help_help}"
			return kong.Visit(k.Model.Node, p.helped)
		}))
	if err != nil {
		return p.fail(err)
	}
	parsed, err := parser.Parse(args)
	if exit == 0 { // help was asked for and given
		return exitDone
	}
	if err != nil {
		return p.fail(p.unparsed(err))
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(p); err != nil {
		return p.fail(err)
	}
	if v, ok := parsed.Selected().Target.Addr().Interface().(interface{ book() string }); ok && !slices.Contains(readers, parsed.Selected().Name) {
		p.warnOfPlace(v.book())
	}
	return exitDone
}

// helped puts the text where its key stands as ${key}. Kong could, but looks
// through all texts for each flag, which takes longer than most verbs.
func (p *program) helped(node kong.Visitable, next kong.Next) error {
	var help *string
	switch n := node.(type) {
	case *kong.Node:
		help = &n.Help
	case *kong.Value:
		help = &n.Help
	default: // a flag, whose value comes next
		return next(nil)
	}
	if key, ok := strings.CutPrefix(*help, "${"); ok {
		*help = p.phrase.Text(strings.TrimSuffix(key, "}"))
	}
	return next(nil)
}

func (p *program) fail(err error) int {
	text := ""
	if usage, ok := errors.AsType[*usageError](err); ok {
		text = usage.text
	} else {
		text = p.phrase.Error(err)
	}
	if _, several := errors.AsType[*usecase.AmbiguousError](err); several {
		text = p.phrase.Text("choose_format", map[string]any{"Text": text})
	}
	if export, ok := errors.AsType[*usecase.FileError](err); ok {
		text = p.phrase.Text("in_file", map[string]any{"File": export.Path, "Text": text})
	}
	fmt.Fprintf(p.errs, "kebuctl: %s\n", text)
	if isUsage(err) {
		return exitUsage
	}
	return exitFailed
}
