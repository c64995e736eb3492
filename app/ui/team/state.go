package team

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm/access"
	"kebu/app/phrase"
	"kebu/app/ui/look"
	"kebu/app/usecase"
)

// states of a person.
const (
	active   = "team_active"
	disabled = "team_disabled"
	ended    = "team_ended"
)

// person is a line of the list.
type person struct {
	usecase.Member
	role, does, state, until string
}

// roster is the people who can open the book, the owner first.
type roster []person

// Count returns how many there are.
func (l *roster) Count() int { return len(*l) }

// At returns one of them.
func (l *roster) At(i int) (person, bool) {
	if i < 0 || i >= len(*l) {
		return person{}, false
	}
	return (*l)[i], true
}

// rosterOf words the people of a book.
func rosterOf(words *phrase.Phrases, list []usecase.Member, zone *time.Location, now time.Time) roster {
	people := make(roster, len(list))
	for i, m := range list {
		p := person{Member: m, role: words.Text("role_" + string(m.Role)), does: words.Text("team_does_" + string(m.Role)), state: active}
		if m.Until.Known() {
			p.until = m.Until.In(zone).Format("2006-01-02 15:04")
			if !now.Before(m.Until.In(zone)) {
				p.state = ended
			}
		}
		if m.Disabled {
			p.state = disabled
		}
		people[i] = p
	}
	slices.SortStableFunc(people, func(a, b person) int {
		return cmp.Compare(ownerFirst(a.Role), ownerFirst(b.Role))
	})
	return people
}

func ownerFirst(r access.Role) int {
	if r == access.Owner {
		return 0
	}
	return 1
}

// staff are the roles that can be given.
func staff() []access.Role { return access.Roles[1:] }

// taken returns the fields whose keys a change of what a role sees takes away, and
// reports whether it gives some that the other had not.
func taken(before, after func(access.Field) bool) (lost []access.Field, more bool) {
	for _, f := range access.Fields {
		if !f.Personal() {
			continue
		}
		switch had, has := before(f), after(f); {
		case had && !has:
			lost = append(lost, f)
		case has && !had:
			more = true
		}
	}
	return lost, more
}

// holds says which fields a role has the keys of.
func holds(h access.House, r access.Role) func(access.Field) bool {
	return func(f access.Field) bool { return h.Holds(r, f) }
}

// number reads a whole number within bounds.
func number(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil && n >= least && n <= most
}

func daysText(n int) string { return strconv.Itoa(n) }

// request is a list in clear that somebody asked for.
type request struct {
	usecase.Approval
	when, rows, columns, rule, state string
	tone                             look.Tone
}

// asked is the requests, those that wait first.
type asked []request

// Count returns how many there are.
func (l *asked) Count() int { return len(*l) }

// At returns one of them.
func (l *asked) At(i int) (request, bool) {
	if i < 0 || i >= len(*l) {
		return request{}, false
	}
	return (*l)[i], true
}

// waiting counts the lists of others that wait for a user's word.
func waiting(list []usecase.Approval, user string) int {
	n := 0
	for _, a := range list {
		if a.Waits() && a.User != user {
			n++
		}
	}
	return n
}

func tabTitle(words *phrase.Phrases, waiting int) string {
	if waiting == 0 {
		return words.Text("team_tab_queue")
	}
	return words.Text("team_tab_queue_some", map[string]any{"Waiting": phrase.Count(waiting)})
}

// requestsOf words the lists.
func requestsOf(words *phrase.Phrases, list []usecase.Approval, zone *time.Location, now time.Time) asked {
	lines := make(asked, len(list))
	for i, a := range list {
		titles := make([]string, len(a.Columns))
		for n, c := range a.Columns {
			titles[n] = words.Column(c)
		}
		in := strings.Join(titles, words.Text("list_separator"))
		if len(titles) == 0 {
			in = words.Text("team_queue_masked")
		}
		r := request{
			Approval: a, when: words.When(a.At.In(zone), now.In(zone)), rows: phrase.Count(a.Rows),
			columns: in, rule: words.Chosen(&a), tone: look.Muted,
		}
		verdict := a.Verdict
		switch {
		case a.Used != 0:
			verdict = "used"
		case a.Verdict == "":
			verdict, r.tone = "open", look.Late
		case a.Verdict == usecase.VerdictYes:
			r.tone = look.Good
		}
		r.state = words.Text("verdict_" + verdict)
		lines[i] = r
	}
	slices.SortStableFunc(lines, func(a, b request) int {
		switch {
		case a.Waits() == b.Waits():
			return 0
		case a.Waits():
			return -1
		default:
			return 1
		}
	})
	return lines
}

// sentence says what a list is, or why the user does not decide on it.
func (p *Page) sentence(r request) string {
	d := p.desk
	switch {
	case r.Decider != "":
		return d.Text("team_queue_decided", map[string]any{"User": r.Decider, "When": d.When(r.Decided, p.zone), "State": r.state})
	case r.Waits() && r.User == p.book.User() && p.alone():
		from := r.At.In(p.zone).Add(p.house.Wait())
		return d.Text("team_queue_alone", map[string]any{"Time": from.Format("2006-01-02 15:04")})
	case r.Waits() && r.User == p.book.User():
		return d.Text("team_queue_own")
	case len(r.Columns) == 0:
		return d.Text("team_queue_what_masked", map[string]any{"User": r.User, "Customers": r.rows, "Purpose": r.Purpose})
	default:
		return d.Text("team_queue_what", map[string]any{"User": r.User, "Customers": r.rows, "Columns": r.columns, "Purpose": r.Purpose})
	}
}

// alone reports whether nobody else could decide on the user's lists.
func (p *Page) alone() bool {
	return !slices.ContainsFunc(p.people, func(m person) bool {
		return !m.Self && m.state == active && p.house.May(m.Role, access.Approve)
	})
}
