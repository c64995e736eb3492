package store

import (
	"context"
	"database/sql"
)

// What people write on a customer has a home: the first buyer that the customer
// had then, 0 for none. It goes where its home goes, so that customers who were
// made one and are taken apart, in whichever order, have each what was theirs.

// written are the tables of what people write on customers.
var written = []struct {
	name  string
	keyed bool   // the home is of the key, as one tag may have several
	more  string // columns of the key and beside it
}{
	{"notes", false, ""},
	{"fields", false, ""},
	{"tags", true, ", folded, tag"},
	{"refusals", true, ""},
}

// homeOf is an expression for the home of what is written on a customer now.
func homeOf(customer string) string {
	return `coalesce((SELECT min(h.num) FROM buyers AS h WHERE h.customer = ` + customer + `), 0)`
}

// giveHomes gives the notes or fields of this step their homes.
func (t *Tx) giveHomes(ctx context.Context, table string) error {
	return t.exec(ctx, "give homes to "+table, `UPDATE `+table+` SET home = `+homeOf(table+".customer")+` WHERE step = ? AND home = 0`, t.step)
}

// goHome gives what is written to the customers of its homes. A field whose name
// is taken there stays.
func (t *Tx) goHome(ctx context.Context) error {
	const step = `iif((SELECT images FROM writing), ?, step)`
	for _, w := range written {
		// Read once and in its order: all that was ever written is looked at.
		var concerned []int64
		if err := t.each(ctx, "find what is astray", func(r *sql.Rows) error {
			var from, to int64
			if err := r.Scan(&from, &to); err != nil {
				return err
			}
			concerned = append(concerned, from, to)
			t.dirty[from], t.dirty[to] = true, true
			return nil
		}, `SELECT w.customer, b.customer FROM `+w.name+` AS w NOT INDEXED CROSS JOIN buyers AS b ON b.num = w.home WHERE b.customer <> w.customer`); err != nil {
			return err
		}
		if len(concerned) == 0 {
			continue
		}
		place := `(SELECT b.customer FROM buyers AS b WHERE b.num = home)`
		astray := ` FROM ` + w.name + ` WHERE customer <> ` + place
		var err error
		if w.keyed {
			err = t.exec(ctx, "bring "+w.name+" home", `INSERT INTO `+w.name+` (customer, home, step`+w.more+`)
				SELECT `+place+`, home, `+step+w.more+astray+` ON CONFLICT DO NOTHING`, t.step)
			if err == nil {
				err = t.exec(ctx, "drop what was brought home", `DELETE`+astray)
			}
		} else {
			err = t.exec(ctx, "bring "+w.name+" home", `UPDATE OR IGNORE `+w.name+` SET customer = `+place+`, step = `+step+` WHERE customer <> `+place, t.step)
		}
		if err != nil {
			return err
		}
		if err := t.removeEmptied(ctx, concerned); err != nil {
			return err
		}
	}
	return nil
}
