package store

import (
	"context"
	"database/sql"
	"fmt"

	"kebu/app/crm"
)

// Period returns when the oldest and the newest order of a shop, 0 for all,
// were placed, 0 where none has a time.
func (t *Tx) Period(ctx context.Context, shop int64) (oldest, newest crm.Moment, err error) {
	for _, q := range []struct {
		into  *crm.Moment
		order string
	}{{&oldest, "ASC"}, {&newest, "DESC"}} {
		var placed sql.NullInt64
		err := t.tx.QueryRowContext(ctx, `SELECT max(placed) FROM (SELECT placed FROM orders INDEXED BY orders_placed
			WHERE placed <> 0 AND (?1 = 0 OR shop = ?1) ORDER BY placed `+q.order+` LIMIT 1)`, shop).Scan(&placed)
		if err != nil {
			return 0, 0, fmt.Errorf("find period: %w", err)
		}
		*q.into = crm.Moment(placed.Int64)
	}
	return oldest, newest, nil
}
