package team

import "kebu/app/crm/access"

// occasion is what a guide is for.
type occasion string

const (
	whenLeft occasion = "left"
	whenLost occasion = "lost"
)

// step is a step of a guide.
type step string

const (
	stepWho    step = "who"
	stepAccess step = "access"
	stepSeal   step = "seal"
	stepOwn    step = "own"
	stepSheet  step = "sheet"
)

// course is how far a guide is.
type course struct {
	kind   occasion // "" for none
	who    string
	owner  bool // it is about the owner's own laptop
	done   map[step]bool
	sealed bool // nothing in the book is under a key of before
}

// steps are those of the guide. An owner has no access to take away: the new passphrase
// is what closes the old one.
func (c *course) steps() []step {
	if c.owner {
		return []step{stepWho, stepOwn, stepSheet}
	}
	return []step{stepWho, stepAccess, stepSeal, stepOwn, stepSheet}
}

// concerns reports whether a guide may be about a person.
func (c *course) concerns(m person) bool { return c.kind == whenLost || m.Role != access.Owner }

// about chooses whom it is about.
func (c *course) about(m person) {
	c.who, c.owner = m.Name, m.Role == access.Owner
	c.done[stepWho] = true
}

// ticked reports whether a step is done.
func (c *course) ticked(s step) bool {
	if s == stepSeal {
		return c.done[stepAccess] && c.sealed
	}
	return c.done[s]
}

// turn is the first step that is not done, "" when all are.
func (c *course) turn() step {
	for _, s := range c.steps() {
		if !c.ticked(s) {
			return s
		}
	}
	return ""
}

func (c *course) finished() bool { return c.turn() == "" }

// title is the key of what a step is called.
func (c *course) title(s step) string {
	if s == stepWho && c.who != "" {
		return "team_guide_about"
	}
	return "team_guide_" + string(c.kind) + "_" + string(s)
}

// text is the key of why a step is needed.
func (c *course) text(s step) string {
	if s == stepOwn && c.owner {
		return "team_guide_own_text_owner"
	}
	return "team_guide_" + string(s) + "_text"
}
