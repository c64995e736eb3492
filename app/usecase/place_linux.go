package usecase

import (
	"slices"

	"golang.org/x/sys/unix"
)

// networkSystems are the file systems of other computers, by the numbers that
// statfs(2) gives them.
var networkSystems = []int64{
	unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC,
	unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC, unix.CEPH_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.NCP_SUPER_MAGIC,
}

func onNetworkDrive(folder string) bool {
	var s unix.Statfs_t
	if unix.Statfs(folder, &s) != nil {
		return false
	}
	return slices.Contains(networkSystems, int64(s.Type)) //nolint:unconvert // of 32 bits on some processors
}
