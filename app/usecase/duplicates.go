package usecase

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kebu/app/crm/identity/linkage"
	"kebu/app/crm/pii"
	"kebu/importers/people"
	"kebu/importers/table"
)

// ErrNoPeople means that no column of a file tells who somebody is.
var ErrNoPeople = people.ErrNoPeople

// NoColumnError names a column that no file has.
type NoColumnError struct{ Column string }

// Error names the column: headers are no personal values.
func (e *NoColumnError) Error() string { return fmt.Sprintf("no column %q", e.Column) }

// NoFieldError names a field that columns cannot hold.
type NoFieldError struct{ Field string }

// Error names the field.
func (e *NoFieldError) Error() string { return fmt.Sprintf("no field %q", e.Field) }

// PersonFields names what the columns of a list can tell of people.
func PersonFields() []string { return people.FieldNames() }

// DuplicatesRequest is where to look for people who are listed twice.
type DuplicatesRequest struct {
	Path   string
	Second string // "": within the first file; else between the two
	// Fields tell what columns hold, those of one field in their order; of others
	// it is found. It is an error if no file has a column.
	Fields   []PersonColumn
	Password string // of locked workbooks; "": by their names
	Progress func(part float64)
}

// PersonColumn is a column, by header, and the field of PersonFields that it holds.
type PersonColumn struct{ Field, Header string }

// Duplicates are the pairs of a list that are likely one person.
type Duplicates struct {
	Columns []PersonColumn // that were compared, of the first file
	People  int            // in all files
	Pairs   []Duplicate    // the likeliest first
	// Skipped and Capped are as in linkage.Result.
	Skipped int
	Capped  bool
}

// Duplicate is a pair that is likely one person.
type Duplicate struct {
	A, B  Listed
	Score float64 // probability, 0 to 1
	// Evidence is what agrees and what does not, each with its weight.
	Evidence []linkage.Evidence
}

// Listed is where a person stands in a list.
type Listed struct {
	ID  string // what the file calls it, "" if it has no such column
	Row int    // as the spreadsheet counts it, from 1
	// Shown is the person in clear, for whoever holds the file, and for the screen
	// alone.
	Shown pii.Text
}

// FindDuplicates finds people who are listed twice, in any list of customers,
// without a book and without changing anything. It fails with ErrNoPeople, a
// *NoColumnError and a *NoFieldError.
func FindDuplicates(ctx context.Context, r DuplicatesRequest) (Duplicates, error) {
	told, err := toldColumns(r.Fields)
	if err != nil {
		return Duplicates{}, err
	}
	paths := []string{r.Path}
	if r.Second != "" {
		paths = append(paths, r.Second)
	}
	var lists []*people.List
	for _, path := range paths {
		l, err := readPeople(ctx, path, r.Password, told)
		if err != nil {
			return Duplicates{}, err
		}
		lists = append(lists, l)
	}
	for _, c := range lists[0].Missing {
		if len(lists) == 1 || slices.Contains(lists[1].Missing, c) {
			return Duplicates{}, &NoColumnError{c}
		}
	}
	records, second := recordsOf(lists)
	found, err := linkage.Find(ctx, records, linkage.Options{Second: second, Progress: r.Progress})
	if err != nil {
		return Duplicates{}, err
	}
	d := Duplicates{People: len(records), Skipped: found.Skipped, Capped: found.Capped}
	for _, c := range lists[0].Columns {
		d.Columns = append(d.Columns, PersonColumn{c.Field.String(), c.Header})
	}
	listed := func(i int) Listed {
		l := lists[0]
		if second > 0 && i >= second {
			l, i = lists[1], i-second
		}
		who := Listed{Row: l.Rows[i], Shown: shownPerson(&l.People[i])}
		if l.IDs != nil {
			who.ID = l.IDs[i]
		}
		return who
	}
	for _, p := range found.Pairs {
		d.Pairs = append(d.Pairs, Duplicate{listed(p.A), listed(p.B), p.Score, p.Evidence})
	}
	return d, nil
}

func toldColumns(fields []PersonColumn) ([]people.Column, error) {
	var told []people.Column
	for _, f := range fields {
		field, known := people.FieldNamed(f.Field)
		if !known {
			return nil, &NoFieldError{f.Field}
		}
		told = append(told, people.Column{Header: f.Header, Field: field})
	}
	return told, nil
}

func readPeople(ctx context.Context, path, password string, told []people.Column) (list *people.List, err error) {
	e, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer e.close()
	e.typed = password
	if err := e.open(ctx, table.Options{}); err != nil {
		return nil, e.explained(err)
	}
	l, err := people.Read(ctx, e.book, told)
	return l, e.explained(err)
}

// recordsOf puts the people of lists in one row, their numbers by header, and
// returns where the second list begins, 0 if there is one only.
func recordsOf(lists []*people.List) (records []linkage.Record, second int) {
	if len(lists) == 1 {
		return lists[0].People, 0
	}
	numbers := slices.Clone(lists[0].Numbers)
	for _, n := range lists[1].Numbers {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	for _, r := range lists[1].People {
		codes := make([]pii.Text, len(numbers))
		for i, c := range r.Codes {
			codes[slices.Index(numbers, lists[1].Numbers[i])] = c
		}
		r.Codes = codes
		records = append(records, r)
	}
	return slices.Concat(lists[0].People, records), len(lists[0].People)
}

// shownPerson is a record as one line.
func shownPerson(r *linkage.Record) pii.Text {
	var parts []string
	for _, n := range r.Names {
		parts = append(parts, strings.TrimSpace(n.Full.Reveal()+n.Given.Reveal()+" "+n.Surname.Reveal()))
	}
	for _, list := range [][]pii.Text{r.Births, r.Phones, r.Emails, r.Streets, r.Districts, r.Cities, r.Provinces, r.Postcodes, r.Codes} {
		for _, t := range list {
			if !t.Empty() {
				parts = append(parts, t.Reveal())
			}
		}
	}
	return pii.New(strings.Join(parts, " · "))
}
