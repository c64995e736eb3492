package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kebu/app/crm/pii"
	"kebu/crypto/field"
)

// Kinds of messages.
const (
	fromBuyer  = 1
	fromSeller = 2
)

func (s *saver) saveMessages(ctx context.Context, e *entry) error {
	for _, m := range []struct {
		kind  int
		text  pii.Text
		known bool
	}{
		{fromBuyer, e.order.Message, e.before != nil && e.before.Message.Equal(e.order.Message)},
		{fromSeller, e.order.Memo, e.before != nil && e.before.Memo.Equal(e.order.Memo)},
	} {
		if m.text.Empty() || m.known {
			continue
		}
		id, err := s.messageID(ctx, e, m.kind)
		if err != nil {
			return err
		}
		fresh := id == nil
		if fresh {
			n := newID()
			id = n[:]
		}
		body, err := s.keys.seal(field.Text, place("messages", "body", [16]byte(id)), m.text)
		if err != nil {
			return err
		}
		if !fresh {
			err = s.execOften(ctx, "change message", `UPDATE messages SET step = ?, body = ? WHERE id = ?`, s.step, body, id)
		} else {
			err = s.messages.add(ctx, id, s.step, e.id, m.kind, body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// messageID returns the id of the message that an order has, nil for none.
func (s *saver) messageID(ctx context.Context, e *entry, kind int) ([]byte, error) {
	if e.before == nil {
		return nil, nil
	}
	var id []byte
	err := s.tx.QueryRowContext(ctx, `SELECT id FROM messages WHERE order_id = ? AND kind = ?`, e.id, kind).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find message: %w", err)
	}
	return id, nil
}
