package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"kebu/app/usecase"
)

type recoverVerb struct {
	Book           string `required:"" placeholder:"FILE" help:"${help_book}"`
	RecoveryFile   string `required:"" placeholder:"FILE" help:"${help_recovery_code_file}"`
	PassphraseFile string `placeholder:"FILE" help:"${help_new_passphrase_file}"`
	JSON           bool   `help:"${help_json}"`
}

// maxSheet bounds what is read of a recovery sheet.
const maxSheet = 1 << 16

// Run gives the owner a new passphrase.
func (v *recoverVerb) Run(ctx context.Context, p *program) error {
	code, err := p.recoveryCode(v.RecoveryFile)
	if err != nil {
		return err
	}
	pass, err := p.newPassphrase(v.PassphraseFile)
	if err != nil {
		return err
	}
	defer clear(pass)
	if err := usecase.Recover(ctx, usecase.RecoverRequest{
		Path: v.Book, Code: code, Passphrase: pass, Cost: p.cost(), Clock: p.clock, Keeper: usecase.KeeperHere(p.clock),
	}); err != nil {
		return err
	}
	if v.JSON {
		return p.json(map[string]string{"book": v.Book})
	}
	p.say("recovered", map[string]any{"Book": v.Book})
	return nil
}

// recoveryCode reads the code: of a sheet as kebuctl writes it, the lines that
// are set in; of any other text, all.
func (p *program) recoveryCode(file string) (string, error) {
	in := p.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", fmt.Errorf("read recovery sheet: %w", err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxSheet))
	if err != nil {
		return "", fmt.Errorf("read recovery sheet: %w", err)
	}
	var code strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, sheetIndent) {
			code.WriteString(line)
		}
	}
	if code.Len() == 0 {
		return string(data), nil
	}
	return code.String(), nil
}
