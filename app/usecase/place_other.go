//go:build !windows

package usecase

func onRemovableDrive(string) bool { return false }
