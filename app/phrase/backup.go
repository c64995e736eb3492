package phrase

import "kebu/app/usecase"

// Backup says for how long a backup is kept, or why it does not open as it is.
func (p *Phrases) Backup(f usecase.BackupFile) string {
	switch {
	case f.Whole:
		return p.Text("backup_generation_" + string(f.Generation))
	case f.Older:
		return p.Text("backup_older")
	case f.Before:
		return p.Text("backup_before")
	default:
		return p.Text("backup_not_whole")
	}
}
