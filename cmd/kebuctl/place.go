package main

import (
	"cmp"
	"path/filepath"

	"kebu/app/usecase"
)

// readers are the verbs on a book that change nothing of it but its log.
var readers = []string{
	"imports", "history", "stats", "customers", "show", "review", "segments", "export", "check", "backup", "backups", "drill",
	"log", "checkpoint", "audit-pack", "team", "approvals",
}

// warnOfPlace warns of a book in a folder that other programs or computers write too.
func (p *program) warnOfPlace(book string) {
	whole, err := filepath.Abs(book)
	if err != nil {
		return // it is a warning
	}
	if doubt := usecase.DoubtOf(whole); doubt == usecase.Synchronised || doubt == usecase.Networked {
		p.warn("settings_place_"+string(doubt), nil)
	}
}

// book is the book of a verb.
func (f *bookFlags) book() string { return f.Book }

func (v *recoverVerb) book() string { return v.Book }

func (v *restoreVerb) book() string { return cmp.Or(v.To, v.Over) }
