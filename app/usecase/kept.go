package usecase

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// keepJSON writes a value in place of what the file at path held, whole or not at all,
// for this user alone. Its folder is there.
func keepJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	beside, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // for this user alone
	if err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	_, err = beside.Write(data)
	if err == nil {
		err = beside.Sync()
	}
	if err = errors.Join(err, beside.Close()); err == nil {
		err = os.Rename(beside.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("keep: %w", errors.Join(err, os.Remove(beside.Name())))
	}
	return nil
}
