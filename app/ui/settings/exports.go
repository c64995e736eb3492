package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/ui/parts"
	"kebu/app/usecase"
)

// exported is a line of the log of lists that left the book.
type exported struct{ when, purpose, customers, columns, clear, file string }

// exportedOf says a list in the columns of the log.
func exportedOf(w *phrase.Phrases, when string, e usecase.Exported) exported {
	x := exported{when: when, purpose: e.Purpose, customers: phrase.Count(e.Rows), file: e.File}
	if e.Kind != "" {
		x.purpose = w.Text("purpose_" + string(e.Kind))
		if e.Purpose != "" {
			x.purpose = w.Text("settings_set", map[string]any{"Title": x.purpose, "Value": e.Purpose})
		}
	}
	x.columns, x.clear = titles(w, e.Columns), titles(w, e.Clear)
	return x
}

// titles returns what columns are called.
func titles(w *phrase.Phrases, columns []string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = w.Column(c)
	}
	return strings.Join(list, w.Text("list_separator"))
}

// log is the rows of the table.
type log []exported

// Count returns how many lists left.
func (l log) Count() int { return len(l) }

// At returns a list, the newest first.
func (l log) At(i int) (exported, bool) {
	if i < 0 || i >= len(l) {
		return exported{}, false
	}
	return l[i], true
}

// exports is the section of the lists that left the book.
func (p *Page) exports() fyne.CanvasObject {
	rows := &log{}
	column := func(id string, width float32, value func(exported) parts.Cell) parts.Column[exported] {
		return parts.Column[exported]{ID: id, Title: p.desk.Text("settings_export_col_" + id), Min: 60, Start: width, Max: 600, Cell: value}
	}
	count := column("customers", 70, func(e exported) parts.Cell { return parts.Cell{Text: e.customers, Number: true} })
	count.Align = parts.Right
	columns := column("columns", 160, func(e exported) parts.Cell { return parts.Cell{Text: e.columns} })
	columns.Grow, columns.Max, columns.Min = true, 2000, 120
	table := parts.NewDataTable(p.desk.Words, p.desk.Tasks, []parts.Column[exported]{
		column("when", 126, func(e exported) parts.Cell { return parts.Cell{Text: e.when} }),
		column("purpose", 200, func(e exported) parts.Cell { return parts.Cell{Text: e.purpose} }),
		count,
		column("clear", 110, func(e exported) parts.Cell {
			c := parts.Cell{Text: e.clear, Tone: look.Late}
			if e.clear != "" {
				c.Icon, c.IconTone = "warn", look.Late
			}
			return c
		}),
		columns,
		column("file", 180, func(e exported) parts.Cell { return parts.Cell{Text: e.file} }),
	}, parts.Rows[exported](rows)).Plain()
	var list []usecase.Exported
	p.desk.Tasks.Go(func(ctx context.Context) (err error) {
		list, err = p.book.Exports(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			table.SetState(parts.NewEmptyState("warn", p.desk.Text("settings_exports_error"), p.desk.Words.Error(err),
				parts.Second(p.desk.Text("customers_retry"), "", p.build), ""))
		case len(list) == 0:
			table.SetState(parts.NewEmptyState("export", p.desk.Text("settings_no_exports"), p.desk.Text("settings_no_exports_text"), nil, ""))
		}
		for _, e := range list {
			*rows = append(*rows, exportedOf(p.desk.Words, p.desk.When(e.At, p.desk.Clock().Location()), e))
		}
		table.RowsChanged()
	})
	return parts.NewCard("", nil, table).Flush()
}
