package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"kebu/app/crm/access"
	"kebu/app/usecase"
)

type teamVerb struct {
	bookFlags
}

// Run lists who can open the book.
func (v *teamVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Team(ctx)
		if err != nil {
			return err
		}
		settings, err := s.Settings(ctx)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, m := range list {
			if v.JSON {
				if err := p.json(struct {
					User     string  `json:"user"`
					Role     string  `json:"role"`
					Disabled bool    `json:"disabled"`
					Until    *string `json:"until"`
				}{m.Name, string(m.Role), m.Disabled, timeText(m.Until, settings.Zone)}); err != nil {
					return err
				}
				continue
			}
			state, until := "team_active", ""
			if t := timeText(m.Until, settings.Zone); t != nil {
				until = *t
				if !p.clock().Before(m.Until.In(time.UTC)) {
					state = "team_ended"
				}
			}
			if m.Disabled {
				state = "team_disabled"
			}
			rows = append(rows, []string{m.Name, p.phrase.Text("role_" + string(m.Role)), p.phrase.Text(state), until})
		}
		if v.JSON {
			return nil
		}
		return p.table([]string{"user", "role", "state", "until"}, rows)
	})
}

type userVerbs struct {
	Add     userAddVerb     `cmd:"" help:"${help_user_add}"`
	Role    userRoleVerb    `cmd:"" help:"${help_user_role}"`
	Disable userDisableVerb `cmd:"" help:"${help_user_disable}"`
	Enable  userEnableVerb  `cmd:"" help:"${help_user_enable}"`
	Reset   userResetVerb   `cmd:"" help:"${help_user_reset}"`
	Remove  userRemoveVerb  `cmd:"" help:"${help_user_remove}"`
}

type userAddVerb struct {
	bookFlags
	Name              string      `arg:"" help:"${help_user_name}"`
	Role              access.Role `required:"" help:"${help_user_role_name}"`
	Days              int         `help:"${help_user_days}"`
	NewPassphraseFile string      `placeholder:"FILE" help:"${help_new_passphrase_file}"`
}

// Run lets a person into the book.
func (v *userAddVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		pass, err := p.newPassphrase(v.NewPassphraseFile)
		if err != nil {
			return err
		}
		defer clear(pass)
		if err := s.AddUser(ctx, usecase.NewMember{Name: v.Name, Role: v.Role, Passphrase: pass, Cost: p.cost(), Days: v.Days}); err != nil {
			return err
		}
		return p.changed(v.JSON, "user_added", v.Name, v.Role)
	})
}

type userRoleVerb struct {
	bookFlags
	Name  string      `arg:"" help:"${help_user_name}"`
	Role  access.Role `arg:"" help:"${help_user_role_name}"`
	Later bool        `help:"${help_user_later}"`
}

// Run gives a person another role.
func (v *userRoleVerb) Run(ctx context.Context, p *program) error {
	return p.rekey(ctx, &v.bookFlags, v.Later, func(s *usecase.Session) error {
		if err := s.AssignRole(ctx, v.Name, v.Role); err != nil {
			return err
		}
		return p.changed(v.JSON, "user_role", v.Name, v.Role)
	})
}

type userDisableVerb struct {
	bookFlags
	Name  string `arg:"" help:"${help_user_name}"`
	Later bool   `help:"${help_user_later}"`
}

// Run keeps a person out.
func (v *userDisableVerb) Run(ctx context.Context, p *program) error {
	return p.rekey(ctx, &v.bookFlags, v.Later, func(s *usecase.Session) error {
		if err := s.DisableUser(ctx, v.Name); err != nil {
			return err
		}
		return p.changed(v.JSON, "user_disabled", v.Name, "")
	})
}

type userEnableVerb struct {
	bookFlags
	Name string `arg:"" help:"${help_user_name}"`
}

// Run lets a person in again.
func (v *userEnableVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		if err := s.EnableUser(ctx, v.Name); err != nil {
			return err
		}
		return p.changed(v.JSON, "user_enabled", v.Name, "")
	})
}

type userResetVerb struct {
	bookFlags
	Name              string `arg:"" help:"${help_user_name}"`
	Leaked            bool   `help:"${help_user_leaked}"`
	Later             bool   `help:"${help_user_later}"`
	NewPassphraseFile string `placeholder:"FILE" help:"${help_new_passphrase_file}"`
}

// Run gives a person a new passphrase.
func (v *userResetVerb) Run(ctx context.Context, p *program) error {
	return p.rekey(ctx, &v.bookFlags, v.Later, func(s *usecase.Session) error {
		pass, err := p.newPassphrase(v.NewPassphraseFile)
		if err != nil {
			return err
		}
		defer clear(pass)
		if err := s.ResetUser(ctx, v.Name, pass, p.cost(), v.Leaked); err != nil {
			return err
		}
		return p.voided(v.JSON, "user_reset", v.Name)
	})
}

type userRemoveVerb struct {
	bookFlags
	Name  string `arg:"" help:"${help_user_name}"`
	Later bool   `help:"${help_user_later}"`
}

// Run takes a person's access for good.
func (v *userRemoveVerb) Run(ctx context.Context, p *program) error {
	return p.rekey(ctx, &v.bookFlags, v.Later, func(s *usecase.Session) error {
		if err := s.RemoveUser(ctx, v.Name); err != nil {
			return err
		}
		return p.voided(v.JSON, "user_removed", v.Name)
	})
}

// changed tells what became of a person.
func (p *program) changed(asJSON bool, key, name string, role access.Role) error {
	if asJSON {
		return p.json(map[string]string{"user": name})
	}
	data := map[string]any{"User": name}
	if role != "" {
		data["Role"] = p.phrase.Text("role_" + string(role))
	}
	p.say(key, data)
	return nil
}

// voided tells that a person's passphrase opens the book no more, and what it opens still.
func (p *program) voided(asJSON bool, key, name string) error {
	err := p.changed(asJSON, key, name, "")
	if err == nil && !asJSON {
		p.say("team_older_copies", nil)
	}
	return err
}

// rekey does fn, which may take keys from somebody, and seals the book anew unless
// that is for later.
func (p *program) rekey(ctx context.Context, f *bookFlags, later bool, fn func(*usecase.Session) error) error {
	return p.with(ctx, f, func(s *usecase.Session) error {
		if err := fn(s); err != nil || later || !s.Stale() {
			return err
		}
		if err := s.Reseal(ctx, p.progressSteps()); err != nil {
			return err
		}
		if !f.JSON {
			p.say("resealed", nil)
		}
		return nil
	})
}

type resealVerb struct {
	bookFlags
}

// Run seals the book under the newest keys.
func (v *resealVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		stale := s.Stale()
		if err := s.Reseal(ctx, p.progressSteps()); err != nil {
			return err
		}
		switch {
		case v.JSON:
			return p.json(map[string]bool{"resealed": stale})
		case stale:
			p.say("resealed", nil)
		default:
			p.say("not_stale", nil)
		}
		return nil
	})
}

type rulesVerb struct {
	bookFlags
	Set string `placeholder:"FILE" help:"${help_rules_set}"`
}

// Run prints the owner's rules or sets them.
func (v *rulesVerb) Run(ctx context.Context, p *program) error {
	return p.rekey(ctx, &v.bookFlags, false, func(s *usecase.Session) error {
		if v.Set == "" {
			h, err := s.House(ctx)
			if err != nil {
				return err
			}
			return p.json(h)
		}
		text, err := os.ReadFile(v.Set)
		if err != nil {
			return fmt.Errorf("read rules: %w", err)
		}
		h, err := readRules(text)
		if key, ok := unknownKey(err); ok {
			return p.wrongUsage("error_rules_key", map[string]any{"Key": key})
		}
		if err != nil {
			return p.wrongUsage("error_rules", map[string]any{"Detail": err.Error()})
		}
		if err := s.SetHouse(ctx, h); err != nil {
			return err
		}
		if v.JSON {
			return p.json(h)
		}
		p.say("rules_set", nil)
		return nil
	})
}

// readRules reads rules. A key that none has is an error: who misspells one would
// otherwise lift what it was to narrow.
func readRules(text []byte) (access.House, error) {
	var h access.House
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&h); err != nil {
		return h, err
	}
	if _, err := d.Token(); err != io.EOF {
		return h, errors.New("more than one object")
	}
	return h, nil
}

// unknownKey returns the key that an error of encoding/json says is unknown.
func unknownKey(err error) (string, bool) {
	if err == nil {
		return "", false
	}
	quoted, ok := strings.CutPrefix(err.Error(), "json: unknown field ")
	return strings.Trim(quoted, `"`), ok
}

type sheetVerb struct {
	bookFlags
	RecoveryFile string `required:"" placeholder:"FILE" help:"${help_recovery_file}"`
}

// Run makes a new recovery sheet.
func (v *sheetVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) (failed error) {
		f, err := os.OpenFile(v.RecoveryFile, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("write recovery sheet: %w", err)
		}
		code, err := s.RenewRecovery(ctx)
		if err != nil {
			return errors.Join(err, f.Close(), os.Remove(v.RecoveryFile))
		}
		_, err = io.WriteString(f, p.recoverySheet(v.Book, s.User(), code))
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("write recovery sheet: %w", err)
		}
		if v.JSON {
			return p.json(map[string]string{"file": v.RecoveryFile})
		}
		p.say("made_sheet", map[string]any{"File": v.RecoveryFile})
		return nil
	})
}

// chosen is how whom a list holds was chosen, besides by the rule.
type chosen struct {
	Known    bool   `json:"known"` // false: asked for before it was kept
	Searched bool   `json:"searched"`
	Picked   int    `json:"picked"`
	Excepted int    `json:"excepted"`
	First    int    `json:"first"`
	Import   int64  `json:"import"`
	File     string `json:"file"`
}

type approvalsVerb struct {
	bookFlags
}

// Run lists the lists in clear that somebody asked for.
func (v *approvalsVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Approvals(ctx)
		if err != nil {
			return err
		}
		settings, err := s.Settings(ctx)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, a := range list {
			state := a.Verdict
			switch {
			case a.Used != 0:
				state = "used"
			case state == "":
				state = "open"
			}
			if v.JSON {
				if err := p.json(struct {
					ID      string   `json:"id"`
					User    string   `json:"user"`
					At      *string  `json:"at"`
					Rows    int      `json:"rows"`
					Rule    string   `json:"rule"`
					Chosen  chosen   `json:"chosen"`
					Columns []string `json:"columns"`
					Purpose string   `json:"purpose"`
					State   string   `json:"state"`
					Decider string   `json:"decider"`
				}{strconv.FormatInt(a.ID, 10), a.User, timeText(a.At, settings.Zone), a.Rows, a.Rule, chosen(a.Chosen), a.Columns, a.Purpose, state, a.Decider}); err != nil {
					return err
				}
				continue
			}
			rows = append(rows, []string{strconv.FormatInt(a.ID, 10), a.User, strconv.Itoa(a.Rows), p.phrase.Chosen(&a), a.Purpose, p.phrase.Text("verdict_" + state)})
		}
		if v.JSON {
			return nil
		}
		return p.table([]string{"request", "user", "rows", "rule", "purpose", "verdict"}, rows)
	})
}

type approveVerb struct {
	bookFlags
	ID int64 `arg:"" help:"${help_approval}"`
	No bool  `help:"${help_approve_no}"`
}

// Run decides on a list that somebody else asked for.
func (v *approveVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		if err := s.Approve(ctx, v.ID, !v.No); err != nil {
			return err
		}
		key := "approved"
		if v.No {
			key = "refused"
		}
		if v.JSON {
			return p.json(map[string]string{"id": strconv.FormatInt(v.ID, 10), "state": key})
		}
		p.say(key, map[string]any{"ID": v.ID})
		return nil
	})
}
