package usecase

import (
	"context"

	"kebu/app/crm/access"
	"kebu/store"
)

// Stats returns the shop in numbers, 0 of what the role does not see.
func (s *Session) Stats(ctx context.Context) (store.Stats, error) {
	var stats store.Stats
	return stats, s.gate.View(ctx, access.Stats, func(tx *store.Tx) error {
		var err error
		stats, err = tx.Stats(ctx)
		s.sight(access.Stats).stats(&stats)
		return err
	})
}

// Settings returns the book's settings.
func (s *Session) Settings(ctx context.Context) (store.Settings, error) {
	var settings store.Settings
	return settings, s.gate.View(ctx, access.Settings, func(tx *store.Tx) error {
		var err error
		settings, err = tx.Settings(ctx)
		return err
	})
}
