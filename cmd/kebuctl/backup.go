package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"kebu/app/crm/backup"
	"kebu/app/usecase"
)

type backupVerb struct {
	bookFlags
	To []string `required:"" placeholder:"DIR" sep:"none" help:"${help_backup_to}"`
}

// Run backs the book up to each folder; one that fails does not keep the others
// from theirs.
func (v *backupVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		var errs []error
		for _, folder := range v.To {
			r, err := s.Backup(ctx, usecase.BackupRequest{Folder: folder, Reason: backup.Hand, Progress: p.progressSteps()})
			if err != nil {
				errs = append(errs, &usecase.FileError{Path: folder, Err: err})
				continue
			}
			if v.JSON {
				errs = append(errs, p.json(struct {
					backupFile
					Customers int `json:"customers"`
					Orders    int `json:"orders"`
					Removed   int `json:"removed"`
				}{backupJSON(r.BackupFile), r.Customers, r.Orders, r.Removed}))
				continue
			}
			p.say("backed_up", map[string]any{"Path": r.Path, "Orders": r.Orders})
			if r.Removed > 0 {
				p.say("backup_removed", map[string]any{"Count": r.Removed})
			}
		}
		return errors.Join(errs...)
	})
}

// backupFile is how a backup is printed for programs.
type backupFile struct {
	Path       string `json:"path"`
	At         string `json:"at"`
	Reason     string `json:"reason"`
	Bytes      int64  `json:"bytes"`
	Whole      bool   `json:"whole"`
	Older      bool   `json:"older"`  // opens with a passphrase of its time
	Before     bool   `json:"before"` // made before the user could open the book
	Generation string `json:"generation"`
}

func backupJSON(f usecase.BackupFile) backupFile {
	return backupFile{f.Path, f.At.Format(time.RFC3339), string(f.Reason), f.Size, f.Whole, f.Older, f.Before, string(f.Generation)}
}

type backupsVerb struct {
	bookFlags
	To string `required:"" placeholder:"DIR" help:"${help_backups_to}"`
}

// Run lists the backups in a folder, newest first.
func (v *backupsVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		list, err := s.Backups(ctx, v.To)
		if err != nil {
			return err
		}
		if v.JSON {
			for _, f := range list {
				if err := p.json(backupJSON(f)); err != nil {
					return err
				}
			}
			return nil
		}
		if len(list) == 0 {
			p.say("no_backups", nil)
			return nil
		}
		rows := make([][]string, len(list))
		for i, f := range list {
			rows[i] = []string{f.At.In(time.Local).Format("2006-01-02 15:04"), p.phrase.Text("backup_reason_" + string(f.Reason)), strconv.FormatInt(f.Size, 10), p.phrase.Backup(f), f.Path}
		}
		return p.table([]string{"at", "reason", "bytes", "generation", "file"}, rows)
	})
}

type drillVerb struct {
	bookFlags
	To string `required:"" placeholder:"DIR" help:"${help_backups_to}"`
}

// Run tries whether the newest backup can be restored.
func (v *drillVerb) Run(ctx context.Context, p *program) error {
	return p.with(ctx, &v.bookFlags, func(s *usecase.Session) error {
		r, err := s.Drill(ctx, v.To, p.progressSteps())
		if err != nil {
			return err
		}
		if v.JSON {
			return p.json(struct {
				backupFile
				Customers int `json:"customers"`
				Orders    int `json:"orders"`
			}{backupJSON(r.Backup), r.Customers, r.Orders})
		}
		p.say("drilled", map[string]any{"Day": r.Backup.At.In(time.Local).Format("2006-01-02 15:04"), "Orders": r.Orders})
		return nil
	})
}
