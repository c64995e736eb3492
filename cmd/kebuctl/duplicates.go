package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kebu/app/usecase"
)

type duplicatesVerb struct {
	File         string `arg:"" help:"${help_duplicates_file}"`
	Second       string `arg:"" optional:"" name:"second" help:"${help_duplicates_second}"`
	Fields       string `placeholder:"FIELD=COLUMN,…" help:"${help_duplicates_fields}"`
	PasswordFile string `placeholder:"FILE" help:"${help_password_file}"`
	JSON         bool   `help:"${help_json}"`
}

// Run finds people who are listed twice.
func (v *duplicatesVerb) Run(ctx context.Context, p *program) error {
	fields, ok := personColumns(v.Fields)
	if !ok {
		return p.wrongUsage("bad_fields", nil)
	}
	password, err := p.filePassword(v.PasswordFile)
	if err != nil {
		return err
	}
	d, err := usecase.FindDuplicates(ctx, usecase.DuplicatesRequest{Path: v.File, Second: v.Second, Fields: fields, Password: password})
	if err != nil {
		return err
	}
	if d.Skipped > 0 {
		p.warn("duplicates_skipped", map[string]any{"Count": d.Skipped})
	}
	if d.Capped {
		p.warn("duplicates_capped", nil)
	}
	if v.JSON {
		for _, pair := range d.Pairs {
			if err := p.json(map[string]any{"a": listedName(pair.A), "b": listedName(pair.B), "score": pair.Score}); err != nil {
				return err
			}
		}
		return nil
	}
	p.say("found_duplicates", map[string]any{"Count": len(d.Pairs), "People": d.People})
	columns := make([][]string, len(d.Columns))
	for i, c := range d.Columns {
		columns[i] = []string{c.Field, c.Header}
	}
	if err := p.table([]string{"field", "header"}, columns); err != nil {
		return err
	}
	rows := make([][]string, len(d.Pairs))
	for i, pair := range d.Pairs {
		rows[i] = []string{fmt.Sprint(listedName(pair.A)), fmt.Sprint(listedName(pair.B)), strconv.FormatFloat(pair.Score, 'f', 2, 64)}
	}
	return p.table([]string{"first", "second", "score"}, rows)
}

// listedName is the id of a listed person, else the number of its row.
func listedName(l usecase.Listed) any {
	if l.ID != "" {
		return l.ID
	}
	return l.Row
}

// personColumns reads FIELD=COLUMN pairs with commas between. A piece without
// = belongs to the column before it.
func personColumns(s string) (list []usecase.PersonColumn, ok bool) {
	if s == "" {
		return nil, true
	}
	for piece := range strings.SplitSeq(s, ",") {
		field, header, found := strings.Cut(piece, "=")
		switch {
		case found && field != "" && header != "":
			list = append(list, usecase.PersonColumn{Field: strings.TrimSpace(field), Header: header})
		case !found && len(list) > 0:
			list[len(list)-1].Header += "," + piece
		default:
			return nil, false
		}
	}
	return list, true
}
