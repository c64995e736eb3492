package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kebu/app/crm/access"
	"kebu/app/crm/backup"
	"kebu/app/phrase"
	"kebu/app/usecase"
	"kebu/crypto/passphrase"
	"kebu/store"
)

// unowned are the verbs that open no book as somebody.
var unowned = []string{"init", "formats", "inspect", "duplicates", "demo", "recover"}

// roleArgs are arguments with which each verb comes to ask who may; ID, BACKUP and the
// like stand for what the book has.
var roleArgs = map[string]string{
	"import": "EXPORT", "undo": "1", "show": "ID", "note": "ID hello", "tag add": "vip ID", "tag remove": "vip ID", "field": "ID size=M",
	"decide same": "ID OTHER", "decide different": "ID OTHER", "erase": "ID", "segment save": "late --where=purchases>0", "segment delete": "late",
	"export": "--to=LIST --purpose=test --columns=purchases", "backup": "--to=SAFE", "backups": "--to=SAFE", "drill": "--to=SAFE", "restore": "BACKUP --to=NEW",
	"checkpoint": "", "stamp": "EXPORT", "audit-pack": "--to=PACK --password-file=OTHERPASS", "passphrase": "--new-passphrase-file=OTHERPASS",
	"user add": "Xin --role=service --new-passphrase-file=OTHERPASS", "user role": "service warehouse", "user disable": "service", "user enable": "service",
	"user reset": "service --new-passphrase-file=OTHERPASS", "user remove": "service", "rules": "--set=RULES", "sheet": "--recovery-file=SHEET", "approve": "7",
	"redo": "", "imports": "", "history": "", "stats": "", "customers": "", "review": "", "segments": "", "check": "", "log": "", "team": "", "reseal": "", "approvals": "",
}

// TestTheTerminalRefusesWhatTheTableDoes does every verb as every role.
func TestTheTerminalRefusesWhatTheTableDoes(t *testing.T) {
	const pass = "viaduct-mellow-thistle-27-orbit"
	ctx, dir := t.Context(), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("pass", pass)
	write("other", "copper-lantern-drift-88-sonnet")
	write("rules.json", "{}")
	book := at("shop.kebu")
	if _, err := usecase.Create(ctx, usecase.CreateRequest{Path: book, Owner: string(access.Owner), Passphrase: []byte(pass)}); err != nil {
		t.Fatal(err)
	}
	s, err := usecase.Open(ctx, book, "", []byte(pass), testClock)
	if err != nil {
		t.Fatal(err)
	}
	export := filepath.Join("..", "..", "testdata", "exports", "shopify", "orders_export-79.csv")
	_, err = s.Import(ctx, usecase.ImportRequest{Path: export})
	for _, r := range access.Roles[1:] {
		err = errors.Join(err, s.AddUser(ctx, usecase.NewMember{Name: string(r), Role: r, Passphrase: []byte(pass)}))
	}
	var ids []string
	_, listed := s.Customers(ctx, usecase.Selection{}, func(c store.Customer) error { ids = append(ids, c.ID); return nil })
	copied, saved := s.Backup(ctx, usecase.BackupRequest{Folder: at("safe"), Reason: backup.Hand})
	if err := errors.Join(err, listed, saved, s.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	fill := strings.NewReplacer("OTHERPASS", at("other"), "EXPORT", export, "OTHER", ids[1], "ID", ids[0], "LIST", at("list.csv"),
		"SAFE", at("safe"), "BACKUP", copied.Path, "NEW", at("new.kebu"), "PACK", at("pack.age"), "RULES", at("rules.json"), "SHEET", at("sheet.txt"))
	words := phrase.New("en")
	for _, v := range verbs {
		if slices.Contains(unowned, v) {
			continue
		}
		args, known := roleArgs[v]
		if !known {
			t.Errorf("%s: it is not known how it is called", v)
			continue
		}
		for _, r := range access.Roles {
			if err := os.WriteFile(book, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			line := strings.Fields(v)
			for _, a := range strings.Fields(args) {
				line = append(line, fill.Replace(a))
			}
			line = append(line, "--as="+string(r), "--passphrase-file="+at("pass"))
			if v != "restore" {
				line = append(line, "--book="+book)
			}
			var out, errs bytes.Buffer
			code := newProgram(strings.NewReader(""), &out, &errs, testClock, passphrase.Floor, words).run(ctx, line)
			refused := strings.Contains(errs.String(), words.Text("error_denied"))
			if may := access.May(r, access.Verb(v)); code == exitUsage || refused == may {
				t.Errorf("%s as %s: code %d, %s%s, want refused %t", v, r, code, out.String(), errs.String(), !may)
			}
			for _, made := range []string{"list.csv", "new.kebu", "pack.age", "sheet.txt"} {
				if _, err := os.Stat(at(made)); err == nil && refused {
					t.Errorf("%s as %s: refused, and made %s", v, r, made)
				}
				_ = os.Remove(at(made))
			}
		}
	}
}
