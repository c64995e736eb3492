package usecase

import (
	"context"
	"encoding/json"
	"fmt"

	"kebu/importers"
	"kebu/store"
)

// A file whose dates are all such as 03/04/2026 does not tell day from month, and the
// account's country does: a person says it once for the files of a format.

// DateOrder is importers.DateOrder: "dmy", "mdy", or "" for what the file tells.
type DateOrder = importers.DateOrder

// The orders.
const (
	DayFirst   = importers.DayFirst
	MonthFirst = importers.MonthFirst
)

const dateOrdersChoice = "import.date_orders"

// dateOrders are what a person answered, by format.
type dateOrders map[string]importers.DateOrder

func keptDateOrders(ctx context.Context, tx *store.Tx, user string) (dateOrders, error) {
	text, err := tx.Recall(ctx, user, dateOrdersChoice)
	if err != nil || text == "" {
		return nil, err
	}
	var orders dateOrders
	if err := json.Unmarshal([]byte(text), &orders); err != nil {
		return nil, fmt.Errorf("read the orders of dates: %w", err)
	}
	return orders, nil
}

func keepDateOrder(ctx context.Context, tx *store.Tx, user, format string, order importers.DateOrder) error {
	orders, err := keptDateOrders(ctx, tx, user)
	if err != nil || orders[format] == order {
		return err
	}
	if orders == nil {
		orders = dateOrders{}
	}
	orders[format] = order
	text, err := json.Marshal(orders)
	if err != nil {
		return fmt.Errorf("write the orders of dates: %w", err)
	}
	return tx.Remember(ctx, user, dateOrdersChoice, string(text))
}

// dateOrder is what a person told of the file, else of such files before where their
// format does not tell; "" for neither.
func (e *export) dateOrder() importers.DateOrder {
	if e.dates != "" || e.matches[0].Format.DateOrder != "" {
		return e.dates
	}
	return e.answers[e.format()]
}

// settles reports whether what a person told of the file holds for others of its
// format: nothing in it told otherwise.
func (e *export) settles() bool {
	return e.dates != "" && e.dates == e.told && e.matches[0].Format.DateOrder == ""
}
