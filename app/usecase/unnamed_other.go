//go:build !linux

package usecase

import (
	"errors"
	"os"
)

// openUnnamed fails: here every file has a name.
func openUnnamed(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func linkUnnamed(*os.File, string) error { return errors.ErrUnsupported }
