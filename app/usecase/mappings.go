package usecase

import (
	"context"
	"fmt"

	"kebu/app/crm/access"
	"kebu/importers/custom"
	"kebu/store"
)

// KeptMapping is a format that a person made by hand.
type KeptMapping struct {
	Name     string
	Platform string
	Columns  []KeptColumn
	JSON     []byte // as ImportRequest.Mapping takes it
}

// Mappings returns the formats made by hand, newest first.
func (s *Session) Mappings(ctx context.Context) ([]KeptMapping, error) {
	var kept []KeptMapping
	return kept, s.gate.View(ctx, access.Mappings, func(tx *store.Tx) error {
		bodies, err := tx.Mappings(ctx)
		if err != nil {
			return err
		}
		for _, body := range bodies {
			m, err := custom.Parse([]byte(body))
			if err != nil {
				return fmt.Errorf("read kept mapping: %w", err)
			}
			k := KeptMapping{Name: m.Name, Platform: m.Platform, JSON: []byte(body)}
			if k.Platform == "" {
				k.Platform = m.Name
			}
			for _, c := range m.Columns {
				for _, h := range c.Headers {
					k.Columns = append(k.Columns, KeptColumn{m.Sheet, h, c.Field.String(), c.Field.Sealed()})
				}
			}
			kept = append(kept, k)
		}
		return nil
	})
}

// DeleteMapping removes a format made by hand; files of it are no longer
// recognised. It fails with crm.ErrNotFound if there is none of that name.
func (s *Session) DeleteMapping(ctx context.Context, name string) (Done, error) {
	return s.typed(ctx, access.DeleteMapping, func(tx *store.Tx) (int, error) {
		return 1, tx.DeleteMapping(ctx, name)
	})
}
