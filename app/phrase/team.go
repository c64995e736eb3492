package phrase

import "kebu/app/usecase"

// TeamDifference says what is different for a person in a restored book.
func (p *Phrases) TeamDifference(d usecase.TeamDifference) string {
	key := "restore_team_role"
	switch {
	case d.KeptOut:
		key = "restore_team_out"
	case d.Now == "":
		key = "restore_team_back"
	case d.Then == "":
		key = "restore_team_gone"
	}
	return p.Text(key, map[string]any{"Name": d.Name, "Now": p.Role(string(d.Now)), "Then": p.Role(string(d.Then))})
}
