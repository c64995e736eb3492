package team

import (
	"encoding/json"
	"slices"

	"kebu/app/crm/access"
)

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

// course is how far a guide is. The book remembers it for the owner, so that it goes on
// where it was when the window was closed in the middle.
type course struct {
	Kind  occasion      `json:"kind"` // "" for none
	Who   string        `json:"who"`
	Owner bool          `json:"owner"` // it is about the owner's own laptop
	Done  map[step]bool `json:"done"`

	out    bool // who it is about cannot open the book
	sealed bool // nothing in the book is under a key of before
}

// guideName is under what the book remembers it.
const guideName = "team.guide"

func begun(kind occasion) course { return course{Kind: kind, Done: map[step]bool{}} }

// recalled returns what a book remembers, none if it is not understood.
func recalled(text string) course {
	c := begun("")
	if json.Unmarshal([]byte(text), &c) != nil || c.Kind != whenLeft && c.Kind != whenLost || c.Done == nil {
		return course{}
	}
	return c
}

// kept is what the book remembers, blank for none.
func (c *course) kept() (string, error) {
	if c.Kind == "" {
		return "", nil
	}
	text, err := json.Marshal(c)
	return string(text), err
}

// stand takes over how the book stands. However somebody was suspended or removed, the
// guide need not do it again.
func (c *course) stand(people roster, stale bool) {
	i := slices.IndexFunc(people, func(m person) bool { return m.Name == c.Who })
	c.out, c.sealed = i < 0 || people[i].Disabled, !stale
}

// steps are those of the guide. An owner has no access to take away: the new passphrase
// is what closes the old one.
func (c *course) steps() []step {
	if c.Owner {
		return []step{stepWho, stepOwn, stepSheet}
	}
	return []step{stepWho, stepAccess, stepSeal, stepOwn, stepSheet}
}

// concerns reports whether a guide may be about a person.
func (c *course) concerns(m person) bool { return c.Kind == whenLost || m.Role != access.Owner }

// about chooses whom it is about.
func (c *course) about(m person) { c.Who, c.Owner = m.Name, m.Role == access.Owner }

// ticked reports whether a step is done.
func (c *course) ticked(s step) bool {
	switch s {
	case stepWho:
		return c.Who != ""
	case stepAccess: // who has left is not let in again by a new passphrase
		return c.Who != "" && (c.out || c.Kind == whenLost && c.Done[s])
	case stepSeal:
		return c.ticked(stepAccess) && c.sealed
	default:
		return c.Done[s]
	}
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
	if s == stepWho && c.Who != "" {
		return "team_guide_about"
	}
	return "team_guide_" + string(c.Kind) + "_" + string(s)
}

// text is the key of why a step is needed.
func (c *course) text(s step) string {
	switch {
	case s == stepOwn && c.Owner:
		return "team_guide_own_text_owner"
	case s == stepAccess && c.Kind == whenLost:
		return "team_guide_lost_access_text"
	default:
		return "team_guide_" + string(s) + "_text"
	}
}
