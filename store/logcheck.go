package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"kebu/app/crm"
	"kebu/crypto/evidence"
)

// CheckLog looks at the log alone, as Check does.
func (t *Tx) CheckLog(ctx context.Context) (r CheckReport, err error) {
	err = t.checkLog(ctx, &r)
	return r, err
}

// checkLog works the log's tree out anew and compares it with the hashes and the
// checkpoints that are kept, the entries with the journal, and what opens with what
// they commit to.
func (t *Tx) checkLog(ctx context.Context, r *CheckReport) error {
	users, err := t.logUsers(ctx)
	if err != nil {
		return err
	}
	c := logCheck{report: r, known: make(map[string]bool), users: users, steps: make(map[int64]loggedStep)}
	c.roles = evidence.NewRoles(usersOf(users))
	if err := t.each(ctx, "read log", func(rows *sql.Rows) error {
		var n int64
		var text string
		var hashes []byte
		if err := rows.Scan(&n, &text, &hashes); err != nil {
			return err
		}
		c.entry(n, []byte(text), hashes)
		return nil
	}, `SELECT n, entry, hashes FROM log ORDER BY n`); err != nil {
		return err
	}
	if c.broken {
		return nil // what hangs on it says nothing
	}
	if !c.roles.Done() {
		c.report.add("log: a user came by no entry")
	}
	for _, look := range []func(context.Context, *logCheck) error{t.checkCheckpoints, t.checkLoggedSteps, t.checkOpenings} {
		if err := look(ctx, &c); err != nil {
			return err
		}
	}
	return nil
}

// logCheck is a log while it is checked.
type logCheck struct {
	report  *CheckReport
	known   map[string]bool // who logged in
	users   []logUser
	roles   *evidence.Roles
	tree    evidence.Tree
	edge    evidence.Edge
	last    int64
	broken  bool
	entries []evidence.Entry // those that are a step's or commit to something
	steps   map[int64]loggedStep
}

// loggedStep is what the log knows of a step.
type loggedStep struct {
	entry evidence.Entry
	twice bool
}

func (c *logCheck) entry(n int64, text, hashes []byte) {
	if c.broken {
		return
	}
	e, err := evidence.ParseEntry(text)
	if err != nil || n != c.tree.Size() || e.N != n || e.At < c.last || !bytes.Equal(hashes, c.edge.Add(text)) {
		c.report.add("log: entry %d is not what was written", c.tree.Size())
		c.broken = true
		return
	}
	c.tree.Add(text)
	c.last = e.At
	if !c.roles.Add(&e) {
		c.report.add("log: entry %d is of another user or role", n)
	}
	if e.Act == evidence.Login {
		c.known[e.Who] = true
	}
	if !c.known[e.Who] {
		c.report.add("log: entry %d is of somebody who did not log in before", n)
	}
	if e.Step != 0 || e.What != (evidence.Commitment{}) {
		c.entries = append(c.entries, e)
	}
	if e.Step != 0 {
		_, twice := c.steps[e.Step]
		c.steps[e.Step] = loggedStep{e, twice}
	}
}

// checkCheckpoints compares the checkpoints that are kept with the tree.
func (t *Tx) checkCheckpoints(ctx context.Context, c *logCheck) error {
	origin := t.book.Origin()
	known, err := t.signers(c.users)
	if err != nil {
		return err
	}
	next := int64(1)
	return t.each(ctx, "read checkpoints", func(rows *sql.Rows) error {
		var id, size int64
		var text string
		var answer []byte
		if err := rows.Scan(&id, &size, &text, &answer); err != nil {
			return err
		}
		p, err := evidence.OpenCheckpoint(text, known)
		root, missing := c.tree.Root(p.Size)
		if err != nil || missing != nil || id != next || p.Size != size || p.Origin != origin || p.Root != root {
			c.report.add("log: checkpoint %d is not of this log", id)
		}
		if answer != nil && !stamps(answer, text, &p) {
			c.report.add("log: the time stamp of checkpoint %d is not on it", id)
		}
		next = id + 1
		return nil
	}, `SELECT id, size, text, stamp FROM checkpoints ORDER BY id`)
}

// checkLoggedSteps compares the journal with the log: since there is one, each step
// has its entry, by the same user, verb and minute.
func (t *Tx) checkLoggedSteps(ctx context.Context, c *logCheck) error {
	first := int64(0)
	for _, e := range c.entries {
		if e.Step != 0 {
			first = e.Step
			break
		}
	}
	if first == 0 {
		return nil
	}
	names := make(map[string][]string)
	for _, u := range c.users {
		ref := evidence.Ref(u.Key)
		names[ref] = append(names[ref], u.name)
	}
	found := 0
	if err := t.each(ctx, "compare journal and log", func(rows *sql.Rows) error {
		var step, count int64
		var verb, user string
		var at crm.Moment
		if err := rows.Scan(&step, &verb, &user, &at, &count); err != nil {
			return err
		}
		l, ok := c.steps[step]
		if !ok || l.twice || l.entry.Act != verb || l.entry.Rows != count || l.entry.At-l.entry.Back != minuteOf(at) || !slices.Contains(names[l.entry.Who], user) {
			c.report.add("log: step %d is not as it was logged", step)
		}
		if ok {
			found++
		}
		return nil
	}, `SELECT s.id, s.verb, s.user, s.at, coalesce(d.rows, s.rows) FROM steps AS s LEFT JOIN disclosures AS d ON d.step = s.id WHERE s.id >= ? ORDER BY s.id`, first); err != nil {
		return err
	}
	if found < len(c.steps) {
		c.report.add("log: %d steps are gone", len(c.steps)-found)
	}
	return nil
}

// checkOpenings opens what the user's keys open, and compares it with the
// commitments, with the journal and with the customers that are kept beside.
func (t *Tx) checkOpenings(ctx context.Context, c *logCheck) error {
	if !t.keys.Can(openingClass) {
		return nil
	}
	entries := make(map[int64]evidence.Entry, len(c.entries)) // of an opening without entry, the zero one
	for _, e := range c.entries {
		entries[e.N] = e
	}
	matters, err := t.matters(ctx)
	if err != nil {
		return err
	}
	return t.each(ctx, "open log", func(rows *sql.Rows) error {
		var n int64
		var sealed []byte
		var customers string
		if err := rows.Scan(&n, &sealed, &customers); err != nil {
			return err
		}
		e := entries[n]
		w, ok := t.openedMatter(n, &e, sealed)
		if !ok {
			c.report.add("log: entry %d does not open", n)
			return nil
		}
		ids, err := json.Marshal(append([]string{}, w.customers()...))
		if err != nil {
			return err
		}
		if string(ids) != customers {
			c.report.add("log: entry %d is of other customers", n)
		}
		if e.Step == 0 {
			return nil
		}
		kept := w.Matter
		kept.More = 0
		was, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if is := matters[e.Step]; !bytes.Equal(was, is) {
			c.report.add("log: step %d says another thing than was logged", e.Step)
		}
		return nil
	}, `SELECT o.n, o.sealed, (SELECT json_group_array(lower(hex(c.customer)) ORDER BY c.customer) FROM opening_customers AS c WHERE c.n = o.n) FROM openings AS o ORDER BY o.n`)
}

// openedMatter returns what an entry commits to, if it does.
func (t *Tx) openedMatter(n int64, e *evidence.Entry, sealed []byte) (w wireMatter, ok bool) {
	key, payload, ok, err := t.unsealOpening(n, sealed)
	ok = err == nil && ok && key.Opens(e, payload) && json.Unmarshal(payload, &w) == nil
	return w, ok
}
