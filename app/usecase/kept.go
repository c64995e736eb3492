package usecase

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// keepJSON writes a value in place of what the file at path held, whole or not at all,
// for this user alone. Its folder is there.
func keepJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	beside := path + ".new"
	if err := os.WriteFile(beside, data, 0o600); err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	if err := os.Rename(beside, path); err != nil {
		return fmt.Errorf("keep: %w", errors.Join(err, os.Remove(beside)))
	}
	return nil
}
