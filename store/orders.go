package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kebu/app/crm"
	"kebu/app/crm/identity"
	"kebu/crypto/field"
)

// orderBatch is how many orders are looked up at once.
const orderBatch = 1000

// Saved counts what saving orders did.
type Saved struct {
	New, Changed, Same int
	Lines              int // of new and changed orders and of same ones, as the file has them
	NewCustomers       int // customers that the import made
	Matched            int // customers known before to whom orders of the file belong
	Review             int // customers of the file that may be another one, by hints alone
	Anonymous          int // orders of the file that belong to no customer
	Erased             int // of them, those whose buyer was erased
}

// SaveOrders brings a file's orders of one shop into the book: new ones are
// added, known ones updated by crm.Order.Merge. What was told of an order before,
// by whichever file, changes nothing when it is told again. SaveOrders gives
// lines without a key one, and resolves who bought.
// It fails with crm.ErrDenied for a user without the keys to what orders hold.
func (t *Tx) SaveOrders(ctx context.Context, shop int64, orders []*crm.Order, w Watch) (Saved, error) {
	s, err := t.newSaver(ctx, shop, w)
	if err != nil {
		return Saved{}, err
	}
	defer s.close()
	for start := 0; start < len(orders); start += orderBatch {
		if err := ctx.Err(); err != nil {
			return Saved{}, err
		}
		end := min(start+orderBatch, len(orders))
		if err := s.save(ctx, orders[start:end]); err != nil {
			return Saved{}, err
		}
		if w.Written != nil {
			w.Written(s.saved)
		}
	}
	if err := s.flush(ctx); err != nil {
		return Saved{}, err
	}
	if w.Matching != nil {
		w.Matching()
	}
	if err := s.settle(ctx); err != nil {
		return Saved{}, err
	}
	if err := s.refuse(ctx, s.refusing); err != nil {
		return Saved{}, err
	}
	err = s.countAnonymous(ctx)
	return s.saved, err
}

// compareStride is the number of orders between looks at the context.
const compareStride = 64

// saver saves the orders of one import.
type saver struct {
	*Tx
	shop       int64
	watch      Watch
	saved      Saved
	orders     *bulk
	lines      *bulk
	messages   *bulk
	nextOrder  int64
	products   *productIndex
	recipients *recipientIndex
	buyers     *buyerIndex
	ids        []int64 // the file's orders in the book
	left       []int64 // customers of orders whose buyer changed
	retold     []entry // told otherwise than before, and no change
	forgotten  *forgotten
	refusing   []int64 // orders of who was erased, wanted no contact, and bought again
}

func (t *Tx) newSaver(ctx context.Context, shop int64, w Watch) (*saver, error) {
	if keys := t.keys; keys.Index == nil || !keys.Can(field.Contact) || !keys.Can(field.Address) || !keys.Can(field.Text) {
		return nil, fmt.Errorf("save orders: %w", crm.ErrDenied) // could neither compare nor seal them
	}
	s := &saver{
		Tx: t, shop: shop, watch: w,
		orders: t.newBulk(`orders (id, step, shop, number, zone, placed, paid, shipped, completed, changed, status, raw_status,
			currency, amount, refund, buyer, recipient, to_buyer, phone_until, purchase, gross, refunded, seen)`),
		lines:    t.newBulk(`lines (order_id, n, step, key, summary, product, quantity, price, amount, status, refund)`),
		messages: t.newBulk(`messages (id, step, order_id, kind, body)`),
	}
	var err error
	if s.nextOrder, err = t.nextNum(ctx, "orders"); err != nil {
		return nil, err
	}
	if s.forgotten, err = t.forgotten(ctx); err != nil {
		return nil, err
	}
	if s.products, err = t.newProductIndex(ctx); err != nil {
		return nil, err
	}
	if s.recipients, err = t.newRecipientIndex(ctx); err != nil {
		return nil, err
	}
	s.buyers, err = t.newBuyerIndex(ctx)
	return s, err
}

func (s *saver) close() {
	for _, b := range []*bulk{s.orders, s.lines, s.messages, s.products.rows, s.recipients.rows, s.buyers.rows, s.buyers.marks} {
		b.close()
	}
}

// flush writes what is still queued.
func (s *saver) flush(ctx context.Context) error {
	for _, b := range []*bulk{s.products.rows, s.lines, s.messages} {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

// known is an order that the book has.
type known struct {
	id     int64
	seen   []byte // the tags of all that was told of it, one behind the other
	erased bool   // who bought
}

// told reports whether what has this tag was told before.
func (k known) told(tag []byte) bool {
	for t := range slices.Chunk(k.seen, len(tag)) {
		if bytes.Equal(t, tag) {
			return true
		}
	}
	return false
}

// entry is an order on its way into the book.
type entry struct {
	id     int64
	before *crm.Order // nil: new
	order  *crm.Order
	seen   []byte
	row    row

	buyer     []byte // prints
	recipient []byte
	evidence  []identity.Evidence
}

func (s *saver) save(ctx context.Context, orders []*crm.Order) error {
	entries, err := s.compare(ctx, orders)
	if err != nil {
		return err
	}
	if err := s.prefetch(ctx, entries); err != nil {
		return err
	}
	for i := range entries {
		if err := s.fill(ctx, &entries[i]); err != nil {
			return err
		}
	}
	if err := s.recipients.rows.flush(ctx); err != nil {
		return err
	}
	if err := s.buyers.flush(ctx); err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		if e.before == nil {
			err = s.insert(ctx, e)
		} else {
			err = s.update(ctx, e)
		}
		if err != nil {
			return err
		}
	}
	if err := s.orders.flush(ctx); err != nil {
		return err
	}
	for i := range entries {
		if err := s.saveMessages(ctx, &entries[i]); err != nil {
			return err
		}
	}
	return s.saveRetold(ctx)
}

// saveRetold keeps what was told of orders and changed nothing, so that it does
// not either when something else was told between. It leaves no image: the
// orders themselves stay as they are.
func (s *saver) saveRetold(ctx context.Context) error {
	if len(s.retold) == 0 {
		return nil
	}
	return s.withoutImages(ctx, func() error {
		for _, e := range s.retold {
			if err := s.execOften(ctx, "keep what was told", `UPDATE orders SET seen = ? WHERE id = ?`, e.seen, e.id); err != nil {
				return err
			}
		}
		s.retold = s.retold[:0]
		return nil
	})
}

// compare counts the orders and returns those that are new or changed.
func (s *saver) compare(ctx context.Context, orders []*crm.Order) ([]entry, error) {
	stored, err := s.lookUp(ctx, orders)
	if err != nil {
		return nil, err
	}
	tags := make([][]byte, len(orders))
	var look []int64
	for i := range orders {
		if i%compareStride == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		o := orders[i]
		o.KeyLines()
		s.forget(o, stored[o.Number].erased)
		tags[i] = s.keys.orderTag(o)
		if k, ok := stored[o.Number]; ok && !k.told(tags[i]) {
			look = append(look, k.id)
		}
	}
	before, err := s.loadOrders(ctx, look)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for i := range orders {
		o := orders[i]
		s.saved.Lines += len(o.Lines)
		k, ok := stored[o.Number]
		if !ok {
			if e := s.forgotten.of(o); e != nil && e.Refused {
				s.refusing = append(s.refusing, s.nextOrder)
			}
			entries = append(entries, entry{id: s.nextOrder, order: o, seen: tags[i]})
			s.ids = append(s.ids, s.nextOrder)
			if s.watch.New != nil {
				s.watch.New(s.nextOrder, o)
			}
			s.nextOrder++
			s.saved.New++
			continue
		}
		s.ids = append(s.ids, k.id)
		if old := before[k.id]; old != nil {
			seen := slices.Concat(k.seen, tags[i])
			merged, changed := old.Merge(o)
			if !changed {
				s.retold = append(s.retold, entry{id: k.id, seen: seen})
			} else {
				entries = append(entries, entry{id: k.id, before: old, order: &merged, seen: seen})
				s.saved.Changed++
				if s.watch.Changed != nil {
					s.watch.Changed(k.id, old, &merged)
				}
				continue
			}
		}
		s.saved.Same++
		if s.watch.Same != nil {
			s.watch.Same(k.id, o)
		}
	}
	return entries, nil
}

// forget takes from an order who bought, if that is erased: until then, for ever.
func (s *saver) forget(o *crm.Order, erased bool) {
	if e := s.forgotten.of(o); erased || e != nil && o.Placed <= e.At {
		stripPerson(o)
		s.saved.Erased++
	}
}

func (s *saver) lookUp(ctx context.Context, orders []*crm.Order) (map[string]known, error) {
	numbers := make([]string, len(orders))
	for i := range orders {
		numbers[i] = orders[i].Number
	}
	list, err := jsonList(numbers)
	if err != nil {
		return nil, err
	}
	found := make(map[string]known)
	err = s.each(ctx, "look orders up", func(r *sql.Rows) error {
		var number string
		var k known
		if err := r.Scan(&number, &k.id, &k.seen, &k.erased); err != nil {
			return err
		}
		found[number] = k
		return nil
	}, `SELECT number, id, seen, id IN (SELECT id FROM erased_orders) FROM orders WHERE shop = ? AND number IN (SELECT value FROM json_each(?))`, s.shop, list)
	return found, err
}

// row is what the columns of an order hold beside its own values.
type row struct {
	buyer, recipient int64
	figures          crm.Figures
}

// prefetch looks up the buyers and recipients of entries.
func (s *saver) prefetch(ctx context.Context, entries []entry) error {
	buyers, recipients := make([][]byte, len(entries)), make([][]byte, len(entries))
	for i := range entries {
		e := &entries[i]
		e.buyer, e.evidence = s.buyers.print(e.order)
		e.recipient = s.recipients.print(&e.order.Recipient)
		buyers[i], recipients[i] = e.buyer, e.recipient
	}
	if err := s.buyers.prefetch(ctx, buyers); err != nil {
		return err
	}
	return s.recipients.prefetch(ctx, recipients)
}

// fill works out the row of an entry, making its buyer and recipient if need be.
func (s *saver) fill(ctx context.Context, e *entry) error {
	var err error
	if e.row.figures, err = e.order.Figures(); err != nil {
		return fmt.Errorf("sums of order: %w", err)
	}
	if e.row.buyer, err = s.buyers.num(ctx, e.order, e.buyer, e.evidence); err != nil {
		return err
	}
	e.row.recipient, err = s.recipients.num(ctx, &e.order.Recipient, e.recipient)
	return err
}

func (s *saver) insert(ctx context.Context, e *entry) error {
	o, r := e.order, &e.row
	if err := s.orders.add(ctx, e.id, s.step, s.shop, o.Number, o.Zone, int64(o.Placed), int64(o.Paid), int64(o.Shipped), int64(o.Completed),
		int64(o.Changed), string(o.Status), o.RawStatus, o.Currency, nullable(o.Amount), nullable(o.Refund), nullNum(r.buyer), nullNum(r.recipient),
		o.RecipientIsBuyer, int64(o.PhoneUntil), r.figures.Purchase, int64(r.figures.Gross), int64(r.figures.Refunded), e.seen); err != nil {
		return err
	}
	for n := range o.Lines {
		if err := s.insertLine(ctx, e.id, n, &o.Lines[n]); err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) insertLine(ctx context.Context, order int64, n int, l *crm.Line) error {
	product, err := s.products.num(ctx, l)
	if err != nil {
		return err
	}
	return s.lines.add(ctx, order, n, s.step, lineKey(l), l.Summary, product, int64(l.Quantity), int64(l.Price), int64(l.Amount), string(l.Status), nullable(l.Refund))
}

// lineKey is the key of a line as stored: NULL where crm.Order.KeyLines makes it.
func lineKey(l *crm.Line) sql.NullString {
	return sql.NullString{String: l.Key, Valid: l.Numbered()}
}

func (s *saver) update(ctx context.Context, e *entry) error {
	o, r := e.order, &e.row
	owner, err := s.prepared(ctx, `SELECT o.buyer, b.customer FROM orders AS o LEFT JOIN buyers AS b ON b.num = o.buyer WHERE o.id = ?`) //nolint:sqlclosecheck // it lasts as long as the transaction
	if err != nil {
		return err
	}
	var buyer, customer sql.NullInt64
	if err := owner.QueryRowContext(ctx, e.id).Scan(&buyer, &customer); err != nil {
		return fmt.Errorf("find customer of order: %w", err)
	}
	if customer.Valid {
		s.dirty[customer.Int64] = true
		if buyer.Int64 != r.buyer {
			s.left = append(s.left, customer.Int64)
		}
	}
	if err := s.execOften(ctx, "update order", `UPDATE orders SET step = ?, zone = ?, placed = ?, paid = ?, shipped = ?, completed = ?, changed = ?,
		status = ?, raw_status = ?, currency = ?, amount = ?, refund = ?, buyer = ?, recipient = ?, to_buyer = ?, phone_until = ?,
		purchase = ?, gross = ?, refunded = ?, seen = ? WHERE id = ?`,
		s.step, o.Zone, int64(o.Placed), int64(o.Paid), int64(o.Shipped), int64(o.Completed), int64(o.Changed),
		string(o.Status), o.RawStatus, o.Currency, nullable(o.Amount), nullable(o.Refund), nullNum(r.buyer), nullNum(r.recipient), o.RecipientIsBuyer, int64(o.PhoneUntil),
		r.figures.Purchase, int64(r.figures.Gross), int64(r.figures.Refunded), e.seen, e.id); err != nil {
		return err
	}
	return s.updateLines(ctx, e)
}

// updateLines writes the lines that differ. Merge keeps the places of lines,
// unless real ones replace a summary.
func (s *saver) updateLines(ctx context.Context, e *entry) error {
	old, lines := e.before.Lines, e.order.Lines
	if slices.Equal(old, lines) {
		return nil
	}
	replaced := len(old) > len(lines) || slices.ContainsFunc(old, func(l crm.Line) bool { return l.Summary }) != slices.ContainsFunc(lines, func(l crm.Line) bool { return l.Summary })
	if replaced {
		if err := s.execOften(ctx, "replace lines", `DELETE FROM lines WHERE order_id = ?`, e.id); err != nil {
			return err
		}
		old = nil
	}
	// Taking a step back leaves gaps between the numbers.
	var places []int
	if err := s.eachOften(ctx, "list lines", func(r *sql.Rows) error {
		var n int
		err := r.Scan(&n)
		places = append(places, n)
		return err
	}, `SELECT n FROM lines WHERE order_id = ? ORDER BY n`, e.id); err != nil {
		return err
	}
	next := 0
	if len(places) > 0 {
		next = places[len(places)-1] + 1
	}
	for n := range lines {
		l := &lines[n]
		switch {
		case n >= len(old):
			if err := s.insertLine(ctx, e.id, next+n-len(old), l); err != nil {
				return err
			}
		case old[n] != *l:
			product, err := s.products.num(ctx, l)
			if err != nil {
				return err
			}
			if err := s.execOften(ctx, "update line", `UPDATE lines SET step = ?, key = ?, summary = ?, product = ?, quantity = ?, price = ?, amount = ?, status = ?, refund = ?
				WHERE order_id = ? AND n = ?`, s.step, lineKey(l), l.Summary, product, int64(l.Quantity), int64(l.Price), int64(l.Amount),
				string(l.Status), nullable(l.Refund), e.id, places[n]); err != nil {
				return err
			}
		}
	}
	return nil
}
