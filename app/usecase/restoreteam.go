package usecase

import (
	"context"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/access"
	"kebu/crypto/keyring"
	"kebu/store"
)

// TeamDifference is a person who can open the restored book otherwise than the one
// now.
type TeamDifference struct {
	Name      string
	Now, Then access.Role // "" opens nothing
	// KeptOut says that the backup would let in who is not let in now, and that the
	// restored book does not.
	KeptOut bool
}

// compareTeam tells apart who can open the book now and who could then. Who was
// suspended or removed since is kept out of what is restored. For that the book need not
// open: its header, which the owner signed, is enough.
func (d *Restoring) compareTeam(ctx context.Context) error {
	now, err := d.made.UsersOf(d.request.Over)
	if err != nil {
		return nil //nolint:nilerr // a book that cannot be read is what backups are for
	}
	d.Team = teamDifferences(now, d.made.Users())
	for i, p := range d.Team {
		if p.Now != "" {
			continue
		}
		if err := d.suspend(ctx, p.Name); err != nil {
			return err
		}
		d.Team[i].Then, d.Team[i].KeptOut = "", true
	}
	return nil
}

// suspend keeps a person out of what is restored, as a step of its own.
func (d *Restoring) suspend(ctx context.Context, name string) error {
	step := store.Step{Verb: string(access.DisableUser), User: d.made.User().Name, At: crm.At(d.request.Clock())}
	return d.update(ctx, step, func(tx *store.Tx) error {
		var was, is keyring.User
		if err := tx.ChangeTeam(ctx, func(r *keyring.Ring) (err error) {
			if was, err = userOf(r, name); err != nil {
				return err
			}
			if err = r.Disable(name); err != nil {
				return err
			}
			is, err = userOf(r, name)
			return err
		}); err != nil {
			return err
		}
		if err := tx.CountRows(ctx, 1); err != nil {
			return err
		}
		if err := tx.RecordTeam(ctx, changeOfUser(was, is)); err != nil {
			return err
		}
		return tx.LogSteps(ctx)
	})
}

// teamDifferences lists them by name: those who can open the book now, then the
// others.
func teamDifferences(now, then []keyring.User) []TeamDifference {
	roleIn := func(list []keyring.User, name string) access.Role {
		i := slices.IndexFunc(list, func(u keyring.User) bool { return u.Name == name && !u.Disabled })
		if i < 0 {
			return ""
		}
		return access.Role(list[i].Role)
	}
	var list []TeamDifference
	for _, u := range slices.Concat(now, then) {
		d := TeamDifference{Name: u.Name, Now: roleIn(now, u.Name), Then: roleIn(then, u.Name)}
		if d.Now != d.Then && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}
