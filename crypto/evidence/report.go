package evidence

// State is how a check went.
type State string

// The states.
const (
	Passed  State = "passed"
	Failed  State = "failed"
	Missing State = "missing" // what it needs was not given: nothing is known
)

// Name names a check.
type Name string

// The checks, in their order.
const (
	CheckFiles       Name = "files"       // all files are there, whole, and signed by the owner
	CheckKey         Name = "key"         // the owner's key is the one that the outsider brought
	CheckUsers       Name = "users"       // the owner signed the list of users
	CheckEntries     Name = "entries"     // each is in its form and place, and times do not run back
	CheckRoles       Name = "roles"       // logins are those of the listed users in their roles, and who is out does nothing
	CheckCheckpoints Name = "checkpoints" // users signed them, and the entries give their roots
	CheckProofs      Name = "proofs"      // each continues the one before
	CheckComplete    Name = "complete"    // the last is of all entries
	CheckKnown       Name = "known"       // those that the outsider kept are of this log
	CheckStamps      Name = "stamps"      // time stamps are whole and on the checkpoints that they name
	CheckAuthorities Name = "authorities" // whom the outsider trusts stands behind them
	CheckSummary     Name = "summary"     // the lists of exports and counts follow from the entries
)

// Check is one check and how it went.
type Check struct {
	Name  Name  `json:"name"`
	State State `json:"state"`
	// At is where it failed, from 1: a line of the entries, a checkpoint of its
	// file or the stamp on that, a file given as known. 0: no one place.
	At int64 `json:"at,omitempty"`
	// Count is how many were looked at.
	Count int64 `json:"count"`
}

// Report is what Verify found.
type Report struct {
	Origin  string  `json:"origin"`
	Key     string  `json:"key"` // the owner's verifier key in the pack
	Entries int64   `json:"entries"`
	Root    string  `json:"root"`           // of all entries
	First   int64   `json:"first"`          // Unix seconds of the first entry
	Last    int64   `json:"last"`           // and of the last
	Back    int64   `json:"back,omitempty"` // entries before which the clock was set back
	Checks  []Check `json:"checks"`

	People []Person  `json:"people,omitempty"` // by entry
	Stamps []Stamped `json:"stamps,omitempty"`
}

// Person is somebody's role from an entry on.
type Person struct {
	Who   string `json:"who"` // Ref
	Role  string `json:"role"`
	Entry int64  `json:"entry"`
	At    int64  `json:"at"` // Unix seconds
}

// State is Failed if a check failed, else Missing if one could not be done, else
// Passed.
func (r *Report) State() State {
	state := Passed
	for _, c := range r.Checks {
		switch c.State {
		case Failed:
			return Failed
		case Missing:
			state = Missing
		case Passed:
		}
	}
	return state
}

func (r *Report) put(name Name, ok bool, at, count int64) bool {
	c := Check{Name: name, State: Passed, Count: count}
	if !ok {
		c.State, c.At = Failed, at
	}
	r.Checks = append(r.Checks, c)
	return ok
}

func (r *Report) missing(name Name) {
	r.Checks = append(r.Checks, Check{Name: name, State: Missing})
}
