package usecase

import "golang.org/x/sys/unix"

func onNetworkDrive(folder string) bool {
	var s unix.Statfs_t
	return unix.Statfs(folder, &s) == nil && s.Flags&unix.MNT_LOCAL == 0
}
