package store

import "context"

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
		place := `(SELECT b.customer FROM buyers AS b WHERE b.num = home)`
		astray := ` FROM ` + w.name + ` WHERE customer <> ` + place
		concerned, err := listOf[int64](ctx, t, "find what is astray", `SELECT customer`+astray+` UNION SELECT `+place+astray)
		if err != nil {
			return err
		}
		if len(concerned) == 0 {
			continue
		}
		for _, n := range concerned {
			t.dirty[n] = true
		}
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

// sweepHomes takes homes away that are buyers no more, also from images: another
// buyer may get the number.
func (t *Tx) sweepHomes(ctx context.Context) error {
	const gone = ` WHERE home <> 0 AND home NOT IN (SELECT num FROM buyers)`
	for _, w := range written {
		queries := []string{`UPDATE OR IGNORE ` + w.name + `_was SET home = 0` + gone}
		if w.keyed {
			queries = append(queries, `DELETE FROM `+w.name+`_was`+gone,
				`INSERT INTO `+w.name+` (customer, home, step`+w.more+`) SELECT customer, 0, step`+w.more+` FROM `+w.name+gone+` ON CONFLICT DO NOTHING`,
				`DELETE FROM `+w.name+gone)
		} else {
			queries = append(queries, `UPDATE `+w.name+` SET home = 0`+gone)
		}
		for _, query := range queries {
			if err := t.exec(ctx, "sweep homes of "+w.name, query); err != nil {
				return err
			}
		}
	}
	return nil
}
