//go:build !linux && !darwin && !windows

package usecase

func onNetworkDrive(string) bool { return false }
