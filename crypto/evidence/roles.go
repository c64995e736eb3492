package evidence

import "slices"

// Out is the role of who can open nothing: suspended, removed, or under another key
// since.
const Out = "out"

// letting are the verbs by which the owner says who can open the book.
var letting = []string{"user add", "user role", "user disable", "user enable", "user reset", "user remove"}

// Roles follows who had which role through the entries of a log.
type Roles struct {
	left []User // those to come, by Since
	now  map[string]string
}

// NewRoles begins before the first entry. The users are in the order of Since.
func NewRoles(users []User) *Roles { return &Roles{users, make(map[string]string)} }

// Add takes the next entry and reports whether it is one that can be: a login in the
// role that the list has, and nothing by who is out.
func (r *Roles) Add(e *Entry) bool {
	if len(r.left) > 0 && r.left[0].Since == e.N && r.tells(e) {
		r.now[Ref(r.left[0].Key)] = r.left[0].Role
		r.left = r.left[1:]
	}
	role := r.now[e.Who]
	return role != Out && (e.Act != Login || role == e.Role)
}

// tells reports whether an entry can give the next user the role: the user's login, or
// what the owner did about the user.
func (r *Roles) tells(e *Entry) bool {
	if e.Act == Login {
		return Ref(r.left[0].Key) == e.Who
	}
	return slices.Contains(letting, e.Act) && r.now[e.Who] == OwnerRole
}

// Done reports whether each user of the list came.
func (r *Roles) Done() bool { return len(r.left) == 0 }
