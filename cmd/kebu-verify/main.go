// Command kebu-verify checks an audit pack of a Kebu book: that the log in it was
// signed by whom it says, and that no entry was dropped, altered, moved or added
// after a checkpoint. It needs no book, no keys of the shop and no network.
//
//	kebu-verify PACK --key VKEY --known FILE… --tsa-roots FILE
//
// VKEY is the owner's key as it was given when the auditor was engaged, FILE holds
// checkpoints that were kept outside the shop. It exits with 0 when all is well, 1
// when something is wrong, 2 when not all could be checked or the command was wrong.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"kebu/crypto/evidence"
	"kebu/crypto/evidence/stamp"
)

// Exit codes.
const (
	exitPassed     = 0
	exitFailed     = 1
	exitIncomplete = 2
)

// Bounds of what is read.
const (
	maxPack  = 1 << 30
	maxOther = 1 << 20
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// request is the command line.
type request struct {
	pack, password, identity string
	json                     bool
	brought                  evidence.Brought
}

// run does one command and returns the exit code.
func run(args []string, out, errs io.Writer) int {
	r, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return exitPassed
	}
	if err != nil {
		return exitIncomplete
	}
	data, err := r.open()
	if err != nil {
		_, _ = fmt.Fprintf(errs, "kebu-verify: %v\n", err)
		return exitIncomplete
	}
	report, err := evidence.Verify(data, r.brought)
	if err != nil {
		_, _ = fmt.Fprintf(errs, "kebu-verify: %s: %v\n", noPack, err)
		return exitFailed
	}
	if err := r.print(out, report); err != nil {
		_, _ = fmt.Fprintf(errs, "kebu-verify: %v\n", err)
		return exitIncomplete
	}
	switch report.State() {
	case evidence.Passed:
		return exitPassed
	case evidence.Failed:
		return exitFailed
	default:
		return exitIncomplete
	}
}

// parse reads the command line, in which flags may stand on both sides of the pack.
func parse(args []string, errs io.Writer) (*request, error) {
	r := &request{}
	f := flag.NewFlagSet("kebu-verify", flag.ContinueOnError)
	f.SetOutput(errs)
	f.Usage = func() {
		_, _ = fmt.Fprintln(errs, usage)
		f.PrintDefaults()
	}
	f.StringVar(&r.brought.Key, "key", "", "店主的公钥 / the owner's `VKEY`")
	f.Func("known", "保存过的摘要 / checkpoints that were kept: a `FILE`; may be repeated", func(name string) error {
		text, err := read(name, maxOther)
		r.brought.Known = append(r.brought.Known, string(text))
		return err
	})
	f.Func("tsa-roots", "您信任的时间戳机构 / the time-stamping authorities that you trust: a `FILE` of certificates (PEM)", func(name string) error {
		text, err := read(name, maxOther)
		if err == nil {
			r.brought.Authorities, err = stamp.Roots(text)
		}
		return err
	})
	f.StringVar(&r.password, "password-file", "", "口令 / the password of the pack: a `FILE`")
	f.StringVar(&r.identity, "identity", "", "age 私钥 / age identities that open the pack: a `FILE`")
	f.BoolVar(&r.json, "json", false, "供程序读取 / prints for programs")
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if f.NArg() == 0 {
			break
		}
		if r.pack != "" {
			f.Usage()
			return nil, errUsage
		}
		r.pack, args = f.Arg(0), f.Args()[1:]
	}
	if r.pack == "" || r.password != "" && r.identity != "" {
		f.Usage()
		return nil, errUsage
	}
	r.brought.Key = strings.TrimSpace(r.brought.Key)
	return r, nil
}

var errUsage = errors.New("wrong usage")

// open reads the pack and decrypts it if need be.
func (r *request) open() ([]byte, error) {
	data, err := read(r.pack, maxPack)
	if err != nil || !bytes.HasPrefix(data, []byte("age-encryption.org/")) {
		return data, err
	}
	identities, err := r.identities()
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(bytes.NewReader(data), identities...)
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(plain, maxPack))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", notOpened, err)
	}
	return data, nil
}

// identities are what opens an encrypted pack.
func (r *request) identities() ([]age.Identity, error) {
	switch {
	case r.identity != "":
		text, err := read(r.identity, maxOther)
		if err != nil {
			return nil, err
		}
		list, err := age.ParseIdentities(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", notOpened, err)
		}
		return list, nil
	case r.password != "":
		text, err := read(r.password, maxOther)
		if err != nil {
			return nil, err
		}
		one, err := age.NewScryptIdentity(strings.TrimRight(string(text), "\r\n"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", notOpened, err)
		}
		return []age.Identity{one}, nil
	default:
		return nil, errors.New(encrypted)
	}
}

// read reads a file of at most so many bytes.
func read(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s: %s", name, tooLarge)
	}
	return data, err
}

// print tells what was found.
func (r *request) print(out io.Writer, report *evidence.Report) error {
	if !r.json {
		_, err := io.WriteString(out, words(report))
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		State evidence.State `json:"state"`
		*evidence.Report
	}{report.State(), report})
}
