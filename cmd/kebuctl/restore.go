package main

import (
	"cmp"
	"context"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

type restoreVerb struct {
	Backup             string `arg:"" help:"${help_restore_backup}"`
	To                 string `placeholder:"FILE" help:"${help_restore_to}"`
	Over               string `placeholder:"BOOK" help:"${help_restore_over}"`
	DryRun             bool   `help:"${help_restore_dry_run}"`
	PassphraseFile     string `placeholder:"FILE" help:"${help_passphrase_file}"`
	OverPassphraseFile string `placeholder:"FILE" help:"${help_restore_over_passphrase}"`
	As                 string `placeholder:"USER" help:"${help_as}"`
	JSON               bool   `help:"${help_json}"`
}

// Run makes a book from a backup, and says what is different.
func (v *restoreVerb) Run(ctx context.Context, p *program) error {
	if (v.To == "") == (v.Over == "") {
		return p.wrongUsage("restore_places", nil)
	}
	pass, err := p.passphrase(v.PassphraseFile)
	if err != nil {
		return err
	}
	defer clear(pass)
	r := usecase.RestoreRequest{Backup: v.Backup, User: v.As, Passphrase: pass, To: v.To, Over: v.Over, Keeper: usecase.KeeperHere(p.clock), Clock: p.clock, Tries: p.tries, Progress: p.progressSteps()}
	if v.OverPassphraseFile != "" {
		if r.OverPassphrase, err = p.passphrase(v.OverPassphraseFile); err != nil {
			return err
		}
		defer clear(r.OverPassphrase)
	}
	d, err := usecase.Restore(ctx, r)
	if err != nil {
		return err
	}
	kept := ""
	if v.DryRun {
		err = d.Discard()
	} else {
		kept, err = d.Finish(ctx, usecase.KeeperHere(p.clock))
	}
	if err != nil {
		return err
	}
	if v.JSON {
		return p.json(v.report(d, kept))
	}
	p.tellRestore(d)
	if !v.DryRun {
		p.say("restored", map[string]any{"Book": v.To + v.Over})
		if kept != "" {
			p.say("restored_kept", map[string]any{"Kept": kept})
		}
	}
	return nil
}

// tellRestore says what would be different, or is.
func (p *program) tellRestore(d *usecase.Restoring) {
	state := func(key string, s usecase.BookState) {
		p.say(key, map[string]any{"Customers": s.Customers, "Orders": s.Orders, "Day": cmp.Or(dayText(s.At, time.Local), "–")})
	}
	state("restore_backup_is", d.Backup)
	if d.Erased > 0 {
		p.say("restore_erased", map[string]any{"Count": d.Erased})
	}
	if d.Forged > 0 {
		p.say("restore_forged", map[string]any{"Count": d.Forged})
	}
	if d.Unread != nil {
		p.say("restore_unread", map[string]any{"Detail": p.phrase.Error(d.Unread)})
	}
	for _, t := range d.Team {
		p.line(printable(p.phrase.TeamDifference(t)))
	}
	if len(d.Team) > 0 {
		p.say("restore_team_pass", nil)
	}
	if d.Live == nil {
		return
	}
	state("restore_live_is", *d.Live)
	if len(d.Gained) > 0 {
		p.say("restore_gained", map[string]any{"Count": len(d.Gained)})
	}
	if len(d.Lost) == 0 {
		p.say("restore_lost_none", nil)
		return
	}
	p.say("restore_lost", map[string]any{"Count": len(d.Lost)})
	const shown = 10 // of the newest
	for i := len(d.Lost) - 1; i >= max(0, len(d.Lost)-shown); i-- {
		c := d.Lost[i]
		p.line("  " + c.At.In(time.Local).Format("2006-01-02 15:04") + "  " + printable(c.User+"  "+p.phrase.Step(c)))
	}
	if len(d.Lost) > shown {
		p.line("  " + p.phrase.Text("restore_lost_more"))
	}
}

func (p *program) line(text string) { _, _ = p.out.WriteString(text + "\n") } // the writer keeps its error

// restoreReport is what a restore prints for programs.
type restoreReport struct {
	Backup   restoreState  `json:"backup"`
	Live     *restoreState `json:"live"` // null if there is none, or it could not be read
	Lost     []change      `json:"lost"`
	Gained   []change      `json:"gained"`
	Erased   int           `json:"erased"` // since the backup, and from what is restored
	Team     []restoreTeam `json:"team"`
	Restored string        `json:"restored,omitempty"`
	Kept     string        `json:"kept,omitempty"`
}

// restoreTeam is a person who can open the restored book otherwise.
type restoreTeam struct {
	Name    string      `json:"name"`
	Now     access.Role `json:"now"`  // "": cannot open it
	Then    access.Role `json:"then"` // "": could not
	KeptOut bool        `json:"kept_out"`
}

type restoreState struct {
	Customers int     `json:"customers"`
	Orders    int     `json:"orders"`
	Steps     int     `json:"steps"`
	At        *string `json:"at"`
}

func (v *restoreVerb) report(d *usecase.Restoring, kept string) restoreReport {
	state := func(s usecase.BookState) restoreState {
		return restoreState{s.Customers, s.Orders, s.Steps, timeText(s.At, time.UTC)}
	}
	changes := func(list []usecase.Change) []change {
		out := make([]change, len(list))
		for i, c := range list {
			out[i] = changeJSON(c)
		}
		return out
	}
	r := restoreReport{Backup: state(d.Backup), Lost: changes(d.Lost), Gained: changes(d.Gained), Erased: d.Erased, Team: make([]restoreTeam, len(d.Team)), Kept: kept}
	for i, t := range d.Team {
		r.Team[i] = restoreTeam(t)
	}
	if d.Live != nil {
		live := state(*d.Live)
		r.Live = &live
	}
	if !v.DryRun {
		r.Restored = v.To + v.Over
	}
	return r
}
